"""What each letter says: agreed word by word in golden files, and what it may never leave out."""

import json
import os
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from office.letters import example
from telusur import process
from telusur.domain.evidence import Grade
from telusur.domain.facts import Facts
from telusur.law import deadlines
from telusur.office import letters
from telusur.office.letters.model import Person

GOLDEN = Path(__file__).parent / "golden"
ALL = [(text, language) for text in letters.texts() for language in ("id", "en")]


def said(letter):
    """Give every word of a letter."""

    def walk(value):
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for each in value.values():
                yield from walk(each)
        elif isinstance(value, list | tuple):
            for each in value:
                yield from walk(each)

    return "\n".join(walk(letter.as_json()))


@pytest.mark.parametrize(("text", "language"), ALL)
def test_the_letter_is_as_it_was_agreed(text, language):
    made = example.made(text, language)
    # The hashes of the text and of the catalogue change with any word of theirs; what they lead to stands here.
    shown = json.loads(json.dumps({**made.as_json(), "text_sha256": ""}).replace(example.CATALOGUE[:16], "<catalogue>"))
    golden = GOLDEN / f"{text}-{language}.json"
    if os.environ.get("TELUSUR_GOLDEN") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(json.dumps(shown, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert shown == json.loads(golden.read_text("utf-8"))


@pytest.mark.parametrize(("text", "language"), ALL)
def test_every_place_is_filled(text, language):
    words = said(example.made(text, language))
    assert not re.search(r"[{}…]", words.replace("2222222222222222…", ""))


@pytest.mark.parametrize(("text", "language"), ALL)
def test_no_letter_judges_the_person_or_prints_an_opaque_id(text, language):
    words = said(example.made(text, language)).lower()
    for word in ("bersalah", "pelanggar", "guilty", "violator", "offender"):
        assert not re.search(rf"\b{word}\b", words)
    assert not re.search(r"\b[rpo]-[123]\b", words)


@pytest.mark.parametrize("text", letters.texts())
def test_the_whole_nip_stands_in_summonses_and_in_the_decision_alone(text):
    words = said(example.made(text))
    whole = text in ("summons", "second-summons", "second-request", "decision")
    assert (example.PERSON.nip in words) is whole
    if letters.text(text).nip == "masked":
        assert "1939••••" in words


def test_who_holds_records_is_not_told_whom_or_what_it_concerns():
    words = said(example.made("preserve-request"))
    for word in (example.PERSON.name, example.PERSON.unit, "SKB-2022", "netralitas"):
        assert word not in words
    assert "akun_contoh" in words


@pytest.mark.parametrize(("text", "language"), ALL)
def test_both_languages_say_as_much(text, language):
    made, other = example.made(text, language), example.made(text, "en" if language == "id" else "id")
    assert [block.kind for block in made.body] == [block.kind for block in other.body]
    assert [len(block.rows) for block in made.body] == [len(block.rows) for block in other.body]
    assert made.holds == other.holds
    assert (made.labels.twin == "") is (language == "id")


@pytest.mark.parametrize("text", ["summons", "second-summons", "notice", "decision", "forwarding"])
def test_the_particulars_name_time_zone_place_evidence_rule_version_and_status(text):
    words = said(example.made(text))
    for part in ("20 Januari 2024 pukul 06.08 WIB", "X (Twitter)", "@akun_contoh", "1" * 64, "SKB-2022/D6"):
        assert part in words
    assert f"Katalog aturan versi {example.CATALOGUE[:16]}" in words
    assert "reported" in words


def test_a_file_whose_act_lacks_something_makes_no_summons_and_says_what():
    steps = example.Steps().take(
        process.Opened,
        procedure="discipline-pp94",
        how="report",
        respondent="r-1",
        received_on=date(2024, 1, 22),
    )
    steps.take(process.ActStated, act="A1", facts=example.FACTS, on_account=True)
    with pytest.raises(letters.NotReady) as refused:
        example.made("summons", file=steps.file)
    told = " ".join(reason.en for reason in refused.value.reasons)
    for part in ("its time", "its platform", "address or handle", "sealed evidence", "catalogue's version"):
        assert part in told
    assert "…" in said(example.made("summons", file=steps.file, draft=True))


def test_an_act_stated_under_another_catalogue_or_an_unknown_rule_is_told():
    steps = example.stated()
    held = steps.file.acts["A1"].stated
    told = {
        name: getattr(held, name) for name in ("act", "facts", "on_account", "when", "platform", "handle", "evidence")
    }
    steps.take(process.ActStated, **told, rule=example.RULE, catalogue="c0ffee" + "0" * 58)
    assert "Bunyi di atas menurut katalog versi" in said(example.made("summons", file=steps.file))
    steps.take(process.ActStated, **told, rule="SKB-2022/X99", catalogue=example.CATALOGUE)
    with pytest.raises(letters.NotReady, match="a rule of the catalogue"):
        example.made("summons", file=steps.file)


def test_a_file_without_an_act_makes_no_summons():
    steps = example.Steps().take(
        process.Opened, procedure="discipline-pp94", how="report", respondent="r-1", received_on=date(2024, 1, 22)
    )
    with pytest.raises(letters.NotReady, match="No act is stated"):
        example.made("summons", file=steps.file)


# -- The decision --


def test_the_decision_holds_all_that_a_decision_must_and_names_the_last_day():
    made = example.made("decision")
    assert made.holds == process.PARTS
    assert made.remedy_until == date(2024, 3, 4)
    assert "Senin, 4 Maret 2024" in said(made)
    assert "14 Februari 2024 (libur nasional" in said(made)
    assert "BELUM DIPERIKSA" in said(made)


def test_the_step_that_records_it_opens_the_gate_of_the_letter():
    steps, made = example.drafted(), example.made("decision")
    gate = {one.name: one for one in process.gates(steps.file, example.DAY)}["letter"]
    assert not gate.open
    steps.on(2024, 2, 12).take(
        process.LetterMade, letter=made.kind, sha256="9" * 64, holds=made.holds, remedy_until=made.remedy_until
    )
    assert {one.name: one for one in process.gates(steps.file, example.DAY)}["letter"].open


def test_the_finding_stands_in_the_words_of_the_deciding_official():
    quotes = [block for block in example.made("decision").body if block.kind == "quote"]
    assert any(
        block.text.startswith("Unggahan itu dibuat") and block.by == "Inspektur Kabupaten Misal" for block in quotes
    )


@pytest.mark.parametrize(
    ("file", "typed", "told"),
    [
        (example.traced, {}, "no draft"),
        (example.served, {}, "not answered"),
        (example.answered, {}, "weigh first who used the account"),
        (example.drafted, {"remedy": ""}, "Choose the remedy"),
        (example.drafted, {"effect": " "}, "Takes effect"),
        (example.drafted, {"signer": ""}, "Name of who signs"),
    ],
)
def test_a_decision_that_lacks_a_part_is_not_made(file, typed, told):
    with pytest.raises(letters.NotReady, match=told):
        example.made("decision", file=file().file, typed=typed)


def test_a_decision_that_no_second_person_approved_is_not_made():
    steps = example.traced()
    steps.take(
        process.Drafted,
        by="o-2",
        draft="K1",
        findings=(process.Finding("A1", "proven"),),
        grounds="Alasan.",
        sanction=process.Sanction("medium", "allowance-25-6", example.RULE),
    )
    with pytest.raises(letters.NotReady, match="second person"):
        example.made("decision", file=steps.file)


def test_a_dismissal_goes_to_the_appeals_board():
    made = example.made("decision", typed={"remedy": "bpasn_banding"})
    assert "Mengajukan banding administratif ke BPASN" in said(made)
    assert made.remedy_until == date(2024, 3, 4)


def test_the_last_day_is_that_of_the_reading_that_ends_first():
    day = date(2024, 4, 1)
    counted = deadlines.due("keberatan", day)
    made = example.made("decision", day=day)
    assert made.remedy_until == counted.earliest.due < counted.due
    assert "Cuti bersama mengubah hasil" in said(made)


def test_silence_is_told_as_no_admission():
    steps = example.served().on(2024, 2, 1)
    steps.take(process.Served, what="second_summons", how="surat tercatat", proof="E2", reply_until=date(2024, 2, 8))
    steps.on(2024, 2, 9)
    made = example.made("decision", file=steps.file, draft=True)
    assert "bukan pengakuan" in said(made)
    assert "Tidak ada jawaban sampai Kamis, 8 Februari 2024" in said(made)


def test_a_waiver_is_told():
    steps = example.served().on(2024, 1, 25)
    example.evidence(steps, "E9", "pelepasan.pdf", "9", Grade.D)
    steps.take(process.HearingWaived, by=example.RESPONDENT, signed=True, evidence="E9")
    assert "melepaskan hak didengar" in said(example.made("decision", file=steps.file, draft=True))


# -- Forwarding --


def test_an_untraced_file_is_never_forwarded_without_saying_so():
    for language in ("id", "en"):
        made = example.made("forwarding", language)
        notes = [block.text for block in made.body if block.kind == "note"]
        assert process.UNTRACED.in_language(language) in notes


def test_a_traced_file_travels_with_who_decided_on_control():
    words = said(example.made("forwarding", file=example.traced().file))
    assert process.UNTRACED.id not in words
    assert "diputus oleh Pejabat Dua" in words


def test_a_vote_travels_with_its_dissent():
    steps = example.answered("bawaslu-general")
    for move, role in (("register", "reviewer"), ("invite", "reviewer"), ("without_hearing", "reviewer")):
        steps.take(
            process.Moved, move=move, role=role, expected_version=steps.file.version, grounds="Jawaban tertulis."
        )
    steps.take(
        process.Moved,
        by="o-2",
        move="to_plenary",
        role="commissioner",
        expected_version=steps.file.version,
        grounds="-",
    )
    steps.take(
        process.Moved,
        by="o-2",
        move="study_again",
        role="commissioner",
        expected_version=steps.file.version,
        grounds="Perlu dikaji lagi.",
        ballot=process.Ballot(4, 1, 3, ("Bukti belum cukup.",)),
    )
    made = example.made("forwarding", file=steps.file)
    assert ("Setuju", "4") in [row for block in made.body for row in block.rows]
    assert any(block.kind == "quote" and block.text == "Bukti belum cukup." for block in made.body)


# -- Ends --


@pytest.mark.parametrize("end", ["cleared", "not_proven", "stopped"])
def test_each_end_is_told_by_its_own_letter_only(end):
    file = example.cleared(end).file
    for other in ("cleared", "not_proven", "stopped"):
        text = f"clearing-{other.replace('_', '-')}"
        if other == end:
            made = example.made(text, file=file)
            assert "Badan Kepegawaian Daerah" in said(made)
            assert set(made.holds) == {"facts", "rules", "answer", "attribution"}
        else:
            with pytest.raises(letters.NotReady, match="choose the letter"):
                example.made(text, file=file)


def test_a_file_that_has_not_ended_is_not_closed():
    with pytest.raises(letters.NotReady, match="choose the letter"):
        example.made("clearing-cleared", file=example.traced().file)


def test_a_file_that_was_forwarded_clears_nobody_whatever_its_draft_says():
    file = replace(example.cleared().file, end="forwarded")
    for text in ("clearing-cleared", "clearing-bodies"):
        with pytest.raises(letters.NotReady):
            example.made(text, file=file)


@pytest.mark.parametrize("text", ["clearing-bodies", "clearing-unblock"])
def test_other_bodies_are_told_of_the_end_as_it_is_on_file_and_of_nothing_else(text):
    for end, words in {
        "cleared": "bukan perbuatan yang bersangkutan",
        "not_proven": "dugaan tidak terbukti",
        "stopped": "dihentikan karena kurang bukti",
    }.items():
        found = said(example.made(text, file=example.cleared(end).file))
        assert words in found
        for kept_back in ("akun_contoh", "SKB-2022", "Bukan saya yang mengunggah"):
            assert kept_back not in found
    with pytest.raises(letters.NotReady, match="has not ended"):
        example.made(text, file=example.drafted().file)


def test_a_case_stopped_before_anybody_was_asked_says_so():
    steps = example.stated()
    steps.take(
        process.Drafted, by="o-2", draft="K1", findings=(process.Finding("A1", "stopped"),), grounds="Kurang bukti."
    )
    words = said(example.made("clearing-stopped", file=steps.file))
    assert "tidak memerlukan jawabannya" in words
    assert "Belum ditelusuri dan belum diputuskan." in words
    assert "Tidak ada lembaga lain yang tercatat" in words


def test_a_closing_letter_names_the_bodies_the_block_and_the_day_of_erasure():
    words = said(example.made("clearing-cleared"))
    for part in ("Badan Kepegawaian Daerah", "membuka pemblokiran", "Rabu, 12 Februari 2025"):
        assert part in words
    assert "tidak pernah diblokir" in said(example.made("clearing-cleared", typed={"block": "never"}))


# -- Others --


def test_the_tracing_report_gives_items_weights_and_no_verdict():
    words = said(example.made("tracing-report"))
    for part in ("+1,10\N{NO-BREAK SPACE}ban", "Perangkat yang belum pernah dipakai", "tidak memutus", "4" * 64):
        assert part in words
    with pytest.raises(letters.NotReady, match="not traced yet"):
        example.made("tracing-report", tracings={})


def test_a_tracing_that_found_nothing_says_so():
    bare = {**example.TRACING, "items": [], "takeover": None, "abstained": [], "next_evidence": []}
    assert "Tidak ada butir bukti" in said(example.made("tracing-report", tracings={"A1": bare}))
    still = {**example.TRACING, "takeover": {"change_at": None, "interval": None, "log10_bf": 0.2}}
    assert "tidak cukup jelas" in said(example.made("tracing-report", tracings={"A1": still}))


def test_an_act_without_an_account_is_told_as_such():
    steps = example.stated()
    facts = Facts.read({"act": {"kind": "attend_event"}, "target": {"kind": "contestant"}})
    steps.take(
        process.ActStated,
        act="A1",
        facts=facts,
        on_account=False,
        when=steps.file.acts["A1"].stated.when,
        evidence=("E1",),
        rule="SKB-2022/D2",
        catalogue=example.CATALOGUE,
    )
    words = said(example.made("summons", file=steps.file))
    assert "tidak dilakukan dengan akun" in words
    assert "Catatan yang dapat menunjukkan siapa yang memakai akun" not in words
    with pytest.raises(letters.NotReady, match="no act on an account"):
        example.made("preserve-request", file=steps.file)


def test_an_override_is_told_to_the_respondent_with_its_grounds():
    steps = example.stated()
    steps.take(process.Overridden, gate="notice", second="o-3", grounds="Alamat tidak ditemukan.")
    made = example.made("notice", file=steps.file)
    assert "Petugas Satu dan Pejabat Tiga" in said(made)
    assert any(block.kind == "quote" and block.text == "Alamat tidak ditemukan." for block in made.body)


def test_a_letter_of_another_body_is_not_made():
    with pytest.raises(letters.NotReady, match="no letter of this body"):
        example.made("minutes-hearing", file=example.answered().file)


def test_a_respondent_without_a_name_is_told():
    with pytest.raises(letters.NotReady, match="name is missing"):
        example.made("summons", person=Person(""))


def test_a_second_summons_needs_the_first():
    with pytest.raises(letters.NotReady, match="first service is not recorded"):
        example.made("second-summons", file=example.stated().file)


def test_what_is_missing_of_the_file_is_known_before_anything_is_typed():
    def reasons(text, file):
        return letters.missing(text, file, example.PERSON, example.OFFICE, example.DAY, case="2024/0007")

    assert reasons("summons", example.stated().file) == ()
    assert reasons("decision", example.drafted().file) == ()
    assert any("draft" in one.en for one in reasons("decision", example.traced().file))


def test_the_hash_at_the_foot_is_that_of_what_is_said():
    made = example.made("notice")
    assert made.content_sha256 == example.made("notice", draft=True).content_sha256
    assert made.content_sha256 != example.made("notice", typed={"number": "1"}).content_sha256


@pytest.mark.parametrize("text", ["summons", "decision", "forwarding"])
def test_the_name_of_a_reporters_file_stands_in_no_letter(text):
    file = example.file_for(text)
    entry = file.evidence["E1"]
    reported = replace(entry, step=replace(entry.step, supplied_by="reporter", name="dari-tetangga-sebelah.png"))
    words = said(example.made(text, file=replace(file, evidence={**file.evidence, "E1": reported})))
    assert "dari-tetangga-sebelah" not in words
    assert "berkas dari pelapor" in words
