"""The respondent's own file: what was served is shown, and nothing else of the case."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta

import pytest
from django.utils import timezone

from portal_case import DRAFTED, NOTE, REPORTER, RULE, Told, begun, enter, with_particulars
from telusur import law, process
from telusur.domain.evidence import Grade
from telusur.office import custody, store
from telusur.office.models import Case, Letter, Reading
from telusur.office.portal import rights
from telusur.office.portal.seen import Seen

SECRET = (REPORTER, NOTE, DRAFTED, "pelapor-budi", "Platform X, bagian hukum", "riwayat masuk")
CAPTURE, PICTURE = "tangkapan-web.wacz", "dari-pelapor-budi.png"


def letter_of(told, text_id, kind, content=b"%PDF-1.7 contoh"):
    """Keep a letter as the office does, without making it: its bytes and what it says."""
    told.at += timedelta(seconds=1)
    sha = custody.keep_bytes(told.case, content)
    said = custody.keep_bytes(told.case, json.dumps({"text": text_id}).encode())
    return Letter.objects.create(case=told.case, kind=kind, sha256=sha, said=said, made_at=told.at)


def heard_and_traced(told, control="shared_unknown"):
    """Let the respondent answer, and have it weighed and decided who used the account."""
    told.take(process.Answered, by=told.respondent, text="Bukan saya.", claims=("not_mine",))
    told.take(process.TieDeclared, who=REPORTER, what="Ditanya; tidak ada hubungan.")
    told.take(process.Traced, act="P1", report="4" * 64, excludes_owner=False, leading="owner")
    told.take(process.ControlDecided, by="u2", act="P1", value=control, grounds="Riwayat masuk.")
    told.take(process.AuthenticityDecided, by="u2", act="P1", value="established", grounds="Tangkapan web.")


def decide(told, *, serve=True, sanction=False):
    """Draft and approve a decision, and serve it."""
    heard_and_traced(told, "owner" if sanction else "shared_unknown")
    result = "proven" if sanction else "not_proven"
    held = process.Sanction("medium", "allowance-25-6", RULE, "ppk_regency_or_city") if sanction else None
    drafted = {"findings": (process.Finding("P1", result),), "sanction": held, "like_cases": ()}
    told.take(process.Drafted, draft="K0", grounds=DRAFTED, **drafted)
    told.take(process.Returned, by="u2", draft="K0", why="Kurang lengkap.")
    told.take(process.Drafted, draft="K1", grounds="Catatan yang ada tidak cukup.", mitigation="Dihapus.", **drafted)
    told.take(process.Approved, by="u2", draft="K1", role="ppk")
    until = timezone.localdate() + timedelta(days=20)
    told.take(process.LetterMade, letter="decision", sha256="a" * 64, holds=process.PARTS, remedy_until=until)
    if serve:
        proof = told.exhibits["tanda-terima.pdf"].evidence_id
        told.take(process.Served, what="decision", how="diserahkan langsung", proof=proof)
    return until


def test_the_page_says_where_it_stands_and_what_is_alleged(inside):
    page = inside.text("page")
    told = inside.told
    stage = told.file.place.respondent_sees
    words = {
        "id": ("Yang tidak diduga", "20 Januari 2024 pukul 21.08 WITA", "20 Januari 2024 pukul 20.08 WIB", stage.id),
        "en": ("What is not alleged", "20 January 2024, 21:08 WITA", "20 January 2024, 20:08 WIB", stage.en),
    }[inside.language]
    for one in (*words, "@akun_contoh", "https://x.example/akun_contoh/status/1", RULE, CAPTURE):
        assert one in page, one
    rule = law.catalogue().rules[RULE]
    assert rule.title.in_language(inside.language) in page
    status = {"id": "belum dicocokkan dengan Lembaran Negara", "en": "not checked against the State Gazette"}
    assert status[inside.language] in page
    for exhibit in (CAPTURE, PICTURE):
        assert told.exhibits[exhibit].sha256 in page


def test_nothing_of_the_reporter_no_note_and_no_draft_is_shown(inside):
    decide(inside.told, serve=False)
    shown = [inside.text(name) for name in ("page", "answer", "records", "extension", "waiver", "whole")]
    for page in shown:
        for secret in SECRET:
            assert secret not in page
        assert "Catatan yang ada" not in page
        assert "u1" not in page.split()


def test_nothing_is_shown_of_a_file_whose_particulars_were_not_served(db):
    told = begun()
    capture = told.add(CAPTURE)
    told.act(evidence=[capture])
    told.take(process.ParticularsGiven, acts=("P1",))
    person = enter(told)
    page = person.text("page")
    assert "Belum ada rincian" in page
    assert "akun_contoh" not in page
    assert person.get("evidence", told.exhibits[CAPTURE].pk).status_code == 404
    assert "belum ada yang perlu dijawab" in person.text("answer")


def test_particulars_stay_as_they_were_served_until_others_are(inside):
    told = inside.told
    told.act(evidence=[told.exhibits[CAPTURE].evidence_id], handle="akun_lain")
    page = inside.text("page")
    assert "akun_contoh" in page
    assert "akun_lain" not in page
    assert {"id": "sedang memperbaiki", "en": "is correcting"}[inside.language] in page
    told.take(process.ParticularsGiven, acts=("P1",))
    assert "akun_lain" not in inside.text("page")
    told.served("particulars", proof=told.exhibits["tanda-terima.pdf"].evidence_id)
    page = inside.text("page")
    assert "akun_lain" in page
    assert "akun_contoh" not in page.replace("https://x.example/akun_contoh/status/1", "")


def test_an_act_that_was_not_served_is_not_shown(told):
    told.act("P2", evidence=[told.exhibits[CAPTURE].evidence_id], handle="akun_kedua")
    assert "akun_kedua" not in enter(told).text("page")


def test_evidence_is_handed_out_as_it_is_and_the_reading_is_written_down(inside):
    exhibit = inside.told.exhibits[CAPTURE]
    answer = inside.get("evidence", exhibit.pk)
    assert hashlib.sha256(answer.taken).hexdigest() == exhibit.sha256
    assert answer["Content-Disposition"].startswith("attachment")
    held = Reading.objects.get()
    assert (held.by, held.what) == (inside.told.respondent, f"exhibit:{exhibit.pk}")


@pytest.mark.parametrize("name", [PICTURE, "tanda-terima.pdf"])
def test_a_reporters_original_and_evidence_of_no_act_are_not_handed_out(told, name):
    person = enter(told)
    assert person.get("evidence", told.exhibits[name].pk).status_code == 404
    assert not Reading.objects.exists()


def test_the_same_bytes_are_a_reporters_whoever_added_them(told):
    again = told.add("salinan.png", b"gambar 1", grade=Grade.E)
    told.act(evidence=[again])
    told.take(process.ParticularsGiven, acts=("P1",))
    told.served("particulars", proof=told.exhibits["tanda-terima.pdf"].evidence_id)
    assert enter(told).get("evidence", told.exhibits["salinan.png"].pk).status_code == 404


def test_letters_served_on_the_respondent_are_handed_out_and_no_others(told):
    first = letter_of(told, "summons", "summons", b"%PDF pertama")
    told.served("summons", proof=told.exhibits["tanda-terima.pdf"].evidence_id)
    unserved = letter_of(told, "summons", "summons", b"%PDF belum")
    others = [
        letter_of(told, "preserve-request", "preserve", b"%PDF platform"),
        letter_of(told, "clearing-bodies", "clearing", b"%PDF lembaga"),
        letter_of(told, "tracing-report", "tracing_report", b"%PDF telusur"),
    ]
    told.served("clearing", proof=told.exhibits["tanda-terima.pdf"].evidence_id)
    person = enter(told)
    answer = person.get("letter", first.pk)
    assert answer.taken == b"%PDF pertama"
    assert Reading.objects.filter(what=f"letter:{first.pk}", by=told.respondent).count() == 1
    for one in (unserved, *others):
        assert person.get("letter", one.pk).status_code == 404
        assert one.sha256 not in person.text("page")
    custody.files().destroy(str(told.case.pk), first.sha256)
    assert person.get("letter", first.pk).status_code == 404


def test_a_letter_of_which_it_is_not_known_to_whom_it_went_is_not_shown(told):
    held = letter_of(told, "summons", "summons")
    told.served("summons", proof=told.exhibits["tanda-terima.pdf"].evidence_id)
    held.said = custody.keep_bytes(told.case, b'{"text": "tidak-ada"}')
    held.save()
    assert enter(told).get("letter", held.pk).status_code == 404


def test_terms_tell_how_they_were_counted_and_go_into_a_calendar(inside):
    until = inside.told.file.reply_until
    page = inside.text("page")
    assert f'datetime="{until.isoformat()}"' in page
    answer = inside.get("term", "reply")
    made = answer.taken.decode()
    assert answer["Content-Type"].startswith("text/calendar")
    assert f"DTSTART;VALUE=DATE:{until:%Y%m%d}" in made
    assert made.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in made.split("\r\n"))
    assert inside.get("term", "record-1").status_code == 404
    assert inside.get("term", "tidak-ada").status_code == 404


def test_a_term_of_the_law_is_written_as_the_calculator_writes_it(told):
    told.take(process.LetterMade, letter="summons", sha256="b" * 64)
    person = enter(told)
    terms = [one for one in Seen(told.case, told.file).terms if one.kind == "law"]
    assert terms
    for one in terms:
        assert person.get("term", one.id).taken == law.deadlines.ics(one.deadline, "id")


def test_rights_tell_where_they_stand_and_what_was_not_found(inside):
    page = inside.text("page")
    for one in rights.rights("agency"):
        assert one.says.in_language(inside.language) in page
        assert one.citation is None or one.citation.status == "reported"
    no_basis = {"id": "dasar hukumnya tidak ditemukan", "en": "no legal basis was found"}[inside.language]
    assert no_basis in page
    assert {one.id for one in rights.rights("bawaslu")} & {"bap", "closed"} == set()


def test_a_decision_is_shown_once_served_with_its_remedy(inside):
    until = decide(inside.told)
    page = inside.text("page")
    assert {"id": "Tidak terbukti", "en": "Not proven"}[inside.language] in page
    assert "Catatan yang ada tidak cukup." in page
    assert f'datetime="{until.isoformat()}"' in page
    assert DRAFTED not in page


def test_what_is_drafted_after_a_decision_was_served_changes_nothing_that_is_shown(inside):
    told = inside.told
    decide(told)
    later = {"findings": (process.Finding("P1", "not_proven"),), "like_cases": ()}
    told.take(process.Drafted, draft="K2", grounds="Konsep kedua.", **later)
    for page in (inside.text("page"), inside.text("whole")):
        assert "Catatan yang ada tidak cukup." in page
        assert "Konsep kedua." not in page
    told.take(process.Approved, by="u2", draft="K2", role="ppk")
    assert "Konsep kedua." not in inside.text("page")


def test_what_is_imposed_and_what_became_of_the_remedy_are_said(inside):
    told = inside.told
    decide(told, sanction=True)
    page = inside.text("page")
    level = law.label("sanction_level", "medium").in_language(inside.language)
    assert {"id": "Terbukti", "en": "Proven"}[inside.language] in page
    assert level in page
    assert "allowance-25-6" not in page
    told.take(process.Remedy, by=told.respondent, remedy="objection", on=timezone.localdate(told.at))
    told.take(
        process.RemedyDecided, by="u3", outcome="annulled", on=timezone.localdate(told.at), grounds="Cukup alasan."
    )
    assert {"id": "keputusan dibatalkan", "en": "decision is annulled"}[inside.language] in inside.text("page")


def test_what_the_respondent_was_told_is_on_the_page_and_what_others_were_told_is_not(told):
    told.take(process.Told, whom="respondent", what="Syarat pemberitahuan dikesampingkan dua pejabat.")
    told.take(process.Told, whom="BKD", what="Perkara diterima untuk BKD saja.")
    page = enter(told).text("page")
    assert "Syarat pemberitahuan dikesampingkan" in page
    assert "untuk BKD saja" not in page


def test_the_whole_file_is_one_document_without_anybodys_id(inside):
    told = inside.told
    decide(told)
    inside.post("extension", {"token": "x" * 24, "sampai": "1 Januari 2031", "alasan": "Arsip akun belum siap."})
    answer = inside.get("whole")
    held = json.loads(answer.taken)
    assert held["schema"] == "telusur.own-file/1"
    assert held["case"] == told.case.number
    act = held["particulars"][0]
    assert (act["act"], act["platform"], act["at"]) == ("P1", "x", "2024-01-20T21:08+08:00")
    assert act["evidence"][0]["sha256"] == told.exhibits[CAPTURE].sha256
    assert held["decision"]["findings"][0]["act"] == "P1"
    assert held["served"][0]["how"] == "diserahkan langsung"
    written = answer.taken.decode()
    for secret in (*SECRET, told.respondent, str(told.case.pk), told.case.respondent.name, told.case.respondent.nip):
        assert secret not in written
    one = held["sent_by_you"][0]
    again = json.dumps(one["receipt_of"], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert hashlib.sha256(again.encode()).hexdigest() == one["receipt_sha256"]
    assert Reading.objects.filter(what="own-file", by=told.respondent).count() == 1


def test_no_template_shows_its_own_machinery(inside):
    heard_and_traced(inside.told)
    for name in ("page", "answer", "records", "extension", "waiver"):
        page = inside.text(name)
        assert "{%" not in page
        assert "{{" not in page


def test_what_an_officer_took_in_from_the_respondent_is_the_respondents_own(told):
    told.add("dibawa-sendiri.pdf", by="respondent", grade=Grade.D)
    person = enter(told)
    assert person.get("evidence", told.exhibits["dibawa-sendiri.pdf"].pk).taken == b"dibawa-sendiri.pdf"


def test_what_another_body_served_is_shown_by_the_body_that_took_the_case(told):
    first = told.file
    case = Case(procedure="bkn-sbt", subject="pelimpahan", respondent=told.case.respondent, received_on=told.at.date())
    opened = process.Opened(
        at=told.at + timedelta(hours=1),
        by="u9",
        procedure="bkn-sbt",
        how="handed_over",
        respondent=told.respondent,
        received_on=told.at.date(),
        carried=process.carried(first),
        sender="Inspektorat Contoh",
        bundle="5" * 64,
    )
    store.open_case(case, [opened])
    taken = Told(case, told.at + timedelta(hours=1))
    person = enter(taken)
    page = person.text("page")
    assert "akun_contoh" in page
    assert told.exhibits[CAPTURE].sha256 in page
    assert "Berkas ini dipegang lembaga yang melimpahkan" in page
    assert person.get("evidence", told.exhibits[CAPTURE].pk).status_code == 404
    for secret in SECRET:
        assert secret not in page
    person.post("extension", {"token": "x" * 24, "sampai": "1 Januari 2031", "alasan": "Arsip akun belum siap."})
    assert "Anda mengirim permintaan" in person.text("page")


def test_nothing_is_said_of_a_respondent_that_was_not_decided(inside):
    for name in ("page", "answer", "records", "extension", "waiver"):
        words = inside.text(name).lower()
        for word in ("bersalah", "guilty", "pelanggar ", "violator"):
            assert word not in words


@pytest.mark.parametrize("procedure", ["bawaslu-general", "bawaslu-regional", "bkn-sbt", "discipline-pp94"])
def test_the_page_stands_in_every_procedure(db, procedure):
    told = with_particulars(procedure=procedure)
    page = enter(told).text("page")
    assert told.file.flow.title.id in page
    assert date.today().year in {one.at.year for one in Seen(told.case, told.file).history}  # noqa: DTZ011


def test_minutes_of_ones_own_hearing_are_handed_out_once_made(inside):
    told = inside.told
    assert {"id": "Berita acara pemeriksaan", "en": "Minutes of"}[inside.language] not in inside.text("page")
    made = letter_of(told, "minutes-examination", "minutes", b"%PDF-1.7 berita acara")
    assert {"id": "Berita acara pemeriksaan Anda", "en": "Minutes of your hearing"}[inside.language] in inside.text(
        "page"
    )
    assert inside.get("letter", made.pk).taken == b"%PDF-1.7 berita acara"
    assert Reading.objects.filter(what=f"letter:{made.pk}", by=told.respondent).exists()
