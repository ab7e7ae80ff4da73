"""What the readers of Facebook's and Instagram's records share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from telusur.domain.event import Action
from telusur.domain.record import LogName
from telusur.domain.text import Text
from telusur.exports.masks import masked_email, masked_phone
from telusur.exports.mojibake import mended
from telusur.exports.shapes import epoch
from telusur.exports.unusable import Unusable

Fields = dict[str, Any]
Record = Mapping[str, Any]

NO_TIME: Final[Fields] = {"at": None, "written": "", "certainty": "none"}


class BadRecord(Unusable):
    """A record without what its kind must have; the text says which."""


@dataclass(slots=True)
class Remarks:
    """What is odd about a record that was read all the same."""

    said: list[Text] = field(default_factory=list)

    def add(self, indonesian: str, english: str) -> None:
        """Remember one."""
        self.said.append(Text(indonesian, english))


Reader = Callable[[Record, Remarks], Iterator[Fields]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record.

    Parameters
    ----------
    log
        The log that it belongs to.
    read
        Gives the fields of its events.
    """

    log: LogName
    read: Reader


def text_of(value: object) -> str | None:
    """Give a text, mended; ``None`` for anything else or an empty one."""
    if not isinstance(value, str):
        return None
    return (value if value.isascii() else mended(value)) or None


def exact(at: datetime, written: object) -> Fields:
    """Give the fields of a time that states its instant."""
    return {"at": at, "written": str(written)[:80], "certainty": "exact"}


def when(record: Record, remarks: Remarks, *keys: str) -> Fields:
    """Give the time of the first of some fields that holds one; none at all is remarked on."""
    for key in keys:
        value = record.get(key)
        at = epoch(value)
        if at is not None:
            return exact(at, value)
    found = next((record[key] for key in keys if record.get(key) not in (None, 0, "")), None)
    if found is None:
        remarks.add(f"tidak ada {keys[0]}", f"it has no {keys[0]}")
        return dict(NO_TIME)
    shown = str(found)[:40]
    remarks.add(f"{keys[0]} bukan waktu: {shown!r}", f"its {keys[0]} is no time: {shown!r}")
    return {**NO_TIME, "written": shown}


def masked(action: Action, value: str | None) -> str | None:
    """Give a credential's value cut down to what tracing needs."""
    if value is None or action == "password_changed":
        return None
    if action == "email_changed":
        return masked_email(value)
    return masked_phone(value) if action == "phone_changed" else value


def listed(value: object) -> list[Record]:
    """Give the records in a list; nothing for anything else."""
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def apart(one: datetime, other: datetime) -> bool:
    """Whether two writings of one time disagree by more than their rounding."""
    return abs((one.astimezone(UTC) - other).total_seconds()) > 1
