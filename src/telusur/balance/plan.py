"""The plan of an analysis: what is compared with what, fixed and hashed before anybody opens the data."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from telusur.domain import marked_yaml
from telusur.domain.errors import BadInput, SeveralProblems

SCHEMA: Final = "telusur.balance_plan/1"
_TEMPLATE: Final = "plan.yaml"

Column = Literal["beneficiary", "region", "rank", "source", "body", "phase", "relation"]
Adjusted = Literal["evidence_strength", "reported", "region", "rank", "source", "body", "phase", "relation"]
Weight = Annotated[float, Field(gt=0, le=1)]


@dataclass(frozen=True, slots=True)
class Least:
    """Below which a step says "too little data".

    Parameters
    ----------
    cases
        Settled cases at the step.
    group
        Settled cases of each group compared.
    strata
        Strata in which anything can be compared.
    detectable
        Largest odds ratio that may go unseen.
    """

    cases: int
    group: int
    strata: int
    detectable: float


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan.

    Parameters
    ----------
    groups
        Column whose groups are compared.
    strata
        Columns within which alone cases are compared.
    adjust
        Columns made equal by regression within the strata; those that the data do not have are left away.
    alpha
        Chance of a false accusation in an audit, all steps together.
    alternative
        Odds ratio that is to be found.
    weights
        How much each step counts when `alpha` is shared so that the alternative is found as easily at every step.
    least
        What is too little data.
    suppress_below, round_to, dominance
        Smallest count published, what counts are rounded to, and the share of a cell that one body may make up.
    seed
        Of all that is drawn.
    sha256
        Of the file, in hexadecimal.
    text
        The file.
    deadline_days
        Days from report to decision that the law allows; None where the plan names none.
    """

    groups: str
    strata: tuple[str, ...]
    adjust: tuple[str, ...]
    alpha: float
    alternative: float
    weights: Mapping[str, float]
    least: Least
    suppress_below: int
    round_to: int
    dominance: float
    seed: int
    sha256: str
    text: str
    deadline_days: int | None = None


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _LeastIn(_Strict):
    cases: Annotated[int, Field(ge=50)]
    group: Annotated[int, Field(ge=10)]
    strata: Annotated[int, Field(ge=1)]
    detectable: Annotated[float, Field(gt=1, le=10)]


class _WeightsIn(_Strict):
    accepted: Weight
    examined: Weight
    proven: Weight
    sanctioned: Weight


class _PlanIn(_Strict):
    schema_: Annotated[Literal["telusur.balance_plan/1"], Field(alias="schema")]
    groups: Column = "beneficiary"
    strata: Annotated[list[Column], Field(min_length=1)]
    adjust: list[Adjusted]
    alpha: Annotated[float, Field(gt=0, le=0.1)]
    alternative: Annotated[float, Field(gt=1, le=10)]
    weights: _WeightsIn
    least: _LeastIn
    # Lower bounds protect people: a plan may be stricter than the rule, never laxer.
    suppress_below: Annotated[int, Field(ge=10)]
    round_to: Annotated[int, Field(ge=5)]
    dominance: Annotated[float, Field(gt=0, le=0.8)]
    seed: Annotated[int, Field(ge=0)]
    deadline_days: Annotated[int, Field(ge=1, le=3650)] | None = None


def read_plan(text: str, where: str) -> Plan:
    """Read a plan.

    Parameters
    ----------
    text
        YAML, as `template` gives it.
    where
        File it came from, for the errors.

    Raises
    ------
    BadInput
        If it is no YAML; as `SeveralProblems`, naming each fault with its line.
    """
    marked = marked_yaml.parse(text, where)
    try:
        given = _PlanIn.model_validate(marked.value)
    except ValidationError as error:
        problems = [marked.problem(_path(found["loc"]), _sentence(found)) for found in error.errors()]
        raise problems[0] if len(problems) == 1 else SeveralProblems(problems) from None
    columns = (given.groups, *given.strata, *given.adjust)
    twice = next((column for column in columns if columns.count(column) > 1), None)
    if twice is not None:
        raise BadInput(f"{twice!r} is named twice; a column is compared, a stratum, or adjusted for", where=where)
    return Plan(
        given.groups,
        tuple(given.strata),
        tuple(given.adjust),
        given.alpha,
        given.alternative,
        given.weights.model_dump(),
        Least(**given.least.model_dump()),
        given.suppress_below,
        given.round_to,
        given.dominance,
        given.seed,
        hashlib.sha256(text.encode()).hexdigest(),
        text,
        given.deadline_days,
    )


def template() -> str:
    """Give the plan that an audit follows where none is named, commented, to be changed."""
    return resources.files(__package__).joinpath(_TEMPLATE).read_text("utf-8")


def default_plan() -> Plan:
    """Give the plan that an audit follows where none is named."""
    return read_plan(template(), _TEMPLATE)


def _path(found: tuple[int | str, ...]) -> marked_yaml.Path:
    return tuple(found)


def _sentence(found: Any) -> str:  # noqa: ANN401 - as the checker of models gives it
    kind, said = found["type"], found["msg"]
    if kind == "extra_forbidden":
        return f"is no field of a plan; expected {', '.join(name.rstrip('_') for name in _PlanIn.model_fields)}"
    if kind == "missing":
        return "is missing; `telusur balance plan` writes a plan with every field"
    return f"{said[:1].lower()}{said[1:]}, found {found['input']!r}"
