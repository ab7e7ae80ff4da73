"""A procedure can be gone through to an end, speaks two vocabularies, and has no way past what is fair."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.domain.errors import BadInput, SeveralProblems
from telusur.domain.text import Text
from telusur.law import deadlines
from telusur.process.procedure import CLEARING, GATES, UNBENDING, load, procedure, procedures
from telusur.process.procedure_checks import faults

SHIPPED = Path(str(resources.files("telusur.process").joinpath("procedures")))
ALL = sorted(procedures())
BAWASLU = ("bawaslu-general", "bawaslu-regional")


def each_stage():
    return [(made, stage) for made in procedures().values() for stage in made.stages.values()]


def each_move():
    return [(made, move) for made in procedures().values() for move in made.moves.values()]


def ways(made, *, without=lambda _: False):
    """Give the stages that are reached by moves other than those left out."""
    reached = {opening.stage for opening in made.openings.values()}
    waiting = list(reached)
    while waiting:
        for move in made.out_of(waiting.pop()):
            if not without(move) and move.to not in reached:
                reached.add(move.to)
                waiting.append(move.to)
    return reached


# -- What is shipped --


def test_the_four_procedures_are_shipped_and_read_whole_by_the_careful_reader():
    assert ALL == ["bawaslu-general", "bawaslu-regional", "bkn-sbt", "discipline-pp94"]
    assert dict(load(SHIPPED)) == dict(procedures())


def test_both_vocabularies_say_something_of_every_stage_in_both_languages():
    for made, stage in each_stage():
        for words in (stage.title, stage.reporter_sees, stage.respondent_sees):
            assert words.id.strip(), (made.id, stage.id)
            assert words.en.strip(), (made.id, stage.id)
            assert words.id != words.en or words.id.isupper(), (made.id, stage.id, words)


def test_no_word_on_screen_presumes_guilt():
    presuming = re.compile(r"\b(pelanggar|violator|guilty|bersalah|offender|pelaku)\b", re.IGNORECASE)
    for made in procedures().values():
        said = [made.title, *(role.title for role in made.roles.values())]
        said += [getattr(made.words, name) for name in made.words.__slots__]
        for stage in made.stages.values():
            said += [stage.title, stage.reporter_sees, stage.respondent_sees]
        said += [move.title for move in made.moves.values()]
        for words in said:
            assert not presuming.search(f"{words.id} {words.en}"), (made.id, words)


def test_what_the_reporter_sees_does_not_tell_what_became_of_the_respondent_at_work():
    for made, stage in each_stage():
        seen = f"{stage.reporter_sees.id} {stage.reporter_sees.en}".casefold()
        for word in ("hukuman", "sanksi", "punish", "sanction", "blokir", "block"):
            assert word not in seen, (made.id, stage.id)


def test_each_body_calls_people_and_papers_by_its_own_words():
    assert {procedure(name).words.respondent.id for name in BAWASLU} == {"Terlapor"}
    assert procedure("discipline-pp94").words.respondent.id == "PNS yang diperiksa"
    assert "BAP" in procedure("discipline-pp94").words.minutes.id
    for name in (*BAWASLU, "bkn-sbt"):
        assert "BAP" not in procedure(name).words.minutes.id


def test_only_bawaslu_votes_and_every_decision_of_its_plenary_is_a_vote():
    for made, move in each_move():
        from_plenary = move.origins == ("plenary",) and move.id != "study_again"
        assert move.ballot == (made.body == "bawaslu" and from_plenary), (made.id, move.id)


def test_every_citation_is_reported_and_says_how_sure_it_is():
    for made in procedures().values():
        held = [*made.citations]
        held += [one.citation for one in (*made.stages.values(), *made.moves.values()) if one.citation]
        assert made.citations
        for citation in held:
            assert citation.status == "reported"
            assert citation.confidence != "primary" or citation.instrument.id in ("UU-7-2017", "UU-PILKADA")
            assert citation.sources


def test_every_way_to_end_clears_in_three_different_ways_with_a_letter():
    for made in procedures().values():
        assert set(CLEARING) <= made.ends
        for end in CLEARING:
            stages = {move.to for move in made.moves.values() if move.end == end and move.letter == "clearing"}
            assert len(stages) == 1, (made.id, end)


def test_from_wherever_a_file_is_the_respondent_can_still_be_cleared():
    for made, stage in each_stage():
        if stage.final:
            continue
        beginning = {"report": replace(made.openings["report"], stage=stage.id)}
        reached = ways(replace(made, openings=beginning))
        assert {"cleared", "not_proven", "stopped"} <= reached, (made.id, stage.id)


# -- What is fair --


def test_no_way_leads_to_a_sanction_or_a_block_past_the_gates_that_nobody_opens():
    def guarded(move):
        return move.sanction and set(move.gates) >= UNBENDING

    for made in procedures().values():
        reached = ways(made, without=guarded)
        weighty = {move.to for move in made.moves.values() if move.end == "sanctioned"}
        weighty |= {stage for stage in ("blocked", "decided", "delivered", "in_effect") if stage in made.stages}
        assert not reached & weighty, made.id


def test_nobody_is_summoned_without_particulars_and_an_established_status():
    for made, move in each_move():
        if move.letter in ("summons", "notice"):
            assert "particulars" in move.gates, (made.id, move.id)
            assert "status" in move.needs, (made.id, move.id)


def test_a_file_that_leaves_untraced_always_waits_for_its_receiver():
    for made, move in each_move():
        handed = made.stages[move.to].handed_to
        assert bool(handed) == (made.stages[move.to].handed_to is not None)
        if move.may_forward_untraced:
            assert handed
            assert not move.sanction
        if handed:
            assert "tracing" in move.gates, (made.id, move.id)
            assert move.letter == "forwarding", (made.id, move.id)


def test_what_was_handed_over_goes_on_only_by_the_answer_a_recall_or_a_warning():
    for made, stage in each_stage():
        if stage.handed_to:
            free = {move.id for move in made.out_of(stage.id) if not {"accepted", "refused"} & set(move.needs)}
            assert free <= {"recall", "recall_from_bawaslu", "recall_from_ppk", "warn"}, (made.id, stage.id)
            assert free


def test_bawaslu_forwards_and_refers_but_never_sanctions():
    for name in BAWASLU:
        assert not any(move.sanction for move in procedure(name).moves.values())
        assert procedure(name).ends == {*CLEARING, "forwarded", "referred"}


def test_a_breach_of_ethics_goes_on_although_the_crime_does_not():
    for name in BAWASLU:
        made = procedure(name)
        assert made.move("returned_by_gakkumdu").to == "plenary"
        assert made.move("both_tracks").to == "at_supervisor"


# -- PP 94 --


def test_a_heavy_punishment_needs_an_examination_team():
    made = procedure("discipline-pp94")
    heavy = [move for move in made.moves.values() if {"heavy", "dismissal"} & set(move.levels)]
    assert [move.id for move in heavy] == ["decide_heavy"]

    def past_the_team(move):
        return move.to == "team"

    reached = ways(made, without=lambda move: past_the_team(move) or "remedy_changed" in move.needs)
    assert not set(heavy[0].origins) & reached


def test_light_and_medium_are_decided_without_a_team_and_heavy_only_by_the_highest():
    made = procedure("discipline-pp94")
    assert "deciding" in made.move("decide").origins
    assert set(made.move("decide").levels) == {"light", "medium"}
    assert set(made.move("decide_heavy").roles) == {"ppk", "president"}


def test_two_summonses_come_before_anything_is_decided_on_an_absent_civil_servant():
    made = procedure("discipline-pp94")
    assert {move.id for move in made.moves.values() if move.to == "unexamined"} == {"twice_absent"}
    assert made.move("twice_absent").origins == ("summoned_again",)
    assert made.move("summon_again").origins == ("summoned",)
    assert "heard" in made.move("twice_absent").gates


def test_a_superior_who_is_involved_hands_to_the_next_from_every_stage_of_his_own():
    made = procedure("discipline-pp94")
    acting = {
        stage.id
        for stage in made.stages.values()
        if any("direct_superior" in move.roles and move.id != "pass_up" for move in made.out_of(stage.id))
    }
    assert acting <= set(made.move("pass_up").origins)
    assert made.move("pass_up").to_next_person
    assert "next_superior" in made.move("pass_up").roles


def test_a_decision_takes_effect_only_when_delivered_and_its_term_is_over_or_the_remedy_decided():
    made = procedure("discipline-pp94")
    into = [move for move in made.moves.values() if move.to == "in_effect"]
    assert {move.id for move in into} == {"put_into_effect", "upheld"}
    assert made.move("put_into_effect").after == deadlines.register().term("pp94-berlaku")
    assert "no_remedy" in made.move("put_into_effect").needs
    assert "remedy_upheld" in made.move("upheld").needs
    assert all("served_decision" in move.needs for move in into)


def test_temporary_release_keeps_its_stage_and_is_no_punishment():
    made = procedure("discipline-pp94")
    for name in ("release", "release_by_team"):
        move = made.move(name)
        assert move.origins == (move.to,)
        assert not move.sanction
        assert move.grounds
        assert {"particulars", "notice", "independence"} <= set(move.gates)


# -- BKN --


def test_a_block_is_announced_with_particulars_before_it_weighs_on_anybody():
    made = procedure("bkn-sbt")
    assert made.move("block").origins == ("block_announced",)
    assert made.move("announce_block").letter == "notice"
    assert "particulars" in made.move("announce_block").gates
    assert made.move("block").second


def test_what_bawaslu_already_studied_is_not_sent_back_to_be_verified():
    assert procedure("bkn-sbt").opening("handed_over").stage == "result"
    assert procedure("bkn-sbt").opening("report").stage == "verification"


# -- Terms --


@pytest.mark.parametrize(
    ("name", "stage", "term", "starts"),
    [
        ("bawaslu-general", "preliminary", "pemilu-kajian-awal", "received"),
        ("bawaslu-general", "plenary", "pemilu-tindak-lanjut", "entered:registered"),
        ("bawaslu-general", "plenary", "pemilu-keterangan-tambahan", "entered:registered"),
        ("bawaslu-regional", "study", "pilkada-tindak-lanjut", "received"),
        ("bawaslu-regional", "study", "pilkada-keterangan-tambahan", "term:pilkada-tindak-lanjut"),
        ("bawaslu-regional", "initial_information", "pilkada-penelusuran", "received"),
        ("bkn-sbt", "verification", "sbt-verifikasi", "received"),
        ("bkn-sbt", "at_bawaslu", "sbt-kajian", "handed_over"),
        ("bkn-sbt", "at_ppk", "sbt-ppk", "handed_over"),
        ("discipline-pp94", "summoned", "pp94-panggilan", "letter:summons"),
        ("discipline-pp94", "decided", "pp94-penyampaian", "entered"),
        ("discipline-pp94", "delivered", "keberatan", "served:decision"),
        ("discipline-pp94", "delivered", "bpasn-banding", "served:decision"),
        ("discipline-pp94", "objection", "keberatan-putusan", "remedy"),
        ("discipline-pp94", "appeal", "bpasn-putusan", "remedy"),
    ],
)
def test_terms_are_those_of_the_law_and_run_from_their_event(name, stage, term, starts):
    held = procedure(name).stage(stage).terms
    assert (deadlines.register().term(term), starts) in [(one.term, one.starts) for one in held]


def test_every_term_of_a_procedure_in_the_law_runs_somewhere():
    used = {one.term.id for _, stage in each_stage() for one in stage.terms}
    used |= {opening.term.id for made in procedures().values() for opening in made.openings.values() if opening.term}
    assert used == set(deadlines.register().terms)


def test_the_three_days_of_a_regional_contest_run_from_receipt_for_a_report_and_from_registration_for_a_finding():
    held = [one for one in procedure("bawaslu-regional").stage("study").terms if one.term.id == "pilkada-tindak-lanjut"]
    assert {one.starts: set(one.how) for one in held} == {
        "received": {"report", "handed_over"},
        "entered:registered": {"finding", "lead"},
    }


# -- Asked --


def test_a_name_that_does_not_exist_is_answered_with_the_nearest():
    made = procedure("discipline-pp94")
    with pytest.raises(BadInput, match="did you mean 'discipline-pp94'"):
        procedure("discipline-pp49")
    with pytest.raises(BadInput, match="no stage 'exam'"):
        made.stage("exam")
    with pytest.raises(BadInput, match="did you mean 'decide_heavy'"):
        made.move("decide_heavi")
    without = replace(made, openings={"report": made.openings["report"]})
    with pytest.raises(BadInput, match="begins by 'lead'"):
        without.opening("lead")


def test_nothing_leads_out_of_a_final_stage_and_everything_else_is_told_in_order():
    for made, stage in each_stage():
        out = made.out_of(stage.id)
        assert bool(out) != stage.final
        assert [move for move in made.moves.values() if stage.id in move.origins] == list(out)


def test_the_gates_are_the_eight_of_the_contract():
    assert (
        *("particulars", "notice", "heard", "tracing"),
        *("purpose", "consistency", "independence", "letter"),
    ) == GATES


@given(st.data())
def test_whoever_walks_at_random_can_always_go_on_to_an_end(data):
    made = data.draw(st.sampled_from(list(procedures().values())))
    stage = data.draw(st.sampled_from(list(made.openings.values()))).stage
    for _ in range(data.draw(st.integers(0, 12))):
        out = made.out_of(stage)
        if not out:
            break
        stage = data.draw(st.sampled_from(out)).to
    again = replace(made, openings={"report": replace(made.openings["report"], stage=stage)})
    assert any(made.stage(one).final for one in ways(again))


# -- What is faulty is told with its line --


def changed(folder, name, *pairs):
    """Copy one shipped procedure with something changed; give the faults of the copy, and its lines."""
    folder.mkdir()
    shutil.copy(SHIPPED / "sources.yaml", folder)
    text = (SHIPPED / f"{name}.yaml").read_text("utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    (folder / f"{name}.yaml").write_text(text, "utf-8")
    try:
        load(folder)
    except SeveralProblems as found:
        return found.problems, text.splitlines()
    return (), text.splitlines()


UNSUMMONED = "gates: [particulars, purpose], needs: [status], letter: summons}"
#: What is changed in a file; what is said of it; what stands in the line that is named.
FAULTS = {
    "an unknown role": (
        ("discipline-pp94", ("roles: [examiner], gates: [notice", "roles: [examinr], gates: [notice")),
        "there is no role 'examinr'; did you mean 'examiner'?",
        "team_report",
    ),
    "an unknown gate": (
        ("discipline-pp94", ("gates: [tracing, independence]", "gates: [tracking, independence]")),
        "input should be 'particulars'",
        "gates: [tracking",
    ),
    "an unknown term": (
        ("discipline-pp94", ("term: pp94-panggilan,", "term: pp94-pangilan,")),
        "there is no term 'pp94-pangilan'; did you mean 'pp94-panggilan'?",
        "pp94-pangilan",
    ),
    "an unknown term at the opening": (
        ("bawaslu-general", ("term: pemilu-laporan", "term: pemilu-lapor")),
        "there is no term 'pemilu-lapor'",
        "pemilu-lapor}",
    ),
    "an unknown term to wait for": (
        ("discipline-pp94", ("after: pp94-berlaku", "after: pp94-berlakunya")),
        "there is no term 'pp94-berlakunya'",
        "after:",
    ),
    "a term to wait for that does not run": (
        ("discipline-pp94", ("after: pp94-berlaku", "after: pp94-panggilan")),
        "the term pp94-panggilan does not run in delivered",
        "after:",
    ),
    "an unknown stage to go to": (
        ("discipline-pp94", ("  to: decided\n", "  to: decide\n")),
        "there is no stage 'decide'; did you mean 'decided'?",
        "to: decide",
    ),
    "an unknown stage to come from": (
        ("discipline-pp94", ("  from: [deciding, deciding_team]", "  from: [deciding, deciding_teem]")),
        "there is no stage 'deciding_teem'; did you mean 'deciding_team'?",
        "deciding_teem",
    ),
    "an unknown stage to begin in": (
        ("bkn-sbt", ("{how: lead, stage: verification}", "{how: lead, stage: verify}")),
        "there is no stage 'verify'",
        "verify}",
    ),
    "an unknown stage to count from": (
        ("bawaslu-general", ('from: "entered:registered"', 'from: "entered:registry"')),
        "there is no stage 'registry'",
        "entered:registry",
    ),
    "an unknown term to count from": (
        ("bawaslu-regional", ('from: "term:pilkada-tindak-lanjut"', 'from: "term:pemilu-tindak-lanjut"')),
        "there is no other term of this stage 'pemilu-tindak-lanjut'",
        "term:pemilu-tindak-lanjut",
    ),
    "an unknown source": (
        ("bkn-sbt", ("sources: [D04, D05, D06, S17]", "sources: [D04, D05, D06, S999]")),
        "there is no source 'S999'",
        "S999",
    ),
    "a citation without a source": (
        ("bkn-sbt", ("sources: [D04, D05, D06, S17]", "sources: []")),
        "a source is missing",
        "sources: []",
    ),
    "an unknown field": (
        ("bkn-sbt", ("  handed_to: ppk", "  handed_too: ppk")),
        "there is no such field here; did you mean 'handed_to'?",
        "handed_too",
    ),
    "a stage that cannot be left": (
        (
            "bkn-sbt",
            ("from: asked, to: result", "from: result, to: asked"),
            *(("[result, asked, ", "[result, ") for _ in range(3)),
            ("from: asked, to: asked", "from: result, to: asked"),
        ),
        "asked cannot be left; add a move out of it",
        "- id: asked",
    ),
    "a final stage that can be left": (
        ("bkn-sbt", ("[at_ppk, monitored, warned], to: result", "[at_ppk, monitored, acted], to: result")),
        "acted is final, yet recall_from_ppk leads out of it",
        "- id: acted",
    ),
    "a stage never reached": (
        ("bkn-sbt", ("from: verification, to: not_followed", "from: verification, to: stopped")),
        "not_followed is never reached",
        "- id: not_followed",
    ),
    "no final stage": (
        ("bkn-sbt", *(("  final: true\n", "") for _ in range(5))),
        "no stage is final",
        "stages:",
    ),
    "a circle without an end": (
        (
            "bkn-sbt",
            (
                "from: [monitored, warned, block_announced, blocked], to: cleared",
                "from: [monitored, warned, block_announced], to: cleared",
            ),
            (
                "from: [monitored, warned, block_announced, blocked], to: not_proven",
                "from: [monitored, warned, block_announced], to: not_proven",
            ),
            (
                "from: [monitored, warned, block_announced, blocked], to: stopped",
                "from: [monitored, warned, block_announced], to: stopped",
            ),
            ("from: blocked, to: monitored", "from: blocked, to: blocked"),
        ),
        "no way leads from blocked to an end",
        "- id: blocked",
    ),
    "a stage in which nobody can be cleared": (
        (
            "bkn-sbt",
            (
                "from: [monitored, warned, block_announced, blocked], to: cleared",
                "from: [monitored, warned, block_announced], to: cleared",
            ),
            (
                "from: [monitored, warned, block_announced, blocked], to: not_proven",
                "from: [monitored, warned, block_announced], to: not_proven",
            ),
            (
                "from: [monitored, warned, block_announced, blocked], to: stopped",
                "from: [monitored, warned, block_announced], to: stopped",
            ),
            (
                "from: blocked, to: monitored, roles: [official, head], grounds: true",
                "from: blocked, to: acted, roles: [official, head], grounds: true, end: forwarded",
            ),
        ),
        "nobody in blocked can still be cleared",
        "- id: blocked",
    ),
    "a sanction without tracing": (
        ("discipline-pp94", ("[particulars, notice, heard, tracing, purpose", "[particulars, notice, heard, purpose")),
        "decide is a sanction, and lacks the gate tracing; add it",
        "gates: [particulars, notice, heard, purpose",
    ),
    "a sanction without being heard": (
        (
            "discipline-pp94",
            ("[particulars, notice, heard, tracing, purpose", "[particulars, notice, tracing, purpose"),
        ),
        "decide is a sanction, and lacks the gate heard; add it",
        "gates: [particulars, notice, tracing, purpose",
    ),
    "a sanction without independence": (
        ("bkn-sbt", ("tracing, purpose, independence, letter]", "tracing, purpose, letter]")),
        "block is a sanction, and lacks the gate independence; add it",
        "tracing, purpose, letter]",
    ),
    "an end in a sanction that is not marked": (
        ("discipline-pp94", ("  sanction: true\n  end: sanctioned", "  end: sanctioned")),
        "put_into_effect ends in a sanction; mark it",
        "end: sanctioned",
    ),
    "a level of a sanction that is not marked": (
        ("discipline-pp94", ("  second: true\n  sanction: true\n", "  second: true\n")),
        "decide carries the level of a sanction; mark it",
        "levels: [light, medium]",
    ),
    "a sanction that goes untraced": (
        (
            "bkn-sbt",
            ("  second: true\n  sanction: true\n", "  second: true\n  sanction: true\n  may_forward_untraced: true\n"),
        ),
        "recommend is a sanction, which never goes past a closed gate tracing",
        "may_forward_untraced: true",
    ),
    "a summons without particulars": (
        ("discipline-pp94", (UNSUMMONED, UNSUMMONED.replace("particulars, ", ""))),
        "summon summons the respondent without the gate particulars",
        "id: summon,",
    ),
    "a second summons without particulars": (
        (
            "discipline-pp94",
            ("gates: [particulars, notice], letter: second_summons", "gates: [notice], letter: second_summons"),
        ),
        "summon_again summons the respondent without the gate particulars",
        "id: summon_again,",
    ),
    "a notice without particulars": (
        (
            "bkn-sbt",
            (
                "gates: [particulars, purpose, independence], needs: [status], letter: notice",
                "gates: [purpose, independence], needs: [status], letter: notice",
            ),
        ),
        "announce_block summons the respondent without the gate particulars",
        "id: announce_block,",
    ),
    "a decision without its letter's gate": (
        ("bkn-sbt", ("tracing, purpose, independence, letter]", "tracing, purpose, independence]")),
        "block sends a decision without the gate letter",
        "letter: decision",
    ),
    "a missing word for the reporter": (
        (
            "bkn-sbt",
            ("  reporter_sees: {id: Pengaduan Anda sedang diverifikasi, en: Your complaint is being verified}\n", ""),
        ),
        "this field is missing; add it",
        "- id: verification",
    ),
    "a missing word for the respondent": (
        (
            "bkn-sbt",
            (
                "  respondent_sees: {id: Belum ada yang perlu Anda lakukan, en: There is nothing for you to do yet}\n",
                "",
            ),
        ),
        "this field is missing; add it",
        "- id: verification",
    ),
    "an outside word without its twin": (
        (
            "bkn-sbt",
            (
                "{id: Pengaduan Anda sedang diverifikasi, en: Your complaint is being verified}",
                "{id: Pengaduan Anda sedang diverifikasi}",
            ),
        ),
        "this field is missing; add it",
        "reporter_sees: {id: Pengaduan Anda sedang diverifikasi}",
    ),
    "a blank outside word": (
        ("bkn-sbt", ("en: Your complaint is being verified}", 'en: " "}')),
        "these words are blank",
        'en: " "}',
    ),
    "one clearing end missing": (
        ("bawaslu-general", ("letter: clearing, grounds: true, end: not_proven", "grounds: true, end: stopped")),
        "this procedure can decide, but not end as not_proven",
        "moves:",
    ),
    "a final stage without an end": (
        ("bkn-sbt", ("grounds: true, end: forwarded", "grounds: true")),
        "record_acted leads to the final stage acted; say by `end`",
        "id: record_acted,",
    ),
    "two ends in one stage": (
        (
            "bkn-sbt",
            (
                "to: stopped, roles: [auditor, official], letter: clearing, grounds: true, end: stopped",
                "to: stopped, roles: [auditor, official], letter: clearing, grounds: true, end: cleared",
            ),
        ),
        "stopped is the end 'stopped' by another move",
        "id: record_stopped,",
    ),
    "an end before the end": (
        (
            "bkn-sbt",
            (
                "from: blocked, to: monitored, roles: [official, head], grounds: true",
                "from: blocked, to: monitored, roles: [official, head], grounds: true, end: stopped",
            ),
        ),
        "monitored is not final, so that lift ends nothing",
        "id: lift,",
    ),
    "a final stage that waits": (
        ("bkn-sbt", ("  final: true\n  note:", "  final: true\n  handed_to: ppk\n  note:")),
        "acted is final and waits for nobody",
        "handed_to: ppk",
    ),
    "a receiver whose refusal leads nowhere": (
        ("bkn-sbt", ("needs: [refused]}\n- {id: recall_from_bawaslu", "grounds: true}\n- {id: recall_from_bawaslu")),
        "at_bawaslu waits for an answer, and no move out of it needs 'refused'",
        "handed_to: bawaslu",
    ),
    "a receiver whose acceptance leads nowhere": (
        (
            "bkn-sbt",
            (
                "to: result, roles: [verifier, official], needs: [accepted]",
                "to: result, roles: [verifier, official], grounds: true",
            ),
        ),
        "at_bawaslu waits for an answer, and no move out of it needs 'accepted'",
        "handed_to: bawaslu",
    ),
    "an answer that nobody owes": (
        (
            "bkn-sbt",
            (
                "from: blocked, to: monitored, roles: [official, head], grounds: true",
                "from: blocked, to: monitored, roles: [official, head], needs: [accepted]",
            ),
        ),
        "lift needs an answer where nobody owes one",
        "id: lift,",
    ),
    "a hand-over that does not ask for tracing": (
        ("bkn-sbt", ("gates: [tracing], letter: forwarding, may_forward_untraced: true", "letter: forwarding")),
        "to_bawaslu hands over without the gate tracing",
        "id: to_bawaslu,",
    ),
    "an untraced move that hands nothing over": (
        ("bkn-sbt", ("gates: [notice, heard]}", "gates: [notice, heard], may_forward_untraced: true}")),
        "answered hands nothing over",
        "id: answered,",
    ),
    "nobody who may approve": (
        ("bkn-sbt", ("BKN}, may_approve: true", "BKN}"), ("BKN}, may_approve: true", "BKN}")),
        "recommend needs a second person, and no role may approve",
        "second: true",
    ),
    "a move on the spot without a reason": (
        (
            "discipline-pp94",
            (
                "[direct_superior, next_superior], grounds: true}\n- {id: end_release_by_team",
                "[direct_superior, next_superior]}\n- {id: end_release_by_team",
            ),
        ),
        "end_release leads back to where it begins",
        "id: end_release,",
    ),
    "a gate that stands twice": (
        ("discipline-pp94", ("gates: [tracing, independence]", "gates: [tracing, tracing, independence]")),
        "something stands twice in pass_on",
        "gates: [tracing, tracing",
    ),
    "an origin that stands twice": (
        ("discipline-pp94", ("from: [decided, delivered]", "from: [decided, decided, delivered]")),
        "something stands twice in take_back",
        "id: take_back,",
    ),
    "a stage that stands twice": (
        ("bkn-sbt", ("- id: cleared\n", "- id: blocked\n")),
        "'blocked' stands twice; keep one",
        "- id: blocked",
    ),
    "a move that stands twice": (
        ("bkn-sbt", ("{id: lift,", "{id: resume,")),
        "'resume' stands twice; keep one",
        "Lift the block",
    ),
    "a way in that stands twice": (
        ("bkn-sbt", ("{how: lead,", "{how: report,")),
        "'report' stands twice; keep one",
        "{how: report,",
    ),
    "a role that stands twice": (
        ("bkn-sbt", ("{id: auditor,", "{id: verifier,")),
        "'verifier' stands twice; keep one",
        "ASN management",
    ),
    "a file by another name": (
        ("bkn-sbt", ("id: bkn-sbt\n", "id: bkn-sbt-2\n")),
        "the file must be named as its id: bkn-sbt-2.yaml",
        "id: bkn-sbt-2",
    ),
    "a key that stands twice": (
        ("bkn-sbt", ("body: bkn\n", "body: bkn\nbody: bkn\n")),
        "the key 'body' stands twice",
        "body: bkn",
    ),
}


@pytest.mark.parametrize("what", FAULTS)
def test_a_fault_is_told_with_its_reason_and_its_line(tmp_path, what):
    (name, *pairs), said, line = FAULTS[what]
    found, lines = changed(tmp_path / "procedures", name, *pairs)
    told = [one for one in found if said in one.message]
    assert told, [str(one) for one in found]
    assert any(one.where == f"{name}.yaml" and line in lines[one.line - 1] for one in told), [str(one) for one in told]


def test_the_copy_itself_has_no_fault(tmp_path):
    assert changed(tmp_path / "procedures", "bkn-sbt")[0] == ()


def test_all_faults_of_all_files_are_told_at_once(tmp_path):
    folder = tmp_path / "procedures"
    shutil.copytree(SHIPPED, folder)
    for name in ("bkn-sbt", "discipline-pp94"):
        path = folder / f"{name}.yaml"
        text = path.read_text("utf-8").replace("letter: forwarding", "letter: forwards")
        path.write_text(text.replace("body: ", "bodi: ", 1), "utf-8")
    (folder / "bawaslu-general.yaml").write_bytes(b"schema: \xff")
    with pytest.raises(SeveralProblems) as found:
        load(folder)
    where = [one.where for one in found.value.problems]
    assert set(where) == {"bkn-sbt.yaml", "discipline-pp94.yaml", "bawaslu-general.yaml"}
    assert len(where) > 6


def test_faulty_sources_are_told_too(tmp_path):
    folder = tmp_path / "procedures"
    shutil.copytree(SHIPPED, folder)
    (folder / "sources.yaml").write_text(
        "schema: telusur.sources/1\nsources:\n- {id: D04, what: again, url: x}\n", "utf-8"
    )
    with pytest.raises(SeveralProblems, match=r"sources\.yaml:3: sources\[0\]\.id: 'D04' stands twice"):
        load(folder)
    (folder / "sources.yaml").write_text("schema: telusur.sources/1\n", "utf-8")
    with pytest.raises(SeveralProblems, match=r"sources\.yaml:1: sources: this field is missing"):
        load(folder)


def test_a_body_that_only_passes_things_on_need_clear_nobody():
    made = procedure("bkn-sbt")
    opening = {"report": replace(made.openings["report"], stage="a")}
    stages = {name: replace(made.stages["acted"], id=name, final=name == "b") for name in "ab"}
    passes = replace(made.moves["record_acted"], origins=("a",), to="b")
    small = replace(made, openings=opening, stages=stages, moves={"record_acted": passes})
    assert list(faults(small)) == []
    assert small.ends == {"forwarded"}


def test_words_are_twins():
    assert procedure("bkn-sbt").words.reporter == Text("Pelapor", "Reporter")


def test_a_procedure_that_cites_only_what_the_law_cites_needs_no_sources_of_its_own(tmp_path):
    shutil.copy(SHIPPED / "bkn-sbt.yaml", tmp_path)
    assert dict(load(tmp_path)) == {"bkn-sbt": procedure("bkn-sbt")}
