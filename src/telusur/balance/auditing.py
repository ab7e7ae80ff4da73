"""One audit: every step tested by the plan, all steps judged together, and the questions beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from telusur.balance import counting, ladder
from telusur.balance.cases import Cases
from telusur.balance.passage import adjusting, test
from telusur.balance.plan import Plan
from telusur.balance.questions import all_questions
from telusur.balance.result import Audit, Finding, Rung, Step, StepName, Test
from telusur.balance.steps import Population, populations
from telusur.domain.errors import BadInput
from telusur.domain.text import Text

Tick = Callable[[str, float], None]

_CRUDE: Final = 0.05
"""Below this p a pooled table shows a difference."""


def audit(
    cases: Cases,
    plan: Plan,
    *,
    data_sha256: str = "",
    post_hoc: Text | None = None,
    thresholds: Finding | None = None,
    tick: Tick = lambda _what, _share: None,
) -> Audit:
    """Audit cases by a plan.

    Parameters
    ----------
    cases
        The cases.
    plan
        What is compared with what.
    data_sha256
        Of the file they come from.
    post_hoc
        Why the plan cannot count as made before the data were seen; None where it can.
    thresholds
        The threshold test's answer, where it was run.
    tick
        Told what is done, and how far it is, 0 to 1.

    Raises
    ------
    BadInput
        If no case has a value in the column that the plan compares.
    """
    if plan.groups not in cases.columns:
        raise BadInput(
            f"no case has a value in the column {plan.groups!r}, whose groups the plan compares", field=plan.groups
        )
    found = populations(cases)
    tick("steps", 0.0)
    tried = {step: test.of(cases, population, plan) for step, population in found.items()}
    steps = _judged(cases, found, tried, plan, thresholds)
    tick("questions", 0.4)
    uneven = frozenset(step.step for step in steps if step.rung.verdict == "uneven")
    findings = all_questions(cases, plan, found, uneven=uneven)
    if thresholds is not None:
        findings = (*findings, thresholds)
    tick("counts", 0.9)
    groups = tuple(rate.group for rate in steps[0].groups)
    left_out = {str(reason): number for reason, number in cases.left_out.items()}
    counts = counting.tables(cases, plan)
    return Audit(
        plan, data_sha256, cases.censored_on, cases.n, left_out, groups, steps, findings, counts, post_hoc
    )  # fmt: skip


def _judged(
    cases: Cases,
    found: Mapping[StepName, Population],
    tried: Mapping[StepName, test.Tried],
    plan: Plan,
    thresholds: Finding | None,
) -> tuple[Step, ...]:
    judged = {step: one.test.p for step, one in tried.items() if one.test is not None}
    seen = {step: tried[step].seen for step in judged}
    groups = max((len(one.test.ratios) for one in tried.values() if one.test is not None), default=1)
    together = adjusting.holm(judged, adjusting.shares(seen, plan.weights, groups, plan.alpha))
    steps = []
    for step, one in tried.items():
        tested = one.test
        rung, words = Rung.TOO_LITTLE_DATA, one.lacking
        if tested is not None:
            tested = replace(tested, q=together[step])
            # Too few to say that there is no difference; a difference found among few is found none the less.
            if one.lacking is None or tested.q <= plan.alpha:
                rung = _rung(step, tested, plan, thresholds)
        if tested is not None and rung is not Rung.TOO_LITTLE_DATA:
            words = ladder.said(
                rung, group=tested.group, effect=tested.effect, lower=tested.lower, upper=tested.upper,
                detectable=tested.detectable,
            )  # fmt: skip
        assert words is not None
        population = found[step]
        still = int((population.reached & ~population.settled).sum())
        steps.append(Step(step, test.rates(cases, population, plan), still, tested, rung, words))
    return tuple(steps)


def _rung(step: StepName, tested: Test, plan: Plan, thresholds: Finding | None) -> Rung:
    if tested.q <= plan.alpha:
        # Who is examined is what the threshold test is about: only there can it say more.
        agreed = thresholds is not None and thresholds.rung is Rung.REQUIRED_EVIDENCE
        same = thresholds is not None and thresholds.numbers.get("group") == tested.group
        return Rung.REQUIRED_EVIDENCE if step == "examined" and agreed and same else Rung.AFTER_STRATIFICATION
    return Rung.EXPLAINED_BY_MIX if tested.pooled.p <= _CRUDE else Rung.NO_DIFFERENCE
