"""What a step must say to be taken."""

import pickle
from datetime import date, timedelta

import pytest

from process_case import FACTS, OFFICER, REPORTER, RESPONDENT, Case, heard_and_traced, ready_to_summon, sha
from telusur import process
from telusur.domain.evidence import Grade
from telusur.domain.facts import Facts


def english(refused):
    return " ".join(one.en for one in refused.reasons)


OPEN = {"procedure": "discipline-pp94", "how": "report", "respondent": RESPONDENT, "received_on": date(2024, 1, 22)}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"procedure": "bawaslu"}, "no procedure"),
        ({"received_on": date(2024, 1, 23)}, "not come yet"),
        ({"bundle": sha(1)}, "handed over carries"),
        ({"how": "handed_over"}, "Name who handed it over"),
        ({"how": "handed_over", "sender": "bkn-sbt", "bundle": "short"}, "no SHA-256"),
        ({"reporter": RESPONDENT}, "two people"),
    ],
)
def test_a_file_is_opened_as_its_procedure_allows(change, says):
    assert says in english(Case().refused(process.Opened, **{**OPEN, **change}))


@pytest.mark.parametrize("by", [RESPONDENT, process.SYSTEM])
def test_a_file_is_opened_by_an_official(by):
    assert "opened by an official" in english(Case().refused(process.Opened, by, **OPEN))


def test_nothing_comes_before_the_opening_and_it_comes_once():
    assert "not opened" in english(Case().refused(process.Noted, text="x"))
    assert "opened already" in english(Case().opened().refused(process.Opened, **OPEN))


def test_no_step_is_dated_before_the_last_one():
    assert "before the last" in english(Case().opened().wait(-2).refused(process.Noted, text="x"))


REFUSED = [
    (process.StatusEstablished, {"status": "pn", "grounds": "SK."}, "did you mean"),
    (process.StatusEstablished, {"status": "pns", "grounds": " "}, "something is empty"),
    (process.EvidenceAdded, {"evidence": "E1"}, "never replaced"),
    (process.EvidenceAdded, {"sha256": "AB" * 32}, "no SHA-256"),
    (process.EvidenceAdded, {"name": ""}, "something is empty"),
    (process.PreservationAsked, {"to": "", "what": "log"}, "something is empty"),
    (process.ParticularsGiven, {"acts": ()}, "Name the acts"),
    (process.ParticularsGiven, {"acts": ("A9",)}, "no act A9"),
    (process.Served, {"what": "particulars", "how": ""}, "something is empty"),
    (process.Served, {"what": "particulars", "how": "x", "proof": "E9"}, "no evidence E9"),
    (process.Served, {"what": "particulars", "how": "x", "on": date(2024, 5, 1)}, "not come yet"),
    (process.Served, {"what": "particulars", "how": "x", "on": date(2024, 1, 1)}, "before the particulars"),
    (process.Served, {"what": "particulars", "how": "x", "reply_until": date(2024, 1, 22)}, "after the day of service"),
    (process.Served, {"what": "decision", "how": "x"}, "no approved decision"),
    (process.Answered, {"text": " "}, "is empty"),
    (process.Answered, {"text": "Bukan saya."}, "signed minutes"),
    (process.Answered, {"text": "Bukan saya.", "evidence": ("E1",)}, "signed minutes"),
    (process.Answered, {"text": "Bukan saya.", "evidence": ("E9",)}, "no evidence E9"),
    (process.HearingWaived, {"signed": False, "evidence": "E1"}, "only in writing"),
    (process.HearingWaived, {"signed": True, "evidence": "E9"}, "only in writing"),
    (process.Extended, {"term": "reply", "until": date(2024, 1, 23), "grounds": "x"}, "only makes it longer"),
    (process.Extended, {"term": "", "until": date(2024, 1, 23), "grounds": "x"}, "something is empty"),
    (process.Traced, {"act": "A9", "report": sha(1), "excludes_owner": True}, "no act A9"),
    (process.Traced, {"act": "A1", "report": "x", "excludes_owner": True}, "no SHA-256"),
    (process.ControlDecided, {"act": "A1", "value": "intruder", "grounds": "x"}, "no value of it"),
    (process.ControlDecided, {"act": "A1", "value": "owner", "grounds": ""}, "something is empty"),
    (process.ControlDecided, {"act": "A1", "value": "not_an_account_act", "grounds": "x"}, "with an account"),
    (process.AuthenticityDecided, {"act": "A1", "value": "fake", "grounds": "x"}, "no value of it"),
    (process.StatementSigned, {"act": "A1", "admits": True, "document": "E9"}, "no evidence E9"),
    (process.Recused, {"person": RESPONDENT, "why": "x"}, "officials who are recused"),
    (process.TieDeclared, {"who": "", "what": "x"}, "something is empty"),
    (process.LetterMade, {"letter": "summons", "sha256": "x"}, "no SHA-256"),
    (process.HandedOver, {"to": "bkn", "bundle": sha(4)}, "not handed over"),
    (process.ReceiverAnswered, {"bundle": sha(4), "accepted": False, "text": ""}, "No hand-over"),
    (process.Told, {"whom": "", "what": "x"}, "something is empty"),
    (process.Remedy, {"remedy": "appeal", "on": date(2024, 1, 22)}, "No decision was served"),
    (process.Remedy, {"remedy": "appeal", "on": date(2024, 5, 22)}, "not come yet"),
    (process.RemedyDecided, {"outcome": "upheld", "on": date(2024, 1, 22), "grounds": "x"}, "still to be decided"),
    (process.SuperiorSide, {"case": " "}, "write why none was opened"),
]

