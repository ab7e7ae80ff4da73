"""How small and how large a sum of unknown counts can be, by linear and integer programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import (  # type: ignore[attr-defined]  # its package exports them by name only
    Bounds,
    LinearConstraint,
    linprog,
    milp,
)
from scipy.sparse import csc_array, csr_array, vstack

from telusur.balance.release.figures import Cell
from telusur.balance.release.system import Row, System

Floats = NDArray[np.float64]
Name = TypeVar("Name")
Around = Callable[[Cell, Floats], NDArray[np.bool_]]

#: A solution this close to whole numbers is one in whole numbers.
_WHOLE: Final = 1e-6
_FAR: Final = 100

#: For a search in whole numbers. What it does not find in time is taken from fractions: the same ends, on any machine.
_SECONDS: Final = 0.3


@dataclass(slots=True)
class Seen:
    """The smallest and largest value of a sum in solutions seen, whether these are its ends, and in whole numbers."""

    low: int | None = None
    high: int | None = None
    low_is_end: bool = False
    high_is_end: bool = False
    whole: bool = True

    def add(self, value: int, *, whole: bool = True) -> None:
        """Take in the value of one solution, in whole numbers or in fractions."""
        self.whole &= whole
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
        # Where no sum is shown any count is possible; a program wants an end, far above all that is shown.
        shown = system.upper[np.isfinite(system.upper)]
        self._far = float(_FAR * (1 + shown.max(initial=0)))
        self._bounds = Bounds(0, self._far)

    def solve(self, weights: Floats, *, exact: bool = True, small: float = np.inf) -> Floats | float | None:
        """Give a solution in whole numbers that makes a weighted sum small; None if none was found.

        Parameters
        ----------
        weights
            Shape (unknowns,).
        exact
            Whether it must be the smallest; else one near it will do. Where none is found in few steps, or the sum
            cannot be smaller than `small`, its least value in fractions is given instead.
        small
            From where on that is enough.
        """
        found = milp(weights, constraints=self._constraint, bounds=self._bounds)
        if found.x is None:
            return None
        whole = np.round(found.x)
        if np.abs(found.x - whole).max(initial=0) < _WHOLE:
            return np.asarray(whole)
        if found.fun > small - _WHOLE:
            return float(found.fun)
        # Near a solution in fractions there mostly is one in whole numbers.
        least = float(np.ceil(found.fun - _WHOLE))
        for room in (0, 1) if exact else (0,):
            near = Bounds(np.maximum(np.floor(found.x + _WHOLE) - room, 0), np.ceil(found.x - _WHOLE) + room)
            close = self._whole(near, (weights, least) if exact else None)
            if close is not None:
                return close
        return float(found.fun) if exact else None

    def _whole(self, bounds: Bounds, most: tuple[Floats, float] | None = None) -> Floats | None:
        """Give a solution in whole numbers within bounds, where a weighted sum is at most so much."""
        found = milp(
            np.zeros(self.system.size),
            constraints=[
                self._constraint,
                *([] if most is None else [LinearConstraint(csr_array(most[0][None, :]), -np.inf, most[1])]),
            ],
            bounds=bounds,
            integrality=np.ones(self.system.size),
            options={"time_limit": _SECONDS},
        )
        return None if found.x is None else np.asarray(np.round(found.x))

    def near(self, weights: Floats, start: Floats, free: NDArray[np.bool_]) -> Floats | None:
        """Give the solution in whole numbers that makes a weighted sum smallest where most unknowns stay as they are.

        Parameters
        ----------
        weights
            Shape (unknowns,).
        start
            A solution, shape (unknowns,).
        free
            Which unknowns may change, shape (unknowns,).
        """
        system = self.system
        moving = self._columns[:, np.flatnonzero(free)]
        rows = np.flatnonzero(np.diff(csr_array(moving).indptr))
        held = (system.matrix @ np.where(free, 0, start))[rows]
        found = milp(
            weights[free],
            constraints=LinearConstraint(csr_array(moving)[rows], system.lower[rows] - held, system.upper[rows] - held),
            bounds=self._bounds,
            integrality=np.ones(int(free.sum())),
            options={"time_limit": _SECONDS},
        )
        if found.x is None:
            return None
        solution = start.copy()
        solution[free] = np.round(found.x)
        return solution

    @cached_property
    def _columns(self) -> csc_array:
        return csc_array(self.system.matrix)

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
            bounds=(0, self._far),
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
    cell
        The cell, where the sum is one.
    large
        A sum that may be small, and may also be this many, is not known: to somebody who cannot tell which.
    """

    row: Row
    below: int
    width: int = 0
    change: bool = False
    kind: str = ""
    cell: Cell = ()
    large: float = np.inf

    def is_known(self, seen: Seen) -> bool:
        """Whether a sum of these ends is known beyond the rules."""
        low, high = seen.low, seen.high
        if low is None or high is None:
            return False
        if self.change:
            return low == high or 0 < low <= high < self.below or -self.below < low <= high < 0
        if low >= self.below:
            return high - low < self.width
        return high < self.large and (low > 0 or high < self.below - 1)

    def large_from(self, seen: Seen) -> float:
        """Give from where on its least value need not be known exactly."""
        if self.change or seen.low is None or seen.high is None or seen.high - seen.low < self.width:
            return np.inf
        return self.below

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
    around
        The unknowns near a cell, in a solution.
    seen, solution
        What was seen under these conditions or more, and the last solution.
    """

    def __init__(self, solver: Solver, around: Around, seen: Mapping[Name, Seen], solution: Floats | None) -> None:
        self.solver = solver
        self.size = solver.system.size
        self.seen = dict(seen)
        self.solution = solution
        self._around = around

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
            self.seen[name] = Seen(before.low, before.high, whole=before.whole)
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
                if self._try_near(table, names, wanted, index, lower=lower):
                    continue
                small = wanted[names[index]].large_from(seen) if lower else np.inf
                found = self._try(table, names, np.array([index]), lower=lower, small=small)
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

    def _try(
        self, table: csr_array, names: list[Name], chosen: NDArray[np.int64], *, lower: bool, small: float = np.inf
    ) -> bool:
        weights = np.zeros(table.shape[0])
        weights[chosen] = 1 if lower else -1
        found = self.solver.solve(np.asarray(table.T @ weights), exact=chosen.size == 1, small=small)
        if found is None:
            return False
        if isinstance(found, float):
            if found < small:
                self.seen[names[chosen[0]]].add(int(np.ceil(found - _WHOLE)) * (1 if lower else -1), whole=False)
            return True
        self._take(table, names, found)
        return True

    def _try_near(
        self, table: csr_array, names: list[Name], wanted: Mapping[Name, Wanted], index: int, *, lower: bool
    ) -> bool:
        """Look near the last solution; give whether that was enough."""
        one = wanted[names[index]]
        if not one.cell or self.solution is None:
            return False
        weights = objective(one.row, self.size)
        free = self._around(one.cell, self.solution)
        found = self.solver.near(weights if lower else -weights, self.solution, free)
        if found is None:
            return False
        self._take(table, names, found)
        return not one.open(self.seen[names[index]], lower=lower)

    def _take(self, table: csr_array, names: list[Name], solution: Floats) -> None:
        self.solution = solution
        for name, value in zip(names, np.rint(table @ solution).astype(int), strict=True):
            self.seen[name].add(int(value))


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
