"""More time to answer, and giving up being heard: the one is asked of the office, the other needs signed paper."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from office.portal.test_pages import decide
from portal_case import begun, enter, hidden
from telusur import process
from telusur.office.models import Exhibit, StepRow

PAPER = b"%PDF-1.4 surat bertanda tangan"


def ask(person, day, why="Arsip akun baru siap minggu depan."):
    data = {**hidden(person.get("extension")), "version": "", "sampai": day, "alasan": why}
    return person.post("extension", data)


def waive(person, paper=PAPER, **more):
    data = {**hidden(person.get("waiver")), "paham": "on", **more}
    if paper:
        data["surat"] = SimpleUploadedFile("surat.pdf", paper)
    return person.post("waiver", data)


def test_a_request_for_time_stands_in_the_file_under_the_respondents_id_and_moves_nothing(inside):
    told = inside.told
    until = told.file.reply_until
    day = until + timedelta(days=7)
    answer = ask(inside, day.isoformat())
    assert answer.status_code == 302
    step = told.file.steps[-1]
    assert isinstance(step, process.Noted)
    assert step.by == told.respondent
    assert "Arsip akun baru siap" in step.text
    assert told.file.reply_until == until
    assert "Arsip akun baru siap" in inside.client.get(answer["Location"]).content.decode()
    told.take(process.Extended, term="reply", until=day, grounds="Beralasan.")
    assert {"id": "diperpanjang sampai", "en": "extended until"}[inside.language] in inside.text("page")


@pytest.mark.parametrize("days", [-1, 0])
def test_a_day_that_is_no_later_is_asked_again(inside, days):
    steps = StepRow.objects.count()
    day = inside.told.file.reply_until + timedelta(days=days)
    answer = ask(inside, day.isoformat())
    assert answer.status_code == 422
    assert "sampai" in answer.context["form"].errors
    assert StepRow.objects.count() == steps


def test_where_no_day_was_set_only_a_day_gone_by_is_refused(db):
    person = enter(begun())
    assert ask(person, "1 Januari 2024").status_code == 422
    assert ask(person, "1 Januari 2031").status_code == 302


def test_what_comes_back_after_a_session_ended_is_shown_and_not_sent(inside):
    steps = StepRow.objects.count()
    page = inside.post("extension", {"sampai": "1 Januari 2031", "alasan": "Belum siap semua.", "lakukan": "ubah"})
    assert page.status_code == 200
    assert "Belum siap semua." in page.content.decode()
    assert StepRow.objects.count() == steps


def test_a_waiver_needs_the_signed_paper_and_the_tick(inside):
    assert waive(inside, None).status_code == 422
    assert waive(inside, paham="").status_code == 422
    assert not inside.told.file.waivers


def test_a_signed_waiver_is_recorded_with_its_paper_and_admits_nothing(inside):
    answer = waive(inside)
    assert answer.status_code == 302
    file = inside.told.file
    step = file.waivers[-1].step
    assert step.signed
    assert step.by == inside.told.respondent
    assert file.is_sealed(step.evidence)
    assert file.evidence[step.evidence].step.grade.value == "E"
    page = inside.client.get(answer["Location"]).content.decode()
    assert {"id": "bukan pengakuan", "en": "admits nothing"}[inside.language] in page
    assert not {one.name: one.open for one in process.gates(file, inside.told.at.date())}["tracing"]


def test_nothing_can_be_given_up_before_the_particulars_or_while_they_are_corrected(inside):
    told = inside.told
    told.act(evidence=[told.exhibits["tangkapan-web.wacz"].evidence_id], handle="akun_lain")
    assert waive(inside).status_code == 409
    assert not told.file.waivers
    assert not Exhibit.objects.filter(supplied_by="respondent").exists()
    before = enter(begun(2))
    assert waive(before).status_code == 409


def test_a_waiver_of_particulars_that_were_replaced_is_not_taken(inside):
    told = inside.told
    seen = hidden(inside.get("waiver"))
    told.act(evidence=[told.exhibits["tangkapan-web.wacz"].evidence_id], handle="akun_lain")
    told.take(process.ParticularsGiven, acts=("P1",))
    told.served("particulars", proof=told.exhibits["tanda-terima.pdf"].evidence_id)
    paper = SimpleUploadedFile("surat.pdf", PAPER)
    answer = inside.post("waiver", {**seen, "paham": "on", "surat": paper})
    assert answer.status_code == 409
    assert not told.file.waivers


def test_a_request_for_time_waits_in_the_queue_and_on_the_case_until_it_is_answered(inside, logged_in):
    told = inside.told
    desk = logged_in("discipline-pp94/direct_superior", "discipline-pp94/personnel")
    desk.cookies[settings.LANGUAGE_COOKIE_NAME] = "id"
    queue, page = reverse("desk:queue"), reverse("desk:case", args=[told.case.pk])
    waits = "permintaan waktu belum dijawab"
    assert waits not in desk.get(queue).content.decode()
    ask(inside, (told.file.reply_until + timedelta(days=7)).isoformat())
    assert waits in desk.get(queue).content.decode()
    assert told.case.number in desk.get(queue, {"siapa": "menunggu"}).content.decode()
    assert "menunggu jawaban" in desk.get(page).content.decode()
    address = reverse("desk:act", args=[told.case.pk, "jawab-permintaan"])
    sent = {"version": told.file.version, "token": "j" * 24, "grounds": "Arsip dapat menyusul."}
    assert desk.post(address, sent).status_code == 302
    assert waits not in desk.get(queue).content.decode()
    assert "Arsip dapat menyusul." in inside.text("page")
    ask(inside, (told.file.reply_until + timedelta(days=9)).isoformat())
    assert waits in desk.get(queue).content.decode()
    told.take(process.Extended, term="reply", until=told.file.reply_until + timedelta(days=9), grounds="Beralasan.")
    assert waits not in desk.get(queue).content.decode()


def test_a_remedy_is_announced_once_a_decision_was_served_and_gets_a_receipt(inside):
    assert inside.post("remedy", {"upaya": "objection"}).status_code == 409
    decide(inside.told)
    data = {**hidden(inside.get("remedy")), "upaya": "objection", "alasan": "Saya tidak memegang akun.", "version": ""}
    assert inside.post("remedy", data).status_code == 422
    answer = inside.post("remedy", {**data, "paham": "on"})
    assert answer.status_code == 302
    held = inside.told.file.remedies[-1].step
    assert (held.remedy, held.by) == ("objection", inside.told.respondent)
    page = inside.client.get(answer["Location"]).content.decode()
    assert {"id": "Keberatan", "en": "Objection"}[inside.language] in page
    assert "Saya tidak memegang akun." in page
    # Sent again with other words, the first stays, and that is said.
    again = inside.post("remedy", {**data, "paham": "on", "alasan": "Kata-kata yang lain sama sekali."})
    assert again["Location"] == answer["Location"]
    page = inside.client.get(again["Location"]).content.decode()
    assert {"id": "TIDAK", "en": "NOT saved"}[inside.language] in page
    assert len(inside.told.file.remedies) == 1
