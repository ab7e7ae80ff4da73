"""The answers so far are plain values."""

import pytest

from law.selfcheck.asking import CAMPAIGN, interview
from telusur.domain.errors import BadInput
from telusur.law.selfcheck import State

START = State(CAMPAIGN)


def test_back_takes_the_last_answer_away():
    one = START.with_fact("act.kind", "like")
    assert one.with_fact("act.leaning", "supports").back() == one
    assert START.back() == START


def test_a_later_answer_wins():
    assert START.with_fact("act.kind", "like").with_fact("act.kind", "post").stated == {"act.kind": "post"}


def test_the_asker_acts_as_owner_on_purpose_and_now():
    facts = START.facts
    assert facts.value("attribution.account_control") == "owner"
    assert facts.value("attribution.authenticity") == "established"
    assert facts.value("act.accidental") is False
    assert facts.value("date") == CAMPAIGN


@pytest.mark.parametrize("name", ["date", "attribution.account_control", "act.accidental"])
def test_what_is_given_cannot_be_stated(name):
    with pytest.raises(BadInput, match="is given"):
        START.with_fact(name, None)


def test_an_unknown_value_names_the_nearest():
    with pytest.raises(BadInput, match="did you mean 'supports'"):
        START.with_fact("act.leaning", "support")


def asked(topic, **facts):
    state = START
    for name, value in {
        "act.kind": "photo_post",
        "contest.kind": "president",
        "target.kind": "contestant",
        **facts,
    }.items():
        state = state.with_fact(name, value)
    held = interview(CAMPAIGN)
    while (question := held.question(state)).topic != topic:
        state = state.with_answer(question.take([question.options[0].id] if not question.several else []))
    return question


def test_what_is_not_ticked_does_not_hold():
    question = asked("marks", **{"act.leaning": "neutral_information"})
    assert question.several
    taken = question.take(["symbol"])
    assert taken["act.symbol"] is True
    assert taken["act.appeal"] is False
    assert set(question.take([])) == set(question.facts)
    assert set(question.unknown.values()) == {None}


def test_options_that_exclude_each_other_are_not_both_taken():
    question = asked("marks", **{"act.leaning": "neutral_information"})
    with pytest.raises(BadInput, match="exclude each other"):
        question.take(["party_attribute", "uniform"])


def test_one_option_is_one():
    question = interview(CAMPAIGN).question(START)
    with pytest.raises(BadInput, match="exactly one"):
        question.take(["like", "post"])
    with pytest.raises(BadInput, match="did you mean 'like'"):
        question.take(["liek"])
