"""Heard: a real opportunity to answer; silence alone is none."""

from datetime import timedelta

import pytest

from process_case import RESPONDENT, ready_to_summon
from telusur import process


def served_once():
    return ready_to_summon().informed().served(days=5)


def test_an_answer_after_the_particulars_opens_it():
    assert served_once().answered().gate("heard").open


def test_before_the_particulars_it_is_closed():
    assert "particulars" in ready_to_summon().gate("heard").reasons[0].en


def test_the_passing_of_time_after_one_attempt_does_not_open_it():
    case = served_once()
    assert "two proven attempts" in case.wait(60).gate("heard").reasons[0].en


def test_two_attempts_with_their_time_over_open_it():
    case = served_once().wait(6)
    case.take(process.Served, what="summons", how="in person")
    assert not case.gate("heard").open
    case.served("second_summons", days=3)
    assert "still runs" in case.wait(3).gate("heard").reasons[0].en
    assert case.wait(1).gate("heard").open


def test_a_second_attempt_within_the_time_of_the_first_is_none():
    case = served_once().served("summons", days=3)
    assert not case.wait(60).gate("heard").open


@pytest.mark.parametrize("missing", [{"proof": None}, {"reply_until": None}])
def test_an_attempt_without_proof_or_without_a_last_day_is_none(missing):
    case = served_once().wait(6).served("particulars", days=3, **missing)
    assert not case.wait(60).gate("heard").open


def test_an_extension_moves_the_last_day():
    case = served_once().wait(6).served(days=3)
    until = case.file.reply_until + timedelta(days=5)
    case.take(process.Extended, term="reply", until=until, grounds="Terlapor sakit.")
    assert not case.wait(5).gate("heard").open
    assert case.wait(5).gate("heard").open


def test_a_waiver_in_writing_after_the_particulars_opens_it():
    case = served_once().captured("W", 9)
    assert case.take(process.HearingWaived, RESPONDENT, signed=True, evidence="W").gate("heard").open


def test_an_answer_to_older_particulars_does_not_answer_new_ones():
    case = served_once().answered().stated("A2")
    assert not case.gate("heard").open
    assert not case.informed().gate("heard").open
    assert case.answered().gate("heard").open
