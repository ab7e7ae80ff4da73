"""Whether chains tell the same: split rank-normalised R-hat and effective sample size (Vehtari et al. 2021)."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri
from scipy.stats import rankdata

from telusur.balance.thresholds.hmc import Floats


def r_hat(draws: Floats) -> Floats:
    """Give R-hat of each quantity: the larger of that of its ranks and of its folded ranks.

    Parameters
    ----------
    draws
        Shape (chains, draws, quantities).

    Returns
    -------
    Floats
        Shape (quantities,); 1 for a quantity that never changes.
    """
    halves = _split(draws)
    folded = np.abs(halves - np.median(halves, axis=(0, 1)))
    return np.maximum(_plain_r_hat(_normal(halves)), _plain_r_hat(_normal(folded)))


def sample_size(draws: Floats) -> Floats:
    """Give the effective sample size of each quantity: the smaller of that of its middle and of its two tails.

    Parameters
    ----------
    draws
        Shape (chains, draws, quantities).

    Returns
    -------
    Floats
        Shape (quantities,).
    """
    halves = _split(draws)
    low, high = np.quantile(halves, [0.05, 0.95], axis=(0, 1))
    parts = (_normal(halves), (halves <= low).astype(float), (halves <= high).astype(float))
    smallest: Floats = np.minimum.reduce([_plain_size(part) for part in parts])
    return smallest


def _split(draws: Floats) -> Floats:
    half = draws.shape[1] // 2
    return np.concatenate([draws[:, :half], draws[:, -half:]])


def _normal(draws: Floats) -> Floats:
    """Replace values by the normal quantiles of their ranks."""
    flat = draws.reshape(-1, draws.shape[2])
    ranks: Floats = rankdata(flat, axis=0)
    scores: Floats = ndtri((ranks - 0.375) / (len(flat) + 0.25))
    return scores.reshape(draws.shape)


def _variances(draws: Floats) -> tuple[Floats, Floats]:
    """Give the variance within chains, and that of all together as R-hat estimates it."""
    length = draws.shape[1]
    within = draws.var(axis=1, ddof=1).mean(0)
    between = draws.mean(1).var(axis=0, ddof=1)
    return within, within * (length - 1) / length + between


def _plain_r_hat(draws: Floats) -> Floats:
    within, total = _variances(draws)
    still = within == 0
    found: Floats = np.where(
        still & (total > 0), np.inf, np.sqrt(np.where(still, 1.0, total) / np.where(still, 1.0, within))
    )
    return found


def _plain_size(draws: Floats) -> Floats:
    chains, length, quantities = draws.shape
    centred = draws - draws.mean(1, keepdims=True)
    padded = 1 << (2 * length - 1).bit_length()
    power = np.abs(np.fft.rfft(centred, padded, axis=1)) ** 2
    shared = np.fft.irfft(power, padded, axis=1)[:, :length].mean(0) / length
    within, total = _variances(draws)
    safe = np.where(total > 0, total, 1.0)
    fading = 1 - (within - shared * length / (length - 1)) / safe
    # Sums of neighbours are positive and fall (Geyer 1992); from the first that is not, all is noise.
    even = length // 2 * 2
    pairs = fading[0:even:2] + fading[1:even:2]
    running = np.minimum.accumulate(np.where(np.logical_and.accumulate(pairs > 0), pairs, 0.0))
    steps = np.maximum(2 * running.sum(0) - 1, 1 / np.log10(chains * length))
    return np.where(total > 0, chains * length / steps, float(chains * length)).reshape(quantities)
