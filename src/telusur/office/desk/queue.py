"""The queue: the open cases of one's own procedures, what is due first on top.

It is searched by number and subject, and filtered by procedure, stage and who has it; never by whom an act favours,
which no table holds.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from telusur import process
from telusur.domain.text import Text
from telusur.office import policies
from telusur.office.asked import WAITING
from telusur.office.models import Case
from telusur.office.policies import needs
from telusur.office.words import say

PER_PAGE: Final = 25
#: Days before the end of a term from which on it is called near.
NEAR: Final = 3

_BODIES: Final = {
    "bawaslu": Text("Bawaslu", "Bawaslu"),
    "bkn": Text("BKN", "BKN"),
    "agency": Text("disiplin instansi", "agency discipline"),
}

Pressing = Literal["late", "today", "near", "running", "none"]


@dataclass(frozen=True, slots=True)
class Line:
    """A case in the queue.

    Parameters
    ----------
    age
        Days since it was received.
    left
        Days until the next term ends; negative if it is over, ``None`` where none runs.
    waiting
        What the respondent asked and nobody answered yet.
    """

    case: Case
    stage: Text
    procedure: Text
    short: Text
    age: int
    left: int | None
    waiting: Text | None

    @property
    def pressing(self) -> Pressing:
        """How near the end of its term is."""
        if self.left is None:
            return "none"
        if self.left < 0:
            return "late"
        if self.left == 0:
            return "today"
        return "near" if self.left <= NEAR else "running"

    @property
    def over(self) -> int:
        """Days past the end of its term."""
        return -(self.left or 0)


def _lines(cases: QuerySet[Case] | list[Case], today: date) -> list[Line]:
    found = []
    for case in cases:
        procedure = process.procedure(case.procedure)
        found.append(
            Line(
                case,
                procedure.stage(case.stage).title,
                procedure.title,
                _BODIES[procedure.body],
                (today - case.received_on).days,
                (case.due - today).days if case.due else None,
                WAITING.get(case.waiting),
            )
        )
    return found


def _asked(request: HttpRequest) -> QuerySet[Case]:
    may = policies.of(request.user)
    cases = Case.objects.select_related("assigned")
    if not may.everywhere("case.list"):
        cases = cases.filter(procedure__in=may.procedures())
    wanted = request.GET
    closed = wanted.get("siapa") == "selesai"
    cases = cases.exclude(end="") if closed else cases.filter(end="")
    if words := wanted.get("cari", "").strip()[:80]:
        cases = cases.filter(Q(number__icontains=words) | Q(subject__icontains=words))
    if procedure := wanted.get("prosedur", ""):
        cases = cases.filter(procedure=procedure)
    if stage := wanted.get("tahap", ""):
        cases = cases.filter(stage=stage)
    if wanted.get("siapa") == "saya":
        cases = cases.filter(assigned_id=request.user.pk)
    elif wanted.get("siapa") == "menunggu":
        cases = cases.exclude(waiting="")
    # Without a term last: nothing presses there.
    return cases.order_by("-number") if closed else cases.order_by(F("due").asc(nulls_last=True), "number")


@needs("case.list")
def queue(request: HttpRequest) -> HttpResponse:
    """Show the queue, or only its rows to a page that already stands."""
    today = timezone.localdate()
    page = Paginator(_asked(request), PER_PAGE).get_page(request.GET.get("hal"))
    may = policies.of(request.user)
    procedures = [
        one for name, one in process.procedures().items() if name in may.procedures() or may.everywhere("case.list")
    ]
    query = request.GET.copy()
    query.pop("hal", None)
    for name in [name for name, value in query.items() if not value]:
        del query[name]
    context = {
        "page": page,
        "lines": _lines(list(page.object_list), today),
        "procedures": procedures,
        "shown_pages": list(page.paginator.get_elided_page_range(page.number)),
        "numbers": page.paginator.page_range,
        "asked": request.GET,
        "query": query.urlencode(),
        "today": today,
    }
    part = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    return render(request, "office/desk/rows.html" if part else "office/desk/queue.html", context)


@needs("case.list")
def as_csv(request: HttpRequest) -> HttpResponse:
    """Give the queue as a table: numbers, stages and days; no names."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="antrean-{timezone.localdate().isoformat()}.csv"'
    answer.write("\ufeff")
    table = csv.writer(answer)
    table.writerow(["number", "procedure", "stage", "stage_id", "received_on", "age_days", "due", "assigned"])
    for line in _lines(_asked(request), timezone.localdate()):
        one = line.case
        table.writerow(
            [
                *(one.number, one.procedure, say(line.stage), one.stage, one.received_on.isoformat(), line.age),
                one.due.isoformat() if one.due else "",
                _harmless(one.assigned.shown if one.assigned else ""),
            ]
        )
    return answer


def _harmless(cell: str) -> str:
    """Give a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
