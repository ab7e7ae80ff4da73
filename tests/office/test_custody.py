"""Every act and every opening of evidence stands in the ledger, signed, in the transaction that carries it out."""

from __future__ import annotations

import re
from typing import get_args

import pytest
import rfc8785
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.utils import timezone

from office.case_at_desk import Desk, open_case
from telusur import process
from telusur.domain.errors import BadInput
from telusur.domain.evidence import Grade
from telusur.evidence import ledger, signing
from telusur.office import Home, custody, exhibits, store
from telusur.office.models import PublicReport, StepRow
from telusur.process.steps import KINDS

pytestmark = pytest.mark.django_db
ROLES = ("bawaslu-general/reviewer", "bawaslu-general/chair", "office/receiver")


@pytest.fixture
def desk(person):
    user = person(*ROLES)
    return Desk(open_case(user, reporter="p-1"), user)


def entries():
    return [one.read() for one in ledger.Ledger(custody.database()).entries()]


def problems(**more):
    return custody.checked(custody.database(), Home.here().path, **more).problems


def test_every_kind_of_step_is_entered_under_a_type_that_the_ledger_knows():
    kinds = {re.sub(r"(?<!^)(?=[A-Z])", "_", one.__name__).lower() for one in KINDS}
    assert set(custody.TYPES) <= kinds
    assert set(custody.TYPES.values()) <= set(get_args(ledger.EntryType))


def test_a_case_at_the_desk_stands_in_the_ledger_step_by_step(desk):
    desk.states_the_act()
    desk.does("perbuatan", untuk="P1", platform="x", handle="akun_lain", evidence=list(desk.file.evidence))
    rows = list(StepRow.objects.order_by("number"))
    found = entries()
    said = [found[row.entry] for row in rows]
    assert found[0]["type"] == "key"
    stated = [one["type"] for row, one in zip(rows, said, strict=True) if row.kind == "act_stated"]
    assert stated[0] == "step"
    assert set(stated[1:]) == {"correction"}
    assert [one["type"] for row, one in zip(rows, said, strict=True) if row.kind == "evidence_added"] == ["seal"]
    held = ledger.Ledger(custody.database())
    for row, one in zip(rows, said, strict=True):
        salt = held.openings(row.entry)["detail"].salt
        assert one["detail"] == ledger.commit(rfc8785.dumps(row.body), salt).hex()
        assert held.openings(row.entry)["detail"].value is None
    assert held.of_case(str(desk.case.pk)) == [row.entry for row in rows]
    note = custody.log().last()
    assert signing.Checkpoint.parse(signing.Note.parse(note).text).size == held.size()
    assert problems(kept="read") == ()


def test_no_name_and_no_hash_stands_open_in_an_entry(desk):
    desk.states_the_act()
    bodies = b"".join(one.body for one in ledger.Ledger(custody.database()).entries()).decode()
    for secret in (str(desk.case.pk), desk.user.person_id + '"', desk.case.respondent.name, "akun"):
        assert secret not in bodies
    for row in desk.case.exhibits.all():
        assert row.sha256 not in bodies


def test_what_is_undone_is_not_entered(desk):
    before = len(entries())
    wrong = process.StatusEstablished(at=timezone.now(), by="u1", status="pns", grounds=" ")
    with pytest.raises(process.Refused):
        store.record(desk.case.pk, [process.Noted(at=timezone.now(), by="u1", text="x"), wrong], version=1)
    assert len(entries()) == before
    with transaction.atomic():
        store.record(desk.case.pk, process.Noted(at=timezone.now(), by="u1", text="x"), version=1)
        transaction.set_rollback(True)
    assert len(entries()) == before
    assert problems() == ()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE office_steprow SET body = replace(body, 'pns', 'pppk')",
        "UPDATE office_steprow SET by = 'u999' WHERE number = 2",
        "DELETE FROM office_steprow WHERE number = 2",
        "UPDATE office_reading SET what = 'nip' WHERE what LIKE 'exhibit%'",
        "UPDATE office_reading SET entry = NULL",
        "UPDATE office_steprow SET entry = entry - 1 WHERE number = 3",
    ],
)
def test_whoever_changes_rows_past_the_triggers_is_found_out(desk, change):
    desk.states_the_act()
    custody.reading(f"exhibit:{desk.case.exhibits.get().pk}", desk.user.person_id, case=desk.case)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'office%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(change)
    assert problems()


def test_a_lost_key_is_told_and_no_new_one_is_made(desk):
    for path in (Home.here().log_key, Home.here().root_key):
        held = path.read_bytes() if path.exists() else None
        if held is None:
            custody.root_key()
            held = path.read_bytes()
        with exhibits.Tray() as tray:
            exhibits.keep(desk.case, [tray.take_in(SimpleUploadedFile("a.pdf", b"%PDF-1.7"), kind=None, grade=Grade.E)])
        path.unlink()
        with pytest.raises(BadInput, match="missing"):
            custody.log_key() if path == Home.here().log_key else custody.root_key()
        assert not path.exists()
        path.write_bytes(held)
        path.chmod(0o600)


def test_an_older_database_than_what_was_signed_takes_nothing(desk):
    note = custody.log().last()
    text = signing.Checkpoint.parse(signing.Note.parse(note).text)
    later = signing.Checkpoint(text.origin, text.size + 5, text.root)
    Home.here().head.write_bytes(signing.sign(later.text(), [custody.log_key()]))
    with pytest.raises(BadInput, match="older"):
        store.record(desk.case.pk, process.Noted(at=timezone.now(), by="u1", text="x"), version=1)
    assert problems()


def test_keys_and_files_are_for_the_owner_alone(desk):
    custody.root_key()
    for path in (Home.here().log_key, Home.here().root_key):
        assert path.stat().st_mode & 0o077 == 0


def test_a_reports_file_goes_with_it_into_the_case_and_nothing_plain_lies_about(client, logged_in, office):
    content = b"%PDF-1.7 isi yang harus tersandi"
    told = {"what": "Akun seorang pegawai membagikan ajakan.", "url": "https://x.com/a/1", "token": "t" * 32}
    client.post("/terima/lapor/", told | {"papers": SimpleUploadedFile("a.pdf", content)})
    report = PublicReport.objects.get()
    sha256 = report.files.get().sha256
    assert custody.opened(report, sha256).read() == content
    assert [one["type"] for one in entries()[1:]] == ["intake", "seal"]
    opened = {
        "procedure": "bawaslu-general",
        "how": "report",
        "received_on": "10 November 2023",
        "subject": "unggahan",
        "name": "Terlapor Rekaan",
        "token": "k" * 32,
    }
    logged_in("office/receiver").post(f"/terima/buka/{report.pk}/", opened)
    report.refresh_from_db()
    assert not custody.files().has(str(report.pk), sha256)
    assert custody.opened(report.case, sha256).read() == content
    assert not any(content in one.read_bytes() for one in office.rglob("*") if one.is_file())
    assert problems(kept="read") == ()


def test_where_nothing_can_be_recorded_nothing_is_shown_and_the_page_says_why(desk):
    path = Home.here().log_key
    held = path.read_bytes()
    path.unlink()
    try:
        answer = desk.client.post(f"/meja/berkas/{desk.case.pk}/nip/")
    finally:
        path.write_bytes(held)
        path.chmod(0o600)
    assert answer.status_code == 503
    page = answer.content.decode()
    assert "kunci ini tidak ada" in page
    assert desk.case.respondent.nip not in page
    assert str(path) not in page
