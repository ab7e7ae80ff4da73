"""Many rows in, as JSONL, CSV or Parquet; one line of JSON a row out, in order and in constant memory."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, BinaryIO, Final

import polars as pl
from rich.progress import Progress

from telusur.domain.errors import BadInput, TelusurError
from telusur.domain.text import is_whole
from telusur.evidence import written_beside

Row = Mapping[str, Any]
#: 1-based line (CSV, JSONL) or row (Parquet), with what stands there or what is wrong with it.
Rows = Iterator[tuple[int, Row | BadInput]]

_JSON_LINES: Final = (".jsonl", ".ndjson")
_TABLES: Final = (".csv", ".parquet")

#: Bytes; longer lines are no rows but a file of another kind.
_LONGEST_LINE = 16_000_000
#: Rows that are held at once.
_HELD = 2_000
#: Rows between two steps of the bar.
_STEP = 500

_CELLS: Final[Mapping[str, bool | None]] = {"true": True, "false": False, "null": None}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows were answered, and how many were bad."""

    done: int
    bad: int


def is_batch(path: Path) -> bool:
    """Whether a file holds many rows, by its name."""
    return path.suffix.lower() in {*_JSON_LINES, *_TABLES}


def read_batch(path: Path, *, words: Collection[str] = ()) -> Rows:
    """Give the rows of a batch, one after the other.

    Parameters
    ----------
    path
        ``.jsonl`` or ``.ndjson`` (an object a line), ``.csv`` (comma, semicolon or tab, by its first line), or
        ``.parquet``. In a table, an empty cell is absent, ``true`` and ``false`` are what they say, and ``null`` says
        "unknown"; dotted column names stay as they are.
    words
        Columns of text, whose cells are never read as anything else.

    Yields
    ------
    tuple of int and row
        The 1-based line, or row of a Parquet file, and the row, or a `BadInput` for a line that is none.

    Raises
    ------
    BadInput
        If the file as a whole cannot be read.
    """
    kind = path.suffix.lower()
    if kind not in {*_JSON_LINES, *_TABLES}:
        known = ", ".join((*_JSON_LINES, *_TABLES))
        raise BadInput(f"is no batch by its name; expected a file that ends in {known}", where=str(path))
    if not path.is_file():
        problem = "there is no such file; check the name" if not path.exists() else "is no plain file"
        raise BadInput(problem, where=str(path))
    try:
        if kind == ".parquet":
            yield from _parquet(path, words)
            return
        with path.open("rb") as file:
            yield from _json_lines(file) if kind in _JSON_LINES else _csv(file, str(path), words)
    except OSError as error:
        raise BadInput(f"cannot be read ({error.strerror or error})", where=str(path)) from None


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes | BadInput]]:
    number = 0
    while line := file.readline(_LONGEST_LINE):
        number += 1
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if len(line) == _LONGEST_LINE and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = file.readline(_LONGEST_LINE)
            yield number, BadInput(f"is longer than {_LONGEST_LINE:,} bytes; put one row on a line")
            continue
        yield number, line


def _json_lines(file: BinaryIO) -> Rows:
    for number, line in _lines(file):
        if isinstance(line, BadInput):
            yield number, line
        elif line.strip():
            yield number, _object(line)


def _object(line: bytes) -> Row | BadInput:
    try:
        value = _DECODER.decode(line.decode())
        # A lone half of a character is no text, and no writer takes it.
        if b"\\u" in line:
            json.dumps(value, ensure_ascii=False).encode()
    except BadInput as error:
        return error
    except UnicodeError:
        return BadInput("is not UTF-8 text; save it as UTF-8")
    except ValueError as error:
        return BadInput(f"is no JSON ({error})")
    except RecursionError:
        return BadInput("is nested too deep")
    return value if isinstance(value, dict) else BadInput('expected an object, as {"id": "A1"}')


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    row = dict(pairs)
    if len(row) < len(pairs):
        raise BadInput("a field stands twice; keep one")
    return row


def _no_constant(name: str) -> object:
    raise BadInput(f"{name} is no JSON; use null for what is unknown")


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_constant)
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


def _csv(file: BinaryIO, name: str, words: Collection[str]) -> Rows:
    faults: list[BadInput] = []
    lines = _texts(file, faults)
    header, delimiter = _header(next(lines, ""), name)
    table = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        number = table.line_num + 2
        try:
            cells = next(table)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, BadInput(f"is no row of CSV ({error}); check its quotes")
            continue
        if faults:
            yield number, faults.pop()
            faults.clear()
        elif not cells:
            continue
        elif len(cells) != len(header):
            yield number, BadInput(f"has {len(cells)} cells, but there are {len(header)} columns")
        elif not all(map(is_whole, cells)):
            yield number, BadInput("is not UTF-8 text; save it as UTF-8")
        else:
            yield number, _typed(zip(header, cells, strict=True), words)


