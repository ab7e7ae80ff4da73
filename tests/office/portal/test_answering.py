"""The written answer: asked act by act, checked before it is sent, sent once, with a receipt."""

from __future__ import annotations

import json
from typing import get_args

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from portal_case import enter, with_particulars
from telusur import process
from telusur.office.models import Exhibit, StepRow
from telusur.office.portal import taking
from telusur.office.portal.access import Visitor
from telusur.office.portal.claims import choices, claims

CLAIMS = {"klaim_0": ["taken_over", "lost_access"], "kata_0": "Sejak malam itu saya tidak dapat masuk."}


def begin(person):
    form = person.get("answer").context["form"]
    return {"token": form["token"].value(), "version": str(form["version"].value())}


def check(person, **typed):
    return person.post("answer", {**begin(person), **typed, "lakukan": "periksa"})


def send(person, page, typed, files=(), **more):
    form = page.context["form"]
    data = {**typed, "token": form["token"].value(), "version": form["version"].value(), "benar": "on", **more}
    if files:
        data["berkas"] = list(files)
    return person.post("answer", {**data, "lakukan": "kirim"})


def upload(name, content=None):
    return SimpleUploadedFile(name, content or f"isi {name}".encode())


def test_a_form_of_another_site_takes_nothing(told):
    person = enter(told)
    stranger = Client(enforce_csrf_checks=True)
    stranger.cookies = person.client.cookies
    answer = stranger.post(reverse("portal:answer"), {**begin(person), **CLAIMS, "benar": "on", "lakukan": "kirim"})
    assert answer.status_code == 403
    assert not told.file.answers


def test_a_file_that_ended_asks_no_answer(db):
    told = with_particulars(procedure="bawaslu-general")
    person = enter(told)
    form = begin(person)
    told.take(
        process.Moved,
        move="not_register",
        role="commissioner",
        expected_version=told.file.version,
        grounds="Bukan ASN.",
    )
    assert told.file.final
    assert "sudah selesai" in person.text("answer")
    typed = {**form, **CLAIMS, "benar": "on", "lakukan": "kirim"}
    assert person.post("answer", typed).status_code == 409
    assert not told.file.answers
    assert person.text("page")


def test_every_claim_of_the_contract_is_explained():
    assert set(claims()) == set(get_args(process.Claim))
    for one in claims().values():
        assert all(words.id and words.en for words in (one.label, one.means, one.borne_out))


def test_an_act_without_an_account_is_not_asked_of_an_account():
    assert {one.value for one in choices(on_account=False)} == {"not_mine", "accidental", "fabricated", "admits"}


def test_nothing_is_recorded_before_it_was_checked(inside):
    steps = StepRow.objects.count()
    page = check(inside, **CLAIMS, benar="on")
    assert page.status_code == 200
    words = page.content.decode()
    assert {"id": "Periksa jawaban Anda", "en": "Check your answer"}[inside.language] in words
    assert claims()["taken_over"].label.in_language(inside.language) in words
    assert CLAIMS["kata_0"] in words
    assert StepRow.objects.count() == steps
    assert not Exhibit.objects.filter(supplied_by="respondent").exists()


def test_another_language_on_the_way_costs_nothing_that_was_typed(inside):
    page = check(inside, **CLAIMS)
    brought = [(name, value) for name, value in page.wsgi_request.brought]
    data = {name: [one for other, one in brought if other == name] for name, _ in brought}
    other = {"id": "en", "en": "id"}[inside.language]
    again = inside.post("answer", {**data, "language": other})
    assert again.cookies["bahasa"].value == other
    assert again.context["form"]["klaim_0"].value() == CLAIMS["klaim_0"]
    assert again.context["form"]["kata_0"].value() == CLAIMS["kata_0"]
    assert {"id": "Jawab tertulis", "en": "Answer in writing"}[other] in again.content.decode()
    assert not inside.told.file.answers


def test_what_was_checked_can_be_changed(inside):
    page = inside.post("answer", {**begin(inside), **CLAIMS, "lakukan": "ubah"})
    assert page.context["form"]["klaim_0"].value() == CLAIMS["klaim_0"]
    assert page.context["form"]["kata_0"].value() == CLAIMS["kata_0"]


