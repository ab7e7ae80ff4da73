"""Encryption of a stream of any length: AES-256-GCM in chunks of 1 MiB, in constant memory.

The construction is STREAM (Hoang, Reyhanitabar, Rogaway and Vizár, "Online authenticated-encryption and its
nonce-reuse misuse-resistance", CRYPTO 2015): the nonce of a chunk holds its number and whether it is the last, so that
chunks that are missing, swapped, repeated or added do not decrypt. Layout::

    magic "tlsr.obj" (8) | version 1 (1) | random prefix (7) | chunk ... | last chunk
    chunk = ciphertext (1 MiB, the last one shorter or equal, empty only in an empty stream) | tag (16)
    nonce = random prefix (7) | number of the chunk, big-endian (4) | 1 if it is the last, else 0 (1)

The 16 bytes of the header are the associated data of every chunk.
"""

from __future__ import annotations

import mmap
import os
import struct
from collections.abc import Callable, Iterator
from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CHUNK: Final = 1 << 20
TAG: Final = 16
KEY: Final = 32
_MAGIC: Final = b"tlsr.obj"
_VERSION: Final = 1
_PREFIX: Final = 7
HEADER: Final = len(_MAGIC) + 1 + _PREFIX
_MOST_CHUNKS: Final = 1 << 32


class StreamRefused(Exception):
    """Bytes that are not, whole and unaltered, what was encrypted under this key."""


class Source(Protocol):
    """Bytes to be read."""

    def readinto(self, buffer: memoryview, /) -> int | None:
        """Lay further bytes into a buffer and give their number; 0 at the end."""


class Sink(Protocol):
    """A place for bytes."""

    def write(self, data: bytes | bytearray | memoryview, /) -> object:
        """Take all of some bytes."""


def sealed_length(length: int) -> int:
    """Give the length of an encrypted stream, in bytes, from that of the plain one."""
    return HEADER + length + TAG * chunks(length)


def chunks(length: int) -> int:
    """Give the number of chunks of a stream of `length` bytes."""
    return max(1, -(-length // CHUNK))


def encrypt(source: Source, sink: Sink, key: bytes, *, seen: Callable[[memoryview], object] | None = None) -> int:
    """Encrypt all that a source gives.

    Parameters
    ----------
    source
        Read to its end.
    sink
        Takes the encrypted stream; it is neither flushed nor closed.
    key
        32 random bytes that encrypt nothing else.
    seen
        Told of each chunk of plain bytes before it is encrypted; for a hash. The bytes are gone after the call.

    Returns
    -------
    int
        Plain bytes.
    """
    cipher = AESGCM(key)
    header = _MAGIC + bytes([_VERSION]) + os.urandom(_PREFIX)
    sealed = _buffer(CHUNK + TAG)
    sink.write(header)
    # Whether a chunk is the last is known once nothing follows it, so two are held.
    held, ahead = _buffer(CHUNK), _buffer(CHUNK)
    total, number, filled = 0, 0, fill(source, held)
    while True:
        following = fill(source, ahead) if filled == CHUNK else 0
        plain = held[:filled]
        if seen is not None:
            seen(plain)
        size = cipher.encrypt_into(nonce(header, number, last=not following), plain, header, sealed[: filled + TAG])
        sink.write(sealed[:size])
        total += filled
        if not following:
            return total
        held, ahead, filled, number = ahead, held, following, number + 1


def decrypt(source: Source, key: bytes) -> Iterator[bytes]:
    """Decrypt a stream; each chunk is given only once it was found unaltered.

    Until the iterator ends without an error, what it gave may be only the beginning.

    Parameters
    ----------
    source
        The encrypted stream, from its beginning.
    key
        The key it was encrypted under.

    Yields
    ------
    bytes
        Plain bytes of one chunk.

    Raises
    ------
    StreamRefused
        If anything was altered, is missing, out of order or too much, or the key is another one.
    """
    cipher = AESGCM(key)
    header = read_header(source)
    held, ahead = _buffer(CHUNK + TAG), _buffer(CHUNK + TAG)
    number, filled = 0, fill(source, held)
    while True:
        following = fill(source, ahead) if filled == len(held) else 0
        yield open_chunk(cipher, header, number, held[:filled], last=not following)
        if not following:
            return
        held, ahead, filled, number = ahead, held, following, number + 1


def read_header(source: Source) -> bytes:
    """Read the header of an encrypted stream.

    Raises
    ------
    StreamRefused
        If there is none, or it is of another version.
    """
    header = bytearray(HEADER)
    if fill(source, memoryview(header)) < HEADER or not header.startswith(_MAGIC) or header[len(_MAGIC)] != _VERSION:
        raise StreamRefused
    return bytes(header)


def open_chunk(cipher: AESGCM, header: bytes, number: int, sealed: memoryview, *, last: bool) -> bytes:
    """Decrypt one chunk.

    Raises
    ------
    StreamRefused
        If it is not chunk `number` of that stream, last or not as said.
    """
    # An empty chunk is no part of a stream but the only one of an empty stream.
    if len(sealed) < TAG or (len(sealed) == TAG and number):
        raise StreamRefused
    try:
        return cipher.decrypt(nonce(header, number, last=last), sealed, header)
    except InvalidTag:
        raise StreamRefused from None


def nonce(header: bytes, number: int, *, last: bool) -> bytes:
    """Give the nonce of a chunk: a header, a number and an end give one that no other has."""
    if number >= _MOST_CHUNKS:
        raise OverflowError("a stream of more than 4 PiB")
    return header[-_PREFIX:] + struct.pack(">IB", number, last)


def fill(source: Source, buffer: memoryview) -> int:
    """Read until the buffer is full or the source ends; a source may give less than it has room for."""
    filled = 0
    while filled < len(buffer):
        found = source.readinto(buffer[filled:])
        if not found:
            break
        filled += found
    return filled


def _buffer(size: int) -> memoryview:
    """Give a buffer whose pages cost nothing until they are written: most files are much smaller than a chunk."""
    return memoryview(mmap.mmap(-1, size))
