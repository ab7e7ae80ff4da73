"""Many looks, one chance of a false accusation: over the groups of a step, and over the steps of an audit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from scipy.special import ndtr

from telusur.balance.cases import Floats

_DRAWS: Final = 200_000
_ENOUGH: Final = 400
"""Draws beyond the largest score from which their share is told well enough."""


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


def holm(p: Mapping[str, float], shares: Mapping[str, float]) -> dict[str, float]:
    """Adjust p values so that the chance of any false one is kept (Holm 1979, weighted).

    Parameters
    ----------
    p
        By name.
    shares
        Weight of each; they need not sum to 1.

    Returns
    -------
    dict
        Adjusted values, at most 1: at most alpha means found.
    """
    order = sorted(p, key=lambda name: p[name] / shares[name])
    adjusted: dict[str, float] = {}
    highest = 0.0
    for place, name in enumerate(order):
        left = sum(shares[other] for other in order[place:])
        highest = max(highest, min(1.0, p[name] * left / shares[name]))
        adjusted[name] = highest
    return {name: adjusted[name] for name in p}
