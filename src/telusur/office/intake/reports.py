"""Reports as officers see them: what was told, the files, the messages, and what becomes of it."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from telusur import law
from telusur.domain.evidence import Grade
from telusur.domain.text import Text
from telusur.office import custody, exhibits, policies
from telusur.office.desk.exhibits import CLEARED, in_words, looked_at, page_asked
from telusur.office.forms import Choice, Form, choice_field, words_field
from telusur.office.intake.following import STATES, standing, write
from telusur.office.intake.reporting import PLATFORM_WORDS
from telusur.office.models import PublicReport, ReportFile, Sent, User
from telusur.office.policies import needs

PER_PAGE = 25


class ReplyForm(Form):
    """What the office writes to the reporter, and what becomes of the report."""

    text = words_field(
        ("Pesan kepada pelapor", "Message to the reporter"),
        (
            "Pelapor membacanya dengan kodenya. Jangan sebut nama orang yang tidak ia sebut sendiri.",
            "The reporter reads it with the code. Name nobody whom the reporter did not name.",
        ),
        rows=4,
    )
    state = choice_field(
        ("Kedudukan laporan", "Where the report stands"),
        [
            Choice("in_review", Text("masih dibaca", "still being read")),
            Choice(
                "not_taken",
                Text("tidak diteruskan", "not taken further"),
                Text("Pesan di atas menjelaskan alasannya.", "The message above says why."),
            ),
        ],
    )


def facts_told(report: PublicReport) -> list[tuple[Text, Text | str]]:
    """Give what was told, with its questions, in order."""
    told = report.told
    platform = PLATFORM_WORDS.get(told.get("platform", ""))
    kind = told.get("kind")
    asked = (
        (Text("Yang terjadi", "What happened"), told.get("what")),
        (Text("Jenis perbuatan", "Kind of act"), law.label("act.kind", kind) if kind else None),
        (Text("Platform", "Platform"), platform),
        (Text("Alamat", "Address"), told.get("url")),
        (Text("Nama akun", "Account name"), told.get("handle")),
        (Text("Terjadi pada", "Happened on"), told.get("on")),
        (Text("Diketahui pada", "Learnt on"), told.get("known_on")),
        (Text("Daerah", "Region"), told.get("place")),
        (Text("Yang dilaporkan", "Reported person"), told.get("who")),
    )
    return [(label, value) for label, value in asked if value]


@needs("reports.read")
def listed(request: HttpRequest) -> HttpResponse:
    """List the reports that are no case yet, the oldest first."""
    reports = PublicReport.objects.select_related("case").order_by("received_at")
    if not request.GET.get("semua"):
        reports = reports.filter(case=None).exclude(state="not_taken")
    page = Paginator(reports, PER_PAGE).get_page(request.GET.get("hal"))
    today = timezone.localdate()
    lines = [
        (report, (today - timezone.localdate(report.received_at)).days, None if report.case else STATES[report.state])
        for report in page.object_list
    ]
    context = {"page": page, "lines": lines, "all": bool(request.GET.get("semua"))}
    return render(request, "office/intake/reports.html", context)


@needs("reports.read")
def one(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Show a report, or take an answer to it."""
    report = get_object_or_404(PublicReport.objects.select_related("case"), pk=report_id)
    if request.method == "POST" and request.POST.get("lakukan") == "baca":
        # Taken on by a press of a button: a page that is only looked at changes nothing.
        PublicReport.objects.filter(pk=report.pk, state="received").update(state="in_review")
        return HttpResponseRedirect(reverse("intake:received", args=[report.pk]))
    if request.method == "POST":
        form = ReplyForm(request.POST)
        if form.is_valid():
            return _answered(request, report, form)
        return _page(request, report, form, status=422)
    return _page(request, report, ReplyForm(initial={"state": "in_review"}))


def _answered(request: HttpRequest, report: PublicReport, form: ReplyForm) -> HttpResponse:
    token = str(form.cleaned_data["token"])[:64]
    if not (token and Sent.objects.filter(pk=token).exists()):
        with transaction.atomic():
            write(report, form.cleaned_data["text"], from_office=True, at=timezone.now(), token=token)
            if report.case is None:
                report.state = form.cleaned_data["state"]
                report.save(update_fields=["state"])
    del request
    return HttpResponseRedirect(reverse("intake:received", args=[report.pk]))


def _page(request: HttpRequest, report: PublicReport, form: ReplyForm, *, status: int = 200) -> HttpResponse:
    context = {
        "report": report,
        "told": facts_told(report),
        "files": report.files.all(),
        "messages_of": report.messages.all(),
        "standing": standing(report),
        "form": form,
    }
    return render(request, "office/intake/one.html", context, status=status)


@never_cache
@needs("reports.read")
def file(request: HttpRequest, report_id: UUID, file_id: int) -> HttpResponse:
    """Show the working copy of a file of a report; that it was looked at is written down."""
    found, user = _file(request, report_id, file_id)
    cleared = CLEARED in policies.of(user)
    try:
        shown = looked_at(
            found.report,
            found.sha256,
            found.name,
            user.person_id,
            f"report-file:{found.pk}",
            first=page_asked(request),
            cleared=cleared,
        )
    except FileNotFoundError:
        raise Http404 from None
    context = {
        "report": found.report,
        "name": found.name,
        "bytes": found.bytes,
        "sha256": found.sha256,
        "grade": (Grade.E.value, Grade.E.meaning),
        "original": reverse("intake:report_original", args=[report_id, file_id]) if cleared else None,
        **in_words(shown),
    }
    return render(request, "office/desk/copy.html", context)


@needs(CLEARED)
def original(request: HttpRequest, report_id: UUID, file_id: int) -> FileResponse:
    """Hand out a file of a report as it was received, as a download; that is written down."""
    found, user = _file(request, report_id, file_id)
    if "reports.read" not in policies.of(user):
        raise PermissionDenied
    try:
        held = custody.opened(found.report, found.sha256)
    except FileNotFoundError:
        raise Http404 from None
    custody.reading(f"report-file:{found.pk}", user.person_id, report=found.report, sha256=found.sha256)
    return exhibits.as_download(held, found.name)


def _file(request: HttpRequest, report_id: UUID, file_id: int) -> tuple[ReportFile, User]:
    user = request.user
    assert isinstance(user, User)
    return get_object_or_404(ReportFile.objects.select_related("report"), pk=file_id, report_id=report_id), user
