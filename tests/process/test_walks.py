"""Whole cases through the shipped procedures, from the first step to each kind of end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from process_case import APPROVER, OFFICER, RULE, SUPERIOR, Case, before_deciding, ready_to_summon, sha
from telusur import process
from telusur.process import Ballot, Sanction

VOTE = Ballot(in_favour=2, against=1, quorum=3, dissent=("Buktinya belum cukup.",))
pytestmark = pytest.mark.usefixtures("confirmed")


def heard_by_bawaslu(procedure="bawaslu-general"):
    """Give a report that was heard and studied, and lies before the plenary."""
    case = ready_to_summon(procedure=procedure).moved("register", "reviewer").informed().served()
    case.moved("invite", "reviewer").served("summons").moved("open_hearing", "reviewer").answered()
    return case.moved("close_hearing", "reviewer").asked_of_ties().moved("to_plenary", "reviewer")


def handed_over(case, *, accepted, n=70):
    case.take(process.HandedOver, to="BKN", bundle=sha(n))
    return case.take(process.ReceiverAnswered, bundle=sha(n), accepted=accepted, text="Jawaban tertulis.")


@pytest.mark.parametrize("procedure", ["bawaslu-general", "bawaslu-regional"])
def test_bawaslu_forwards_untraced_and_the_closed_gate_travels_along(procedure):
    case = heard_by_bawaslu(procedure).moved("forward", "chair", ballot=VOTE)
    assert not case.gate("tracing").open
    handed_over(case, accepted=True).moved("taken_by_supervisor", "reviewer")
    assert (case.file.end, case.file.stage) == ("forwarded", "forwarded")
    there = Case(at=case.at).opened(
        "bkn-sbt", "handed_over", carried=process.carried(case.file), bundle=sha(70), sender="Bawaslu"
    )
    assert there.file.stage == "result"
    assert not there.gate("tracing").open


def test_bawaslu_forwards_to_no_purpose_what_the_receiver_returns():
    case = heard_by_bawaslu().moved("forward", "chair", ballot=VOTE)
    case = handed_over(case, accepted=False).moved("returned_by_supervisor", "reviewer")
    assert case.file.stage == "study"


def test_elements_of_a_crime_are_referred_and_the_breach_forwarded_too():
    case = heard_by_bawaslu().moved("refer", "chair", ballot=VOTE, grounds="Unsur pidana.")
    assert case.refused(process.Moved, **move(case, "taken_by_gakkumdu", "reviewer"))
    handed_over(case, accepted=True).moved("both_tracks", "chair", grounds="Dua jalur.")
    handed_over(case, accepted=True, n=71).moved("taken_by_supervisor", "reviewer")
    assert case.file.end == "forwarded"


@pytest.mark.parametrize(
    ("name", "end"), [("clear", "cleared"), ("find_not_proven", "not_proven"), ("stop", "stopped")]
)
def test_the_plenary_ends_in_each_of_the_three_ways_by_a_vote(name, end):
    case = heard_by_bawaslu()
    assert case.refused(process.Moved, **move(case, name, "chair", grounds="Alasan."))
    assert case.moved(name, "chair", ballot=VOTE, grounds="Alasan.").file.end == end


def move(case, name, role, **told):
    return {"move": name, "role": role, "expected_version": case.file.version, **told}


def at_bkn():
    return ready_to_summon(procedure="bkn-sbt").moved("to_bawaslu", "verifier")


def test_bkn_has_it_studied_sends_it_to_the_ppk_and_records_what_that_did():
    case = handed_over(at_bkn(), accepted=True).moved("take_result", "verifier").asked_of_ties()
    case.moved("to_ppk", "official")
    handed_over(case, accepted=True, n=71).moved("taken_by_ppk", "auditor")
    case.moved("record_acted", "auditor", grounds="Hukuman tercatat di I'DIS.")
    assert case.file.end == "forwarded"


def test_a_block_needs_what_a_sanction_needs():
    case = (
        handed_over(at_bkn(), accepted=True)
        .moved("take_result", "verifier")
        .asked_of_ties()
        .moved("to_ppk", "official")
    )
    case.moved("warn", "official", grounds="PPK diam.").moved("announce_block", "official", grounds="PPK diam.")
    assert {"tracing", "heard"} <= {gate.name for gate in process.gates(case.file, case.at.date()) if not gate.open}
    assert case.refused(process.Moved, **move(case, "block", "head", grounds="PPK tidak menindaklanjuti."))
    assert case.file.stage == "block_announced"
    case.informed().served().served("summons").answered().traced().decided().genuine()
    case.drafted(sanction=None).approved(role="head").written()
    case.moved("block", "head", by=APPROVER, grounds="PPK tidak menindaklanjuti.")
    assert case.file.stage == "blocked"
    case.moved("record_cleared", "official", grounds="PPK menyatakan bukan perbuatannya.")
    assert case.file.end == "cleared"


def decided():
    case = before_deciding().drafted().approved().written()
    return case.moved("decide_heavy", "ppk", by=APPROVER)


def delivered():
    return decided().served("decision").moved("deliver", "personnel", by=OFFICER)


def test_a_punishment_takes_effect_after_its_term_and_not_a_day_before():
    case = delivered()
    assert case.refused(process.Moved, **move(case, "put_into_effect", "ppk"))
    case.wait(30).moved("put_into_effect", "ppk", by=APPROVER)
    assert case.file.end == "sanctioned"


@pytest.mark.parametrize(
    ("remedy", "take", "outcome", "then", "stage"),
    [
        ("objection", "take_objection", "upheld", "upheld", "in_effect"),
        ("objection", "take_objection", "annulled", "annulled_not_proven", "not_proven"),
        ("appeal", "take_appeal", "annulled", "examine_anew", "examined"),
        ("appeal", "take_appeal", "changed", "changed", "deciding_team"),
    ],
)
def test_a_remedy_holds_up_the_effect_and_what_it_comes_to_decides(remedy, take, outcome, then, stage):
    case = delivered()
    case.take(process.Remedy, "r-1", remedy=remedy, on=case.at.date())
    case.wait(30)
    assert case.refused(process.Moved, **move(case, "put_into_effect", "ppk"))
    case.moved(take, "personnel", by=OFFICER)
    assert case.refused(process.Moved, **move(case, then, "ppk", grounds="Putusan."))
    case.take(process.RemedyDecided, outcome=outcome, on=case.at.date(), grounds="Putusan.")
    if stage == "not_proven":
        case.drafted("D2", "not_proven").approved("D2")
    case.moved(then, "ppk", by=APPROVER, grounds="Putusan.")
    assert case.file.stage == stage


def test_after_a_changed_decision_the_new_one_has_its_own_remedy_and_effect():
    case = delivered()
    case.take(process.Remedy, "r-1", remedy="objection", on=case.at.date())
    case.moved("take_objection", "personnel", by=OFFICER)
    case.take(process.RemedyDecided, outcome="changed", on=case.at.date(), grounds="Terlalu berat.")
    case.moved("changed", "ppk", by=APPROVER, grounds="Putusan.")
    lighter = Sanction("heavy", "release", RULE, "ppk_central_or_province")
    case.drafted("D2", sanction=lighter).approved("D2").written(remedy_until=case.at.date() + timedelta(days=30))
    case.moved("decide_heavy", "ppk", by=APPROVER).served("decision").moved("deliver", "personnel", by=OFFICER)
    case.wait(40).moved("put_into_effect", "ppk", by=APPROVER)
    assert case.file.end == "sanctioned"


def test_a_superior_who_is_involved_hands_over_and_the_next_one_goes_on():
    case = ready_to_summon().informed().served()
    case.take(process.Recused, SUPERIOR, person=SUPERIOR, why="Ia yang memerintahkan.")
    case.moved("pass_up", "next_superior", by="next", grounds="Atasan langsung terlibat.")
    assert case.refused(process.Moved, SUPERIOR, **move(case, "summon", "direct_superior"))
    assert case.moved("summon", "next_superior", by="next").file.stage == "summoned"


def test_terms_run_where_the_procedure_says_so():
    case = delivered()
    assert {"pp94-berlaku", "keberatan", "bpasn-banding"} <= {
        one.id for one in process.terms(case.file, case.at.date())
    }
    regional = ready_to_summon(procedure="bawaslu-regional").moved("register", "reviewer")
    running = {one.id: one.due for one in process.terms(regional.file, regional.at.date())}
    assert running["pilkada-tindak-lanjut"] == date(2024, 1, 25)
    assert running["pilkada-keterangan-tambahan"] == date(2024, 1, 27)
