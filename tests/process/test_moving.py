"""No way past a closed gate, and always a way on."""

from datetime import date

import pytest

from process_case import (
    APPROVER,
    DECISION_PARTS,
    DRAFTER,
    OTHER_RULE,
    RULE,
    Case,
    before_deciding,
    ready_to_summon,
    sha,
)
from telusur import process
from telusur.process import Ballot, Sanction

pytestmark = pytest.mark.usefixtures("confirmed")


def english(refused):
    return " ".join(one.en for one in refused.reasons)


def refused(case, move, role, by="ppk-1", **told):
    return case.refused(
        process.Moved, by, **{"move": move, "role": role, "expected_version": case.file.version, **told}
    )


def decided():
    return before_deciding().drafted().approved().written()


def delivered():
    case = decided().moved("decide_heavy", "ppk", "ppk-1").served("decision")
    return case.moved("deliver", "personnel")


def test_the_whole_way_to_a_sanction():
    case = delivered().wait(60).moved("put_into_effect", "personnel")
    assert (case.file.end, case.file.final) == ("sanctioned", True)
    assert process.replay(case.file.steps) == case.file


def test_a_stale_page_is_refused():
    assert "has changed" in english(refused(ready_to_summon(), "summon", "direct_superior", expected_version=1))


def test_a_move_that_is_not_there_is_refused():
    case = ready_to_summon()
    assert "has no move" in english(refused(case, "summons", "direct_superior"))
    assert "no such move from" in english(refused(case, "decide", "ppk"))
    assert "taken by" in english(refused(case, "summon", "examiner"))


def test_a_summons_waits_for_the_particulars():
    case = Case().opened().established()
    assert refused(case, "summon", "direct_superior").gate == "particulars"


def test_needs_are_told():
    case = Case().opened().captured()
    assert "status first" in english(refused(case, "summon", "direct_superior"))
    case = decided()
    case.moved("decide_heavy", "ppk", "ppk-1")
    assert "not served" in english(refused(case, "deliver", "personnel"))


def test_no_override_of_tracing_or_heard_or_independence_leads_to_a_sanction():
    case = decided()
    # Whoever approved it steps back, so that independence closes.
    case.take(process.Recused, person=APPROVER, why="Ipar pelapor.")
    case.take(process.Overridden, gate="independence", second="second", grounds="Mendesak.")
    assert refused(case, "decide_heavy", "ppk").gate == "independence"
    case = decided().traced()
    case.take(process.Overridden, gate="tracing", second="second", grounds="Mendesak.")
    assert refused(case, "decide_heavy", "ppk").gate == "tracing"
    case = decided().stated("A2")
    case.take(process.Overridden, gate="heard", second="second", grounds="Mendesak.")
    assert "The respondent has not" in english(refused(case, "decide_heavy", "ppk"))


def test_other_gates_may_be_overridden_and_the_respondent_is_told():
    case = decided()
    case.drafted("D2", like_cases=None).approved("D2").written()
    assert refused(case, "decide_heavy", "ppk").gate == "consistency"
    case.take(process.Overridden, gate="consistency", second="second", grounds="Belum ada perkara serupa.")
    assert "was not told" in english(refused(case, "decide_heavy", "ppk"))
    case.take(process.Told, whom="respondent", what="Syarat dilewati.", override="consistency")
    assert case.moved("decide_heavy", "ppk", "ppk-1").file.stage == "decided"


def test_a_rule_that_is_only_reported_leads_to_no_sanction_whatever_is_overridden(unconfirmed):
    case = decided()
    case.take(process.Overridden, gate="consistency", second="second", grounds="Mendesak.")
    case.take(process.Told, whom="respondent", what="Syarat dilewati.", override="consistency")
    assert "only reported" in english(refused(case, "decide_heavy", "ppk"))


def test_a_sanction_rests_on_an_approved_draft():
    case = before_deciding()
    assert "Draft the decision" in english(refused(case, "decide_heavy", "ppk"))
    assert "second person" in english(refused(case.drafted(), "decide_heavy", "ppk"))


def test_each_level_has_its_own_move():
    assert "for a sanction of the level light, medium" in english(refused(decided(), "decide", "ppk"))
    case = before_deciding().drafted(result="stopped").approved()
    assert "the draft holds none" in english(refused(case, "decide_heavy", "ppk"))


