"""What the case says of a chat: whose messages are kept, and in which zone its times were written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Any, Final

#: Between these a zone's changes are looked for; later times have the last offset.
_FIRST: Final = datetime(2009, 1, 1)  # noqa: DTZ001 - a wall clock's time
_DAYS: Final = 366 * 30


@dataclass(frozen=True, slots=True)
class Chat:
    """Whose messages of a chat to keep, and how to read its times.

    Parameters
    ----------
    names
        The respondent as the chat may call him or her: name, handle, number; compared loosely.
    zone
        Zone of the telephone that wrote the file; ``None`` leaves its times unread.
    """

    names: frozenset[str]
    zone: tzinfo | None

    def as_json(self) -> dict[str, Any]:
        """Give it as plain values, for a worker that can look no zone up."""
        return {"names": sorted(self.names), "zone": None if self.zone is None else _steps(self.zone)}


def _steps(zone: tzinfo) -> list[list[object]]:
    """Give the wall clock's times from which each offset holds, in seconds east."""
    days = [_FIRST + timedelta(days=n) for n in range(_DAYS)]
    offsets = [_offset(zone, day) for day in days]
    steps: list[list[object]] = [[_FIRST.isoformat(), offsets[0]]]
    for (day, before), (next_day, after) in pairwise(zip(days, offsets, strict=True)):
        if before != after:
            low, high = day, next_day
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) / 2
                low, high = (middle, high) if _offset(zone, middle) == before else (low, middle)
            steps.append([high.replace(microsecond=0).isoformat(), after])
    return steps


def _offset(zone: tzinfo, at: datetime) -> int:
    return int((zone.utcoffset(at) or timedelta(0)).total_seconds())


class Clock:
    """Reads a wall clock's times.

    Parameters
    ----------
    steps
        As `Chat.as_json` gives them.
    """

    def __init__(self, steps: list[list[Any]]) -> None:
        self._steps = [(datetime.fromisoformat(at), timedelta(seconds=seconds)) for at, seconds in steps]

    def utc(self, at: datetime) -> datetime:
        """Give a time without zone in UTC.

        Parameters
        ----------
        at
            As the clock showed it.
        """
        ahead = self._steps[0][1]
        for begins, offset in self._steps:
            if begins > at:
                break
            ahead = offset
        return (at - ahead).replace(tzinfo=UTC)
