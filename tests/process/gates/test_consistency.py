"""Consistency: a sanction that the rule, the rank and like cases allow, and no other."""

import pytest

from process_case import FACTS, RULE, Case, before_deciding, heard_and_traced
from telusur import law, process
from telusur.domain.facts import Facts
from telusur.process import Sanction
from telusur.process.fold import added

pytestmark = pytest.mark.usefixtures("confirmed")

REFERRAL = next(one.id for one in law.catalogue().rules.values() if one.track == "criminal_referral")
FITTING = Sanction("heavy", "demotion", RULE, "ppk_central_or_province")


def reasons(case, sanction=FITTING, **told):
    step = case.step(process.Drafted, "drafter", **case.draft(sanction=sanction, **told))
    return " ".join(one.en for one in process.gates(added(case.file, step), case.at.date())[5].reasons)


def test_a_sanction_within_the_range_with_like_cases_looked_for_opens_it():
    assert reasons(before_deciding()) == ""


def test_without_a_draft_it_is_closed():
    assert "no draft" in before_deciding().gate("consistency").reasons[0].en


def test_a_draft_without_a_sanction_has_nothing_to_compare():
    assert heard_and_traced().drafted(result="not_proven").gate("consistency").open


def test_a_rule_that_is_only_reported_never_allows_a_sanction(unconfirmed):
    assert "only reported" in reasons(before_deciding())


@pytest.mark.parametrize(
    ("sanction", "told"),
    [
        (Sanction("dismissal", "dismissal-without-honour", RULE), "heavier than the rule"),
        (Sanction("heavier", "demotion", RULE), "heavier than the rule"),
        (Sanction("moral", "open-statement", RULE), "write what mitigates"),
        (Sanction("heavy", "open-statement", RULE, "ppk_central_or_province"), "no kind of sanction"),
        (Sanction("heavy", "demotion", "SKB-2022/E99"), "no rule SKB-2022/E99"),
        (Sanction("heavy", "demotion", RULE, "president"), "the draft names president"),
        (Sanction("heavy", "demotion", RULE), "the draft names nobody"),
        (Sanction("heavy", "demotion", "SKB-2022/D2", "ppk_central_or_province"), "No act is found proven"),
        (Sanction("moral", "open-statement", "SKB-2022/E4"), "cannot rest on the rule SKB-2022/E4"),
        (Sanction("heavy", "demotion", REFERRAL), "settles no level"),
    ],
)
def test_what_lies_outside_the_range_is_told(sanction, told):
    assert told in reasons(before_deciding(), sanction)


def test_a_lighter_sanction_with_what_mitigates_is_within_it():
    lighter = Sanction("medium", "allowance-25-6", RULE, "ppk_regency_or_city")
    assert reasons(before_deciding(), lighter, mitigation="Mengaku dan menghapus.") == ""


def test_a_kind_of_the_older_instrument_is_imposed_by_who_has_the_whole_level():
    lighter = Sanction("medium", "raise-delayed-1", RULE, "ppk_regency_or_city")
    assert reasons(before_deciding(), lighter, mitigation="Mengaku.") == ""


def test_like_cases_that_nobody_looked_for_close_it():
    assert "Like cases" in reasons(before_deciding(), like_cases=None)


def test_to_have_been_ordered_is_weighed():
    case = before_deciding()
    facts = Facts.read({**FACTS, "actor": {"status": "pns", "under_order": True}})
    case.stated(facts=facts)
    assert "acted under an order" in reasons(case)
    assert "acted under an order" not in reasons(case, mitigation="Diperintah atasannya.")


def test_the_rank_and_the_status_decide_who_may_punish_and_what_applies():
    case = before_deciding()
    case.take(process.StatusEstablished, status="pns", grounds="SK.")
    assert "rank is not established" in reasons(case)
    case.take(process.StatusEstablished, status="pns", grounds="SK.", rank="kepala")
    assert "there is no rank" in reasons(case)
    case.take(process.StatusEstablished, status="village_head", grounds="SK.", rank="pelaksana")
    assert "does not apply to the respondent's status" in reasons(case)


def test_facts_that_no_calendar_covers_are_told():
    case = Case().opened().established().captured()
    facts = Facts.read({**FACTS, "contest": {"kind": "president"}, "date": "2031-01-20"})
    case.stated(facts=facts, when=None)
    assert "calendar" in reasons(case)
