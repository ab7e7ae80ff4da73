"""Who still waits after so many days (Kaplan, Meier 1958), and the mean wait up to a horizon."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from telusur.balance.cases import Bools, Floats, Ints

_Z: Final = 1.959964


@dataclass(frozen=True, eq=False)
class Waiting:
    """A curve that falls at each day on which something came.

    Parameters
    ----------
    days, share, variance
        Days with an event, the share that waits after each, and Greenwood's sum there; shape (m,).
    time
        Of every case, sorted.
    """

    days: Floats
    share: Floats
    variance: Floats
    time: Floats

    def at(self, days: Floats) -> tuple[Floats, Floats, Floats, Ints]:
        """Give the share that waits after each of some days, the ends of its 95 % interval, and how many are watched.

        The interval is of the log of minus the log of the share, so that it stays within 0 and 1.
        """
        place = np.searchsorted(self.days, days, side="right")
        share, spread = np.r_[1.0, self.share][place], np.r_[0.0, self.variance][place]
        inside = (share > 0) & (share < 1)
        log = np.log(np.where(inside, share, 0.5))
        reach = _Z * np.sqrt(spread) / np.abs(log)
        lower = np.where(inside, np.exp(log * np.exp(reach)), share)
        upper = np.where(inside, np.exp(log * np.exp(-reach)), share)
        watched = self.time.size - np.searchsorted(self.time, days, side="left")
        return share, lower, upper, watched

    def median(self) -> float | None:
        """Give the day by which half have stopped waiting; None where fewer ever did."""
        below = np.flatnonzero(self.share <= 0.5)  # noqa: PLR2004 - half
        return float(self.days[below[0]]) if below.size else None

    def mean_to(self, horizon: float) -> tuple[float, float]:
        """Give the mean days waited up to a horizon (restricted mean), and its variance."""
        kept = self.days < horizon
        edges = np.r_[0.0, self.days[kept], horizon]
        area = np.diff(edges) * np.r_[1.0, self.share[kept]]
        beyond = np.cumsum(area[::-1])[::-1][1:]
        steps = np.diff(np.r_[0.0, self.variance[kept]])
        return float(area.sum()), float((beyond**2 * steps).sum())


def waiting(time: Floats, event: Bools) -> Waiting:
    """Estimate the curve.

    Parameters
    ----------
    time
        Days waited, shape (n,).
    event
        Whether what was waited for came; else the waiting was cut off.
    """
    days, place = np.unique(time, return_inverse=True)
    came = np.bincount(place, weights=event.astype(float), minlength=days.size)
    gone = np.bincount(place, minlength=days.size)
    there = np.cumsum(gone[::-1])[::-1].astype(float)
    held = came > 0
    days, came, there = days[held], came[held], there[held]
    share = np.cumprod(1 - came / there)
    left = there - came
    # After the last wait the share is nought for certain.
    steps = np.where(left > 0, came / (there * np.maximum(left, 1)), 0.0)
    return Waiting(days, share, np.cumsum(steps), np.sort(time))
