"""What the facts of an act promise."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.domain.errors import BadInput, SeveralProblems
from telusur.domain.facts import Facts, checked, flatten
from telusur.domain.vocabulary import FIELDS, GROUPS


def values_of(name):
    field = FIELDS[name]
    if field.kind == "flag":
        return st.none() | st.booleans()
    if field.kind == "date":
        return st.none() | st.dates()
    return st.none() | (st.sampled_from(field.values) if field.values else st.text())


stated = st.fixed_dictionaries({}, optional={name: values_of(name) for name in FIELDS})


@given(stated)
def test_facts_survive_being_written_and_read(facts):
    read = Facts.read(facts)
    assert Facts.read(read.as_json()) == read
    assert dict(read.stated) == facts


@given(stated)
def test_the_order_of_writing_does_not_matter(facts):
    backwards = dict(reversed(facts.items()))
    assert list(Facts.read(facts).stated) == list(Facts.read(backwards).stated)
    assert hash(Facts.read(facts)) == hash(Facts.read(backwards))


@given(stated)
def test_only_an_exception_that_nobody_stated_is_presumed_absent(facts):
    read = Facts.read(facts)
    for name, field in FIELDS.items():
        presumed = field.exception and field.kind == "flag" and name not in facts
        assert read.is_presumed(name) == presumed
        assert read.value(name) == (False if presumed else facts.get(name))


def test_unknown_is_never_read_as_no():
    assert Facts({}).value("act.public") is None
    assert Facts.read({"actor": {"under_order": None}}).value("actor.under_order") is None


def test_nested_and_dotted_names_mean_the_same_and_mix():
    nested = Facts.read({"act": {"kind": "like"}, "contest": {"kind": "president"}})
    assert Facts.read({"act.kind": "like", "contest": {"kind": "president"}}) == nested


def test_a_group_may_be_empty():
    assert Facts.read({"act": None, "target": {}}) == Facts({})


def test_a_round_may_be_written_as_a_number():
    assert Facts.read({"contest": {"round": 2}}).value("contest.round") == "2"


def test_a_date_is_read_from_words_and_written_as_words():
    facts = Facts.read({"date": "2024-01-20"})
    assert facts.value("date") == date(2024, 1, 20)
    assert facts.as_json() == {"date": "2024-01-20"}


@pytest.mark.parametrize(
    ("nested", "words"),
    [
        ({"act": {"knd": "like"}}, r"act\.knd: there is no such fact; did you mean 'act\.kind'"),
        ({"kind": "like"}, "did you mean '[a-z]+.kind'"),
        ({"act": {"kind": "likes"}}, r"act\.kind: 'likes' is no value of it; did you mean 'like'"),
        ({"act": {"public": "yes"}}, r"act\.public: expected true, false or null \(unknown\), found 'yes'"),
        ({"act": {"public": 1}}, "expected true, false or null"),
        ({"act": {"kind": True}}, "expected one of post, comment"),
        ({"contest": {"region": ["a"]}}, "expected text, found"),
        ({"date": "20-01-2024"}, "expected a date as 2024-01-20"),
        ({"date": "2024-02-30"}, "expected a date as 2024-01-20"),
        ({"date": "20240120"}, "expected a date as 2024-01-20"),
        ({"date": "2024-W03-1"}, "expected a date as 2024-01-20"),
        ({"date": datetime(2024, 1, 20)}, "expected a date as 2024-01-20"),  # noqa: DTZ001  (what a zone is missing of)
        ({"date": 2024}, "expected a date as 2024-01-20"),
        ({"act": {"kind": "like"}, "act.kind": "post"}, r"act\.kind: stands twice"),
        ({"act": "like"}, "act: there is no such fact"),
    ],
)
def test_a_wrong_fact_is_named_with_what_was_expected(nested, words):
    with pytest.raises(SeveralProblems, match=words):
        Facts.read(nested)


def test_all_problems_come_in_one_go():
    with pytest.raises(SeveralProblems) as caught:
        Facts.read({"act": {"kind": "likes", "publik": True}, "actor": {"status": "asn"}})
    assert [problem.field for problem in caught.value.problems] == ["act.kind", "act.publik", "actor.status"]


@given(stated, stated)
def test_facts_set_later_win_and_the_rest_stays(first, second):
    merged = Facts.read(first).updated(second)
    assert dict(merged.stated) == {**first, **second}
    assert list(merged.stated) == [name for name in FIELDS if name in merged.stated]


def test_facts_can_be_set_by_name():
    assert Facts({}).updated({"act.kind": "like", "date": "2024-01-20"}).as_json() == {
        "date": "2024-01-20",
        "act": {"kind": "like"},
    }


def test_a_wrong_fact_cannot_be_set():
    with pytest.raises(BadInput, match="no value of it"):
        Facts({}).updated({"act.kind": "likes"})


@given(st.sampled_from(sorted(FIELDS)), st.none() | st.booleans() | st.integers() | st.text() | st.dates())
def test_whatever_is_accepted_lies_in_the_vocabulary(name, value):
    field = FIELDS[name]
    try:
        accepted = checked(name, value)
    except BadInput:
        return
    if accepted is None:
        assert value is None
    elif field.kind == "flag":
        assert isinstance(accepted, bool)
    elif field.kind == "date":
        assert type(accepted) is date
    else:
        assert isinstance(accepted, str)
        assert not field.values or accepted in field.values


def test_flattening_leaves_what_is_no_group_alone():
    assert list(flatten({"date": "d", "act": {"kind": "like"}})) == [("date", "d"), ("act.kind", "like")]


def test_the_vocabulary_cannot_say_who_is_favoured():
    words = " ".join(FIELDS) + " ".join(value for field in FIELDS.values() for value in field.values)
    assert not {"candidate", "party_name", "number", "identity"} & set(words.replace(".", " ").split())
    assert all(name == "date" or name.split(".")[0] in GROUPS for name in FIELDS)


def test_a_number_that_equals_yes_or_no_is_none_after_they_were_read():
    for value in (True, False, 1, 0, 1.0):
        if isinstance(value, bool):
            assert Facts.read({"act": {"public": value}}).value("act.public") is value
        else:
            with pytest.raises(SeveralProblems, match="expected true, false or null"):
                Facts.read({"act": {"public": value}})
    assert Facts.read({"contest.round": "1"}) == Facts.read({"contest.round": 1})
    with pytest.raises(SeveralProblems, match=r"contest\.round: expected one of 1, 2, rerun, found True"):
        Facts.read({"contest.round": True})
