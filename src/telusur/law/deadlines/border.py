"""The shape of the files that terms and decreed days are written in."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from telusur.law.border import CitationIn, Id, KnownIn, Strict, Words
from telusur.law.deadlines.model import AtEnd, Starts, Unit
from telusur.law.model import Confidence

#: At most some years of working days; longer terms are counted in months or years, which these are not.
Days = Annotated[int, Field(ge=1, le=1000)]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Week = Annotated[tuple[Weekday, ...], Field(min_length=1)]
MonthDay = Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]


class ReadingIn(Strict):
    """Another reading of a term: what it says differently; left out is as in the term."""

    says: Words
    n: Days | None = None
    unit: Unit | None = None
    starts: Starts | None = None
    if_end_on_holiday: AtEnd | None = None
    sources: tuple[str, ...]


class TermIn(Strict):
    """A term in days."""

    id: Id
    title: Words
    n: Days
    unit: Unit
    starts: Starts
    if_end_on_holiday: AtEnd
    end_open: bool = False
    calendar: str
    from_event: Words
    unverified: bool = False
    citation: CitationIn
    note: Words | None = None
    readings: tuple[ReadingIn, ...] = ()


class TermsFile(Strict):
    """``terms.yaml``."""

    schema_: Annotated[Literal["telusur.deadline-terms/1"], Field(alias="schema")]
    terms: tuple[TermIn, ...]


class StandingIn(Strict):
    """Days that are holidays every year."""

    sources: tuple[str, ...]
    days: dict[MonthDay, str]


class NameIn(Strict):
    """What a day off is called."""

    id: Id
    title: Words


class CalendarFile(Strict):
    """``national.yaml``."""

    schema_: Annotated[Literal["telusur.work-calendar/1"], Field(alias="schema")]
    id: Id
    title: Words
    week: Week
    sources: tuple[str, ...]
    standing: StandingIn
    names: tuple[NameIn, ...]


class DecreeIn(Strict):
    """One decree on the days off of a year; a later one adds to it and takes from it."""

    id: Id
    title: Words
    known: KnownIn
    estimated: bool = False
    confidence: Confidence
    sources: tuple[str, ...]
    note: Words | None = None
    remove: tuple[date, ...] = ()
    national: dict[date, str] = Field(default_factory=dict)
    joint: dict[date, str] = Field(default_factory=dict)


class DaysFile(Strict):
    """``days/*.yaml``: one year."""

    schema_: Annotated[Literal["telusur.days/1"], Field(alias="schema")]
    calendar: str
    year: Annotated[int, Field(ge=2000, le=2999)]
    decrees: Annotated[tuple[DecreeIn, ...], Field(min_length=1)]


class AgencyDayIn(Strict):
    """A day on which an agency departs from the calendar."""

    day: date
    working: bool
    title: Words
    ground: Words
    known: KnownIn


class AgencyIn(Strict):
    """How an agency departs from the calendar."""

    id: Id
    title: Words
    ground: Words
    confidence: Confidence
    sources: tuple[str, ...]
    week: Week | None = None
    days: tuple[AgencyDayIn, ...] = ()


class AgenciesFile(Strict):
    """``agencies.yaml``, or an office's own file."""

    schema_: Annotated[Literal["telusur.agencies/1"], Field(alias="schema")]
    agencies: tuple[AgencyIn, ...]
