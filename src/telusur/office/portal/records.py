"""Records that can clear an owner: which, from whom, until when, also when locked out; and handing them in."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from telusur import process
from telusur.domain.errors import BadInput
from telusur.office import requests
from telusur.office.forms import Choice, FilesField, Form, choice_field, words_field
from telusur.office.portal import taking
from telusur.office.portal.access import Visitor, respondents_only, shown
from telusur.office.portal.claims import claims
from telusur.office.portal.seen import Seen
from telusur.office.public.takeover import guide
from telusur.office.words import late, say


class RecordsForm(Form):
    """Records of one kind."""

    jenis = choice_field(
        ("Apa yang Anda serahkan?", "What do you hand in?"),
        [Choice(name, one.words, one.hint) for name, one in taking.KINDS.items()],
    )
    berkas = FilesField(label=late("Berkas", "Files"))
    kata = words_field(
        ("Apa yang ditunjukkan berkas ini?", "What do these files show?"),
        ("Satu dua kalimat; boleh dikosongkan.", "A sentence or two; may be empty."),
        required=False,
        rows=3,
        max_length=4000,
    )


@respondents_only
def records(request: HttpRequest, present: Visitor) -> HttpResponseBase:
    """Say which records clear an owner and how to get them; take what is handed in."""
    if request.method != "POST" or request.POST.get("lakukan") == "ubah":
        return _page(request, present, RecordsForm(initial=request.POST.dict()))
    form = RecordsForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, present, form, status=422)
    try:
        address = taking.take(
            request,
            present,
            lambda making: _noted(making, form.cleaned_data["kata"]),
            files=taking.judged(form.cleaned_data["berkas"], form.cleaned_data["jenis"]),
        )
    except BadInput as problem:
        form.add_error("berkas", say(problem.words))
        return _page(request, present, form, status=422)
    except process.Refused as refused:
        for reason in refused.reasons:
            form.add_error(None, say(reason))
        return _page(request, present, form, status=409)
    return HttpResponseRedirect(address)


def _noted(making: taking.Making, words: str) -> list[process.Step]:
    return [process.Noted(at=making.at, by=making.by, text=words)] if words else []


def _page(request: HttpRequest, present: Visitor, form: RecordsForm, *, status: int = 200) -> HttpResponseBase:
    seen = Seen(present.case, present.file)
    held = guide()
    mine = [one.act.platform for one in seen.acts if one.act.on_account]
    order = sorted(held.platforms.values(), key=lambda one: one.id not in mine)
    context = {
        "form": form,
        "seen": seen,
        "guide": held,
        "platforms": [one for one in order if one.id in mine],
        "others": [one for one in order if one.id not in mine],
        "requests": requests.of_acts([one.act for one in seen.acts], present.file),
        "meaning": requests.MEANING,
        "claims": [one for one in claims().values() if one.id not in _NO_RECORD],
    }
    return shown(request, present, "records", context, status=status)


_NO_RECORD: Final = frozenset({"admits"})
