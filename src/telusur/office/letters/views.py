"""The pages of a case's letters: which there are, which can be made and why not, a look beforehand, the download."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from telusur.domain.text import Text
from telusur.dossier import Speech
from telusur.office import custody, letters, policies, store
from telusur.office.actions import action
from telusur.office.actions.letters import PREFIX, MakeLetter, lacking
from telusur.office.models import Case, Letter, User
from telusur.office.policies import needs
from telusur.office.words import language

#: What is still written once a file has ended.
_AFTER: Final = ("tracing_report", "decision", "clearing")


@dataclass(frozen=True, slots=True)
class Possible:
    """A letter that this office could make, and what the file lacks for it."""

    name: str
    title: Text
    closed: tuple[Text, ...]


@needs("letter.read")
def listed(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the letters of a case."""
    case = _case(request, case_id, "letter.read")
    file = store.file_of(case)
    possible: list[Possible] = []
    if policies.of(request.user).in_case(MakeLetter.permission, case):
        texts = [one for one in letters.forms(file.flow, end=file.end) if not file.final or one.kind in _AFTER]
        lacks = lacking(case, file, texts)
        possible = [Possible(f"{PREFIX}{text.id}", text.title, lacks[text.id]) for text in texts]
    say = Speech(language(), letters.__name__)
    made = [(say(f"kind.{one.kind}"), one) for one in case.letters.select_related("made_by")]
    context = {"case": case, "made": made, "possible": possible}
    return render(request, "office/letters/list.html", context)


@needs("case.act")
def preview(request: HttpRequest, case_id: UUID, text_id: str) -> HttpResponse:
    """Show a letter as it would be made of what was typed; nothing is kept."""
    case = _case(request, case_id, MakeLetter.permission)
    making = _making(request, case, text_id)
    form = making.form(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"action": making, "case": case, "form": form, "closed": making.check(), "file": making.file}
        return render(request, making.template, context, status=422 if form.is_bound else 200)
    _read(request, case, f"letter-preview:{text_id}")
    return _pdf(letters.render(making.letter(form.cleaned_data, draft=True)), f"konsep-{text_id}.pdf", inline=True)


@needs("letter.read")
def show(request: HttpRequest, case_id: UUID, letter_id: UUID) -> HttpResponse:
    """Hand out a letter; that it was is written down."""
    case = _case(request, case_id, "letter.read")
    held = get_object_or_404(Letter, pk=letter_id, case=case)
    try:
        made = letters.kept(held)
    except FileNotFoundError:
        raise Http404 from None
    _read(request, case, f"letter:{held.pk}", held.sha256)
    # No name, NIP or number of a person stands in the name of a file.
    return _pdf(made, f"{held.kind}-{case.number.replace('/', '-')}-{held.sha256[:8]}.pdf", inline=False)


def _case(request: HttpRequest, case_id: UUID, permission: str) -> Case:
    case = get_object_or_404(Case.objects.select_related("respondent"), pk=case_id)
    if not policies.of(request.user).in_case(permission, case):
        raise PermissionDenied
    return case


def _making(request: HttpRequest, case: Case, text_id: str) -> MakeLetter:
    try:
        kind = action(f"{PREFIX}{text_id}")
    except KeyError:
        raise Http404 from None
    assert issubclass(kind, MakeLetter)
    user = request.user
    assert isinstance(user, User)
    return kind(case, user)


def _read(request: HttpRequest, case: Case, what: str, sha256: str | None = None) -> None:
    user = request.user
    assert isinstance(user, User)
    custody.reading(what, user.person_id, case=case, sha256=sha256)


def _pdf(made: bytes, name: str, *, inline: bool) -> HttpResponse:
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer
