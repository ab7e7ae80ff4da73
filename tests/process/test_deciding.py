"""Drafts, approvals and overrides: two people, and nobody convicted by a draft."""

import pytest

from process_case import (
    APPROVER,
    DRAFTER,
    FACTS,
    OFFICER,
    REPORTER,
    RESPONDENT,
    before_deciding,
    heard_and_traced,
    ready_to_summon,
)
from telusur import process
from telusur.domain.facts import Facts
from telusur.process import Finding

pytestmark = pytest.mark.usefixtures("confirmed")


def english(refused):
    return " ".join(one.en for one in refused.reasons)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"grounds": ""}, "id and grounds"),
        ({"findings": ()}, "exactly one finding"),
        ({"findings": (Finding("A1", "proven"), Finding("A1", "cleared"))}, "exactly one finding"),
        ({"findings": (Finding("A1", "proven"), Finding("A9", "proven"))}, "exactly one finding"),
        ({"findings": (Finding("A1", "cleared"),)}, "no sanction without a proven act"),
    ],
)
def test_a_draft_is_whole(change, says):
    case = heard_and_traced()
    assert says in english(case.refused(process.Drafted, DRAFTER, **{**case.draft(), **change}))


def test_a_draft_has_an_id_of_its_own():
    case = heard_and_traced().drafted()
    assert "a draft D1 already" in english(case.refused(process.Drafted, DRAFTER, **case.draft()))


def test_nothing_is_found_proven_before_hearing_and_tracing_even_without_a_sanction():
    case = ready_to_summon().asked_of_ties()
    refused = case.refused(process.Drafted, DRAFTER, **case.draft(sanction=None))
    assert refused.gate == "heard"
    assert "tracing" in english(refused)
    case.drafted(result="referred", sanction=None)


def test_nothing_is_drafted_before_the_status_is_established():
    case = before_deciding()
    bare = process.read(step for step in case.file.steps[:3] if not isinstance(step, process.StatusEstablished))
    step = case.step(process.Drafted, DRAFTER, draft="D1", findings=(), grounds="x")
    assert "status first" in process.refusals(bare, step)[0].en


@pytest.mark.parametrize("value", ["other_after_takeover", "other_proven", "not_respondents_account", "shared_unknown"])
def test_an_act_that_others_may_have_done_is_not_proven_against_the_respondent(value):
    case = heard_and_traced().decided(value=value)
    assert "cannot be proven" in english(case.refused(process.Drafted, DRAFTER, **case.draft()))
    case.drafted(result="cleared")


@pytest.mark.parametrize("value", ["doubtful", "refuted"])
def test_an_act_whose_evidence_is_not_genuine_is_not_proven(value):
    case = heard_and_traced().genuine(value=value)
    assert "genuine" in english(case.refused(process.Drafted, DRAFTER, **case.draft()))


def test_a_draft_is_approved_by_a_second_person_in_a_role_that_may():
    case = before_deciding().drafted()
    assert case.refused(process.Approved, DRAFTER, draft="D1", role="ppk").gate == "independence"
    assert "PPK" in english(case.refused(process.Approved, APPROVER, draft="D1", role="examiner"))
    assert "not the standing" in english(case.refused(process.Approved, APPROVER, draft="D9", role="ppk"))
    assert case.refused(process.Approved, REPORTER, draft="D1", role="ppk").gate == "independence"
    case.approved()
    assert "approved already" in english(case.refused(process.Approved, "third", draft="D1", role="ppk"))


@pytest.mark.parametrize("what", ["answered", "traced", "decided", "genuine", "established", "stated"])
def test_a_draft_older_than_the_file_is_drafted_again(what):
    case = before_deciding().drafted()
    getattr(case, what)()
    assert "draft it again" in english(case.refused(process.Approved, APPROVER, draft="D1", role="ppk"))


def test_a_draft_that_was_sent_back_stands_no_more():
    case = before_deciding().drafted()
    assert "Write why" in english(case.refused(process.Returned, APPROVER, draft="D1", why=""))
    assert "not the standing" in english(case.refused(process.Returned, APPROVER, draft="D2", why="x"))
    case.take(process.Returned, APPROVER, draft="D1", why="Kurang alasan.")
    assert case.file.draft is None
    assert "not the standing" in english(case.refused(process.Approved, APPROVER, draft="D1", role="ppk"))
    assert case.drafted("D2").file.draft.step.draft == "D2"


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"second": OFFICER}, "second person"),
        ({"second": " "}, "second person"),
        ({"second": RESPONDENT}, "neither reporter nor respondent"),
        ({"second": "recused"}, "neither reporter nor respondent"),
        ({"second": process.SYSTEM}, "neither reporter nor respondent"),
        ({"grounds": ""}, "Write why"),
        ({"gate": "particulars"}, "is open"),
    ],
)
def test_an_override_takes_two_free_people_and_grounds(told, says):
    case = ready_to_summon().take(process.Recused, person="recused", why="x")
    given = {"gate": "notice", "second": "second", "grounds": "Mendesak.", **told}
    assert says in english(case.refused(process.Overridden, **given))


def test_an_override_holds_in_its_stage_only_and_leaves_the_gate_closed():
    case = ready_to_summon().take(process.Overridden, gate="notice", second="second", grounds="Mendesak.")
    gate = case.gate("notice")
    assert gate.override
    assert not gate.open
    case.moved("summon", "direct_superior")
    assert not case.gate("notice").override


def test_to_be_ordered_is_known_from_the_facts_or_the_order():
    case = ready_to_summon()
    assert not case.file.ordered
    assert case.stated(facts=Facts.read({**FACTS, "actor": {"under_order": True}})).file.ordered
    assert ready_to_summon(order="O1", order_role="ordered").file.ordered
    assert not ready_to_summon(order="O1", order_role="superior").file.ordered