def test_the_answer_and_its_files_are_recorded_together_and_it_opens_the_hearing_gate(inside):
    told = inside.told
    version = told.file.version
    page = check(inside, **CLAIMS)
    answer = send(inside, page, CLAIMS, [upload("ekspor.zip"), upload("masuk baru.eml"), upload("foto.jpg")])
    assert answer.status_code == 302
    file = told.file
    assert file.version == version + 4
    last = file.answers[-1].step
    assert last.by == told.respondent
    assert last.claims == ("taken_over", "lost_access")
    assert last.text.startswith("Perbuatan P1: ")
    assert CLAIMS["kata_0"] in last.text
    held = [file.evidence[one].step for one in last.evidence]
    assert {(one.name, one.grade.value) for one in held} == {
        ("ekspor.zip", "C"),
        ("masuk baru.eml", "D"),
        ("foto.jpg", "E"),
    }
    assert all(one.supplied_by == "respondent" and one.sealed and one.at == last.at for one in held)
    assert set(last.evidence) == {one.evidence_id for one in Exhibit.objects.filter(supplied_by="respondent")}
    gates = {one.name: one.open for one in process.gates(file, told.at.date())}
    assert gates["heard"]


def test_the_receipt_names_time_files_and_a_hash_that_can_be_computed_again(inside):
    page = check(inside, **CLAIMS)
    answer = send(inside, page, CLAIMS, [upload("ekspor.zip")])
    words = inside.client.get(answer["Location"]).content.decode()
    held = json.loads(inside.get("whole").taken)["sent_by_you"][-1]
    assert held["receipt_sha256"] in words
    assert Exhibit.objects.get(supplied_by="respondent").sha256 in words
    assert "data-print" in words
    assert {step["kind"] for step in held["receipt_of"]["steps"]} == {"evidence_added", "answered"}
    assert answer["Location"] == reverse("portal:receipt", args=[1])
    assert inside.get("receipt", 2).status_code == 404


def test_an_answer_sent_twice_is_recorded_once(inside):
    page = check(inside, **CLAIMS)
    first = send(inside, page, CLAIMS, [upload("ekspor.zip")])
    second = send(inside, page, CLAIMS, [upload("ekspor.zip")])
    assert first["Location"] == second["Location"]
    assert len(inside.told.file.answers) == 1
    assert Exhibit.objects.filter(supplied_by="respondent").count() == 1


def test_an_answer_that_was_taken_is_not_asked_for_again_whatever_changed_since(inside):
    told = inside.told
    page = check(inside, **CLAIMS)
    form = {name: page.context["form"][name].value() for name in ("token", "version")}
    present = Visitor(told.case, timezone.now())

    def make(making):
        return [process.Answered(at=making.at, by=making.by, text="Bukan saya.")]

    def sending(token):
        return RequestFactory().post("/", {"token": token})

    first = taking.take(sending(form["token"]), present, make, seen=form["version"])
    told.act(evidence=[told.exhibits["tangkapan-web.wacz"].evidence_id], handle="akun_lain")
    told.take(process.ParticularsGiven, acts=("P1",))
    told.served("particulars", proof=told.exhibits["tanda-terima.pdf"].evidence_id)
    assert taking.take(sending(form["token"]), present, make, seen=form["version"]) == first
    with pytest.raises(taking.Changed):
        taking.take(sending("u" * 24), present, make, seen=form["version"])
    assert len(told.file.answers) == 1


def test_more_can_be_added_later(inside):
    for words in ("Pertama.", "Kedua."):
        typed = {"umum": words}
        assert send(inside, check(inside, **typed), typed).status_code == 302
    assert [one.step.text for one in inside.told.file.answers] == ["Pertama.", "Kedua."]


def test_an_officers_note_meanwhile_is_no_reason_to_send_again(inside):
    page = check(inside, **CLAIMS)
    inside.told.take(process.Noted, text="Catatan lain.")
    assert send(inside, page, CLAIMS).status_code == 302


def test_other_particulars_meanwhile_are_told_and_what_was_typed_is_kept(inside):
    told = inside.told
    page = check(inside, **CLAIMS)
    told.act(evidence=[told.exhibits["tangkapan-web.wacz"].evidence_id], handle="akun_lain")
    told.take(process.ParticularsGiven, acts=("P1",))
    told.served("particulars", proof=told.exhibits["tanda-terima.pdf"].evidence_id)
    answer = send(inside, page, CLAIMS)
    assert answer.status_code == 409
    assert answer.context["form"]["kata_0"].value() == CLAIMS["kata_0"]
    assert not told.file.answers
    again = inside.post(
        "answer",
        {**CLAIMS, "token": "t" * 24, "version": answer.context["form"]["version"].value(), "lakukan": "periksa"},
    )
    assert send(inside, again, CLAIMS).status_code == 302
    assert len(told.file.answers) == 1


