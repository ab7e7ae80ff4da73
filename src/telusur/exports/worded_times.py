"""Times as pages write them for people: with names of months, parts of the day, and mostly without a zone.

Meta's pages write ``Okt 19, 2025 1:47:55 pm`` in every language with the month first; Google's write the date in the
order of the language and name a zone. A month, part of the day or zone that is not known here is said, never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from telusur.domain.text import Text
from telusur.exports.dates import MONTHS, Order, date_of, hour_of, orders_of
from telusur.exports.shapes import iso

_CLOCK: Final = (
    r",? ?(?:at |pukul |jam )?(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d))?"
    r" ?(?P<half>[ap]\.? ?m\b\.?|pagi|siang|sore|petang|malam)?"
    r" ?\(?(?P<zone>(?:UTC|GMT) ?[+\u2212-]\d{1,2}(?:[:.]?\d\d)?|[A-Z]{1,5})?\)?"
)
_DAY_OF_WEEK: Final = r"(?:[^\W\d_]{3,10}\.?, )?"
_MONTH: Final = r"(?P<month>[^\W\d_]{3,10})\.?"
_WORDED: Final = tuple(
    re.compile(_DAY_OF_WEEK + date + _CLOCK, re.IGNORECASE)
    for date in (
        _MONTH + r" (?P<day>\d{1,2}),? (?P<year>\d{4})",
        r"(?P<day>\d{1,2})\.? " + _MONTH + r",? (?P<year>\d{4})",
    )
)
_NUMBERS: Final = r"(?P<a>\d{1,4})(?P<point>[-/.])(?P<b>\d{1,2})(?P=point)(?P<c>\d{1,4})"
_NUMBERED: Final = re.compile(_NUMBERS + r"(?=[, ])" + _CLOCK, re.IGNORECASE)
_ANY_NUMBERED: Final = re.compile(
    r"(?<![\d./-])(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4}),? (?:at |pukul |jam )?\d{1,2}[:.]\d\d"
)
#: What is a date and a time in some language: a word, a day, a year and a clock.
_FOREIGN: Final = re.compile(
    r"(?=.*[^\W\d_]).{0,24}\b\d{1,2}[.,]? ?(?:[^\W\d_.]{1,12}\.?,? )?\d{4}.{0,12}?\d{1,2}[:.]\d\d.{0,24}"
)
#: Zones by names that stand for one alone; ``IST``, ``CST`` or ``BST`` stand for several.
_HOURS: Final = {
    "WIB": 7, "WITA": 8, "WIT": 9, "UTC": 0, "GMT": 0, "Z": 0, "PST": -8, "PDT": -7, "EDT": -4, "CET": 1, "CEST": 2,
    "SGT": 8, "MYT": 8, "HKT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11,
}  # fmt: skip
_SHIFT: Final = re.compile(r"(?:UTC|GMT)([+-])(\d{1,2})(?:[:.]?(\d\d))?")
_SPACES: Final = re.compile("[\\s\u00a0\u202f\u2009\u200e\u200f]+")
_LONGEST: Final = 80
_NOON, _MINUTES = 12, 60


@dataclass(frozen=True, slots=True)
class Wall:
    """What a wall clock showed.

    Parameters
    ----------
    at
        Day and time of day, without a zone.
    written
        As the page wrote it.
    ahead
        Of UTC, where the page says so.
    seconds
        Whether seconds are written.
    """

    at: datetime
    written: str
    ahead: timedelta | None = None
    seconds: bool = True


@dataclass(frozen=True, slots=True)
class Unread:
    """A time that cannot be read.

    Parameters
    ----------
    written
        As the page wrote it.
    why
        What is not known of it, as part of a sentence.
    """

    written: str
    why: Text


class WordedTimes:
    """Reads the times of one page.

    Parameters
    ----------
    page
        All of its text: numbers for days and months are put in order over all of them.
    """

    def __init__(self, page: str) -> None:
        found = [(one[0], one[2], one[3]) for one in _ANY_NUMBERED.findall(page)]
        self._orders: tuple[Order, ...] = orders_of(found, in_time=False)

    def read(self, words: str) -> Wall | Unread | None:
        """Give the time that some words are; ``None`` of words that are no time.

        Parameters
        ----------
        words
            A whole piece of the page's text.
        """
        if len(words) > _LONGEST or not any(character.isdigit() for character in words):
            return None
        plain = _SPACES.sub(" ", words).strip()
        stated = iso(plain)
        if stated is not None:
            return Wall(stated.replace(tzinfo=None), plain, timedelta(0))
        for shape in _WORDED:
            if found := shape.fullmatch(plain):
                month = MONTHS.get(found["month"].casefold())
                if month is None:
                    return _unknown(plain)
                return _clocked(plain, found, (int(found["year"]), month, int(found["day"])))
        if found := _NUMBERED.fullmatch(plain):
            return self._numbered(plain, found)
        return _unknown(plain) if _FOREIGN.fullmatch(plain) else None

    def _numbered(self, plain: str, found: re.Match[str]) -> Wall | Unread:
        if len(self._orders) != 1:
            why = Text("dapat dibaca sebagai hari/bulan maupun bulan/hari", "can be read as day/month or as month/day")
            return Unread(plain, why)
        day = date_of((found["a"], found["b"], found["c"]), self._orders[0])
        return _nothing(plain) if day is None else _clocked(plain, found, (day.year, day.month, day.day))


def _clocked(plain: str, found: re.Match[str], day: tuple[int, int, int]) -> Wall | Unread:
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    if found["half"]:
        if not 1 <= hour <= _NOON:
            return _nothing(plain)
        hour = hour_of(hour % _NOON, found["half"])
    ahead: timedelta | None = None
    if found["zone"]:
        ahead = _ahead(found["zone"])
        if ahead is None:
            zone = found["zone"]
            why = Text(
                f"zona atau bagian hari {zone!r} tidak dikenal", f"its zone or part of the day {zone!r} is not known"
            )
            return Unread(plain, why)
    try:
        at = datetime(*day, hour, minute, second)  # noqa: DTZ001 - a wall clock's
    except ValueError:
        return _nothing(plain)
    return Wall(at, plain, ahead, found["second"] is not None)


def _ahead(zone: str) -> timedelta | None:
    zone = zone.upper().replace(" ", "").replace("\u2212", "-")
    if zone in _HOURS:
        return timedelta(hours=_HOURS[zone])
    found = _SHIFT.fullmatch(zone)
    if found is None:
        return None
    ahead = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    if ahead >= timedelta(days=1) or int(found[3] or 0) >= _MINUTES:
        return None
    return -ahead if found[1] == "-" else ahead


def _nothing(plain: str) -> Unread:
    return Unread(plain, Text("tidak ada waktu semacam itu", "there is no such time"))


def _unknown(plain: str) -> Unread:
    why = Text(
        "nama bulan atau bagian harinya bukan bahasa Indonesia atau Inggris",
        "its name of a month or part of the day is neither Indonesian nor English",
    )
    return Unread(plain, why)


def utc(wall: Wall) -> datetime:
    """Give a time with its zone in UTC; without one, the time as if its clock showed UTC.

    Parameters
    ----------
    wall
        What the clock showed.
    """
    try:
        return (wall.at - (wall.ahead or timedelta(0))).replace(tzinfo=UTC)
    except OverflowError:
        return wall.at.replace(tzinfo=UTC)
