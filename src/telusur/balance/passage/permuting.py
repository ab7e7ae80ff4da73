"""The largest score judged by drawing groups anew within strata: for sizes at which the normal law is only near.

Without columns beside the groups this is the exact conditional test, up to the number of draws; with columns, it is
the test of the residuals that they leave (Freedman, Lane 1983), each draw weighed by its own variance.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from telusur.balance.cases import Bools, Floats, Ints
from telusur.balance.passage.score import RIDGE, Strata, fitted

MANY: Final = 2_000
"""Cases from which the normal law serves as well."""

DRAWS: Final = 1_999
_BATCH: Final = 250


def largest(passed: Bools, codes: Ints, columns: Floats, groups: Floats, seed: int) -> float:
    """Give the p of the largest score, by draws.

    Parameters
    ----------
    passed, codes, columns, groups
        As for `score.scores`; a case is of one group at most.
    seed
        Of the draws.

    Returns
    -------
    float
        At least 1/2000.
    """
    strata = Strata(codes)
    _, chance = fitted(passed, strata, columns)
    weights = chance * (1 - chance)
    inside = strata.centred(columns, weights)
    bend = np.linalg.inv(inside.T @ (inside * weights[:, None]) + RIDGE * np.eye(inside.shape[1]))
    levels = (strata.codes[:, None] == np.arange(strata.sizes.size)) * weights[:, None]
    # One product with a row of members gives its total, its weight in each stratum, and what the columns tell of it.
    sides = np.column_stack([passed - chance, levels, inside * weights[:, None]])
    totals, spread = levels.sum(axis=0), strata.sizes / np.maximum(strata.sizes - 1, 1)
    place = np.where(groups.any(axis=1), groups.argmax(axis=1), -1)

    def furthest(drawn: Ints) -> Floats:
        """Give the largest absolute score of each row of groups, shape (draws, n)."""
        top = np.zeros(drawn.shape[0])
        for group in range(groups.shape[1]):
            told = (drawn == group).astype(float) @ sides
            held, across = told[:, 1 : 1 + totals.size], told[:, 1 + totals.size :]
            variance = ((held - held**2 / totals) * spread).sum(axis=1) - ((across @ bend) * across).sum(axis=1)
            top = np.maximum(top, np.abs(told[:, 0]) / np.sqrt(np.maximum(variance, np.finfo(float).tiny)))
        return top

    rng = np.random.default_rng(seed)
    observed = float(furthest(place[None, :])[0])
    order = np.argsort(strata.codes, kind="stable")
    held, beyond = place[order], 0
    for first in range(0, DRAWS, _BATCH):
        size = min(_BATCH, DRAWS - first)
        # Sorted by stratum and chance, each stratum's members are its own in another order.
        shuffled = np.argsort(strata.codes[order] + rng.random((size, place.size)), axis=1, kind="stable")
        drawn = np.empty((size, place.size), dtype=place.dtype)
        drawn[:, order] = held[shuffled]
        beyond += int((furthest(drawn) >= observed * (1 - 1e-9)).sum())
    return (1 + beyond) / (1 + DRAWS)
