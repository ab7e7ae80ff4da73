"""The page of a case and of an event."""

from __future__ import annotations

import pytest
from django.utils import timezone

from office.case_at_desk import Desk, open_case
from telusur import process
from telusur.office.actions import actions
from telusur.office.models import Exhibit, Reading, RoleHeld

pytestmark = pytest.mark.django_db
ROLES = ("bawaslu-general/reviewer", "bawaslu-general/chair", "office/legal")


@pytest.fixture
def desk(person):
    user = person(*ROLES)
    return Desk(open_case(user, reporter="p-1"), user)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_shows_where_it_stands_and_why_the_rest_is_closed(desk, language):
    desk.states_the_act()
    desk.client.cookies["bahasa"] = language
    page = desk.page()
    for words in {
        "id": ("Kajian awal", "Registrasi laporan", "baru dilaporkan", "Delapan syarat", "Cara menghitung", "Riwayat"),
        "en": ("Preliminary review", "Register the report", "reported", "The eight gates", "How counted", "History"),
    }[language]:
        assert words in page
    assert page.count("gate__name") == 8
    assert Exhibit.objects.get().sha256 in page


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_act_has_a_page(desk, language):
    desk.states_the_act()
    # What the audit needs is entered by whoever takes cases in.
    RoleHeld.objects.create(user=desk.user, role="office/receiver")
    desk.client.cookies["bahasa"] = language
    for name in actions():
        answer = desk.client.get(desk.address(name, "P1"))
        assert answer.status_code == 200, name
        assert "{" not in answer.content.decode().split("<main")[1].split("</main")[0], name


def test_a_term_that_runs_twice_alike_stands_once(desk, monkeypatch):
    running = process.terms(desk.file, timezone.localdate())
    assert running
    once = desk.page().count("<summary>Cara menghitung")
    monkeypatch.setattr(process, "terms", lambda *_: (*running, *running))
    assert desk.page().count("<summary>Cara menghitung") == once == len(running)


def test_the_nip_is_masked_and_shown_once_on_record(desk):
    nip = desk.case.respondent.nip
    assert nip not in desk.page()
    address = f"/meja/berkas/{desk.case.pk}/nip/"
    assert nip not in desk.client.get(address).content.decode()
    assert nip in desk.client.post(address).content.decode()
    assert Reading.objects.filter(what="nip", case=desk.case).count() == 1


def test_who_only_reads_is_offered_nothing_to_do(desk, person):
    desk.states_the_act()
    auditor = Desk(desk.case, person("office/auditor"))
    page = auditor.page()
    assert "Yang dapat dilakukan sekarang" not in page
    assert "/lakukan/" not in page
    assert "/nip/" not in page


def test_no_page_calls_anybody_guilty(desk):
    desk.states_the_act()
    page = desk.page().lower()
    for word in ("bersalah", "pelanggar ", "guilty", "violator"):
        assert word not in page


def test_an_event_shows_the_order_and_what_blocks_what(desk):
    superior, ordered = (
        open_case(desk.user, incident="E-1", order="O-1", order_role=role, reporter="p-1")
        for role in ("superior", "ordered")
    )
    page = desk.client.get(f"/meja/berkas/{ordered.pk}/peristiwa/").content.decode()
    assert superior.number in page
    assert "bertindak atas perintah" in page
    assert "status belum ditetapkan" in page
    alone = open_case(desk.user, incident="E-2", order="O-2", order_role="ordered", reporter="p-1")
    page = desk.client.get(f"/meja/berkas/{alone.pk}/peristiwa/").content.decode()
    assert "Perkara atasan yang memerintah belum dibuka" in page
    Desk(alone, desk.user).does("atasan", superior="", grounds="Atasan belum diketahui.")
    page = desk.client.get(f"/meja/berkas/{alone.pk}/peristiwa/").content.decode()
    assert "Perkara atasan yang memerintah belum dibuka" not in page


def test_one_act_in_two_files_of_a_person_is_told(desk):
    first = desk
    second = open_case(desk.user, incident="E-3", reporter="p-1", respondent=desk.case.respondent.person_id)
    first.case.incident = "E-3"
    first.case.save()
    first.states_the_act()
    Desk(second, desk.user).states_the_act()
    page = desk.client.get(f"/meja/berkas/{second.pk}/peristiwa/").content.decode()
    assert "tidak dihukum dua kali" in page
    assert first.case.number in page
