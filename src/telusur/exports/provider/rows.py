"""Tables as rows of cells, each row with its place: text with any separator, and X's lists of objects."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from telusur.exports.written import Written

_SEPARATORS: Final = ",;\t|"
_LOOKED_AT: Final = 20
#: Longest row of a table, in lines: a quote that is never closed must not swallow the file.
_LINES: Final = 50
_OBJECT: Final = re.compile(r"\{[^{}]*\}")
_PAIR: Final = re.compile(r'"(\w{1,60})"\s*:\s*(?:"((?:[^"\\]|\\.)*)"|(-?\d{1,20}|true|false|null))')
_WIDEST: Final = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Parameters
    ----------
    cells
        As written, without outer spaces.
    place
        Bytes from the start of the file; in a spreadsheet, the row's number.
    sha256
        Lower-case hex hash of its bytes; in a spreadsheet, of its cells as JSON.
    """

    cells: tuple[str, ...]
    place: int
    sha256: str


def separator_of(written: Written) -> str | None:
    """Give what separates the cells of a table; ``None`` if this is no table.

    Parameters
    ----------
    written
        The file.
    """
    lines = []
    for line in written.lines():
        if line.text.strip():
            lines.append(line.text)
        if len(lines) >= _LOOKED_AT:
            break
    best, most = None, 0
    for separator in _SEPARATORS:
        counts = [len(row) for row in csv.reader(lines, delimiter=separator)]
        common = max(set(counts), key=counts.count, default=1)
        if common > most and common > 1 and counts.count(common) * 2 > len(counts):
            best, most = separator, common
    return best


def table(written: Written, separator: str) -> Iterator[Row]:
    """Give the rows of a table that are not empty.

    Parameters
    ----------
    written
        The file.
    separator
        What separates its cells.
    """
    held, start, end, count = "", 0, 0, 0
    for line in written.lines():
        if not held:
            start, count = line.start, 0
        held, end, count = f"{held}\n{line.text}" if held else line.text, line.end, count + 1
        # A cell in quotes may hold the end of a line.
        if held.count('"') % 2 and count < _LINES:
            continue
        cells = _cells(held, separator)
        if any(cells):
            yield Row(cells, start, written.sha256(start, end))
        held = ""
    if held and any(cells := _cells(held, separator)):
        yield Row(cells, start, written.sha256(start, end))


def _cells(text: str, separator: str) -> tuple[str, ...]:
    try:
        row = next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), [])
    except csv.Error:
        row = text.split(separator)
    return tuple(cell.strip() for cell in row[:_WIDEST])


def objects(written: Written) -> tuple[list[str], list[Row]]:
    """Give the keys and the rows of a list of flat objects, whatever stands around them.

    Parameters
    ----------
    written
        The file; X's own are lists of objects under headings and signatures.
    """
    keys: dict[str, None] = {}
    found: list[tuple[dict[str, str], int, int]] = []
    encoded, at, offset = written.encoding, 0, written.begins
    for one in _OBJECT.finditer(written.text):
        pairs = {key: text or number for key, text, number in _PAIR.findall(one[0])}
        if not pairs:
            continue
        offset += len(written.text[at : one.start()].encode(encoded, "replace"))
        length = len(one[0].encode(encoded, "replace"))
        found.append((pairs, offset, offset + length))
        offset, at = offset + length, one.end()
        keys.update(dict.fromkeys(pairs))
    rows = [
        Row(tuple(pairs.get(key, "") for key in keys), start, written.sha256(start, end)) for pairs, start, end in found
    ]
    return list(keys), rows
