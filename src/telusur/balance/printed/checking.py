"""The arithmetic of a printed table, written out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any, Final, Literal

from telusur.balance.printed.table import PrintedCell, PrintedTable
from telusur.domain import marked_yaml
from telusur.domain.text import Language, Text

Kind = Literal["sum", "part", "share"]

#: A printed percentage this far, in points, from its own counts is taken for rounded or rounded twice.
PERCENT: Final = Decimal("0.6")


@dataclass(frozen=True, slots=True)
class Sum:
    """One relation of a table, checked.

    Parameters
    ----------
    kind
        All parts together are the cell; named parts are no more than it; a percentage is that of its counts.
    cell
        Id of the cell.
    arithmetic
        Written out: ``314 + 99 = 413``.
    printed
        What the cell says.
    computed
        What the arithmetic gives, exact; a percentage to four decimals.
    tolerance
        How far apart they may be.
    holds
        Whether they are no further apart.
    words
        The finding in one sentence.
    """

    kind: Kind
    cell: str
    arithmetic: Text
    printed: Decimal
    computed: Decimal
    tolerance: Decimal
    holds: bool
    words: Text

    @property
    def difference(self) -> Decimal:
        """Printed less computed."""
        return self.printed - self.computed


def check(table: PrintedTable) -> tuple[Sum, ...]:
    """Check what the cells of a table say of each other.

    Parameters
    ----------
    table
        The table.

    Returns
    -------
    tuple of Sum
        In the order of the cells; none where no cell names others.

    Notes
    -----
    Counts must be exact. A sum of percentages may be off by the rounding of each as printed; a percentage of two counts
    by 0.6 points or its own rounding, whichever is more. A tolerance that a cell states goes before these.
    """
    found: list[Sum] = []
    for cell in table.cells:
        found += (_sum(table, cell, parts, "sum") for parts in cell.sum_of)
        if cell.some_of:
            found.append(_sum(table, cell, cell.some_of, "part"))
        if cell.share_of is not None:
            found.append(_share(table, cell))
    return tuple(found)


def adds_up(sums: tuple[Sum, ...]) -> bool:
    """Whether every relation holds."""
    return all(one.holds for one in sums)


def _sum(table: PrintedTable, cell: PrintedCell, names: tuple[str, ...], kind: Kind) -> Sum:
    parts = [table.cell(name) for name in names]
    computed = sum((part.value for part in parts), Decimal(0))
    rounding = sum((_half(one) for one in (*parts, cell)), Decimal(0)) if cell.unit == "percent" else Decimal(0)
    tolerance = rounding if cell.tolerance is None else cell.tolerance
    gap = cell.value - computed
    holds = -gap <= tolerance and (kind == "part" or gap <= tolerance)
    arithmetic = Text(
        *(
            f"{' + '.join(number(part.value, language) for part in parts)} = {_with_unit(computed, cell, language)}"
            for language in _LANGUAGES
        )
    )
    return _said("short" if gap > 0 else "over", kind, cell, arithmetic, computed, tolerance, holds=holds)


def _share(table: PrintedTable, cell: PrintedCell) -> Sum:
    assert cell.share_of is not None
    part, whole = table.cell(cell.share_of.part), table.cell(cell.share_of.whole)
    computed = (100 * part.value / whole.value).quantize(Decimal("0.0001"))
    tolerance = max(PERCENT, _half(cell)) if cell.tolerance is None else cell.tolerance
    decimals = max(_decimals(cell.value), 1)
    shown = computed.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    arithmetic = Text(
        *(
            f"{number(part.value, language)} / {number(whole.value, language)} = {_with_unit(shown, cell, language)}"
            for language in _LANGUAGES
        )
    )
    holds = abs(cell.value - computed) <= tolerance
    return _said("share", "share", cell, arithmetic, computed, tolerance, holds=holds)


_LANGUAGES: Final[tuple[Language, Language]] = ("id", "en")


def _said(
    apart: str, kind: Kind, cell: PrintedCell, arithmetic: Text, computed: Decimal, tolerance: Decimal, *, holds: bool
) -> Sum:
    gap = abs(cell.value - computed)
    if kind == "share":
        gap = gap.quantize(Decimal(1).scaleb(-max(_decimals(cell.value), 1)), ROUND_HALF_UP)
    said = Text.of(_words()["holds" if holds else apart])
    words = Text(
        *(
            said.in_language(language).format(
                label=cell.label.in_language(language),
                arithmetic=arithmetic.in_language(language),
                printed=_with_unit(cell.value, cell, language),
                gap=number(gap, language),
            )
            for language in _LANGUAGES
        )
    )
    return Sum(kind, cell.id, arithmetic, cell.value, computed, tolerance, holds, words)


def number(value: Decimal, language: Language) -> str:
    """Write a number as people print it: 1.402 and 88,5 in Indonesian, 1,402 and 88.5 in English."""
    english = f"{value:,}"
    return english if language == "en" else english.translate(str.maketrans(",.", ".,"))


def _with_unit(value: Decimal, cell: PrintedCell, language: Language) -> str:
    return f"{number(value, language)} %" if cell.unit == "percent" else number(value, language)


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _half(cell: PrintedCell) -> Decimal:
    """Give half a unit of the last decimal printed."""
    return Decimal(5).scaleb(-_decimals(cell.value) - 1)


@cache
def _words() -> Any:  # noqa: ANN401 - a document of our own
    return marked_yaml.packaged("telusur.balance.printed", "words.yaml").value
