"""The test of one step: which group differs most, by how much, and what could have been missed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from telusur.balance import ladder
from telusur.balance.cases import Bools, Cases, Floats, Ints
from telusur.balance.passage import adjusting, design, permuting, score, tables
from telusur.balance.plan import Plan
from telusur.balance.result import Rate, Ratio, Test
from telusur.balance.steps import Population
from telusur.domain.text import Text

_NAME: Final = "conditional score test within strata, like on like (Cochran-Mantel-Haenszel generalised)"
_PLAIN: Final = "Cochran-Mantel-Haenszel"

_POWER: Final = 2.801585
"""Standard errors from nothing to what a two-sided test at 5 % finds in 80 % of cases."""

_RARE: Final = 0.005
"""Below this p few of the draws lie beyond."""

_Z: Final = 1.959964


@dataclass(frozen=True, slots=True)
class Tried:
    """A step as tried alone.

    Parameters
    ----------
    test
        Its test, ``q`` still as ``p``; None where nothing can be compared.
    lacking
        Why there is too little data to say that there is no difference; None where there is enough.
    seen
        How many standard errors the plan's alternative lies away from nothing, for the group best told apart.
    """

    test: Test | None
    lacking: Text | None
    seen: float = 0.0


def rates(cases: Cases, population: Population, plan: Plan) -> tuple[Rate, ...]:
    """Give the rate of each group at a step, in the order of their codes."""
    groups = cases.columns[plan.groups]
    found = []
    for group in sorted({value for value in groups if value is not None}):
        member = groups == group
        n, passed = int((population.settled & member).sum()), int((population.passed & member).sum())
        found.append(tables.rate(group, n, passed))
    return tuple(found)


def of(cases: Cases, population: Population, plan: Plan) -> Tried:
    """Test one step.

    Parameters
    ----------
    cases
        All cases.
    population
        Who came to it and passed.
    plan
        What is compared with what.
    """
    values = cases.columns[plan.groups]
    strata, known = design.codes(cases, plan.strata)
    compared = population.settled & known & (values != np.array(None))
    if int(compared.sum()) < plan.least.cases:
        return Tried(None, ladder.too_little("cases", n=int(compared.sum()), least=plan.least.cases))
    held = cases.take(compared)
    passed, codes = population.passed[compared], strata[compared]
    names = sorted(set(held.columns[plan.groups]))
    members = np.stack([(held.columns[plan.groups] == name).astype(float) for name in names], axis=1)
    useful = score.informative(passed, codes, members)
    counts = members[useful].sum(axis=0)
    large = (counts >= plan.least.group) & (useful.sum() - counts >= plan.least.group)
    if large.sum() < min(2, len(names)) or len(names) < 2:  # noqa: PLR2004 - it takes two to differ
        return Tried(None, ladder.too_little("groups", n=int(large.sum()), least=plan.least.group))
    names = [name for name, enough in zip(names, large.tolist(), strict=True) if enough]
    members = members[:, large]
    columns = design.covariates(held.take(useful), plan.adjust)
    clusters = _clusters(held.take(useful))
    scored = score.scores(passed[useful], codes[useful], columns, members[useful], clusters)
    if scored.strata < plan.least.strata:
        return Tried(None, ladder.too_little("strata", n=scored.strata, least=plan.least.strata))
    ratios = _ratios(names, passed[useful], codes[useful], columns, members[useful], scored)
    most = int(np.abs(scored.z).argmax())
    name = names[most]
    member = held.columns[plan.groups] == name
    detectable = float(np.exp(_POWER * scored.errors[most]))
    pooled = tables.pooled(passed, member)
    within, same = tables.within(passed, member, codes)
    p = adjusting.largest(scored.z, scored.covariance, plan.seed)
    if clusters is None and useful.sum() < permuting.MANY:
        drawn = permuting.largest(passed[useful], codes[useful], columns, members[useful], plan.seed)
        # Draws cannot tell how small a small p is; the normal law can, but never below what they allow.
        p = max(p, drawn) if drawn <= _RARE else drawn
    chosen = ratios[name]
    test = Test(
        _NAME if columns.shape[1] else _PLAIN, p, p, name, chosen.value, chosen.lower, chosen.upper,
        detectable, scored.strata, pooled, within, same, ratios,
    )  # fmt: skip
    best = float(scored.errors.min())
    unseen = float(np.exp(_POWER * best))
    lacking = None
    if unseen > plan.least.detectable:
        lacking = ladder.too_little("detectable", n=unseen, least=plan.least.detectable)
    return Tried(test, lacking, float(np.log(plan.alternative)) / best)


def _clusters(cases: Cases) -> Ints | None:
    """Give the order that each case belongs to, numbered; a case without one stands alone."""
    if "order" not in cases.columns:
        return None
    orders = cases.columns["order"]
    alone = [f"\0{row}" if order is None else str(order) for row, order in enumerate(orders)]
    return np.unique(np.array(alone), return_inverse=True)[1]


def _ratios(
    names: list[str], passed: Bools, codes: Ints, columns: Floats, members: Floats, scored: score.Scores
) -> dict[str, Ratio]:
    found = {}
    for place, name in enumerate(names):
        value, error = score.ratio(passed, codes, columns, members[:, place])
        # Cases that belong together tell less than as many that do not.
        error *= float(np.sqrt(max(1.0, scored.inflation)))
        p = adjusting.two_sided(float(scored.z[place]))
        ends = np.exp([value, value - _Z * error, value + _Z * error]).tolist()
        found[name] = Ratio(ends[0], ends[1], ends[2], p)
    return found
