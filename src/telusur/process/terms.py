"""The terms that run in a file: those of the law for its stage, the time to answer, and records that expire."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.law import deadlines
from telusur.law.deadlines import CountedDay, Deadline, Term, long_day
from telusur.process.file import File
from telusur.process.procedure import StageTerm
from telusur.process.steps import day_of


@dataclass(frozen=True, slots=True)
class RunningTerm:
    """A term that runs.

    Parameters
    ----------
    id
        Of the term in the catalogue; ``reply``, or ``record:<n>`` for one that expires.
    start
        What it is counted from.
    due
        Its last day as the provision reads, or as it was extended; ``None`` if the calendar does not reach so far.
    safe
        The last day by which it is kept in every reading.
    late
        The last day has passed.
    how
        How it was counted, in words.
    deadline
        The count itself, where the law sets it and the calendar reaches so far.
    term
        The term of the law.
    """

    id: str
    kind: Literal["law", "reply", "record"]
    title: Text
    start: date
    due: date | None
    safe: date | None
    late: bool
    how: Text
    deadline: Deadline | None = None
    term: Term | None = None

    @property
    def counted(self) -> tuple[CountedDay, ...]:
        """Every day between, counted or not, with the reason."""
        return self.deadline.counted if self.deadline else ()


def terms(file: File, today: date | datetime) -> tuple[RunningTerm, ...]:
    """Give the terms that run in a file on a day, the first to end first.

    Parameters
    ----------
    file
        The file.
    today
        The day, or the time.
    """
    if file.opened is None:
        return ()
    day = day_of(today)
    found = [*_of_stage(file, day), *_reply(file, day), *_records(file, day)]
    return tuple(sorted(found, key=lambda one: (one.due or date.max, one.id)))


def over(file: File, term: Term, today: date) -> bool | None:
    """Say whether a term of the present stage is over in every reading; ``None``: not begun, or not to be counted."""
    held = next((one for one in file.place.terms if one.term.id == term.id), None)
    start = begun(file, held) if held else None
    if held is None or start is None:
        return None
    try:
        last = max(reading.due for reading in deadlines.due(term, start).readings)
    except BadInput:
        return None
    return max([last, *_extended(file, term)]) < today


def begun(file: File, term: StageTerm) -> date | None:
    """Give the day from which a term of the present stage is counted; ``None`` if it has not begun."""
    assert file.opened is not None
    event, _, of = term.starts.partition(":")
    days: list[date]
    match event:
        case "received":
            days = [file.opened.received_on]
        case "entered":
            days = [one.day for one in file.trail if one.stage == (of or file.stage)]
        case "handed_over":
            days = [one.step.recorded_on for one in file.handovers]
        case "receiver_answered":
            days = [one.answer.step.recorded_on for one in file.handovers if one.answer]
        case "remedy":
            days = [one.step.on for one in file.remedies]
        case "letter":
            days = [one.step.recorded_on for one in file.letters if one.step.letter == of]
        case "served":
            days = [one.step.day for one in file.served if one.step.what == of]
        case _:
            days = list(_end_of(file, of))
    return days[-1] if days else None


def _end_of(file: File, term_id: str) -> Iterator[date]:
    for held in file.place.terms:
        start = begun(file, held) if held.term.id == term_id else None
        if start is not None:
            try:
                yield deadlines.due(held.term, start).due
            except BadInput:
                return


def _extended(file: File, term: Term) -> list[date]:
    return [one.step.until for one in file.extensions if one.step.term == term.id]


def _of_stage(file: File, today: date) -> Iterator[RunningTerm]:
    for held in file.place.terms:
        start = begun(file, held)
        if start is None:
            continue
        term = held.term
        try:
            counted = deadlines.due(term, start)
        except BadInput as problem:
            yield RunningTerm(term.id, "law", term.title, start, None, None, late=False, how=problem.words, term=term)
            continue
        longer = max(_extended(file, term), default=counted.due)
        due = max(counted.due, longer)
        safe = due if due > counted.due else counted.earliest.due
        yield RunningTerm(term.id, "law", term.title, start, due, safe, due < today, _how(counted, due), counted, term)


def _how(counted: Deadline, due: date) -> Text:
    words = deadlines.filled(
        Text(
            "{count} sejak {start} ({event}): hari terakhir {due}.",
            "{count} from {start} ({event}): the last day is {due}.",
        ),
        count=deadlines.count_words(counted.term.count),
        start=counted.start,
        event=counted.term.from_event,
        due=counted.due,
    )
    parts = [words, *(one.says for one in counted.cautions)]
    if due > counted.due:
        last = long_day(due)
        parts.append(Text(f"Diperpanjang sampai {last.id}.", f"Extended until {last.en}."))
    return Text(" ".join(one.id for one in parts), " ".join(one.en for one in parts))


def _reply(file: File, today: date) -> Iterator[RunningTerm]:
    due = file.reply_until
    set_by = [one for one in file.served if one.step.reply_until]
    if due is None or file.final:
        return
    last = long_day(due)
    yield RunningTerm(
        "reply",
        "reply",
        Text("batas terlapor menjawab", "the respondent's time to answer"),
        set_by[-1].step.day,
        due,
        due,
        due < today,
        Text(f"Ditetapkan dalam surat: {last.id}.", f"Set in the letter: {last.en}."),
    )


def _records(file: File, today: date) -> Iterator[RunningTerm]:
    for number, one in enumerate(file.preserved, 1):
        if one.step.expires is None:
            continue
        last = long_day(one.step.expires)
        yield RunningTerm(
            f"record:{number}",
            "record",
            Text(f"catatan akan hilang: {one.step.what}", f"record expires: {one.step.what}"),
            one.step.recorded_on,
            one.step.expires,
            one.step.expires,
            one.step.expires < today,
            Text(
                f"Diminta kepada {one.step.to}; tanpa itu catatan hilang pada {last.id}.",
                f"Asked of {one.step.to}; without that the record is gone on {last.en}.",
            ),
        )
