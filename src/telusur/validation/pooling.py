"""The best recalibration there is: pool adjacent violators (PAV), once, for every measure that rests on it.

Of all recalibrations that keep the order of scores it is the one of least cost (Brümmer and du Preez 2006), and its
blocks are the corners of the convex hull of the ROC.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Pooled:
    """Comparisons by their scores, recalibrated.

    Parameters
    ----------
    same, different
        Share of all comparisons of one author, and of two, at each score, ascending; no score without any.
    share
        Share of one author among those at each score after recalibration, both kinds counting alike.
    starts
        First score of each block that shares one value.
    """

    same: Floats
    different: Floats
    share: Floats
    starts: Ints

    @classmethod
    def of(cls, same: Floats, different: Floats) -> Self:
        """Pool.

        Parameters
        ----------
        same, different
            How many comparisons, however counted, lie at each score, ascending; both with some, scores without any are
            left out.
        """
        # A fifth of a second that no other command should wait for; the stubs do not know it, the documents do.
        from scipy.optimize import isotonic_regression  # type: ignore[attr-defined]  # noqa: PLC0415

        present = same + different > 0
        one, other = same[present] / same.sum(), different[present] / different.sum()
        fitted = isotonic_regression(one / (one + other), weights=one + other)
        return cls(one, other, np.clip(fitted.x, 0.0, 1.0), np.asarray(fitted.blocks[:-1], dtype=np.int64))

    @property
    def bans(self) -> Floats:
        """The weight of each score, in bans; infinite where only one kind is found from there on."""
        with np.errstate(divide="ignore"):
            return np.asarray(np.log10(self.share) - np.log10(1 - self.share))

    @property
    def cost(self) -> float:
        """Cost that is left (Cllr_min), in bits."""
        with np.errstate(divide="ignore", invalid="ignore"):
            costs = np.where(self.same > 0, -self.same * np.log2(self.share), 0.0)
            costs = costs + np.where(self.different > 0, -self.different * np.log2(1 - self.share), 0.0)
        return float(costs.sum() / 2)

    @property
    def equal_error(self) -> float:
        """Error rate where misses and false acceptances are alike, on the hull of the ROC (ROCCH-EER)."""
        misses = np.concatenate([[0.0], np.cumsum(np.add.reduceat(self.same, self.starts))])
        accepted = np.concatenate([[1.0], 1 - np.cumsum(np.add.reduceat(self.different, self.starts))])
        gap = misses - accepted
        after = int(np.argmax(gap >= 0))
        step = -gap[after - 1] / (gap[after] - gap[after - 1])
        return float(misses[after - 1] + step * (misses[after] - misses[after - 1]))
