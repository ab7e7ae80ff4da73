"""Many looks, one chance of a false accusation: over the groups of a step, and over the steps of an audit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeVar

import numpy as np
from scipy.special import ndtr

from telusur.balance.cases import Floats

Name = TypeVar("Name", bound=str)

_DRAWS: Final = 200_000
_ENOUGH: Final = 400
"""Draws beyond the largest score from which their share is told well enough."""


_HOPEFUL: Final = 2.5
_REACH: Final = 40.0
_HALVINGS: Final = 80
_LEAST: Final = 0.05


def two_sided(z: float) -> float:
    """Give the two-sided p of one standardised score."""
    return 2 * float(ndtr(-abs(z)))


def largest(z: Floats, covariance: Floats, seed: int) -> float:
    """Give the p of the largest of several scores that depend on each other.

    Parameters
    ----------
    z
        Standardised scores, shape (k,).
    covariance
        Of the scores, shape (k, k).
    seed
        Of the draws.

    Returns
    -------
    float
        Chance that the largest of k such scores without any difference is as large: by draws from their joint
        normal distribution, beyond their reach by Bonferroni's bound, which is close there.
    """
    furthest = float(np.abs(z).max())
    bound = min(1.0, z.size * two_sided(furthest))
    if z.size <= 2:  # noqa: PLR2004 - of two groups one score is the other's mirror
        return two_sided(furthest)
    error = np.sqrt(np.maximum(np.diag(covariance), np.finfo(float).tiny))
    values, vectors = np.linalg.eigh(covariance / np.outer(error, error))
    kept = values > 1e-9  # noqa: PLR2004 - of k scores that sum to nothing one is redundant
    root = vectors[:, kept] * np.sqrt(values[kept])
    drawn = np.random.default_rng(seed).standard_normal((_DRAWS, int(kept.sum())))
    beyond = int((np.abs(drawn @ root.T).max(axis=1) >= furthest).sum())
    return min(bound, beyond / _DRAWS) if beyond >= _ENOUGH else bound


def shares(seen: Mapping[Name, float], weights: Mapping[str, float], groups: int, alpha: float) -> dict[Name, float]:
    """Share the chance of a false accusation among steps so that the same difference is found as easily at each.

    Parameters
    ----------
    seen
        By step, how many standard errors the alternative lies away from nothing. Known from the sizes alone, whatever
        the answer.
    weights
        By step, how much it counts.
    groups
        Groups that are looked at in each.
    alpha
        What is shared.

    Returns
    -------
    dict
        Share of each step; they sum to 1 (Roeder, Wasserman 2009).
    """
    # A step where nothing can be found must not take what others could use.
    held = {step: max(value, _HOPEFUL) for step, value in seen.items()}

    def spent(quantile: float) -> dict[Name, float]:
        return {step: weights[step] * groups * two_sided(max(value - quantile, 0.0)) for step, value in held.items()}

    low, high = -_REACH, max(held.values(), default=0.0)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if sum(spent(middle).values()) > alpha else (middle, high)
    # What is found at every size anyway may do with little, but not with nothing.
    least = {step: max(value, _LEAST * alpha * weights[step]) for step, value in spent(low).items()}
    total = sum(least.values())
    return {step: value / total for step, value in least.items()}


def holm(p: Mapping[Name, float], weights: Mapping[Name, float]) -> dict[Name, float]:
    """Adjust p values so that the chance of any false one is kept (Holm 1979, weighted).

    Parameters
    ----------
    p
        By name.
    weights
        Weight of each; they need not sum to 1.

    Returns
    -------
    dict
        Adjusted values, at most 1: at most alpha means found.
    """
    order = sorted(p, key=lambda name: p[name] / weights[name])
    adjusted: dict[Name, float] = {}
    highest = 0.0
    for place, name in enumerate(order):
        left = sum(weights[other] for other in order[place:])
        highest = max(highest, min(1.0, p[name] * left / weights[name]))
        adjusted[name] = highest
    return {name: adjusted[name] for name in p}
