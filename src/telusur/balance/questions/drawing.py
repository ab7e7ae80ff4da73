"""Draws that keep what must be kept: cases change places within their strata only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import numpy as np

from telusur.balance.cases import Floats, Ints

_WORK: Final = 16_000_000
_FEWEST, _MOST = 199, 999
_CLOSE: Final = 1 - 1e-9


def draws(n: int) -> int:
    """Give how many draws so many cases are worth, so that no audit takes minutes."""
    return int(np.clip(_WORK // max(n, 1), _FEWEST, _MOST))


def shuffled(codes: Ints, times: int, seed: int) -> Iterator[Ints]:
    """Give orders of cases, each stratum's own in another order.

    Parameters
    ----------
    codes
        Stratum of each case, shape (n,).
    times
        How many orders.
    seed
        Of the draws.
    """
    rng = np.random.default_rng(seed)
    order = np.argsort(codes, kind="stable")
    held = np.unique(codes[order], return_inverse=True)[1].astype(np.float64)
    for _ in range(times):
        taken = np.empty_like(order)
        taken[order] = order[np.argsort(held + rng.random(order.size), kind="stable")]
        yield taken


def p_of(observed: float, statistic: Callable[[Ints], float], codes: Ints, seed: int) -> tuple[float, float]:
    """Give the p of a statistic that is large where there is something, and its mean over the draws.

    Parameters
    ----------
    observed
        Its value in the data.
    statistic
        Gives its value for cases in another order.
    codes, seed
        As for `shuffled`.

    Notes
    -----
    The data are one of the draws, so that p is never 0 and the test is exact (Phipson, Smyth 2010).
    """
    drawn: Floats = np.array([statistic(order) for order in shuffled(codes, draws(codes.size), seed)])
    beyond = int((drawn >= observed * _CLOSE).sum())
    return (1 + beyond) / (1 + drawn.size), float(drawn.mean())
