"""What a respondent asks of the office: more time to answer; and, on signed paper alone, to give up being heard."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone

from telusur import process
from telusur.domain.errors import BadInput
from telusur.domain.evidence import Grade
from telusur.domain.text import Text
from telusur.domain.when import day_words
from telusur.office import exhibits
from telusur.office.fields import PAPERS, PICTURES
from telusur.office.forms import DateField, FileField, Form, check_field, words_field
from telusur.office.portal import taking
from telusur.office.portal.access import Visitor, respondents_only, shown
from telusur.office.portal.seen import Seen
from telusur.office.words import late, say


class ExtensionForm(Form):
    """Until when, and why."""

    sampai = DateField(
        label=late("Sampai kapan Anda meminta waktu?", "Until when do you ask for time?"),
        help_text=late("Contoh: 30 November 2026 atau 30/11/2026.", "For instance 30 November 2026 or 30/11/2026."),
    )
    alasan = words_field(
        ("Alasannya", "The reasons"),
        (
            "Misalnya: arsip akun baru siap beberapa hari lagi, atau surat operator belum keluar.",
            "For instance: the account's archive takes days, or the operator's letter is not there yet.",
        ),
        min_length=10,
        max_length=4000,
    )


class WaiverForm(Form):
    """The signed paper."""

    surat = FileField(
        label=late("Pindaian atau foto surat bertanda tangan", "A scan or photo of the signed letter"),
        kinds=(*PAPERS, *PICTURES),
    )
    paham = check_field(
        (
            "Saya sudah membaca rinciannya, dan mengerti bahwa perkara dapat diputus tanpa saya didengar lagi",
            "I have read the particulars, and understand that the case may be decided without hearing me again",
        ),
    )


_EARLIER: Final = Text(
    "Waktu menjawab sekarang sudah sampai {day}; tulis hari sesudahnya.",
    "The time to answer already runs until {day}; write a later day.",
)
_PAST: Final = Text("Tulis hari yang belum lewat.", "Write a day that has not passed.")


@respondents_only
def extension(request: HttpRequest, present: Visitor) -> HttpResponseBase:
    """Take a request for more time; an officer answers it."""
    sends = request.method == "POST" and request.POST.get("lakukan") != "ubah"
    form = ExtensionForm(request.POST) if sends else ExtensionForm(initial=request.POST.dict())
    context = {"form": form, "until": present.file.reply_until}
    if not form.is_bound or not _later(form, present):
        return shown(request, present, "extension", context, status=422 if form.is_bound else 200)
    until, why = day_words(form.cleaned_data["sampai"]).id, form.cleaned_data["alasan"]

    def make(making: taking.Making) -> list[process.Step]:
        text = f"Permintaan perpanjangan waktu menjawab sampai {until}: {why}"
        return [process.Noted(at=making.at, by=making.by, text=text)]

    try:
        return HttpResponseRedirect(taking.take(present, request.POST.get("token", "")[:64], make))
    except BadInput as problem:
        form.add_error(None, say(problem.words))
        return shown(request, present, "extension", context, status=422)


def _later(form: ExtensionForm, present: Visitor) -> bool:
    if not form.is_valid():
        return False
    asked, now = form.cleaned_data["sampai"], present.file.reply_until
    if now is not None and asked <= now:
        day = day_words(now)
        form.add_error("sampai", say(Text(_EARLIER.id.format(day=day.id), _EARLIER.en.format(day=day.en))))
    elif asked < timezone.localdate():
        form.add_error("sampai", say(_PAST))
    return form.is_valid()


@respondents_only
def waiver(request: HttpRequest, present: Visitor) -> HttpResponseBase:
    """Say what giving up to be heard means; take the signed paper, and only after the particulars."""
    seen = Seen(present.case, present.file)
    sends = request.method == "POST" and request.POST.get("lakukan") != "ubah"
    form = WaiverForm(request.POST, request.FILES) if sends else None
    open_ = seen.given is not None and not seen.given.corrected
    context = {"form": form or WaiverForm(initial={"version": seen.given.n if seen.given else 0}), "seen": seen}
    context["open"] = open_
    if form is None or not open_:
        return shown(request, present, "waiver", context, status=200 if form is None else 409)
    if not form.is_valid():
        return shown(request, present, "waiver", context, status=422)

    def make(making: taking.Making) -> list[process.Step]:
        return [process.HearingWaived(at=making.at, by=making.by, signed=True, evidence=making.evidence[0])]

    try:
        paper = exhibits.take_in(form.cleaned_data["surat"], kind="document", grade=Grade.E)
        address = taking.take(
            present,
            request.POST.get("token", "")[:64],
            make,
            files=[paper],
            seen=form.cleaned_data["version"] or 0,
        )
    except taking.Changed as changed:
        form.add_error(None, say(changed.words))
    except BadInput as problem:
        form.add_error("surat", say(problem.words))
    except process.Refused as refused:
        for reason in refused.reasons:
            form.add_error(None, say(reason))
    else:
        return HttpResponseRedirect(address)
    return shown(request, present, "waiver", context, status=409)
