"""Everything that releases tell, as one system of linear conditions on the counts behind them.

The unknowns are the counts by all columns that stand together in tables: for tables that pair off three columns, the
counts by all three. Groups of columns that share some agree in their sums; where the groups form a tree, as they do
after filling in, no condition is lost. Between releases cases are only added, and a case that has come to an end stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product
from math import inf, prod
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from telusur.balance.release.figures import REST, Cell, Release, dims_of, margins_of

#: States in which a case stays: between releases their counts only grow.
STATE: Final = "state"
_MOVING: Final = frozenset({"open", "unsettled", REST})

#: More unknowns in one group of columns than this are not set up; its tables are then joined by their sums alone.
_LARGEST: Final = 60_000

#: Values that a cell may take cases from, or give them to, where it is looked at with most else held still.
_DONORS: Final = 4

Row = tuple[NDArray[np.int64], NDArray[np.float64]]
"""Unknowns and their weights."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One condition: a weighted sum of unknowns lies between two ends.

    Parameters
    ----------
    row
        The sum.
    lower, upper
        The ends.
    release, cell
        Whose figure tells it; None for what holds of itself.
    """

    row: Row
    lower: float
    upper: float
    release: int | None = None
    cell: Cell | None = None


class Unknowns:
    """The counts behind releases.

    Parameters
    ----------
    releases
        In the order of publication.
    """

    def __init__(self, releases: Sequence[Release]) -> None:
        self.releases = tuple(releases)
        tables = sorted({tuple(sorted(table.dims)) for release in releases for table in release.tables})
        self._parents: dict[str, dict[str, str]] = {}
        values: dict[str, list[str]] = {}
        for release in releases:
            for dim, units in release.units.items():
                known = values.setdefault(dim, [])
                known += [unit for unit in units if unit not in known]
                self._parents.setdefault(dim, {}).update(release.parents.get(dim, {}))
        self._values = values
        self.groups = _groups(tables, {dim: len(held) for dim, held in values.items()})
        self.complete = self.groups is not None
        self.cliques: tuple[tuple[str, ...], ...] = self.groups if self.groups is not None else tuple(tables)
        self._start: dict[tuple[int, tuple[str, ...]], int] = {}
        size = 0
        for number in range(len(self.releases)):
            for clique in self.cliques:
                self._start[number, clique] = size
                size += prod(len(values[dim]) for dim in clique)
        # Each figure is an unknown of its own, the sum of others: conditions on figures then are short.
        self._figure: dict[tuple[int, Cell], int] = {}
        for number, release in enumerate(releases):
            for cell in release.figures:
                self._figure[number, cell] = size
                size += 1
        self.size = size
        self._joint = min(self._figure.values(), default=size)
        self._masks: dict[tuple[int, str, str], NDArray[np.bool_]] = {}

    def with_last(self, release: Release) -> Self:
        """Give the same counts with other figures in the last release."""
        other = copy(self)
        other.releases = (*self.releases[:-1], release)
        return other

    def around(self, cell: Cell, counts: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Give the unknowns near a cell: where what it gains or loses can come from, shape (unknowns,).

        Parameters
        ----------
        cell
            The cell.
        counts
            Values of all unknowns, shape (unknowns,).

        Notes
        -----
        Of the column that splits most: the cell's own value, and a few others that hold most of what is like it.
        """
        dim = max(dims_of(cell), key=lambda one: (len(self._values[one]), one))
        others = tuple(pair for pair in cell if pair[0] != dim)
        amount = np.zeros(len(self._values[dim]))
        free = np.ones(self.size, dtype=bool)
        free[: self._joint] = False
        for number in range(len(self.releases)):
            for clique in self.cliques:
                if set(dims_of(cell)) <= set(clique):
                    for index, value in enumerate(self._values[dim]):
                        at, _ = self._sum(number, clique, tuple(sorted((*others, (dim, value)))), atoms=True)
                        amount[index] += counts[at].sum()
        own = dict(cell)[dim]
        chosen = {self._values[dim][index] for index in np.argsort(-amount, kind="stable")[:_DONORS]} | {own}
        for number in range(len(self.releases)):
            for clique in self.cliques:
                for value in chosen if dim in clique else ():
                    at, _ = self._sum(number, clique, ((dim, value),), atoms=True)
                    free[at] = True
        return free

    def row(self, release: int, cell: Cell) -> Row:
        """Give a cell of a release as a sum of unknowns."""
        return np.array([self._figure[release, cell]], dtype=np.int64), np.ones(1)

    def agreements(self) -> Iterator[Fact]:
        """Give what holds of itself: figures are sums, and groups of columns agree in the sums they share."""
        for number, cell in self._figure:
            dims = set(dims_of(cell))
            clique = next(clique for clique in self.cliques if dims <= set(clique))
            yield Fact(self.less(self._sum(number, clique, cell), self.row(number, cell)), 0, 0)
        for number in range(len(self.releases)):
            for one, other in _tree(self.cliques) if self.complete else combinations(self.cliques, 2):
                shared = sorted(set(one) & set(other))
                for values in product(*(self._values[dim] for dim in shared)):
                    cell = tuple(zip(shared, values, strict=True))
                    yield Fact(
                        self.less(self._sum(number, one, cell, atoms=True), self._sum(number, other, cell, atoms=True)),
                        0,
                        0,
                    )

    def growth(self) -> Iterator[Fact]:
        """Give what holds between one release and the next: cases are added, none leaves."""
        for number in range(1, len(self.releases)):
            for clique in self.cliques:
                yield from self._grown(number, clique, same=self.same_day(number))

    def same_day(self, number: int) -> bool:
        """Whether a release counts the same cases as the one before."""
        day = self.releases[number].as_of
        return bool(day) and day == self.releases[number - 1].as_of

    @staticmethod
    def less(one: Row, other: Row) -> Row:
        """Give one sum less another."""
        return np.concatenate([one[0], other[0]]), np.concatenate([one[1], -other[1]])

    def _grown(self, number: int, clique: tuple[str, ...], *, same: bool) -> Iterator[Fact]:
        upper = 0.0 if same else inf
        for values in product(*(self._values[dim] for dim in clique)):
            cell = tuple(zip(clique, values, strict=True))
            if not same and dict(cell).get(STATE) in _MOVING:
                continue
            yield Fact(self._change(number, clique, cell), 0, upper)
        if STATE in clique and not same:
            fixed = tuple(dim for dim in clique if dim != STATE)
            for values in product(*(self._values[dim] for dim in fixed)):
                yield Fact(self._change(number, clique, tuple(zip(fixed, values, strict=True))), 0, upper)

    def _change(self, number: int, clique: tuple[str, ...], cell: Cell) -> Row:
        return self.less(self._sum(number, clique, cell, atoms=True), self._sum(number - 1, clique, cell, atoms=True))

    def _sum(self, release: int, clique: tuple[str, ...], cell: Cell, *, atoms: bool = False) -> Row:
        start = self._start[release, clique]
        shape = [len(self._values[dim]) for dim in clique]
        named = dict(cell)
        chosen = []
        for place, dim in enumerate(clique):
            if dim not in named:
                chosen.append(np.arange(shape[place]))
            elif atoms:
                chosen.append(np.array([self._values[dim].index(named[dim])]))
            else:
                chosen.append(np.flatnonzero(self._mask(release, dim, named[dim])))
        found = np.ravel_multi_index(np.ix_(*chosen), shape).ravel() if clique else np.zeros(1, dtype=np.int64)
        return np.asarray(found, dtype=np.int64) + start, np.ones(found.size)

    def _mask(self, release: int, dim: str, unit: str) -> NDArray[np.bool_]:
        """Give which of the finest values a unit of a release holds."""
        at = (release, dim, unit)
        if at not in self._masks:
            standing = self.releases[release].units[dim]
            self._masks[at] = np.array([self._standing(dim, value, standing) == unit for value in self._values[dim]])
        return self._masks[at]

    def _standing(self, dim: str, value: str, standing: Sequence[str]) -> str:
        parents = self._parents[dim]
        for _ in range(len(parents) + 1):
            if value in standing:
                return value
            value = parents.get(value, REST)
        return REST


