"""The bytes of a WARC as records are read from them: plain, or member by member of a gzip, with their places."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence.archive import Stream

GZIP: Final = b"\x1f\x8b"
_CHUNK: Final = 1 << 16
#: A member that unpacks to more than this is looked at more closely: its ratio is bounded.
_FROM: Final = 32 << 20
_RATIO: Final = 200
#: Bytes that all records may have when unpacked.
TOTAL: Final = 4 << 30


class Broken(BadInput):
    """Bytes after which no further record can be found."""


def broken(indonesian: str, english: str) -> Broken:
    """Give the error that ends the reading of a WARC."""
    return Broken(Text(indonesian, english))


@dataclass(slots=True)
class Allowance:
    """Bytes that may still be unpacked, over all WARCs of one archive."""

    left: int = TOTAL

    def take(self, count: int) -> None:
        """Count some bytes.

        Raises
        ------
        Broken
            If there were more than the archive may have.
        """
        self.left -= count
        if self.left < 0:
            raise broken(
                f"hasil ekstraknya lebih dari {TOTAL >> 30} GB; sisanya tidak diperiksa",
                f"unpacks to more than {TOTAL >> 30} GB; the rest was not checked",
            )


class Raw:
    """A stream with a look ahead, counting how far it was read."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._held = bytearray()
        self.at = 0

    def peek(self, size: int) -> bytes:
        """Give the next bytes without moving on; fewer at the end."""
        while len(self._held) < size and (chunk := self._stream.read(_CHUNK)):
            self._held += chunk
        return bytes(self._held[:size])

    def read(self, size: int, /) -> bytes:
        """Give up to `size` further bytes."""
        if not self._held:
            self._held += self._stream.read(_CHUNK)
        found = bytes(self._held[:size])
        del self._held[:size]
        self.at += len(found)
        return found

    def put_back(self, content: bytes) -> None:
        """Take back bytes that were read too far."""
        self._held[:0] = content
        self.at -= len(content)


class Member:
    """One member of a gzip, unpacked within its budget; or all of a plain WARC.

    Parameters
    ----------
    raw
        Where its bytes come from.
    allowance
        What may still be unpacked.
    """

    def __init__(self, raw: Raw, allowance: Allowance) -> None:
        self._raw = raw
        self._allowance = allowance
        self.start = raw.at
        self.packed = raw.peek(2) == GZIP
        self._inflater = zlib.decompressobj(16 + zlib.MAX_WBITS) if self.packed else None
        self._held = bytearray()
        self._given = 0
        self._over = False
        #: Of the packed bytes, which an index may name.
        self.digest = hashlib.sha256()

    @property
    def place(self) -> int:
        """Where the next record begins in the file, if it is not packed."""
        return self._raw.at - len(self._held)

    @property
    def end(self) -> int:
        """Where the member ends, once it is over."""
        return self._raw.at

    def peek(self, size: int) -> bytes:
        """Give the next bytes without moving on; fewer at the end."""
        while len(self._held) < size and self._more():
            pass
        return bytes(self._held[:size])

    def read(self, size: int) -> bytes:
        """Give up to `size` further bytes; none at the end."""
        if not self._held:
            self._more()
        found = bytes(self._held[:size])
        del self._held[:size]
        return found

    def _more(self) -> bool:
        while not self._over:
            found = self._unpacked()
            if found:
                self._allowance.take(len(found))
                self._held += found
                return True
        return False

    def _unpacked(self) -> bytes:
        inflater = self._inflater
        if inflater is None:
            chunk = self._raw.read(_CHUNK)
            self._over = not chunk
            return chunk
        packed = inflater.unconsumed_tail or self._raw.read(_CHUNK)
        if not packed:
            raise broken(
                "terputus di tengah bagian yang terkompresi (terpotong)",
                "breaks off within a packed member (truncated)",
            )
        try:
            found = inflater.decompress(packed, _CHUNK * 4)
        except zlib.error:
            raise broken("bagian terkompresinya rusak", "a packed member is damaged") from None
        left = len(inflater.unconsumed_tail) + len(inflater.unused_data)
        self.digest.update(packed[: len(packed) - left])
        if inflater.eof:
            self._over = True
            self._raw.put_back(inflater.unused_data)
        self._given += len(found)
        used = max(1, self._raw.at - len(inflater.unconsumed_tail) - self.start)
        if self._given > _FROM and self._given > used * _RATIO:
            raise broken(
                f"memuat bagian yang hasil ekstraknya lebih dari {_RATIO} kali ukurannya (bom)",
                f"holds a member that unpacks to more than {_RATIO} times its size (a bomb)",
            )
        return found


def members(raw: Raw, allowance: Allowance) -> Iterator[Member]:
    """Give the members one after another; each must be read to its end before the next."""
    while head := raw.peek(2):
        if raw.at and head != GZIP:
            raise broken(
                f"memuat bita yang bukan bagian mana pun, mulai bita ke-{raw.at}",
                f"holds bytes that belong to no member, from byte {raw.at} on",
            )
        yield Member(raw, allowance)
