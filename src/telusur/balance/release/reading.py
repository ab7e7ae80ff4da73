"""Reading a release back from its folder, as anybody finds it."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from telusur.balance.release.figures import ALL, REST, Cell, Figure, Release, Rules, Shown, cell_of
from telusur.balance.release.files import COUNT, MANIFEST, STATUS
from telusur.domain.errors import BadInput
from telusur.domain.marked_yaml import dotted
from telusur.domain.text import Text

#: Tables of counts are small; what is larger is none.
_LARGEST: Final = 64 * 1024 * 1024
_ANEW: Final = "publish the release anew, or fetch its files again"

Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_-]{0,99}$")]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class _Open(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)


class _TextIn(_Open):
    id: str
    en: str


class _RulesIn(_Open):
    below: Annotated[int, Field(ge=1)]
    base: Annotated[int, Field(ge=1)]
    dominance: Annotated[float, Field(gt=0, le=1)]


class _ColumnIn(_Open):
    units: Annotated[list[str], Field(min_length=1)]
    parents: dict[str, str]


class _TableIn(_Open):
    id: Name
    title: _TextIn
    columns: list[str]
    sha256: Hash


class _ReleaseIn(_Open):
    schema_: Annotated[Literal["telusur.balance_release/1"], Field(alias="schema")]
    number: Annotated[int, Field(ge=1)]
    as_of: str | None = None
    rules: _RulesIn
    key_commitment: Hash
    columns: dict[str, _ColumnIn]
    tables: Annotated[list[_TableIn], Field(min_length=1)]


def read(folder: Path) -> Release:
    """Read a release.

    Parameters
    ----------
    folder
        Where its files lie.

    Raises
    ------
    BadInput
        If a file is missing, is not as it was published, or contradicts another.
    """
    where = str(folder / MANIFEST)
    try:
        given = _ReleaseIn.model_validate(json.loads(_bytes(folder / MANIFEST)))
    except ValidationError as error:
        found = error.errors()[0]
        raise BadInput(
            f"{found['msg'][:1].lower()}{found['msg'][1:]}; {_ANEW}", where=where, field=dotted(found["loc"]) or None
        ) from None
    except (ValueError, RecursionError):
        raise BadInput(f"is no JSON; {_ANEW}", where=where) from None
    units = {dim: tuple(column.units) for dim, column in given.columns.items()}
    _check_columns(given, units, where)
    figures: dict[Cell, Figure] = {}
    for table in given.tables:
        path = folder / f"{table.id}.csv"
        content = _bytes(path)
        if hashlib.sha256(content).hexdigest() != table.sha256:
            raise BadInput(
                f"is not as it was published: its SHA-256 is not that of {MANIFEST}; {_ANEW}", where=str(path)
            )
        for cell, figure in _figures(content, table.columns, units, str(path)):
            if figures.setdefault(cell, figure) != figure:
                raise BadInput(f"shows {dict(cell)} otherwise than another table does; {_ANEW}", where=str(path))
    return Release(
        tuple(Shown(table.id, Text(table.title.id, table.title.en), tuple(table.columns)) for table in given.tables),
        figures,
        units,
        {dim: column.parents for dim, column in given.columns.items()},
        Rules(given.rules.below, given.rules.base, given.rules.dominance),
        given.key_commitment,
        given.number,
        given.as_of or "",
    )


def _check_columns(given: _ReleaseIn, units: Mapping[str, tuple[str, ...]], where: str) -> None:
    for table in given.tables:
        if not set(table.columns) <= units.keys() or len(set(table.columns)) < len(table.columns):
            raise BadInput(f"the columns of {table.id!r} are not those explained; {_ANEW}", where=where)
    for dim, standing in units.items():
        if REST not in standing or ALL in standing or len(set(standing)) < len(standing):
            raise BadInput(f"the units of {dim!r} are not those of a release; {_ANEW}", where=where)


def _figures(
    content: bytes, dims: Sequence[str], units: Mapping[str, tuple[str, ...]], where: str
) -> Iterator[tuple[Cell, Figure]]:
    try:
        rows = list(csv.reader(content.decode().splitlines(keepends=True), strict=True))
    except (UnicodeDecodeError, csv.Error):
        raise BadInput(f"is no CSV in UTF-8; {_ANEW}", where=where) from None
    if not rows or rows[0] != [*dims, COUNT, STATUS]:
        raise BadInput(f"its first line is not {','.join([*dims, COUNT, STATUS])}; {_ANEW}", where=where)
    expected = set(product(*((*units[dim], ALL) for dim in dims)))
    for line, row in enumerate(rows[1:], 2):
        values = tuple(row[: len(dims)])
        if len(row) != len(dims) + 2 or values not in expected:
            raise BadInput(f"this row is none of the table's, or stands twice; {_ANEW}", where=where, line=line)
        expected.remove(values)
        yield cell_of(dims, values, units), _figure(row[-2], row[-1], where, line)
    if expected:
        raise BadInput(f"the row {','.join(min(expected))} is missing; {_ANEW}", where=where)


def _figure(count: str, status: str, where: str, line: int) -> Figure:
    if status == "withheld" and not count:
        return Figure(None, "withheld")
    if status in ("published", "kept") and count.isascii() and count.isdigit() and len(count) < _DIGITS:
        return Figure(int(count), "published" if status == "published" else "kept")
    raise BadInput(f"{count!r} with {status!r} is no figure; {_ANEW}", where=where, line=line)


_DIGITS: Final = 15


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise BadInput(f"is larger than any table of a release; {_ANEW}", where=str(path))
        return path.read_bytes()
    except FileNotFoundError:
        raise BadInput(f"is missing; name the folder of a release; {_ANEW}", where=str(path)) from None
    except OSError as error:
        raise BadInput(f"cannot be read ({error.strerror})", where=str(path)) from None
