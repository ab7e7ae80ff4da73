"""Where reports come from, by group: their sources, how they concentrate, and whether they come in floods."""

from __future__ import annotations

from typing import Final

import numpy as np

from telusur.balance.cases import Floats, Ints
from telusur.balance.passage import tables
from telusur.balance.passage.score import Strata
from telusur.balance.questions import asking, drawing, speaking
from telusur.balance.questions.asking import Answer, Ground
from telusur.balance.questions.handling import blocks, months
from telusur.balance.result import Value

_WINDOW: Final = 7
"""Days that a flood is looked for in."""

_LEAST: Final = 100
_GROUP: Final = 30
_WIDEST: Final = 2_000_000
"""Cells of days and groups up to which a scan is made."""


def sources(ground: Ground) -> Answer:
    """Ask from which sources reports come, how many of each are accepted, and how they concentrate on bodies.

    Notes
    -----
    Who reported is not in the data, so that concentration is told over bodies.
    """
    if "source" not in ground.cases.columns:
        return asking.absent("sources", "source")
    column = ground.cases.columns["source"]
    population = ground.found["accepted"]
    keys = ("group", "source", "n", "share", "settled", "accepted", "rate", "lower", "upper")
    series: dict[str, list[object]] = {key: [] for key in keys}
    for name in ground.names:
        ours = ground.group == name
        for source in sorted({value for value in column if value is not None}):
            those = ours & (column == source)
            rate = tables.rate(name, int((those & population.settled).sum()), int((those & population.passed).sum()))
            row = (name, source, int(those.sum()), float(those.sum() / ours.sum()), rate.n, rate.passed)
            for key, value in zip(keys, (*row, rate.rate, rate.lower, rate.upper), strict=True):
                series[key].append(value)
    numbers: dict[str, Value] = {}
    if "body" in ground.cases.columns:
        bodies = ground.cases.columns["body"]
        for name in ("", *ground.names):
            mask = (bodies != np.array(None)) & ((ground.group == name) if name else True)
            counts = np.unique(bodies[mask].astype(str), return_counts=True)[1].astype(float)
            end = f"_{name}" if name else ""
            numbers[f"gini{end}"] = gini(counts)
            numbers[f"top_share{end}"] = float(counts.max() / counts.sum()) if counts.size else None
    return Answer("sources", told=speaking.say("sources.told"), numbers=numbers, series=series)


def gini(counts: Floats) -> float | None:
    """Give how unequal counts are, 0 (all alike) to 1; None where there is none."""
    if not counts.size or counts.sum() == 0:
        return None
    held = np.sort(counts)
    place = np.arange(1, held.size + 1)
    return float((2 * (place * held).sum() / held.sum() - held.size - 1) / held.size)


def flooding(ground: Ground) -> Answer:
    """Ask whether reports about one group come in floods: more within a week than its month and stratum give.

    Notes
    -----
    A scan statistic (Kulldorff 1997 in spirit): the largest standardised excess over all groups and windows, judged by
    letting groups change places within stratum and month.
    """
    reported = ground.cases.days["reported"]
    mask = ground.comparable
    names = [name for name in ground.names if int((mask & (ground.group == name)).sum()) >= _GROUP]
    n = int(mask.sum())
    span = int(np.ptp(reported[mask])) + 1 if n else 0
    if n < _LEAST or not names or len(ground.names) < 2:  # noqa: PLR2004 - it takes two to differ
        return asking.few("flooding", "cases", n=ground.count(n), least=_LEAST)
    if span * len(names) > _WIDEST:
        return Answer("flooding", lacking=speaking.say("flooding.wide"), absent=True)
    day = (reported[mask] - reported[mask].min()).astype(np.int64)
    codes = blocks(ground.strata[mask], months(reported[mask]))
    group = np.full(n, len(names))
    for place, name in enumerate(names):
        group[ground.group[mask] == name] = place
    k = len(names) + 1
    strata = Strata(codes)
    chance = (strata.sums(np.eye(k)[group]) / strata.sizes[:, None])[strata.codes]
    expected, variance = np.zeros((span, k - 1)), np.zeros((span, k - 1))
    for one in range(k - 1):
        expected[:, one] = np.bincount(day, weights=chance[:, one], minlength=span)
        variance[:, one] = np.bincount(day, weights=chance[:, one] * (1 - chance[:, one]), minlength=span)
    # One case more than chance keeps windows of hardly anybody from leading.
    spread = np.sqrt(_windows(variance) + 1.0)

    def excess(order: Ints) -> Floats:
        counts = np.bincount(day * k + group[order], minlength=span * k).reshape(span, k)[:, :-1]
        return np.asarray(_windows(counts - expected) / spread)

    here = excess(np.arange(n))
    p, _ = drawing.p_of(
        float(here.max()), lambda order: float(excess(order).max()), codes, ground.seed("flooding")
    )  # fmt: skip
    at, which = np.unravel_index(int(here.argmax()), here.shape)
    seen = int(((group == which) & (day > at - _WINDOW) & (day <= at)).sum())
    usual = float(_windows(expected)[at, which])
    numbers: dict[str, Value] = {
        "group": names[int(which)], "window": float(_WINDOW), "reports": seen, "expected": usual,
        "draws": float(drawing.draws(n)),
    }  # fmt: skip
    return Answer(
        "flooding",
        p=p,
        accuses=False,
        difference=speaking.say(
            "flooding.found", group=names[int(which)], n=ground.count(seen), usual=ground.count(round(usual))
        ),
        nothing=speaking.say("flooding.none"),
        numbers=numbers,
        series=_weekly(ground),
    )


def _windows(values: Floats) -> Floats:
    """Sum each day with the six before it, shape (days, k)."""
    total = np.vstack([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0)])
    last = np.arange(1, values.shape[0] + 1)
    return np.asarray(total[last] - total[np.maximum(last - _WINDOW, 0)])


def _weekly(ground: Ground) -> dict[str, list[object]]:
    reported = ground.cases.days["reported"]
    week = ((reported - reported.min()) // _WINDOW).astype(np.int64)
    series: dict[str, list[object]] = {"group": [], "week": [], "n": []}
    for name in ground.names:
        counts = np.bincount(week[ground.group == name], minlength=int(week.max()) + 1)
        series["group"] += [name] * counts.size
        series["week"] += [float(place) for place in range(counts.size)]
        series["n"] += counts.tolist()
    return series
