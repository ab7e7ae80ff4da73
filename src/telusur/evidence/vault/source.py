"""What is to be kept, while it is read: an ordinary file that stays the same, or a stream."""

from __future__ import annotations

import io
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence.archive import shown
from telusur.evidence.limited import open_plain
from telusur.evidence.vault.troubles import CHANGED, SourceChanged, SourceTooLarge, SourceUnfit, too_large

#: CLOCK_REALTIME_COARSE: the clock of Linux's file times, which goes on in steps of a few milliseconds.
_FILE_CLOCK: Final = 5
_STEP_NS: Final = 50_000_000
_DIRECT: Final = {io.FileIO, io.BufferedReader, io.BytesIO}
_NO_BYTES: Final = Text("tidak memberikan bita seperti sebuah berkas", "does not give bytes as a file does")


class Watched:
    """A source that refuses to be read past its limit, and whose own faults are told as its own.

    Parameters
    ----------
    file
        Where the bytes come from.
    name
        What to call it in messages; ``None`` if it has no name.
    limit
        Most bytes; ``None`` for no limit.
    """

    def __init__(self, file: BinaryIO, name: str | None, limit: int | None) -> None:
        self._file = file
        self._name = name
        self._limit = limit
        self.given = 0
        # What wraps or extends a file promises no more than `read`.
        self._direct = type(file) in _DIRECT

    def readinto(self, buffer: memoryview, /) -> int:
        """Lay further bytes into a buffer."""
        try:
            found = self._file.readinto(buffer) if self._direct else self._copied(buffer)  # type: ignore[attr-defined]
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or type(error).__name__
            words = Text(f"tidak dapat dibaca ({reason})", f"cannot be read ({reason})")
            raise SourceUnfit(words, where=self._name) from None
        self.given += found
        if self._limit is not None and self.given > self._limit:
            raise SourceTooLarge(too_large(self._limit), where=self._name)
        return int(found)

    def _copied(self, buffer: memoryview) -> int:
        found = self._file.read(len(buffer))
        # A text, a stream that has nothing yet, or one that gives more than it was asked for is no file.
        if not isinstance(found, bytes) or len(found) > len(buffer):
            raise SourceUnfit(_NO_BYTES, where=self._name)
        buffer[: len(found)] = found
        return len(found)


@contextmanager
def watched(source: BinaryIO | Path, limit: int | None) -> Iterator[Watched]:
    """Open a source for one reading; at the end of the block it must be as it was at the beginning.

    Parameters
    ----------
    source
        An ordinary file by its path, or an open stream, which is read from where it stands.
    limit
        Most bytes; ``None`` for no limit.

    Raises
    ------
    SourceUnfit
        If it is missing, a link, a folder, a device, or cannot be read.
    SourceTooLarge
        If there is more than `limit`.
    SourceChanged
        If it changed meanwhile.
    """
    if isinstance(source, Path):
        name = shown(str(source), 300)
        with _opened(source, name) as file, _the_same(file, name):
            reader = Watched(file, name, limit)
            _refuse_large(file, name, limit)
            yield reader
            if reader.given != os.fstat(file.fileno()).st_size:
                raise SourceChanged(CHANGED, where=name)
    else:
        with _the_same(source, None):
            yield Watched(source, None, limit)


def _opened(path: Path, name: str) -> BinaryIO:
    try:
        descriptor = open_plain(path, name)
    except BadInput as problem:
        raise SourceUnfit(problem.words, where=name) from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        words = Text("adalah folder; serahkan berkas-berkasnya satu per satu", "is a folder; hand in its files singly")
        raise SourceUnfit(words, where=name)
    return os.fdopen(descriptor, "rb", buffering=0)


def _refuse_large(file: BinaryIO, name: str, limit: int | None) -> None:
    """Refuse a file that is too large before any of it is read."""
    if limit is not None and os.fstat(file.fileno()).st_size > limit:
        raise SourceTooLarge(too_large(limit), where=name)


@contextmanager
def _the_same(file: BinaryIO, name: str | None) -> Iterator[None]:
    before = _state(file)
    if before is not None:
        _let_the_clock_pass(before.st_ctime_ns)
    yield
    after = _state(file)
    if before is None or after is None:
        return
    if (before.st_size, before.st_mtime_ns, before.st_ctime_ns) != (
        after.st_size,
        after.st_mtime_ns,
        after.st_ctime_ns,
    ):
        raise SourceChanged(CHANGED, where=name)


def _state(file: BinaryIO) -> os.stat_result | None:
    """Give what the system knows of an ordinary file; ``None`` for a stream that is none."""
    try:
        found = os.fstat(file.fileno())
    except (AttributeError, OSError, ValueError):
        return None
    return found if stat.S_ISREG(found.st_mode) else None


def _let_the_clock_pass(changed_ns: int) -> None:
    """Wait until a change would show: two changes within one step of the clock bear the same time."""
    while -_STEP_NS < time.clock_gettime_ns(_FILE_CLOCK) - changed_ns <= 0:
        time.sleep(0.001)
