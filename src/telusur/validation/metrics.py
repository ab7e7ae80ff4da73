"""How good likelihood ratios are: discrimination, calibration, and how often they mislead.

All weights are in bans (log10). ``same`` are comparisons where the proposition is true, ``different`` those where its
alternative is; every function takes them in that order and neither may be empty.

Brümmer and du Preez, "Application-independent evaluation of speaker detection", Computer Speech & Language 20 (2006)
230-275; Ramos, Gonzalez-Rodriguez, "Reliable support: measuring calibration of likelihood ratios", Forensic Science
International 230 (2013) 156-169. The numbers agree with ``lir`` 1.3.1 (tests/validation/test_metrics.py).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from telusur.domain.errors import BadInput
from telusur.tracing.style import measures
from telusur.tracing.style.bounds import elub
from telusur.tracing.style.measures import bits as _bits

__all__ = [
    "Tippett",
    "auc",
    "cllr",
    "cllr_min",
    "ece",
    "eer",
    "elub",
    "misleading",
    "pav",
    "tippett",
]

Floats = NDArray[np.float64]


def _checked(same: Floats, different: Floats) -> tuple[Floats, Floats]:
    one, other = np.asarray(same, dtype=np.float64), np.asarray(different, dtype=np.float64)
    if one.size == 0 or other.size == 0:
        raise BadInput("comparisons of one kind only; a measure needs both, same and different")
    if np.isnan(one).any() or np.isnan(other).any():
        raise BadInput("a weight is not a number; every comparison needs one, an abstention is 0")
    return one, other


def cllr(same: Floats, different: Floats) -> float:
    """Give the log likelihood-ratio cost, in bits: 0 is perfect, 1 is what always saying 0 bans costs."""
    return measures.cllr(*_checked(same, different))


def pav(same: Floats, different: Floats) -> tuple[Floats, Floats]:
    """Give the best weights, in bans, that any monotone recalibration could have given (pool adjacent violators).

    Weights may be infinite where the scores separate.
    """
    one, other = _checked(same, different)
    scores = np.concatenate([one, other])
    truth = np.concatenate([np.ones(one.size), np.zeros(other.size)])
    values, place, sizes = np.unique(scores, return_inverse=True, return_counts=True)
    # Comparisons with one and the same score can only be given one weight, so they start as one block.
    blocks: list[list[float]] = []
    for total, size in zip(np.bincount(place, weights=truth), sizes, strict=True):
        blocks.append([float(total), float(size), 1.0])
        while len(blocks) > 1 and blocks[-2][0] * blocks[-1][1] >= blocks[-1][0] * blocks[-2][1]:
            total_above, size_above, n_above = blocks.pop()
            blocks[-1] = [blocks[-1][0] + total_above, blocks[-1][1] + size_above, blocks[-1][2] + n_above]
    share = np.repeat([total / size for total, size, _ in blocks], [int(n) for _, _, n in blocks])
    assert share.size == values.size
    with np.errstate(divide="ignore"):
        odds = np.log10(share) - np.log10(1 - share) - np.log10(one.size / other.size)
    bans = odds[place]
    return bans[: one.size], bans[one.size :]


def cllr_min(same: Floats, different: Floats) -> float:
    """Give the cost, in bits, that is left after the best monotone recalibration: what discrimination alone costs."""
    return cllr(*pav(same, different))


def auc(same: Floats, different: Floats) -> float:
    """Give the chance that a same comparison weighs more than a different one; a tie counts half."""
    return measures.auc(*_checked(same, different))


def eer(same: Floats, different: Floats) -> float:
    """Give the error rate at the threshold where misses and false acceptances are alike, on the convex hull of the ROC.

    The hull is what a threshold between neighbours, drawn by lot, can reach (ROCCH-EER).
    """
    one, other = pav(same, different)
    thresholds = np.unique(np.concatenate([one, other]))
    misses = np.append([(one < t).mean() for t in thresholds], 1.0)
    accepted = np.append([(other >= t).mean() for t in thresholds], 0.0)
    gap = misses - accepted
    after = int(np.argmax(gap >= 0))
    if after == 0:
        return float(misses[0])
    low, high = gap[after - 1], gap[after]
    step = -low / (high - low)
    return float(misses[after - 1] + step * (misses[after] - misses[after - 1]))


def ece(same: Floats, different: Floats, prior_bans: Floats) -> Floats:
    """Give the empirical cross-entropy, in bits, at prior odds given in bans; at 0 it is `cllr`."""
    one, other = _checked(same, different)
    prior = np.asarray(prior_bans, dtype=np.float64)
    p = 1 / (1 + 10.0**-prior)
    misses = np.array([_bits(-(one + odds)).mean() for odds in prior])
    false = np.array([_bits(other + odds).mean() for odds in prior])
    return np.asarray(p * misses + (1 - p) * false)


def misleading(same: Floats, different: Floats, by: float = 1.0) -> tuple[float, float]:
    """Give the shares of same and of different comparisons that weigh more than ``by`` bans the wrong way."""
    one, other = _checked(same, different)
    return float((one < -by).mean()), float((other > by).mean())


@dataclass(frozen=True, slots=True, eq=False)
class Tippett:
    """What a Tippett plot draws.

    Parameters
    ----------
    bans
        Places on the axis, ascending.
    same, different
        Share of comparisons that weigh at least so much.
    """

    bans: Floats
    same: Floats
    different: Floats


def tippett(same: Floats, different: Floats) -> Tippett:
    """Give the curves of a Tippett plot at every weight that occurs."""
    one, other = _checked(same, different)
    axis = np.unique(np.concatenate([one, other]))

    def at_least(weights: Floats) -> Floats:
        return np.asarray(1 - np.searchsorted(np.sort(weights), axis, side="left") / weights.size)

    return Tippett(axis, at_least(one), at_least(other))
