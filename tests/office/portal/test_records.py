"""Records that clear an owner: which, from whom, until when; and handing them in."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal_case import enter, hidden
from telusur import process
from telusur.office.models import Exhibit
from telusur.office.portal import taking
from telusur.office.public.takeover import guide


def hand_in(person, *files, kind="export", **more):
    data = {**hidden(person.get("records")), "jenis": kind, "berkas": list(files), **more}
    data["version"] = ""
    return person.post("records", data)


def upload(name="ekspor.zip", content=b"isi"):
    return SimpleUploadedFile(name, content)


def test_the_page_says_what_to_get_from_whom_and_until_when_also_when_locked_out(inside):
    page = inside.text("records")
    platform = guide().platforms["x"]
    for one in (*platform.inside, *platform.locked_out):
        assert one.do.in_language(inside.language) in page
    for one in (*platform.expires, *guide().operator_expires):
        assert one.what.in_language(inside.language) in page
    for words in {
        "id": ("Ekspor lengkap tidak pernah diperlukan", "tidak membuka perbuatan baru"),
        "en": ("A full export is never needed", "opens no new act"),
    }[inside.language]:
        assert words in page


@pytest.mark.parametrize("kind", list(taking.KINDS))
def test_each_kind_is_recorded_with_the_grade_it_has_from_its_owners_hand(told, kind):
    person = enter(told)
    answer = hand_in(person, upload("catatan.pdf"), kind=kind, kata="Perangkat lain masuk malam itu.")
    assert answer.status_code == 302
    held = Exhibit.objects.get(supplied_by="respondent")
    assert (held.kind, held.grade) == (taking.KINDS[kind].kind, taking.KINDS[kind].grade.value)
    assert held.grade in "CDE"
    steps = told.file.steps[-2:]
    assert [type(one) for one in steps] == [process.EvidenceAdded, process.Noted]
    assert all(one.by == told.respondent for one in steps)
    page = person.client.get(answer["Location"]).content.decode()
    assert held.sha256 in page
    assert "Perangkat lain masuk malam itu." in page


def test_what_was_handed_in_is_on_the_page_and_can_be_had_back(inside):
    hand_in(inside, upload())
    held = Exhibit.objects.get(supplied_by="respondent")
    assert held.sha256 in inside.text("page")
    assert inside.get("evidence", held.pk).taken == b"isi"


def test_the_same_sending_twice_is_taken_once(inside):
    data = {**hidden(inside.get("records")), "version": "", "jenis": "export"}
    first = inside.post("records", {**data, "berkas": [upload()]})
    second = inside.post("records", {**data, "berkas": [upload()]})
    assert first["Location"] == second["Location"]
    assert Exhibit.objects.filter(supplied_by="respondent").count() == 1


def test_without_a_file_or_a_kind_the_page_says_what_to_do(inside):
    answer = hand_in(inside, kind="")
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"jenis", "berkas"}


def test_there_is_an_end_to_what_is_taken_here(inside, monkeypatch):
    monkeypatch.setattr(taking, "MOST_FILES", 1)
    assert hand_in(inside, upload("satu.zip"), upload("dua.zip", b"lain")).status_code == 422
    assert not Exhibit.objects.filter(supplied_by="respondent").exists()


def test_what_a_respondent_handed_in_supports_no_new_act(inside):
    hand_in(inside, upload())
    told = inside.told
    held = Exhibit.objects.get(supplied_by="respondent")
    with pytest.raises(process.Refused, match="supports no new act"):
        told.act("P2", evidence=[held.evidence_id], when="2024-01-22T06:00+07:00")
