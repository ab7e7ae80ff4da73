"""How heavy what is imposed is, by group: over all thresholds of heaviness at once, and within what the rule allows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from scipy.special import chdtrc

from telusur.balance.cases import HEAVIEST, Bools, Floats, Ints
from telusur.balance.passage import adjusting, score
from telusur.balance.questions import asking, drawing, ranks, speaking
from telusur.balance.questions.asking import Answer, Ground
from telusur.balance.result import Value

_LEAST: Final = 20
"""Sanctions of each group compared."""


def severity(ground: Ground) -> Answer:
    """Ask whether heavier sanctions fall on one group.

    Notes
    -----
    Proportional odds: each threshold of severity passed or not, all together, with one ratio and strata absorbed at
    each; a case's thresholds are one cluster.
    """
    if "severity" not in ground.cases.numbers:
        return asking.absent("severity", "severity")
    heavy = ground.cases.numbers["severity"]
    mask = (ground.cases.outcome == "proven") & ~np.isnan(heavy) & ground.comparable
    names, series, numbers = _shown(ground, mask, heavy)
    if len(names) < 2:  # noqa: PLR2004 - it takes two to differ
        return _few("severity", ground, mask, numbers, series)
    held = ground.cases.take(mask)
    members, codes, columns = ground.members(names)[mask], ground.strata[mask], ground.like(mask)
    passed, case, cut = _cuts(heavy[mask])
    where = codes[case] * (HEAVIEST + 1) + cut
    useful = score.informative(passed, where, members[case])
    if not useful.any() or not (np.ptp(members[case[useful]], axis=0) > 0).all():
        return _few("severity", ground, mask, numbers, series)
    passed, case, cut, where = passed[useful], case[useful], cut[useful], where[useful]
    clusters = case if ground.clusters is None else ground.clusters[mask][case]
    columns = _spread(columns[case])
    scored = score.scores(passed, where, columns, members[case], clusters)
    place = int(np.abs(scored.z).argmax())
    name, member = names[place], members[:, place]
    value, error = score.ratio(passed, where, columns, member[case])
    error *= float(np.sqrt(scored.inflation))
    detectable = float(np.exp(asking.POWER * scored.errors[place]))
    crude = ranks.means(ranks.ridits(heavy[mask], np.zeros(held.n, dtype=np.int64)),
                        np.zeros(held.n, dtype=np.int64), members, ground.seed("severity"))  # fmt: skip
    ends = [float(np.exp(value + side * asking.Z * error)) for side in (-1, 0, 1)]
    table = drawing.p_of(*_freeman_halton(heavy[mask], members, codes), codes, ground.seed("severity_table"))[0]
    numbers |= {
        "group": name, "odds_ratio": ends[1], "lower": ends[0], "upper": ends[2], "detectable": detectable,
        "proportional_p": _proportional(passed, where, cut, case, columns, member[case]), "table_p": table,
    }  # fmt: skip
    side = "heavier" if value > 0 else "lighter"
    # Cases of one order are judged by the order; else the sum of each case's residuals, by draws where cases are few.
    left = passed - score.fitted(passed, score.Strata(where), columns)[1]
    each = np.asarray(np.bincount(case, weights=left, minlength=held.n), dtype=np.float64)
    found = ranks.means(each, codes, members, ground.seed("severity"), ground.like(mask))
    joint = adjusting.largest(scored.z, scored.covariance, ground.seed("severity"))
    return Answer(
        "severity",
        p=joint if found is None or ground.clusters is not None else found.p,
        crude=None if crude is None else crude.p,
        difference=speaking.say(f"severity.{side}", group=name, effect=ends[1], lower=ends[0], upper=ends[2]),
        nothing=speaking.say("missed.odds", detectable=detectable),
        blind=detectable > ground.plan.least.detectable,
        numbers=numbers,
        series=series,
    )


def within_range(ground: Ground) -> Answer:
    """Ask whether one group's sanctions lie higher in the range that the rule allows."""
    numbers_of = ground.cases.numbers
    for column in ("severity", "severity_min", "severity_max"):
        if column not in numbers_of:
            return asking.absent("severity_range", column)
    heavy, low, high = (numbers_of[name] for name in ("severity", "severity_min", "severity_max"))
    proven = (ground.cases.outcome == "proven") & ground.comparable & ~np.isnan(heavy + low + high)
    wide = proven & (high > low)
    place = np.where(wide, (heavy - low) / np.where(high > low, high - low, 1.0), np.nan)
    names = ground.large(wide, _LEAST)
    series: dict[str, list[object]] = {key: [] for key in ("group", "n", "position")}
    # Few lie outside the range: counted by themselves, each may be withheld without the place of all others.
    numbers: dict[str, Value] = {}
    for name in ground.names:
        ours = proven & (ground.group == name)
        series["group"].append(name)
        series["n"].append(int((ours & wide).sum()))
        series["position"].append(float(place[ours & wide].mean()) if (ours & wide).any() else None)
        for key, those in (
            ("below", heavy < low),
            ("within", (heavy >= low) & (heavy <= high)),
            ("above", heavy > high),
        ):
            numbers[f"{key}_{name}"] = int((ours & those).sum())
    if len(names) < 2:  # noqa: PLR2004 - it takes two to differ
        return _few("severity_range", ground, wide, numbers, series)
    members = ground.members(names)[wide]
    found = ranks.means(place[wide], ground.strata[wide], members, ground.seed("severity_range"))
    crude = ranks.means(place[wide], np.zeros(int(wide.sum()), dtype=np.int64), members, ground.seed("range_crude"))
    if found is None:
        return _few("severity_range", ground, wide, numbers, series)
    most = found.most
    gap, error = float(found.difference[most]), float(found.error[most])
    side = "higher" if gap > 0 else "lower"
    numbers |= {
        "group": names[most], "difference": gap, "lower": gap - asking.Z * error, "upper": gap + asking.Z * error,
        "detectable": asking.POWER * error,
    }  # fmt: skip
    return Answer(
        "severity_range",
        p=found.p,
        crude=None if crude is None else crude.p,
        difference=speaking.say(f"severity_range.{side}", group=names[most], share=speaking.percent(abs(gap))),
        nothing=speaking.say("missed.range", share=speaking.percent(asking.POWER * error)),
        numbers=numbers,
        series=series,
    )