def test_a_decision_is_not_exchanged_on_its_way_to_effect():
    case = decided().moved("decide_heavy", "ppk", "ppk-1")
    case.drafted("D2", sanction=Sanction("heavy", "release", RULE, "ppk_central_or_province")).approved("D2").written()
    case.served("decision")
    assert "not the one that was decided" in english(refused(case, "deliver", "personnel"))
    case.moved("take_back", "ppk", "ppk-1", grounds="Salah ketik.")


def test_what_changes_after_the_decision_is_decided_again():
    case = decided().moved("decide_heavy", "ppk", "ppk-1").served("decision").decided()
    assert "has changed since" in english(refused(case, "deliver", "personnel"))
    case = decided().decided(value="other_proven")
    assert refused(case, "decide_heavy", "ppk").gate == "tracing"


def test_a_sanction_takes_effect_only_when_its_term_is_over_in_every_reading():
    case = delivered()
    assert "term is over" in english(refused(case, "put_into_effect", "personnel"))
    # The fifteenth day by one reading, the fifteenth working day by another.
    case.wait(16)
    assert "term is over" in english(refused(case, "put_into_effect", "personnel"))


def test_an_objection_is_awaited():
    case = delivered().take(process.Remedy, "r-1", remedy="objection", on=date(2024, 1, 22))
    case.wait(60)
    assert "await it" in english(refused(case, "put_into_effect", "personnel"))
    assert "No appeal" in english(refused(case, "take_appeal", "personnel"))
    case.moved("take_objection", "personnel")
    assert "not decided yet" in english(refused(case, "upheld", "personnel"))
    case.take(process.RemedyDecided, outcome="annulled", on=date(2024, 3, 1), grounds="Penelusuran keliru.")
    assert "did not uphold" in english(refused(case, "upheld", "personnel"))
    case.moved("annulled_clear", "personnel", grounds="Dibatalkan.")
    assert case.file.end == "cleared"


def test_a_denied_objection_lets_the_sanction_take_effect():
    case = delivered().take(process.Remedy, "r-1", remedy="objection", on=date(2024, 1, 22))
    case.moved("take_objection", "personnel")
    case.take(process.RemedyDecided, outcome="upheld", on=date(2024, 1, 22), grounds="Tetap.")
    assert case.moved("upheld", "personnel").file.end == "sanctioned"


@pytest.mark.parametrize(
    ("end", "result"), [("clear", "cleared"), ("find_not_proven", "not_proven"), ("stop", "stopped")]
)
def test_three_ends_without_a_sanction_each_agree_with_the_findings(end, result):
    case = before_deciding().drafted(result=result).approved()
    case.moved(end, "ppk", "ppk-1", grounds="Alasan.")
    assert case.file.end == result
    assert "come to an end" in english(case.refused(process.Drafted, DRAFTER, **case.draft("D9", "stopped")))
    assert "come to an end" in english(case.refused(process.Returned, DRAFTER, draft="D1", why="x"))
    case.take(process.Told, whom="bkn", what="Dinyatakan bersih.")


def test_an_end_that_contradicts_the_findings_is_refused():
    for end, result in (("clear", "not_proven"), ("find_not_proven", "cleared"), ("find_not_proven", "stopped")):
        case = before_deciding().drafted(result=result).approved()
        assert "does not agree" in english(refused(case, end, "ppk", grounds="x"))
    case = decided()
    assert "does not agree" in english(refused(case, "stop", "ppk", grounds="x"))


def test_grounds_are_written_down():
    assert "Write down why" in english(refused(before_deciding(), "team_again", "ppk", grounds=" "))


# -- votes, and other bodies --


def at_plenary():
    case = Case().opened("bawaslu-general", received_on=date(2024, 1, 22)).established().captured().stated()
    case.asked_of_ties().moved("register", "reviewer")
    case.informed().served().answered()
    case.moved("straight_to_plenary", "reviewer", grounds="Cukup.")
    return case


@pytest.mark.parametrize(
    ("ballot", "says"),
    [
        (None, "Record the vote"),
        (Ballot(3, 0, 0), "cannot be"),
        (Ballot(3, -1, 1), "cannot be"),
        (Ballot(2, 0, 3), "no quorum"),
        (Ballot(2, 3, 3), "majority"),
        (Ballot(2, 2, 3), "majority"),
        (Ballot(3, 1, 3, ("a", "b")), "more dissents"),
    ],
)
def test_a_plenary_votes_with_a_quorum(ballot, says):
    assert says in english(refused(at_plenary(), "forward", "chair", ballot=ballot))


