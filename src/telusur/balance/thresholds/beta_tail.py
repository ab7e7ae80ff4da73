"""The upper part of beta distributions, in logarithms and with all slopes, many at a time.

What is needed of Beta(a, b) above a bar t is its weight Q and its two halves: M1, the mean of x above the bar, and M0,
that of 1 - x; Q = M1 + M0. Written by the mean phi = a / (a + b) and the size lambda = a + b, with the recursions

    Q(a, b) = Q(a, b+1) + T / b,    M1 = phi Q + T / lambda,    M0 = (1 - phi) Q(a, b+1),    T = t^a (1-t)^b / B(a, b),

only one integral is left, Q(a, b+1), whose integrand ends at nought on both sides once x = 1 - (1 - t) u: a trapezoid
rule in a doubly exponential variable takes it (Takahasi and Mori 1974), and the slopes in a and b are its means of
log x and log u. Nothing is ever subtracted, so that tails keep their digits.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, digamma, expit, log_expit

Floats = NDArray[np.float64]

#: Nodes of the rule and where they end: six digits at the least up to a size of 60, twelve where few are true.
_NODES: Final = 64
_END: Final = 3.0
#: Cells taken at once, so that their nodes stay in the processor's cache.
_BLOCK: Final = 512
#: Cells from which a second thread is worth its start.
_SPLIT: Final = 1024

LARGEST: Final = 150.0
"""Size (a + b) above which nothing is held possible; the rule keeps two digits there at worst."""


@dataclass(frozen=True, slots=True)
class Tail:
    """Logarithms above a bar and their slopes.

    Parameters
    ----------
    below
        log of the weight below the bar, shape (...).
    true, untrue
        log M1 and log M0, shape (...).
    slopes
        Slopes of these three in log lambda, logit phi and logit t, shape (3, 3, ...).
    """

    below: Floats
    true: Floats
    untrue: Floats
    slopes: Floats


def tail(log_size: Floats, mean: Floats, bar: Floats) -> Tail:
    """Give the three parts of beta distributions.

    Parameters
    ----------
    log_size
        log of a + b, shape (...).
    mean
        logit of a / (a + b), shape (...).
    bar
        logit of the bar, shape (...).

    Notes
    -----
    Many are split between two threads; always in the same two parts, so that every machine gives the same digits.
    """
    if log_size.size < _SPLIT or len(log_size) < 2:  # noqa: PLR2004 - nothing to split
        return _tail(log_size, mean, bar)
    half = len(log_size) // 2
    later = _threads().submit(copy_context().run, _tail, log_size[half:], mean[half:], bar[half:])
    first = _tail(log_size[:half], mean[:half], bar[:half])
    second = later.result()
    return Tail(
        np.concatenate([first.below, second.below]),
        np.concatenate([first.true, second.true]),
        np.concatenate([first.untrue, second.untrue]),
        np.concatenate([first.slopes, second.slopes], axis=2),
    )


@lru_cache(maxsize=1)
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="beta-tail")


# A forked process has no thread of its parent's.
os.register_at_fork(after_in_child=_threads.cache_clear)


def _tail(log_size: Floats, mean: Floats, bar: Floats) -> Tail:
    shape = log_size.shape
    size = np.exp(log_size)
    phi, rest = expit(mean), expit(-mean)
    t, above = expit(bar), expit(-bar)
    log_t, log_above = log_expit(bar), log_expit(-bar)
    a, b = size * phi, size * rest
    log_b = log_size + log_expit(-mean)
    kernel, by_a, by_b = (part.reshape(shape) for part in _integral(t.ravel(), a.ravel(), b.ravel()))
    psi_a, psi_b, psi = digamma(a), digamma(b), digamma(size)
    # Q(a, b + 1), called `rest_weight`, and T.
    log_beta = betaln(a, b)
    rest_weight = (b + 1) * log_above - (log_beta + log_b - log_size) + kernel
    log_edge = a * log_t + b * log_above - log_beta
    slope_a = by_a - psi_a + (psi + 1 / size)
    slope_b = by_b + log_above - (psi_b + 1 / b) + (psi + 1 / size)
    spread = size * phi * rest
    of_rest = np.stack(
        [
            a * slope_a + b * slope_b,
            spread * (slope_a - slope_b),
            -np.exp(log_edge + log_size - log_b - rest_weight) * above,
        ]
    )
    edge_a, edge_b = log_t - psi_a + psi, log_above - psi_b + psi
    of_edge = np.stack([a * edge_a + b * edge_b, spread * (edge_a - edge_b), a * above - b * t])
    of_size = np.stack([np.ones_like(phi), np.zeros_like(phi), np.zeros_like(phi)])
    of_phi = np.stack([np.zeros_like(phi), rest, np.zeros_like(phi)])
    of_other = np.stack([np.zeros_like(phi), -phi, np.zeros_like(phi)])
    log_q, of_q = _added(rest_weight, of_rest, log_edge - log_b, of_edge - of_size - of_other)
    # Rounding may lift a weight to one.
    log_q = np.minimum(log_q, -1e-15)
    true, of_true = _added(log_q + log_expit(mean), of_q + of_phi, log_edge - log_size, of_edge - of_size)
    below = np.log(-np.expm1(log_q))
    of_below = -np.exp(log_q - below) * of_q
    return Tail(
        below, true, rest_weight + log_expit(-mean), np.stack([of_below, of_true, of_rest + of_other])
    )  # fmt: skip


def _added(first: Floats, of_first: Floats, second: Floats, of_second: Floats) -> tuple[Floats, Floats]:
    """Add two numbers given by their logarithms, and their slopes."""
    total = np.logaddexp(first, second)
    share = np.exp(first - total)
    return total, share * of_first + (1 - share) * of_second


def _rule() -> tuple[Floats, Floats, Floats, Floats]:
    place = np.linspace(-_END, _END, _NODES)
    reach = np.pi * np.sinh(place)
    log_u, log_v = log_expit(reach), log_expit(-reach)
    log_weight = np.log(np.pi * (place[1] - place[0]) * np.cosh(place)) + log_u + log_v
    return log_u, np.exp(log_u), np.exp(log_v), log_weight


_LOG_U, _U, _V, _LOG_WEIGHT = _rule()


def _integral(t: Floats, a: Floats, b: Floats) -> tuple[Floats, Floats, Floats]:
    """Integrate u^b x^(a-1) over u from 0 to 1, x = 1 - (1 - t) u; give its log, and the means of log x and log u."""
    total, by_a, by_b = np.empty_like(t), np.empty_like(t), np.empty_like(t)
    for start in range(0, t.size, _BLOCK):
        part = slice(start, start + _BLOCK)
        log_x = np.log(t[part, None] * _U + _V)
        weight = np.exp(b[part, None] * _LOG_U + (a[part, None] - 1) * log_x + _LOG_WEIGHT)
        whole = weight.sum(1)
        total[part] = np.log(whole)
        by_a[part] = np.einsum("ij,ij->i", weight, log_x) / whole
        by_b[part] = weight @ _LOG_U / whole
    return total, by_a, by_b
