"""Reading an object: plain bytes are given only of chunks that were found unaltered."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from telusur.evidence.vault import stream
from telusur.evidence.vault.troubles import ALTERED, ObjectAltered, told

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


def open_object(file: io.FileIO, key: bytes, length: int, sha256: bytes, where: str) -> io.BufferedReader:
    """Open an object for reading, from any place in it.

    Parameters
    ----------
    file
        Its encrypted bytes; closed with the reader.
    key
        The key it was encrypted under.
    length
        Plain bytes it must have.
    sha256
        Hash that these must have; compared where all of them are read in their order.
    where
        What to call it in messages.

    Returns
    -------
    io.BufferedReader
        It raises `ObjectAltered` instead of giving a byte that was not written, or an end where there was none.

    Raises
    ------
    ObjectAltered
        If its length or its header are not what they must be.
    """
    return io.BufferedReader(_Object(file, key, length, sha256, where), stream.CHUNK)


def plain_chunks(file: io.FileIO, key: bytes, where: str) -> Iterator[bytes]:
    """Give an object chunk by chunk; see `telusur.evidence.vault.stream.decrypt`.

    Raises
    ------
    ObjectAltered
        If anything of it was altered, is missing or too much.
    """
    try:
        yield from stream.decrypt(file, key)
    except stream.StreamRefused:
        raise ObjectAltered(ALTERED, where=where) from None


class _Object(io.RawIOBase):
    def __init__(self, file: io.FileIO, key: bytes, length: int, sha256: bytes, where: str) -> None:
        self._file = file
        self._cipher = AESGCM(key)
        self._length = length
        self._where = where
        self._at = 0
        self._number = -1
        self._chunk = b""
        self._sha256 = sha256
        self._digest = hashlib.sha256()
        self._hashed = 0
        try:
            self._header = stream.read_header(file)
        except stream.StreamRefused:
            raise ObjectAltered(ALTERED, where=where) from None
        if os.fstat(file.fileno()).st_size != stream.sealed_length(length):
            raise ObjectAltered(ALTERED, where=where)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._length}[whence]
        if start + offset < 0:
            raise ValueError("a place before the beginning")
        self._at = start + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        number, offset = divmod(self._at, stream.CHUNK)
        # Even the end of an empty object, or of one that fills its chunks, is believed only once the last chunk is.
        number, offset = (
            (number, offset) if self._at < self._length else (stream.chunks(self._length) - 1, stream.CHUNK)
        )
        self._load(number)
        target = memoryview(buffer).cast("B")
        found = self._chunk[offset : offset + len(target)]
        target[: len(found)] = found
        self._at += len(found)
        return len(found)

    def _load(self, number: int) -> None:
        if number == self._number:
            return
        last = stream.chunks(self._length) - 1
        sealed = memoryview(bytearray(min(stream.CHUNK, self._length - number * stream.CHUNK) + stream.TAG))
        try:
            with told(self._where):
                self._file.seek(stream.HEADER + number * (stream.CHUNK + stream.TAG))
                filled = stream.fill(self._file, sealed)
            chunk = stream.open_chunk(self._cipher, self._header, number, sealed[:filled], last=number == last)
        except stream.StreamRefused:
            raise ObjectAltered(ALTERED, where=self._where) from None
        # Who holds all keys could write another object in this one's place, but none of the same hash.
        if number == self._hashed:
            self._digest.update(chunk)
            if number == last and self._digest.digest() != self._sha256:
                raise ObjectAltered(ALTERED, where=self._where)
            self._hashed += 1
        self._number, self._chunk = number, chunk

    def close(self) -> None:
        self._file.close()
        super().close()
