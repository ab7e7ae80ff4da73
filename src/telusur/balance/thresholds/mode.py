"""Where a target is highest, and how it curves there: the first coordinates of the sampler."""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy.optimize import minimize

from telusur.balance.thresholds.hmc import Floats, Target

_STEP: Final = 1e-4
#: A direction is never held for flatter than this; standardised parameters curve by one before any data.
_FLATTEST: Final = 0.1
_ROWS: Final = 64
_FAR: Final = 1e10


def highest(target: Target, start: Floats) -> Floats:
    """Climb to the mode.

    Parameters
    ----------
    target
        What is climbed.
    start
        From where, shape (parameters,).
    """

    def down(at: Floats) -> tuple[float, Floats]:
        density, slope = target.density(at[None])
        if not np.isfinite(density[0]):
            return _FAR, np.zeros_like(at)
        return -float(density[0]), -slope[0]

    found: Floats = minimize(down, start, jac=True, method="L-BFGS-B", options={"maxiter": 2000, "maxcor": 30}).x
    return found


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
    size = at.size
    curve = np.empty((size, size))
    shifts = np.eye(size) * _STEP
    for start in range(0, size, _ROWS):
        part = slice(start, start + _ROWS)
        _, up = target.density(at + shifts[part])
        _, down = target.density(at - shifts[part])
        curve[part] = (down - up) / (2 * _STEP)
    curve = np.nan_to_num((curve + curve.T) / 2)
    values, vectors = np.linalg.eigh(curve)
    values = np.maximum(values, _FLATTEST)
    root: Floats = np.linalg.cholesky((vectors / values) @ vectors.T)
    return root
