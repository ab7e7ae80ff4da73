"""Reading a Google Takeout's tables, and what was liked on YouTube, as messages; runs in the limited worker."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final, Literal

from telusur.domain.errors import BadInput
from telusur.domain.record import LogName
from telusur.domain.text import Text
from telusur.evidence import Archive
from telusur.exports.agents import model_of
from telusur.exports.lone import begun
from telusur.exports.messages import Message, record_message
from telusur.exports.provider.columns import Times, address_of, columns_of, is_time, plain
from telusur.exports.provider.rows import Row, separator_of, table
from telusur.exports.strict_json import NotJson, loads
from telusur.exports.takeout.activity import Activity, pages_of
from telusur.exports.tally import Tally
from telusur.exports.written import NOT_UTF8, Written, content_of

_LOGS: Final[tuple[LogName, ...]] = ("logins", "sessions", "devices", "comments", "likes")
_LONGEST: Final = 50_000
_PEEKED: Final = 1 << 14
_MOST: Final = 5_000
_TABLE: Final = re.compile(r"\.csv$", re.IGNORECASE)
#: What is never opened, by the names of folders and files in Indonesian and English.
_PRIVATE: Final = re.compile(
    r"mail|surel|mbox|contact|kontak|chat|pesan|messag|search|penelusuran|pencarian|watch|tonton|history|histori|"
    r"riwayat|location|lokasi|maps|peta|timeline|photo|foto|drive|calendar|kalender|keep|chrome|my activity|"
    r"aktivitas saya|(?:^|[-_/ ])ads?[-_/. ]|iklan|subscri|subskripsi|langganan|pay|play store|fit\b|voice",
    re.IGNORECASE,
)
_YOUTUBE: Final = re.compile(r"youtube", re.IGNORECASE)
_LIKED: Final = re.compile(r"liked|suka", re.IGNORECASE)
_LOGIN: Final = re.compile(r"log ?-?in|sign ?-?in|masuk", re.IGNORECASE)
_VIDEO: Final = re.compile(r"[A-Za-z0-9_-]{11}")
_COMMENT: Final = re.compile(r"Ug[A-Za-z0-9_.-]{15,80}")
_CHANNEL: Final = re.compile(r"UC[A-Za-z0-9_-]{22}")
_ACCOUNT: Final = re.compile(r"\d{9,25}")
_SEEN: Final = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)? ?(?:UTC|Z|[+-]\d\d:?\d\d)?")
#: Words by which a field of a device is known, in any order.
_MAKE: Final = re.compile(r"brand|merek")
_MODEL: Final = re.compile(r"marketing|model")
#: An access log has 13 columns, or 16 in its later form; nothing else of Takeout's has time, address and program.
_WIDEST, _NARROWEST = 24, 5

_Kind = Literal["access", "devices", "comments", "likes"]


def recognise(archive: Archive) -> bool:
    """Whether a table of the access log, the devices, comments or likes is in it, or a page of YouTube's activity."""
    return bool(_files(archive)) or bool(pages_of(archive))


def _files(archive: Archive) -> dict[str, _Kind]:
    found: dict[str, _Kind] = {}
    for member in archive.members[:_MOST]:
        if _TABLE.search(member.name) and not _PRIVATE.search(member.name):
            kind = _kind(member.name, begun(archive, member.name, _PEEKED))
            if kind is not None:
                found[member.name] = kind
    return found


