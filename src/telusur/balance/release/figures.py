"""What a release shows: figures by cell, published, kept from before, or withheld, and by which rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Final, Literal

from telusur.domain.text import Text

Status = Literal["published", "kept", "withheld"]
Reason = Literal["small", "complement", "dominance", "secondary", "earlier"]

#: A cell by its columns, in the order of their names; what is not named is summed over. The grand total is ``()``.
Cell = tuple[tuple[str, str], ...]

REST: Final = "lainnya"
"""The unit that holds every value too small to stand alone; it always stands, so that its standing tells nothing."""

ALL: Final = "semua"
"""Stands in a row that sums over a column."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The numbers of the rules.

    Parameters
    ----------
    below
        A cell is published only if it and what its margins hold beside it are at least this many.
    base
        What published counts are rounded to.
    dominance
        Largest share of a cell that one body may make up.
    """

    below: int = 10
    base: int = 5
    dominance: float = 0.8

    @property
    def moves(self) -> int:
        """How far a count must lie from the figure shown before, so that at least `below` cases changed."""
        return self.below + self.base - 1

    @property
    def spread(self) -> int:
        """Largest less smallest count that a rounded figure leaves open."""
        return 2 * (self.base - 1)


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell as it is shown.

    Parameters
    ----------
    shown
        The rounded count; None where withheld.
    status
        Published now, kept from an earlier release, or withheld.
    reason
        The rule by which it is withheld, while the release is made; never published, and None once it was read.
    """

    shown: int | None
    status: Status
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A table of a release: its name, what it counts, and its columns."""

    id: str
    title: Text
    dims: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Release:
    """What may be published.

    Parameters
    ----------
    tables
        The tables.
    figures
        Every cell of every table and of every margin, once.
    units
        The values of each column that stand alone, in order; `REST` is the last.
    parents
        For a column of a hierarchy: the unit above each unit.
    rules
        By which it was made.
    commitment
        To the key of the rounding, in hexadecimal: the same key makes the same, and nobody can turn it back.
    number
        Of the release in its series, from 1.
    as_of
        Day of the counts (ISO 8601); empty where not said. Releases of the same day count the same cases.
    """

    tables: tuple[Shown, ...]
    figures: Mapping[Cell, Figure]
    units: Mapping[str, tuple[str, ...]]
    parents: Mapping[str, Mapping[str, str]]
    rules: Rules
    commitment: str
    number: int = 1
    as_of: str = ""

    @property
    def suppressed(self) -> int:
        """How many cells are withheld."""
        return sum(figure.status == "withheld" for figure in self.figures.values())

    @property
    def kept(self) -> int:
        """How many cells show the figure of an earlier release, since fewer than `below` cases may have changed."""
        return sum(figure.status == "kept" for figure in self.figures.values())

    def rows(self, table: Shown) -> Iterator[tuple[tuple[str, ...], Figure]]:
        """Give the rows of a table, its margins after its cells (`ALL` in the columns summed over)."""
        for values in sorted(product(*((*self.units[dim], ALL) for dim in table.dims)), key=lambda row: row.count(ALL)):
            yield values, self.figures[cell_of(table.dims, values, self.units)]

    def files(self) -> dict[str, bytes]:
        """Give the files to be published by name; see `telusur.balance.release.files`."""
        from telusur.balance.release.files import files  # noqa: PLC0415 - the files know the release, not it them

        return files(self)


def cell_of(dims: Sequence[str], values: Sequence[str], units: Mapping[str, Sequence[str]]) -> Cell:
    """Give the cell of a row; a column that has one unit splits nothing, and is left out."""
    return tuple(
        sorted((dim, value) for dim, value in zip(dims, values, strict=True) if value != ALL and len(units[dim]) > 1)
    )


def dims_of(cell: Cell) -> tuple[str, ...]:
    """Give the columns of a cell, in the order of their names."""
    return tuple(dim for dim, _ in cell)


def margins_of(cell: Cell) -> Iterator[Cell]:
    """Give every margin that holds a cell, the smallest first; not the cell itself."""
    for size in range(len(cell) - 1, -1, -1):
        yield from combinations(cell, size)
