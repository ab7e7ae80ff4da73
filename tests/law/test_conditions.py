"""Conditions: three truths, and nothing that the vocabulary does not hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.drawn import ASKED, facts, values
from telusur.domain.errors import BadInput
from telusur.domain.vocabulary import FIELDS
from telusur.law.conditions import Reasons, compiled, values_of


def problem(path, message):
    return BadInput(message, field=".".join(map(str, path)))


def made(stated, terms=None):
    return compiled(stated, ("when",), problem, terms or {})


atoms = st.sampled_from(ASKED).flatmap(
    lambda name: st.lists(values(name), min_size=1, max_size=len(values_of(name)) - 1, unique=True).map(
        lambda listed: {name: listed}
    )
)
conditions = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
        inner.map(lambda part: {"not": part}),
        st.tuples(inner, atoms).map(lambda pair: {**pair[0], **pair[1]}),
    ),
    max_leaves=8,
)


def naive(stated, known):
    """Ask a condition as it is written, in numbers: 0 no, ½ unknown, 1 yes."""
    answers = []
    for key, value in stated.items():
        if key == "any":
            answers.append(max(naive(part, known) for part in value))
        elif key == "all":
            answers.append(min(naive(part, known) for part in value))
        elif key == "not":
            answers.append(1 - naive(value, known))
        else:
            found = known.get(key)
            listed = value if isinstance(value, list) else [value]
            answers.append(0.5 if found is None else float(found in listed))
    return min(answers)


@given(conditions, facts())
def test_a_second_reckoning_of_a_condition_agrees(stated, drawn):
    expected = {0: False, 0.5: None, 1: True}[naive(stated, drawn.stated)]
    assert made(stated).truth(drawn.stated) is expected


@given(conditions, facts())
def test_an_opposite_is_the_opposite_and_twice_is_the_same(stated, drawn):
    condition = made(stated)
    truth = condition.truth(drawn.stated)
    assert condition.negated().truth(drawn.stated) is (None if truth is None else not truth)
    assert condition.negated().negated().truth(drawn.stated) is truth


@given(conditions, facts(), st.data())
def test_what_is_decided_with_unknowns_stays_so_however_they_turn_out(stated, drawn, data):
    condition = made(stated)
    truth = condition.truth(drawn.stated)
    if truth is not None:
        filled = {name: data.draw(values(name)) for name in ASKED if drawn.stated.get(name) is None}
        assert condition.truth({**drawn.stated, **filled}) is truth


@given(conditions, facts())
def test_the_reasons_bear_out_the_answer(stated, drawn):
    condition = made(stated)
    truth = condition.truth(drawn.stated)
    condition.explain(drawn.stated, into := Reasons())
    if truth is None:
        assert into.missing
        assert not into.unmet
    elif truth:
        assert into.met
        assert not into.unmet
        assert not into.missing
    else:
        assert into.unmet
        assert not into.missing
    assert all(finding.found in finding.expected for finding in into.met)
    assert all(finding.found not in finding.expected for finding in into.unmet)


@given(conditions)
def test_a_condition_shows_as_data(stated):
    def leaves(shown):
        if "fact" in shown:
            return [shown]
        return [leaf for parts in shown.values() for part in parts for leaf in leaves(part)]

    condition = made(stated)
    assert [leaf["fact"] for leaf in leaves(condition.as_json())] == [atom.field for atom in condition.atoms()]


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ({}, "a condition is a mapping"),
        ([], "a condition is a mapping"),
        ({"any": []}, "takes a list"),
        ({"all": {"act.public": True}}, "takes a list"),
        ({"not": 3}, "a condition is a mapping"),
        ({"term": "x"}, "no terms are defined here"),
        ({"term": 3}, "there is no term 3"),
        ({"act.colour": ["red"]}, "there is no such fact"),
        ({"act.kind": ["lkie"]}, "did you mean 'like'"),
        ({"act.kind": [3]}, "3 is no value of it"),
        ({"act.public": 1}, "1 is no value of it; known are false, true"),
        ({"act.public": [True, False]}, "excludes nothing or everything"),
        ({"act.kind": []}, "excludes nothing or everything"),
        ({"act.kind": ["like", "like"]}, "stands twice"),
        ({"contest.region": ["31"]}, "no rule may depend on this fact"),
        ({"attribution.intent_claimed": ["x"]}, "no rule may depend on this fact"),
        ({"date": ["2024-01-01"]}, "no rule may depend on this fact"),
    ],
)
def test_what_cannot_be_asked_is_refused(stated, said):
    with pytest.raises(BadInput, match=said):
        made(stated)


def test_no_rule_can_name_a_contestant():
    assert not [name for name, field in FIELDS.items() if field.kind == "words" and name.startswith("target.")]
    with pytest.raises(BadInput, match="there is no such fact"):
        made({"target.name": ["somebody"]})
