"""The page of a case: where it stands, what may be done now and why the rest may not, and all that is on file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from telusur import law, process
from telusur.domain.errors import BadInput
from telusur.domain.evidence import Grade
from telusur.domain.text import Text
from telusur.office import asked, custody, policies, store
from telusur.office.actions import Action, actions
from telusur.office.actions.asking import supplier_words
from telusur.office.actions.base import Group
from telusur.office.actions.bodies import BLOCK, ERASED, to_be_told
from telusur.office.actions.deciding import RESULTS
from telusur.office.actions.moves import PREFIX
from telusur.office.desk.telling import Told, letter_words, sanction_words, told, who
from telusur.office.desk.tracings import RunShown, done_runs, shown_runs
from telusur.office.models import Case, Exhibit, User
from telusur.office.policies import needs
from telusur.process import CLEARING

#: Headings of the acts that can be done, in the order in which a case meets them.
GROUPS: Final[Mapping[Group, Text]] = {
    "acts": Text("Perbuatan dan bukti", "Acts and evidence"),
    "respondent": Text("Terlapor diberi tahu dan didengar", "The respondent is told and heard"),
    "who": Text("Siapa yang bertindak", "Who acted"),
    "decision": Text("Keputusan", "Decision"),
    "bodies": Text("Lembaga lain dan atasan", "Other bodies and superiors"),
    "office": Text("Orang dan catatan", "People and notes"),
}


@dataclass(frozen=True, slots=True)
class ActShown:
    """An alleged act on the page.

    Parameters
    ----------
    determination
        What the rules say of its facts as they now stand: never a verdict. ``None`` where they cannot be asked.
    problem
        Why they cannot be asked.
    run
        The last tracing of it.
    """

    act: process.ActOnFile
    facts: Sequence[tuple[Text, Text]]
    determination: law.Determination | None
    problem: Text | None
    rule: law.Rule | None
    evidence: Sequence[Exhibit]
    traced: process.Entry[process.Traced] | None
    control: process.Entry[process.ControlDecided] | None
    control_words: Text | None
    authenticity: process.Entry[process.AuthenticityDecided] | None
    authenticity_words: Text | None
    run: RunShown | None

    @property
    def rules(self) -> Sequence[law.RuleResult]:
        """The rules that are met, defeated or open; those that are not met say little here."""
        held = self.determination.rule_results if self.determination else ()
        return [one for one in held if one.status != "not_met"]

    @property
    def readings(self) -> Sequence[law.Issue]:
        """The questions on which the authorities' readings differ, each once."""
        return list({issue.id: issue for one in self.rules for issue in one.readings}.values())


@dataclass(frozen=True, slots=True)
class Doing:
    """An act that this person could do.

    Parameters
    ----------
    closed
        Why it cannot be done now; empty where it can.
    """

    name: str
    title: Text
    closed: Sequence[Text]


@dataclass(frozen=True, slots=True)
class ExhibitShown:
    """A piece of evidence on the page."""

    row: Exhibit
    supplied_by: Text
    grade: Text


@dataclass(frozen=True, slots=True)
class LetterShown:
    """A letter on the page."""

    pk: UUID
    words: Text
    at: datetime


def shown_acts(case: Case, file: process.File, runs: Mapping[str, RunShown]) -> list[ActShown]:
    """Give the acts of a file with what is known and was found of each."""
    exhibits = {one.evidence_id: one for one in case.exhibits.all()}
    return [_act_shown(file, name, act, exhibits, runs.get(name)) for name, act in file.acts.items()]


def _act_shown(
    file: process.File, name: str, act: process.ActOnFile, exhibits: Mapping[str, Exhibit], run: RunShown | None
) -> ActShown:
    determination, problem = None, None
    facts = file.facts(name)
    try:
        determination = law.determine(facts)
    except BadInput as found:
        problem = found.words
    control, genuine = file.control.get(name), file.authenticity.get(name)
    return ActShown(
        act,
        [(law.label(one), _fact_words(one, value)) for one, value in facts.stated.items() if one != "date"],
        determination,
        problem,
        law.catalogue().rules.get(act.stated.rule or ""),
        [exhibits[one] for one in act.stated.evidence if one in exhibits],
        file.tracings.get(name),
        control,
        law.label("attribution.account_control", control.step.value) if control else None,
        genuine,
        law.label("attribution.authenticity", genuine.step.value) if genuine else None,
        run,
    )


def _fact_words(name: str, value: object) -> Text:
    if value is None:
        return Text("belum diketahui", "not known yet")
    try:
        return law.label(name, value if isinstance(value, bool) else str(value))
    except BadInput:
        return Text(str(value), str(value))


def possible(case: Case, user: User, file: process.File) -> list[tuple[Text, list[Doing]]]:
    """Give every act that this person's roles allow here, by group, with why it may be closed."""
    may = policies.of(user)
    found: dict[Group, list[Doing]] = {one: [] for one in GROUPS}
    for kind in actions().values():
        if kind.listed and may.in_case(kind.permission, case):
            doing: Action = kind(case, user, file)
            found[kind.group].append(Doing(doing.name, doing.title, doing.check()))
    return [(GROUPS[one], _open_first(those)) for one, those in found.items() if those]


def _open_first(those: Iterable[Doing]) -> list[Doing]:
    return sorted(those, key=lambda one: bool(one.closed))


def moves(file: process.File, person: process.Person) -> list[Doing]:
    """Give the moves out of the present stage, those that are allowed first."""
    options = process.moves(file, person, timezone.localdate())
    return _open_first(Doing(f"{PREFIX}{one.move.id}", one.move.title, one.reasons) for one in options)


