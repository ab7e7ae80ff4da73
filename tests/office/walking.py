"""A walk through every address of the office, as everybody: what `test_security` makes its claims about."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from telusur import process
from telusur.domain.evidence import Grade
from telusur.evidence import copies
from telusur.office import Home, custody, exhibits
from telusur.office.actions import actions
from telusur.office.demo.making import make
from telusur.office.models import Case, PublicReport, ReportFile, RoleHeld, User
from telusur.office.quiet import NoPersonalData
from telusur.office.setup import roles

ANYBODY, NO_ROLE = "anybody", "no role"
#: In a file of the walk's own case, so that it can be looked for in logs and addresses.
NIP = "193901011959031234"


@dataclass(frozen=True, repr=False)
class Visit:
    """One request and its answer."""

    view: str
    procedure: str
    role: str
    method: str
    address: str
    status: int
    headers: dict[str, str]
    cookies: dict[str, dict[str, Any]]
    body: str
    entered: int = 0

    @property
    def outcome(self) -> str:
        if self.status == 302:
            return "login" if self.headers["Location"].startswith("/masuk/login/") else "led on"
        return "open" if self.status in (200, 422) else str(self.status)

    @property
    def where(self) -> str:
        return f"{self.view} [{self.procedure}]" if self.procedure else self.view

    @property
    def is_page(self) -> bool:
        return self.headers.get("Content-Type", "").startswith("text/html")


@dataclass(repr=False)
class Walk:
    """All visits, and what was logged meanwhile."""

    visits: list[Visit] = field(default_factory=list)
    log: str = ""
    passwords: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)

    @property
    def pages(self) -> list[Visit]:
        return [one for one in self.visits if one.is_page]


def views(resolver: URLResolver | None = None, names: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    """Give every address by its full name."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from views(one, (*names, *((one.namespace,) if one.namespace else ())))
        else:
            yield ":".join((*names, one.name or "")), one


def needed(pattern: URLPattern) -> list[str]:
    """Give the parts of an address that have to be filled."""
    return list(pattern.pattern.converters)


def everybody() -> tuple[str, ...]:
    """Give all roles, and those who hold none."""
    return (ANYBODY, NO_ROLE, *sorted(roles.known()))


def some() -> tuple[str, ...]:
    """Give those who hold none, all roles of the office, and the first role of each procedure."""
    first = [min(group.roles) for group in roles.groups() if group.id != "office"]
    return (ANYBODY, NO_ROLE, *sorted(name for name in roles.known() if name.startswith("office/")), *first)


def walk(who: Sequence[str], *, every_act: bool) -> Walk:
    """Make the trial's office, and go to every address of it.

    Parameters
    ----------
    who
        As whom.
    every_act
        Whether to open the form of every act, or of one of each sort.
    """
    walked = Walk()
    plain = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    home = Home.here()
    home.make()
    settled = override_settings(STORAGES=plain, OFFICE=home, FILE_UPLOAD_TEMP_DIR=home.incoming)
    with settled, _listening() as said, _copied_once():
        walked.codes = list(make().values())
        walked.passwords = list(User.objects.values_list("password", flat=True))
        places = _places(every_act=every_act)
        for role in who:
            client = _browser(role)
            for view, procedure, address in places:
                first = _visit(walked, client, "GET", view, procedure, role, address)
                if first.outcome in ("login", "403"):
                    _visit(walked, client, "POST", view, procedure, role, address)
        walked.log = said.getvalue()
    return walked


def _visit(walked: Walk, client: Client, method: str, view: str, procedure: str, role: str, address: str) -> Visit:
    cache.clear()
    client.raise_request_exception = False
    ledger = custody.log().ledger
    before = ledger.size()
    answer = client.get(address) if method == "GET" else client.post(address, {})
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    cookies = {name: {key: held[key] for key in ("httponly", "samesite")} for name, held in answer.cookies.items()}
    kind = answer.headers.get("Content-Type", "")
    words = body.decode() if kind.startswith(("text/", "application/json")) else ""
    seen = (answer.status_code, dict(answer.headers), cookies, words, ledger.size() - before)
    visit = Visit(view, procedure, role, method, address, *seen)
    walked.visits.append(visit)
    return visit


