"""A logistic regression within strata, and the score test of groups in it.

The strata are absorbed, not estimated one by one, so that hundreds of them cost nothing. Without columns beside the
groups the test is Cochran's, Mantel's and Haenszel's, to the last digit: its variance is conditional on each stratum's
margins.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import expit

from telusur.balance.cases import Bools, Floats, Ints

_ROUNDS: Final = 60
_CLOSE: Final = 1e-9
RIDGE: Final = 0.1
"""Weight that holds coefficients of standardised columns finite where a column splits passed from failed."""

_LONGEST: Final = 3.0
_FURTHEST: Final = 9.0
"""Natural log odds beyond which a ratio is not told apart from an infinite one."""


@dataclass(frozen=True, eq=False)
class Scores:
    """Scores of groups.

    Parameters
    ----------
    z
        Standardised score of each group against all others, shape (k,).
    covariance
        Of the scores, shape (k, k).
    strata
        Strata that were informative.
    inflation
        How many times larger the variance is than that of as many independent cases.
    """

    z: Floats
    covariance: Floats
    strata: int
    inflation: float

    @property
    def errors(self) -> Floats:
        """Standard error of the log odds ratio of each group where there is no difference, shape (k,)."""
        return np.asarray(self.inflation / np.sqrt(np.maximum(np.diag(self.covariance), np.finfo(float).tiny)))


class Strata:
    """Strata of cases, for sums over each.

    Parameters
    ----------
    codes
        Number of each case's stratum, shape (n,).
    """

    def __init__(self, codes: Ints) -> None:
        self.codes = np.unique(codes, return_inverse=True)[1]
        self.sizes = np.bincount(self.codes).astype(float)

    def sums(self, values: Floats) -> Floats:
        """Sum values of shape (n,) or (n, p) over each stratum."""
        if values.ndim == 1:
            return np.asarray(np.bincount(self.codes, weights=values, minlength=self.sizes.size), dtype=np.float64)
        columns = [self.sums(column) for column in values.T]
        return np.stack(columns, axis=1) if columns else np.zeros((self.sizes.size, 0))

    def centred(self, values: Floats, weights: Floats) -> Floats:
        """Take from each value its stratum's weighted mean."""
        totals = np.maximum(self.sums(weights), np.finfo(float).tiny)
        means = self.sums(values * weights[:, None]) / totals[:, None]
        return np.asarray(values - means[self.codes])


def informative(passed: Bools, codes: Ints, groups: Floats) -> Bools:
    """Say which cases lie in strata where some passed and some failed, and that hold more than one group.

    Parameters
    ----------
    passed
        Shape (n,).
    codes
        Stratum of each, shape (n,).
    groups
        One column of 0 and 1 a group, shape (n, k).
    """
    strata = Strata(codes)
    share = strata.sums(passed.astype(float)) / strata.sizes
    largest = strata.sums(groups).max(axis=1, initial=0.0) if groups.size else np.zeros_like(share)
    return np.asarray(((share > 0) & (share < 1) & (largest < strata.sizes))[strata.codes])


def fitted(passed: Bools, strata: Strata, columns: Floats) -> tuple[Floats, Floats]:
    """Fit the regression.

    Parameters
    ----------
    passed
        Shape (n,); each stratum holds both.
    strata
        The strata.
    columns
        Shape (n, p), standardised.

    Returns
    -------
    tuple of arrays
        Coefficients, shape (p,), natural log odds; and the fitted chance of each case, shape (n,).
    """
    wanted = strata.sums(passed.astype(float))
    levels = np.log(wanted / (strata.sizes - wanted))
    slopes = np.zeros(columns.shape[1])
    for _ in range(_ROUNDS):
        levels = _levelled(levels, columns @ slopes, wanted, strata)
        chance = expit(levels[strata.codes] + columns @ slopes)
        weights = chance * (1 - chance)
        inside = strata.centred(columns, weights)
        slope = inside.T @ (passed - chance) - RIDGE * slopes
        bend = inside.T @ (inside * weights[:, None]) + RIDGE * np.eye(slopes.size)
        move = np.linalg.solve(bend, slope)
        move *= min(1.0, _LONGEST / max(float(np.abs(move).max(initial=0.0)), _CLOSE))
        slopes = slopes + move
        if np.abs(move).max(initial=0.0) < _CLOSE:
            break
    levels = _levelled(levels, columns @ slopes, wanted, strata)
    return slopes, expit(levels[strata.codes] + columns @ slopes)


