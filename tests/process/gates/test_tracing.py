"""Tracing: nobody is sanctioned for an account before it is traced, and decided by a person, who used it."""

import pytest

from process_case import FACTS, RESPONDENT, Case, heard_and_traced, ready_to_summon
from telusur import process
from telusur.domain.facts import Facts
from telusur.process.fold import added


def informed():
    return ready_to_summon().informed().served()


def test_a_tracing_and_then_a_decision_on_control_open_it():
    case = informed().traced()
    assert "named person" in case.gate("tracing").reasons[0].en
    assert case.decided().gate("tracing").open


def test_a_decision_without_a_tracing_does_not():
    case = informed().decided()
    assert "weigh first" in case.gate("tracing").reasons[0].en


def test_a_decision_before_the_last_tracing_does_not():
    assert not informed().traced().decided().traced().gate("tracing").open


def test_a_corrected_act_is_traced_anew():
    assert not heard_and_traced().stated().gate("tracing").open


@pytest.mark.parametrize("waited", [1, 400])
def test_silence_absence_and_lapse_are_no_admission(waited):
    case = informed().wait(6).served(days=3).wait(waited)
    assert not case.gate("tracing").open


def test_each_act_is_traced_on_its_own():
    case = heard_and_traced().stated("A2")
    assert [("A2" in reason.en) for reason in case.gate("tracing").reasons] == [True]


def test_a_file_without_acts_has_nothing_traced():
    assert not Case().opened().gate("tracing").open


def test_an_act_without_an_account_needs_no_tracing():
    facts = Facts.read({**FACTS, "act": {"kind": "attend_event"}})
    case = Case().opened().established().captured().stated(on_account=False, facts=facts)
    assert case.gate("tracing").open


def signed(case, *, admits=True, corroboration=("C",), by=RESPONDENT):
    return case.take(process.StatementSigned, by, act="A1", admits=admits, document="S", corroboration=corroboration)


def with_papers(case):
    return case.captured("S", 50).captured("C", 51).captured("R", 52, supplied_by="respondent")


def test_a_statement_signed_after_particulars_opens_it_together_with_what_corroborates_it():
    assert signed(with_papers(informed())).gate("tracing").open


@pytest.mark.parametrize("corroboration", [(), ("S",), ("R",), ("E1",)])
def test_a_statement_alone_does_not(corroboration):
    assert not signed(with_papers(informed()), corroboration=corroboration).gate("tracing").open


def test_a_statement_that_admits_nothing_does_not():
    assert not signed(with_papers(informed()), admits=False).gate("tracing").open


def test_a_statement_on_an_act_that_was_corrected_since_does_not():
    case = signed(with_papers(informed())).stated()
    assert not case.gate("tracing").open
    assert not case.informed().gate("tracing").open


def test_an_act_that_was_somebody_elses_is_never_held_against_the_respondent():
    case = heard_and_traced().drafted(result="referred", sanction=None)
    assert case.gate("tracing").open
    drafted = case.step(process.Drafted, "drafter", **case.draft("D2"))
    case.decided(value="other_after_takeover")
    assert "cannot be held" in process.gates(added(case.file, drafted), case.at.date())[3].reasons[0].en


@pytest.mark.parametrize("result", ["cleared", "not_proven", "stopped"])
def test_what_a_draft_lets_go_of_needs_no_tracing(result):
    case = informed().drafted(result=result)
    assert case.gate("tracing").open


def test_a_file_that_arrived_untraced_says_so():
    case = Case().opened("discipline-pp94", "handed_over", sender="bawaslu-general", bundle="cd" * 32)
    case.established().captured().stated()
    assert process.UNTRACED in case.gate("tracing").reasons
