"""Tables as rows of cells, each row with its place: text with any separator, and X's lists of objects."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from telusur.exports.written import Line, Written

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


def separator_of(written: Written) -> tuple[str, int] | None:
    """Give what separates the cells of a table, and how many a row has; ``None`` if this is no table.

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
    best, most = None, 1
    for separator in _SEPARATORS:
        # Line by line; and, where cells hold ends of lines, with their quotes.
        for counts in (_alone(lines, separator), _quoted(lines, separator)):
            common = max(set(counts), key=counts.count, default=1)
            if common > most and counts.count(common) * 2 > len(counts):
                best, most = separator, common
    return None if best is None else (best, most)


def _alone(lines: Sequence[str], separator: str) -> list[int]:
    return [len(_cells(line, separator)) for line in lines]


def _quoted(lines: Sequence[str], separator: str) -> list[int]:
    try:
        return [len(row) for row in csv.reader([f"{line}\n" for line in lines], delimiter=separator)]
    except csv.Error:
        return []


def table(written: Written, separator: str, width: int) -> Iterator[Row]:
    """Give the rows of a table that are not empty.

    Parameters
    ----------
    written
        The file.
    separator
        What separates its cells.
    width
        Cells of a row.
    """
    lines = list(written.lines())
    at = 0
    while at < len(lines):
        taken, cells = 1, _cells(lines[at].text, separator)
        if '"' in lines[at].text and len(cells) != width:
            taken, cells = _joined(lines[at : at + _LINES], separator, width) or (taken, cells)
        if any(cells):
            start, end = lines[at].start, lines[at + taken - 1].end
            yield Row(cells, start, written.sha256(start, end))
        at += taken


def _joined(lines: Sequence[Line], separator: str, width: int) -> tuple[int, tuple[str, ...]] | None:
    """Give a row whose cells in quotes hold ends of lines; ``None`` if a quote is only never closed."""
    text = lines[0].text
    for count, line in enumerate(lines[1:], start=2):
        text = f"{text}\n{line.text}"
        if text.count('"') % 2 == 0:
            cells = _cells(text, separator)
            return (count, cells) if len(cells) == width else None
    return None


def _cells(text: str, separator: str) -> tuple[str, ...]:
    if '"' not in text:
        row = text.split(separator)
    else:
        try:
            row = next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), [])
        except csv.Error:
            row = text.split(separator)
    return tuple([cell.strip() for cell in row[:_WIDEST]])


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
