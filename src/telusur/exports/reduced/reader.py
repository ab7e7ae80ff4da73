"""Reading a reduced export like any other, as messages; runs in the limited worker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final, get_args

from telusur.domain.account import PLATFORMS
from telusur.domain.errors import BadInput
from telusur.domain.event import Action, Certainty
from telusur.domain.record import LogName
from telusur.domain.text import Text
from telusur.evidence import Archive, shown
from telusur.exports.lone import begun
from telusur.exports.messages import Message, event_message, log_message, problem_message, record_message
from telusur.exports.reduced.making import SCHEMA, digest_of, is_cut, stated_window
from telusur.exports.reduced.window import Window
from telusur.exports.strict_json import loads
from telusur.exports.unusable import Unusable

_LARGEST: Final = 256 << 20
_TOLD: Final = 50
_ACTIONS: Final = frozenset(get_args(Action))
_CERTAINTIES: Final = frozenset(get_args(Certainty))
_LOGS: Final = frozenset(get_args(LogName))
_WORDS: Final = ("object_id", "text", "client", "device", "ip", "user_agent", "old", "new", "model", "place")
_LONGEST: Final = 100_000
_SIGN: Final = b'"schema": "' + SCHEMA.encode() + b'"'
_ALTERED: Final = Text(
    "isinya tidak cocok dengan hash yang dicatat saat berkas ini dibuat: berkas ini diubah atau rusak sesudahnya",
    "it does not fit the hash that was noted when it was made: it was altered or damaged since",
)


class _Broken(ValueError):
    """A value that is none of those that reducing writes."""


def recognise(archive: Archive) -> bool:
    """Whether this is a reduced export: one file that says so."""
    if len(archive.members) != 1:
        return False
    name = archive.members[0].name
    return begun(archive, name, 16).startswith(b'{\n "account": {') and _SIGN in _content(archive, name)


def _content(archive: Archive, name: str) -> bytes:
    parts, size = [], 0
    try:
        with archive.open(name) as stream:
            while more := stream.read(1 << 20):
                parts.append(more)
                size += len(more)
                if size > _LARGEST:
                    break
    except BadInput:
        # What is damaged does not fit its own hash either.
        pass
    return b"".join(parts)


def read(archive: Archive, name: str) -> Iterator[Message]:
    """Give what a reduced export says.

    Parameters
    ----------
    archive
        One that `recognise` knows.
    name
        What to call it in messages.

    Raises
    ------
    BadInput
        If it cannot be read as a whole.
    """
    content = _content(archive, archive.members[0].name)
    if len(content) > _LARGEST:
        raise BadInput(f"is larger than {_LARGEST >> 20} MB", where=name)
    try:
        document = loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise BadInput(
            Text(
                f"adalah ekspor ringkas yang rusak pada bita ke-{error.start}; buatlah kembali dari ekspor lengkap",
                f"is a reduced export that is damaged at byte {error.start}; make it again from the full export",
            ),
            where=name,
        ) from None
    except Unusable as error:
        raise BadInput(
            Text(
                f"adalah ekspor ringkas yang rusak: {error.why.id}; buatlah kembali dari ekspor lengkap",
                f"is a reduced export that is damaged: {error.why.en}; make it again from the full export",
            ),
            where=name,
        ) from None
    if not isinstance(document, Mapping) or document.get("schema") != SCHEMA:
        raise BadInput(f"is no {SCHEMA}; make it again from the full export", where=name)
    yield from _Reading(document, archive.members[0].name, name).messages()


class _Reading:
    def __init__(self, document: Mapping[str, Any], file: str, name: str) -> None:
        self._document = document
        self._file = shown(file)
        self._name = name
        self._told = 0

    def _problem(self, indonesian: str, english: str) -> Iterator[Message]:
        self._told += 1
        if self._told <= _TOLD:
            yield problem_message(self._file, Text(indonesian, english))

    def messages(self) -> Iterator[Message]:
        """Give everything."""
        document = self._document
        try:
            window = stated_window(document)
            account, whole = self._account(), self._whole()
        except (BadInput, _Broken, OverflowError):
            raise BadInput(
                "is a reduced export that lacks its account, window or times; make it again from the full export",
                where=self._name,
            ) from None
        if document.get("sha256") != _digest(document):
            yield from self._problem(_ALTERED.id, _ALTERED.en)
        events = document.get("events")
        if not isinstance(events, list):
            raise BadInput("is a reduced export without its list of events; make it again", where=self._name)
        for index, event in enumerate(events, start=1):
            try:
                fields, file, offset, sha256 = _event(event)
            except _Broken as why:
                yield from self._problem(
                    f"catatan ke-{index} tidak dapat dipakai ({why}); dilewati",
                    f"its record {index} cannot be used ({why}); it was skipped",
                )
                continue
            yield event_message(fields, file, offset, sha256)
        yield from self._logs(window)
        yield from self._said_problems()
        if self._told > _TOLD:
            more = self._told - _TOLD
            yield problem_message(self._file, Text(f"dan {more} masalah lain", f"and {more} further problems"))
        yield record_message(**account, **whole, left_out=self._left_out(), reduced=True)

    def _account(self) -> dict[str, Any]:
        account = self._document.get("account")
        if not isinstance(account, Mapping) or account.get("platform") not in PLATFORMS:
            raise _Broken
        return {
            "platform": account["platform"],
            "handle": _words(account, "handle"),
            "account_id": _words(account, "account_id"),
        }

    def _whole(self) -> dict[str, Any]:
        generated, partial = _time(self._document.get("generated_at")), self._document.get("partial")
        # Posts after the window are as little in this file as posts after the day of the export.
        until = stated_window(self._document).until
        return {
            "generated_at": None if generated is None else min(generated, until),
            # A whole export that was reduced is not whole any more; one that was partial still is.
            "partial": True if partial is True else None,
            "timezone": _words(self._document, "timezone"),
        }

    def _logs(self, window: Window) -> Iterator[Message]:
        logs = self._document.get("logs")
        for log in logs if isinstance(logs, list) else []:
            try:
                yield _log(log, window)
            except _Broken as why:
                yield from self._problem(
                    f"salah satu log tidak dapat dipakai ({why})", f"one of its logs cannot be used ({why})"
                )
        if not isinstance(logs, list) or not logs:
            yield from self._problem("tidak memuat daftar log", "it holds no list of logs")

    def _said_problems(self) -> Iterator[Message]:
        problems = self._document.get("problems")
        for problem in problems if isinstance(problems, list) else [None]:
            match problem:
                case [str(file), {"id": str(indonesian), "en": str(english)}, int() | None as offset]:
                    yield problem_message(shown(file), Text(indonesian[:1_000], english[:1_000]), offset)
                case _:
                    yield from self._problem(
                        "memuat masalah yang tidak terbaca", "it holds a problem that is unreadable"
                    )
        elsewhere = self._document.get("problems_elsewhere")
        if isinstance(elsewhere, int) and elsewhere > 0:
            yield from self._problem(
                f"{elsewhere} masalah pada berkas lain dari ekspor lengkapnya tidak disertakan",
                f"{elsewhere} problems in other files of the full export are not told here",
            )

    def _left_out(self) -> list[str]:
        match self._document.get("original"):
            case {"left_out": {"kinds": [*kinds]}}:
                return [shown(kind) for kind in kinds if isinstance(kind, str)]
        return []


def _digest(document: Mapping[str, Any]) -> str | None:
    try:
        return digest_of(document)
    except (ValueError, TypeError):
        # Half a character, which no file can be written with.
        return None


def _event(event: object) -> tuple[dict[str, Any], str, int, str]:
    if not isinstance(event, Mapping):
        raise _Broken("bentuk / form")
    match event:
        case {
            "action": str(action),
            "written": str(written),
            "certainty": str(certainty),
            "source": {"file": str(file), "offset": int(offset), **reference},
        } if action in _ACTIONS and certainty in _CERTAINTIES:
            pass
        case _:
            raise _Broken("bentuk / form")
    match reference:
        case {"sha256": str(sha256)}:
            pass
        case {"commitment": str(commitment)}:
            sha256 = f"committed:{commitment}"
        case _:
            raise _Broken("source")
    permissions = event.get("permissions", [])
    if not isinstance(permissions, list) or not all(isinstance(one, str) for one in permissions):
        raise _Broken("permissions")
    fields = {
        "action": action,
        "at": _time(event.get("at")),
        "written": written[:_LONGEST],
        "certainty": certainty,
        **{key: _words(event, key) for key in _WORDS},
        "until": _time(event.get("until")),
        "permissions": permissions[:1_000],
    }
    return fields, shown(file), offset, sha256[:200]


def _words(holder: Mapping[str, Any], key: str) -> str | None:
    found = holder.get(key)
    if found is not None and (not isinstance(found, str) or len(found) > _LONGEST):
        raise _Broken(key)
    # Half a character cannot travel any further.
    return None if found is None else found.encode("utf-8", "replace").decode()


def _time(written: object) -> datetime | None:
    if written is None:
        return None
    try:
        at = datetime.fromisoformat(written) if isinstance(written, str) else None
        if at is not None and at.tzinfo is not None:
            return at.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise _Broken("waktu / time")


def _log(log: object, window: Window) -> Message:
    if not isinstance(log, Mapping):
        raise _Broken("bentuk / form")
    match log:
        case {
            "log": str(name),
            "file": str() | None as file,
            "found": int(found),
            "expected": int() | None as expected,
            "skipped": int(skipped),
            "dropped": int(dropped),
        } if name in _LOGS and 0 <= dropped <= found and skipped >= 0:
            pass
        case _:
            raise _Broken("bentuk / form")
    first, last = _time(log.get("first")), _time(log.get("last"))
    if is_cut(name):  # type: ignore[arg-type] # one of them, as checked above
        begins = window.posts_from if name in {"posts", "deleted_posts", "messages"} else window.begins
        first = None if first is None else max(first, begins)
        last = None if last is None else min(last, window.until)
        if first is not None and last is not None and first > last:
            # Nothing of the log lies in the window.
            first = last = None
    # What the manifest promised beyond what was found is as much missing as before.
    promised = None if expected is None else max(expected - dropped, 0)
    return log_message(name, None if file is None else shown(file), found - dropped, promised, first, last, skipped)  # type: ignore[arg-type] # same
