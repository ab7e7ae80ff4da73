"""Decisions of named persons on what no program may set (contracts.md, section 2: ``telusur.decision/1``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal, get_args

from telusur.domain.errors import nearest
from telusur.domain.facts import checked
from telusur.dossier.case import Case, Decision
from telusur.dossier.document import Place, read_document

SCHEMA: Final = "telusur.decision/1"

Decidable = Literal["account_control", "authenticity"]

_GROUP: Final = "attribution."
_DECIDABLE: Final[tuple[Decidable, ...]] = get_args(Decidable)
_FIELDS: Final = ("act", "field", "value", "by", "on", "grounds")


def read_decisions(path: Path, case: Case) -> tuple[Decision, ...]:
    """Read the decisions on the acts of a case.

    Parameters
    ----------
    path
        A YAML or JSON document: ``schema`` and ``decisions``, a list of ``act``, ``field`` (``account_control`` or
        ``authenticity``), ``value``, ``by``, ``on``, ``grounds``; a single one may stand without the list.
    case
        The case whose acts they are about.

    Returns
    -------
    tuple of Decision
        In the order of the document; one that stands twice is given once.

    Raises
    ------
    SeveralProblems
        Holding every fault, each with file, line and field.
    BadInput
        If the document cannot be read.
    """
    top = Place.top(read_document(path, str(path)))
    if not isinstance(top.value, Mapping):
        top.fault(f"holds no decisions; expected `schema: {SCHEMA}` and `decisions:`")
        top.settle()
    alone = "decisions" not in top and any(name in top for name in _FIELDS)
    top.has_fields(("schema", *(_FIELDS if alone else ("decisions",))))
    top.schema(SCHEMA)
    decisions: dict[Decision, None] = {}
    taken: dict[tuple[str, str], str] = {}
    places = [top] if alone else list(top["decisions"].items())
    if not places and top["decisions"].value in (None, []):
        top["decisions"].missing("holds no decision; add one, or leave --decisions out")
    for place in places:
        # The fields of a single one have been looked at together with its schema.
        if not alone and not (place.is_given(f"the fields {', '.join(_FIELDS)}") and place.has_fields(_FIELDS)):
            continue
        decision = _decision(place, case)
        if decision is None:
            continue
        before = taken.setdefault((decision.act, decision.field), decision.value)
        if before != decision.value:
            place["value"].fault(
                f"{decision.value!r} contradicts {before!r}, decided on the same field of act {decision.act} in this "
                "document; keep the one that holds"
            )
        decisions[decision] = None
    top.settle()
    return tuple(decisions)


def _decision(place: Place, case: Case) -> Decision | None:
    acts = [act.id for act in case.acts]
    act = _given(place["act"], "the id of the act that it is about")
    if act is not None and act not in acts:
        place["act"].fault(f"the case has no act {act!r}; {nearest(act, acts)}")
    written = _given(place["field"], f"one of {', '.join(_DECIDABLE)}")
    field = next((known for known in _DECIDABLE if written in (known, _GROUP + known)), None)
    if written is not None and field is None:
        place["field"].fault(f"{written!r} is not set by a decision; {nearest(written, _DECIDABLE)}")
    value = _given(place["value"], "what was decided")
    if field is not None and value is not None and not place["value"].reading(lambda: checked(_GROUP + field, value)):
        value = None
    by = _given(place["by"], "the name of the person who decided")
    on = place["on"].day() if place["on"].is_given("the day of the decision, for instance 2024-01-22") else None
    grounds = place["grounds"].words() if place["grounds"].is_given("why it was decided so") else None
    if grounds is not None and not grounds.strip():
        place["grounds"].fault("fill this in: why it was decided so")
    if act is None or field is None or value is None or by is None or on is None or grounds is None:
        return None
    return Decision(act, field, value, by, on, grounds)


def _given(place: Place, expected: str) -> str | None:
    return place.name() if place.is_given(expected) else None


def apply_decisions(case: Case, decisions: Sequence[Decision]) -> Case:
    """Give the case with its acts as decided; a decision wins over what ``case.yaml`` says.

    Parameters
    ----------
    case
        The case as stated.
    decisions
        Decisions on its acts, the later of two on one field winning.
    """
    decided = {
        act.id: {_GROUP + decision.field: decision.value for decision in decisions if decision.act == act.id}
        for act in case.acts
    }
    return replace(case, acts=tuple(replace(act, facts=act.facts.updated(decided[act.id])) for act in case.acts))