def _few(
    question: str, ground: Ground, mask: Bools, numbers: dict[str, Value], series: dict[str, list[object]]
) -> Answer:
    n = ground.count(int(mask.sum()))
    seen = asking.POWER * float(
        np.sqrt(asking.split([int((mask & (ground.group == name)).sum()) for name in ground.names]))
    )
    # The log odds of ordered levels vary by three over n at least (Whitehead 1993), a place in a range by a quarter.
    missed = (
        speaking.say("missed.odds", detectable=float(np.exp(seen * np.sqrt(3))))
        if question == "severity"
        else speaking.say("missed.range", share=speaking.percent(min(1.0, seen / 2)))
    )
    return asking.few(question, "sanctions", n=n, least=_LEAST, missed=missed, numbers=numbers, series=series)


def _shown(
    ground: Ground, mask: Bools, heavy: Floats
) -> tuple[tuple[str, ...], dict[str, list[object]], dict[str, Value]]:
    series: dict[str, list[object]] = {key: [] for key in ("group", "severity", "n", "share")}
    numbers: dict[str, Value] = {}
    for name in ground.names:
        ours = mask & (ground.group == name)
        numbers[f"n_{name}"] = int(ours.sum())
        for level in range(HEAVIEST + 1):
            count = int((ours & (heavy == level)).sum())
            series["group"].append(name)
            series["severity"].append(str(level))
            series["n"].append(count)
            series["share"].append(count / max(int(ours.sum()), 1))
    return ground.large(mask, _LEAST), series, numbers


def _cuts(heavy: Floats) -> tuple[Bools, Ints, Ints]:
    """Give whether each case is as heavy as each threshold that some are below: passed, case, threshold."""
    cuts = np.unique(heavy)[1:].astype(np.int64)
    passed = (heavy[:, None] >= cuts).ravel()
    return passed, np.repeat(np.arange(heavy.size), cuts.size), np.tile(cuts, heavy.size)


def _spread(columns: Floats) -> Floats:
    kept = columns[:, columns.std(axis=0) > 0]
    return np.asarray((kept - kept.mean(axis=0)) / kept.std(axis=0))


def _freeman_halton(heavy: Floats, members: Floats, codes: Ints) -> tuple[float, Callable[[Ints], float]]:
    levels = np.unique(heavy, return_inverse=True)[1]
    level = np.eye(int(levels.max()) + 1)[levels]
    strata = score.Strata(codes)
    ones = np.ones(heavy.size)
    inside = strata.centred(members, ones)
    spread = np.sqrt(np.maximum((strata.centred(level, ones) ** 2).sum(axis=0), 1e-9))

    def statistic(order: Ints) -> float:
        return float((((inside.T @ level[order]) / spread) ** 2).sum())

    return statistic(np.arange(heavy.size)), statistic


def _proportional(passed: Bools, where: Ints, cut: Ints, case: Ints, columns: Floats, member: Floats) -> float | None:
    """Give the p that one ratio holds at every threshold (as Brant 1990): each alone, with their joint spread."""
    values, parts = [], []
    for level in np.unique(cut):
        at = cut == level
        columns_at = _spread(columns[at])
        if np.ptp(member[at]) == 0:
            continue
        value, error = score.ratio(passed[at], where[at], columns_at, member[at])
        strata = score.Strata(where[at])
        joined = np.column_stack([columns_at, member[at] - member[at].mean()])
        chance = score.fitted(passed[at], strata, joined)[1]
        inside = strata.centred(joined[:, -1:], chance * (1 - chance))[:, 0]
        added = np.bincount(case[at], weights=inside * (passed[at] - chance), minlength=int(case.max()) + 1)
        values.append(value)
        parts.append(added * error / max(float(np.sqrt((added**2).sum())), 1e-9))
    if len(values) < 2:  # noqa: PLR2004 - one threshold cannot differ from itself
        return None
    joint = np.stack(parts) @ np.stack(parts).T
    contrast = np.diff(np.eye(len(values)), axis=0)
    off = contrast @ np.array(values)
    told = float(off @ np.linalg.pinv(contrast @ joint @ contrast.T) @ off)
    return float(chdtrc(len(values) - 1, max(told, 0.0)))
