"""Checking a WARC record by record."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from telusur.domain.text import Text
from telusur.evidence.archive import Stream, shown
from telusur.evidence.web_archive.members import Allowance, Broken, Member, Raw, members
from telusur.evidence.web_archive.records import Record, algorithm_of, digest_of, read_record

#: Records of one archive that are read.
MOST: Final = 300_000
_MANDATORY: Final = {"warc-type": "WARC-Type", "warc-record-id": "WARC-Record-ID", "warc-date": "WARC-Date"}
_TYPES: Final = {"warcinfo", "response", "resource", "request", "metadata", "revisit", "conversion", "continuation"}
#: Types that show what a server gave.
CAPTURES: Final = ("response", "resource", "revisit")
_DATE: Final = re.compile(
    r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-6]\d(?:\.\d{1,9})?Z"
)
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_WEB: Final = {"http", "https", "ws", "wss", "ftp"}
_LOCAL: Final = {"file", "smb", "jar", "chrome", "chrome-extension", "about", "view-source", "javascript"}


@dataclass(frozen=True, slots=True)
class Placed:
    """A record by its place.

    Parameters
    ----------
    length
        Bytes it takes in its file.
    type, uri
        As in the record.
    digests
        Its payload's and block's, by algorithm.
    packed_digest
        SHA-256 of its bytes in the file, where it is a member of a gzip.
    """

    length: int
    type: str
    uri: str
    digests: tuple[tuple[str, bytes], ...]
    packed_digest: str


@dataclass(slots=True)
class Found:
    """What all WARCs of an archive show, taken together."""

    problems: list[Text] = field(default_factory=list)
    notices: list[Text] = field(default_factory=list)
    types: Counter[str] = field(default_factory=Counter)
    software: dict[str, None] = field(default_factory=dict)
    addresses: dict[str, None] = field(default_factory=dict)
    first: str = ""
    last: str = ""
    with_digest: int = 0
    truncated: int = 0
    ids: set[str] = field(default_factory=set)
    #: By file and offset.
    places: dict[tuple[str, int], Placed] = field(default_factory=dict)
    allowance: Allowance = field(default_factory=Allowance)

    def problem(self, indonesian: str, english: str) -> None:
        """Note what does not hold."""
        self.problems.append(Text(indonesian, english))

    def notice(self, indonesian: str, english: str) -> None:
        """Note what a reader should know."""
        self.notices.append(Text(indonesian, english))


def read_warc(stream: Stream, name: str, found: Found) -> None:
    """Read a WARC to its end, or to where no further record can be found.

    Parameters
    ----------
    stream
        Its bytes.
    name
        What to call it in sentences, and in places.
    found
        Where to note what it shows.
    """
    raw = Raw(stream)
    called = shown(name)
    count = 0
    shared = False
    try:
        for member in members(raw, found.allowance):
            for record in _records(member, count):
                count += 1
                if sum(found.types.values()) >= MOST:
                    found.problem(
                        f"{called}: memuat lebih dari {MOST} catatan; sisanya tidak diperiksa",
                        f"{called}: holds more than {MOST} records; the rest was not checked",
                    )
                    return
                _take_in(record, name, found)
                shared = not _settle(record, member, name, found) or shared
    except Broken as bad:
        found.problem(f"{called}: {bad.words.id}", f"{called}: {bad.words.en}")
    if shared:
        found.notice(
            f"{called}: catatannya tidak dikompresi satu per satu, sehingga indeks tidak dapat menunjuknya",
            f"{called}: its records are not packed one by one, so that no index can point at them",
        )
    if not count:
        found.problem(f"{called}: tidak memuat satu catatan pun", f"{called}: holds no record at all")


def _records(member: Member, before: int) -> Iterator[Record]:
    number = before
    while member.peek(1):
        number += 1
        offset = member.start if member.packed else member.place
        yield read_record(member, number, offset)


def _settle(record: Record, member: Member, name: str, found: Found) -> bool:
    """Note where a record lies, if it does not share its member with others; whether that is so."""
    if member.packed:
        if record.number > 1 and (name, record.offset) in found.places:
            del found.places[name, record.offset]
            return False
        if member.peek(1):
            return False
        record.length = member.end - member.start
        record.packed_digest = member.digest.hexdigest()
    else:
        record.length = member.place - record.offset
    digests = [
        (algorithm, value)
        for kind in (record.payload, record.unchunked, record.block)
        for algorithm, value in kind.items()
    ]
    found.places[name, record.offset] = Placed(
        record.length, record.type, record.uri, tuple(digests), record.packed_digest
    )
    return True


def _take_in(record: Record, name: str, found: Found) -> None:
    place = f"{shown(name)}, catatan ke-{record.number}", f"{shown(name)}, record {record.number}"

    def problem(indonesian: str, english: str) -> None:
        found.problem(f"{place[0]}: {indonesian}", f"{place[1]}: {english}")

    found.types[record.type if record.type in _TYPES else "?"] += 1
    _check_fields(record, problem, found)
    found.with_digest += _check_digests(record, problem) and record.type in {"response", "resource"}
    _check_target(record, problem)
    date = record.fields.get("warc-date", "")
    if date and not _DATE.fullmatch(date):
        problem(f"waktunya bukan waktu UTC ({shown(date, 40)})", f"its time is no time in UTC ({shown(date, 40)})")
    elif date and record.type in CAPTURES:
        found.first = min(found.first or date, date)
        found.last = max(found.last, date)
    if record.fields.get("warc-truncated"):
        found.truncated += 1
    if record.type in CAPTURES and record.uri:
        found.addresses.setdefault(record.uri)
    if record.type == "warcinfo":
        _software(record, found)


def _check_fields(record: Record, problem: Callable[[str, str], None], found: Found) -> None:
    missing = [called for name, called in _MANDATORY.items() if not record.fields.get(name)]
    if missing:
        problem(f"tidak memiliki {', '.join(missing)}", f"has no {', '.join(missing)}")
    if record.repeated:
        names = shown(", ".join(sorted(set(record.repeated))))
        problem(f"menyebut {names} lebih dari sekali", f"states {names} more than once")
    if record.type and record.type not in _TYPES:
        problem(f"jenisnya tidak dikenal ({shown(record.type, 40)})", f"is of no known type ({shown(record.type, 40)})")
    record_id = record.fields.get("warc-record-id", "")
    if record_id and record_id in found.ids:
        problem("memakai tanda pengenal catatan lain", "has the identifier of another record")
    found.ids.add(record_id)


def _check_digests(record: Record, problem: Callable[[str, str], None]) -> bool:
    """Compare a record with the digests it states; whether one of them fits."""
    fits = False
    for which, computed in (("block", [record.block]), ("payload", [record.payload, record.unchunked])):
        written = record.fields.get(f"warc-{which}-digest")
        if written is None:
            continue
        algorithm = algorithm_of(written)
        if algorithm is None:
            problem(
                f"ringkasannya ({which}) memakai cara yang tidak dikenal ({shown(written, 40)})",
                f"its {which} digest is of no known kind ({shown(written, 40)})",
            )
            continue
        # What a revisit names is the digest of the earlier capture's payload, which it does not hold.
        if which == "payload" and record.type == "revisit":
            continue
        value = digest_of(written)
        if value is None or value not in {kind.get(algorithm) for kind in computed}:
            problem(
                f"isinya tidak cocok dengan ringkasan ({which}) yang dinyatakan: diubah sesudah ditangkap, atau rusak",
                f"what it holds does not fit its {which} digest: it was changed after capture, or damaged",
            )
        else:
            fits = True
    return fits


def _check_target(record: Record, problem: Callable[[str, str], None]) -> None:
    if not record.uri:
        if record.type in CAPTURES:
            problem("tidak menyebut alamat yang ditangkap", "names no captured address")
        return
    scheme = _SCHEME.match(record.uri)
    named = scheme[1].lower() if scheme else ""
    address = shown(record.uri)
    if named in _LOCAL:
        problem(
            f"alamatnya ({address}) menunjuk ke dalam komputer, bukan ke web",
            f"its address ({address}) points into a computer, not to the web",
        )
    elif not named or any(character.isspace() or not character.isprintable() for character in record.uri):
        problem(f"alamatnya ({address}) bukan alamat", f"its address ({address}) is no address")
    elif record.type == "response" and named not in _WEB and named not in {"dns", "urn", "data", "gemini", "whois"}:
        problem(f"alamatnya ({address}) tidak memakai cara web", f"its address ({address}) is not of the web")


def _software(record: Record, found: Found) -> None:
    for line in record.words.decode("utf-8", "replace").splitlines():
        name, _, value = line.partition(":")
        if name.strip().lower() == "software" and value.strip() and len(found.software) < 10:  # noqa: PLR2004 - enough to tell
            found.software.setdefault(shown(value.strip(), 200))


def conclude(found: Found) -> None:
    """Note what all records together lack."""
    captures = sum(found.types[name] for name in CAPTURES)
    if not captures:
        found.problem("tidak memuat satu tangkapan pun", "holds no capture at all")
    elif not found.with_digest:
        found.notice(
            "tidak satu tangkapan pun memuat ringkasan (digest), jadi perubahan di dalamnya tidak akan tampak",
            "no capture has a digest, so that a change within would not show",
        )
    elif found.with_digest < captures - found.types["revisit"]:
        found.notice(
            "sebagian tangkapan tidak memuat ringkasan (digest), jadi perubahan di dalamnya tidak akan tampak",
            "some captures have no digest, so that a change within would not show",
        )
    if found.truncated:
        found.notice(
            f"{found.truncated} catatan dinyatakan terpotong oleh program yang menangkap",
            f"{found.truncated} records are stated to be cut by the program that captured",
        )
