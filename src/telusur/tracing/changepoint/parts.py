"""A long timeline, looked through in parts: people change over years, and the calibration has seen no longer ones."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from telusur.tracing.changepoint.comparison import NEPER
from telusur.tracing.style.logistic import Logistic

LONGEST_TIMELINE, TIMELINE, STRIDE = 240, 180, 60
"""A timeline of more posts than the first is looked through in timelines of the second, each the third further on."""

_COVERED, _MOST = 0.999, 20
"""Belief that the parts looked at for the place hold together, and how many they are at most."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def spans(n: int) -> Iterator[tuple[int, int]]:
    """Give the bounds of the timelines that one of ``n`` posts is looked through in."""
    if n <= LONGEST_TIMELINE:
        yield 0, n
        return
    for first in range(0, n - TIMELINE, STRIDE):
        yield first, first + TIMELINE
    yield n - TIMELINE, n


def joined(bans: Floats, n_parts: int) -> float:
    """Give the mean of the Bayes factors of parts, in bans: a change is as likely to lie in any of them.

    Parameters
    ----------
    bans
        Of the parts that could be weighed; the others say nothing, 0 bans.
    n_parts
        All parts.
    """
    every = np.append(bans * NEPER, np.zeros(n_parts - bans.size))
    return float(np.logaddexp.reduce(every) - np.log(n_parts)) / NEPER


def likeliest(bans: Floats) -> list[tuple[int, float]]:
    """Give the parts that a change may lie in, given that there is one, and how likely each is.

    Parameters
    ----------
    bans
        Bayes factors of the parts, in bans.
    """
    belief = 10.0 ** (bans - bans.max())
    belief /= belief.sum()
    order = np.argsort(-belief, kind="stable")
    n = min(int(np.searchsorted(np.cumsum(belief[order]), _COVERED)) + 1, _MOST, order.size)
    return [(int(part), float(belief[part])) for part in order[:n]]


def as_table(calibration: Logistic) -> Floats:
    """Write a calibration as a table, without its covariance."""
    columns = (calibration.centre, calibration.spread, calibration.lowest, calibration.highest)
    return np.vstack([np.append(0.0, column) for column in columns] + [calibration.weights])


def from_table(table: Floats) -> Logistic:
    """Read what `as_table` wrote; its standard errors are 0."""
    centre, spread, lowest, highest = table[:4, 1:]
    nothing = np.zeros((table.shape[1], table.shape[1]))
    return Logistic(centre, spread, table[4], nothing, lowest, highest)
