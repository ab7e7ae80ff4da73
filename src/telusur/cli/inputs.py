"""Days and small files as people hand them over: read strictly, and never without an end."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from telusur.domain.errors import BadInput

#: Bytes; no list that people write by hand is larger.
LARGEST: Final = 1_000_000


def read_day(words: str, field: str) -> date:
    """Read a day in the one way in which it cannot be mistaken.

    Parameters
    ----------
    words
        As typed.
    field
        The option or argument it stands for.

    Raises
    ------
    BadInput
        If it is written in another way, or no calendar has it.
    """
    try:
        day = date.fromisoformat(words)
    except ValueError:
        day = None
    # Python reads other ways to write a day too, some of which are easily mistaken.
    if day is None or day.isoformat() != words:
        raise BadInput(f"{_short(words)} is no day; write it as 2024-04-01", field=field)
    return day


def check_file(path: Path, *, field: str) -> Path:
    """Refuse what is no plain file of a size that people write, before anything waits on it.

    Parameters
    ----------
    path
        What was named.
    field
        The option that names it.

    Raises
    ------
    BadInput
        If it is missing, a folder, a pipe or device, or too large.
    """
    fault = None
    if path.is_dir():
        fault = "is a folder; a plain file is expected here"
    elif not path.exists():
        fault = "there is no such file; check the name"
    elif not path.is_file():
        fault = "is a pipe or device; a plain file is expected here"
    elif path.stat().st_size > LARGEST:
        fault = f"is larger than {LARGEST:,} bytes; it holds more than such a document needs"
    if fault:
        raise BadInput(fault, where=str(path), field=field)
    return path


def read_text(path: Path, *, field: str) -> str:
    """Read a small file, or what a pipe (``<(...)``) hands over, as UTF-8.

    Parameters
    ----------
    path
        What was named.
    field
        The option that names it.

    Raises
    ------
    BadInput
        If it is missing, a folder, too large, or no UTF-8.
    """
    if not path.is_fifo():
        check_file(path, field=field)
    with path.open("rb") as file:
        held = file.read(LARGEST + 1)
    if len(held) > LARGEST:
        raise BadInput(f"is larger than {LARGEST:,} bytes; it holds more than such a document needs", where=str(path))
    try:
        return held.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = held.count(b"\n", 0, error.start) + 1
        raise BadInput("this file is not UTF-8; save it as UTF-8", where=str(path), line=line) from None


def _short(words: str) -> str:
    most = 40
    return repr(words if len(words) <= most else words[: most - 1] + "…")