EVIDENCE = {
    "evidence": "E7",
    "sha256": sha(7),
    "name": "x",
    "grade": Grade.B,
    "supplied_by": "authority",
    "sealed": True,
}


@pytest.mark.parametrize(
    ("kind", "told", "says"), REFUSED, ids=[f"{kind.__name__}-{n}" for n, (kind, *_) in enumerate(REFUSED)]
)
def test_a_step_that_says_too_little_or_too_much_is_refused_with_what_to_do(kind, told, says):
    case = ready_to_summon().informed().served()
    told = {**EVIDENCE, **told} if kind is process.EvidenceAdded else told
    before = case.file
    assert says in english(case.refused(kind, **told))
    assert case.file is before


def test_before_the_particulars_there_is_nothing_to_answer_waive_admit_or_serve():
    case = ready_to_summon().captured("W", 8)
    assert "no particulars to answer" in english(case.refused(process.Answered, RESPONDENT, text="x"))
    assert "only after" in english(case.refused(process.HearingWaived, RESPONDENT, signed=True, evidence="W"))
    assert "after the particulars" in english(
        case.refused(process.StatementSigned, RESPONDENT, act="A1", admits=True, document="W")
    )
    assert "draw up" in english(case.refused(process.Served, what="particulars", how="x"))
    assert case.refused(process.Served, what="summons", how="x").gate == "particulars"
    assert "No last day" in english(case.refused(process.Extended, term="reply", until=date(2024, 2, 1), grounds="x"))


def test_a_second_summons_follows_a_first_one():
    case = ready_to_summon().informed().served()
    assert "No first summons" in english(case.refused(process.Served, what="second_summons", how="x"))
    case.served("summons").served("second_summons")


def test_an_answer_taken_down_by_an_official_has_its_signed_minutes():
    case = ready_to_summon().informed().served().captured("BAP", 60)
    assert case.take(process.Answered, OFFICER, text="Bukan saya.", evidence=("BAP",)).gate("heard").open


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"on_account": False}, "done with an account"),
        ({"on_account": False, "facts": Facts.read({})}, "State what kind"),
        ({"facts": Facts.read({**FACTS, "attribution": {"account_control": "owner"}})}, "decided by a named person"),
        ({"facts": Facts.read({**FACTS, "attribution": {"authenticity": "established"}})}, "decided by a named person"),
        ({"evidence": ("E9",)}, "no evidence E9"),
        ({"act": " "}, "something is empty"),
    ],
)
def test_an_act_is_stated_so_that_it_can_be_traced(told, says):
    case = ready_to_summon()
    stated = case.file.acts["A1"].stated
    names = ("act", "facts", "on_account", "when", "platform", "handle", "url", "evidence", "rule", "catalogue")
    refused = case.refused(process.ActStated, **{**{name: getattr(stated, name) for name in names}, **told})
    assert says in english(refused)


@pytest.mark.parametrize(
    ("by", "kind", "told", "says"),
    [
        (RESPONDENT, process.TieDeclared, {"who": "x", "what": "x"}, "respondent does not take"),
        (REPORTER, process.Recused, {"person": "x", "why": "x"}, "reporter does not take"),
        (process.SYSTEM, process.ControlDecided, {"act": "A1", "value": "owner", "grounds": "x"}, "decides nothing"),
        (RESPONDENT, process.EvidenceAdded, EVIDENCE, "supplied by the respondent"),
        (REPORTER, process.EvidenceAdded, EVIDENCE, "supplied by the reporter"),
        ("recused", process.ParticularsGiven, {"acts": ("A1",)}, "You are recused"),
    ],
)
def test_everybody_takes_only_the_steps_that_are_theirs(by, kind, told, says):
    case = ready_to_summon().take(process.Recused, person="recused", why="Sepupu.")
    assert says in english(case.refused(kind, by, **told))


def test_parties_may_bring_evidence_and_notes():
    case = heard_and_traced().captured("R1", 61, supplied_by="respondent", by=RESPONDENT)
    case.captured("P1", 62, supplied_by="reporter", by=REPORTER).take(process.Noted, RESPONDENT, text="x")
    assert set(case.file.evidence) >= {"R1", "P1"}


def test_a_step_is_refused_whole_and_the_refusal_travels_between_processes():
    refused = Case().opened().refused(process.StatusEstablished, status="", grounds="")
    again = pickle.loads(pickle.dumps(refused))
    assert (again.reasons, again.gate, str(again)) == (refused.reasons, refused.gate, str(refused))
    assert len(refused.reasons) == 2


def test_days_of_service_may_lie_before_they_are_recorded():
    case = ready_to_summon().informed().wait(3)
    on = case.at.date() - timedelta(days=2)
    case.served(on=on, reply_until=on + timedelta(days=5))
    assert case.file.served[0].step.day == on
