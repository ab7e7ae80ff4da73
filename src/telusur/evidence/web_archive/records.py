"""One WARC record: its named fields, its block, its digests (ISO 28500:2017; WARC 1.0 and 1.1)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from telusur.evidence.web_archive.members import Member, broken

_VERSION: Final = re.compile(rb"WARC/1\.[01]\r\n")
#: Bytes of all named fields, and of one line of them.
_HEAD: Final = 256 << 10
_LINE: Final = 64 << 10
_NAME: Final = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")
_LENGTH: Final = re.compile(r"[0-9]{1,13}")
_CHUNK: Final = 1 << 16
_HTTP_HEAD: Final = 256 << 10
#: Fields that a record may hold more than once.
_REPEATED: Final = {"warc-concurrent-to", "warc-protocol"}
_SIZES: Final = {"md5": 16, "sha1": 20, "sha256": 32, "sha512": 64}
_END: Final = b"\r\n\r\n"


@dataclass(slots=True)
class Record:
    """What was read of a record.

    Parameters
    ----------
    number
        From 1, within its file.
    offset
        Of its first byte, or of its member's.
    fields
        Named fields in lower case; the first, where one stands there more than once.
    repeated
        Names of fields that stand there more than once and must not.
    block, payload
        Digests of the block, and of what follows the HTTP head in it, by algorithm.
    unchunked
        Digest of the payload without its transfer encoding, where it has one.
    http
        First line and fields of an HTTP message, in lower case.
    words
        First bytes of the block of a ``warcinfo``.
    length
        Bytes it takes in its file; known once its member was read.
    packed_digest
        SHA-256 of those bytes, where they are a member of a gzip.
    """

    number: int
    offset: int
    fields: dict[str, str]
    repeated: tuple[str, ...] = ()
    block: dict[str, bytes] = field(default_factory=dict)
    payload: dict[str, bytes] = field(default_factory=dict)
    unchunked: dict[str, bytes] = field(default_factory=dict)
    http: dict[str, str] = field(default_factory=dict)
    words: bytes = b""
    length: int = 0
    packed_digest: str = ""

    @property
    def type(self) -> str:
        """Its type, in lower case."""
        return self.fields.get("warc-type", "").lower()

    @property
    def uri(self) -> str:
        """Its target, without the brackets that WARC 1.0 allows around it."""
        return self.fields.get("warc-target-uri", "").removeprefix("<").removesuffix(">")


def read_record(member: Member, number: int, offset: int) -> Record:
    """Read one record to its end.

    Raises
    ------
    Broken
        If the record cannot be read, or is not followed by what must follow it.
    """
    if not _VERSION.match(member.peek(10)):
        raise broken(
            f"tidak memuat catatan WARC pada tempat catatan ke-{number}",
            f"holds no WARC record where record {number} must be",
        )
    member.read(10)
    fields, repeated = _fields(member, number)
    written = fields.get("content-length", "")
    if not _LENGTH.fullmatch(written) or "content-length" in repeated:
        raise broken(
            f"panjang (Content-Length) catatan ke-{number} tidak ada atau tidak dapat dibaca",
            f"the Content-Length of record {number} is missing or cannot be read",
        )
    record = Record(number, offset, fields, repeated)
    _read_block(member, record, int(written))
    if member.read(4) != _END:
        raise broken(
            f"panjang (Content-Length) catatan ke-{number} tidak cocok dengan isinya",
            f"the Content-Length of record {number} does not fit what it holds",
        )
    return record


def _fields(member: Member, number: int) -> tuple[dict[str, str], tuple[str, ...]]:
    fields: dict[str, str] = {}
    repeated: list[str] = []
    last = None
    left = _HEAD
    while (line := _line(member, number)) != b"":
        left -= len(line)
        if left < 0:
            raise broken(f"kepala catatan ke-{number} terlalu panjang", f"the head of record {number} is too long")
        if line[:1] in {b" ", b"\t"} and last:
            fields[last] += " " + line.strip().decode("utf-8", "replace")
            continue
        name, colon, value = line.partition(b":")
        if not colon or not _NAME.fullmatch(name):
            raise broken(
                f"kepala catatan ke-{number} memuat baris yang bukan nama dan nilai",
                f"the head of record {number} holds a line that is no name and value",
            )
        last = name.decode("ascii").lower()
        if last in fields:
            if last not in _REPEATED:
                repeated.append(last)
            last = None
        else:
            fields[last] = value.strip().decode("utf-8", "replace")
    return fields, tuple(repeated)


def _line(member: Member, number: int) -> bytes:
    found = bytearray()
    while not found.endswith(b"\r\n"):
        ahead = member.peek(1024)
        at = ahead.find(b"\n")
        piece = member.read(at + 1 if at >= 0 else len(ahead))
        found += piece
        if not piece or len(found) > _LINE or (at >= 0 and not found.endswith(b"\r\n")):
            raise broken(
                f"kepala catatan ke-{number} terputus atau barisnya tidak berakhir semestinya",
                f"the head of record {number} breaks off, or a line of it does not end as it must",
            )
    return bytes(found[:-2])


def _read_block(member: Member, record: Record, length: int) -> None:
    stated = (record.fields.get(f"warc-{which}-digest") for which in ("block", "payload"))
    sums = _Sums(record, {name for name in map(algorithm_of, stated) if name})
    left = length
    while left:
        piece = member.read(min(_CHUNK, left))
        if not piece:
            raise broken(
                f"panjang (Content-Length) catatan ke-{record.number} tidak cocok dengan isinya: terputus sebelumnya",
                f"the Content-Length of record {record.number} does not fit what it holds: it breaks off before",
            )
        left -= len(piece)
        sums.feed(piece, last=not left)
        if record.type == "warcinfo" and len(record.words) < _CHUNK:
            record.words += piece
    sums.settle()


class _Sums:
    """The digests of a block and of its payload, computed while it goes by."""

    def __init__(self, record: Record, algorithms: set[str]) -> None:
        self._record = record
        self._block = _digests(algorithms)
        self._payload = _digests(algorithms)
        self._unchunked = _digests(algorithms)
        kind = record.fields.get("content-type", "").lower().replace(" ", "")
        self._head: bytearray | None = bytearray() if kind.startswith("application/http") else None
        self._chunks: _Unchunked | None = None

    def feed(self, piece: bytes, *, last: bool) -> None:
        """Take further bytes of the block."""
        for digest in self._block.values():
            digest.update(piece)
        if self._head is not None:
            self._head += piece
            at = self._head.find(_END)
            if at < 0 and len(self._head) < _HTTP_HEAD and not last:
                return
            piece = bytes(self._head[at + 4 :]) if at >= 0 else b""
            self._record.http = _http(bytes(self._head[: max(at, 0)]))
            self._head = None
            if "chunked" in self._record.http.get("transfer-encoding", "").lower():
                self._chunks = _Unchunked([digest.update for digest in self._unchunked.values()])
        for digest in self._payload.values():
            digest.update(piece)
        if self._chunks:
            self._chunks.feed(piece)

    def settle(self) -> None:
        """Put the digests into the record."""
        self._record.block = {name: digest.digest() for name, digest in self._block.items()}
        self._record.payload = {name: digest.digest() for name, digest in self._payload.items()}
        if self._chunks and self._chunks.whole:
            self._record.unchunked = {name: digest.digest() for name, digest in self._unchunked.items()}


def _digests(algorithms: set[str]) -> dict[str, hashlib._Hash]:
    return {name: hashlib.new(name, usedforsecurity=False) for name in sorted(algorithms)}


def _http(head: bytes) -> dict[str, str]:
    first, *lines = head.decode("latin-1").split("\r\n")
    found = {"": first[:1000]}
    for line in lines[:500]:
        name, colon, value = line.partition(":")
        if colon:
            found.setdefault(name.strip().lower(), value.strip()[:4000])
    return found


class _Unchunked:
    """A payload without its chunked transfer encoding (RFC 9112 7.1), as some programs hash it."""

    def __init__(self, sinks: list[Callable[[bytes], None]]) -> None:
        self._sinks = sinks
        self._held = b""
        self._left = 0
        self._damaged = False
        self.whole = False

    def feed(self, piece: bytes) -> None:
        """Take further bytes."""
        if self._damaged or self.whole:
            return
        self._held += piece
        while self._held and not self.whole and not self._damaged:
            if self._left:
                if not self._take():
                    return
                continue
            at = self._held.find(b"\r\n")
            if at < 0:
                self._damaged = len(self._held) > _LINE
                return
            try:
                size = int(self._held[:at].partition(b";")[0].strip() or b"x", 16)
            except ValueError:
                self._damaged = True
                return
            self._held = self._held[at + 2 :]
            self.whole = size == 0
            self._damaged = size < 0
            # The line end after the chunk belongs to it.
            self._left = size + 2 if size else 0

    def _take(self) -> bool:
        piece = self._held[: self._left]
        inner = piece[: max(0, self._left - 2)]
        for sink in self._sinks:
            sink(inner)
        self._held = self._held[len(piece) :]
        self._left -= len(piece)
        return bool(self._held) or not self._left


def algorithm_of(written: str | None) -> str | None:
    """Give the algorithm that a digest names, if it is known here."""
    name = (written or "").partition(":")[0].strip().lower().replace("-", "")
    return name if name in _SIZES else None


def digest_of(written: str) -> bytes | None:
    """Give the bytes of a digest, written in base 16 or 32; ``None`` if it is written in another way."""
    algorithm = algorithm_of(written)
    value = written.partition(":")[2].strip()
    if algorithm is None:
        return None
    size = _SIZES[algorithm]
    try:
        if len(value) == 2 * size:
            return binascii.unhexlify(value)
        found = base64.b32decode(value.upper() + "=" * (-len(value) % 8))
    except (binascii.Error, ValueError):
        return None
    return found if len(found) == size else None
