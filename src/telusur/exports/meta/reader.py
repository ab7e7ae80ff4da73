"""Reading a Facebook or Instagram export, file by file, as messages; runs in the limited worker."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from telusur.domain.errors import BadInput
from telusur.domain.record import LogName
from telusur.domain.text import Text
from telusur.evidence import Archive, shown
from telusur.exports.json_cut import Break, Cut, Cutter
from telusur.exports.messages import Message, record_message
from telusur.exports.meta import facebook, instagram
from telusur.exports.meta.layout import File, Layout, is_html, is_page, lay_out, prefix_of, root_of
from telusur.exports.meta.pages import Row, is_empty, rows_of, shown_in, stamped
from telusur.exports.meta.repeats import Repeats
from telusur.exports.meta.rows import BadRecord, Fields, Kind, Remarks, text_of
from telusur.exports.meta.zones import Zones
from telusur.exports.shapes import is_email
from telusur.exports.tally import Tally

_LOGS: Final[tuple[LogName, ...]] = (
    "posts", "comments", "likes", "groups", "logins", "sessions", "devices", "credentials", "handles", "apps",
    "account",
)  # fmt: skip
_LOG_OF: Final[Mapping[str, LogName]] = {
    "post": "posts", "share": "posts", "comment": "comments", "like": "likes", "group_joined": "groups",
    "handle_changed": "handles",
}  # fmt: skip
_PROFILES: Final = frozenset({"profile", "profile_information", "profile_user"})
#: Largest file taken in one piece, in bytes.
_LARGEST: Final = 256 << 20
#: Longest words of one field: Facebook's longest posts have 63,206 characters.
_LONGEST: Final = 100_000
_PROFILE_ID: Final = re.compile(r"(?:profile\.php\?id=|(?:facebook|fb)\.com/)(\d{5,20})(?!\w)")
_PROFILE_NAME: Final = re.compile(r"(?:facebook|instagram)\.com/(?!profile\.php)([A-Za-z][A-Za-z0-9._]{2,49})/?$")
_HANDLE: Final = re.compile(r"[A-Za-z0-9._]{1,30}")
#: A name of an account in small letters with a digit, dot or underscore: hardly anybody's own name.
_SURELY_HANDLE: Final = re.compile(r"(?=[a-z0-9._]*[0-9._])[a-z0-9._]{2,30}")
_USERNAME: Final = re.compile(
    r"user ?name|nama pengguna|benutzername|nom d.utilisateur|nombre de usuario", re.IGNORECASE
)
_READ_BUT: Final = Text("catatan tetap dibaca, tetapi ", "a record was read, but ")
_NOT_MADE: Final = Text("tidak menyebut kapan akun dibuat", "it does not say when the account was made")
_OTHER_PLATFORM: Final = Text(
    "milik akun di platform Meta yang lain; tidak dibaca, serahkan ekspornya tersendiri",
    "it belongs to an account on Meta's other platform; it was not read, hand that export in by itself",
)
_OTHER_ACCOUNT: Final = Text(
    "terletak dalam ekspor akun lain di arsip yang sama; tidak dibaca",
    "it lies in another account's export in the same archive; it was not read",
)
_AGAIN: Final = Text(
    "log yang sama ada dalam JSON, yang memuat lebih banyak; HTML-nya tidak dibaca",
    "the same log stands there in JSON, which tells more; its HTML was not read",
)
_NOTHING_IN_HTML: Final = Text(
    "adalah ekspor berformat HTML tanpa data akun yang dapat dibaca; unduh kembali dan pilih format JSON, yang memuat "
    "lebih banyak",
    "is an export in HTML that holds no account data that can be read; download it again and choose JSON, which tells "
    "more",
)
_REPLACED: Final = Text(
    "catatan tetap dibaca, tetapi memuat bita yang bukan UTF-8 atau setengah karakter, dibaca sebagai U+FFFD",
    "a record was read, but it holds bytes that are not UTF-8 or half a character, read as U+FFFD",
)


def recognise(archive: Archive) -> bool:
    """Whether this is a Facebook or Instagram export, by the first keys of its files."""
    return lay_out(archive) is not None or is_html(archive)


def read(
    archive: Archive,
    name: str,
    *,
    account: Sequence[str | None] | None = None,
    chat: Mapping[str, Any] | None = None,
) -> Iterator[Message]:
    """Give all that the export's logs say.

    Parameters
    ----------
    archive
        One that `recognise` knows.
    name
        What to call it in messages.
    account
        Platform, handle and number of the account that the case is about: decides where an archive holds several.
    chat
        The zone of the case, as `Chat.as_json` gives it, for times of HTML.

    Yields
    ------
    Message
        Problems and events in file order, then one for each log, then one for the account.

    Raises
    ------
    BadInput
        If no account data can be read.
    """
    platform, handle, number = (*(account or ()), None, None, None)[:3]
    layout = lay_out(archive, name, platform)
    if layout is None:
        raise BadInput(_NOTHING_IN_HTML, where=name)
    wanted = (number, handle and handle.lstrip("@").casefold())
    yield from _Reading(archive, layout, name, wanted, (chat or {}).get("zone")).messages()


class _Reading:
    def __init__(
        self,
        archive: Archive,
        layout: Layout,
        name: str,
        wanted: tuple[str | None, str | None],
        zone: list[list[Any]] | None,
    ) -> None:
        self._wanted = wanted
        self._archive = archive
        self._layout = layout
        self._name = name
        self._tally = Tally(_LOGS)
        self._kinds: Mapping[str, Kind] = facebook.KINDS if layout.platform == "facebook" else instagram.KINDS
        self._account_id: str | None = None
        self._handle: str | None = None
        #: Profiles by the folder that each stands in: account number and handle.
        self._profiles: dict[str, tuple[str | None, str | None]] = {}
        self._told: set[str] = set()
        self._made = False
        self._repeats = Repeats()
        self._zones = Zones(layout.platform, zone, self._shown())

    def messages(self) -> Iterator[Message]:
        """Give everything; what the fullest log of sessions repeats is read before it and told once."""
        yield from self._tally.refused(self._archive)
        for path in self._layout.other:
            yield from self._tally.problem(path, _OTHER_PLATFORM)
        for path in self._layout.again:
            yield from self._tally.problem(path, _AGAIN)
        for path in filter(is_page, sorted(self._layout.read)):
            yield from self._tally.problem(path, self._zones.words)
            break
        sizes = Counter(prefix_of(path) for path in self._layout.read)
        order = list(self._kinds)
        files = sorted(
            self._layout.read.items(),
            key=lambda item: (order.index(item[1].root), -sizes[prefix_of(item[0])], item[0]),
        )
        self._choose([path for path, file in files if file.root in _PROFILES])
        for path, file in files:
            if self._is_other(prefix_of(path)):
                yield from self._tally.problem(path, _OTHER_ACCOUNT)
            else:
                yield from self._file(path, file)
        for path, part, fields, log in self._repeats.left():
            yield self._tally.event(log, fields, path, part.offset, part.sha256, counted=False)
        for path, offset, words in self._repeats.contradictions():
            yield from self._tally.problem(path, words, offset)
        if not self._tally.found:
            pages = any(map(is_page, self._layout.read))
            raise BadInput(_NOTHING_IN_HTML if pages else "holds no account data that can be read", where=self._name)
        yield from self._tally.close()
        yield record_message(
            platform=self._layout.platform,
            handle=self._handle,
            account_id=self._account_id,
            generated_at=None,
            partial=None,
            timezone=None,
            left_out=[shown(name) for name in self._layout.left_out],
        )

    def _choose(self, paths: list[str]) -> None:
        """Take the account from the profiles: the case's own, else that of the larger export."""
        for path in paths:
            for part in self._parts(path, self._layout.read[path], self._content(path)[0]):
                if isinstance(part, Cut) and isinstance(part.value, Mapping) and len(part.path) <= 1:
                    self._names(prefix_of(path), part.value)
        for number, handle in self._profiles.values():
            if (number and number == self._wanted[0]) or (handle and handle.casefold() == self._wanted[1]):
                self._account_id, self._handle = number, handle
                return
        self._account_id, self._handle = next(iter(self._profiles.values()), (None, None))

    def _is_other(self, prefix: str) -> bool:
        """Whether a folder's own profile names another account than the one that is read."""
        number, handle = self._profiles.get(prefix, (None, None))
        if number and self._account_id:
            return number != self._account_id
        return bool(handle and self._handle and handle != self._handle)

    def _file(self, path: str, file: File) -> Iterator[Message]:
        kind = self._kinds[file.root]
        self._tally.begin(kind.log, path)
        content, damage = self._content(path)
        if damage is not None:
            yield from self._tally.problem(path, damage)
        for part in self._parts(path, file, content):
            root = file.root
            if part.path and file.keyed:
                root = root_of(part.path[0])
            if not isinstance(part, Cut):
                yield from self._tally.broken(kind.log, path, part)
            elif root in self._kinds:
                yield from self._record(path, root, part)
            elif isinstance(part.value, Mapping):
                words = Text(f"kunci {root[:40]!r} tidak dibaca", f"the key {root[:40]!r} is not read")
                yield from self._tally.problem(path, words, part.offset)
        if self._layout.platform == "facebook" and file.root in _PROFILES and not self._made:
            yield from self._tally.problem(path, _NOT_MADE)

    def _parts(self, path: str, file: File, content: bytes) -> Iterator[Cut | Break]:
        """Give a file's records, and where it is broken."""
        if is_page(path):
            return rows_of(content, file.root, self._zones, facebook=self._layout.platform == "facebook")
        return iter(Cutter(content, whole=file.root == "labelled_sessions"))

    def _shown(self) -> Iterator[tuple[datetime, timedelta]]:
        """Give how far the export's clock was ahead of UTC, where logins show it."""
        for path, file in self._layout.read.items():
            if is_page(path) and self._kinds[file.root].log == "logins":
                yield from shown_in(self._content(path)[0])

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
        try:
            events, remarks = _read(kind, part, record)
        except BadRecord as error:
            yield from self._tally.skip(kind.log, path, error.why, part.offset)
            return
        for remark in remarks:
            yield from self._tally.problem(path, remark, part.offset)
        if not events:
            self._tally.read(kind.log, None)
        again = part.sha256 in self._told
        self._told.add(part.sha256)
        yield from self._happenings(path, root, part, events, again=again)

    def _happenings(self, path: str, root: str, part: Cut, events: list[Fields], *, again: bool) -> Iterator[Message]:
        """Count every event; give those that no other file gives."""
        for fields in events:
            kind = self._kinds[root]
            log = _LOG_OF.get(fields["action"], kind.log)
            self._made = self._made or fields["action"] == "account_created"
            self._tally.begin(log, path)
            self._tally.read(log, fields["at"])
            if again:
                # The same bytes stand in another part of the export.
                continue
            if root in facebook.REPEATED and self._repeats.keep(root, path, part, fields, log):
                continue
            if root == "account_activity" and not self._repeats.tell(path, part, fields):
                continue
            if fields["action"] == "device_added" and self._repeats.is_listed(fields):
                continue
            yield self._tally.event(log, fields, path, part.offset, part.sha256, counted=False)

    def _names(self, prefix: str, record: Mapping[str, object]) -> None:
        """Take the account's number and handle from the profile, by their shapes."""
        number: str | None = None
        handle = text_of(record.get("username"))
        for value in _strings(record.get("profile_uri")):
            found, named = _PROFILE_ID.search(value), _PROFILE_NAME.search(value)
            number = number or (found[1] if found else None)
            handle = handle or (named[1] if named else None)
        if self._layout.platform == "instagram":
            handle = handle or _handle_of(record.get("string_map_data"))
        handle = handle[:100] if handle else None
        if number or handle:
            old = self._profiles.get(prefix, (None, None))
            self._profiles[prefix] = (old[0] or number, old[1] or handle)


