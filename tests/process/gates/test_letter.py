"""Letter: a decision is written so that one can answer it and appeal."""

import pytest

from process_case import DECISION_PARTS, before_deciding, ready_to_summon
from telusur import process

pytestmark = pytest.mark.usefixtures("confirmed")


def decided():
    return before_deciding().drafted().approved()


def test_a_letter_with_all_its_parts_opens_it():
    assert decided().written().gate("letter").open


def test_without_a_draft_or_a_letter_it_is_closed():
    assert "no draft" in before_deciding().gate("letter").reasons[0].en
    assert "make it" in decided().gate("letter").reasons[0].en


@pytest.mark.parametrize("part", DECISION_PARTS)
def test_each_part_that_is_left_out_closes_it(part):
    holds = tuple(one for one in DECISION_PARTS if one != part)
    assert not decided().written(holds=holds).gate("letter").open


def test_the_remedy_has_a_last_day():
    assert "last day" in decided().written(remedy_until=None).gate("letter").reasons[0].en


def test_a_letter_of_an_earlier_draft_is_not_this_ones():
    assert not decided().written().drafted("D2").gate("letter").open


def test_whoever_is_cleared_needs_no_remedy():
    case = ready_to_summon().drafted(result="cleared")
    holds = tuple(one for one in DECISION_PARTS if one != "remedy")
    assert case.written("clearing", holds=holds, remedy_until=None).gate("letter").open


def test_the_respondent_is_told_of_every_override():
    case = decided()
    case.take(process.Overridden, gate="letter", second="second", grounds="Mendesak.")
    assert "was not told" in case.written().gate("letter").reasons[0].en
    case.take(process.Told, whom="respondent", what="Syarat dilewati.", override="letter")
    assert case.gate("letter").open
