"""Attempted shortcuts, each refused with its reason; and what goes wrong at a desk: nothing lost or done twice."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from office.case_at_desk import DRAFT, RULE, Desk, before_deciding, confirm, in_days, paper, today
from telusur import process
from telusur.office import Home
from telusur.office.models import AccessCode, Exhibit, Sent, StepRow

pytestmark = pytest.mark.django_db


def code_of(user) -> str:
    held = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    secret = TOTP(held).instance.data["secret"]
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(decrypt(secret), counter))


# -- five shortcuts --


def test_no_summons_without_particulars(agency):
    desk = agency["superior"].states_the_act()
    told = {"what": "summons", "how": "kurir", "on": today(), "reply_until": in_days(7), "proof": paper()}
    assert "Susun dahulu rincian" in desk.refused("sampaikan", **told)
    assert not desk.file.served


def test_no_draft_of_a_sanction_without_a_tracing(agency):
    desk = before_deciding(agency)
    confirm(agency)
    page = agency["deciding_official"].refused("konsep", **DRAFT)
    assert "timbang dahulu siapa yang memakai akun" in page
    assert DRAFT["grounds"] in page
    assert desk.file.draft is None


def test_nobody_approves_their_own_draft(agency):
    before_deciding(agency).traces().decides()
    confirm(agency)
    both = agency["ppk"]
    both.does("konsep", **DRAFT)
    assert "Penyusun tidak menyetujui konsepnya sendiri" in both.refused("setujui")


def test_no_sanction_while_the_respondent_was_not_heard(agency):
    desk = agency["superior"].states_the_act().asks_of_ties().informs().traces().decides()
    confirm(agency)
    assert "Terlapor belum menjawab" in agency["deciding_official"].refused("konsep", **DRAFT)
    assert desk.file.draft is None


def test_an_override_of_tracing_leads_to_no_sanction(agency):
    desk = before_deciding(agency)
    confirm(agency)
    second = agency["personnel"].user
    told = {"gate": "tracing", "second": second.person_id, "grounds": "Mendesak."}
    desk.does("lewati", **told, code=code_of(second))
    assert next(one for one in process.gates(desk.file, timezone.localdate()) if one.name == "tracing").override
    assert "timbang dahulu siapa yang memakai akun" in agency["deciding_official"].refused("konsep", **DRAFT)


# -- further doors that stay shut --


def test_a_sanction_cannot_be_chosen_on_a_rule_that_is_only_reported(agency):
    before_deciding(agency).traces().decides()
    page = agency["deciding_official"].refused("konsep", **DRAFT)
    assert "baru dilaporkan" in page
    assert f'value="{RULE}|heavy|demotion"' not in page


def test_nobody_overrides_in_the_name_of_a_second_person_who_does_not_confirm(agency):
    desk = before_deciding(agency)
    told = {"gate": "tracing", "second": agency["personnel"].user.person_id, "grounds": "Mendesak.", "code": "000000"}
    assert "Kode orang kedua tidak cocok" in desk.refused("lewati", **told)
    for _ in range(5):
        page = desk.refused("lewati", **told)
    assert "Terlalu banyak kode" in page


def test_a_move_is_taken_only_in_a_role_that_one_holds(bawaslu, person):
    desk, _ = bawaslu
    desk.states_the_act()
    stranger = Desk(desk.case, person("bawaslu-general/receiver"))
    assert "Langkah ini diambil oleh" in stranger.refused("langkah-register")
    assert desk.file.stage == "preliminary"


def test_people_of_another_procedure_see_and_do_nothing(bawaslu, person):
    desk, _ = bawaslu
    other = Desk(desk.case, person("discipline-pp94/ppk"))
    assert other.client.get(f"/meja/berkas/{desk.case.pk}/").status_code == 403
    assert other.send("catatan", text="x").status_code == 403
    assert other.client.get(desk.address("catatan")).status_code == 403


@pytest.mark.parametrize("name", ["attribution__account_control", "attribution__authenticity", "actor__status"])
def test_what_is_decided_elsewhere_is_no_fact_of_the_form(bawaslu, name):
    desk, _ = bawaslu
    assert f'name="{name}"' not in desk.client.get(desk.address("perbuatan")).content.decode()
    desk.does("perbuatan", **{name: "owner", "act__kind": "post"})
    assert name.replace("__", ".") not in desk.file.acts["P1"].stated.facts.stated


def test_the_decision_on_control_is_never_preset(agency):
    desk = agency["superior"].states_the_act().traces()
    page = desk.client.get(desk.address("penguasaan", "P1")).content.decode()
    assert 'value="owner"' in page
    chosen = [tag for tag in page.split("<input") if 'name="value"' in tag and "checked" in tag]
    assert chosen == []


def test_who_is_recused_is_told_so_and_does_no_more(bawaslu):
    desk, chair = bawaslu
    desk.does("mundur", person=chair.user.person_id, why="Kerabat terlapor.")
    assert "Anda sudah mengundurkan diri" in chair.refused("status", status="pns", rank="", grounds="SK.")


def test_what_the_respondent_handed_in_opens_no_new_act(agency):
    desk = agency["superior"].states_the_act()
    desk.does("bukti", papers=paper("ekspor.zip"), kind="platform_export", supplied_by="respondent")
    supplied = list(desk.file.evidence)[-1]
    page = desk.refused("perbuatan", act__kind="post", platform="x", handle="lain", evidence=[supplied])
    assert "tidak boleh menjadi dasar perbuatan baru" in page


# -- what goes wrong at a desk --


def test_a_stale_page_keeps_what_was_typed(bawaslu):
    desk, chair = bawaslu
    seen = desk.file.version
    chair.does("catatan", text="Dari ketua.")
    answer = desk.send("catatan", version=seen, text="Kata-kata yang panjang.")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Berkas ini telah berubah" in page
    assert "Kata-kata yang panjang." in page
    assert f'value="{seen + 1}"' in page
    assert desk.file.version == seen + 1


def test_a_page_without_a_version_is_stale(bawaslu):
    desk, _ = bawaslu
    answer = desk.client.post(desk.address("catatan"), {"text": "x"})
    assert answer.status_code == 409


def test_sent_twice_it_is_done_once(bawaslu):
    desk, _ = bawaslu
    told = {"token": "satu-kali-saja-0001", "version": desk.file.version, "text": "Sekali."}
    assert [desk.send("catatan", **told).status_code for _ in range(2)] == [302, 302]
    assert StepRow.objects.filter(kind="noted").count() == 1


def test_of_two_who_approve_at_once_the_second_is_told(agency, person):
    before_deciding(agency).traces().decides()
    confirm(agency)
    agency["deciding_official"].does("konsep", **DRAFT)
    seen = agency["ppk"].file.version
    other = Desk(agency["ppk"].case, person("discipline-pp94/president"))
    agency["ppk"].does("setujui")
    answer = other.send("setujui", version=seen)
    assert answer.status_code == 409
    assert "Konsep ini sudah disetujui" in answer.content.decode()
    assert StepRow.objects.filter(kind="approved").count() == 1


def test_a_file_of_the_wrong_kind_or_size_is_refused_and_named(bawaslu, settings):
    desk, _ = bawaslu
    wrong = {"papers": SimpleUploadedFile("virus.exe", b"MZ"), "kind": "document", "supplied_by": "authority"}
    assert "virus.exe" in desk.refused("bukti", **wrong)
    empty = {**wrong, "papers": SimpleUploadedFile("kosong.pdf", b"")}
    assert "kosong.pdf" in desk.refused("bukti", **empty)
    assert not Exhibit.objects.exists()


def test_what_is_missing_is_said_per_field_and_the_rest_stays(bawaslu):
    desk, _ = bawaslu
    page = desk.refused("status", status="pns", rank="", grounds="")
    assert "Isi “Alasan”" in page
    (box,) = [tag for tag in page.split("<input") if 'name="status"' in tag and 'value="pns"' in tag]
    assert "checked" in box


def test_a_code_for_the_respondent_is_shown_once_and_kept_as_a_hash(agency):
    desk = agency["superior"].states_the_act()
    desk.does("rincian")
    told = {"what": "particulars", "how": "kurir", "on": today(), "reply_until": in_days(7), "proof": paper()}
    once = {"token": "kode-sekali-saja-01", "version": desk.file.version, "new_code": "on", **told}
    first = desk.send("sampaikan", **once)
    assert first.status_code == 200
    assert "code-card" in first.content.decode()
    assert first["Cache-Control"].startswith("max-age=0")
    shown = re.search(r'class="code">([\d ]+)<', first.content.decode())[1]
    # Pressed twice, the page that stays is the second: it shows the same code, and issues no other.
    again = desk.send("sampaikan", **{**once, "proof": paper()})
    assert re.search(r'class="code">([\d ]+)<', again.content.decode())[1] == shown
    assert AccessCode.objects.filter(case=desk.case).count() == 1
    AccessCode.objects.update(used_at=timezone.now())
    assert desk.send("sampaikan", **{**once, "proof": paper()}).status_code == 302
    assert shown.replace(" ", "") not in repr([list(AccessCode.objects.values()), list(Sent.objects.values())])


def test_whoever_changes_a_page_that_was_sent_already_is_told_that_the_first_one_was_kept(bawaslu):
    desk, _ = bawaslu
    told = {"token": "satu-kali-saja-0002", "version": desk.file.version}
    desk.send("catatan", **told, text="Yang pertama.")
    same = desk.send("catatan", **told, text="Yang pertama.")
    assert "TIDAK" not in desk.client.get(same["Location"]).content.decode()
    other = desk.send("catatan", **told, text="Yang diubah.")
    page = desk.client.get(other["Location"]).content.decode()
    assert "TIDAK tersimpan" in page
    assert "Yang diubah." not in page


def test_an_upload_that_is_refused_leaves_nothing_behind(bawaslu):
    desk, _ = bawaslu
    before = set(Home.here().path.rglob("*"))
    page = desk.refused("sampaikan", what="summons", how="kurir", on=today(), proof=paper())
    assert page
    assert set(Home.here().path.rglob("*")) == before
