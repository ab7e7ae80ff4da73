"""All steps of an audit judged together: how much may be said of each."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from telusur.balance import ladder
from telusur.balance.cases import Cases
from telusur.balance.passage import adjusting, test
from telusur.balance.plan import Plan
from telusur.balance.result import Finding, Rung, Step, StepName, Test
from telusur.balance.steps import Population

_CRUDE: Final = 0.05
"""Up to this p a table shows a difference where nothing else is asked."""


def judged(
    cases: Cases, found: Mapping[StepName, Population], plan: Plan, thresholds: Finding | None = None
) -> tuple[Step, ...]:
    """Test every step of the funnel, and judge all together.

    Parameters
    ----------
    cases
        The cases.
    found
        Who came to each step (`steps.populations`).
    plan
        What is compared with what.
    thresholds
        The threshold test's answer, where it was run.
    """
    tried = {step: test.of(cases, population, plan) for step, population in found.items()}
    alone = {step: one.test.p for step, one in tried.items() if one.test is not None}
    seen = {step: tried[step].seen for step in alone}
    groups = max((len(one.test.ratios) for one in tried.values() if one.test is not None), default=1)
    together = adjusting.holm(alone, adjusting.shares(seen, plan.weights, groups, plan.alpha))
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
        # Who is examined is what the threshold test is about: only there can it say more, of the same group and side.
        told = {} if thresholds is None or thresholds.rung is not Rung.REQUIRED_EVIDENCE else thresholds.numbers
        side = "lower" if tested.effect > 1 else "higher"
        agreed = told.get("group") == tested.group and told.get("bar") == side
        return Rung.REQUIRED_EVIDENCE if step == "examined" and agreed else Rung.AFTER_STRATIFICATION
    return Rung.EXPLAINED_BY_MIX if _explained(tested) else Rung.NO_DIFFERENCE


def _explained(tested: Test) -> bool:
    """Whether the overall figures differ and like does not from like: one lost among many looks is not explained."""
    nearer = abs(math.log(tested.effect)) < abs(math.log(tested.pooled.value))
    return tested.pooled.p <= _CRUDE < tested.ratios[tested.group].p and nearer
