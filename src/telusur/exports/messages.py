"""What a reader in the worker tells its parent: plain JSON values, checked again where they arrive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

from telusur.domain.account import PLATFORMS, Account
from telusur.domain.event import Action, Certainty, Event, SourceRef
from telusur.domain.record import Log, LogName, Problem
from telusur.domain.text import Text

Message = dict[str, Any]

_ACTIONS = frozenset(get_args(Action))
_CERTAINTIES = frozenset(get_args(Certainty))
_LOGS = frozenset(get_args(LogName))
#: Parts of an event's message.
_LENGTH = 10
_MORE = ("object_id", "text", "client", "device", "ip", "user_agent", "old", "new", "model", "place")


class Nonsense(ValueError):
    """A message that no reader of the house would send."""


def event_message(fields: Mapping[str, Any], file: str, offset: int, sha256: str) -> Message:
    """Put an event's fields and source into a message."""
    at, until = fields["at"], fields.get("until")
    message = [
        fields["action"],
        None if at is None else at.isoformat(),
        fields["written"],
        fields["certainty"],
        file,
        offset,
        sha256,
        [fields.get(key) for key in _MORE],
        None if until is None else until.isoformat(),
        list(fields.get("permissions", ())),
    ]
    return {"event": message}


def problem_message(file: str, message: Text, offset: int | None = None) -> Message:
    """Put a problem into a message."""
    return {"problem": [file, message.as_json(), offset]}


def log_message(
    name: LogName,
    file: str | None,
    found: int,
    expected: int | None,
    first: datetime | None,
    last: datetime | None,
    skipped: int,
) -> Message:
    """Put what was counted of a log into a message."""
    span = [None if at is None else at.isoformat() for at in (first, last)]
    return {"log": [name, file, found, expected, *span, skipped]}


def record_message(*, generated_at: datetime | None, **fields: object) -> Message:
    """Put what is said of the whole record into a message."""
    return {"record": {**fields, "generated_at": None if generated_at is None else generated_at.isoformat()}}


class Intake:
    """Builds the house's values from messages; equal words are kept once."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def _kept(self, words: object) -> str | None:
        if words is None:
            return None
        if not isinstance(words, str):
            raise Nonsense
        return self._known.setdefault(words, words)

    def event(self, message: object) -> Event:
        """Give an event."""
        if not isinstance(message, list) or len(message) != _LENGTH:
            raise Nonsense
        action, at, written, certainty, file, offset, sha256, more, until, permissions = message
        if not (
            isinstance(action, str)
            and action in _ACTIONS
            and isinstance(certainty, str)
            and certainty in _CERTAINTIES
            and isinstance(written, str)
            and isinstance(file, str)
            and isinstance(offset, int)
            and isinstance(sha256, str)
            and isinstance(more, list)
            and len(more) == len(_MORE)
            and isinstance(permissions, list)
        ):
            raise Nonsense
        object_id, text, client, device, ip, user_agent, old, new, model, place = more
        if not all(words is None or isinstance(words, str) for words in (object_id, text)):
            raise Nonsense
        return Event(
            action=self._known.setdefault(action, action),  # type: ignore[arg-type] # one of them, as checked above
            at=_time(at),
            written=written,
            certainty=self._known.setdefault(certainty, certainty),  # type: ignore[arg-type] # same
            source=SourceRef(self._known.setdefault(file, file), offset, sha256),
            object_id=object_id,
            text=text,
            client=self._kept(client),
            device=self._kept(device),
            ip=self._kept(ip),
            user_agent=self._kept(user_agent),
            old=self._kept(old),
            new=self._kept(new),
            until=_time(until),
            permissions=tuple(str(one) for one in permissions),
            model=self._kept(model),
            place=self._kept(place),
        )


def problem(message: object) -> Problem:
    """Give a problem."""
    match message:
        case [str(file), {"id": str(indonesian), "en": str(english)}, int() | None as offset]:
            return Problem(file, Text(indonesian, english), offset)
    raise Nonsense


def log(message: object) -> Log:
    """Give what was counted of a log."""
    match message:
        case [str(name), str() | None as file, int(found), int() | None as expected, first, last, int(skipped)] if (
            name in _LOGS
        ):
            # One of the names, as checked above.
            return Log(name, file, found, expected, _time(first), _time(last), skipped)  # type: ignore[arg-type]
    raise Nonsense


@dataclass(frozen=True, slots=True)
class Whole:
    """What is said of a record as a whole; the words are those of `AccountRecord`."""

    account: Account
    generated_at: datetime | None
    partial: bool | None
    timezone: str | None
    left_out: tuple[str, ...]
    reduced: bool = False


def whole(message: object) -> Whole:
    """Give what is said of the record as a whole."""
    match message:
        case {
            "platform": str(platform),
            "handle": str() | None as handle,
            "account_id": str() | None as account_id,
            "generated_at": generated_at,
            "partial": bool() | None as partial,
            "timezone": str() | None as timezone,
            "left_out": [*left_out],
            **more,
        } if platform in PLATFORMS:
            account = Account(platform, handle, account_id)
            names = tuple(str(one) for one in left_out)
            return Whole(account, _time(generated_at), partial, timezone, names, more.get("reduced") is True)
    raise Nonsense


def _time(written: object) -> datetime | None:
    if written is None:
        return None
    if not isinstance(written, str):
        raise Nonsense
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        raise Nonsense from None
    if at.tzinfo is None:
        raise Nonsense
    return at
