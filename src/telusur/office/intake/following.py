"""Follow a report by its code: where it stands, and messages both ways. The code travels in the form alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from telusur import process
from telusur.domain.errors import BadInput
from telusur.domain.evidence import Grade
from telusur.domain.text import Text
from telusur.office import codes, custody, exhibits, limits, store
from telusur.office.forms import FilesField, Form, line_field, words_field
from telusur.office.intake.reporting import PURPOSE
from telusur.office.models import PublicReport, ReportFile, ReportMessage, Sent
from telusur.office.policies import PUBLIC, needs
from telusur.office.words import late, say

#: What the reporter sees of a report that is no case yet.
STATES: Final = {
    "received": Text("Diterima; belum dibaca petugas", "Received; no officer has read it yet"),
    "in_review": Text("Sedang dibaca petugas", "An officer is reading it"),
    "not_taken": Text(
        "Tidak diteruskan menjadi perkara; alasannya ada dalam pesan di bawah",
        "Not taken further; the reason stands in the messages below",
    ),
}


class CodeForm(Form):
    """The code of the card."""

    code = line_field(
        ("Kode laporan", "Report code"),
        ("Enam belas angka dari kartu; spasi tidak mengapa.", "Sixteen digits of the card; blanks do not matter."),
        max_length=40,
    )

    def clean_code(self) -> str:
        """Read it, and tell a slip from a wrong code."""
        try:
            return codes.read(self.cleaned_data["code"])
        except BadInput as error:
            raise forms.ValidationError(late(error.words.id, error.words.en)) from None


class MessageForm(Form):
    """A message of the reporter, and files that came to light later."""

    code = forms.CharField(widget=forms.HiddenInput)
    text = words_field(("Pesan Anda", "Your message"), rows=4)
    papers = FilesField(label=late("Berkas tambahan", "Further files"), required=False)


def standing(report: PublicReport) -> Text:
    """Say where a report stands, in the reporter's words."""
    if report.case is not None:
        return process.seen(store.file_of(report.case), "reporter")
    return STATES[report.state]


@never_cache
@needs(PUBLIC)
def follow(request: HttpRequest) -> HttpResponse:
    """Ask for the code, show where the report stands, take a message."""
    if request.method != "POST":
        return render(request, "office/intake/follow.html", {"form": CodeForm()})
    form = CodeForm(request.POST)
    if not form.is_valid():
        return render(request, "office/intake/follow.html", {"form": form}, status=422)
    code = form.cleaned_data["code"]
    report = PublicReport.objects.select_related("case").filter(digest=codes.digest(code, PURPOSE)).first()
    if report is None:
        if limits.too_often(request, "code"):
            return limits.refused(request, "code")
        form.add_error("code", say(_UNKNOWN))
        return render(request, "office/intake/follow.html", {"form": form}, status=404)
    if "text" in request.POST:
        return _message(request, report, code)
    return _shown(request, report, MessageForm(initial={"code": code}))


_UNKNOWN: Final = Text(
    "Tidak ada laporan dengan kode ini di kantor ini. Bandingkan sekali lagi dengan kartu Anda.",
    "There is no report with this code at this office. Compare with your card once more.",
)


def _message(request: HttpRequest, report: PublicReport, code: str) -> HttpResponse:
    form = MessageForm(request.POST, request.FILES)
    token = request.POST.get("token", "")[:64]
    if not form.is_valid():
        return _shown(request, report, form, status=422)
    if not (token and Sent.objects.filter(pk=token).exists()):
        if limits.too_often(request, "message"):
            return limits.refused(request, "message")
        try:
            with exhibits.Tray() as tray:
                papers = form.cleaned_data["papers"] or ()
                taken = [tray.take_in(file, kind=None, grade=Grade.E) for file in papers]
                write(report, form.cleaned_data["text"], from_office=False, at=timezone.now(), token=token, taken=taken)
        except BadInput as error:
            form.add_error("papers", say(error.words))
            return _shown(request, report, form, status=422)
    return _shown(request, report, MessageForm(initial={"code": code}), sent=True)


def write(
    report: PublicReport,
    text: str,
    *,
    from_office: bool,
    at: datetime,
    token: str = "",
    taken: list[exhibits.Taken] | None = None,
) -> None:
    """Keep a message, with files that came along."""
    with transaction.atomic():
        if token and not Sent.objects.get_or_create(token=token)[1]:
            return  # the same form, sent twice at once
        ReportMessage.objects.create(report=report, from_office=from_office, text=text, at=at)
        ReportFile.objects.bulk_create(
            ReportFile(
                report=report, sha256=one.item.sha256, name=one.item.path, bytes=one.item.size, media_type=one.item.type
            )
            for one in taken or ()
        )
        exhibits.keep(report, taken or ())
        hashes = [one.item.sha256 for one in taken or ()]
        custody.received(report, "step" if from_office else "intake", {"message": at.isoformat()}, hashes)


def _shown(
    request: HttpRequest, report: PublicReport, form: Any, *, status: int = 200, sent: bool = False
) -> HttpResponse:
    context = {
        "report": report,
        "standing": standing(report),
        "messages_of": report.messages.all(),
        "files": report.files.all(),
        "form": form,
        "sent": sent,
    }
    return render(request, "office/intake/standing.html", context, status=status)
