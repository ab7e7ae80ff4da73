"""What a finished case is to an audit: every end has its outcome, its days and its sanction."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from process_case import APPROVER, OFFICER, Case, before_deciding, confirm, ready_to_summon, sha
from telusur import balance, process
from telusur.office.audit import extract
from telusur.process import Ballot

VOTE = Ballot(in_favour=2, against=1, quorum=3, dissent=("Buktinya belum cukup.",))
PK = UUID(int=7)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    home = tmp_path_factory.mktemp("office")
    confirm(home)
    return home


@pytest.fixture(autouse=True)
def _confirmed(office, monkeypatch):
    monkeypatch.setenv("TELUSUR_HOME", str(office))


def row(case: Case) -> dict[str, object]:
    return extract.row(PK, case.file, None, None, b"k" * 32)


def studied() -> Case:
    case = ready_to_summon(procedure="bawaslu-general").moved("register", "reviewer").informed().served()
    case.moved("invite", "reviewer").served("summons").moved("open_hearing", "reviewer").answered()
    return case.moved("close_hearing", "reviewer").asked_of_ties().moved("to_plenary", "reviewer")


def delivered() -> Case:
    case = before_deciding().drafted().approved().written().moved("decide_heavy", "ppk", by=APPROVER)
    return case.served("decision").moved("deliver", "personnel", by=OFFICER)


def appealed(outcome: str, then: str) -> Case:
    case = delivered().take(process.Remedy, "r-1", remedy="objection", on=delivered().at.date())
    case.wait(30).moved("take_objection", "personnel", by=OFFICER)
    case.take(process.RemedyDecided, outcome=outcome, on=case.at.date(), grounds="Putusan.")
    if then == "annulled_not_proven":
        case.drafted("D2", "not_proven").approved("D2")
    return case.moved(then, "ppk", by=APPROVER, grounds="Putusan.")


def test_an_open_case_has_no_outcome_and_no_day_of_one():
    found = row(studied())
    assert found["outcome"] is None
    assert not {"decided", "executed", "severity"} & set(found)
    assert {"accepted", "examined"} <= set(found)


def test_a_report_that_was_never_a_case_is_dropped():
    case = Case().opened("bawaslu-general").established()
    case.moved("not_register", "commissioner", grounds="Tidak memenuhi syarat.")
    found = row(case)
    assert (found["outcome"], found["severity"], found["decided"]) == ("dropped", 0, case.at.date().isoformat())
    assert not {"accepted", "examined", "executed"} & set(found)


@pytest.mark.parametrize("end", ["clear", "find_not_proven", "stop"])
def test_a_case_that_was_heard_and_clears_somebody_is_not_proven(end):
    found = row(studied().moved(end, "chair", ballot=VOTE, grounds="Alasan."))
    assert (found["outcome"], found["severity"]) == ("not_proven", 0)
    assert {"accepted", "examined", "decided"} <= set(found)


def test_a_breach_that_was_forwarded_is_proven_with_no_sanction_known():
    case = studied().moved("forward", "chair", ballot=VOTE)
    decided = case.at.date().isoformat()
    case.wait(3).take(process.HandedOver, to="BKN", bundle=sha(70))
    case.take(process.ReceiverAnswered, bundle=sha(70), accepted=True, text="Jawaban tertulis.")
    found = row(case.moved("taken_by_supervisor", "reviewer"))
    assert (found["outcome"], found["decided"]) == ("proven", decided), "decided when it was found, not when taken"
    assert "severity" not in found


def test_a_punishment_is_proven_on_the_day_it_was_decided_and_executed_on_the_day_it_took_effect():
    case = delivered()
    assert row(case)["outcome"] is None, "it can still be changed"
    decided = case.at.date().isoformat()
    case.wait(30).moved("put_into_effect", "ppk", by=APPROVER)
    found = row(case)
    assert (found["outcome"], found["severity"]) == ("proven", 4)
    assert (found["decided"], found["executed"]) == (decided, case.at.date().isoformat())
    assert "appeal" not in found


def test_what_a_remedy_annulled_is_not_proven_and_says_that_it_was_changed_on_appeal():
    found = row(appealed("annulled", "annulled_not_proven"))
    assert (found["outcome"], found["severity"], found["appeal"]) == ("not_proven", 0, "annulled")
    assert "executed" not in found


def test_what_a_remedy_upheld_stays_proven():
    case = appealed("upheld", "upheld")
    found = row(case)
    assert (found["outcome"], found["appeal"]) == ("proven", "upheld")
    assert found["severity"] == 4


def test_a_remedy_that_waits_is_pending():
    case = delivered()
    assert row(case.take(process.Remedy, "r-1", remedy="objection", on=case.at.date()))["appeal"] == "pending"


def test_an_audit_takes_every_row_without_a_remark_and_in_the_order_of_days():
    found = [row(studied()), row(delivered().wait(30).moved("put_into_effect", "ppk", by=APPROVER))]
    told = [{**one, "case": f"{n:016x}", "beneficiary": "A/Q", "region": "31.71"} for n, one in enumerate(found)]
    late = delivered().at.date() + timedelta(days=90)
    cases = balance.read(enumerate(told, 1), censored_on=late)
    assert cases.n == 2
    assert not any(cases.left_out.values()), cases.left_out
