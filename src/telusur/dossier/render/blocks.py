"""What a document is made of, before it is a page or a PDF.

Both forms are rendered from the same blocks, so that they say the same things in the same order. Text in a run is
plain text, never markup: it may come from a hostile hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from telusur.domain.text import Language

#: ``case`` is text from the case itself, set apart so that its direction cannot touch what surrounds it.
Style = Literal["plain", "strong", "muted", "code", "case"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style.

    Parameters
    ----------
    to
        Anchor on the same page that it leads to, or ``./name`` of a file beside the page; empty if it leads nowhere. On
        paper it is plain text.
    """

    text: str
    style: Style = "plain"
    to: str = ""


Line = tuple[Run, ...]
#: One or more lines: what stands in a cell of a table.
Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the document's own title and stands once."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    line: Line
    look: Literal["plain", "lead", "small"] = "plain"


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph set apart: what a reader must not miss."""

    lines: Cell
    look: Literal["info", "result", "empty"] = "info"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the case, quoted as they stand."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Names and what they stand for, one below the other."""

    rows: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Parameters
    ----------
    title
        Its heading.
    share
        Its part of the width beside the other columns' shares.
    number
        Whether it holds numbers, which stand right.
    """

    title: str
    share: float = 1.0
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Parameters
    ----------
    caption
        What it shows.
    columns, rows
        Its content; the first cell of a row is the row's heading.
    stacks
        Whether each row becomes a card of its own on a narrow screen.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    stacks: bool = True


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture.

    Parameters
    ----------
    caption
        What it is, under it.
    description
        What it shows, for those who cannot see it.
    wide, narrow
        The picture as SVG for paper and desk, and for a telephone.
    """

    caption: str
    description: str
    wide: str
    narrow: str


Block = Heading | Paragraph | Note | Quote | Bullets | Pairs | Table | Figure


@dataclass(frozen=True, slots=True)
class Page:
    """A whole document.

    Parameters
    ----------
    title
        Its title, without any person's name.
    subtitle
        What kind of document it is.
    running
        What stands at the top of each printed page.
    day
        Its date: the day of the report, never the day of printing.
    language
        In which it is written.
    blocks
        What it says.
    """

    title: str
    subtitle: str
    running: str
    day: date
    language: Language
    blocks: Sequence[Block]

    @property
    def contents(self) -> list[Heading]:
        """The headings that a table of contents lists."""
        return [b for b in self.blocks if isinstance(b, Heading) and b.level == 2]  # noqa: PLR2004 - level 1 is the title


def line(*parts: str | Run) -> Line:
    """Give a line of runs; a plain string is plain text."""
    return tuple(part if isinstance(part, Run) else Run(part) for part in parts)


def cell(*lines: str | Run | Line) -> Cell:
    """Give a cell of lines; a string or a run makes a line of its own."""
    return tuple(part if isinstance(part, tuple) else line(part) for part in lines)


def strong(text: str) -> Run:
    """Give text that is stressed."""
    return Run(text, "strong")


def muted(text: str) -> Run:
    """Give text that stands back."""
    return Run(text, "muted")


def code(text: str) -> Run:
    """Give text that a machine wrote or reads: a hash, a path, an address."""
    return Run(text, "code")


def case(text: str) -> Run:
    """Give text that somebody in the case wrote."""
    return Run(text, "case")
