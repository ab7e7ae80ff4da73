"""Reading an X archive, file by file, as messages; runs in the limited worker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from telusur.domain.errors import BadInput
from telusur.domain.record import LogName
from telusur.domain.text import Text
from telusur.evidence import Archive, shown
from telusur.exports.elements import Element, Elements, Fault
from telusur.exports.messages import Message, event_message, log_message, problem_message, record_message
from telusur.exports.x_archive.layout import Layout, lay_out
from telusur.exports.x_archive.manifest import Manifest, read_manifest
from telusur.exports.x_archive.records import KINDS, BadRecord, Fields, Kind, Remarks, unwrapped

#: Problems told for one file; the rest are counted.
_TOLD: Final = 50
#: Longest words of one field: X's longest posts have 25,000 characters.
_LONGEST: Final = 50_000

_ELSEWHERE: Final = Text(
    "terletak di folder lain, seperti milik arsip kedua; tidak dibaca",
    "it lies in another folder, as of a second archive; it was not read",
)
_NO_MANIFEST: Final = Text(
    "tidak memuat manifes yang dapat dibaca, sehingga kelengkapan tidak dapat dinilai",
    "it holds no manifest that can be read, so completeness cannot be judged",
)
_BEGINS_OTHERWISE: Final = Text(
    "awalnya tidak seperti berkas data X; tidak dibaca", "it does not begin as X's data files do; it was not read"
)
_UNKNOWN_NAME: Final = Text(
    "menyebut dirinya dengan nama yang tidak termasuk yang dibaca; tidak dibaca",
    "it calls itself by a name that is not read; it was not read",
)
_SKIPPED: Final = Text(
    "catatan yang menyalahi bentuknya; dilewati: ", "a record that breaks its schema; it was skipped: "
)
_READ_BUT: Final = Text("catatan tetap dibaca, tetapi ", "a record was read, but ")


def recognise(archive: Archive) -> bool:
    """Whether this is an X archive, by its files' names and first bytes."""
    return lay_out(archive) is not None


def read(archive: Archive, name: str) -> Iterator[Message]:
    """Give all that the archive's logs say.

    Parameters
    ----------
    archive
        One that `recognise` knows.
    name
        What to call it in messages.

    Yields
    ------
    Message
        Problems and events in file order, then one for each log, then one for the account.

    Raises
    ------
    BadInput
        If there is no account data in it.
    """
    layout = lay_out(archive)
    if layout is None:
        raise BadInput("holds no account data of X", where=name)
    return _Reading(archive, layout, name).messages()


def _after(begun: Text, rest: Text) -> Text:
    return Text(begun.id + rest.id, begun.en + rest.en)


class _Log:
    """What is counted of one log while reading."""

    def __init__(self) -> None:
        self.file: str | None = None
        self.found = 0
        self.skipped = 0
        self.expected: int | None = None
        self.first: datetime | None = None
        self.last: datetime | None = None

    def span(self, at: datetime | None) -> None:
        if at is not None:
            self.first = at if self.first is None or at < self.first else self.first
            self.last = at if self.last is None or at > self.last else self.last


