"""An office in a process of its own: a case is made, erased by two people, and what is left is looked at."""

from __future__ import annotations

import hashlib
import json
import sys

import django

django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from office.case_at_desk import Desk, open_case
from telusur import process
from telusur.domain.evidence import Grade
from telusur.office import Home, custody, erasing, exhibits, store
from telusur.office.models import Case, Letter, Office, PublicReport, Respondent, RoleHeld, User
from telusur.office.portal.codes import new_code

#: In a step, a file's bytes and name, a letter, a person's name, a report and a message.
PLANTED = "Rahasia-Tertanam-7f3a"


def person(name: str) -> User:
    user = User.objects.create_user(name, password=None)
    RoleHeld.objects.bulk_create(
        RoleHeld(user=user, role=role) for role in ("bawaslu-general/reviewer", "bawaslu-general/chair")
    )
    return user


def kept() -> tuple[Case, list[str]]:
    """Make the case, and give the hashes of its files."""
    user = person("pertama")
    told = {"what": f"{PLANTED} membagikan ajakan memilih.", "url": "https://x.com/a/1", "token": "t" * 32}
    content = f"%PDF-1.7 {PLANTED} dari pelapor".encode() * 50
    Client().post("/terima/lapor/", told | {"papers": SimpleUploadedFile(f"{PLANTED}.pdf", content)})
    case = open_case(user, reporter="p-1")
    Respondent.objects.filter(pk=case.respondent_id).update(name=f"{PLANTED} Nama", address=PLANTED)
    report = PublicReport.objects.get()
    custody.moved(report, case, [one.sha256 for one in report.files.all()])
    PublicReport.objects.filter(pk=report.pk).update(case=case)
    desk = Desk(case, user)
    paper = f"%PDF-1.7 {PLANTED} tangkapan".encode() * 50
    desk.does(
        "bukti", papers=SimpleUploadedFile(f"{PLANTED}-2.pdf", paper), kind="web_archive", supplied_by="authority"
    )
    desk.does("catatan", text=f"Catatan {PLANTED}.")
    desk.client.get(f"/meja/berkas/{case.pk}/bukti/{case.exhibits.last().pk}/")
    new_code(case)
    letter = f"%PDF-1.7 surat {PLANTED}".encode()
    sha = custody.keep_bytes(case, letter)
    Letter.objects.create(case=case, kind="notice", sha256=sha, said="", made_at=timezone.now())
    return Case.objects.get(pk=case.pk), [hashlib.sha256(one).hexdigest() for one in (content, paper, letter)]


def lying(needles: list[bytes]) -> list[str]:
    """Give the files of the office in which something still stands."""
    files = [one for one in Home.here().path.rglob("*") if one.is_file()]
    return [f"{one.name}: {needle!r}" for one in files for needle in needles if needle in one.read_bytes()]


def main() -> None:
    Home.here().make()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    Office.objects.create(name="Kantor", set_up_at=timezone.now())
    case, hashes = kept()
    other = open_case(User.objects.get(), reporter="p-2")
    with exhibits.Tray() as tray:
        exhibits.keep(other, [tray.take_in(SimpleUploadedFile("b.pdf", b"%PDF-1.7 lain"), kind=None, grade=Grade.E)])
    needles = [PLANTED.encode(), *(one.encode() for one in hashes), *(bytes.fromhex(one) for one in hashes)]
    needles.append(case.pk.hex.encode())
    before = lying(needles)
    number = case.number
    erasing.erase(case, asked_by="u1", approved_by="u2")
    after = lying([one for one in needles if one != case.pk.hex.encode()])
    verified = custody.verify(Home.here().path)
    store.record(other.pk, process.Noted(at=timezone.now(), by="u1", text="lanjut"), version=other.version)
    told = {
        "before": len(before),
        "after": after,
        "problems": [one.en for one in verified.problems],
        "cases": list(Case.objects.values_list("number", flat=True)),
        "respondents": Respondent.objects.count(),
        "next": store.next_number(timezone.localdate()),
        "erased": number,
        "files": len(list(Home.here().objects.rglob("*"))),
        "again": [one.en for one in custody.verify(Home.here().path).problems],
    }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
