"""Cox's regression within strata (ties by Breslow), its score test of groups, and whether hazards are proportional."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.stats import pearsonr

from telusur.balance.cases import Bools, Floats, Ints
from telusur.balance.passage.adjusting import two_sided
from telusur.balance.passage.score import RIDGE, Scores, Strata

_ROUNDS: Final = 40
_HALVINGS: Final = 20
_CLOSE: Final = 1e-8
_LONGEST: Final = 2.0
_FURTHEST: Final = 50.0
_TINY: Final = float(np.finfo(float).tiny)
_FEW: Final = 3
"""Events of which no correlation can be told."""


class Clock:
    """Times within strata, laid out for sums over who is still waiting.

    Parameters
    ----------
    time
        Days waited, shape (n,).
    event
        Whether what was waited for came; else the waiting was cut off.
    codes
        Stratum of each, shape (n,).
    """

    def __init__(self, time: Floats, event: Bools, codes: Ints) -> None:
        # The longest wait first, so that whoever waits at a time stands before it.
        self.order = np.lexsort((-time, codes))
        self.time, self.event, self.codes = time[self.order], event[self.order], codes[self.order]
        n = time.size
        opens = np.r_[True, self.codes[1:] != self.codes[:-1]]
        starts = opens | np.r_[True, self.time[1:] != self.time[:-1]]
        block, stratum = np.cumsum(starts) - 1, np.cumsum(opens) - 1
        first, begin = np.flatnonzero(starts), np.flatnonzero(opens)
        self._first = first[block]
        self._last = np.r_[first[1:], n][block]
        self._begin = begin[stratum]
        self._end = np.r_[begin[1:], n][stratum]

    def waiting(self, values: Floats) -> Floats:
        """Sum values, shape (n, m), over all that wait at each case's time."""
        total = np.vstack([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0)])
        return np.asarray(total[self._last] - total[self._begin])

    def so_far(self, values: Floats) -> Floats:
        """Sum values, shape (n, m), over all times up to each case's."""
        total = np.vstack([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0)])
        return np.asarray(total[self._end] - total[self._first])


@dataclass(frozen=True, eq=False)
class Slope:
    """First and second derivative of the partial likelihood, and what each case adds to the first.

    Parameters
    ----------
    each
        Shape (n, m), in the order of the cases.
    bend
        Shape (m, m).
    left
        What each event's column lies above who waited, shape (events, m).
    times
        Of the events.
    likelihood
        Natural log of the partial likelihood.
    """

    each: Floats
    bend: Floats
    left: Floats
    times: Floats
    likelihood: float


def slope(clock: Clock, columns: Floats, slopes: Floats) -> Slope:
    """Give the derivatives at some coefficients; columns of shape (n, m) in the order of the cases."""
    held = columns[clock.order]
    weight = np.exp(np.clip(held @ slopes, -_FURTHEST, _FURTHEST))[:, None]
    # Whoever has an event waits for it: sums that cancel never fall below its own weight.
    level = np.maximum(clock.waiting(weight), weight)
    mean = clock.waiting(weight * held) / level
    event = clock.event[:, None].astype(float)
    hazard = clock.so_far(event / level)
    means = clock.so_far(event * mean / level)
    added = event * (held - mean) - weight * (held * hazard - means)
    bend = held.T @ (held * weight * hazard) - mean.T @ (mean * event)
    each = np.empty_like(added)
    each[clock.order] = added
    likelihood = float((event * (np.log(weight) - np.log(level))).sum())
    return Slope(each, bend, (held - mean)[clock.event], clock.time[clock.event], likelihood)


def fitted(clock: Clock, columns: Floats) -> Floats:
    """Fit the coefficients, natural log hazard ratios of columns with standard deviation 1, shape (m,)."""
    slopes = np.zeros(columns.shape[1])
    if not slopes.size:
        return slopes
    there = slope(clock, columns, slopes)
    for _ in range(_ROUNDS):
        gradient = there.each.sum(axis=0) - RIDGE * slopes
        move = np.linalg.solve(there.bend + RIDGE * np.eye(slopes.size), gradient)
        move *= min(1.0, _LONGEST / max(float(np.abs(move).max()), _CLOSE))
        held = there.likelihood - RIDGE * float(slopes @ slopes) / 2
        for _ in range(_HALVINGS):
            there = slope(clock, columns, slopes + move)
            if there.likelihood - RIDGE * float((slopes + move) @ (slopes + move)) / 2 >= held - _CLOSE:
                break
            move = move / 2
        slopes = slopes + move
        if np.abs(move).max() < _CLOSE:
            break
    return slopes


def scores(clock: Clock, columns: Floats, groups: Floats, clusters: Ints | None = None) -> Scores:
    """Score each group against all others where groups are treated alike (the stratified log-rank test, adjusted).

    Parameters
    ----------
    clock
        The times.
    columns
        What makes cases alike, shape (n, p), standardised.
    groups
        One column of 0 and 1 a group, shape (n, k).
    clusters
        Cases that belong together, shape (n,).
    """
    p = columns.shape[1]
    there = slope(clock, np.column_stack([columns, groups]), np.r_[fitted(clock, columns), np.zeros(groups.shape[1])])
    tie = np.linalg.solve(there.bend[:p, :p] + RIDGE * np.eye(p), there.bend[:p, p:])
    covariance = there.bend[p:, p:] - there.bend[p:, :p] @ tie
    each = there.each[:, p:] - there.each[:, :p] @ tie
    inflation = 1.0
    if clusters is not None:
        together = Strata(clusters).sums(each)
        inflation = max(1.0, float(np.trace(together.T @ together) / max(float(np.trace(covariance)), _TINY)))
    covariance = covariance * inflation
    error = np.sqrt(np.maximum(np.diag(covariance), _TINY))
    return Scores(each.sum(axis=0) / error, covariance, int(np.unique(clock.codes).size), inflation)


def ratio(clock: Clock, columns: Floats, group: Floats) -> tuple[float, float, float | None]:
    """Estimate how much sooner a group's cases come to it, like against like.

    Returns
    -------
    tuple
        Natural log of the hazard ratio; its standard error; and the p of the correlation of its scaled residuals with
        the rank of time (Grambsch, Therneau 1994), None where there are too few.
    """
    scale = max(float(group.std()), _CLOSE)
    joined = np.column_stack([columns, (group - group.mean()) / scale])
    slopes = fitted(clock, joined)
    there = slope(clock, joined, slopes)
    spread = np.linalg.inv(there.bend + RIDGE * np.eye(slopes.size))
    scaled = there.left @ spread[:, -1]
    ranks = np.argsort(np.argsort(there.times, kind="stable"), kind="stable").astype(float)
    proportional = None
    if scaled.size > _FEW and np.ptp(scaled) > 0:
        r = float(pearsonr(scaled, ranks).statistic)
        proportional = two_sided(r * float(np.sqrt(scaled.size)))
    return float(slopes[-1] / scale), float(np.sqrt(spread[-1, -1]) / scale), proportional
