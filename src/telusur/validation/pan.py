"""The measures of the PAN evaluation campaigns for authorship verification, by their published definitions.

An answer is a value between 0 (different authors) and 1 (one author); exactly 0.5 is no answer. AUC by ranks; c@1:
Peñas and Rodrigo, "A simple measure to assess non-response", ACL 2011; F0.5u: Bevendorff, Stein, Hagen, Potthast,
"Generalizing unmasking for short texts", NAACL 2019; Brier as its complement since PAN 2021. `overall` is their mean
(PAN 2021 to 2023).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from telusur.domain.errors import BadInput
from telusur.tracing.style import measures

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

NO_ANSWER = 0.5


@dataclass(frozen=True, slots=True)
class Pan:
    """All measures of one system; each 0 to 1, more is better.

    Parameters
    ----------
    auc, c_at_1, f05u, f1, brier
        As in this module's functions.
    """

    auc: float
    c_at_1: float
    f05u: float
    f1: float
    brier: float

    @property
    def overall(self) -> float:
        """Their mean."""
        return (self.auc + self.c_at_1 + self.f05u + self.f1 + self.brier) / 5

    def as_json(self) -> dict[str, float]:
        """Give the measures by name, their mean too, to six decimals."""
        names = ("auc", "c_at_1", "f05u", "f1", "brier", "overall")
        return {name: round(float(getattr(self, name)), 6) for name in names}


def _checked(truth: Bools, values: Floats) -> tuple[Bools, Floats]:
    same, given = np.asarray(truth, dtype=bool), np.asarray(values, dtype=np.float64)
    if same.size == 0 or same.size != given.size:
        raise BadInput(f"{given.size} values for {same.size} truths; every pair needs one of each")
    if not ((given >= 0) & (given <= 1)).all():
        raise BadInput("a value lies outside 0 to 1; give LR/(1+LR)")
    return same, given


def auc(truth: Bools, values: Floats) -> float:
    """Give the chance that a pair of one author has a larger value than one of two; a tie counts half."""
    same, given = _checked(truth, values)
    if same.all() or not same.any():
        raise BadInput("pairs of one kind only; the area needs both")
    return measures.auc(given[same], given[~same])


def c_at_1(truth: Bools, values: Floats) -> float:
    """Give accuracy that rewards leaving hard pairs unanswered: each of them counts as the share answered rightly."""
    same, given = _checked(truth, values)
    right = int((((given > NO_ANSWER) & same) | ((given < NO_ANSWER) & ~same)).sum())
    unanswered = int((given == NO_ANSWER).sum())
    return (right + unanswered * right / same.size) / same.size


def f05u(truth: Bools, values: Floats) -> float:
    """Give the F0.5 of "one author", counting pairs that were not answered as misses."""
    same, given = _checked(truth, values)
    hits = int(((given > NO_ANSWER) & same).sum())
    false = int(((given > NO_ANSWER) & ~same).sum())
    missed = int(((given < NO_ANSWER) & same).sum())
    unanswered = int((given == NO_ANSWER).sum())
    return _share(1.25 * hits, 1.25 * hits + 0.25 * (missed + unanswered) + false)


def f1(truth: Bools, values: Floats) -> float:
    """Give the F1 of "one author" among the pairs that were answered."""
    same, given = _checked(truth, values)
    hits = int(((given > NO_ANSWER) & same).sum())
    false = int(((given > NO_ANSWER) & ~same).sum())
    missed = int(((given < NO_ANSWER) & same).sum())
    return _share(2 * hits, 2 * hits + missed + false)


def brier(truth: Bools, values: Floats) -> float:
    """Give one minus the mean squared distance of value and truth."""
    same, given = _checked(truth, values)
    return float(1 - ((given - same) ** 2).mean())


def pan(truth: Bools, values: Floats) -> Pan:
    """Give all of them."""
    return Pan(*(measure(truth, values) for measure in (auc, c_at_1, f05u, f1, brier)))


def value(bans: Floats) -> Floats:
    """Give the answer that a weight is: LR/(1+LR), so that 0 bans are no answer.

    Parameters
    ----------
    bans
        Weights for one author.
    """
    return np.asarray(1 / (1 + 10.0 ** -np.asarray(bans, dtype=np.float64)))


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