def test_while_the_office_corrects_the_particulars_the_process_says_why_it_takes_no_answer(inside):
    told = inside.told
    page = check(inside, **CLAIMS)
    told.act(evidence=[told.exhibits["tangkapan-web.wacz"].evidence_id], handle="akun_lain")
    answer = send(inside, page, CLAIMS, [upload("ekspor.zip")])
    assert answer.status_code == 409
    assert CLAIMS["kata_0"] in answer.content.decode()
    assert not told.file.answers
    assert not Exhibit.objects.filter(supplied_by="respondent").exists()


def test_an_empty_answer_says_what_to_do(inside):
    page = check(inside)
    assert page.status_code == 422
    words = {"id": "sedikitnya satu perbuatan", "en": "at least one act"}[inside.language]
    assert words in page.content.decode()


def test_to_admit_and_to_deny_one_act_at_once_is_asked_about(inside):
    page = check(inside, klaim_0=["admits", "not_mine"])
    assert page.status_code == 422
    assert page.context["form"].errors["klaim_0"]


def test_an_admission_is_told_what_it_is_not(inside):
    page = check(inside, klaim_0=["admits"], kata_0="Saya tidak tahu aturannya.")
    assert {"id": "Pengakuan saja tidak menghukum", "en": "An admission alone sanctions nobody"}[
        inside.language
    ] in page.content.decode()
    send(inside, page, {"klaim_0": ["admits"]})
    file = inside.told.file
    assert not {one.name: one.open for one in process.gates(file, inside.told.at.date())}["tracing"]
    assert not file.statements


def test_without_the_last_tick_nothing_is_sent(inside):
    page = check(inside, **CLAIMS)
    answer = send(inside, page, CLAIMS, benar="")
    assert answer.status_code == 422
    assert not inside.told.file.answers


@pytest.mark.parametrize("name", ["kosong.zip", "program.exe"])
def test_a_file_that_cannot_be_taken_costs_nothing_that_was_typed(inside, name):
    page = check(inside, **CLAIMS)
    answer = send(inside, page, CLAIMS, [SimpleUploadedFile(name, b"" if "kosong" in name else b"MZ")])
    assert answer.status_code == 422
    assert CLAIMS["kata_0"] in answer.content.decode()
    assert not inside.told.file.answers


def test_a_form_without_a_token_takes_nothing(inside):
    page = check(inside, **CLAIMS)
    assert send(inside, page, CLAIMS, token="").status_code == 422
    assert not inside.told.file.answers


def test_a_claim_that_does_not_exist_is_refused(inside):
    assert check(inside, klaim_0=["invented"]).status_code == 422


def test_the_answers_of_two_acts_stand_under_their_acts(told):
    told.act("P2", evidence=[told.exhibits["tangkapan-web.wacz"].evidence_id], when="2024-01-21T06:00+07:00")
    told.take(process.ParticularsGiven, acts=("P1", "P2"))
    told.served("particulars", proof=told.exhibits["tanda-terima.pdf"].evidence_id)
    person = enter(told)
    typed = {"klaim_0": ["not_mine"], "kata_0": "Bukan saya.", "klaim_1": ["accidental"], "kata_1": "Terpencet."}
    assert send(person, check(person, **typed), typed).status_code == 302
    text = told.file.answers[-1].step.text
    assert (
        text.index("Perbuatan P1") < text.index("Bukan saya.") < text.index("Perbuatan P2") < text.index("Terpencet.")
    )
    assert told.file.answers[-1].step.claims == ("not_mine", "accidental")


def test_one_persons_receipt_is_not_anothers(told):
    person = enter(told)
    answer = send(person, check(person, **CLAIMS), CLAIMS)
    other = enter(with_particulars(2))
    page = other.client.get(answer["Location"])
    assert page.status_code == 404


def test_the_forms_keep_unsent_work_for_this_respondent_alone(inside):
    page = inside.text("answer")
    assert 'data-session-left="' in page
    assert 'data-who="' in page
    assert inside.told.respondent not in page
    assert reverse("portal:leave").endswith("/logout/")
    assert reverse("portal:login").endswith("/login/")
