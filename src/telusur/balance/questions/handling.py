"""Who handles a case, and when: whether either depends on its group, within body and time."""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy.stats import kendalltau

from telusur.balance.cases import Bools, Floats, Ints, Objects
from telusur.balance.passage import design
from telusur.balance.passage.score import Strata
from telusur.balance.questions import asking, drawing, ranks, speaking
from telusur.balance.questions.asking import Answer, Ground
from telusur.balance.result import Value

_LEAST: Final = 100
"""Cases that can be compared."""

_GROUP: Final = 10
_PAIR: Final = 2
_MONTH: Final = 30.436875
"""Days of a month on average."""


def months(days: Floats) -> Ints:
    """Give the month, counted on, that each day lies in."""
    return np.asarray(np.floor(days / _MONTH), dtype=np.int64)


def blocks(*parts: Ints) -> Ints:
    """Give the combination of several numbers of each case, numbered."""
    return np.asarray(np.unique(np.stack(parts, axis=1), axis=0, return_inverse=True)[1].ravel(), dtype=np.int64)


def _mixed(codes: Ints, *held: Ints) -> Bools:
    """Say which cases lie in blocks that hold more than one of each of some numbers."""
    kept = np.ones(codes.size, dtype=bool)
    for values in held:
        pairs = np.unique(np.stack([codes, values], axis=1), axis=0)[:, 0]
        kept &= (np.bincount(pairs, minlength=int(codes.max(initial=0)) + 1) > 1)[codes]
    return kept


def assignment(ground: Ground) -> Answer:
    """Ask whether who handles a case depends on its group, within body and month of the report.

    Notes
    -----
    Groups change places within body, stratum and month; what is counted is how far the table of handler and group
    lies from what that gives.
    """
    if "handler" not in ground.cases.columns:
        return asking.absent("assignment", "handler")
    handlers = ground.cases.columns["handler"]
    mask = ground.comparable & (handlers != np.array(None))
    handler = _numbered(handlers[mask])
    group = _numbered(ground.group[mask])
    bodies = design.codes(ground.cases, ("body",))[0][mask]
    codes = blocks(bodies, ground.strata[mask], months(ground.cases.days["reported"][mask]))
    useful = _mixed(codes, handler, group) if mask.any() else np.zeros(0, dtype=bool)
    n = int(useful.sum())
    if n < _LEAST:
        return asking.few("assignment", "cases", n=ground.count(n), least=_LEAST)
    handler, group, codes = handler[useful], group[useful], blocks(codes[useful])
    k = int(group.max()) + 1
    cells = (int(handler.max()) + 1) * k
    strata = Strata(codes)
    chance = strata.sums(np.eye(k)[group])[strata.codes] / strata.sizes[strata.codes][:, None]
    expected = np.zeros(cells)
    for one in range(k):
        expected += np.bincount(handler * k + one, weights=chance[:, one], minlength=cells)

    def counted(order: Ints) -> Floats:
        return np.asarray(np.bincount(handler * k + group[order], minlength=cells) - expected)

    def statistic(order: Ints) -> float:
        return float((counted(order) ** 2 / (expected + 0.5)).sum())

    def moved(order: Ints) -> float:
        return float(np.abs(counted(order)).sum() / (2 * n))

    still = np.arange(n)
    seed = ground.seed("assignment")
    p, _ = drawing.p_of(statistic(still), statistic, codes, seed)
    usual = float(np.mean([moved(order) for order in drawing.shuffled(codes, 20, seed)]))
    excess = moved(still) - usual
    numbers: dict[str, Value] = {"cases": n, "excess": excess, "draws": float(drawing.draws(n))}
    return Answer(
        "assignment",
        p=p,
        difference=speaking.say("assignment.uneven", share=speaking.percent(max(excess, 0.0))),
        nothing=speaking.say("missed.cases", n=ground.count(n)),
        numbers=numbers,
    )


def order(ground: Ground) -> Answer:
    """Ask whether one group's cases wait behind others that came later, within body, source and stratum.

    Notes
    -----
    What is compared is a case's place by how long it waited, as a share of the cases of its body, source and stratum,
    once the day of arrival is made equal: when many come, all wait.
    """
    reported = ground.cases.days["reported"]
    taken = ground.cases.days["accepted"]
    if np.isnan(taken).all():
        return asking.absent("handling_order", "accepted")
    mask = ground.comparable & ~np.isnan(taken)
    queue = blocks(design.codes(ground.cases, ("body",))[0], design.codes(ground.cases, ("source",))[0], ground.strata)
    queue, arrived, handled = queue[mask], reported[mask], taken[mask]
    names = ground.large(mask, _GROUP)
    n = int(mask.sum())
    if n < _LEAST or len(names) < 2:  # noqa: PLR2004 - it takes two to differ
        return asking.few("handling_order", "cases", n=ground.count(n), least=_LEAST)
    place = ranks.ridits(handled - arrived, queue)
    season = design.covariates(ground.cases.take(mask), ("reported",))
    back = _left(place, season, queue)
    found = ranks.means(back, queue, ground.members(names)[mask], ground.seed("handling_order"), season)
    if found is None:
        return asking.few("handling_order", "cases", n=ground.count(0), least=_LEAST)
    most = found.most
    gap, error = float(found.difference[most]), float(found.error[most])
    numbers: dict[str, Value] = {
        "cases": n, "group": names[most], "difference": gap, "lower": gap - asking.Z * error,
        "upper": gap + asking.Z * error, "detectable": asking.POWER * error, "tau": tau(arrived, handled, queue),
    }  # fmt: skip
    series: dict[str, list[object]] = {
        "group": list(ground.names),
        "n": [int((mask & (ground.group == name)).sum()) for name in ground.names],
        "fell_back": [_mean(back[ground.group[mask] == name]) for name in ground.names],
    }
    side = "later" if gap > 0 else "sooner"
    return Answer(
        "handling_order",
        p=found.p,
        difference=speaking.say(f"handling_order.{side}", group=names[most], share=speaking.percent(abs(gap))),
        nothing=speaking.say("missed.places", share=speaking.percent(asking.POWER * error)),
        numbers=numbers,
        series=series,
    )


def _left(values: Floats, columns: Floats, codes: Ints) -> Floats:
    """Give what columns leave of values within strata."""
    strata, ones = Strata(codes), np.ones(values.size)
    left, inside = strata.centred(values[:, None], ones), strata.centred(columns, ones)
    return np.asarray((left - inside @ np.linalg.lstsq(inside, left, rcond=None)[0])[:, 0])


def tau(arrived: Floats, handled: Floats, queue: Ints) -> float | None:
    """Give how far the order of handling follows arrival, -1 to 1: Kendall's tau-b of each queue, by its cases."""
    total, weight = 0.0, 0
    by = np.argsort(queue, kind="stable")
    for rows in np.split(by, np.flatnonzero(np.diff(queue[by])) + 1):
        # Of two cases scipy divides by nought.
        if rows.size > _PAIR and np.unique(arrived[rows]).size > 1 and np.unique(handled[rows]).size > 1:
            total += rows.size * float(kendalltau(arrived[rows], handled[rows], method="asymptotic").statistic)
            weight += rows.size
    return total / weight if weight else None


def _numbered(values: Objects) -> Ints:
    return np.asarray(np.unique(values.astype(str), return_inverse=True)[1], dtype=np.int64)


def _mean(values: Floats) -> float | None:
    return float(values.mean()) if values.size else None
