"""Reading a Facebook or Instagram export, file by file, as messages; runs in the limited worker."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence import Archive
from telusur.exports.json_cut import Cut, Cutter
from telusur.exports.messages import Message, record_message
from telusur.exports.meta.kinds import FACEBOOK, INSTAGRAM, BadRecord, Fields, Kind, root_of, text_of
from telusur.exports.meta.layout import Layout, is_html, lay_out
from telusur.exports.shapes import is_email
from telusur.exports.tally import Tally

_LOGS: Final = (
    "posts", "comments", "likes", "groups", "logins", "sessions", "devices", "credentials", "handles", "apps",
    "account",
)  # fmt: skip
#: Largest file taken in one piece, in bytes.
_LARGEST: Final = 256 << 20
_LONGEST: Final = 100_000
_PROFILE_ID: Final = re.compile(r"(?:profile\.php\?id=|facebook\.com/)(\d{5,20})\b")
_HANDLE: Final = re.compile(r"[A-Za-z0-9._]{3,50}")
_NOT_UTF8: Final = Text(
    "memuat bita yang bukan UTF-8; bita itu dibaca sebagai U+FFFD",
    "it holds bytes that are not UTF-8; they were read as U+FFFD",
)


def recognise(archive: Archive) -> bool:
    """Whether this is a Facebook or Instagram export, by the first keys of its files."""
    return lay_out(archive) is not None or is_html(archive)


def read(archive: Archive, name: str) -> Iterator[Message]:
    """Give all that the export's logs say.

    Parameters
    ----------
    archive
        One that `recognise` knows.
    name
        What to call it in messages.

    Raises
    ------
    BadInput
        If it is in HTML, or no account data can be read.
    """
    layout = lay_out(archive)
    if layout is None:
        raise BadInput(
            Text(
                "adalah ekspor dalam format HTML, yang tidak menyebut zona waktu dan nomor perangkat; "
                "unduh kembali dengan format JSON",
                "is an export in HTML, which states neither zones nor identifiers of devices; "
                "download it again and choose JSON",
            ),
            where=name,
        )
    yield from _Reading(archive, layout, name).messages()


class _Reading:
    def __init__(self, archive: Archive, layout: Layout, name: str) -> None:
        self._archive = archive
        self._layout = layout
        self._name = name
        self._tally = Tally(_LOGS)
        self._kinds: Mapping[str, Kind] = FACEBOOK if layout.platform == "facebook" else INSTAGRAM
        self._account_id: str | None = None
        self._handle: str | None = None
        self._seen: set[tuple[datetime, str | None]] = set()

    def messages(self) -> Iterator[Message]:
        """Give everything; the fullest log of sessions first, so that what others repeat is told once."""
        yield from self._tally.refused(self._archive)
        order = list(self._kinds)
        files = sorted(self._layout.read.items(), key=lambda item: (order.index(root_of(item[1])), item[0]))
        for path, key in files:
            yield from self._file(path, root_of(key))
        if not self._tally.found:
            raise BadInput("holds no account data that can be read", where=self._name)
        yield from self._tally.close()
        yield record_message(
            platform=self._layout.platform,
            handle=self._handle,
            account_id=self._account_id,
            generated_at=None,
            partial=None,
            timezone=None,
            left_out=list(self._layout.left_out),
        )

    def _file(self, path: str, first: str) -> Iterator[Message]:
        kind = self._kinds[first]
        self._tally.begin(kind.log, path)
        content, damage = self._content(path)
        if damage is not None:
            yield from self._tally.problem(path, damage)
        cutter = Cutter(content)
        for part in cutter:
            root = root_of(part.path[0]) if part.path else first
            if not isinstance(part, Cut):
                if part.record:
                    yield from self._tally.skip(kind.log, path, part.message, part.offset)
                else:
                    yield from self._tally.problem(path, part.message, part.offset)
            elif root not in self._kinds:
                yield from self._tally.skip(
                    None,
                    path,
                    Text(f"kunci {root[:40]!r} tidak dibaca", f"the key {root[:40]!r} is not read"),
                    part.offset,
                )
            else:
                yield from self._record(path, root, part)
        if cutter.replaced:
            yield from self._tally.problem(path, _NOT_UTF8)

    def _content(self, path: str) -> tuple[bytes, Text | None]:
        """Give a file's bytes, as many as can be read, and what is wrong with the rest."""
        parts: list[bytes] = []
        size = 0
        try:
            with self._archive.open(path) as stream:
                while more := stream.read(1 << 20):
                    parts.append(more)
                    size += len(more)
                    if size > _LARGEST:
                        megabytes = _LARGEST >> 20
                        return b"".join(parts), Text(
                            f"lebih dari {megabytes} MB; sisanya tidak dibaca",
                            f"more than {megabytes} MB; the rest was not read",
                        )
        except BadInput as error:
            return b"".join(parts), error.words
        return b"".join(parts), None

    def _record(self, path: str, root: str, part: Cut) -> Iterator[Message]:
        kind = self._kinds[root]
        record = part.value
        if not isinstance(record, Mapping):
            yield from self._tally.skip(kind.log, path, Text("bukan objek", "it is no object"), part.offset)
            return
        if root.startswith("profile"):
            self._names(record)
        try:
            events = list(kind.read(record))
            _check_lengths(events)
        except BadRecord as error:
            yield from self._tally.skip(kind.log, path, error.why, part.offset)
            return
        if not events:
            self._tally.read(kind.log, None)
        for fields in events:
            log = "handles" if fields["action"] == "handle_changed" else kind.log
            if kind.log == "logins" and self._told(fields, first=root == "account_history_login_history"):
                self._tally.begin(log, path)
                self._tally.read(log, fields["at"])
                continue
            if kind.log == "sessions":
                self._seen.add((fields["at"], fields["ip"]))
            yield self._tally.event(log, fields, path, part.offset, part.sha256)

    def _told(self, fields: Fields, *, first: bool) -> bool:
        """Whether another log has told of this row already: the same second, the same address."""
        row = (fields["at"], fields["ip"])
        if row in self._seen and not first:
            return True
        self._seen.add(row)
        return False

    def _names(self, record: Mapping[str, object]) -> None:
        """Take the account's number and handle from the profile, by their shapes."""
        for value in _strings(record):
            if found := _PROFILE_ID.search(value):
                self._account_id = self._account_id or found[1]
        username = record.get("username")
        if isinstance(username, str):
            self._handle = username[:100]
        if self._layout.platform == "instagram":
            values = [value for value in _strings(record.get("string_map_data")) if not is_email(value)]
            handles = [value for value in values if _HANDLE.fullmatch(value)]
            self._handle = self._handle or next(iter(handles), None)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield text_of(value) or ""
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _check_lengths(events: list[Fields]) -> None:
    for fields in events:
        for key, value in fields.items():
            if isinstance(value, str) and len(value) > _LONGEST:
                raise BadRecord(Text(f"{key} berisi {len(value)} karakter", f"its {key} has {len(value)} characters"))
