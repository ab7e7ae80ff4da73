"""What a respondent asks of the office: more time to answer; and, on signed paper alone, to give up being heard."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone

from telusur import process
from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.domain.when import day_words
from telusur.office import asked
from telusur.office.fields import PAPERS, PICTURES
from telusur.office.forms import (
    Choice,
    DateField,
    FileField,
    FilesField,
    Form,
    check_field,
    choice_field,
    words_field,
)
from telusur.office.portal import taking
from telusur.office.portal.access import Visitor, respondents_only, shown
from telusur.office.portal.seen import Seen
from telusur.office.words import late, say

_REMEDIES: Final = [
    Choice("objection", Text("Keberatan", "Objection"), Text("Kepada atasan pejabat.", "To the official's superior.")),
    Choice("appeal", Text("Banding administratif", "Administrative appeal"), Text("Kepada BPASN.", "To BPASN.")),
]


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


class RemedyForm(Form):
    """Which remedy, and why."""

    upaya = choice_field(("Apa yang Anda ajukan?", "What do you seek?"), _REMEDIES)
    alasan = words_field(
        ("Alasannya", "The reasons"),
        ("Apa yang keliru dalam keputusan, dan apa yang Anda minta.", "What is wrong in it, and what you ask for."),
        min_length=10,
    )
    berkas = FilesField(label=late("Surat dan bukti", "Letter and evidence"), required=False)
    paham = check_field(
        (
            "Saya mengerti bahwa suratnya juga harus sampai kepada pejabat yang disebut dalam keputusan",
            "I understand that the letter also has to reach the official whom the decision names",
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
    until, why = form.cleaned_data["sampai"], form.cleaned_data["alasan"]

    def make(making: taking.Making) -> list[process.Step]:
        return [process.Noted(at=making.at, by=making.by, text=asked.for_time(until, why))]

    try:
        return HttpResponseRedirect(taking.take(request, present, make))
    except BadInput as problem:
        form.add_error(None, say(problem.words))
        return shown(request, present, "extension", context, status=422)


def _later(form: ExtensionForm, present: Visitor) -> bool:
    if not form.is_valid():
        return False
    wanted, now = form.cleaned_data["sampai"], present.file.reply_until
    if now is not None and wanted <= now:
        day = day_words(now)
        form.add_error("sampai", say(Text(_EARLIER.id.format(day=day.id), _EARLIER.en.format(day=day.en))))
    elif wanted < timezone.localdate():
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
        address = taking.take(
            request,
            present,
            make,
            files=taking.judged([form.cleaned_data["surat"]], "other"),
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


@respondents_only
def remedy(request: HttpRequest, present: Visitor) -> HttpResponseBase:
    """Take the announcement of an objection or appeal against the decision that was served; the office goes on."""
    sends = request.method == "POST" and request.POST.get("lakukan") != "ubah"
    form = RemedyForm(request.POST, request.FILES) if sends else RemedyForm(initial=request.POST.dict())
    decision = Seen(present.case, present.file).decision
    context = {"form": form, "decision": decision, "today": timezone.localdate()}
    if decision is None or not form.is_bound:
        return shown(request, present, "remedy", context, status=409 if sends else 200)
    if not form.is_valid():
        return shown(request, present, "remedy", context, status=422)

    def make(making: taking.Making) -> list[process.Step]:
        held = form.cleaned_data
        return [
            process.Remedy(at=making.at, by=making.by, remedy=held["upaya"], on=timezone.localdate(making.at)),
            process.Noted(at=making.at, by=making.by, text=held["alasan"]),
        ]

    try:
        files = taking.judged(form.cleaned_data["berkas"] or ())
        return HttpResponseRedirect(taking.take(request, present, make, files=files))
    except BadInput as problem:
        form.add_error("berkas", say(problem.words))
        return shown(request, present, "remedy", context, status=422)
    except process.Refused as refused:
        for reason in refused.reasons:
            form.add_error(None, say(reason))
        return shown(request, present, "remedy", context, status=409)
