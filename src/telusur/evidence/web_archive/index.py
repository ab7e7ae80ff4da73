"""The index of a WACZ: each line must point at the record that it describes, and each capture must be in it.

CDXJ as pywb and the WACZ tools write it; a large one is packed in blocks (``.cdx.gz``) that a second file (``.idx``)
points at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from telusur.evidence.archive import Archive, shown
from telusur.evidence.web_archive import strict
from telusur.evidence.web_archive.members import Allowance, Broken, Raw, members
from telusur.evidence.web_archive.records import algorithm_of, digest_of
from telusur.evidence.web_archive.warc import CAPTURES, Found, Placed

_LINE: Final = 1 << 20
_LINES: Final = 400_000
_PARTS: Final = 3
#: Schemes of captures that an index must know.
_INDEXED: Final = ("http://", "https://")


@dataclass(slots=True)
class Index:
    """What the index files show.

    Parameters
    ----------
    pointed
        Places that some line points at.
    blocks
        Of each packed index: where its blocks lie, and their hashes, by offset.
    lines
        How many lines there are.
    """

    pointed: set[tuple[str, int]] = field(default_factory=set)
    blocks: dict[str, dict[int, tuple[int, str]]] = field(default_factory=dict)
    lines: int = 0


def read_index(archive: Archive, name: str, found: Found, index: Index) -> None:
    """Read one CDXJ file, packed or plain, and compare each line with the records."""
    with archive.open(name) as stream:
        try:
            for number, line in enumerate(_lines(Raw(stream), found.allowance, name, index), 1):
                index.lines += 1
                if index.lines > _LINES:
                    found.problem(
                        f"indeksnya memuat lebih dari {_LINES} baris; sisanya tidak diperiksa",
                        f"its index holds more than {_LINES} lines; the rest was not checked",
                    )
                    return
                _check(line, f"{shown(name)}:{number}", found, index)
        except Broken as bad:
            found.problem(f"{shown(name)}: {bad.words.id}", f"{shown(name)}: {bad.words.en}")


def _lines(raw: Raw, allowance: Allowance, name: str, index: Index) -> Iterator[bytes]:
    pending = b""
    blocks = index.blocks.setdefault(name.rpartition("/")[2], {})
    for member in members(raw, allowance):
        while piece := member.read(1 << 16):
            *whole, pending = (pending + piece).split(b"\n")
            yield from whole
            if len(pending) > _LINE:
                raise Broken("holds a line that is too long")
        if member.packed:
            blocks[member.start] = (member.end - member.start, member.digest.hexdigest())
    if pending:
        yield pending


def _check(line: bytes, place: str, found: Found, index: Index) -> None:
    if not line.strip() or line.startswith((b"!", b" CDX")):
        return
    parts = line.split(b" ", _PARTS - 1)
    try:
        entry = strict.parse(parts[2]) if len(parts) == _PARTS else None
    except ValueError:
        entry = None
    if not isinstance(entry, dict):
        found.problem(f"{place}: bukan baris indeks", f"{place}: is no line of an index")
        return
    where = str(entry.get("filename", "")).rpartition("/")[2], _number(entry.get("offset"))
    record = found.places.get((f"archive/{where[0]}", where[1])) if where[1] is not None else None
    if record is None or where[1] is None:
        found.problem(
            f"{place}: menunjuk ke tempat yang bukan awal catatan mana pun",
            f"{place}: points to a place where no record begins",
        )
        return
    index.pointed.add((f"archive/{where[0]}", where[1]))
    unlike = list(_unlike(entry, record))
    if unlike:
        found.problem(
            f"{place}: {', '.join(unlike)} berbeda dengan catatan yang ditunjuknya",
            f"{place}: {', '.join(unlike)} differ from the record that it points to",
        )


def _unlike(entry: Mapping[str, Any], record: Placed) -> Iterator[str]:
    if "length" in entry and _number(entry["length"]) != record.length:
        yield "length"
    if entry.get("url") != record.uri:
        yield "url"
    written = entry.get("digest")
    if isinstance(written, str) and record.type != "revisit":
        # Older tools leave the algorithm out where it is SHA-1.
        named = written if ":" in written else f"sha1:{written}"
        algorithm = algorithm_of(named)
        computed = [value for name, value in record.digests if name == algorithm]
        if computed and digest_of(named) not in computed:
            yield "digest"
    packed = entry.get("recordDigest")
    if isinstance(packed, str) and record.packed_digest and packed.rpartition(":")[2].lower() != record.packed_digest:
        yield "recordDigest"


def _number(written: object) -> int | None:
    if isinstance(written, str) and written.isascii() and written.isdigit():
        return int(written[:19])
    return written if isinstance(written, int) and not isinstance(written, bool) and written >= 0 else None


def read_second(archive: Archive, name: str, found: Found, index: Index) -> None:
    """Read an ``.idx`` file: its lines must point at the blocks of a packed index, with their hashes."""
    called = shown(name)
    with archive.open(name) as stream:
        content = bytearray()
        while chunk := stream.read(1 << 16):
            content += chunk
            if len(content) > _LINE * 16:
                found.problem(f"{called}: terlalu panjang", f"{called}: is too long")
                return
    blocks: dict[int, tuple[int, str]] = {}
    seen: set[int] = set()
    for number, line in enumerate(bytes(content).splitlines(), 1):
        parts = line.split(b" ", _PARTS - 1)
        try:
            entry = strict.parse(parts[2]) if len(parts) == _PARTS else None
        except ValueError:
            entry = None
        if not isinstance(entry, dict):
            found.problem(f"{called}:{number}: bukan baris indeks", f"{called}:{number}: is no line of an index")
            continue
        if parts[0] == b"!meta":
            blocks = index.blocks.get(str(entry.get("filename", "")), {})
            continue
        offset = _number(entry.get("offset"))
        block = blocks.get(offset) if offset is not None else None
        digest = entry.get("digest")
        if (
            offset is None
            or block is None
            or _number(entry.get("length")) != block[0]
            or (isinstance(digest, str) and digest.rpartition(":")[2].lower() != block[1])
        ):
            found.problem(
                f"{called}:{number}: tidak menunjuk ke bagian indeks yang ada",
                f"{called}:{number}: points to no block of the index",
            )
        else:
            seen.add(offset)
    if len(seen) < len(blocks):
        missing = len(blocks) - len(seen)
        found.problem(
            f"{called}: {missing} bagian indeks tidak ditunjuk, sehingga isinya tidak akan ditemukan",
            f"{called}: {missing} blocks of the index are not pointed at, so that what they list would not be found",
        )


def check_completeness(found: Found, index: Index) -> None:
    """Note the captures that no line of the index points at: whoever opens the archive would not see them."""
    hidden = [
        record.uri
        for place, record in found.places.items()
        if place not in index.pointed and record.type in CAPTURES and record.uri.startswith(_INDEXED)
    ]
    if hidden:
        some = shown(hidden[0])
        found.problem(
            f"{len(hidden)} tangkapan tidak ada dalam indeks dan tidak akan tampak saat dibuka (antara lain {some})",
            f"{len(hidden)} captures are not in the index and would not show when opened (among them {some})",
        )