def _read(kind: Kind, part: Cut, record: Mapping[str, object]) -> tuple[list[Fields], list[Text]]:
    """Give a record's events and what is odd about it."""
    if isinstance(part, Row) and is_empty(part, kind.log):
        raise BadRecord(Text("tidak menyebut waktu", "it tells no time"))
    remarks = Remarks()
    events = list(kind.read(record, remarks))
    told = remarks.said
    if isinstance(part, Row):
        events = [stamped(fields, part) for fields in events]
        # That there is no time has its reason among these.
        told = [*part.remarks, *(() if part.remarks else told)]
    if part.length > _LONGEST:
        _check_lengths(events)
    said = [Text(_READ_BUT.id + remark.id, _READ_BUT.en + remark.en) for remark in told]
    return events, [*said, _REPLACED] if part.replaced else said


def _handle_of(holder: object) -> str | None:
    """Give the account's name out of a record of labels: by a known label, else by its shape."""
    if not isinstance(holder, Mapping):
        return None
    values = {
        text_of(label) or "": value
        for label, part in holder.items()
        if isinstance(part, Mapping) and (value := text_of(part.get("value"))) and not is_email(value)
    }
    named = [value for label, value in values.items() if _USERNAME.fullmatch(label)]
    likely = [value for value in values.values() if _SURELY_HANDLE.fullmatch(value) and not value.isdigit()]
    return next((value for value in (*named, *likely) if _HANDLE.fullmatch(value)), None)


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
