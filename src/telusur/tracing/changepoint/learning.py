"""What spliced timelines teach: how much each part of the likelihood counts, and what it all weighs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from telusur.tracing.changepoint.comparison import NEPER
from telusur.tracing.changepoint.takeover import REPORTED_FROM
from telusur.tracing.style.bounds import Sample, elub
from telusur.tracing.style.logistic import Logistic, fit_logistic
from telusur.tracing.style.measures import summary

ALARMS = 0.02
"""Share of owners' timelines that may be taken for a change of writer."""

_CONFIDENCE = 0.75
"""Draws of the owners in which no more are: few owners write as if they were two, and other owners may be more."""

_RIDGE = 1.0

_STEPS, _SHORTEST_STEP = 60, 1e-6
_SMALL = 0.05
"""Ridge of the weights of the parts, each standardised, in units of one timeline."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def part_weights(taken: Sequence[tuple[Floats, int]]) -> Floats:
    """Weigh the parts of the likelihood so that it says best where changes lie, and as surely as it may.

    A conditional logit: the chance of a place is its weighted likelihood over that of all places. No weight is
    negative: a change is no less likely where a part of its likelihood says more.

    Parameters
    ----------
    taken
        Of each timeline taken over: the parts at each place, shape (parts, places), and the true place.
    """
    spread = np.sqrt(np.mean([parts.var(axis=1) for parts, _ in taken], axis=0))
    spread = np.where(spread > 0, spread, 1.0)
    scaled = [(parts / spread[:, None], true) for parts, true in taken]

    def value(weights: Floats) -> float:
        return float(
            sum(weights @ x[:, true] - np.logaddexp.reduce(weights @ x) for x, true in scaled)
            - _SMALL * weights @ weights
        )

    weights = np.zeros(spread.size)
    for _ in range(_STEPS):
        slope, curve = -2 * _SMALL * weights, 2 * _SMALL * np.eye(spread.size)
        for x, true in scaled:
            nats = weights @ x
            p = np.exp(nats - nats.max())
            p /= p.sum()
            mean = x @ p
            slope += x[:, true] - mean
            curve += (x * p) @ x.T - np.outer(mean, mean)
        # Weights at 0 that would fall below it stay there.
        free = np.flatnonzero((weights > 0) | (slope > 0))
        step = np.zeros(spread.size)
        step[free] = np.linalg.solve(curve[np.ix_(free, free)], slope[free])
        # Far from the best weights, or across a bound, a whole step may overshoot.
        here, share = value(weights), 1.0
        while share > _SHORTEST_STEP and value(np.maximum(weights + share * step, 0.0)) < here:
            share /= 2
        moved = np.maximum(weights + share * step, 0.0)
        done = np.abs(moved - weights).max() < 1e-8  # noqa: PLR2004 - converged to double precision
        weights = moved
        if done:
            break
    return np.asarray((weights / spread).astype(np.float32), dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Calibrated:
    """A calibration, and what it says of owners outside its fit.

    Parameters
    ----------
    logistic
        Fitted on all comparisons.
    same, different
        Weights in bans of comparisons with and without a change, each by a calibration without its owner's fold.
    owner
        Whose the comparisons without a change are.
    """

    logistic: Logistic
    same: Floats
    different: Floats
    owner: Ints

    @classmethod
    def of(cls, columns: Floats, changed: NDArray[np.bool_], owner: Ints, fold_of: Ints) -> Calibrated:
        """Fit on all comparisons, and without each fold of owners in turn for what is said of that fold."""
        whole = fit_logistic(columns, changed, owner, ridge=_RIDGE)
        fold = fold_of[owner]
        unseen = np.zeros(owner.size)
        for number in np.unique(fold):
            inside, outside = fold != number, fold == number
            part = fit_logistic(columns[inside], changed[inside], owner[inside], ridge=_RIDGE)
            unseen[outside] = part.log_odds(columns[outside])[0] / NEPER
        return cls(whole, unseen[changed], unseen[~changed], owner[~changed])

    @property
    def cap(self) -> Floats:
        """What those weights support at most, either way, in bans."""
        return np.array(elub(self.same, self.different))

    @property
    def above(self) -> float:
        """What a weight must exceed so that no more than `ALARMS` of owners' timelines reach it; at least a ban.

        Of the owners that were seen, and of other such owners in three of four draws.
        """
        seen = float(np.quantile(self.different, 1 - ALARMS, method="higher"))
        return max(seen, Sample(self.different, self.owner).highest(ALARMS, _CONFIDENCE), REPORTED_FROM)

    @property
    def measured(self) -> dict[str, float]:
        """How well those weights tell."""
        return summary(self.same, self.different)