def _kind(name: str, content: bytes) -> _Kind | None:
    """Give what a table holds, by its values; by its name only where two hold values of one shape."""
    rows = _rows(Written(content))
    if len(rows) < 2:  # noqa: PLR2004 - names and one row
        return None
    head, body = rows[0], rows[1:]
    width = len(head.cells)
    cells = [row.cells for row in body if len(row.cells) == width]
    columns = columns_of(head.cells, cells)
    if {"at", "ip", "user_agent"} <= set(columns) and _NARROWEST <= width <= _WIDEST:
        return "access"
    if _YOUTUBE.search(name):
        if any(_COMMENT.fullmatch(cell) for row in cells[:20] for cell in row):
            return "comments"
        videos = all(row and _VIDEO.fullmatch(row[0]) for row in cells[:20])
        return "likes" if videos and _LIKED.search(name) and "at" in columns else None
    seen = sum(any(_SEEN.search(cell) for cell in row) for row in cells)
    return (
        "devices" if seen and any(_MODEL.search(plain(one)) or _MAKE.search(plain(one)) for one in head.cells) else None
    )


def _rows(written: Written) -> list[Row]:
    found = separator_of(written)
    return [] if found is None else list(table(written, *found))


def read(archive: Archive, name: str, chat: Mapping[str, Any] | None = None) -> Iterator[Message]:
    """Give all that the tables say, and what was liked by other files.

    Parameters
    ----------
    archive
        One that `recognise` knows.
    name
        What to call it in messages.
    chat
        The zone of the case, as `Chat.as_json` gives it, for times of HTML that state none.

    Raises
    ------
    BadInput
        If nothing in it can be read.
    """
    yield from _Reading(archive, name, (chat or {}).get("zone")).messages()


class _Reading:
    def __init__(self, archive: Archive, name: str, zone: list[list[Any]] | None) -> None:
        self._zone = zone
        self._liked: set[str] = set()
        self._archive = archive
        self._name = name
        self._tally = Tally(_LOGS)
        self._account_id: str | None = None
        self._channel: str | None = None

    def messages(self) -> Iterator[Message]:
        """Give everything."""
        yield from self._tally.refused(self._archive)
        files = _files(self._archive)
        for file, kind in files.items():
            content, damage = content_of(self._archive, file)
            if damage is not None:
                yield from self._tally.problem(file, damage)
            written = Written(content)
            if written.replaced:
                yield from self._tally.problem(file, NOT_UTF8)
            rows = _rows(written)
            if len(rows) > 1:
                yield from self._table(file, kind, rows[0].cells, rows[1:])
        pages = pages_of(self._archive)
        activity = Activity(self._archive, self._tally, self._zone, self._liked)
        for page in pages:
            yield from activity.read(page)
        folders = {file.rpartition("/")[0] for file in files}
        unknown = Text("bentuknya tidak dikenal; tidak dibaca", "its form is not known; it was not read")
        for member in self._archive.members[:_MOST]:
            known = member.name in files or not _TABLE.search(member.name) or _YOUTUBE.search(member.name)
            if not known and member.name.rpartition("/")[0] in folders:
                yield from self._tally.problem(member.name, unknown)
        if not self._tally.found:
            raise BadInput("holds no account data that can be read", where=self._name)
        yield from self._tally.close()
        yield record_message(
            platform="youtube",
            handle=None,
            # The channel is what the public sees; the number of the Google account stands in the access log only.
            account_id=self._channel or self._account_id,
            generated_at=None,
            partial=None,
            timezone=None,
            left_out=_left_out(self._archive, {*files, *pages}),
        )

    def _table(self, file: str, kind: _Kind, head: Sequence[str], rows: list[Row]) -> Iterator[Message]:
        log: LogName = {"access": "sessions", "devices": "devices", "comments": "comments", "likes": "likes"}[kind]  # type: ignore[assignment] # four logs
        self._tally.begin(log, file)
        columns = columns_of(head, [row.cells for row in rows if len(row.cells) == len(head)])
        at = columns.get("at")
        # Google's tables are in UTC; most say so.
        times = Times(
            "UTC", [row.cells[at] for row in rows if at < len(row.cells)] if at is not None else [], documented=True
        )
        for row in rows:
            if len(row.cells) != len(head):
                count = len(row.cells)
                words = Text(f"berisi {count} sel, bukan {len(head)}", f"it has {count} cells, not {len(head)}")
                yield from self._tally.skip(log, file, words, row.place)
                continue
            self._names(kind, head, row)
            if kind == "devices":
                fields = _device(head, row)
            else:
                written = row.cells[at] if at is not None else ""
                when = times.read(written)
                if when is None or max(map(len, row.cells)) > _LONGEST:
                    words = Text(f"{written[:40]!r} bukan waktu", f"{written[:40]!r} is no time")
                    yield from self._tally.skip(log, file, words, row.place)
                    continue
                fields = {"at": when[0], "written": written, "certainty": when[1]}
                fields |= _content(kind, row) if kind != "access" else _access(row, dict(columns))
            if kind == "likes":
                self._liked.add(fields["object_id"])
            place: LogName = "logins" if fields["action"] == "login" else log
            yield self._tally.event(place, fields, file, row.place, row.sha256)

    def _names(self, kind: _Kind, head: Sequence[str], row: Row) -> None:
        """Take the account's number and channel where the tables name them."""
        if kind in {"access", "devices"} and "gaia" in plain(head[0]) and _ACCOUNT.fullmatch(row.cells[0]):
            self._account_id = self._account_id or row.cells[0]
        if kind == "comments":
            found = next((cell for cell in row.cells if _CHANNEL.fullmatch(cell)), None)
            self._channel = self._channel or found


