"""Make a trial's office, in one go or not at all."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Final

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from telusur.domain.text import Text
from telusur.office import codes, custody
from telusur.office.audit import facts
from telusur.office.demo.cases import Cases
from telusur.office.demo.people import PASSWORD, PEOPLE, logins
from telusur.office.home import Home
from telusur.office.intake.reporting import PURPOSE as REPORT
from telusur.office.intake.reporting import receipt
from telusur.office.models import AccessCode, Case, Office, PublicReport, ReportMessage, RoleHeld, User
from telusur.office.portal.codes import PURPOSE as RESPONDENT
from telusur.office.portal.codes import new_code
from telusur.office.welcome import Code, Welcome

_OWNER_FILE: Final = 0o600


def welcome(url: str) -> Welcome:
    """Make the trial if it is not made yet, and say how to get in.

    Parameters
    ----------
    url
        Where the office is.
    """
    if not Office.objects.exists():
        with transaction.atomic():
            make()
    return Welcome(url, logins=logins(), codes=_codes(url))


def _codes(url: str) -> tuple[Code, ...]:
    """Give the codes that still open something; they are kept in the clear, since nobody real is behind them."""
    kept = json.loads(_kept().read_text(encoding="ascii")) if _kept().exists() else {}
    found = []
    if (code := kept.get(REPORT)) is not None:
        found.append(Code(Text("Laporan contoh", "A report's status"), f"{url}terima/lapor/ikuti/", codes.shown(code)))
    code = kept.get(RESPONDENT)
    if code and AccessCode.objects.filter(digest=codes.digest(code, RESPONDENT), used_at=None).exists():
        what = Text("Halaman terlapor contoh", "A respondent's page (once)")
        found.append(Code(what, f"{url}tanggapan/", codes.shown(code)))
    return tuple(found)


def _kept() -> Path:
    return Home.here().path / "trial.json"


def make() -> dict[str, str]:
    """Make the office, its people and cases, inside a transaction; give its codes by their purpose."""
    now = timezone.now()
    Office.objects.create(
        name="Bawaslu Kabupaten Contoh",
        agency="Badan Pengawas Pemilihan Umum (uji coba)",
        place="Kota Rekaan",
        zone="WIB",
        set_up_at=now,
    )
    people = _people()
    answering = Cases(people, now).all()
    for number, case in enumerate(Case.objects.order_by("number")):
        # Too few to say anything, which an audit shows best.
        told = {"contest": "REKAAN-24", "mark": "AB"[number % 2], "region": "31.71", "source": "report"}
        facts.keep(case, told, people["penerima"].person_id)
    written = {RESPONDENT: new_code(answering), REPORT: _reports()}
    with os.fdopen(os.open(_kept(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_FILE), "w") as file:
        json.dump(written, file)
    return written


def _people() -> dict[str, User]:
    hashed = make_password(PASSWORD)
    users = [User(username=one.username, title=one.title, password=hashed) for one in PEOPLE]
    User.objects.bulk_create(users)
    known = {one.username: one for one in User.objects.all()}
    RoleHeld.objects.bulk_create(RoleHeld(user=known[one.username], role=role) for one in PEOPLE for role in one.roles)
    return known


def _reports() -> str:
    """Make some public reports; give the code of the one that was answered."""
    now = timezone.now().replace(microsecond=0)
    told = (
        {
            "what": "Sebuah akun yang memakai foto pegawai kelurahan membagikan ajakan mendukung seorang calon.",
            "kind": "share",
            "platform": "facebook",
            "url": "https://facebook.com/contoh.kelurahan/posts/1",
            "place": "Kabupaten Rekaan",
        },
        {
            "what": "Pada acara di balai warga ada pegawai berseragam yang ikut berfoto di panggung.",
            "kind": "attend_event",
            "place": "Kabupaten Rekaan",
        },
        {
            "what": "Grup percakapan kantor berisi ajakan bergabung dengan tim relawan.",
            "kind": "message",
            "platform": "whatsapp",
            "handle": "grup contoh",
        },
    )
    drawn = [codes.new_code() for _ in told]
    for number, (code, words) in enumerate(zip(drawn, told, strict=True)):
        report = PublicReport(
            digest=codes.digest(code, REPORT), received_at=now - timedelta(days=2 - number, hours=3), told=words
        )
        report.receipt = receipt(report, [])
        report.save(force_insert=True)
        custody.received(report, "intake", {"receipt": report.receipt}, [])
        if number == 0:
            ReportMessage.objects.create(
                report=report,
                from_office=True,
                text="Terima kasih. Apakah Anda masih menyimpan tautan aslinya?",
                at=now - timedelta(days=1),
            )
    return drawn[0]
