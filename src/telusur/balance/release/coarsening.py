"""Values too small to stand alone go into the unit above them: district, province, island group, nation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from telusur.balance.release.figures import ALL, REST
from telusur.balance.result import CountTable
from telusur.domain.errors import BadInput

Chain = tuple[str, ...]
Unit = Callable[[str], str]
"""The units above a value, the nearest first; `REST` is above all."""

#: Groups of islands by the first digit of the codes of provinces (Permendagri on codes of regions).
_ISLANDS: Final[Mapping[str, str]] = {
    "1": "Sumatera",
    "2": "Sumatera",
    "3": "Jawa",
    "5": "Bali-Nusa Tenggara",
    "6": "Kalimantan",
    "7": "Sulawesi",
    "8": "Maluku",
    "9": "Papua",
}
_PROVINCE: Final = 2

#: A spreadsheet takes a value that starts so for a formula.
_FORMULA: Final = ("=", "+", "@", "\t", "\r")


def region_chain(code: str) -> Chain:
    """Give the units above a region by its code: ``31.71`` is in ``31``, that in ``Jawa``.

    Parameters
    ----------
    code
        Official code; any other word is below the nation only.
    """
    digits = code.replace(".", "")
    if not (digits.isascii() and digits.isdigit() and digits[0] in _ISLANDS and len(digits) >= _PROVINCE):
        return (REST,)
    island = _ISLANDS[digits[0]]
    return (island, REST) if len(digits) == _PROVINCE else (digits[:_PROVINCE], island, REST)


def chain(dim: str, value: str, hierarchy: Mapping[str, Mapping[str, Sequence[str]]]) -> Chain:
    """Give the units above a value.

    Parameters
    ----------
    dim
        The column.
    value
        The value.
    hierarchy
        By column and value: the units above it, the nearest first. Regions that stand in none are read by their code.
    """
    given = hierarchy.get(dim, {}).get(value)
    if given is not None:
        return (*given, *(() if given and given[-1] == REST else (REST,)))
    return region_chain(value) if dim == "region" else (REST,)


def units(
    dim: str,
    tables: Sequence[CountTable],
    chains: Mapping[str, Chain],
    below: int,
) -> tuple[str, ...]:
    """Give the values and units of a column that stand alone.

    Parameters
    ----------
    dim
        The column.
    tables
        Tables that have it.
    chains
        Of each of its values.
    below
        Smallest count.

    Notes
    -----
    From the finest: a unit stands alone if it holds at least `below` cases, and, where it lies in a hierarchy, at
    least `below` in half of its cells of each table; else its cases go to the unit above. `REST` always stands.
    """
    mass: dict[str, dict[tuple[int, tuple[str, ...]], int]] = defaultdict(lambda: defaultdict(int))
    others: dict[int, set[tuple[str, ...]]] = defaultdict(set)
    above: dict[str, Chain] = {REST: ()}
    for number, table in enumerate(tables):
        place = table.dims.index(dim)
        for key, count in table.cells.items():
            rest = key[:place] + key[place + 1 :]
            mass[key[place]][number, rest] += count
            others[number].add(rest)
    for value, over in chains.items():
        above[value] = () if value == REST else over
        for index, unit in enumerate(over):
            above.setdefault(unit, over[index + 1 :])
    stand = []
    for unit in sorted(above, key=lambda one: (-len(above[one]), one)):
        cells = mass[unit]
        if unit == REST:
            continue
        if not unit.startswith(_FORMULA) and _stands(cells, others, below, strict=len(above[unit]) > 1):
            stand.append(unit)
            continue
        for place_, count in cells.items():
            mass[above[unit][0]][place_] += count
    return (*sorted(stand), REST)


def _stands(
    cells: Mapping[tuple[int, tuple[str, ...]], int],
    others: Mapping[int, set[tuple[str, ...]]],
    below: int,
    *,
    strict: bool,
) -> bool:
    for number, rest in others.items():
        counts = [cells.get((number, other), 0) for other in rest]
        if sum(counts) < below:
            return False
        if strict and 2 * sum(count >= below for count in counts) < len(counts):
            return False
    return bool(others)


def unit_of(value: str, over: Chain, standing: Sequence[str]) -> str:
    """Give the unit that a value is counted in: the nearest above it that stands."""
    return next((unit for unit in (value, *over) if unit in standing), REST)


def recoded(table: CountTable, unit: Mapping[str, Unit]) -> dict[tuple[str, ...], int]:
    """Give the cells of a table by units.

    Parameters
    ----------
    table
        The table.
    unit
        For each column, the unit of a value.

    Raises
    ------
    BadInput
        If a value is the word that stands for a sum.
    """
    found: dict[tuple[str, ...], int] = defaultdict(int)
    for key, count in table.cells.items():
        if ALL in key:
            raise BadInput(f"the value {ALL!r} stands for a sum; rename it", where=table.id)
        found[tuple(unit[dim](value) for dim, value in zip(table.dims, key, strict=True))] += count
    return dict(found)
