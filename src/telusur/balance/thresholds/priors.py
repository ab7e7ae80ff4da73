"""What is held likely of bars and evidence before the counts are seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Setting = Literal["stops", "cases"]


@dataclass(frozen=True, slots=True)
class BetaPriors:
    """Of the beta model: means and standard deviations; log odds, and natural logarithms for the size.

    Parameters
    ----------
    bar, bar_spread
        Log odds of a group's bar.
    scatter
        Half-normal scale of how bars scatter over places.
    true, true_spread, true_place
        Log odds of being true, by group, and how places shift them.
    size, size_spread, size_place
        log of a + b of the signal's distribution, by group, and how places shift it.
    """

    bar: float
    bar_spread: float
    scatter: float
    true: float
    true_spread: float
    true_place: float
    size: float
    size_spread: float
    size_place: float


@dataclass(frozen=True, slots=True)
class DiscriminantPriors:
    """Of the discriminant model: standard deviations around the means given.

    Parameters
    ----------
    bar
        A group's bar, in standard deviations of the signal of the untrue.
    scatter
        Half-normal scale of how bars scatter over places.
    true, true_group, true_place
        Log odds of being true: common to all, and the shifts of groups and places.
    apart, apart_group, apart_place
        log of the distance between true and untrue, in standard deviations of the signal; its shifts.
    """

    bar: float
    scatter: float
    true: float
    true_group: float
    true_place: float
    apart: float
    apart_group: float
    apart_place: float


BETA: Final[dict[Setting, BetaPriors]] = {
    # Those of the open study of police stops (`model_flat`), in which few are searched and few carry anything.
    "stops": BetaPriors(-2.0, 1.0, 0.25, -3.5, 0.25, 0.25, 2.0, 0.5, 0.5),
    # Of reports, a good part is true and a good part examined.
    "cases": BetaPriors(-0.5, 1.5, 0.25, -0.5, 1.0, 0.5, 1.0, 0.5, 0.25),
}
DISCRIMINANT: Final[dict[Setting, DiscriminantPriors]] = {
    # Those of the later model of the same study.
    "stops": DiscriminantPriors(1.0, 1.0, 1.0, 0.25, 0.1, 1.0, 0.1, 0.1),
    "cases": DiscriminantPriors(1.0, 0.25, 1.0, 1.0, 0.5, 0.5, 0.25, 0.1),
}
