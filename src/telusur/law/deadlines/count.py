"""A deadline counted day by day, with every reading of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from telusur import __version__
from telusur.domain.text import Text
from telusur.law.deadlines import words
from telusur.law.deadlines.calendar import KnownDays, Skipped, Version, as_known
from telusur.law.deadlines.load import register
from telusur.law.deadlines.model import Agency, Count, Term
from telusur.law.load import catalogue
from telusur.law.model import Source

SCHEMA: Final = "telusur.deadline/1"

CautionCode = Literal[
    "unverified",
    "days_estimated",
    "joint_leave",
    "earlier_reading",
    "ends_on_day_off",
    "later_decree",
    "decreed_while_running",
]

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CountedDay:
    """A day between the event and the end.

    Parameters
    ----------
    number
        Which day of the term it is, from 1; ``None`` if it does not count.
    skipped
        Why it is no working day; a calendar day counts all the same.
    """

    day: date
    number: int | None
    skipped: Skipped | None

    def as_json(self) -> dict[str, object]:
        """Give it with its reason."""
        return {
            "day": self.day.isoformat(),
            "number": self.number,
            "day_off": self.skipped.as_json() if self.skipped else None,
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """When the term ends by one reading of it."""

    says: Text
    count: Count
    joint_counts: bool
    due: date
    counted: tuple[CountedDay, ...]
    sources: tuple[Source, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Give it without its days."""
        return {
            "says": self.says.as_json(),
            **self.count.as_json(),
            "joint_leave_counts": self.joint_counts,
            "due": self.due.isoformat(),
            "sources": [source.as_json() for source in self.sources],
        }


@dataclass(frozen=True, slots=True)
class Caution:
    """What whoever relies on the deadline must know."""

    code: CautionCode
    says: Text

    def as_json(self) -> dict[str, object]:
        """Give code and words."""
        return {"code": self.code, "says": self.says.as_json()}


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a term ends, and how that was counted.

    Parameters
    ----------
    due
        The last day, by the first of the readings.
    counted
        Every day from the first that could count to the last, counted or not, with the reason.
    readings
        The first is how the term is cited, with joint leave as days off.
    agency
        Whose departures from the calendar it minds.
    version
        The calendar it was counted by.
    """

    term: Term
    start: date
    due: date
    counted: tuple[CountedDay, ...]
    readings: tuple[Reading, ...]
    cautions: tuple[Caution, ...]
    agency: Agency | None
    version: Version

    @property
    def earliest(self) -> Reading:
        """The reading by which it ends first."""
        return min(self.readings, key=lambda reading: reading.due)

    def as_json(self) -> dict[str, object]:
        """Give the document that ``telusur deadline --json`` prints."""
        return {
            "schema": SCHEMA,
            "made_by": made_by(),
            "term": self.term.as_json(),
            "from": self.start.isoformat(),
            "due": self.due.isoformat(),
            "earliest": self.earliest.due.isoformat(),
            "counted": [one.as_json() for one in self.counted],
            "readings": [one.as_json() for one in self.readings],
            "warnings": [one.as_json() for one in self.cautions],
            "agency": self.agency.as_json() if self.agency else None,
            "calendar": self.version.as_json(),
        }

    def for_dossier(self) -> dict[str, object]:
        """Give it as an entry of a dossier's ``deadlines``."""
        return {
            "what": self.term.title.as_json(),
            "due": self.due.isoformat(),
            "unit": self.term.count.unit,
            "counted": [one.as_json() for one in self.counted],
            "citation": self.term.citation.as_json(),
        }


def made_by() -> dict[str, object]:
    """Give the versions that a document on deadlines was made by; no clock."""
    return {"telusur": __version__, "catalogue": catalogue().hash, "terms": register().hash, "models": None}


def due(term: Term | str, start: date, known_on: date | None = None, agency: Agency | str | None = None) -> Deadline:
    """Say when a term ends.

    Parameters
    ----------
    term
        The term, or its id.
    start
        The day of the event that it runs from.
    known_on
        Count by the calendar as known on that day; ``None``: with all that was decreed.
    agency
        The agency whose working days count, or its id.

    Raises
    ------
    BadInput
        If there is no such term or agency, or the calendar does not hold a year that is counted through.
    """
    held = register()
    term = held.term(term) if isinstance(term, str) else term
    agency = held.agency(agency) if isinstance(agency, str) else agency
    days = as_known(held.calendars[term.calendar], known_on, agency)
    return _due(term, start, days, agency, asked=known_on)


def moved(deadline: Deadline) -> Deadline | None:
    """Say whether what was decreed since would move a deadline; the deadline itself stays as it is.

    Parameters
    ----------
    deadline
        As it was counted.

    Returns
    -------
    Deadline | None
        As the calendar stands now, if that ends on another day.
    """
    now = due(deadline.term, deadline.start, agency=deadline.agency)
    return now if now.due != deadline.due else None


