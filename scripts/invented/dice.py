"""Chance that falls the same way on every machine and in every Python."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

_T = TypeVar("_T")


class Dice:
    """Draws from a seed.

    Only `random.Random.random` is promised to give the same numbers in later versions of Python, so all else is made
    from it here.
    """

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)

    def below(self, bound: int) -> int:
        """Give a whole number from zero up to, but without, a bound."""
        return int(self._random.random() * bound)

    def between(self, low: float, high: float) -> float:
        """Give a number between two others."""
        return low + (high - low) * self._random.random()

    def chance(self, rate: float) -> bool:
        """Whether something happens that happens at a rate between 0 and 1."""
        return self._random.random() < rate

    def pick(self, options: Sequence[_T]) -> _T:
        """Give one of several."""
        return options[self.below(len(options))]
