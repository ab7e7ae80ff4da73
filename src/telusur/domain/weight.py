"""The weight of evidence: a likelihood ratio in bans, with its uncertainty and its ceiling.

A ban is a factor of ten (Good 1950). Weights of independent items add; nothing else about them does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Self

from telusur.domain.errors import ContradictoryBounds

Basis = Literal["calibrated", "elicited"]


@dataclass(frozen=True, slots=True)
class Weight:
    """How much better one proposition explains an item of evidence than the owner having acted.

    Parameters
    ----------
    log10_lr
        Log10 likelihood ratio, in bans. Positive supports the proposition, negative the owner, zero neither.
    lower, upper
        Its 95 % interval, in bans; ``lower <= log10_lr <= upper``.
    floor, ceiling
        What validation, grade or elicitation can support at most, in bans; they hold the whole interval.
    basis
        ``calibrated`` on data, or ``elicited`` from a named judgement.
    uncapped
        The ratio before any cap, in bans, to be shown beside it and never to be used; ``None`` where nothing was cut.

    Raises
    ------
    ContradictoryBounds
        If the interval does not hold the ratio, or the cap not the interval.
    """

    log10_lr: float
    lower: float
    upper: float
    floor: float
    ceiling: float
    basis: Basis
    uncapped: float | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if not self.lower <= self.log10_lr <= self.upper:
            raise ContradictoryBounds(self.lower, self.log10_lr, self.upper)
        for bound in (self.lower, self.upper):
            if not self.floor <= bound <= self.ceiling:
                raise ContradictoryBounds(self.floor, bound, self.ceiling)

    @classmethod
    def capped(cls, log10_lr: float, lower: float, upper: float, cap: tuple[float, float], basis: Basis) -> Self:
        """Give a weight no stronger than its cap: what lies beyond is cut off, interval and all.

        A validation set of N comparisons cannot support a ratio far above N (Vergeer et al. 2016); an elicited or
        low-grade item supports less still.
        """
        if not lower <= log10_lr <= upper:
            raise ContradictoryBounds(lower, log10_lr, upper)
        floor, ceiling = cap

        def cut(bans: float) -> float:
            return min(max(bans, floor), ceiling)

        return cls(cut(log10_lr), cut(lower), cut(upper), floor, ceiling, basis, log10_lr)

    @property
    def free(self) -> float:
        """The ratio before any cap, in bans."""
        return self.log10_lr if self.uncapped is None else self.uncapped

    def times(self, factor: float) -> Self:
        """Give a weight that counts less, with its interval; what it was before any cap stays beside it.

        Parameters
        ----------
        factor
            From 0 to 1.
        """
        bounds = (self.log10_lr * factor, self.lower * factor, self.upper * factor)
        return type(self)(*bounds, self.floor, self.ceiling, self.basis, self.free)

    @property
    def tells(self) -> bool:
        """Whether the whole interval lies on one side of zero: otherwise the item supports neither."""
        return self.lower > 0 or self.upper < 0

    def joined_with(self, other: Self) -> Self:
        """Weight of both items together; only for items that are independent given either proposition.

        The joined interval is the sum of both: wider than needed, never narrower.
        """
        return type(self)(
            self.log10_lr + other.log10_lr,
            self.lower + other.lower,
            self.upper + other.upper,
            self.floor + other.floor,
            self.ceiling + other.ceiling,
            # A chain is as strong as its weakest basis.
            "elicited" if "elicited" in (self.basis, other.basis) else "calibrated",
            self.free + other.free,
        )
