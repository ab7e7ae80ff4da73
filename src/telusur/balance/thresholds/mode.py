"""Where a target is highest, and how it curves there: the first coordinates of the sampler."""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy.optimize import minimize

from telusur.balance.thresholds.hmc import Floats, Target

_STEP: Final = 1e-4
#: A direction is never held for flatter than this; standardised parameters curve by one before any data.
_FLATTEST: Final = 0.1
_ROWS: Final = 128
_MOST_STEPS: Final = 100
#: Gain in the log density, below which the climb ends.
_GAIN: Final = 1e-6
#: Longest step in any one parameter: beyond, no curvature is believed.
_LONGEST: Final = 1.0
_SHORTEST: Final = 1e-8
_FAR: Final = 1e100


def highest(target: Target, start: Floats) -> Floats:
    """Climb to a mode, first by slopes alone, then by Newton's steps, shortened until they lead upwards.

    Parameters
    ----------
    target
        What is climbed.
    start
        From where, shape (parameters,); a possible place.
    """
    at = _climbed(target, start)
    density, slope = target.density(at[None])
    for _ in range(_MOST_STEPS):
        values, vectors = _directions(_curve(target, at))
        step = vectors @ ((slope[0] @ vectors) / values)
        share = min(1.0, _LONGEST / float(np.abs(step).max()))
        while share > _SHORTEST:
            higher, sloped = target.density((at + share * step)[None])
            if higher[0] > density[0] and np.isfinite(sloped).all():
                break
            share /= 2
        else:
            return at
        gain = float(higher[0] - density[0])
        at, density, slope = at + share * step, higher, sloped
        if gain < _GAIN:
            break
    return at


def _climbed(target: Target, start: Floats) -> Floats:
    """Climb as far as slopes lead: cheap, and for most tables nearly all the way."""

    def down(at: Floats) -> tuple[float, Floats]:
        density, slope = target.density(at[None])
        possible = np.isfinite(density[0]) and np.isfinite(slope).all()
        return (-float(density[0]), -slope[0]) if possible else (_FAR, np.zeros_like(at))

    found = minimize(down, start, jac=True, method="L-BFGS-B", options={"maxiter": 1000, "maxcor": 30})
    return np.asarray(found.x, dtype=np.float64) if found.fun < down(start)[0] else start


def spread(target: Target, at: Floats) -> Floats:
    """Give the lower root of the covariance of the normal distribution that curves alike.

    Parameters
    ----------
    target
        The target.
    at
        Its mode, shape (parameters,).

    Returns
    -------
    Floats
        Shape (parameters, parameters).
    """
    return np.asarray(np.linalg.cholesky(covariance(target, at[None])), dtype=np.float64)


def covariance(target: Target, points: Floats) -> Floats:
    """Give the covariance of the normal distribution that curves as a target does on average at some points.

    Parameters
    ----------
    target
        The target.
    points
        Shape (points, parameters).

    Returns
    -------
    Floats
        Shape (parameters, parameters).
    """
    values, vectors = _directions(sum((_curve(target, at) for at in points), np.zeros(())) / len(points))
    return np.asarray((vectors / values) @ vectors.T, dtype=np.float64)


def _curve(target: Target, at: Floats) -> Floats:
    """Give how the target bends downwards, shape (parameters, parameters)."""
    size = at.size
    curve = np.empty((size, size))
    shifts = np.eye(size) * _STEP
    for start in range(0, size, _ROWS):
        part = slice(start, start + _ROWS)
        _, up = target.density(at + shifts[part])
        _, down = target.density(at - shifts[part])
        curve[part] = (down - up) / (2 * _STEP)
    return np.nan_to_num((curve + curve.T) / 2)


def _directions(curve: Floats) -> tuple[Floats, Floats]:
    """Give a curvature's main directions: sizes, never too flat, and directions."""
    values, vectors = np.linalg.eigh(curve)
    return np.asarray(np.maximum(np.abs(values), _FLATTEST), dtype=np.float64), np.asarray(vectors, dtype=np.float64)
