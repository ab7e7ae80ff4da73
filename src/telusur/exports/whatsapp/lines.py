"""How a WhatsApp chat writes a message's beginning, on Android and iOS, in many countries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from typing import Final

from telusur.exports.dates import Numbers, hour_of

#: Marks of writing direction, and the mark of a file's beginning.
MARKS: Final = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SPACE: Final = "[ \u00a0\u202f\u2009]"
# Written as one word or as letters with points; Indonesian, Malay and others say the part of the day.
_HALF: Final = r"[ap]\.?" + _SPACE + r"?m\.?|pagi|siang|sore|petang|malam|tengah" + _SPACE + r"malam|pg|ptg"
_HEAD: Final = re.compile(
    rf"(?P<open>\[)?(?P<a>\d{{1,4}})(?P<point>[/.-]){_SPACE}?(?P<b>\d{{1,2}})(?P=point){_SPACE}?(?P<c>\d{{1,4}})\.?"
    rf",?{_SPACE}+(?:(?:pukul|jam|at){_SPACE})?(?P<before>{_HALF})?{_SPACE}?"
    rf"(?P<hour>\d{{1,2}})[.:](?P<minute>\d\d)(?:[.:](?P<second>\d\d))?"
    rf"(?:{_SPACE}?(?P<half>{_HALF}))?(?(open)\]|{_SPACE}[-\u2013]){_SPACE}",
    re.IGNORECASE,
)
_SENDER: Final = re.compile(r"([^:\n]{1,120}?): ?(.*)", re.DOTALL)
_NOON, _DAY = 12, 24


@dataclass(frozen=True, slots=True)
class Head:
    """A message's first line.

    Parameters
    ----------
    written
        Its date and time as written.
    numbers
        The three numbers of its date.
    at
        Its time of day; ``None`` if there is none such.
    shape
        How it is written, apart from the numbers; one file has one.
    sender
        Who sent it; ``None`` for what WhatsApp itself says.
    text
        What follows on that line.
    """

    written: str
    numbers: Numbers
    at: time | None
    shape: tuple[bool, str, bool]
    sender: str | None
    text: str


def head_of(line: str) -> Head | None:
    """Give what a line begins, if it begins a message.

    Parameters
    ----------
    line
        Without its end.
    """
    plain = MARKS.sub("", line)
    found = _HEAD.match(plain)
    if found is None:
        return None
    rest = plain[found.end() :]
    said = _SENDER.match(rest)
    half = found["half"] or found["before"]
    return Head(
        written=found[0].strip("[]-\u2013 \u202f\u00a0"),
        numbers=(found["a"], found["b"], found["c"]),
        at=_time(int(found["hour"]), int(found["minute"]), int(found["second"] or 0), half),
        shape=(found["open"] is not None, found["point"], found["second"] is not None),
        sender=said[1].strip() if said else None,
        text=said[2] if said else rest,
    )


def _time(hour: int, minute: int, second: int, half: str | None) -> time | None:
    if half is not None and hour <= _NOON:
        hour = hour_of(hour % _NOON, half)
    try:
        return time(hour % _DAY if (hour, minute) == (_DAY, 0) else hour, minute, second)
    except ValueError:
        return None