def _access(row: Row, columns: dict[Any, int]) -> dict[str, Any]:
    def cell(field: str) -> str | None:
        return row.cells[columns[field]] or None if field in columns else None

    agent = cell("user_agent")
    activity = cell("event") or ""
    return {
        "action": "login" if _LOGIN.search(activity) else "session_seen",
        "ip": address_of(cell("ip") or ""),
        "user_agent": agent,
        "model": model_of(agent) if agent else None,
        "place": cell("place"),
    }


def _device(head: Sequence[str], row: Row) -> dict[str, Any]:
    cells = {plain(name): cell for name, cell in zip(head, row.cells, strict=True)}
    make = next((cell for name, cell in cells.items() if _MAKE.search(name) and cell), "")
    model = next((cell for name, cell in cells.items() if _MODEL.search(name) and cell), "")
    written = next((found[0] for cell in row.cells if (found := _SEEN.search(cell))), "")
    when = Times("UTC", [written], documented=True).read(written) if written else None
    named = model if model.casefold().startswith(make.casefold()) else f"{make} {model}"
    return {
        "action": "device_seen",
        "at": when[0] if when else None,
        "written": written,
        "certainty": when[1] if when else "none",
        "model": named.strip() or None,
    }


def _content(kind: _Kind, row: Row) -> dict[str, Any]:
    if kind == "likes":
        return {"action": "like", "object_id": row.cells[0]}
    identifier = next((cell for cell in row.cells if _COMMENT.fullmatch(cell)), None)
    words = max((cell for cell in row.cells if not _is_name(cell)), key=len, default="")
    return {"action": "comment", "object_id": identifier, "text": _text(words) or None}


def _is_name(cell: str) -> bool:
    return is_time(cell) or _COMMENT.fullmatch(cell) is not None or _CHANNEL.fullmatch(cell) is not None


def _text(words: str) -> str:
    """Give a comment's words, which newer tables write as JSON, part by part."""
    if not words.startswith(("{", "[")):
        return words
    try:
        value = loads(words if words.startswith("[") else f"[{words}]")
    except NotJson:
        return words
    parts = value if isinstance(value, list) else []
    return "".join(str(part.get("text", "")) for part in parts if isinstance(part, dict)) or words


def _left_out(archive: Archive, files: Collection[str]) -> list[str]:
    """Give the services whose files were not opened; their files' names may be other people's."""
    folders = Counter(
        "/".join(member.name.split("/")[:2]) if member.name.count("/") > 1 else member.name.rpartition("/")[0] or "."
        for member in archive.members
        if member.name not in files
    )
    return [f"{folder}/" for folder in sorted(folders)][:500]
