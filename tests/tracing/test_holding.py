"""What agrees in one file supports no more than the file does."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.domain.evidence import Grade
from telusur.domain.proposition import Proposition
from telusur.domain.text import Text
from telusur.domain.weight import Weight
from telusur.tracing import bearing
from telusur.tracing.holding import held
from telusur.tracing.item import Item

P = Proposition
CAPS = bearing.table().grade_caps
WORDS = Text("a", "a")


def item(group, source="ekspor.zip", grade=Grade.C, **bans):
    weights = {P(name): Weight(v, v - 0.5, v + 0.5, -4, 4, "calibrated") for name, v in bans.items()}
    return Item(f"{group}.a", group, WORDS, grade, WORDS, weights, WORDS, source=source)


def total(items, proposition):
    return sum(one.weights[proposition].log10_lr for one in items if proposition in one.weights)


def test_groups_that_speak_out_of_one_file_support_together_what_the_file_supports():
    found = held([item(group, taken_over=1.5) for group in ("session", "style", "behaviour")], CAPS)
    assert total(found, P.TAKEN_OVER) == pytest.approx(CAPS[Grade.C])
    assert all(one.weights[P.TAKEN_OVER].free == 1.5 for one in found)


def test_groups_that_rest_on_different_files_add_up():
    given_items = [item("session", taken_over=1.5), item("style", "kiriman.html", taken_over=1.5)]
    assert held(given_items, CAPS) == given_items


def test_what_rests_on_no_file_is_not_held_with_others():
    given_items = [item("session", "", taken_over=1.5), item("statement", "", taken_over=1.5)]
    assert held(given_items, CAPS) == given_items


def test_items_of_several_grades_in_one_file_are_held_by_the_best_of_them():
    given_items = [item("session", grade=Grade.B, taken_over=2.0), item("style", taken_over=2.0)]
    assert total(held(given_items, CAPS), P.TAKEN_OVER) == pytest.approx(CAPS[Grade.B])


def test_what_a_file_speaks_against_does_not_weaken_what_it_supports():
    sure = [item(group, impersonation=-2.0, fabricated=-1.0) for group in ("integrity", "identity")]
    *_, session = held([*sure, item("session", taken_over=1.2)], CAPS)
    assert session.weights[P.TAKEN_OVER].log10_lr == 1.2


def test_which_proposition_a_file_supports_better_stays():
    found = held([item(group, taken_over=2.0, other_with_access=1.0) for group in ("session", "style")], CAPS)
    assert total(found, P.TAKEN_OVER) == pytest.approx(2.0)
    assert total(found, P.OTHER_WITH_ACCESS) == pytest.approx(1.0)


GROUPS = st.sampled_from(["session", "style", "integrity"])
SOURCES = st.sampled_from(["", "ekspor.zip", "catatan.csv"])
BANS = st.floats(-3, 3)
ITEMS = st.lists(st.tuples(GROUPS, SOURCES, st.sampled_from(Grade), BANS, BANS), max_size=8)


def made(several, sign=1):
    return [item(g, s, grade, taken_over=sign * one, linked_app=sign * two) for g, s, grade, one, two in several]


@given(ITEMS)
def test_neither_a_grade_of_a_group_nor_a_file_ever_supports_more_than_its_cap(several):
    found = held(made(several), CAPS)
    for p in (P.TAKEN_OVER, P.LINKED_APP):
        for source in {one.source for one in found} - {""}:
            resting = [one for one in found if one.source == source]
            assert abs(total(resting, p)) <= max(CAPS[one.grade] for one in resting) + 1e-6
        for group in {one.group for one in found}:
            for grade in Grade:
                resting = [one for one in found if one.group == group and one.grade >= grade]
                assert abs(total(resting, p)) <= CAPS[grade] + 1e-6


@given(ITEMS)
def test_an_accuser_s_and_an_owner_s_file_are_held_alike(several):
    for one, other in zip(held(made(several), CAPS), held(made(several, -1), CAPS), strict=True):
        for p in (P.TAKEN_OVER, P.LINKED_APP):
            assert one.weights[p].log10_lr == pytest.approx(-other.weights[p].log10_lr)


def test_what_is_not_known_is_known_no_better_for_it():
    unknown = replace(item("identity"), weights={P.TAKEN_OVER: Weight(0.0, -1.0, 1.0, -2, 2, "elicited")})
    *_, last = held([*(item(group, taken_over=2.0) for group in ("session", "style")), unknown], CAPS)
    assert last == unknown
