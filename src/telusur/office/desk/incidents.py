"""An event with several respondents: the order, what blocks what, one act in two files, and the acts weighed to one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from telusur import law, process
from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.office import custody, policies, store
from telusur.office.actions.bodies import bundle_of
from telusur.office.models import Case, User
from telusur.office.policies import needs


@dataclass(frozen=True, slots=True)
class Member:
    """A case of an event.

    Parameters
    ----------
    before_closing
        What is to be done before it closes.
    weighed
        What its acts come to together.
    """

    case: Case
    stage: Text
    status: Text | None
    may_read: bool
    ordered: bool
    before_closing: Sequence[Text]
    weighed: Sequence[tuple[Text, Text]]


@needs("case.read")
def show(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the event that a case belongs to."""
    case = get_object_or_404(Case, pk=case_id)
    may = policies.of(request.user)
    if not may.in_case("case.read", case):
        raise PermissionDenied
    cases = [case]
    if case.incident:
        cases = list(Case.objects.filter(incident=case.incident).order_by("number"))
    # What may not be read is counted, and nothing of it is told.
    readable = [one for one in cases if may.in_case("case.read", one)]
    files = {str(one.pk): store.file_of(one) for one in readable}
    view = process.incident(files)
    named = {str(one.pk): one.number for one in cases}
    context = {
        "case": case,
        "members": [_member(one, files[str(one.pk)], view, named) for one in readable],
        "hidden": len(cases) - len(readable),
        "orders": [
            (one.id, _named(one.superiors, named), _named(one.institutions, named), _named(one.ordered, named))
            for one in view.orders
        ],
        "twice": [_with_numbers(one.says, named) for one in view.twice],
        "provision": law.catalogue().provisions.get("concurrence"),
    }
    return render(request, "office/desk/incident.html", context)


def _member(case: Case, file: process.File, view: process.IncidentView, named: Mapping[str, str]) -> Member:
    status = law.label("actor.status", file.status.step.status) if file.status else None
    return Member(
        case,
        file.place.title,
        status,
        may_read=True,
        ordered=str(case.pk) in view.mitigated,
        before_closing=[_with_numbers(one, named) for one in view.before_closing[str(case.pk)]],
        weighed=_weighed(file),
    )


def _weighed(file: process.File) -> list[tuple[Text, Text]]:
    try:
        found = process.together(file)
    except BadInput as problem:
        return [(Text("Belum dapat ditimbang", "Not to be weighed yet"), problem.words)]
    parts = [
        (Text("Yang terberat", "The heaviest"), [one.result.rule for one in found.heaviest]),
        (Text("Terserap", "Absorbed"), [one.counted.result.rule for one in found.absorbed]),
        (Text("Tingkat belum pasti", "Level unsettled"), [one.result.rule for one in found.unsettled]),
        (Text("Unsur untuk diteruskan", "Elements to be referred"), [one.result.rule for one in found.referred]),
    ]
    return [(title, _rules(rules)) for title, rules in parts if rules]


def _rules(rules: Sequence[law.Rule]) -> Text:
    words = ", ".join(dict.fromkeys(one.id for one in rules))
    return Text(words, words)


def _named(cases: Sequence[str], named: Mapping[str, str]) -> str:
    return ", ".join(named.get(one, one) for one in cases) or "–"


def _with_numbers(words: Text, named: Mapping[str, str]) -> Text:
    """Say cases by their numbers, where the process says their ids."""
    in_indonesian, in_english = words.id, words.en
    for one, number in named.items():
        in_indonesian, in_english = in_indonesian.replace(one, number), in_english.replace(one, number)
    return Text(in_indonesian, in_english)


@needs("case.read")
def bundle(request: HttpRequest, case_id: UUID, digest: str) -> HttpResponse:
    """Hand out the bundle of a hand-over: made again of the steps before it, and only if it is the same."""
    case = get_object_or_404(Case, pk=case_id)
    if not policies.of(request.user).in_case("case.read", case):
        raise PermissionDenied
    file = process.File.empty()
    for step in store.steps_of(case):
        if isinstance(step, process.HandedOver) and step.bundle == digest:
            made = bundle_of(case, file)
            if hashlib.sha256(made).hexdigest() != digest:
                raise Http404
            user = request.user
            assert isinstance(user, User)
            custody.reading(f"hand-over:{digest[:16]}", user.person_id, case=case, sha256=digest)
            answer = HttpResponse(made, content_type="application/json")
            answer["Content-Disposition"] = f'attachment; filename="bundel-{digest[:12]}.json"'
            answer["Cache-Control"] = "no-store"
            return answer
        file = process.added(file, step)
    raise Http404