@dataclass(frozen=True, eq=False)
class System:
    """Conditions as a matrix: ``lower <= matrix @ x <= upper``, ``x >= 0``."""

    facts: tuple[Fact, ...]
    size: int

    @cached_property
    def matrix(self) -> csr_array:
        """Shape (facts, unknowns)."""
        at = np.concatenate([fact.row[0] for fact in self.facts])
        weight = np.concatenate([fact.row[1] for fact in self.facts])
        ends = np.cumsum([0, *(fact.row[0].size for fact in self.facts)])
        matrix = csr_array((weight, at, ends), shape=(len(self.facts), self.size))
        matrix.sum_duplicates()
        matrix.eliminate_zeros()
        return matrix

    @cached_property
    def lower(self) -> NDArray[np.float64]:
        """Lower ends, shape (facts,)."""
        return np.array([fact.lower for fact in self.facts], dtype=float)

    @cached_property
    def upper(self) -> NDArray[np.float64]:
        """Upper ends, shape (facts,)."""
        return np.array([fact.upper for fact in self.facts], dtype=float)


def told(unknowns: Unknowns, release: int, *, guessed: bool) -> Iterator[Fact]:
    """Give what the figures of a release tell.

    Parameters
    ----------
    unknowns
        The counts.
    release
        Index of the release.
    guessed
        Whether somebody has guessed which cells are withheld for being small, as a release never says.
    """
    held = unknowns.releases[release]
    rules = held.rules
    for cell, figure in held.figures.items():
        row = unknowns.row(release, cell)
        if figure.shown is not None:
            room = rules.base - 1 if figure.status == "published" else rules.moves - 1
            yield Fact(row, max(figure.shown - room, rules.below), figure.shown + room, release, cell)
        elif guessed and figure.reason == "small":
            yield Fact(row, 0, rules.below - 1)
        for margin in margins_of(cell) if figure.shown is not None else ():
            beside = unknowns.less(unknowns.row(release, margin), row)
            yield Fact(beside, rules.below, inf, release, cell)


