"""A case's evidence leaves the office as a bundle that holds without it, and says so itself."""

from __future__ import annotations

import io
import subprocess
import zipfile

import pytest

from office.case_at_desk import Desk, open_case
from telusur.evidence import bundle
from telusur.office import custody
from telusur.office.models import Reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(person):
    user = person("bawaslu-general/reviewer", "bawaslu-general/chair")
    return Desk(open_case(user, reporter="p-1"), user)


def test_a_bundle_holds_by_the_fingerprint_alone_and_not_once_it_is_altered(desk, logged_in, tmp_path, office):
    desk.states_the_act()
    custodian = logged_in("office/custodian")
    answer = custodian.get(f"/meja/berkas/{desk.case.pk}/bundel-bukti.zip")
    made = answer.getvalue()
    assert answer["Content-Disposition"].startswith("attachment")
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        packed.extractall(tmp_path / "keluar")
    (folder,) = (tmp_path / "keluar").iterdir()
    fingerprint = custody.fingerprint()
    assert bundle.verify(folder, fingerprint).problem is None
    ran = ["sh", "verify.sh", fingerprint]
    assert subprocess.run(ran, cwd=folder, capture_output=True, check=False).returncode == 0
    assert Reading.objects.get(what="bundle").case == desk.case
    words = b"".join(one.read_bytes() for one in folder.rglob("*") if one.is_file())
    assert desk.case.respondent.nip.encode() not in words
    assert desk.case.respondent.name.encode() not in words
    assert list((office / "incoming").iterdir()) == []
    data = next((folder / "data").iterdir())
    data.write_bytes(data.read_bytes() + b" ")
    assert bundle.verify(folder, fingerprint).problem is not None


def test_only_the_custodian_has_bundles_and_an_empty_case_has_none(desk, logged_in):
    address = f"/meja/berkas/{desk.case.pk}/bundel-bukti.zip"
    assert desk.client.get(address).status_code == 403
    assert logged_in("office/auditor").get(address).status_code == 403
    assert logged_in("office/custodian").get(address).status_code == 404
    assert not Reading.objects.filter(what="bundle").exists()


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_ledger_of_a_case_is_read_with_its_proofs(desk, logged_in, language):
    desk.states_the_act()
    exhibit = desk.case.exhibits.get()
    desk.client.cookies["bahasa"] = language
    copy = desk.client.get(f"/meja/berkas/{desk.case.pk}/bukti/{exhibit.pk}/").content.decode()
    assert {"id": "tidak menunjukkan siapa yang", "en": "nor who acted"}[language] in copy
    assert exhibit.sha256 in copy
    page = desk.client.get(f"/meja/berkas/{desk.case.pk}/buku-besar/").content.decode()
    proven = {"id": ">terbukti</span>", "en": ">proven</span>"}[language]
    assert page.count(proven) == page.count("<tr>") - 1 > 3
    assert {"id": "melihat salinan kerja", "en": "looked at a working copy"}[language] in page
    assert {"id": "belum ada otoritas stempel", "en": "no timestamp authority"}[language] in page
    assert custody.fingerprint() in page
    assert "bundel-bukti.zip" not in page
    custodian = logged_in("office/custodian").get(f"/meja/berkas/{desk.case.pk}/buku-besar/").content.decode()
    assert "bundel-bukti.zip" in custodian


def test_the_public_page_tells_the_fingerprint_and_gives_what_was_signed(client, desk):
    desk.states_the_act()
    assert custody.fingerprint() in client.get("/periksa-bukti/").content.decode()
    assert client.get("/periksa-bukti/checkpoint.note").content == custody.log().last()


def test_before_anything_was_signed_the_public_page_says_so(client):
    assert "belum menandatangani" in client.get("/periksa-bukti/").content.decode()
    assert client.get("/periksa-bukti/checkpoint.note").status_code == 404