def history(file: process.File, people: Mapping[str, str]) -> list[Told]:
    """Give all steps in words, the last first."""
    return [told(number, step, file, people) for number, step in reversed(list(enumerate(file.steps, 1)))]


def people_of(file: process.File) -> dict[str, str]:
    """Give what the people of a file are called on screen, by their opaque ids."""
    ids = {step.by for step in file.steps} | set(file.recused) | {one.step.second for one in file.overrides}
    ids |= {one.step.who for one in file.ties}
    users = [int(one[1:]) for one in ids if one.startswith("u") and one[1:].isdigit()]
    return {user.person_id: user.shown for user in User.objects.filter(pk__in=users)}


@needs("case.read")
def page(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show a case."""
    case = _case(request, case_id)
    user = request.user
    assert isinstance(user, User)
    file = store.file_of(case)
    today = timezone.localdate()
    people = people_of(file)
    person = process.Person(user.person_id, policies.of(user).roles_in(case.procedure))
    may_act = policies.of(user).in_case("case.act", case)
    running = () if file.final else process.terms(file, today)
    draft = file.draft
    runs_held = shown_runs(case)
    context = {
        "case": case,
        "file": file,
        "procedure": file.flow,
        "stage": file.place,
        "moves": moves(file, person) if may_act else [],
        "doings": possible(case, user, file),
        "acts": shown_acts(case, file, done_runs(case)),
        "gates": process.gates(file, today),
        "terms": list({(str(one.title.id), one.due): one for one in reversed(running)}.values())[::-1],
        "request_open": asked.open_request(file) if case.waiting else None,
        "next": next((one for one in running if one.due), None),
        "left": next(((one.due - today).days for one in running if one.due), None),
        "history": history(file, people),
        "exhibits": [
            ExhibitShown(one, supplier_words(one.supplied_by), Grade(one.grade).meaning) for one in case.exhibits.all()
        ],
        "letters": [LetterShown(one.pk, letter_words(one.kind), one.made_at) for one in case.letters.all()],
        "draft": draft,
        "findings": [(one.act, RESULTS[one.result]) for one in draft.step.findings] if draft else [],
        "drafter": who(draft.step.by, file, people) if draft else None,
        "approver": who(draft.approved.step.by, file, people) if draft and draft.approved else None,
        "sanction": sanction_words(draft.step.sanction) if draft and draft.step.sanction else None,
        "recused": [(who(name, file, people), one.step) for name, one in file.recused.items()],
        "ties": [(who(one.step.who, file, people), one.step) for one in file.ties],
        "overrides": [_override(one.step, file, people) for one in file.overrides],
        "cleared": file.end in CLEARING,
        "clearing": _clearing(file) if file.end in CLEARING else [],
        "siblings": Case.objects.filter(incident=case.incident).exclude(pk=case.pk) if case.incident else (),
        "status": law.label("actor.status", file.status.step.status) if file.status else None,
        "runs_shown": runs_held,
        "going": any(one.going for one in runs_held.values()),
        "may_act": may_act,
        "today": today,
    }
    return render(request, "office/desk/case.html", context)


def _override(
    step: process.Overridden, file: process.File, people: Mapping[str, str]
) -> tuple[process.Overridden, Text, Text, Text]:
    title = next(one.title for one in process.gates(file, timezone.localdate()) if one.name == step.gate)
    return step, title, who(step.by, file, people), who(step.second, file, people)


def _clearing(file: process.File) -> list[tuple[Text, bool]]:
    """Give what follows a clearing, and whether it was done."""
    after = file.entered_n
    letter = any(one.step.letter == "clearing" for one in file.letters)
    served = any(one.step.what == "clearing" and one.n > after for one in file.served)
    told_all = not to_be_told(file)
    block = any(one.step.what == BLOCK.id for one in file.told)
    erased = any(isinstance(one, process.Noted) and one.text.startswith(ERASED.id) for one in file.steps)
    waiting = f" ({', '.join(to_be_told(file))})" if to_be_told(file) else ""
    return [
        (Text("Surat penutup dibuat", "The letter that clears is made"), letter),
        (Text("Surat penutup disampaikan kepada terlapor", "It is served on the respondent"), served),
        (
            Text(
                "Setiap lembaga yang pernah diberi tahu sudah diberi tahu akhirnya"
                + (f" ({waiting})" if waiting else ""),
                f"Every body that was told is told of the end{waiting}",
            ),
            told_all,
        ),
        (Text("Pembukaan blokir data kepegawaian diminta", "The lifting of a block is asked for"), block),
        (Text("Tanggal penghapusan catatan ditetapkan", "The day of erasure is set"), erased),
    ]


@needs("case.read")
def runs(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show how far the tracings of a case are, for a page that stands already."""
    case = _case(request, case_id)
    shown = shown_runs(case)
    going = any(one.going for one in shown.values())
    context = {"case": case, "runs": shown, "going": going}
    answer = render(request, "office/desk/runs.html", context)
    if not going:
        # Done: the page is read anew, since gates and timeline have changed.
        answer["HX-Refresh"] = "true"
    return answer


@needs("case.act")
def nip(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the whole NIP once, to whoever acts in the case; that it was shown is written down."""
    case = _case(request, case_id, "case.act")
    shown = request.method == "POST"
    if shown:
        user = request.user
        assert isinstance(user, User)
        custody.reading("nip", user.person_id, case=case)
    answer = render(request, "office/desk/nip.html", {"case": case, "shown": shown})
    answer["Cache-Control"] = "no-store"
    return answer


def _case(request: HttpRequest, case_id: UUID, permission: str = "case.read") -> Case:
    case = get_object_or_404(Case.objects.select_related("respondent", "assigned"), pk=case_id)
    if not policies.of(request.user).in_case(permission, case):
        raise PermissionDenied
    return case