def _groups(tables: Sequence[tuple[str, ...]], sizes: Mapping[str, int]) -> tuple[tuple[str, ...], ...] | None:
    """Give the groups of columns after filling in, or None if one would be too large."""
    near: dict[str, set[str]] = {dim: set() for dims in tables for dim in dims}
    for dims in tables:
        for one, other in combinations(dims, 2):
            near[one].add(other)
            near[other].add(one)
    groups: list[tuple[str, ...]] = []
    while near:
        dim = min(near, key=lambda one: (_missing(near, one), len(near[one]), one))
        group = tuple(sorted({dim, *near[dim]}))
        if not any(set(group) <= set(held) for held in groups):
            groups.append(group)
        for one, other in combinations(near[dim], 2):
            near[one].add(other)
            near[other].add(one)
        for one in near.pop(dim):
            near[one].discard(dim)
    too_large = any(prod(sizes[dim] for dim in group) > _LARGEST for group in groups)
    return None if too_large else tuple(groups) or ((),)


def _missing(near: Mapping[str, set[str]], dim: str) -> int:
    return sum(other not in near[one] for one, other in combinations(near[dim], 2))


def _tree(groups: Sequence[tuple[str, ...]]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Give the pairs of groups joined, those that share most first, so that the groups form a tree."""
    joined = {group: {group} for group in groups}
    for one, other in sorted(combinations(groups, 2), key=lambda pair: (-len(set(pair[0]) & set(pair[1])), pair)):
        if joined[one] is not joined[other]:
            both = joined[one] | joined[other]
            for group in both:
                joined[group] = both
            yield one, other
