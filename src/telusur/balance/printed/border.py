"""Reading a printed table from YAML or JSON: every fault with its file, line and field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from telusur.balance.printed.table import PrintedCell, PrintedTable, Share, Unit
from telusur.domain import marked_yaml
from telusur.domain.errors import BadInput, SeveralProblems, nearest
from telusur.domain.text import Text

SCHEMA: Final = "telusur.table/1"

#: No count of people or cases is larger, and no percentage has more decimals.
_LARGEST: Final = Decimal(10) ** 15
_DECIMALS: Final = 9


def _number(value: object) -> Decimal:
    """Take a number as written; a quoted one keeps the zeros at its end."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(_EXPECTED)  # noqa: TRY004 - pydantic takes these for faults of the input
    try:
        found = Decimal(value if isinstance(value, str) else repr(value))
    except InvalidOperation:
        raise ValueError(_EXPECTED) from None
    exponent = found.as_tuple().exponent
    if not found.is_finite() or not 0 <= found <= _LARGEST or not isinstance(exponent, int) or exponent < -_DECIMALS:
        raise ValueError(_EXPECTED)
    # A power of ten is written out: 1e3 is printed 1000.
    return found if exponent <= 0 else found.quantize(Decimal(1))


_EXPECTED: Final = "expected a number of 0 or more as printed, with a point before its decimals: 433, 88.5 or '77.0'"


def _several(value: object) -> object:
    """One list of cells, or several lists."""
    return [value] if isinstance(value, list) and not any(isinstance(one, list) for one in value) else value


Number = Annotated[Decimal, BeforeValidator(_number)]
Ids = Annotated[list[str], Field(min_length=1, max_length=10_000)]
Words = Annotated[str, Field(min_length=1, max_length=2_000)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _TextIn(_Strict):
    id: Words
    en: Words


class _ShareIn(_Strict):
    part: str
    whole: str


class _CellIn(_Strict):
    id: Words
    label: _TextIn | Words | None = None
    value: Number
    unit: Unit = "count"
    tolerance: Number | None = None
    sum_of: Annotated[list[Ids], BeforeValidator(_several)] = []
    some_of: list[str] = []
    share_of: _ShareIn | None = None


class _TableIn(_Strict):
    schema_: Annotated[Literal["telusur.table/1"], Field(alias="schema")]
    title: _TextIn | Words
    body: Words
    date: Words
    source: str = ""
    url: str = ""
    note: _TextIn | Words | None = None
    cells: Annotated[list[_CellIn], Field(min_length=1, max_length=10_000)]


def read(text: str, where: str) -> PrintedTable:
    """Read a printed table.

    Parameters
    ----------
    text
        YAML or JSON by ``telusur.table/1``.
    where
        File it came from, for the errors.

    Raises
    ------
    BadInput
        If it is no YAML; as `SeveralProblems`, naming each fault with its line and field.
    """
    marked = marked_yaml.parse(text, where)
    value = marked.value
    if not isinstance(value, dict):
        raise BadInput("holds no printed table; expected schema telusur.table/1, title and cells", where=where)
    try:
        given = _TableIn.model_validate(value)
    except ValidationError as error:
        raise _together([_problem(marked, found) for found in error.errors()]) from None
    problems = list(_relations(given, marked))
    if problems:
        raise _together(problems)
    return PrintedTable(
        _text(given.title),
        given.body,
        given.date,
        given.source,
        given.url,
        None if given.note is None else _text(given.note),
        tuple(_cell(cell) for cell in given.cells),
    )


def _cell(cell: _CellIn) -> PrintedCell:
    return PrintedCell(
        cell.id,
        _text(cell.label or cell.id),
        cell.value,
        cell.unit,
        cell.tolerance,
        tuple(tuple(parts) for parts in cell.sum_of),
        tuple(cell.some_of),
        None if cell.share_of is None else Share(cell.share_of.part, cell.share_of.whole),
    )


def _text(given: _TextIn | str) -> Text:
    return Text(given, given) if isinstance(given, str) else Text(given.id, given.en)


def _relations(given: _TableIn, marked: marked_yaml.MarkedYaml) -> Iterator[BadInput]:
    """Give what is wrong in what cells say of each other."""
    cells: dict[str, _CellIn] = {}
    for index, cell in enumerate(given.cells):
        if cell.id in cells:
            yield marked.problem(("cells", index, "id"), f"{cell.id!r} stands twice; each cell needs an id of its own")
        cells.setdefault(cell.id, cell)
    for index, cell in enumerate(given.cells):
        at = ("cells", index)
        named = [("sum_of", parts) for parts in cell.sum_of] + [("some_of", cell.some_of)]
        for field, parts in named:
            yield from (marked.problem((*at, field), said) for said in _sum(cell, parts, cells))
        if cell.share_of is not None:
            yield from (marked.problem((*at, "share_of"), said) for said in _share(cell, cell.share_of, cells))


def _sum(cell: _CellIn, parts: list[str], cells: Mapping[str, _CellIn]) -> Iterator[str]:
    for part in parts:
        if part not in cells:
            yield f"{part!r} is no cell of this table; {nearest(part, cells)}"
        elif part == cell.id:
            yield f"{part!r} cannot be a part of itself; name its parts"
        elif cells[part].unit != cell.unit:
            yield f"{part!r} is in {cells[part].unit}, {cell.id!r} in {cell.unit}; only figures of one unit add up"
    if len(set(parts)) < len(parts):
        yield "a cell stands twice among the parts; name each once"


def _share(cell: _CellIn, share: _ShareIn, cells: Mapping[str, _CellIn]) -> Iterator[str]:
    unknown = [name for name in (share.part, share.whole) if name not in cells]
    for name in unknown:
        yield f"{name!r} is no cell of this table; {nearest(name, cells)}"
    if cell.unit != "percent":
        yield f"{cell.id!r} is a count; a share is printed in percent: add `unit: percent`"
    if cell.id in {share.part, share.whole}:
        yield f"{cell.id!r} cannot be a share of itself; name part and whole"
    if not unknown and cells[share.whole].value == 0:
        yield f"the whole {share.whole!r} is 0; nothing is a share of it"
    if not unknown and cells[share.part].unit != cells[share.whole].unit:
        yield f"{share.part!r} and {share.whole!r} are of two units; a share is of figures of one unit"


def _together(problems: list[BadInput]) -> BadInput:
    return problems[0] if len(problems) == 1 else SeveralProblems(problems)


def _problem(marked: marked_yaml.MarkedYaml, found: Any) -> BadInput:  # noqa: ANN401 - as the checker of models gives it
    # A field that may be words or a pair of words is named twice; the branch is no part of the path.
    path = tuple(step for step in found["loc"] if not (isinstance(step, str) and step.startswith(("_", "constrained"))))
    return marked.problem(path, _sentence(found, path))


def _sentence(found: Any, path: marked_yaml.Path) -> str:  # noqa: ANN401 - as the checker of models gives it
    kind, said = found["type"], found["msg"]
    if kind == "extra_forbidden":
        of = _CellIn if len(path) > 1 and path[0] == "cells" else _TableIn
        return f"is no field here; {nearest(str(path[-1]), [name.rstrip('_') for name in of.model_fields])}"
    if kind == "missing":
        return "is missing; write it as the printed table has it"
    if kind == "value_error":
        return f"{said.removeprefix('Value error, ')}, found {found['input']!r}"
    return f"{said[:1].lower()}{said[1:]}, found {found['input']!r}"
