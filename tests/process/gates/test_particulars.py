"""Particulars: what a respondent must be told of each act before anybody is summoned."""

import pytest

from process_case import FACTS, Case, ready_to_summon
from telusur import process
from telusur.domain.facts import Facts


def reasons(case):
    return " ".join(reason.en for reason in case.gate("particulars").reasons)


def test_an_act_with_all_particulars_opens_the_gate():
    assert ready_to_summon().gate("particulars").open


def test_a_file_without_acts_or_status_is_closed_and_says_both():
    closed = reasons(Case().opened())
    assert "status" in closed
    assert "No act" in closed


@pytest.mark.parametrize(
    ("left_out", "asked_for"),
    [
        ({"when": None}, "time with the zone"),
        ({"platform": None}, "the platform"),
        ({"handle": None, "url": None}, "address or the account's name"),
        ({"evidence": ()}, "sealed evidence"),
        ({"rule": None}, "the rule it is examined under"),
        ({"rule": "SKB-2022/E99"}, "a rule of the catalogue"),
        ({"catalogue": None}, "version of the catalogue"),
    ],
)
def test_each_missing_particular_closes_it_and_is_asked_for(left_out, asked_for):
    assert asked_for in reasons(ready_to_summon().stated("A2", **left_out))


@pytest.mark.parametrize("kept", [{"handle": None}, {"url": None}])
def test_an_address_or_a_handle_is_enough(kept):
    assert ready_to_summon().stated("A2", **kept).gate("particulars").open


def test_an_act_without_an_account_needs_no_platform():
    facts = Facts.read({**FACTS, "act": {"kind": "attend_event"}})
    told = {"on_account": False, "facts": facts, "platform": None, "handle": None, "url": None}
    assert ready_to_summon().stated("A2", **told).gate("particulars").open


def test_evidence_that_is_not_sealed_is_none():
    case = Case().opened().established()
    case.take(
        process.EvidenceAdded,
        evidence="E1",
        sha256="0" * 64,
        name="x",
        grade=process.steps.Grade.E,
        supplied_by="reporter",
        sealed=False,
    )
    assert "sealed evidence" in reasons(case.stated())


def test_no_summons_is_served_while_it_is_closed_not_even_overridden():
    case = ready_to_summon().stated("A2", rule=None).informed()
    case.take(process.Overridden, gate="particulars", second="second", grounds="Mendesak.")
    assert case.gate("particulars").override
    case.captured("P", 5)
    refused = case.refused(process.Served, what="summons", how="in person", proof="P")
    assert refused.gate == "particulars"
