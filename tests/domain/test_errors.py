"""What an error tells the person who meets it."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.domain.errors import BadInput, ContradictoryBounds, MissingZone, SeveralProblems, TelusurError, nearest
from telusur.domain.text import Text


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ({}, "is wrong"),
        ({"where": "case.yaml"}, "case.yaml: is wrong"),
        ({"where": "case.yaml", "line": 3}, "case.yaml:3: is wrong"),
        ({"where": "case.yaml", "line": 3, "field": "acts[0].at"}, "case.yaml:3: acts[0].at: is wrong"),
        ({"line": 3}, "line 3: is wrong"),
        ({"field": "act.kind"}, "act.kind: is wrong"),
        ({"line": 3, "field": "at"}, "line 3: at: is wrong"),
        ({"where": "case.yaml", "field": "at"}, "case.yaml: at: is wrong"),
    ],
)
def test_an_error_says_the_place_as_far_as_it_is_known(place, words):
    assert str(BadInput("is wrong", **place)) == words


@given(st.text(), st.none() | st.text(), st.none() | st.integers(1, 9999), st.none() | st.text())
def test_an_error_keeps_its_place_on_its_way_between_processes(message, where, line, field):
    error = BadInput(message, where=where, line=line, field=field)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is BadInput
    assert (again.message, again.where, again.line, again.field) == (message, where, line, field)
    assert str(again) == str(error)


def test_an_error_that_may_stand_in_a_dossier_speaks_both_languages_also_between_processes():
    error = BadInput(Text("rusak", "is damaged"), where="a.zip")
    assert str(error) == "a.zip: is damaged"
    assert pickle.loads(pickle.dumps(error)).words == Text("rusak", "is damaged")


def test_an_error_of_the_terminal_alone_is_said_in_a_dossier_with_its_english_words():
    assert BadInput("is odd").words == Text("tidak dapat dipakai (is odd)", "is odd")


def test_a_special_error_stays_special_between_processes():
    error = MissingZone("2024-01-20T09:35", where="case.yaml", line=4, field="at")
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is MissingZone
    assert str(again) == str(error)


def test_a_time_without_a_zone_is_told_how_to_write_each_of_the_three():
    assert all(zone in str(MissingZone("9.35")) for zone in ("'9.35'", "WIB", "WITA", "WIT", "+07:00"))


def test_several_problems_are_told_in_one_go_and_travel_together():
    problems = [BadInput("one", field="a"), BadInput("two", where="f", line=2)]
    error = SeveralProblems(problems)
    assert str(error) == "a: one; f:2: two"
    again = pickle.loads(pickle.dumps(error))
    assert [str(problem) for problem in again.problems] == ["a: one", "f:2: two"]


def test_every_error_of_the_house_can_be_caught_as_one():
    for kind in (BadInput, SeveralProblems, MissingZone, ContradictoryBounds):
        assert issubclass(kind, TelusurError)


def test_capitals_are_no_other_word():
    assert nearest("PNS", ["cpns", "pns", "pppk"]) == "did you mean 'pns'?"


def test_a_name_without_its_group_is_told_every_place_where_it_stands():
    known = ["SE-1/E4", "SKB-2/E4", "SKB-2/E5"]
    assert nearest("e4", known) == "did you mean 'SE-1/E4' or 'SKB-2/E4'?"


def test_a_slip_of_the_pen_is_told_the_nearest_known_word():
    assert nearest("presiden", ["mayor", "president"]) == "did you mean 'president'?"


def test_a_word_in_the_wrong_place_is_told_its_place():
    assert nearest("kind", ["act.kind", "date"]) == "did you mean 'act.kind'?"


def test_a_word_like_no_other_is_told_all_that_are_known():
    assert nearest("zzz", ["b", "a"]) == "known are a, b"


@given(st.text(), st.sets(st.text(min_size=1)))
def test_there_is_always_a_hint(word, known):
    hint = nearest(word, known)
    assert hint.startswith(("did you mean ", "known are "))