def _levelled(levels: Floats, linear: Floats, wanted: Floats, strata: Strata) -> Floats:
    """Move each stratum's level so that as many are expected to pass as did."""
    for _ in range(_ROUNDS):
        chance = expit(levels[strata.codes] + linear)
        over = strata.sums(chance) - wanted
        move = over / np.maximum(strata.sums(chance * (1 - chance)), _CLOSE)
        levels = levels - np.clip(move, -_LONGEST, _LONGEST)
        if np.abs(over).max() < _CLOSE * max(1.0, float(wanted.max())):
            break
    return levels


def scores(passed: Bools, codes: Ints, columns: Floats, groups: Floats, clusters: Ints | None = None) -> Scores:
    """Score each group against all others.

    Parameters
    ----------
    passed
        Shape (n,); every stratum informative (`informative`).
    codes
        Stratum of each, shape (n,).
    columns
        What is made equal, shape (n, p), standardised.
    groups
        One column of 0 and 1 a group, shape (n, k).
    clusters
        Cases that belong together (one order), shape (n,); what happens to them is not independent.
    """
    strata = Strata(codes)
    _, chance = fitted(passed, strata, columns)
    weights = chance * (1 - chance)
    inside = strata.centred(columns, weights)
    left = strata.centred(groups, weights)
    bend = inside.T @ (inside * weights[:, None]) + RIDGE * np.eye(inside.shape[1])
    left = left - inside @ np.linalg.solve(bend, inside.T @ (left * weights[:, None]))
    residual = passed - chance
    covariance = left.T @ (left * (weights * _conditional(strata))[:, None])
    # Fitted columns lie closer to what happened than the truth does, by as much as each takes of the cases.
    covariance *= passed.size / max(passed.size - columns.shape[1], 1)
    inflation = 1.0
    if clusters is not None:
        together = Strata(clusters).sums(left * residual[:, None])
        # Never below what independent cases would give: few clusters tell little about their own spread.
        inflation = max(1.0, float(np.trace(together.T @ together) / np.trace(covariance)))
        covariance = covariance * inflation
    total = left.T @ residual
    error = np.sqrt(np.maximum(np.diag(covariance), np.finfo(float).tiny))
    return Scores(np.asarray(total / error), covariance, strata.sizes.size, inflation)


def _conditional(strata: Strata) -> Floats:
    """Give how much more a stratum varies given its margins than its cases do one by one: n/(n-1), shape (n,)."""
    return np.asarray((strata.sizes / np.maximum(strata.sizes - 1, 1))[strata.codes])


def ratio(passed: Bools, codes: Ints, columns: Floats, group: Floats) -> tuple[float, float]:
    """Estimate how much more often a group passes than all others, like against like.

    Parameters
    ----------
    passed, codes, columns
        As for `scores`.
    group
        0 and 1, shape (n,).

    Returns
    -------
    tuple of float
        Natural log of the odds ratio, held within plus or minus nine, and its standard error.
    """
    strata = Strata(codes)
    scale = max(float(group.std()), _CLOSE)
    joined = np.column_stack([columns, (group - group.mean()) / scale])
    slopes, chance = fitted(passed, strata, joined)
    weights = chance * (1 - chance)
    inside = strata.centred(joined, weights)
    bend = inside.T @ (inside * weights[:, None]) + RIDGE * np.eye(joined.shape[1])
    spread = float(np.linalg.inv(bend)[-1, -1])
    # Levels of small strata that are estimated too push the ratio outwards: of pairs, to twice its logarithm.
    told = float((inside[:, -1] ** 2 * weights).sum())
    small = told / max(float((inside[:, -1] ** 2 * weights * _conditional(strata)).sum()), _CLOSE)
    return float(np.clip(small * slopes[-1] / scale, -_FURTHEST, _FURTHEST)), small * float(np.sqrt(spread)) / scale