def _header(first: str, name: str) -> tuple[list[str], str]:
    if not is_whole(first):
        raise BadInput("is not UTF-8 text; save it as UTF-8", where=name, line=1)
    delimiter = max(",;\t", key=first.count)
    try:
        header = [column.strip() for column in next(csv.reader([first], delimiter=delimiter, strict=True), [])]
    except csv.Error as error:
        raise BadInput(f"the first line names no columns ({error})", where=name, line=1) from None
    if not any(header):
        raise BadInput("the first line names no columns", where=name, line=1)
    if len(set(header)) < len(header):
        twice = next(column for column in header if header.count(column) > 1)
        raise BadInput(f"the column {twice!r} stands twice; keep one", where=name, line=1)
    return header, delimiter


def _texts(file: BinaryIO, faults: list[BadInput]) -> Iterator[str]:
    for _, line in _lines(file):
        if isinstance(line, BadInput):
            faults.append(line)
            yield "\n"
        else:
            # Undecodable bytes become lone surrogates, so that they spoil their own row only.
            yield line.decode("utf-8", "surrogateescape")


def _typed(cells: Iterable[tuple[str, object]], words: Collection[str]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for column, cell in cells:
        if cell == "" or cell is None:
            continue
        row[column] = _CELLS.get(cell, cell) if isinstance(cell, str) and column not in words else _plain(cell)
    return row


def _plain(cell: object) -> object:
    """Give a Parquet cell as JSON would hold it."""
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    if isinstance(cell, dict):
        return {name: _plain(inner) for name, inner in cell.items() if inner is not None}
    if isinstance(cell, list):
        return [_plain(inner) for inner in cell]
    return cell


def _parquet(path: Path, words: Collection[str]) -> Rows:
    number = 0
    try:
        for batch in pl.scan_parquet(path, glob=False).collect_batches(chunk_size=_HELD, maintain_order=True):
            for cells in batch.iter_rows(named=True):
                number += 1
                yield number, _typed(cells.items(), words)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        reason = " ".join(str(error).split())
        raise BadInput(f"is no Parquet file that can be read ({reason})", where=str(path)) from None


def line_of(answer: Mapping[str, object]) -> bytes:
    """Write an answer as a line of JSON."""
    return (_ENCODER.encode(answer) + "\n").encode()


def run_batch(
    rows: Rows,
    work: Callable[[Row], Mapping[str, object] | bytes],
    out: Path,
    *,
    force: bool = False,
    bar: Progress | None,
) -> Counts:
    """Answer every row with a line of JSON; a bad one becomes ``{"line": n, "error": "..."}`` in its place.

    Parameters
    ----------
    rows
        As `read_batch` gives them.
    work
        What answers a row, or its whole line; its `TelusurError` makes the row a bad one.
    out
        Where the answers go, written beside and renamed.
    force
        Whether a file that lies there may be replaced.
    bar
        Progress with one task, moved on as rows are answered.

    Returns
    -------
    Counts
        Rows answered and bad rows.

    Raises
    ------
    BadInput
        If no row could be answered, or the answers cannot be written; nothing is left behind then.
    """
    return write_batch(((number, _answer(row, work)) for number, row in rows), out, force=force, bar=bar)


def _answer(row: Row | BadInput, work: Callable[[Row], Mapping[str, object] | bytes]) -> bytes | str:
    if isinstance(row, BadInput):
        return str(row)
    try:
        answer = work(row)
    except TelusurError as error:
        return str(error)
    return answer if isinstance(answer, bytes) else line_of(answer)


def write_batch(
    answers: Iterable[tuple[int, bytes | str]], out: Path, *, force: bool = False, bar: Progress | None
) -> Counts:
    """Write answers that are lines already (bytes), each with the number of its row, or what is wrong with it (str).

    The other parameters, the counts and the errors are those of `run_batch`.
    """
    if out.suffix.lower() in _TABLES:
        raise BadInput("the answers are lines of JSON; name a file that ends in .jsonl", where=str(out))
    done = bad = 0
    first: str | None = None
    with written_beside(out, force=force) as file:
        for number, answer in answers:
            if isinstance(answer, bytes):
                file.write(answer)
                done += 1
            else:
                file.write(line_of({"line": number, "error": answer}))
                bad += 1
                first = first or f"line {number}: {answer}"
            if bar is not None and (done + bad) % _STEP == 0:
                bar.advance(bar.task_ids[0], _STEP)
        if not done:
            raise BadInput(f"no row could be answered; {first}" if first else "there are no rows in it")
    return Counts(done, bad)
