"""The case files of the office: append a step, or nothing.

One transaction holds the step and every table that follows from it. SQLite takes the write lock as it begins
(IMMEDIATE), so that of two people who act at once the second sees what the first did, and is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import reduce
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Length
from django.utils import timezone

from telusur import process
from telusur.domain.text import Text
from telusur.office import asked, custody
from telusur.office.models import Case, Erasing, StepRow


class Stale(Exception):
    """The case went on since the page was opened: nothing was written."""

    def __init__(self, case: Case, seen: int) -> None:
        super().__init__(f"case {case.number} is at step {case.version}, the page was at {seen}")
        self.case = case
        self.seen = seen
        self.words = Text(
            "Berkas ini telah berubah sejak halaman ini dibuka; belum ada yang disimpan. "
            "Periksa yang baru, lalu kirim sekali lagi: yang Anda ketik masih ada.",
            "This file has changed since the page was opened; nothing was saved. "
            "Look at what is new, then send again: what you typed is still here.",
        )


def steps_of(case: Case) -> list[process.Step]:
    """Give the steps of a case in order."""
    return [process.from_json(row.body) for row in case.steps.order_by("number")]


def file_of(case: Case) -> process.File:
    """Give the file that a case's steps come to; they were checked when they were taken."""
    return reduce(process.added, steps_of(case), process.File.empty())


def record(case_id: UUID, steps: process.Step | Sequence[process.Step], *, version: int) -> process.File:
    """Take steps in a case: all of them, or none.

    Parameters
    ----------
    case_id
        The case.
    steps
        What was done.
    version
        The number of steps that the person saw.

    Returns
    -------
    process.File
        The file afterwards.

    Raises
    ------
    Stale
        If others acted since.
    process.Refused
        If the process does not allow a step; it says why.
    """
    several = list(steps) if isinstance(steps, Sequence) else [steps]
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case_id)
        if case.version != version:
            raise Stale(case, version)
        return _append(case, file_of(case), several)


def open_case(case: Case, steps: Sequence[process.Step]) -> process.File:
    """Begin a case with its first steps.

    Parameters
    ----------
    case
        As yet unsaved, without a number.
    steps
        The first one opens it.

    Raises
    ------
    process.Refused
        If the process does not allow a step.
    """
    with transaction.atomic():
        case.number = next_number(case.received_on)
        case.stage = ""
        case.version = 0
        case.changed_at = timezone.now()
        case.save(force_insert=True)
        return _append(case, process.File.empty(), list(steps))


def _append(case: Case, file: process.File, steps: Iterable[process.Step]) -> process.File:
    rows: list[StepRow] = []
    taken: list[tuple[process.Step, Mapping[str, Any]]] = []
    known = file.acts
    for step in steps:
        body = process.to_json(step)
        # What is kept is what can be read back: a value that no reader knows is refused before it is on file.
        file = process.take(file, process.from_json(body))
        rows.append(StepRow(case=case, number=file.version, kind=str(body["kind"]), body=body, by=step.by, at=step.at))
        taken.append((step, body))
    entries = custody.entered(str(case.pk), taken, known, timezone.now()) if taken else []
    for row, entry in zip(rows, entries, strict=True):
        row.entry = entry
    StepRow.objects.bulk_create(rows)
    _project(case, file)
    return file


def _project(case: Case, file: process.File) -> None:
    today = timezone.localdate()
    case.version = file.version
    case.procedure = file.flow.id
    case.stage = file.place.id
    case.end = file.end or ""
    case.waiting = asked.waiting(file)
    running = () if file.final else process.terms(file, today)
    case.due = min((term.due for term in running if term.due), default=None)
    case.changed_at = timezone.now()
    case.save()


def next_number(day: date) -> str:
    """Give the number that the next case received on a day of this year gets; certain only inside a transaction."""
    last = 0
    # A number that was erased is given to nobody else.
    for model in (Case, Erasing):
        held = model.objects.filter(number__startswith=f"{day.year}/")
        # Of more than 9,999 in a year the longer number is the later one.
        numbers = held.order_by(Length("number").desc(), "-number").values_list("number", flat=True)[:1]
        last = max(last, *(int(one.split("/")[1]) for one in numbers), 0)
    return f"{day.year}/{last + 1:04d}"
