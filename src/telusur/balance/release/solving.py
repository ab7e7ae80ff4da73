"""How small and how large a sum of unknown counts can be, by linear and integer programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import (  # type: ignore[attr-defined]  # its package exports them by name only
    Bounds,
    LinearConstraint,
    linprog,
    milp,
)
from scipy.sparse import csr_array, vstack

from telusur.balance.release.system import Row, System

Floats = NDArray[np.float64]
Name = TypeVar("Name")

#: A solution this close to whole numbers is one in whole numbers.
_WHOLE: Final = 1e-6
_SECONDS: Final = 2.0
_SHORT: Final = 0.3


@dataclass(slots=True)
class Seen:
    """The smallest and the largest value that a sum takes in any solution seen, and whether these are its ends."""

    low: int | None = None
    high: int | None = None
    low_is_end: bool = False
    high_is_end: bool = False

    def add(self, value: int) -> None:
        """Take in the value of one solution."""
        self.low = value if self.low is None else min(self.low, value)
        self.high = value if self.high is None else max(self.high, value)


class Solver:
    """Solutions in whole numbers of what releases tell.

    Parameters
    ----------
    system
        The conditions.
    """

    def __init__(self, system: System) -> None:
        self.system = system
        # Whatever is told, each condition has whole ends.
        self._constraint = LinearConstraint(system.matrix, system.lower, system.upper)
        self._bounds = Bounds(0, np.inf)

    def solve(self, weights: Floats, *, exact: bool = True) -> Floats | None:
        """Give a solution in whole numbers that makes a weighted sum small; None if none was found.

        Parameters
        ----------
        weights
            Shape (unknowns,).
        exact
            Whether it must be the smallest; else one near it will do.
        """
        found = milp(weights, constraints=self._constraint, bounds=self._bounds)
        if found.x is None:
            return None
        whole = np.round(found.x)
        if np.abs(found.x - whole).max(initial=0) < _WHOLE:
            return np.asarray(whole)
        # Near a solution in fractions there mostly is one in whole numbers.
        for room in (0, 2):
            near = Bounds(np.maximum(np.floor(found.x + _WHOLE) - room, 0), np.ceil(found.x - _WHOLE) + room)
            close = self._whole(weights, near, _SHORT)
            if close is not None and (not exact or weights @ close <= np.ceil(found.fun - _WHOLE) + _WHOLE):
                return close
        return self._whole(weights, self._bounds, _SECONDS) if exact else None

    def _whole(self, weights: Floats, bounds: Bounds, seconds: float) -> Floats | None:
        found = milp(
            weights,
            constraints=self._constraint,
            bounds=bounds,
            integrality=np.ones(self.system.size),
            options={"time_limit": seconds},
        )
        return None if found.x is None else np.asarray(np.round(found.x))

    def binding(self, weights: Floats) -> Floats | None:
        """Give how much each condition holds a weighted sum up from being smaller, shape (facts,).

        Parameters
        ----------
        weights
            Shape (unknowns,).
        """
        system = self.system
        equal = system.lower == system.upper
        up, down = ~equal & np.isfinite(system.upper), ~equal & np.isfinite(system.lower)
        matrix = csr_array(system.matrix)
        found = linprog(
            weights,
            A_ub=vstack([matrix[up], -matrix[down]]) if up.any() or down.any() else None,
            b_ub=np.concatenate([system.upper[up], -system.lower[down]]) if up.any() or down.any() else None,
            A_eq=matrix[equal] if equal.any() else None,
            b_eq=system.lower[equal] if equal.any() else None,
            bounds=(0, None),
            method="highs",
        )
        if found.x is None:
            return None
        held = np.zeros(len(system.facts))
        if up.any() or down.any():
            held[up] += np.abs(found.ineqlin.marginals[: up.sum()])
            held[down] += np.abs(found.ineqlin.marginals[up.sum() :])
        if equal.any():
            held[equal] += np.abs(found.eqlin.marginals)
        return held


@dataclass(frozen=True, slots=True)
class Wanted:
    """A sum that nobody may know.

    Parameters
    ----------
    row
        The sum.
    below
        Counts below this are small. A sum that may be small must be able to be any small count; a change between
        releases must not be known as a small one.
    width
        How far the ends of a sum that cannot be small must lie apart.
    change
        Whether it is a change between releases.
    kind
        Sums of one kind are looked at together.
    """

    row: Row
    below: int
    width: int = 0
    change: bool = False
    kind: str = ""

    def is_known(self, seen: Seen) -> bool:
        """Whether a sum of these ends is known beyond the rules."""
        low, high = seen.low, seen.high
        if low is None or high is None:
            return False
        if self.change:
            return low == high or 0 < low <= high < self.below or -self.below < low <= high < 0
        if low >= self.below:
            return high - low < self.width
        return low > 0 or high < self.below - 1

    def open(self, seen: Seen, *, lower: bool) -> bool:
        """Whether an end must still be looked at."""
        if seen.low is None or seen.high is None:
            return True
        if not self.is_known(seen):
            # What is large in all solutions seen may yet be small in another.
            return lower and not self.change and seen.low > 0 and not seen.low_is_end
        if lower and not self.change and seen.low <= 0:
            return False
        return not (seen.low_is_end if lower else seen.high_is_end)


class Ranges(Generic[Name]):
    """The ranges of many sums, found by as few programs as will do.

    Parameters
    ----------
    solver
        Of the conditions.
    seen
        What was seen under these conditions or more.
    """

    def __init__(self, solver: Solver, seen: Mapping[Name, Seen]) -> None:
        self.solver = solver
        self.size = solver.system.size
        self.seen = dict(seen)

    def look(self, wanted: Mapping[Name, Wanted], *, seed: int = 0) -> None:
        """Find for each sum what it must be able to be, or its true ends.

        Parameters
        ----------
        wanted
            The sums.
        seed
            Of the order in which sums are tried together.

        Notes
        -----
        One solution often shows many sums at their ends; what remains is looked at one by one.
        """
        for name in wanted:
            before = self.seen.get(name, Seen())
            # Ends found under more conditions are ends no more.
            self.seen[name] = Seen(before.low, before.high)
        table = _matrix(wanted.values(), self.size)
        names = list(wanted)
        rng = np.random.default_rng(seed)
        for lower in (True, False):
            misses = 0
            while misses < _MISSES and (left := self._left(wanted, names, lower=lower)).size >= _TOGETHER:
                # Sums of one kind: to make one small often makes another of its kind small, and one beside it large.
                kinds = np.array([wanted[names[i]].kind for i in left])
                left = left[kinds == rng.choice(kinds)]
                chosen = left if misses % 2 == 0 else rng.permutation(left)[: max(left.size // 2, 1)]
                found = self._try(table, names, chosen, lower=lower)
                now = sum(wanted[names[i]].open(self.seen[names[i]], lower=lower) for i in left)
                misses += not found or left.size - now < max(1, left.size // 10)
            for index in self._left(wanted, names, lower=lower):
                seen = self.seen[names[index]]
                if not wanted[names[index]].open(seen, lower=lower):
                    continue
                found = self._try(table, names, np.array([index]), lower=lower)
                if not found and seen.low is None:
                    # Nothing at all gives these figures.
                    return
                if lower:
                    seen.low_is_end = True
                else:
                    seen.high_is_end = True

    def _left(self, wanted: Mapping[Name, Wanted], names: list[Name], *, lower: bool) -> NDArray[np.int64]:
        return np.array(
            [i for i, name in enumerate(names) if wanted[name].open(self.seen[name], lower=lower)], dtype=np.int64
        )

    def _try(self, table: csr_array, names: list[Name], chosen: NDArray[np.int64], *, lower: bool) -> bool:
        weights = np.zeros(table.shape[0])
        weights[chosen] = 1 if lower else -1
        found = self.solver.solve(np.asarray(table.T @ weights), exact=chosen.size == 1)
        if found is None:
            return False
        for name, value in zip(names, np.rint(table @ found).astype(int), strict=True):
            self.seen[name].add(int(value))
        return True


_TOGETHER: Final = 4
_MISSES: Final = 6


def _matrix(wanted: Iterable[Wanted], size: int) -> csr_array:
    rows = [one.row for one in wanted]
    ends = np.cumsum([0, *(row[0].size for row in rows)])
    at = np.concatenate([row[0] for row in rows]) if rows else np.zeros(0, dtype=np.int64)
    weight = np.concatenate([row[1] for row in rows]) if rows else np.zeros(0)
    return csr_array((weight, at, ends), shape=(len(rows), size))


def objective(row: Row, size: int) -> Floats:
    """Give a sum as weights of all unknowns, shape (unknowns,)."""
    weights = np.zeros(size)
    np.add.at(weights, row[0], row[1])
    return weights
