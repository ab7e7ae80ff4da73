"""The calendar as it was known on a day, for one agency: which days are working days, and why the others are not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.law.deadlines import words
from telusur.law.deadlines.model import Agency, AgencyDay, DayKind, Decree, WorkCalendar

Why = Literal["weekend", "national", "joint", "agency"]

_KINDS: Final[Mapping[DayKind, Text]] = {"national": words.NATIONAL, "joint": words.JOINT}


@dataclass(frozen=True, slots=True)
class Skipped:
    """Why a day is no working day.

    Parameters
    ----------
    title
        In words: ``libur nasional: Isra Mikraj``.
    ground
        The decree or the agency's ground; ``None`` for the weekend.
    """

    why: Why
    title: Text
    ground: Text | None

    @property
    def words(self) -> Text:
        """The title with its ground."""
        if self.ground is None:
            return self.title
        return Text(f"{self.title.id} ({self.ground.id})", f"{self.title.en} ({self.ground.en})")

    def as_json(self) -> dict[str, object]:
        """Give it with its ground."""
        return {
            "why": self.why,
            "title": self.title.as_json(),
            "ground": self.ground.as_json() if self.ground else None,
        }


@dataclass(frozen=True, slots=True)
class Version:
    """Which calendar a deadline was counted by.

    Parameters
    ----------
    hash
        Lower-case hex SHA-256 of the days off as known on that day; a decree that comes later leaves it as it is.
    known_on
        The day that was asked for, or the day on which the newest decree became known.
    """

    calendar: str
    hash: str
    known_on: date
    agency: str | None

    def as_json(self) -> dict[str, str | None]:
        """Give it for a document."""
        return {
            "id": self.calendar,
            "hash": self.hash,
            "known_on": self.known_on.isoformat(),
            "agency": self.agency,
        }


@dataclass(frozen=True)
class KnownDays:
    """Days off as known on a day.

    Parameters
    ----------
    years
        Years that the calendar holds, decreed or not.
    estimated
        Those of them for which nothing was decreed yet.
    decrees
        Those that were known.
    """

    version: Version
    week: frozenset[int]
    years: tuple[int, ...]
    estimated: frozenset[int]
    decrees: tuple[Decree, ...]
    off: Mapping[date, Skipped]
    by_agency: Mapping[date, AgencyDay]

    def skipped(self, day: date, *, joint_counts: bool = False) -> Skipped | None:
        """Say why a day is no working day; ``None`` if it is one.

        Parameters
        ----------
        day
            The day.
        joint_counts
            Read joint leave as a working day.

        Raises
        ------
        BadInput
            If the calendar does not hold the year; it names the years that there are.
        """
        if day.year not in self.years:
            first, last = self.years[0], self.years[-1]
            raise BadInput(
                Text(
                    f"kalender hari kerja tidak memuat tahun {day.year}; yang ada: {first} sampai {last}",
                    f"the calendar of working days does not hold {day.year}; "
                    f"there are the years {', '.join(map(str, self.years))}",
                )
            )
        own = self.by_agency.get(day)
        if own is not None:
            return None if own.working else Skipped("agency", _titled(words.AGENCY, own.title), own.ground)
        found = self.off.get(day)
        if found is not None and not (joint_counts and found.why == "joint"):
            return found
        return None if day.weekday() in self.week else Skipped("weekend", words.WEEKEND, None)


def as_known(calendar: WorkCalendar, known_on: date | None = None, agency: Agency | None = None) -> KnownDays:
    """Give a calendar as it was known on a day.

    Parameters
    ----------
    calendar
        With its decrees.
    known_on
        The day; ``None``: with all that the calendar holds.
    agency
        Whose departures from it count too.
    """
    own = [one for one in agency.days if known_on is None or one.known_from <= known_on] if agency else []
    week = agency.week if agency and agency.week is not None else calendar.week
    off: dict[date, Skipped] = {}
    applied: list[Decree] = []
    estimated: set[int] = set()
    for year in sorted(calendar.decrees):
        known = [one for one in calendar.decrees[year] if known_on is None or one.known_from <= known_on]
        # What is decreed takes the place of what was expected.
        decreed = [one for one in known if not one.estimated] or known
        applied += decreed
        if all(one.estimated for one in decreed):
            estimated.add(year)
        if not decreed:
            off |= _standing(calendar, year)
        for decree in decreed:
            for day in decree.remove:
                off.pop(day, None)
            for one in decree.days:
                off[one.day] = Skipped(one.kind, _titled(_KINDS[one.kind], one.title), decree.title)
    known_days = [*(one.known_from for one in applied), *(one.known_from for one in own)]
    newest = max(known_days, default=None)
    version = Version(
        calendar.id,
        _hash(week, applied, own),
        known_on or newest or date.min,
        agency.id if agency else None,
    )
    return KnownDays(
        version,
        week,
        tuple(sorted(calendar.decrees)),
        frozenset(estimated),
        tuple(applied),
        off,
        {one.day: one for one in own},
    )


def _standing(calendar: WorkCalendar, year: int) -> dict[date, Skipped]:
    return {
        date(year, month, day): Skipped("national", _titled(words.NATIONAL, title), None)
        for (month, day), title in calendar.standing.items()
    }


def _titled(kind: Text, title: Text) -> Text:
    return Text(f"{kind.id}: {title.id}", f"{kind.en}: {title.en}")


def _hash(week: frozenset[int], decrees: Iterable[Decree], own: Iterable[AgencyDay]) -> str:
    """Hash what days follow from; wording and sources may be mended without a new version."""
    held = [
        sorted(week),
        [
            [
                decree.id,
                sorted(day.isoformat() for day in decree.remove),
                sorted([one.day.isoformat(), one.kind] for one in decree.days),
            ]
            for decree in decrees
        ],
        [[one.day.isoformat(), one.working] for one in own],
    ]
    return hashlib.sha256(json.dumps(held, separators=(",", ":")).encode()).hexdigest()
