"""Preserve first: before anybody is warned, what can vanish is captured, asked to be kept, and its clock is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from telusur import process
from telusur.domain.errors import BadInput
from telusur.domain.evidence import Grade
from telusur.domain.text import Text
from telusur.office import exhibits, policies, requests, store
from telusur.office.forms import Choice, FilesField, Form, choice_field, words_field
from telusur.office.models import Case, Exhibit, Sent, User
from telusur.office.policies import needs
from telusur.office.public.takeover import Expiry, guide
from telusur.office.words import late, say


@dataclass(frozen=True, slots=True)
class Clock:
    """A record that vanishes.

    Parameters
    ----------
    last
        The day on which it is gone, counted from the act; ``None`` where no figure is known.
    """

    expiry: Expiry
    last: date | None
    left: int | None

    @property
    def pressing(self) -> str:
        """How near its end is: ``gone``, ``near``, ``running`` or ``unknown``."""
        if self.left is None:
            return "unknown"
        if self.left < 0:
            return "gone"
        return "near" if self.left <= 7 else "running"  # noqa: PLR2004 - a week


class CaptureForm(Form):
    """The officer's own capture of the reported address, and nothing else of that account."""

    papers = FilesField(
        label=late("Tangkapan Anda", "Your capture"),
        help_text=late(
            "Buka hanya alamat yang dilaporkan dan simpan sebagai WACZ, PDF, atau tangkapan layar penuh. "
            "Jangan menelusuri akun itu lebih jauh.",
            "Open only the reported address and save it as WACZ, PDF or a full screenshot. "
            "Do not look further into that account.",
        ),
    )
    grade = choice_field(
        ("Bagaimana ditangkap?", "How was it captured?"),
        [
            Choice(
                "B",
                Text("oleh petugas, langsung dari alamatnya", "by an officer, from the address itself"),
                Text("tangkapan web atau ekspor di depan petugas", "a web capture, or an export before an officer"),
            ),
            Choice("D", Text("berkas asli dengan metadata", "an original file with its metadata")),
            Choice("E", Text("tangkapan layar, cetakan, atau salinan", "a screenshot, print or copy")),
        ],
    )


class AskForm(Form):
    """Who was asked to keep what."""

    to = choice_field(
        ("Kepada siapa?", "Whom?"),
        [
            Choice(
                "respondent", Text("terlapor: surat agar tidak menghapus", "the respondent: a letter not to delete")
            ),
            Choice("platform", Text("platform", "the platform")),
            Choice("operator", Text("operator seluler", "the mobile operator")),
            Choice("office", Text("kantor terlapor (pengelola TI)", "the respondent's office (IT)")),
        ],
    )
    what = words_field(("Apa yang harus disimpan?", "What is to be kept?"), rows=3)


def clocks(file: process.File, today: date) -> list[Clock]:
    """Give the records that bear on the acts of a file and vanish, the nearest to vanish first."""
    found = []
    for act in file.acts.values():
        stated = act.stated
        if not stated.on_account:
            continue
        done = stated.when.at.date() if stated.when else None
        for expiry in _expiries(stated.platform):
            days = expiry.days if expiry.from_act else None
            last = done + timedelta(days) if done and days is not None else None
            found.append(Clock(expiry, last, (last - today).days if last else None))
    once = {one.expiry.what.en: one for one in sorted(found, key=lambda one: one.last or date.max, reverse=True)}
    return sorted(once.values(), key=lambda one: one.last or date.max)


def _expiries(platform: str | None) -> tuple[Expiry, ...]:
    held = guide()
    known = held.platforms.get(platform or "")
    return (*(known.expires if known else ()), *held.operator_expires)


@needs("evidence.add")
def preserve(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show what is to be preserved, take a capture, write down a request."""
    case = get_object_or_404(Case.objects.select_related("respondent"), pk=case_id)
    user = request.user
    assert isinstance(user, User)
    if not policies.of(user).in_case("evidence.add", case):
        raise PermissionDenied
    capture, ask = CaptureForm(prefix="tangkap"), AskForm(prefix="minta")
    status = 200
    if request.method == "POST":
        doing = request.POST.get("lakukan")
        if doing == "tangkap":
            capture = CaptureForm(request.POST, request.FILES, prefix="tangkap")
        else:
            ask = AskForm(request.POST, prefix="minta")
        form = capture if doing == "tangkap" else ask
        if form.is_valid():
            try:
                _do(case, user, form)
            except BadInput as problem:
                form.add_error(None, say(problem.words))
                status = 422
            except process.Refused as refused:
                for reason in refused.reasons:
                    form.add_error(None, say(reason))
                status = 409
            else:
                messages.success(request, say(Text("Tersimpan dalam berkas.", "It is on file.")))
                return HttpResponseRedirect(reverse("intake:preserve", args=[case.pk]))
        else:
            status = 422
    file = store.file_of(case)
    today = timezone.localdate()
    context = {
        "case": case,
        "acts": [act.stated for act in file.acts.values()],
        "clocks": clocks(file, today),
        "requests": requests.of_case(case, file),
        "meaning": requests.MEANING,
        "captured": case.exhibits.filter(supplied_by="authority"),
        "asked": file.preserved,
        "warned": bool(file.served),
        "capture": capture,
        "ask": ask,
    }
    return render(request, "office/intake/preserve.html", context, status=status)


def _do(case: Case, user: User, form: Form) -> None:
    token = str(form.cleaned_data["token"])[:64]
    if token and Sent.objects.filter(pk=token).exists():
        return
    with exhibits.Tray() as tray:
        _done(case, user, form, token, tray)


def _done(case: Case, user: User, form: Form, token: str, tray: exhibits.Tray) -> None:
    now = timezone.now()
    rows: list[Exhibit] = []
    steps: list[process.Step] = []
    held: list[exhibits.Taken] = []
    if isinstance(form, CaptureForm):
        for upload in form.cleaned_data["papers"]:
            taken = tray.take_in(upload, kind="web_archive", grade=Grade(form.cleaned_data["grade"]))
            held.append(taken)
            row, step = exhibits.add(case, taken, supplied_by="authority", at=now, by=user.person_id)
            rows.append(row)
            steps.append(step)
    else:
        to, what = form.cleaned_data["to"], form.cleaned_data["what"]
        steps.append(process.PreservationAsked(at=now, by=user.person_id, to=to, what=what))
    with transaction.atomic():
        if token and not Sent.objects.get_or_create(token=token)[1]:
            return  # the same form, sent twice at once
        case.refresh_from_db()
        store.record(case.pk, steps, version=case.version)
        Exhibit.objects.bulk_create(rows)
        exhibits.keep(case, held)
