"""What every question starts from, and what it comes to before all are judged together."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import numpy as np

from telusur.balance.cases import Bools, Cases, Floats, Ints, Objects
from telusur.balance.passage import adjusting, design
from telusur.balance.plan import Plan
from telusur.balance.questions import speaking
from telusur.balance.result import Finding, Rung, StepName, Value
from telusur.balance.steps import Population
from telusur.domain.text import Text

POWER: Final = 2.801585
"""Standard errors from nothing to what a two-sided test at 5 % finds in 80 % of cases."""

Z: Final = 1.959964


@dataclass(frozen=True, eq=False)
class Ground:
    """What every question starts from.

    Parameters
    ----------
    cases
        The cases.
    plan
        What is compared with what.
    found
        Who came to each step.
    uneven
        Steps that the audit calls uneven.
    """

    cases: Cases
    plan: Plan
    found: Mapping[StepName, Population]
    uneven: frozenset[str] = frozenset()

    @cached_property
    def group(self) -> Objects:
        """Code of each case's group, None where it has none."""
        return self.cases.columns[self.plan.groups]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Codes of the groups, in order."""
        return tuple(sorted({value for value in self.group if value is not None}))

    @cached_property
    def _strata(self) -> tuple[Ints, Bools]:
        return design.codes(self.cases, self.plan.strata)

    @property
    def strata(self) -> Ints:
        """Stratum of each case."""
        return self._strata[0]

    @cached_property
    def comparable(self) -> Bools:
        """Cases that have a group and a stratum."""
        return np.asarray(self._strata[1] & (self.group != np.array(None)), dtype=bool)

    @cached_property
    def clusters(self) -> Ints | None:
        """Order that each case belongs to, numbered; a case without one stands alone."""
        if "order" not in self.cases.columns:
            return None
        orders = self.cases.columns["order"]
        alone = [f"\0{row}" if order is None else str(order) for row, order in enumerate(orders)]
        return np.unique(np.array(alone), return_inverse=True)[1]

    def members(self, names: Sequence[str]) -> Floats:
        """Give one column of 0 and 1 a group, shape (n, k)."""
        return np.stack([(self.group == name).astype(float) for name in names], axis=1)

    def like(self, mask: Bools) -> Floats:
        """Give the columns that make chosen cases alike, as the plan says."""
        return design.covariates(self.cases.take(mask), self.plan.adjust)

    def large(self, mask: Bools, least: int) -> tuple[str, ...]:
        """Give the groups that have so many of the chosen cases, and leave as many to the others."""
        counts = {name: int((mask & (self.group == name)).sum()) for name in self.names}
        total = sum(counts.values())
        return tuple(name for name in self.names if least <= counts[name] <= total - least)

    def seed(self, question: str) -> int:
        """Give the seed of what a question draws: its own, from the plan's."""
        return self.plan.seed ^ zlib.crc32(question.encode())

    def count(self, n: int) -> Text:
        """Say a count as it may leave the office."""
        return speaking.count(n, self.plan)


@dataclass(frozen=True, slots=True)
class Answer:
    """A question as answered alone.

    Parameters
    ----------
    id
        The question.
    p
        Of its test; None where nothing is tested.
    crude
        Of the same without strata; None where there is none.
    difference
        What is said if there is a difference after all questions together.
    nothing
        What is said if there is none: what could have been missed.
    lacking
        Why there is too little data, or what is absent; None where there is enough.
    blind
        Whether so much could be missed that nothing found means too little data.
    absent
        Whether a column is absent, so that nothing was assessed.
    accuses
        Whether the answer stands on the ladder; else it describes reports or records, not enforcement.
    told
        What is said besides.
    numbers, series
        As in `Finding`.
    """

    id: str
    p: float | None = None
    crude: float | None = None
    difference: Text = speaking.NOTHING
    nothing: Text = speaking.NOTHING
    lacking: Text | None = None
    blind: bool = False
    absent: bool = False
    accuses: bool = True
    told: Text = speaking.NOTHING
    numbers: Mapping[str, Value] = field(default_factory=dict)
    series: Mapping[str, Sequence[object]] = field(default_factory=dict)


def absent(question: str, column: str) -> Answer:
    """Answer that a question was not assessed for want of a column."""
    return Answer(question, lacking=speaking.say("absent", column=column), absent=True)


def few(
    question: str,
    why: str,
    *,
    n: Text,
    least: int,
    missed: Text | None = None,
    numbers: Mapping[str, Value] | None = None,
    series: Mapping[str, Sequence[object]] | None = None,
) -> Answer:
    """Answer that there is too little data, with the least that is needed and what could be seen."""
    reason = speaking.say(f"why.{why}", n=n, least=float(least))
    said = speaking.say("rungs.too_little_data", why=reason)
    if missed is not None:
        said = speaking.joined(said, speaking.say("blind", missed=missed))
    return Answer(question, lacking=said, numbers=numbers or {}, series=series or {})  # fmt: skip


def judged(answers: Sequence[Answer], alpha: float) -> tuple[Finding, ...]:
    """Judge all questions together: at most `alpha` is the chance that any of them says a false difference (Holm)."""
    tested = {one.id: one.p for one in answers if one.p is not None and one.lacking is None}
    together = adjusting.holm(tested, dict.fromkeys(tested, 1.0))
    return tuple(_finding(one, together.get(one.id), alpha) for one in answers)


def _finding(one: Answer, q: float | None, alpha: float) -> Finding:
    numbers = dict(one.numbers)
    title = speaking.say(f"titles.{one.id}")
    if one.lacking is not None:
        rung = None if one.absent or not one.accuses else Rung.TOO_LITTLE_DATA
        words = speaking.joined(one.lacking, one.told)
        return Finding(one.id, title, rung, words, numbers, dict(one.series))
    if q is None:
        return Finding(one.id, title, None, one.told, numbers, dict(one.series))
    numbers |= {"p": one.p, "q": q}
    if not one.accuses:
        main = one.difference if q <= alpha else one.nothing
        return Finding(one.id, title, None, speaking.joined(main, one.told), numbers, dict(one.series))
    if q <= alpha:
        rung, main = Rung.AFTER_STRATIFICATION, speaking.say("rungs.after_stratification", what=one.difference)
    elif one.blind:
        rung, main = Rung.TOO_LITTLE_DATA, speaking.say("rungs.too_little_data", why=speaking.say("why.blind"))
        main = speaking.joined(main, speaking.say("blind", missed=one.nothing))
    # A difference like on like that is only lost among many looks is explained by nothing.
    elif one.crude is not None and one.p is not None and one.crude <= alpha < one.p:
        rung, main = Rung.EXPLAINED_BY_MIX, speaking.say("rungs.explained_by_mix", missed=one.nothing)
    else:
        rung, main = Rung.NO_DIFFERENCE, speaking.say("rungs.no_difference", missed=one.nothing)
    return Finding(one.id, title, rung, speaking.joined(main, one.told), numbers, dict(one.series))


def split(counts: Sequence[int]) -> float:
    """Give the variance of a difference between the largest of some groups and all others, of cases of variance 1."""
    total, most = sum(counts), max(counts, default=0)
    return 1 / max(most, 1) + 1 / max(total - most, 1)


def told(answer: Answer, *more: Text) -> Answer:
    """Give an answer that says more besides."""
    return replace(answer, told=speaking.joined(answer.told, *more))
