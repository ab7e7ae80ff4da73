"""Spreadsheets of logins: unpacked by the house's own means first, then read by openpyxl in the limited worker."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from telusur.domain.errors import BadInput
from telusur.evidence import Archive
from telusur.exports.provider.rows import Row
from telusur.exports.written import content_of

WORKBOOK: Final = "xl/workbook.xml"
_LARGEST: Final = 64 << 20
_ROWS: Final = 200_000
_COLUMNS: Final = 200


def is_sheet(archive: Archive) -> bool:
    """Whether an archive is a spreadsheet of the newer form.

    Parameters
    ----------
    archive
        The file.
    """
    return any(member.name == WORKBOOK for member in archive.members)


def sheets(archive: Archive, name: str) -> Iterator[tuple[str, list[Row]]]:
    """Give each sheet's title and rows.

    Parameters
    ----------
    archive
        One for which `is_sheet` holds.
    name
        What to call it in messages.

    Raises
    ------
    BadInput
        If it is damaged, too large, or declares entities as no spreadsheet does.
    """
    packed = io.BytesIO()
    left = _LARGEST
    with zipfile.ZipFile(packed, "w") as plain:
        for member in archive.members:
            if not member.name.endswith((".xml", ".rels")):
                continue
            content, damage = content_of(archive, member.name, left)
            left -= len(content)
            if damage is not None:
                raise BadInput(f"is a spreadsheet that cannot be unpacked: {damage.en}", where=name)
            if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                raise BadInput("is a spreadsheet that declares entities, which none does that is honest", where=name)
            plain.writestr(member.name, content)
    try:
        # In the limited worker, from parts that were unpacked within their budget.
        book = openpyxl.load_workbook(packed, read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            rows = list(_rows(sheet.iter_rows(values_only=True, max_col=_COLUMNS, max_row=_ROWS)))
            width = max((len(row.cells) for row in rows), default=0)
            # Empty cells at a row's end are not written.
            yield sheet.title, [replace(row, cells=row.cells + ("",) * (width - len(row.cells))) for row in rows]
    except (InvalidFileException, KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError) as error:
        raise BadInput(f"is a spreadsheet that is damaged ({type(error).__name__})", where=name) from None


def _rows(values: Iterable[tuple[object, ...]]) -> Iterator[Row]:
    for number, cells in enumerate(values, start=1):
        words = tuple(_words(cell) for cell in cells)
        if any(words):
            said = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
            yield Row(words, number, hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest())


def _words(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M:%S}" if cell.tzinfo is None else cell.astimezone(UTC).isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
