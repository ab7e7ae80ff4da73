"""A table as somebody printed it, and what its figures should come to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from telusur.domain.text import Text

Unit = Literal["count", "percent"]


@dataclass(frozen=True, slots=True)
class Share:
    """What a percentage is of: ids of the cells of part and whole."""

    part: str
    whole: str


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """One printed figure.

    Parameters
    ----------
    id
        Its name in the table.
    label
        What it counts.
    value
        As printed; its decimals are those printed.
    unit
        A count, or percent.
    tolerance
        How far it may lie from the arithmetic, in its own unit; None for what the unit allows.
    sum_of
        Each a list of cells that together are all of it.
    some_of
        Cells that are part of it beside others not named.
    share_of
        What it is a percentage of.
    """

    id: str
    label: Text
    value: Decimal
    unit: Unit = "count"
    tolerance: Decimal | None = None
    sum_of: tuple[tuple[str, ...], ...] = ()
    some_of: tuple[str, ...] = ()
    share_of: Share | None = None


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A printed table.

    Parameters
    ----------
    title
        What it is about.
    body
        Who gave the figures.
    date
        Day, month or year they stand for, as written.
    source, url
        Who printed them, and where; empty where not said.
    note
        What is to be known beside.
    cells
        The figures.
    """

    title: Text
    body: str
    date: str
    source: str
    url: str
    note: Text | None
    cells: tuple[PrintedCell, ...]

    def cell(self, name: str) -> PrintedCell:
        """Give a cell by its id."""
        return next(cell for cell in self.cells if cell.id == name)
