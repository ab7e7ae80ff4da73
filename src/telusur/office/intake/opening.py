"""Open a case: from a report that came in, or as an officer's own finding or lead."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from telusur import law, process
from telusur.domain.account import PLATFORMS
from telusur.domain.errors import BadInput
from telusur.domain.evidence import Grade
from telusur.domain.facts import Facts
from telusur.domain.moment import Moment
from telusur.domain.text import Text
from telusur.domain.vocabulary import ACCOUNT_ACTS, FIELDS
from telusur.office import custody, exhibits, policies, store
from telusur.office.forms import (
    Choice,
    DateField,
    FilesField,
    Form,
    MomentField,
    NipField,
    choice_field,
    line_field,
    words_field,
)
from telusur.office.intake.reporting import PLATFORM_WORDS, kinds
from telusur.office.models import Case, Exhibit, PublicReport, Respondent, Sent, User
from telusur.office.policies import needs
from telusur.office.words import late, say

HOW = {
    "report": Text("laporan", "report"),
    "finding": Text("temuan", "finding"),
    "lead": Text("informasi awal", "lead"),
}
_UNKNOWN = Choice("", Text("belum diketahui", "not known yet"))


def _choices(field: str) -> list[Choice]:
    return [*(Choice(str(value), law.label(field, value)) for value in FIELDS[field].values), _UNKNOWN]


class _Done(Exception):
    """The same was done already, here or by somebody else: nothing was written, and there it can be seen."""

    def __init__(self, led_to: str) -> None:
        super().__init__(led_to)
        self.led_to = led_to


class OpenForm(Form):
    """What a case begins with. What is not known yet stays unknown; it is never read as "no"."""

    procedure = choice_field(("Menurut prosedur mana?", "By which procedure?"), [])
    how = choice_field(("Asalnya", "How it came in"), [Choice(name, words) for name, words in HOW.items()])
    received_on = DateField(label=late("Diterima pada", "Received on"), past=True)
    subject = line_field(
        ("Perihal", "Subject"),
        (
            "Beberapa kata tanpa nama orang, misalnya “unggahan di Facebook, November”.",
            "A few words without anybody's name, for instance “post on Facebook, November”.",
        ),
        max_length=160,
    )
    incident = line_field(
        ("Peristiwa", "Incident"),
        (
            "Bila beberapa orang terlibat dalam satu peristiwa: tanda yang sama pada tiap berkas.",
            "If several people took part in one event: the same mark on each file.",
        ),
        required=False,
        max_length=60,
    )
    order = line_field(
        ("Perintah", "Order"),
        (
            "Bila ada perintah, undangan, target, atau ancaman dari atasan: tanda perintah itu.",
            "If a superior gave an order, invitation, target or threat: the mark of that order.",
        ),
        required=False,
        max_length=60,
    )
    order_role = choice_field(
        ("Kedudukan dalam perintah itu", "Side of that order"),
        [
            Choice("superior", Text("yang memerintah", "who gave it")),
            Choice("institution", Text("lembaga yang mengerahkan", "the institution that mobilised")),
            Choice("ordered", Text("yang diperintah", "who was ordered")),
            Choice("", Text("tidak ada perintah yang diketahui", "no order is known")),
        ],
        required=False,
    )
    name = line_field(
        ("Nama terlapor", "Name of the respondent"),
        (
            "Sebagaimana tertulis dalam daftar pegawai. Cocokkan orangnya sebelum melanjutkan.",
            "As it stands in the roster. Make sure that it is the same person before you go on.",
        ),
        max_length=160,
    )
    nip = NipField(
        label=late("NIP atau NI PPPK", "NIP or NI PPPK"),
        help_text=late("Dari daftar pegawai; selalu ditampilkan tersamar.", "From the roster; always shown masked."),
        required=False,
    )
    status = choice_field(("Status kepegawaian", "Status in the service"), _choices("actor.status"), required=False)
    position = line_field(("Jabatan", "Post"), required=False, max_length=160)
    unit = line_field(("Unit kerja", "Unit"), required=False, max_length=160)
    address = words_field(("Alamat surat", "Postal address"), required=False, rows=3)
    kind = choice_field(("Jenis perbuatan", "Kind of act"), kinds(), required=False)
    contest = choice_field(("Pemilihan", "Contest"), _choices("contest.kind"), required=False)
    when = MomentField(
        label=late("Waktu perbuatan", "When it was done"),
        help_text=late(
            "Tanggal, jam, dan zona waktu sebagaimana terlihat; boleh dilengkapi nanti.",
            "Day, time and zone as they could be seen; may follow later.",
        ),
        required=False,
        past=True,
    )
    platform = choice_field(
        ("Platform", "Platform"),
        [
            *(Choice(name, PLATFORM_WORDS[name]) for name in PLATFORMS),
            Choice("", Text("bukan perbuatan dengan akun", "not done with an account")),
        ],
        required=False,
    )
    handle = line_field(("Nama akun", "Account name"), required=False)
    url = line_field(("Alamat (tautan)", "Address (link)"), required=False, max_length=2000)
    papers = FilesField(label=late("Bukti", "Evidence"), required=False)

    def __init__(self, *args: Any, procedures: list[process.Procedure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["procedure"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [Choice(one.id, one.title).pair() for one in procedures]
        self.procedures = {one.id: one for one in procedures}

    def clean(self) -> dict[str, Any]:
        """Hold the origin to what the procedure knows."""
        cleaned = super().clean()
        procedure = self.procedures.get(cleaned.get("procedure", ""))
        if procedure and cleaned.get("how") and cleaned["how"] not in procedure.openings:
            known = [HOW[one] for one in procedure.openings if one in HOW]
            words = Text(
                f"Berkas menurut prosedur ini berasal dari: {', '.join(one.id for one in known) or 'pelimpahan'}.",
                f"Files of this procedure come from: {', '.join(one.en for one in known) or 'a hand-over'}.",
            )
            self.add_error("how", say(words))
        return cleaned


def _procedures(user: User) -> list[process.Procedure]:
    held = policies.of(user)
    mine = held.procedures()
    everywhere = held.everywhere("case.open")
    return [one for name, one in process.procedures().items() if everywhere or name in mine]


def _begun(report: PublicReport | None) -> dict[str, Any]:
    today = timezone.localdate()
    if report is None:
        return {"received_on": today, "how": "finding"}
    told = report.told
    return {
        "received_on": timezone.localdate(report.received_at),
        "how": "report",
        **{name: told.get(name, "") for name in ("kind", "platform", "handle", "url")},
    }


@needs("case.open")
def open_case(request: HttpRequest, report_id: UUID | None = None) -> HttpResponse:
    """Show the form, or open the case."""
    user = request.user
    assert isinstance(user, User)
    report = get_object_or_404(PublicReport, pk=report_id) if report_id else None
    if report is not None and report.case_id is not None:
        return HttpResponseRedirect(reverse("intake:received", args=[report.pk]))
    procedures = _procedures(user)
    if request.method != "POST":
        return _page(request, OpenForm(procedures=procedures, initial=_begun(report)), report)
    form = OpenForm(request.POST, request.FILES, procedures=procedures)
    token = request.POST.get("token", "")[:64]
    earlier = Sent.objects.filter(pk=token).first() if token else None
    if earlier:
        return HttpResponseRedirect(earlier.led_to or reverse("desk:queue"))
    if not form.is_valid():
        return _page(request, form, report, status=422)
    try:
        case = _open(user, form.cleaned_data, report, token)
    except _Done as done:
        return HttpResponseRedirect(done.led_to)
    except BadInput as problem:
        form.add_error(None, say(problem.words))
        return _page(request, form, report, status=422)
    except process.Refused as refused:
        for reason in refused.reasons:
            form.add_error(None, say(reason))
        return _page(request, form, report, status=409)
    messages.success(
        request,
        say(
            Text(
                f"Berkas {case.number} dibuka. Amankan bukti lebih dulu, sebelum siapa pun diberi tahu.",
                f"File {case.number} is open. Preserve the evidence first, before anybody is warned.",
            )
        ),
    )
    return HttpResponseRedirect(_next(user, case))


def _next(user: User, case: Case) -> str:
    may = policies.of(user).in_case("evidence.add", case)
    return reverse("intake:preserve" if may else "desk:case", args=[case.pk])


def _open(user: User, cleaned: Mapping[str, Any], report: PublicReport | None, token: str) -> Case:
    with exhibits.Tray() as tray:
        taken = [tray.take_in(file, kind=None, grade=Grade.E) for file in cleaned["papers"] or ()]
        return _opened(user, cleaned, report, token, taken)


def _opened(
    user: User, cleaned: Mapping[str, Any], report: PublicReport | None, token: str, taken: list[exhibits.Taken]
) -> Case:
    now = timezone.now()
    with transaction.atomic():
        # Whoever else was opening it is through by now: the transaction holds the lock for writing.
        earlier = Sent.objects.filter(pk=token).first() if token else None
        if earlier is not None:
            raise _Done(earlier.led_to or reverse("desk:queue"))
        if report is not None and not PublicReport.objects.filter(pk=report.pk, case=None).exists():
            raise _Done(reverse("intake:received", args=[report.pk]))
        respondent = Respondent(
            **{name: cleaned[name] or "" for name in ("name", "nip", "status", "position", "unit", "address")}
        )
        case = Case(
            procedure=cleaned["procedure"],
            subject=cleaned["subject"],
            respondent=respondent,
            incident=cleaned["incident"],
            received_on=cleaned["received_on"],
        )
        added = [exhibits.add(case, one, supplied_by="authority", at=now, by=user.person_id) for one in taken]
        added += [_from_report(case, one, now, user) for one in (report.files.all() if report else ())]
        steps: list[process.Step] = [
            process.Opened(
                at=now,
                by=user.person_id,
                procedure=cleaned["procedure"],
                how=cleaned["how"],
                respondent=respondent.person_id,
                received_on=cleaned["received_on"],
                reporter=f"p{report.pk}" if report else None,
                incident=cleaned["incident"] or None,
                order=cleaned["order"] or None,
                order_role=cleaned["order_role"] or None,
            ),
            *(step for _, step in added),
        ]
        if cleaned["kind"] or cleaned["url"] or cleaned["handle"]:
            steps.append(_act(user, cleaned, now, [row for row, _ in added]))
        respondent.save(force_insert=True)
        store.open_case(case, steps)
        Exhibit.objects.bulk_create(row for row, _ in added)
        if report is not None:
            custody.moved(report, case, [one.sha256 for one in report.files.all()])
            PublicReport.objects.filter(pk=report.pk).update(case=case, state="in_review")
        if token:
            Sent.objects.create(token=token, led_to=_next(user, case))
        exhibits.keep(case, taken)
    return case


def _from_report(case: Case, file: Any, at: datetime, user: User) -> tuple[Exhibit, process.EvidenceAdded]:
    row = Exhibit(
        case=case,
        sha256=file.sha256,
        name=file.name,
        bytes=file.bytes,
        kind="document",
        media_type=file.media_type,
        grade=Grade.E.value,
        supplied_by="reporter",
        added_at=at,
    )
    step = process.EvidenceAdded(
        at=at,
        by=user.person_id,
        evidence=row.evidence_id,
        sha256=file.sha256,
        name=file.name,
        grade=Grade.E,
        supplied_by="reporter",
        sealed=True,
    )
    return row, step


def _act(user: User, cleaned: Mapping[str, Any], at: datetime, rows: list[Exhibit]) -> process.ActStated:
    stated = {"act.kind": cleaned["kind"] or None, "contest.kind": cleaned["contest"] or None}
    when = cleaned["when"]
    if when:
        stated["date"] = when.date().isoformat()
    platform = cleaned["platform"] or None
    return process.ActStated(
        at=at,
        by=user.person_id,
        act="P1",
        facts=Facts.read({name: value for name, value in stated.items() if value}),
        on_account=platform is not None or cleaned["kind"] in ACCOUNT_ACTS,
        when=_moment(when) if when else None,
        platform=platform,
        handle=cleaned["handle"].lstrip("@") or None,
        url=cleaned["url"] or None,
        evidence=tuple(row.evidence_id for row in rows),
    )


def _moment(at: datetime) -> Moment:
    return Moment.parse(at.isoformat(timespec="minutes"))


def _page(request: HttpRequest, form: OpenForm, report: PublicReport | None, *, status: int = 200) -> HttpResponse:
    return render(request, "office/intake/open.html", {"form": form, "report": report}, status=status)
