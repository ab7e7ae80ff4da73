"""From the files to terms and calendars; every fault is told with file and line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache, partial
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path as FilePath
from typing import Final, TypeVar

from pydantic import BaseModel

from telusur.domain.errors import BadInput, SeveralProblems, nearest
from telusur.domain.text import Text
from telusur.law import border as law_border
from telusur.law import make_parts
from telusur.law.conditions import Path
from telusur.law.deadlines import border
from telusur.law.deadlines.model import (
    Agency,
    AgencyDay,
    AtEnd,
    Count,
    DayKind,
    DayOff,
    Decree,
    OtherReading,
    Register,
    Term,
    WorkCalendar,
)
from telusur.law.deadlines.words import END_WORDS
from telusur.law.document import Document, walk
from telusur.law.load import shipped
from telusur.law.workshop import Workshop, text_of

Model = TypeVar("Model", bound=BaseModel)

_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@cache
def register() -> Register:
    """Give the terms and calendars that are shipped with the program; read once."""
    return load(resources.files(__package__).joinpath("data"), lines=False)


def load(folder: Traversable, *, lines: bool = True) -> Register:
    """Read terms, calendars and agencies.

    Parameters
    ----------
    folder
        Holds ``sources.yaml``, ``instruments.yaml``, ``national.yaml``, ``days/``, ``agencies.yaml`` and
        ``terms.yaml``; a `pathlib.Path` does. Sources and instruments of the catalogue of rules may be named too.
    lines
        Read with the slower reader, which refuses keys that stand twice too.

    Raises
    ------
    SeveralProblems
        Every fault with file and line.
    """
    digest = hashlib.sha256()
    documents: dict[str, Document] = {}
    for name, entry in walk(folder):
        held = entry.read_bytes()
        digest.update(f"{name}\0{len(held)}\0".encode() + held)
        documents[name] = Document(name, _text(held, name))
    bench = _bench(lines=lines)
    made = _Made(bench, documents)
    made.take()
    if bench.problems:
        raise SeveralProblems(bench.problems)
    return Register(digest.hexdigest(), made.terms, made.calendars, made.agencies)


def read_agencies(path: FilePath) -> Mapping[str, Agency]:
    """Read an office's own file of agencies.

    Parameters
    ----------
    path
        A YAML file of the form of ``agencies.yaml``.

    Returns
    -------
    Mapping
        By id; those that are shipped too.

    Raises
    ------
    SeveralProblems
        Every fault with file and line.
    """
    bench = _bench(lines=True)
    document = Document(str(path), _text(path.read_bytes(), str(path)))
    made = _Made(bench, {})
    made.calendars = dict(register().calendars)
    made.agencies = dict(register().agencies)
    held = bench.read(document, border.AgenciesFile)
    if held:
        made.take_agencies(document, held)
    if bench.problems:
        raise SeveralProblems(bench.problems)
    return made.agencies


def _text(held: bytes, name: str) -> str:
    try:
        return held.decode("utf-8")
    except UnicodeDecodeError:
        raise BadInput("this file is not UTF-8; save it as UTF-8", where=name) from None


def _bench(*, lines: bool) -> Workshop:
    """Give a workshop that knows the sources and instruments of the rules already."""
    return Workshop(lines, sources=dict(shipped().sources), instruments=dict(shipped().instruments))


def _week(held: tuple[border.Weekday, ...]) -> frozenset[int]:
    return frozenset(_WEEKDAYS.index(day) for day in held)


class _Made:
    """What was made so far, in order of dependency."""

    def __init__(self, bench: Workshop, documents: Mapping[str, Document]) -> None:
        self._bench = bench
        self._documents = documents
        self.calendars: dict[str, WorkCalendar] = {}
        self.agencies: dict[str, Agency] = {}
        self.terms: dict[str, Term] = {}

    def take(self) -> None:
        """Make everything; what depends on something broken is not tried."""
        bench = self._bench
        document, sources = self._read("sources.yaml", law_border.SourcesFile)
        if document and sources:
            make_parts.sources(bench, document, sources)
        document, instruments = self._read("instruments.yaml", law_border.InstrumentsFile)
        if document and instruments:
            make_parts.instruments(bench, document, instruments)
        document, calendar = self._read("national.yaml", border.CalendarFile)
        if document and calendar and not bench.problems:
            bench.keep(self.calendars, calendar.id, partial(self._calendar, calendar, document), document, ("id",))
        if bench.problems:
            return
        document, agencies = self._read("agencies.yaml", border.AgenciesFile)
        if document and agencies:
            self.take_agencies(document, agencies)
        document, terms = self._read("terms.yaml", border.TermsFile)
        if document and terms:
            for i, one in enumerate(terms.terms):
                place: Path = ("terms", i)
                bench.keep(self.terms, one.id, partial(self._term, one, document, place), document, (*place, "id"))

    def take_agencies(self, document: Document, held: border.AgenciesFile) -> None:
        """Take agencies."""
        for i, one in enumerate(held.agencies):
            place: Path = ("agencies", i)
            make = partial(self._agency, one, document, place)
            self._bench.keep(self.agencies, one.id, make, document, (*place, "id"))

    def _read(self, name: str, model: type[Model]) -> tuple[Document | None, Model | None]:
        document = self._documents.get(name)
        if document is None:
            self._bench.problems.append(BadInput("this file is needed; there is none", where=name))
            return None, None
        return document, self._bench.read(document, model)

    def _calendar(self, held: border.CalendarFile, document: Document) -> WorkCalendar:
        names = {one.id: text_of(one.title) for one in held.names}
        self._bench.cited(held.sources, "secondary", document, ("sources",))
        self._bench.cited(held.standing.sources, "secondary", document, ("standing", "sources"))
        standing = {
            (int(day[:2]), int(day[3:])): _named(names, what, document, ("standing", "days", day))
            for day, what in held.standing.days.items()
        }
        years: dict[str, dict[int, tuple[Decree, ...]]] = {held.id: {}}
        for name, days in self._documents.items():
            of_year = self._bench.read(days, border.DaysFile) if name.startswith("days/") else None
            if of_year is None:
                continue
            if of_year.calendar not in years:
                self._bench.problems.append(
                    days.problem(
                        ("calendar",), f"there is no calendar {of_year.calendar!r}; {nearest(of_year.calendar, years)}"
                    )
                )
                continue
            try:
                if of_year.year in years[of_year.calendar]:
                    raise days.problem(("year",), f"the year {of_year.year} stands in two files; keep one")
                years[of_year.calendar][of_year.year] = self._year(of_year, days, names)
            except BadInput as problem:
                self._bench.problems.append(problem)
        return WorkCalendar(held.id, text_of(held.title), _week(held.week), standing, years[held.id])

    def _year(self, held: border.DaysFile, document: Document, names: Mapping[str, Text]) -> tuple[Decree, ...]:
        off: set[date] = set()
        made: list[Decree] = []
        for i, one in enumerate(held.decrees):
            place: Path = ("decrees", i)
            if made and one.known.first < made[-1].known_from:
                raise document.problem((*place, "known"), f"{one.id} became known before the decree above it; reorder")
            for j, day in enumerate(one.remove):
                if day not in off:
                    raise document.problem(
                        (*place, "remove", j), f"{day} is no day off, so that it cannot be taken back"
                    )
                off.remove(day)
            days = (
                *self._days(held.year, "national", one.national, off, names, document, place),
                *self._days(held.year, "joint", one.joint, off, names, document, place),
            )
            made.append(
                Decree(
                    one.id,
                    text_of(one.title),
                    one.known.first,
                    one.confidence,
                    self._bench.cited(one.sources, one.confidence, document, (*place, "sources")),
                    days,
                    one.remove,
                    one.estimated,
                    text_of(one.note) if one.note else None,
                )
            )
        return tuple(made)

    @staticmethod
    def _days(
        year: int,
        kind: DayKind,
        held: Mapping[date, str],
        off: set[date],
        names: Mapping[str, Text],
        document: Document,
        place: Path,
    ) -> Iterator[DayOff]:
        for day, what in held.items():
            path = (*place, kind, day.isoformat())
            if day.year != year:
                raise document.problem(path, f"{day} is no day of {year}")
            if day in off:
                raise document.problem(path, f"{day} is a day off already; take it back first, or leave it out")
            off.add(day)
            yield DayOff(day, kind, _named(names, what, document, path))

    def _agency(self, held: border.AgencyIn, document: Document, place: Path) -> Agency:
        days: dict[date, AgencyDay] = {}
        for i, one in enumerate(held.days):
            if one.day in days:
                raise document.problem((*place, "days", i), f"{one.day} stands twice; keep one")
            days[one.day] = AgencyDay(one.day, one.working, text_of(one.title), text_of(one.ground), one.known.first)
        return Agency(
            held.id,
            text_of(held.title),
            text_of(held.ground),
            held.confidence,
            self._bench.cited(held.sources, held.confidence, document, (*place, "sources")),
            _week(held.week) if held.week else None,
            tuple(days[day] for day in sorted(days)),
        )

    def _term(self, held: border.TermIn, document: Document, place: Path) -> Term:
        self._bench.find(self.calendars, held.calendar, "calendar", document, (*place, "calendar"))
        count = Count(held.n, held.unit, held.starts, held.if_end_on_holiday)
        readings = [self._reading(one, count, document, (*place, "readings", i)) for i, one in enumerate(held.readings)]
        if held.end_open:
            if held.unit == "hari_kerja":
                raise document.problem(
                    (*place, "end_open"), "working days never end on a day off; leave `end_open` out"
                )
            moved: AtEnd = "stay" if held.if_end_on_holiday == "next" else "next"
            readings.append(OtherReading(END_WORDS[moved], replace(count, if_end_on_holiday=moved), ()))
        return Term(
            held.id,
            text_of(held.title),
            count,
            held.calendar,
            text_of(held.from_event),
            self._bench.citation(held.citation, None, document, (*place, "citation")),
            held.unverified,
            held.end_open,
            text_of(held.note) if held.note else None,
            tuple(readings),
        )

    def _reading(self, held: border.ReadingIn, count: Count, document: Document, place: Path) -> OtherReading:
        other = Count(
            held.n or count.n,
            held.unit or count.unit,
            held.starts or count.starts,
            held.if_end_on_holiday or count.if_end_on_holiday,
        )
        if other == count:
            raise document.problem(place, "this reading counts as the term itself does; say what differs")
        # What a reading says stands in its words; a source is named where there is one.
        return OtherReading(text_of(held.says), other, self._bench.cited(held.sources, "memory", document, place))


def _named(names: Mapping[str, Text], what: str, document: Document, path: Path) -> Text:
    if what not in names:
        raise document.problem(path, f"there is no day {what!r}; {nearest(what, names)}")
    return names[what]
