"""What reducing an export needs of ``case.yaml``: when the acts were, and whose account it is; no more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from pathlib import Path
from typing import Final

from telusur.dossier.document import Place, read_document
from telusur.dossier.reading import FILE
from telusur.exports import Asked, Chat, Wanted

#: A day without a zone is a day anywhere in Indonesia: UTC+7 to UTC+9.
_EAST: Final = timezone(timedelta(hours=9))
_WEST: Final = timezone(timedelta(hours=7))
#: An act is reported after it was done; without its own date it is looked for in this time before the report.
_BEFORE_REPORT: Final = timedelta(days=180)
_NUMBER: Final = re.compile(r"/(?:status(?:es)?|posts|videos?|reels?|p|permalink)/(\w{5,40})(?!\w)", re.ASCII)


def read_asked(path: Path) -> Asked:
    """Read when the acts of a case were, on the computer of the account's owner.

    Parameters
    ----------
    path
        ``case.yaml``, or the folder that holds it. Whatever else it holds or lacks is not looked at, so that a part of
        it is enough.

    Raises
    ------
    BadInput
        If it cannot be read, a time in it is none, or it says neither when an act was nor when it was reported.
    """
    file = path / FILE if path.is_dir() else path
    top = Place.top(read_document(file, str(file)))
    spans: list[tuple[datetime, datetime]] = []
    numbers: set[str] = set()
    zone: tzinfo | None = None
    if isinstance(top.value, Mapping):
        for act in top["acts"].items():
            if not isinstance(act.value, Mapping):
                continue
            at = act["at"].moment() if act["at"].value is not None else None
            if at is not None:
                zone = zone or at.at.tzinfo
                spans.append((at.utc, at.ends))
            elif act["date"].value is not None:
                day = act["date"].day()
                if day is not None:
                    begins = datetime.combine(day, time(), _EAST).astimezone(UTC)
                    spans.append((begins, datetime.combine(day, time(23, 59), _WEST).astimezone(UTC)))
            found = _NUMBER.search(act["url"].value) if isinstance(act["url"].value, str) else None
            numbers |= {found[1]} if found else set()
        reported = top["reported_on"]
        if not spans and reported.value is not None:
            day = reported.day()
            if day is not None:
                ends = datetime.combine(day, time(23, 59), _WEST).astimezone(UTC)
                spans.append((ends - _BEFORE_REPORT, ends))
    if not spans and not top.faults:
        top.fault("says neither when an act was nor when it was reported; write `acts: [{at: 2024-01-20T09:35+07:00}]`")
    top.settle()
    wanted = Wanted(min(first for first, _ in spans), max(last for _, last in spans), frozenset(numbers))
    return Asked(wanted, Chat(frozenset(_names(top)), zone))


def _names(top: Place) -> Iterator[str]:
    for holder, key in ((top["respondent"], "name"), (top["account"], "handle")):
        yield from _word(holder, key)
    for account in top["accounts"].items():
        yield from _word(account, "handle")


def _word(holder: Place, key: str) -> Iterator[str]:
    value = holder.value.get(key) if isinstance(holder.value, Mapping) else None
    if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
        yield str(value)
