"""Terms in days, and decrees on days off, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from telusur.domain.errors import BadInput, nearest
from telusur.domain.text import Text
from telusur.law.model import Citation, Confidence, Source

Unit = Literal["hari", "hari_kerja"]
Starts = Literal["day_after", "same_day"]
AtEnd = Literal["next", "stay"]
DayKind = Literal["national", "joint"]


@dataclass(frozen=True, slots=True)
class Count:
    """How a term is counted.

    Parameters
    ----------
    n
        Number of days.
    unit
        Calendar days (``hari``) or working days (``hari_kerja``).
    starts
        Whether the day of the event is the first day, or the one after it.
    if_end_on_holiday
        Whether a last day that is a day off moves to the next working day.
    """

    n: int
    unit: Unit
    starts: Starts = "day_after"
    if_end_on_holiday: AtEnd = "next"

    @property
    def minds_days_off(self) -> bool:
        """Whether days off can change its end."""
        return self.unit == "hari_kerja" or self.if_end_on_holiday == "next"

    def as_json(self) -> dict[str, object]:
        """Give it by the names that the data files use."""
        return {
            "n": self.n,
            "unit": self.unit,
            "starts": self.starts,
            "if_end_on_holiday": self.if_end_on_holiday,
        }


@dataclass(frozen=True, slots=True)
class OtherReading:
    """Another way that the term is read, and who reads it so."""

    says: Text
    count: Count
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A term that a rule sets.

    Parameters
    ----------
    from_event
        What it runs from.
    unverified
        Its number of days rests on no source at hand, or on one for other times.
    end_open
        No source says whether a last day that is a day off moves; the other way stands among the readings.
    readings
        Other readings of the same term.
    """

    id: str
    title: Text
    count: Count
    calendar: str
    from_event: Text
    citation: Citation
    unverified: bool = False
    end_open: bool = False
    note: Text | None = None
    readings: tuple[OtherReading, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Give all that stands in the data of it."""
        return {
            "id": self.id,
            "title": self.title.as_json(),
            **self.count.as_json(),
            "calendar": self.calendar,
            "from_event": self.from_event.as_json(),
            "citation": self.citation.as_json(),
            "unverified": self.unverified,
            "end_open": self.end_open,
            "note": self.note.as_json() if self.note else None,
            "readings": [
                {
                    "says": one.says.as_json(),
                    **one.count.as_json(),
                    "sources": [source.as_json() for source in one.sources],
                }
                for one in self.readings
            ],
        }


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day that a decree makes a national holiday or joint leave."""

    day: date
    kind: DayKind
    title: Text


@dataclass(frozen=True, slots=True)
class Decree:
    """A decree on days off.

    Parameters
    ----------
    known_from
        The day it became known.
    estimated
        Not decreed: what is expected to be decreed.
    remove
        Days off of earlier decrees that it takes back.
    """

    id: str
    title: Text
    known_from: date
    confidence: Confidence
    sources: tuple[Source, ...]
    days: tuple[DayOff, ...]
    remove: tuple[date, ...] = ()
    estimated: bool = False
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class AgencyDay:
    """A day on which an agency works, or does not, whatever the calendar says."""

    day: date
    working: bool
    title: Text
    ground: Text
    known_from: date


@dataclass(frozen=True, slots=True)
class Agency:
    """How an agency departs from the calendar.

    Parameters
    ----------
    week
        Its working days, Monday = 0; ``None``: those of the calendar.
    """

    id: str
    title: Text
    ground: Text
    confidence: Confidence
    sources: tuple[Source, ...]
    week: frozenset[int] | None = None
    days: tuple[AgencyDay, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Give it without its days; those that bear on a deadline stand among its counted days."""
        return {
            "id": self.id,
            "title": self.title.as_json(),
            "ground": self.ground.as_json(),
            "confidence": self.confidence,
            "sources": [source.as_json() for source in self.sources],
        }


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """A working week, and the decrees on the days off of each year.

    Parameters
    ----------
    standing
        Days off that return every year, by month and day.
    decrees
        By year, in the order in which they became known.
    """

    id: str
    title: Text
    week: frozenset[int]
    standing: Mapping[tuple[int, int], Text]
    decrees: Mapping[int, tuple[Decree, ...]]


@dataclass(frozen=True)
class Register:
    """All terms, calendars and agencies, at one version.

    Parameters
    ----------
    hash
        Lower-case hex SHA-256 of the files.
    """

    hash: str
    terms: Mapping[str, Term]
    calendars: Mapping[str, WorkCalendar]
    agencies: Mapping[str, Agency]

    def term(self, term_id: str) -> Term:
        """Give a term by its id.

        Raises
        ------
        BadInput
            Naming the nearest known id.
        """
        found = self.terms.get(term_id)
        if found is None:
            raise BadInput(f"there is no term {term_id!r}; {nearest(term_id, self.terms)}")
        return found

    def agency(self, agency_id: str) -> Agency:
        """Give an agency by its id.

        Raises
        ------
        BadInput
            Naming the nearest known id.
        """
        return one_agency(agency_id, self.agencies)


def one_agency(agency_id: str, known: Mapping[str, Agency]) -> Agency:
    """Give an agency out of several by its id.

    Raises
    ------
    BadInput
        Naming the nearest known id.
    """
    found = known.get(agency_id)
    if found is None:
        hint = f"{nearest(agency_id, known)}; an office adds its own with --agencies FILE"
        raise BadInput(f"there is no agency {agency_id!r}; {hint}")
    return found
