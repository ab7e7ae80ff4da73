"""One file that is no archive, seen as an archive with one member, so that every reader opens files one way."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from telusur.domain.errors import BadInput
from telusur.evidence import Archive, Budget, Member, Refused, Stream


class Lone:
    """A file handed in by itself.

    Parameters
    ----------
    descriptor
        Open for reading; it stays open and belongs to the caller.
    name
        What the case calls it.
    """

    def __init__(self, descriptor: int, name: str) -> None:
        self._descriptor = descriptor
        self._size = os.fstat(descriptor).st_size
        self._name = name
        self.members: Sequence[Member] = (Member(name.rpartition("/")[2], self._size),)
        self.refused: Sequence[Refused] = ()

    @contextmanager
    def open(self, _name: str) -> Iterator[Stream]:
        """Open it from its first byte.

        Raises
        ------
        BadInput
            If it is larger than an archive may be unpacked.
        """
        if self._size > Budget().total_bytes:
            raise BadInput(f"is larger than {Budget().total_bytes >> 20} MB", where=self._name)
        yield _Bytes(self._descriptor)


class _Bytes:
    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._at = 0

    def read(self, size: int, /) -> bytes:
        """Give up to `size` further bytes; none at the end."""
        chunk = os.pread(self._descriptor, size, self._at)
        self._at += len(chunk)
        return chunk


def begun(archive: Archive, name: str, size: int = 4_096) -> bytes:
    """Give the first bytes of a member; none of one that cannot be opened.

    Parameters
    ----------
    archive
        Where it lies.
    name
        Which member.
    size
        Bytes at most.
    """
    first = b""
    try:
        with archive.open(name) as stream:
            while len(first) < size and (more := stream.read(size - len(first))):
                first += more
    except BadInput:
        # Reading it tells what is wrong with it.
        pass
    return first