class _Reading:
    def __init__(self, archive: Archive, layout: Layout, name: str) -> None:
        self._archive = archive
        self._layout = layout
        self._name = name
        self._manifest = Manifest()
        #: What the manifest promises, by file name below the folder of the data files, wherever that lies now.
        self._promised: dict[str, tuple[str, int]] = {}
        self._logs: dict[LogName, _Log] = {kind.log: _Log() for kind in KINDS.values()}
        self._account_id: str | None = None
        self._handle: str | None = None
        self._time_zone: str | None = None
        self._posts: set[str] = set()
        self._problems: dict[str, int] = {}

    def messages(self) -> Iterator[Message]:
        """Give everything, in an order in which what a file is compared with has been read before it."""
        yield from self._refused()
        files = self._layout.read
        for path in (path for path, name in files.items() if name == "manifest"):
            yield from self._read_manifest(path)
        order = list(KINDS)
        for path in sorted((p for p in files if files[p] in KINDS), key=lambda p: (order.index(files[p]), p)):
            yield from self._read_file(path)
        if not any(log.found for log in self._logs.values()):
            raise BadInput("holds no account data of X that can be read", where=self._name)
        yield from self._compare()
        for file, count in self._problems.items():
            if count > _TOLD:
                more = count - _TOLD
                words = Text(f"dan {more} masalah lain dalam berkas ini", f"and {more} further problems in this file")
                yield problem_message(file, words)
        for log_name, log in self._logs.items():
            yield log_message(log_name, log.file, log.found, log.expected, log.first, log.last, log.skipped)
        yield record_message(
            platform="x",
            handle=self._handle or self._manifest.handle,
            account_id=self._account_id or self._manifest.account_id,
            generated_at=self._manifest.generated_at,
            partial=self._manifest.partial,
            timezone=self._time_zone,
            left_out=[shown(name) for name in self._layout.left_out],
        )

    def _problem(self, file: str, message: Text, offset: int | None = None) -> Iterator[Message]:
        """Tell of a problem, up to a number for each file; every one is counted."""
        self._problems[file] = self._problems.get(file, 0) + 1
        if self._problems[file] <= _TOLD:
            yield problem_message(shown(file), message, offset)

    def _refused(self) -> Iterator[Message]:
        for refused in self._archive.refused:
            why = refused.why
            yield from self._problem(refused.name, Text(f"{why.id}; tidak dibaca", f"{why.en}; it was not read"))
        for path in self._layout.elsewhere:
            yield from self._problem(path, _ELSEWHERE)

    def _read_manifest(self, path: str) -> Iterator[Message]:
        read = False
        try:
            with self._archive.open(path) as stream:
                for part in Elements(stream, ("userInfo",)):
                    if isinstance(part, Element):
                        read = True
                        self._manifest = read_manifest(part.value)
                        for remark in self._manifest.remarks:
                            yield from self._problem(path, remark, part.offset)
                    else:
                        yield from self._problem(path, part.message, part.offset)
        except BadInput as error:
            yield from self._problem(path, error.words)
        if not read:
            yield from self._problem(path, _NO_MANIFEST)
        self._account_id = self._manifest.account_id
        self._promised = {name.removeprefix("data/"): told for name, told in self._manifest.promised.items()}
        for promised, count in self._manifest.promised.values():
            if promised in KINDS:
                log = self._logs[KINDS[promised].log]
                log.expected = (log.expected or 0) + count

    def _read_file(self, path: str) -> Iterator[Message]:
        expected_name = self._layout.read[path]
        try:
            with self._archive.open(path) as stream:
                elements = Elements(stream, (KINDS[expected_name].wrapper,))
                if elements.name is None:
                    yield from self._problem(path, _BEGINS_OTHERWISE, 0)
                    return
                if elements.name not in KINDS:
                    yield from self._problem(path, _UNKNOWN_NAME, 0)
                    return
                yield from self._read_records(path, elements, elements.name)
        except BadInput as error:
            yield from self._problem(path, error.words)

    def _read_records(self, path: str, elements: Elements, name: str) -> Iterator[Message]:
        kind = KINDS[name]
        log = self._logs[kind.log]
        log.file = log.file or path
        before = log.found + log.skipped
        told_path = shown(path)
        for part in elements:
            if isinstance(part, Fault):
                log.skipped += part.record
                yield from self._problem(path, part.message, part.offset)
                continue
            remarks = Remarks([])
            try:
                events = self._events(part, kind, name, remarks)
            except BadRecord as error:
                log.skipped += 1
                yield from self._problem(path, _after(_SKIPPED, error.why), part.offset)
                continue
            log.found += 1
            sha256 = part.sha256
            for remark in remarks.said:
                yield from self._problem(path, _after(_READ_BUT, remark), part.offset)
            for fields in events:
                log.span(fields["at"])
                yield event_message(fields, told_path, part.offset, sha256)
        read = log.found + log.skipped - before
        promised = self._promised.get(path.removeprefix(self._layout.root))
        if promised is not None and promised[1] != read:
            yield from self._problem(
                path,
                Text(
                    f"manifes menjanjikan {promised[1]} catatan di sini; yang ditemukan {read}",
                    f"the manifest promises {promised[1]} records here; {read} were found",
                ),
            )

    def _events(self, part: Element, kind: Kind, name: str, remarks: Remarks) -> list[Fields]:
        record = unwrapped(part.value, kind)
        if part.replaced:
            remarks.add(
                "memuat bita yang bukan UTF-8; bita itu dibaca sebagai U+FFFD",
                "it holds bytes that are not UTF-8; they were read as U+FFFD",
            )
        if part.halved:
            remarks.add(
                "memuat setengah karakter; dibaca sebagai U+FFFD", "it holds half a character; it was read as U+FFFD"
            )
        events = list(kind.read(record, remarks))
        if len(part.raw) > _LONGEST:
            _check_lengths(events)
        self._compare_account(record, name)
        if kind.log == "posts":
            identifier = events[0]["object_id"]
            if identifier in self._posts:
                remarks.add(f"unggahan {identifier} muncul dua kali", f"the post {identifier} stands twice")
            self._posts.add(identifier)
        return events

    def _compare_account(self, record: Mapping[str, Any], name: str) -> None:
        """Take the account's names from its own file; refuse records of another account."""
        stated = record.get("accountId", record.get("userId"))
        identifier = None if stated is None else str(stated)[:40]
        if self._account_id is None:
            self._account_id = identifier
        elif identifier is not None and identifier != self._account_id:
            raise BadRecord(
                Text(f"milik akun lain ({identifier[:20]})", f"it belongs to another account ({identifier[:20]})")
            )
        if name == "account" and isinstance(record.get("username"), str):
            self._handle = record["username"][:100]
        if name == "account_timezone":
            self._time_zone = str(record["timeZone"])[:100]

    def _compare(self) -> Iterator[Message]:
        """Name the files that the manifest promises and that are not there."""
        there = {path.removeprefix(self._layout.root) for path in self._layout.read}
        for path, (promised, count) in self._promised.items():
            if promised in KINDS and count and path not in there:
                file = self._layout.root + path[:200]
                yield from self._problem(
                    file,
                    Text(
                        f"manifes menjanjikan {count} catatan di sini; berkasnya tidak ada",
                        f"the manifest promises {count} records here; there is no such file",
                    ),
                )


def _check_lengths(events: Sequence[Fields]) -> None:
    for fields in events:
        for key, value in fields.items():
            length = len("".join(value) if isinstance(value, tuple) else value) if isinstance(value, str | tuple) else 0
            if length > _LONGEST:
                raise BadRecord(Text(f"{key} berisi {length} karakter", f"its {key} has {length} characters"))