def _browser(role: str) -> Client:
    client = Client()
    if role == ANYBODY:
        return client
    user = User.objects.create_user(f"pejalan-{User.objects.count()}", password=None)
    if role != NO_ROLE:
        RoleHeld.objects.create(user=user, role=role)
    TOTP.activate(user, generate_totp_secret())
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[1])
    return client


def _places(*, every_act: bool) -> list[tuple[str, str, str]]:
    """Give every address of our own with something behind it; those of a case once for each procedure."""
    report = PublicReport.objects.order_by("received_at").first()
    assert report is not None
    with exhibits.Tray() as tray:
        taken = tray.take_in(SimpleUploadedFile("x.txt", b"berkas"), kind=None, grade=Grade.E)
        exhibits.keep(report, [taken])
    told = {"sha256": taken.item.sha256, "name": "x.txt", "bytes": 6, "media_type": "text/plain"}
    file = ReportFile.objects.create(report=report, **told)
    plain: dict[str, object] = {
        "report_id": report.pk,
        "file_id": file.pk,
        "user_id": User.objects.order_by("pk").first().pk,  # type: ignore[union-attr] # the trial has people
        "rule_id": "SKB-2022/D6",
        "platform": "x",
        "term_id": "pemilu-laporan",
        "number": 1,
        "run_id": 1,
        "release": 1,
        "file": "report.html",
        "act": "rencana",
        "secret": "rahasia",
        "text_id": "summons",
        "name": "catatan",
        "digest": "ab" * 32,
    }
    found = []
    for view, pattern in views():
        if pattern.callback.__module__.startswith("allauth."):
            continue
        wanted = needed(pattern)
        if "case_id" not in wanted:
            extra = {"exhibit_id": report.pk, "letter_id": report.pk}
            found.append((view, "", reverse(view, kwargs={name: {**plain, **extra}[name] for name in wanted})))
            continue
        for procedure in process.procedures():
            parts = {**plain, **_of_case(procedure)}
            for name in _acts(procedure, every_act=every_act) if "name" in wanted else ("",):
                filled = {**parts, "name": name or parts["name"]}
                label = f"{view} {name}" if name else view
                found.append((label, procedure, reverse(view, kwargs={one: filled[one] for one in wanted})))
    return found


def _acts(procedure: str, *, every_act: bool) -> Sequence[str]:
    if procedure != "bawaslu-general":
        return ("catatan",)
    return sorted(actions()) if every_act else ("catatan", "bukti", "kukuhkan", "langkah-register", "surat-summons")


def _of_case(procedure: str) -> dict[str, object]:
    cases = Case.objects.filter(procedure=procedure, exhibits__isnull=False).order_by("number", "pk").distinct()
    case = cases.filter(letters__isnull=False).first() or cases.first()
    assert case is not None
    case.respondent.nip = NIP
    case.respondent.save()
    letter = case.letters.first()
    exhibit = case.exhibits.first()
    assert exhibit is not None
    return {"case_id": case.pk, "exhibit_id": exhibit.pk, "letter_id": letter.pk if letter else exhibit.pk}


@contextmanager
def _copied_once() -> Iterator[None]:
    """Have each file's working copy made once: the same for everybody, and a reader of its own each time is slow."""
    made = {}
    whole = copies.make

    def once(source: bytes, **more: Any) -> copies.WorkingCopy:
        if source not in made:
            made[source] = whole(source, **more)
        return made[source]

    with mock.patch.object(copies, "make", once), mock.patch.object(copies, "read_metadata", return_value={}):
        yield


@contextmanager
def _listening() -> Iterator[io.StringIO]:
    """Hear what the office's own log would get."""
    said = io.StringIO()
    heard = logging.StreamHandler(said)
    heard.addFilter(NoPersonalData())
    quiet = [logging.getLogger(), logging.getLogger("django")]
    held = [one.handlers[:] for one in quiet]
    for one in quiet:
        one.handlers = [heard]
    try:
        yield said
    finally:
        for one, before in zip(quiet, held, strict=True):
            one.handlers = before
