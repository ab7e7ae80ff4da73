"""Logistic calibration with an honest covariance: scores in, log odds with a standard error out.

Comparisons of one author hang together, so the covariance is the cluster-robust sandwich over authors (Liang and Zeger
1986), not the one that treats every comparison as news.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_STEPS = 60


@dataclass(frozen=True, slots=True, eq=False)
class Logistic:
    """A fitted calibration.

    Parameters
    ----------
    centre, spread
        Of each column of the design before weighting, shape (columns,).
    weights
        Intercept first, then one for each column, in natural log odds.
    covariance
        Of the weights, shape (columns + 1, columns + 1).
    lowest, highest
        Range of each column at fitting. What lies beyond counts as the nearer end: a calibration says nothing of
        scores and lengths that it has not seen.
    """

    centre: Floats
    spread: Floats
    weights: Floats
    covariance: Floats
    lowest: Floats
    highest: Floats

    def log_odds(self, design: Floats) -> tuple[Floats, Floats]:
        """Give natural log odds and their standard errors, one for each row of the design."""
        x = _with_intercept((np.clip(design, self.lowest, self.highest) - self.centre) / self.spread)
        return x @ self.weights, np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", x, self.covariance, x), 0.0))


def _with_intercept(x: Floats) -> Floats:
    return np.hstack([np.ones((x.shape[0], 1)), x])


def _rounded(values: Floats) -> Floats:
    """Cut to what single precision holds: the same parameters whatever order the processor added in."""
    return values.astype(np.float32).astype(np.float64)


def fit_logistic(
    design: Floats, same: NDArray[np.bool_], clusters: NDArray[np.int64], *, weight: Floats | None = None, ridge: float
) -> Logistic:
    """Fit a ridge logistic regression with both classes at even odds, so that log odds are a log likelihood ratio.

    Parameters
    ----------
    design
        Scores, shape (comparisons, columns).
    same
        Whether each comparison is a true one.
    clusters
        Author of each comparison, for the covariance.
    weight
        Weight of each comparison inside its class; even if left out.
    ridge
        Penalty on the standardised weights, in units of one comparison of weight 1 when all weights add up to the
        number of comparisons; the intercept is free.
    """
    centre, spread = design.mean(0), design.std(0)
    spread = np.where(spread > 0, spread, 1.0)
    centre, spread = _rounded(centre), _rounded(spread)
    x = _with_intercept((design - centre) / spread)
    share = np.ones(same.size) if weight is None else weight
    each = np.where(same, share / share[same].sum(), share / share[~same].sum()) * same.size / 2
    penalty = np.full(x.shape[1], ridge)
    penalty[0] = 0.0
    weights = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -500, 500)))
        slope = x.T @ (each * (same - p)) - penalty * weights
        curve = (x * (each * p * (1 - p))[:, None]).T @ x + np.diag(penalty) + 1e-9 * np.eye(x.shape[1])
        step = np.linalg.solve(curve, slope)
        weights += step
        if np.abs(step).max() < 1e-10:  # noqa: PLR2004 - converged to double precision
            break
    p = 1 / (1 + np.exp(-np.clip(x @ weights, -500, 500)))
    scores = x * (each * (same - p))[:, None]
    names, index = np.unique(clusters, return_inverse=True)
    summed = np.zeros((names.size, x.shape[1]))
    np.add.at(summed, index, scores)
    bread = np.linalg.inv(curve)
    covariance = bread @ (summed.T @ summed) @ bread * names.size / max(names.size - 1, 1)
    lowest, highest = _rounded(design.min(0)), _rounded(design.max(0))
    return Logistic(centre, spread, _rounded(weights), _rounded(covariance), lowest, highest)
