"""Notice: the particulars as they now stand were served, and that is proven."""

from process_case import ready_to_summon
from telusur import process


def test_particulars_served_with_proof_open_it():
    assert ready_to_summon().informed().served().gate("notice").open


def test_particulars_that_were_only_drawn_up_do_not():
    case = ready_to_summon()
    assert "draw them up" in case.gate("notice").reasons[0].en
    assert "serve them" in case.informed().gate("notice").reasons[0].en


def test_a_service_without_proof_closes_it_and_asks_for_the_receipt():
    case = ready_to_summon().informed().take(process.Served, what="particulars", how="in person")
    assert "receipt" in case.gate("notice").reasons[0].en


def test_a_summons_without_proof_closes_it_too():
    case = ready_to_summon().informed().served().take(process.Served, what="summons", how="in person")
    assert [reason.en for reason in case.gate("notice").reasons] == [
        "The service (summons) has no proof; add the receipt or the minutes of it."
    ]


def test_an_act_that_is_stated_later_or_corrected_needs_its_own_notice():
    case = ready_to_summon().informed().served()
    assert not case.stated().gate("notice").open
    assert case.informed().served().gate("notice").open
    assert not case.stated("A2").gate("notice").open
