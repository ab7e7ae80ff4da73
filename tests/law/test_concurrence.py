"""Several acts of one person: one sanction, the heaviest, and never two for one act."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from telusur import law
from telusur.law.model import LEVELS

EXAMPLES = law.examples()


def answers(*names):
    return [law.determine(EXAMPLES[name].facts) for name in names]


def rules(counted):
    return [(one.act, one.result.rule.id) for one in counted]


def test_of_several_acts_the_heaviest_is_left():
    found = law.concurrence(answers("consultant-before-determination", "like-after-determination"))
    assert rules(found.heaviest) == [(1, "SKB-2022/D6")]
    assert [(one.counted.result.rule.id, one.because) for one in found.absorbed] == [("SKB-2022/D9a", "lighter")]
    assert found.unsettled == ()
    assert found.provision.citation.article == "35?"


def test_one_act_is_never_counted_twice():
    (answer,) = answers("licence-for-one-side")
    assert len(answer.met) > 2
    found = law.concurrence([answer])
    assert len(found.heaviest) == 1
    assert {one.because for one in found.absorbed} == {"same_act"}
    assert rules(found.referred) == [(0, "UU-PILKADA/71-1")]


def test_dismissal_outweighs_discipline():
    found = law.concurrence(answers("like-after-determination", "party-treasurer"))
    assert rules(found.heaviest) == [(1, "SKB-2022/D5")]


def test_ethics_and_discipline_for_different_acts_stand_beside_each_other():
    found = law.concurrence(answers("like-before-determination", "like-after-determination"))
    assert [one.result.rule.track for one in found.heaviest] == ["discipline", "ethics"]


def test_a_level_that_nothing_settles_is_left_to_a_person():
    found = law.concurrence(answers("speaker-at-a-party-meeting", "like-after-determination"))
    assert rules(found.unsettled) == [(0, "SKB-2022/speaker")]
    assert found.as_json()["absorbed"] == [
        {
            "act": 0,
            "rule": "SKB-2022/speaker",
            "track": "discipline",
            "sanction_level": "unsettled",
            "because": "lighter",
        }
    ]


def test_no_act_no_sanction():
    found = law.concurrence([])
    assert found.heaviest == found.absorbed == found.referred == ()
    assert law.concurrence(answers("silent-at-a-declaration")).heaviest == ()


@given(st.lists(st.sampled_from(sorted(EXAMPLES)), max_size=5))
def test_every_rule_that_is_met_is_counted_once_and_nothing_absorbed_is_graver(names):
    given_ = answers(*names)
    found = law.concurrence(given_)
    counted = [*found.heaviest, *(one.counted for one in found.absorbed), *found.referred]
    assert sorted(rules(counted)) == sorted(
        (number, one.rule.id) for number, answer in enumerate(given_) for one in answer.met
    )
    top = {one.result.rule.track: LEVELS.index(one.result.rule.level) for one in found.heaviest}
    for one in found.absorbed:
        track = one.counted.result.rule.track
        if one.because == "lighter" and track in top:
            assert LEVELS.index(one.counted.result.rule.level) <= top[track]
