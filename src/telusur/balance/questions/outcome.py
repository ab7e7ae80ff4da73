"""The outcome test: how often what is examined proves true, by group. It has a trap, and says so."""

from __future__ import annotations

from typing import Final

import numpy as np

from telusur.balance.cases import Bools, Floats, Ints
from telusur.balance.passage import tables
from telusur.balance.passage.adjusting import two_sided
from telusur.balance.passage.score import Strata
from telusur.balance.questions import asking, speaking
from telusur.balance.questions.asking import Answer, Ground
from telusur.balance.result import Finding, Rung, Value

_LEAST: Final = 50
"""Examined cases of each group compared."""

_NONE: Final = 30
"""Below so many a group's rate is not compared even by eye."""


def outcome(ground: Ground) -> Answer:
    """Ask how often examined cases are proven, by group, within strata.

    Notes
    -----
    Lower hit rates may mean that less evidence was required, or that weaker reports came in: the test cannot tell
    which. So it is described and enters no joint judgement.
    """
    population = ground.found["proven"]
    mask = population.settled & ground.comparable
    series: dict[str, list[object]] = {
        key: [] for key in ("group", "n", "proven", "not_proven", "rate", "lower", "upper", "enough")
    }
    for name in ground.names:
        ours = mask & (ground.group == name)
        rate = tables.rate(name, int(ours.sum()), int((ours & population.passed).sum()))
        enough = rate.n >= _NONE
        row = (name, rate.n, rate.passed, rate.n - rate.passed, rate.rate, rate.lower, rate.upper, enough)
        for key, value in zip(series, row, strict=True):
            series[key].append(value)
    names = ground.large(mask, _LEAST)
    if len(names) < 2:  # noqa: PLR2004 - it takes two to differ
        counts = [int((mask & (ground.group == name)).sum()) for name in ground.names]
        missed = speaking.percent(min(1.0, asking.POWER * float(np.sqrt(asking.split(counts) / 4))))
        return asking.few(
            "outcome", "examined", n=ground.count(int(mask.sum())), least=_LEAST,
            missed=speaking.say("missed.rate", share=missed), series=series,
        )  # fmt: skip
    passed, codes = population.passed[mask], ground.strata[mask]
    found = {name: stratified(passed, ground.group[mask] == name, codes) for name in names}
    name = max(found, key=lambda one: abs(found[one][0]) / max(found[one][1], 1e-12))
    gap, error = found[name]
    member = ground.group[mask] == name
    lower, upper = newcombe(passed, member)
    numbers: dict[str, Value] = {
        "group": name, "difference": gap, "lower": gap - asking.Z * error, "upper": gap + asking.Z * error,
        "pooled_difference": float(passed[member].mean() - passed[~member].mean()),
        "pooled_lower": lower, "pooled_upper": upper, "detectable": asking.POWER * error,
        "p": min(1.0, len(names) * two_sided(gap / error)) if error > 0 else 1.0,
    }  # fmt: skip
    return Answer("outcome", numbers=numbers, series=series)


def said(ground: Ground, finding: Finding) -> Finding:
    """Give the outcome test its rung: never above "explained by mix", whatever it finds."""
    numbers = finding.numbers
    if finding.rung is not None or "difference" not in numbers:
        return finding
    gap, p = float(numbers["difference"] or 0.0), float(numbers["p"] or 0.0)
    group = str(numbers["group"])
    if p <= ground.plan.alpha:
        words = speaking.say(
            "outcome.lower" if gap < 0 else "outcome.higher", group=group, share=speaking.percent(abs(gap))
        )
        words, rung = speaking.joined(words, speaking.say("outcome.trap")), Rung.EXPLAINED_BY_MIX
    else:
        missed = speaking.say("missed.rate", share=speaking.percent(float(numbers["detectable"] or 0.0)))
        words, rung = speaking.say("rungs.no_difference", missed=missed), Rung.NO_DIFFERENCE
    return Finding(finding.id, finding.title, rung, words, numbers, finding.series)


def stratified(passed: Bools, member: Bools, codes: Ints) -> tuple[float, float]:
    """Give the risk difference of members within strata (Mantel, Haenszel weights), and its standard error (Sato 1989).

    Parameters
    ----------
    passed, member
        Shape (n,).
    codes
        Stratum of each, shape (n,).
    """
    strata = Strata(codes)
    ours = member.astype(float)
    n1, n = strata.sums(ours), strata.sizes
    n0 = n - n1
    x1, x = strata.sums(ours * passed), strata.sums(passed.astype(float))
    x0 = x - x1
    weight = n1 * n0 / n
    total = float(weight.sum())
    if total == 0:
        return 0.0, 0.0
    gap = float(((x1 * n0 - x0 * n1) / n).sum()) / total
    first = (n1**2 * x0 - n0**2 * x1 + n1 * n0 * (n0 - n1) / 2) / n**2
    second = (x1 * (n0 - x0) + x0 * (n1 - x1)) / (2 * n)
    variance = (gap * float(first.sum()) + float(second.sum())) / total**2
    return gap, float(np.sqrt(max(variance, 0.0)))


def newcombe(passed: Bools, member: Bools) -> tuple[float, float]:
    """Give the 95 % interval of a difference of two rates by Wilson's intervals (Newcombe 1998, method 10)."""
    ends: list[Floats] = []
    for mask in (member, ~member):
        rate = tables.rate("", int(mask.sum()), int(passed[mask].sum()))
        ends.append(np.array([rate.rate, rate.lower, rate.upper]))
    (ours, low, high), (theirs, lower, higher) = ends
    gap = ours - theirs
    return (
        float(gap - np.hypot(ours - low, higher - theirs)),
        float(gap + np.hypot(high - ours, theirs - lower)),
    )
