"""How strong a weight a set of validation comparisons can support: empirical bounds (ELUB), and a bound of errors.

Beyond the bounds a ratio is extrapolation: one more misleading comparison would make decisions by it worse than
decisions without it. Vergeer, van Es, de Jongh, Alberink, Stoel, "Numerical likelihood ratios outputted by LR systems
are often based on extrapolation: when to stop extrapolating?", Science & Justice 56 (2016) 482-491.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_STEP = 0.01
_EXTREME = 9.0


def _expected_cost(
    same: NDArray[np.float64], different: NDArray[np.float64], thresholds: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Cost of accepting above each threshold (bans) when misses cost one and false acceptances the threshold's odds."""
    missed = np.searchsorted(np.sort(same), thresholds, side="right") / same.size
    accepted = 1 - np.searchsorted(np.sort(different), thresholds, side="right") / different.size
    return missed + 10.0**thresholds * accepted


def elub(same: NDArray[np.float64], different: NDArray[np.float64]) -> tuple[float, float]:
    """Give the empirical lower and upper bound of weights.

    Parameters
    ----------
    same, different
        Weights in bans of comparisons where the proposition is true, and where its alternative is. Not empty.

    Returns
    -------
    tuple of float
        Lower bound (at most 0) and upper bound (at least 0), in bans, to the nearest hundredth.

    Notes
    -----
    One misleading comparison of unlimited strength is added to each side, as in ``lir`` 1.3.1, whose numbers these are.
    """
    same, different = np.clip(same, -_EXTREME, _EXTREME), np.clip(different, -_EXTREME, _EXTREME)
    lowest = max(min(same.min(), different.min()), -np.log10(same.size + 1))
    highest = min(max(same.max(), different.max()), np.log10(different.size + 1))
    first, last = min(0, int(lowest // _STEP)), max(0, int(highest // _STEP) + 1)
    # The neighbouring step must be the same number from both sides, so it is counted, not added up.
    thresholds = np.linspace(first * _STEP, last * _STEP, last - first + 1)
    # An added comparison that is never accepted (same) or always accepted (different), whatever the threshold.
    system = _expected_cost(np.append(same, -np.inf), np.append(different, np.inf), thresholds)
    neutral = np.where(thresholds < 0, 10.0**thresholds, 1.0)
    worse = neutral / system < 1
    lower = np.max(thresholds[(thresholds <= 0) & worse] + _STEP, initial=thresholds[0])
    upper = np.min(thresholds[(thresholds >= 0) & worse] - _STEP, initial=thresholds[-1])
    return min(float(lower), 0.0), max(float(upper), 0.0)


MISLED = 0.005
"""Share of an owner's own windows that may be held against the owner by more than a ban."""

TAKEN = 0.0025
"""Share of look-alikes' windows that may count as the owner's by more than a ban: half as many, since of pairs that
mislead so there are too few among the fitting accounts to tell how much those of others do."""

_CONFIDENCE = 0.95
_ROUNDS = 400


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Validation comparisons of one kind.

    Parameters
    ----------
    bans
        Their weights.
    author
        Whose history each is held against.
    """

    bans: NDArray[np.float64]
    author: NDArray[np.int64]

    def highest(self, share: float, confidence: float = _CONFIDENCE) -> float:
        """Give the weight that no more than a share of comparisons exceed, among other authors too.

        Few authors mislead, and those by most of their windows: the share that is seen says little of the next authors.
        So it is drawn anew, author by author, and the weight is the one that suffices in 95 draws of 100, or
        as many as asked for.
        """
        rng = np.random.default_rng(0)  # the bound of a sample is one number
        order = np.argsort(self.bans, kind="stable")
        names, index = np.unique(self.author[order], return_inverse=True)
        found = np.zeros(_ROUNDS)
        for turn in range(_ROUNDS):
            times = np.bincount(rng.integers(names.size, size=names.size), minlength=names.size)
            counted = np.cumsum(times[index])
            found[turn] = self.bans[order[np.searchsorted(counted, (1 - share) * counted[-1])]]
        return float(np.quantile(found, confidence))


def thresholds(same: Sample, different: Sample) -> tuple[float, float]:
    """Give how strong a weight must be, either way, to count as more than a ban.

    Parameters
    ----------
    same, different
        Validation comparisons; of impostors the hardest kind there is.

    Returns
    -------
    tuple of float
        The weight below which no more than `MISLED` of the same lie (at most -1), and that above which no more than
        `TAKEN` of the different lie (at least 1), in bans; both with 95 % confidence, by author.
    """
    below, above = -Sample(-same.bans, same.author).highest(MISLED), different.highest(TAKEN)
    return min(below, -1.0), max(above, 1.0)


def held_at_one(
    bans: NDArray[np.float64], below: NDArray[np.float64], above: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Hold weights that lie between one ban and their threshold at one ban.

    Parameters
    ----------
    bans
        Weights.
    below, above
        Thresholds of each (`thresholds`); a weight beyond them stays.
    """
    return np.asarray(np.where((bans < below) | (bans > above), bans, np.clip(bans, -1.0, 1.0)))
