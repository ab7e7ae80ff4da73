"""How sure the measures are: a bootstrap over authors, who hang together whatever number of comparisons they gave.

An author drawn twice counts twice, on either side: a comparison of two authors counts as often as both draws together
(Owen, "The pigeonhole bootstrap", Annals of Applied Statistics 1 (2007) 386-411), which is rather too wide than too
narrow.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from telusur.tracing.style.measures import bits
from telusur.validation.pooling import Pooled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

ROUNDS: Final = 1_000
"""Draws of the bootstrap."""

_ENDS: Final = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures of one system in one setting, or one end of their intervals.

    Parameters
    ----------
    auc, eer, cllr, cllr_min, loss
        Discrimination and cost (`telusur.validation.metrics`); ``loss`` = cllr - cllr_min: what calibration costs.
    cleared, implicated
        Shares of comparisons that mislead by more than a ban: the owner wrote it and is cleared; somebody else wrote it
        and the owner is implicated.
    """

    auc: float
    eer: float
    cllr: float
    cllr_min: float
    loss: float
    cleared: float
    implicated: float

    def as_json(self) -> dict[str, float]:
        """Give the measures by name, to six decimals."""
        return {name: round(float(getattr(self, name)), 6) for name in _NAMES}


_NAMES: Final = tuple(one.name for one in fields(Measures))
_RECALIBRATED: Final = ("eer", "cllr_min", "loss")
"""Measures that rest on a recalibration of the very comparisons that are measured."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Measures with their 95 % intervals.

    Parameters
    ----------
    value, lower, upper
        All measures, and the ends.
    """

    value: Measures
    lower: Measures
    upper: Measures


class Weighing:
    """Weights of comparisons, sorted once, to be measured under many drawings of their authors.

    Parameters
    ----------
    bans
        Weight of each comparison for one author.
    same
        Whether it is of one author.
    """

    def __init__(self, bans: Floats, same: Bools) -> None:
        self._same = same
        self._values, self._place = np.unique(bans, return_inverse=True)
        self._cost = np.where(same, bits(-bans), bits(bans))
        self._wrong = np.where(same, bans < -1, bans > 1)

    def measures(self, often: Floats) -> Measures | None:
        """Measure with each comparison counted so often; None where one kind is not drawn at all."""
        one, other = np.where(self._same, often, 0.0), np.where(self._same, 0.0, often)
        if one.sum() == 0 or other.sum() == 0:
            return None
        one, other = one / one.sum(), other / other.sum()
        s, d = (
            np.bincount(self._place, weights=side, minlength=self._values.size).astype(np.float64)
            for side in (one, other)
        )
        below = np.cumsum(d) - d
        cost = float(((one + other) * self._cost).sum() / 2)
        best = Pooled.of(s, d)
        return Measures(
            float((s * (below + d / 2)).sum()),
            best.equal_error,
            cost,
            best.cost,
            cost - best.cost,
            float((one * self._wrong).sum()),
            float((other * self._wrong).sum()),
        )


def drawn(n_accounts: int, seed: int, rounds: int) -> NDArray[np.float64]:
    """Draw authors with replacement, again and again: how often each one comes, shape (rounds, accounts)."""
    rng = np.random.default_rng([seed, 3])
    return rng.multinomial(n_accounts, np.full(n_accounts, 1 / n_accounts), size=rounds).astype(np.float64)


def measured(bans: Floats, claimed: Ints, writer: Ints, draws: NDArray[np.float64]) -> Measured:
    """Measure comparisons, with intervals over drawings of their authors.

    Parameters
    ----------
    bans
        Weight of each comparison, both kinds among them.
    claimed, writer
        Its two sides; alike for one author.
    draws
        As `drawn` gives them.
    """
    same = np.asarray(claimed == writer)
    weighing = Weighing(bans, same)
    value = weighing.measures(np.ones(bans.size))
    assert value is not None
    found = []
    for often in draws:
        one = weighing.measures(np.where(same, often[claimed], often[claimed] * often[writer]))
        if one is not None:
            found.append([getattr(one, name) for name in _NAMES])
    if not found:
        return Measured(value, value, value)
    told = np.array(found)
    # A drawing has fewer different authors, to which the best recalibration fits itself closer: that shift is no
    # uncertainty, and is taken back.
    for place, name in enumerate(_NAMES):
        if name in _RECALIBRATED:
            told[:, place] = np.maximum(told[:, place] + getattr(value, name) - np.median(told[:, place]), 0.0)
    ends = [Measures(*end.tolist()) for end in np.percentile(told, _ENDS, axis=0)]
    never = _never_seen(np.unique(claimed).size)
    for name in ("cleared", "implicated"):
        if getattr(value, name) == 0:
            ends[1] = replace(ends[1], **{name: never})
    return Measured(value, ends[0], ends[1])


def _never_seen(authors: int) -> float:
    """Give how often something may happen that none of so many authors has shown (Clopper and Pearson 1934).

    A bootstrap of nothing but zeros would say "never".
    """
    return float(1 - 0.025 ** (1 / authors))


def share(hits: Bools, owner: Ints, draws: NDArray[np.float64]) -> tuple[float, float, float]:
    """Give a share with its interval over drawings of its owners.

    Parameters
    ----------
    hits
        Whether each case counts; not empty.
    owner
        Whose it is.
    draws
        As `drawn` gives them.
    """
    often = draws[:, owner]
    total = often.sum(axis=1)
    shares = (often * hits).sum(axis=1)[total > 0] / total[total > 0]
    lower, upper = np.percentile(shares, _ENDS).tolist() if shares.size else (0.0, 1.0)
    if not hits.any():
        upper = _never_seen(hits.size)
    if hits.all():
        lower = 1 - _never_seen(hits.size)
    return float(hits.mean()), float(lower), float(upper)
