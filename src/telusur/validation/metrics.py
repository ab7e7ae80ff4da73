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
from telusur.validation.pooling import Pooled

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
    pooled, place = _pooled(one, other)
    bans = pooled.bans[place]
    return bans[: one.size], bans[one.size :]


def _pooled(same: Floats, different: Floats) -> tuple[Pooled, NDArray[np.int64]]:
    """Recalibrate; give also the place of each comparison's score, those of one author first."""
    # Comparisons with one and the same score can only be given one weight.
    values, place = np.unique(np.concatenate([same, different]), return_inverse=True)
    counts = (np.bincount(side, minlength=values.size) for side in np.split(place, [same.size]))
    one, other = (side.astype(np.float64) for side in counts)
    return Pooled.of(one, other), place.astype(np.int64)


def cllr_min(same: Floats, different: Floats) -> float:
    """Give the cost, in bits, that is left after the best monotone recalibration: what discrimination alone costs."""
    return _pooled(*_checked(same, different))[0].cost


def auc(same: Floats, different: Floats) -> float:
    """Give the chance that a same comparison weighs more than a different one; a tie counts half."""
    return measures.auc(*_checked(same, different))


def eer(same: Floats, different: Floats) -> float:
    """Give the error rate at the threshold where misses and false acceptances are alike, on the convex hull of the ROC.

    The hull is what a threshold between neighbours, drawn by lot, can reach (ROCCH-EER).
    """
    return _pooled(*_checked(same, different))[0].equal_error


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
