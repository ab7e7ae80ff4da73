"""When a file says of itself that it was made. Read in the limited worker, many small files at a time."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from telusur.domain.errors import BadInput
from telusur.evidence.limited import open_limited, open_plain
from telusur.evidence.limits import Limits
from telusur.evidence.media_type import HEAD, detect

#: Bytes of one file that is looked into; what is larger keeps its date to itself.
_LARGEST: Final = 16 << 20
#: Pictures say it at their beginning.
_BEGINNING: Final = 1 << 18
#: Bytes and files that one worker takes.
_LOAD: Final = 48 << 20
_FILES: Final = 256
_LONGEST: Final = 40
_LIMITS: Final = Limits(cpu_seconds=6, wall_seconds=20.0)
#: Seconds that files which stop their reader may cost in all.
_PATIENCE: Final = 20.0
_PICTURES: Final = ("image/jpeg", "image/tiff", "image/webp", "image/png")
_WHOLE: Final = ("application/pdf", "application/zip")


@dataclass(frozen=True, slots=True)
class _Piece:
    index: int
    content: bytes
    type: str


def embedded_dates(paths: Sequence[Path]) -> list[str | None]:
    """Give what each file says of its own making; ``None`` where it says nothing that can be read.

    Parameters
    ----------
    paths
        Files; what cannot be opened is left to whoever keeps it.

    Returns
    -------
    list[str | None]
        In the order of `paths`; ISO 8601, without a zone where the file gives none. Anybody can write these.
    """
    found: list[str | None] = [None] * len(paths)
    for load in _loads(paths):
        for index, written in _asked(load):
            found[index] = written
    return found


def _loads(paths: Sequence[Path]) -> Iterator[list[_Piece]]:
    load: list[_Piece] = []
    size = 0
    for index, path in enumerate(paths):
        piece = _piece(index, path)
        if piece is None:
            continue
        if load and (size + len(piece.content) > _LOAD or len(load) == _FILES):
            yield load
            load, size = [], 0
        load.append(piece)
        size += len(piece.content)
    if load:
        yield load


def _piece(index: int, path: Path) -> _Piece | None:
    try:
        descriptor = open_plain(path, str(path))
    except BadInput:
        return None
    with os.fdopen(descriptor, "rb") as file:
        size = os.fstat(descriptor).st_size
        try:
            head = file.read(HEAD)
            media_type = detect(head, b"", size).type
            if media_type in _PICTURES:
                return _Piece(index, head + file.read(_BEGINNING - len(head)), media_type)
            if media_type in _WHOLE and size <= _LARGEST:
                return _Piece(index, head + file.read(_LARGEST - len(head)), media_type)
        except OSError:
            return None
    return None


def _asked(load: list[_Piece]) -> Iterator[tuple[int, str]]:
    """Ask a worker; where one of many stops it, halves are asked, as long as there is patience."""
    waiting = [load]
    lost = 0.0
    while waiting and lost < _PATIENCE:
        asked = waiting.pop()
        began = time.monotonic()
        try:
            yield from _told(asked)
        except BadInput:
            lost += time.monotonic() - began
            half = len(asked) // 2
            waiting += [part for part in (asked[half:], asked[:half]) if part and half]


def _told(load: list[_Piece]) -> list[tuple[int, str]]:
    with os.fdopen(os.memfd_create("pieces", os.MFD_CLOEXEC), "w+b") as pack:
        for piece in load:
            pack.write(piece.content)
        pack.flush()
        pieces = [[len(piece.content), piece.type] for piece in load]
        task = "telusur.evidence.store.embedded_worker:dates"
        answers = list(open_limited(task, pack.fileno(), _LIMITS, name="embedded dates", pieces=pieces))
    found = ((piece.index, answer.get("written")) for piece, answer in zip(load, answers, strict=False))
    return [
        (index, written)
        for index, written in found
        if isinstance(written, str) and len(written) <= _LONGEST and written.isascii()
    ]