def _due(term: Term, start: date, days: KnownDays, agency: Agency | None, *, asked: date | None) -> Deadline:
    days.skipped(start)  # the calendar must hold its year even where the start does not count
    readings = tuple(_readings(term, start, days))
    first = readings[0]
    cautions = (
        *_doubts(term, readings, days),
        *_differences(readings),
        *(_end(first, days) if term.end_open else ()),
        *_decrees(term, start, first, days, agency, asked),
    )
    return Deadline(term, start, first.due, first.counted, readings, cautions, agency, days.version)


def _readings(term: Term, start: date, days: KnownDays) -> Iterator[Reading]:
    ways = [(words.AS_CITED, term.count, ()), *((one.says, one.count, one.sources) for one in term.readings)]
    for says, count, sources in ways:
        for joint_counts in (False, True) if count.minds_days_off else (False,):
            counted = counted_days(count, start, days, joint_counts=joint_counts)
            label = words.JOINT_COUNTS if joint_counts else words.JOINT_OFF
            yield Reading(
                words.joined(says, label) if count.minds_days_off else says,
                count,
                joint_counts,
                counted[-1].day,
                counted,
                sources,
            )


def counted_days(count: Count, start: date, days: KnownDays, *, joint_counts: bool = False) -> tuple[CountedDay, ...]:
    """Count day by day.

    Parameters
    ----------
    count
        How to count.
    start
        The day of the event.
    days
        The days off as known.
    joint_counts
        Read joint leave as working days.

    Returns
    -------
    tuple
        Every day from the first that could count to the last.

    Raises
    ------
    BadInput
        If the calendar does not hold a year on the way.
    """
    day = start if count.starts == "same_day" else start + _DAY
    number, found = 0, []
    while True:
        skipped = days.skipped(day, joint_counts=joint_counts)
        counts = number < count.n and (count.unit == "hari" or skipped is None)
        number += counts
        found.append(CountedDay(day, number if counts else None, skipped))
        if number == count.n and (skipped is None or count.if_end_on_holiday == "stay"):
            return tuple(found)
        day += _DAY


def _doubts(term: Term, readings: tuple[Reading, ...], days: KnownDays) -> Iterator[Caution]:
    if term.unverified:
        yield Caution("unverified", words.UNVERIFIED)
    passed = {one.day.year for reading in readings for one in reading.counted}
    years = ", ".join(str(year) for year in sorted(passed & days.estimated))
    if years:
        yield Caution("days_estimated", words.filled(words.ESTIMATED, years=years, known=days.version.known_on))


def _differences(readings: tuple[Reading, ...]) -> Iterator[Caution]:
    first, *others = readings
    earliest = min(readings, key=lambda reading: reading.due)
    told = first.due
    for other in others:
        if other.count == first.count and other.due != first.due:
            told = min(first.due, other.due)
            # One day is the safe one, whichever reading gives it.
            says = words.filled(words.JOINT_MATTERS, off=first.due, counts=other.due, safe=earliest.due)
            yield Caution("joint_leave", says)
    if earliest.due < told:
        yield Caution("earlier_reading", words.filled(words.EARLIER, due=earliest.due, says=earliest.says))


def _end(first: Reading, days: KnownDays) -> Iterator[Caution]:
    why = first.counted[-1].skipped
    if why is None:
        return
    before = first.due - _DAY
    while days.skipped(before) is not None:
        before -= _DAY
    yield Caution("ends_on_day_off", words.filled(words.END_ON_DAY_OFF, why=why.words, before=before))


def _decrees(
    term: Term, start: date, first: Reading, days: KnownDays, agency: Agency | None, asked: date | None
) -> Iterator[Caution]:
    """Say where a decree came between: after the day asked for, or while the term ran."""
    calendar = register().calendars[term.calendar]
    if asked is not None:
        now = as_known(calendar, None, agency)
        later = counted_days(term.count, start, now)
        if later[-1].day != first.due:
            span = (start, max(later[-1].day, first.due))
            yield Caution(
                "later_decree",
                words.filled(
                    words.LATER_DECREE, known=asked, due=later[-1].day, decrees=_between(asked, span, now, days)
                ),
            )
    at_start = as_known(calendar, start, agency)
    then = counted_days(term.count, start, at_start)
    if then[-1].day != first.due and (asked is None or asked > start):
        span = (start, max(then[-1].day, first.due))
        yield Caution(
            "decreed_while_running",
            words.filled(
                words.WHILE_RUNNING, start=start, due=then[-1].day, decrees=_between(start, span, days, at_start)
            ),
        )


def _between(since: date, span: tuple[date, date], now: KnownDays, then: KnownDays) -> Text:
    """Name what became known since then about the days of a span."""
    old = {decree.id for decree in then.decrees}
    found = [
        decree.title
        for decree in now.decrees
        if decree.id not in old
        and any(span[0] <= day <= span[1] for day in (*decree.remove, *(one.day for one in decree.days)))
    ]
    found += [one.ground for day, one in now.by_agency.items() if one.known_from > since and span[0] <= day <= span[1]]
    return Text(", ".join(one.id for one in found), ", ".join(one.en for one in found))
