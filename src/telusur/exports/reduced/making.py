"""Reducing an export: what is kept of it, and what is only committed to."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from telusur import __version__
from telusur.domain.errors import BadInput
from telusur.domain.event import Action, Event
from telusur.domain.record import AccountRecord, Log, LogName
from telusur.domain.text import Text
from telusur.exports.chats import Chat
from telusur.exports.door import read
from telusur.exports.reduced.commitments import Commitments, original_of
from telusur.exports.reduced.window import CUT, Wanted, Window, window_of

SCHEMA: Final = "telusur.reduced_export/1"

#: Records in which nothing was masked: their hashes tell nothing that does not stand beside them, or hang on values
#: that nobody guesses. Any other record may hold an address or a number, which a plain hash would let be guessed.
_OPEN: Final[frozenset[Action]] = CUT | {
    "login", "logout", "session_seen", "password_changed", "handle_changed", "app_connected",
}  # fmt: skip
#: Logs that are cut to the window.
_LOG_OF: Final[Mapping[Action, LogName]] = {
    "post": "posts", "share": "posts", "deleted_post": "deleted_posts", "comment": "comments", "like": "likes",
    "group_joined": "groups", "message": "messages",
}  # fmt: skip
_MORE: Final = ("object_id", "text", "client", "device", "ip", "user_agent", "old", "new", "model", "place")
#: A chat's own name is the name of somebody else.
_CHAT_FILE: Final = "chat.txt"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a case says, as far as reducing needs it.

    Parameters
    ----------
    wanted
        Times and numbers of its acts.
    chat
        Whose messages of a chat to keep.
    """

    wanted: Wanted
    chat: Chat


@dataclass(frozen=True, slots=True)
class Reduction:
    """A reduced export.

    Parameters
    ----------
    document
        ``telusur.reduced_export/1``.
    record
        What the full export says.
    window
        What was kept of its posts.
    kept, dropped
        Events by action.
    left_out
        Files whose content is not in it.
    """

    document: dict[str, Any]
    record: AccountRecord
    window: Window
    kept: Counter[Action]
    dropped: Counter[Action]
    left_out: int

    def as_bytes(self) -> bytes:
        """Give the file: the same bytes for the same export and case."""
        return written(self.document)


def written(document: Mapping[str, Any]) -> bytes:
    """Write a document in its one form: sorted keys, readable for its owner."""
    return (json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n").encode()


def digest_of(document: Mapping[str, Any]) -> str:
    """Give the hash of a document without its own ``sha256``."""
    return hashlib.sha256(written({key: value for key, value in document.items() if key != "sha256"})).hexdigest()


def reduce(path: Path, asked: Asked, *, name: str, progress: Callable[[int], None] | None = None) -> Reduction:
    """Reduce an export to what a case needs.

    Parameters
    ----------
    path
        The full export: zip, folder or chat.
    asked
        What the case says.
    name
        What to call it in messages.
    progress
        Told the number of events read so far, now and then.

    Raises
    ------
    BadInput
        If it cannot be read, or is a reduced one already.
    """
    record = read(path, name=name, progress=progress, chat=asked.chat)
    if record.reduced:
        raise BadInput("is a reduced export already; hand it in as it is", where=name)
    return _reduced(record, window_of(asked.wanted, record.events), Commitments(original_of(path, name)))


def _reduced(record: AccountRecord, window: Window, commitments: Commitments) -> Reduction:
    if record.account.platform == "whatsapp":
        record = _unnamed(record)
    kept = [event for event in record.events if window.keeps(event)]
    dropped = Counter(event.action for event in record.events if not window.keeps(event))
    files = {log.file for log in record.logs if log.file} | {event.source.file for event in record.events}
    told = [problem for problem in record.problems if problem.file in files]
    named = files - {_CHAT_FILE} if record.account.platform == "whatsapp" else files
    original = commitments.as_json(named, commitments.kinds_but(named))
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "made_by": {"telusur": __version__},
        "account": {
            "platform": record.account.platform,
            "handle": record.account.handle,
            "account_id": record.account.account_id,
        },
        "generated_at": _time(record.generated_at),
        "partial": record.partial,
        "timezone": record.timezone,
        "window": {
            "posts_from": window.posts_from.isoformat(),
            "from": window.begins.isoformat(),
            "until": window.until.isoformat(),
            "numbers": sorted(window.numbers),
        },
        "events": [_event(event, commitments) for event in kept],
        "logs": [_log(log, _dropped_of(log, record, dropped)) for log in record.logs],
        "problems": [[problem.file, problem.message.as_json(), problem.offset] for problem in told],
        "problems_elsewhere": len(record.problems) - len(told),
        "dropped": dict(dropped),
        "original": original,
    }
    document["sha256"] = digest_of(document)
    return Reduction(
        document, record, window, Counter(event.action for event in kept), dropped, original["left_out"]["files"]
    )