def test_a_file_may_be_forwarded_untraced_and_the_closed_gate_travels():
    case = at_plenary()
    assert not case.gate("tracing").open
    case.moved("forward", "chair", "chair-1", ballot=Ballot(3, 1, 3, ("Belum ditelusuri.",)))
    case.take(process.HandedOver, to="bkn", bundle=sha(4))
    assert "handed over already" in english(case.refused(process.HandedOver, to="bkn", bundle=sha(4)))
    assert case.file.handovers[0].untraced
    assert "receiver's answer" in english(refused(case, "taken_by_supervisor", "reviewer"))
    case.take(process.ReceiverAnswered, bundle=sha(4), accepted=True, text="Diterima.")
    assert "did not take" in english(refused(case, "returned_by_supervisor", "reviewer"))
    case.moved("taken_by_supervisor", "reviewer")
    assert case.file.end == "forwarded"
    assert case.file.told_bodies == ("bkn",)
    receiver = Case(at=case.at).opened(
        "discipline-pp94", "handed_over", sender="bawaslu-general", bundle=sha(4), carried=process.carried(case.file)
    )
    assert process.UNTRACED in receiver.gate("tracing").reasons
    assert receiver.gate("heard").open
    draft = receiver.draft()
    assert receiver.refused(process.Drafted, DRAFTER, **draft).gate == "tracing"


def test_a_refusal_by_the_receiver_is_explained_and_brings_the_file_back():
    case = at_plenary().moved("forward", "chair", "chair-1", ballot=Ballot(3, 0, 3))
    case.take(process.HandedOver, to="bkn", bundle=sha(4))
    assert "empty" in english(case.refused(process.ReceiverAnswered, bundle=sha(4), accepted=False, text=""))
    case.take(process.ReceiverAnswered, bundle=sha(4), accepted=False, text="Kurang bukti.")
    assert case.moved("returned_by_supervisor", "reviewer").file.stage == "study"


# -- people --


def test_a_superior_who_hands_the_case_on_has_no_more_part_in_it():
    case = ready_to_summon().moved("pass_up", "direct_superior", "involved", grounds="Saya terlibat.")
    assert "handed this case" in english(refused(case, "summon", "direct_superior", "involved"))
    case.moved("summon", "next_superior", "next")


def test_whoever_writes_down_that_a_recused_superior_hands_on_stays():
    case = ready_to_summon().take(process.Recused, person="involved", why="Pemberi perintah.")
    assert "You are recused" in english(refused(case, "pass_up", "direct_superior", "involved", grounds="x"))
    case.moved("pass_up", "personnel", "clerk", grounds="Atasan langsung terlibat.")
    case.take(process.Noted, "clerk", text="x").moved("summon", "next_superior", "next")


def test_a_subordinates_file_does_not_end_while_the_superiors_is_neither_named_nor_explained():
    case = ready_to_summon(order="O1", order_role="ordered").asked_of_ties().drafted(result="stopped").approved()
    assert "acted under an order" in english(refused(case, "stop", "ppk", grounds="x"))
    case.take(process.SuperiorSide, grounds="Pemberi perintah belum dikenali.")
    assert case.moved("stop", "ppk", "ppk-1", grounds="x").file.end == "stopped"


def test_a_sanction_on_another_rule_than_the_acts_is_refused():
    case = before_deciding()
    case.drafted(sanction=Sanction("heavy", "demotion", OTHER_RULE, "ppk_central_or_province")).approved().written()
    assert refused(case, "decide_heavy", "ppk").gate == "consistency"


def test_a_letter_without_its_parts_holds_the_decision_up():
    case = before_deciding().drafted().approved().written(holds=DECISION_PARTS[:2])
    assert refused(case, "decide_heavy", "ppk").gate == "letter"


def test_the_way_that_a_hearing_goes_needs_an_answer_or_minutes():
    case = ready_to_summon().asked_of_ties().informed().served()
    case.moved("summon", "direct_superior").moved("examine", "direct_superior")
    assert "no answer and no minutes" in english(refused(case, "sign_record", "direct_superior"))
    case.take(process.LetterMade, process.SYSTEM, letter="minutes", sha256=sha(3))
    case.moved("sign_record", "direct_superior")
