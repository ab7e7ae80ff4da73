"""Times as letters and notices write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final

from telusur.exports.dates import MONTHS

_ZONE: Final = (
    r"(?:\s*\(?(?P<zone>WIB|WITA|WIT|(?:UTC|GMT)(?:\s?[+-]\d{1,2}(?::?\d\d)?)?|PST|PDT|Z|[+-]\d\d:?\d\d)"
    r"(?![A-Za-z\d])\)?)?"
)
_CLOCK: Final = (
    r"(?:(?:T|,?\s*(?:\(?\s*(?:sekitar|sekira|kira-kira)?\s*(?:pukul|jam|pkl\.?|at)?\s*))"
    r"(?P<hour>\d{1,2})[.:](?P<minute>\d\d)"
    r"(?:[.:](?P<second>\d\d)(?:\.\d{1,6})?)?(?![\d])(?:\s*(?P<half>[AP]\.?M\b\.?))?" + _ZONE + ")?"
)
_SHAPES: Final = tuple(
    re.compile(date + _CLOCK, re.ASCII | re.IGNORECASE)
    for date in (
        r"(?<![\d-])(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)",
        r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s-]+(?P<month>[A-Za-z]{3,9})\.?,?[\s-]+(?P<year>\d{4})",
        r"\b(?P<month>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,\s+(?P<year>\d{4})",
        r"(?<![\d/.-])(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})(?!\d)",
    )
)
#: A time of day that stands before its date.
_BEFORE: Final = re.compile(
    r"(?:pukul|jam|pkl\.?|at)\s*(?P<hour>\d{1,2})[.:](?P<minute>\d\d)(?:[.:](?P<second>\d\d))?(?P<half>)"
    + _ZONE
    + r",?\s*(?:pada\s*|on\s*)?(?:hari\s*)?(?:(?:senin|selasa|rabu|kamis|jumat|sabtu|minggu|\w+day)[,/]?\s*)?"
    r"(?:tanggal|tgl\.?)?\s*$",
    re.ASCII | re.IGNORECASE,
)
#: Abbreviations of zones that several countries use for different ones: a time with one of them is not read.
_OTHER_ZONE: Final = re.compile(r"\s*\(?[A-Z]{1,3}[SDM]?T\b")
_HOURS: Final = {"WIB": 7, "WITA": 8, "WIT": 9, "UTC": 0, "GMT": 0, "Z": 0, "PST": -8, "PDT": -7}
_NOON: Final = 12


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
    A time with the abbreviation of a zone that is not known here is left out.
    """
    found: list[tuple[int, Read]] = []
    for shape in _SHAPES:
        for match in shape.finditer(words):
            month = match["month"]
            number = int(month) if month.isdigit() else MONTHS.get(month.casefold())
            clock = match
            if match["hour"] is None:
                clock = _BEFORE.search(words[max(0, match.start() - 80) : match.start()]) or match
            elif match["zone"] is None and _OTHER_ZONE.match(words[match.end() :]):
                continue
            read = None if number is None else _read((int(match["year"]), number, int(match["day"])), clock, zone)
            if read is not None:
                found.append((match.start(), read))
    return [read for _, read in sorted(found, key=lambda pair: pair[0])]


def _read(date: tuple[int, int, int], clock: re.Match[str], zone: tzinfo | None) -> Read | None:
    given = _zone(clock["zone"]) if clock["zone"] else zone
    if given is None:
        return None
    hour, minute, second = (int(clock[part] or 0) for part in ("hour", "minute", "second"))
    if clock["half"]:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if clock["half"][0] in "pP" else 0)
    try:
        at = datetime(*date, hour, minute, second, tzinfo=given).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    precision = (
        timedelta(days=1)
        if clock["hour"] is None
        else timedelta(minutes=1)
        if clock["second"] is None
        else timedelta(seconds=1)
    )
    return Read(at, precision, clock["zone"] is not None)


def _zone(written: str) -> tzinfo | None:
    name = written.upper().replace(" ", "")
    if name in _HOURS:
        return timezone(timedelta(hours=_HOURS[name]))
    shift = name.removeprefix("UTC").removeprefix("GMT")
    digits = shift[1:].replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) <= len("hh") else (int(digits[:-2]), int(digits[-2:]))
    ahead = timedelta(hours=hours, minutes=minutes)
    return timezone(-ahead if shift[0] == "-" else ahead) if ahead < timedelta(days=1) else None