def _unnamed(record: AccountRecord) -> AccountRecord:
    """Give a chat's record without the name of its file, which is often another person's."""
    return replace(
        record,
        events=[replace(event, source=replace(event.source, file=_CHAT_FILE)) for event in record.events],
        logs=tuple(replace(log, file=_CHAT_FILE if log.file else None) for log in record.logs),
        problems=tuple(replace(problem, file=_CHAT_FILE) for problem in record.problems),
    )


def _dropped_of(log: Log, record: AccountRecord, dropped: Counter[Action]) -> int:
    """Give how many records of a log were dropped; on X a deleted post has a log of its own."""
    if log.name == "deleted_posts" or record.log("deleted_posts") is not None:
        actions = [action for action, name in _LOG_OF.items() if name == log.name]
    else:
        actions = [
            a for a, name in _LOG_OF.items() if name == log.name or (a == "deleted_post" and log.name == "posts")
        ]
    # A record may tell several events; more records than there are were never dropped.
    return min(sum(dropped[action] for action in actions), log.found)


def _log(log: Log, dropped: int) -> dict[str, Any]:
    return {
        "log": log.name,
        "file": log.file,
        "found": log.found,
        "expected": log.expected,
        "first": _time(log.first),
        "last": _time(log.last),
        "skipped": log.skipped,
        "dropped": dropped,
    }


def _event(event: Event, commitments: Commitments) -> dict[str, Any]:
    source = event.source
    reference: dict[str, Any] = {"file": source.file, "offset": source.offset}
    if event.action in _OPEN:
        reference["sha256"] = source.sha256
    else:
        reference["commitment"] = commitments.of("record", source.file, source.offset, source.sha256)
    said = {key: getattr(event, key) for key in _MORE}
    return {
        "action": event.action,
        "at": _time(event.at),
        "written": event.written,
        "certainty": event.certainty,
        "source": reference,
        **{key: value for key, value in said.items() if value is not None},
        **({"until": _time(event.until)} if event.until is not None else {}),
        **({"permissions": list(event.permissions)} if event.permissions else {}),
    }


def _time(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


_NO_WINDOW: Final = Text("tidak menyebut jendela waktu yang dipertahankan", "states no window of time that was kept")
_PARTS: Final[Mapping[str, Text]] = {
    "original": Text("berkas-berkas ekspor asli", "the files of the original export"),
    "account": Text("akun", "the account"),
    "events": Text("catatan yang dipertahankan", "the records that were kept"),
    "logs": Text("daftar log", "the list of logs"),
    "dropped": Text("jumlah yang tidak disertakan", "the counts of what was left out"),
    "problems": Text("masalah yang disebut", "the problems that were told"),
    "sha256": Text("hash berkas itu sendiri", "its own hash"),
}


def compared(path: Path, document: Mapping[str, Any], chat: Chat, *, name: str) -> list[Text]:
    """Say in what a reduced export differs from the full one.

    Parameters
    ----------
    path
        The full export, produced later.
    document
        The reduced one.
    chat
        Whose messages of a chat were kept.
    name
        What to call the full export in messages.

    Returns
    -------
    list of Text
        The parts that differ; none if the reduced one is a faithful part of the full one.

    Raises
    ------
    BadInput
        If the full export cannot be read, or the reduced one states no window.
    """
    record = read(path, name=name, chat=chat)
    again = _reduced(record, stated_window(document), Commitments(original_of(path, name))).document
    differing = [words for key, words in _PARTS.items() if key != "sha256" and again[key] != document.get(key)]
    if document.get("sha256") != digest_of(document):
        differing.append(_PARTS["sha256"])
    return differing


def stated_window(document: Mapping[str, Any]) -> Window:
    """Give the window that a reduced export states.

    Raises
    ------
    BadInput
        If it states none.
    """
    try:
        stated = document["window"]
        posts_from, begins, until = (datetime.fromisoformat(stated[key]) for key in ("posts_from", "from", "until"))
        numbers = frozenset(str(number) for number in stated["numbers"])
    except (KeyError, TypeError, ValueError, OverflowError):
        raise BadInput(_NO_WINDOW) from None
    if any(at.tzinfo is None for at in (posts_from, begins, until)):
        raise BadInput(_NO_WINDOW)
    return Window(posts_from.astimezone(UTC), begins.astimezone(UTC), until.astimezone(UTC), numbers)


def is_cut(name: LogName) -> bool:
    """Whether a log holds only what lies in the window."""
    return name in _LOG_OF.values()


assert set(_LOG_OF) == CUT
