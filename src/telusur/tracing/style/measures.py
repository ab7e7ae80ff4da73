"""The two measures that a fit reports of itself; the rest stand in `telusur.validation.metrics`.

Weights in bans; ``same`` are comparisons where the proposition is true, ``different`` those where its alternative is.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def bits(bans: Floats) -> Floats:
    """Give log2(1 + 10**bans), exact for large weights too."""
    return np.asarray(np.logaddexp(0.0, bans * np.log(10)) / np.log(2), dtype=np.float64)


def cllr(same: Floats, different: Floats) -> float:
    """Give the log likelihood-ratio cost, in bits: 0 is perfect, 1 is what always saying 0 bans costs.

    Brümmer and du Preez, Computer Speech & Language 20 (2006) 230-275.
    """
    return float((bits(-same).mean() + bits(different).mean()) / 2)


def auc(same: Floats, different: Floats) -> float:
    """Give the chance that a same comparison weighs more than a different one; a tie counts half."""
    ordered = np.sort(different)
    below, upto = np.searchsorted(ordered, same, side="left"), np.searchsorted(ordered, same, side="right")
    return float((below + upto).mean() / 2 / different.size)


def summary(same: Floats, different: Floats) -> dict[str, float]:
    """Give both, and the shares that mislead by more than a ban, rounded for a model card."""
    return {
        "n_same": int(same.size),
        "n_different": int(different.size),
        "auc": round(auc(same, different), 3),
        "cllr_bits": round(cllr(same, different), 3),
        "same_below_minus_one_ban": round(float((same < -1).mean()), 4),
        "different_above_one_ban": round(float((different > 1).mean()), 4),
    }
