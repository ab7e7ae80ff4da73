"""Times as letters and notices write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final

_ISO: Final = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,6})?)?\s*(Z|[+-]\d\d:?\d\d|WIB|WITA|WIT|UTC|GMT)?)?",
    re.ASCII,
)
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "january", "jan"), ("februari", "february", "feb"), ("maret", "march", "mar"),
            ("april", "apr"), ("mei", "may"), ("juni", "june", "jun"), ("juli", "july", "jul"),
            ("agustus", "august", "agu", "agt", "aug"), ("september", "sep", "sept"),
            ("oktober", "october", "okt", "oct"), ("november", "nopember", "nov"),
            ("desember", "december", "des", "dec"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_CLOCK: Final = (
    r"(?:,?\s*(?:pukul|jam|pkl\.?|at)?\s*(?P<hour>\d{1,2})[.:](?P<minute>\d\d)(?:[.:](?P<second>\d\d))?"
    r"\s*(?P<zone>WIB|WITA|WIT|UTC|GMT|Z|[+-]\d\d:?\d\d)?)?"
)
_WORDS: Final = re.compile(
    r"(?P<day>\d{1,2})\s+(?P<month>[A-Za-z]{3,9})\.?,?\s+(?P<year>\d{4})" + _CLOCK, re.ASCII | re.IGNORECASE
)
_ENGLISH: Final = re.compile(
    r"(?P<month>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2}),\s+(?P<year>\d{4})" + _CLOCK, re.ASCII | re.IGNORECASE
)
_SLASHED: Final = re.compile(
    r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})" + _CLOCK, re.ASCII | re.IGNORECASE
)
_ZONES: Final = {"WIB": 7, "WITA": 8, "WIT": 9, "UTC": 0, "GMT": 0, "Z": 0}


@dataclass(frozen=True, slots=True)
class Read:
    """A time that was read.

    Parameters
    ----------
    at
        In UTC: the earliest instant meant.
    precision
        How long the written time lasts.
    zoned
        Whether a zone stood there.
    """

    at: datetime
    precision: timedelta
    zoned: bool


def times_in(words: str, zone: tzinfo | None) -> list[Read]:
    """Give the times in some words, in the order they stand.

    Parameters
    ----------
    words
        A line of a letter.
    zone
        Zone of times that state none; without it they are left out.

    Notes
    -----
    Day before month, as Indonesians write; a month beyond 12 is no date.
    """
    found: list[tuple[int, Read]] = []
    for match in _ISO.finditer(words):
        year, month, day, hour, minute, second, written = match.groups()
        _add(found, match.start(), (year, month, day), (hour, minute, second), written, zone)
    for pattern in (_WORDS, _ENGLISH, _SLASHED):
        for match in pattern.finditer(words):
            month = match["month"]
            number = month if month.isdigit() else _MONTHS.get(month.casefold())
            if number is not None:
                clock = (match["hour"], match["minute"], match["second"])
                _add(found, match.start(), (match["year"], number, match["day"]), clock, match["zone"], zone)
    return [read for _, read in sorted(found, key=lambda pair: pair[0])]


def _add(
    found: list[tuple[int, Read]],
    place: int,
    date: tuple[str | int, str | int, str | int],
    clock: tuple[str | None, str | None, str | None],
    written: str | None,
    zone: tzinfo | None,
) -> None:
    given = _zone(written) if written else zone
    if given is None:
        return
    hour, minute, second = (int(part or 0) for part in clock)
    try:
        year, month, day = (int(part) for part in date)
        at = datetime(year, month, day, hour, minute, second, tzinfo=given).astimezone(UTC)
    except (ValueError, OverflowError):
        return
    precision = (
        timedelta(days=1) if clock[0] is None else timedelta(minutes=1) if clock[2] is None else timedelta(seconds=1)
    )
    found.append((place, Read(at, precision, written is not None)))


def _zone(written: str) -> tzinfo:
    name = written.upper()
    if name in _ZONES:
        return timezone(timedelta(hours=_ZONES[name]))
    sign = -1 if name[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(name[1:3]), minutes=int(name[-2:])))
