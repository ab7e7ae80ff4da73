"""The page of a case: where it stands, what may be done now and why the rest may not, and all that is on file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from telusur import law, process
from telusur.domain.text import Text
from telusur.office import policies, store
from telusur.office.actions import Action, actions
from telusur.office.desk.telling import Told, told
from telusur.office.models import Case, Exhibit, Reading, TracingRun, User
from telusur.office.policies import needs


@dataclass(frozen=True, slots=True)
class ActShown:
    """An alleged act on the page.

    Parameters
    ----------
    determination
        What the rules say of its facts as they now stand: never a verdict.
    run
        The last tracing of it.
    """

    act: process.ActOnFile
    determination: law.Determination
    evidence: Sequence[Exhibit]
    control: process.Entry[process.ControlDecided] | None
    run: TracingRun | None

    @property
    def facts(self) -> list[tuple[Text, Text]]:
        """The facts that are known, in words."""
        return [
            (law.label(name), law.label(name, value))
            for name, value in self.determination.facts.stated.items()
            if not isinstance(value, date)
        ]


@dataclass(frozen=True, slots=True)
class Doing:
    """An act that this person could do.

    Parameters
    ----------
    closed
        Why it cannot be done now; empty where it can.
    """

    action: Action
    closed: tuple[Text, ...]


def shown_acts(case: Case, file: process.File) -> list[ActShown]:
    """Give the acts of a file with what is known and was found of each."""
    exhibits = {one.evidence_id: one for one in case.exhibits.all()}
    runs: dict[str, TracingRun] = {}
    for run in case.tracing_runs.all():
        runs.setdefault(run.act, run)
    return [
        ActShown(
            act,
            law.determine(file.facts(name)),
            [exhibits[one] for one in act.stated.evidence if one in exhibits],
            file.control.get(name),
            runs.get(name),
        )
        for name, act in file.acts.items()
    ]


def possible(case: Case, user: User, file: process.File) -> list[Doing]:
    """Give every act that this person's roles allow here, with why it may be closed."""
    found = []
    for kind in actions().values():
        if kind.listed and policies.of(user).in_case(kind.permission, case):
            doing = kind(case, user, file)
            found.append(Doing(doing, doing.check()))
    return found


def history(file: process.File, people: dict[str, str]) -> list[Told]:
    """Give all steps in words, the last first."""
    return [told(number, step, file, people) for number, step in reversed(list(enumerate(file.steps, 1)))]


def people_of(file: process.File) -> dict[str, str]:
    """Give what the people of a file are called on screen, by their opaque ids."""
    ids = {step.by for step in file.steps}
    users = [int(one[1:]) for one in ids if one.startswith("u") and one[1:].isdigit()]
    return {user.person_id: user.shown for user in User.objects.filter(pk__in=users)}


@needs("case.read")
def page(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show a case."""
    case = get_object_or_404(Case.objects.select_related("respondent", "assigned"), pk=case_id)
    if not policies.of(request.user).in_case("case.read", case):
        raise PermissionDenied
    file = store.file_of(case)
    today = timezone.localdate()
    user = request.user
    assert isinstance(user, User)
    person = process.Person(user.person_id, policies.of(user).roles_in(case.procedure))
    doings = possible(case, user, file)
    context = {
        "case": case,
        "file": file,
        "procedure": file.flow,
        "stage": file.place,
        "moves": process.moves(file, person, timezone.now()),
        "doings": doings,
        "acts": shown_acts(case, file),
        "gates": process.gates(file, today),
        "terms": () if file.final else process.terms(file, today),
        "history": history(file, people_of(file)),
        "exhibits": case.exhibits.all(),
        "letters": case.letters.select_related("made_by"),
        "siblings": Case.objects.filter(incident=case.incident).exclude(pk=case.pk) if case.incident else (),
        "today": today,
    }
    return render(request, "office/desk/case.html", context)


@needs("case.act")
def nip(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the whole NIP once, to whoever acts in the case; that it was shown is written down."""
    case = get_object_or_404(Case.objects.select_related("respondent"), pk=case_id)
    if not policies.of(request.user).in_case("case.act", case):
        raise PermissionDenied
    if request.method == "POST":
        user = request.user
        assert isinstance(user, User)
        Reading.objects.create(case=case, what="nip", by=user.person_id, at=timezone.now())
        answer = render(request, "office/desk/nip.html", {"case": case, "shown": True})
        answer["Cache-Control"] = "no-store"
        return answer
    return render(request, "office/desk/nip.html", {"case": case, "shown": False})
