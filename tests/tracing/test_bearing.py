"""The one table of which item bears on which proposition."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.domain.evidence import Grade
from telusur.domain.proposition import ALTERNATIVES, Proposition
from telusur.domain.text import Text
from telusur.domain.weight import Weight
from telusur.tracing import bearing, record_weights
from telusur.tracing.item import Item

P = Proposition

#: The table said again, so that a change of it is a change somebody meant.
BEARS_ON = {
    "integrity.in_archive": {P.FABRICATED, P.IMPERSONATION},
    "integrity.text_differs": {P.FABRICATED},
    "integrity.number_borrowed": {P.FABRICATED},
    "integrity.absent": {P.FABRICATED, P.IMPERSONATION},
    "integrity.absent_unlogged": {P.FABRICATED, P.IMPERSONATION},
    "integrity.id_misfit": {P.FABRICATED},
    "integrity.id_fits": {P.FABRICATED},
    "integrity.on_page": {P.FABRICATED},
    "integrity.rows_removed": {P.TAKEN_OVER, P.OTHER_WITH_ACCESS},
    "integrity.rows_invented": {P.TAKEN_OVER, P.OTHER_WITH_ACCESS},
    "integrity.lacks_what_mail_says": {P.TAKEN_OVER},
    "identity.same_account": {P.IMPERSONATION},
    "identity.other_account": {P.IMPERSONATION},
    "session.new_device": {P.TAKEN_OVER, P.OTHER_WITH_ACCESS},
    "session.known_device": {P.TAKEN_OVER},
    "session.new_network": {P.TAKEN_OVER},
    "session.new_network_old_ones_continue": {P.TAKEN_OVER},
    "session.known_network": {P.TAKEN_OVER},
    "session.sole_device": {P.TAKEN_OVER, P.OTHER_WITH_ACCESS},
    "session.main_device": {P.TAKEN_OVER, P.OTHER_WITH_ACCESS},
    "session.minor_device": {P.TAKEN_OVER, P.OTHER_WITH_ACCESS},
    "session.device_replaces": {P.TAKEN_OVER, P.OTHER_WITH_ACCESS},
    "session.device_stays": {P.TAKEN_OVER, P.OTHER_WITH_ACCESS},
    "session.device_old_returns": {P.TAKEN_OVER},
    "session.device_side_by_side": {P.TAKEN_OVER, P.OTHER_WITH_ACCESS},
    "session.two_at_once": {P.TAKEN_OVER, P.OTHER_WITH_ACCESS},
    "session.credential_changed_before_by_new": {P.TAKEN_OVER},
    "session.credential_changed_before_by_known": {P.TAKEN_OVER},
    "session.credential_changed_after_by_acting": {P.TAKEN_OVER, P.OTHER_WITH_ACCESS},
    "session.credential_changed_after_by_other": {P.TAKEN_OVER},
    "session.credential_restored": {P.TAKEN_OVER},
    "session.holder_unknown": {P.OTHER_WITH_ACCESS},
    "session.credential_changed_before": {P.TAKEN_OVER},
    "session.credential_changed_after": {P.TAKEN_OVER},
    "session.credential_unchanged": {P.TAKEN_OVER},
    "session.entry_unknown": {P.OTHER_WITH_ACCESS, P.TAKEN_OVER, P.LINKED_APP},
    "identity.whose_unknown": {P.IMPERSONATION},
    "session.client_is_new_app": {P.LINKED_APP, P.TAKEN_OVER, P.OTHER_WITH_ACCESS},
    "session.client_is_habitual_app": {P.LINKED_APP, P.TAKEN_OVER, P.OTHER_WITH_ACCESS},
    "session.client_unlisted": {P.LINKED_APP, P.TAKEN_OVER},
    "session.client_habitual": {P.LINKED_APP, P.TAKEN_OVER},
    "session.client_new": {P.TAKEN_OVER, P.OTHER_WITH_ACCESS, P.LINKED_APP},
    "document.login_new_device": {P.TAKEN_OVER},
    "document.login_known_device": {P.TAKEN_OVER},
    "document.credential_changed_before": {P.TAKEN_OVER},
    "document.credential_changed_after": {P.TAKEN_OVER},
    "document.credential_unchanged": {P.TAKEN_OVER},
    "document.sim_replaced": {P.TAKEN_OVER},
    "document.sim_replaced_unidentified": {P.TAKEN_OVER},
    "document.sim_replaced_identified": {P.TAKEN_OVER},
    "document.sim_unchanged": {P.TAKEN_OVER},
    "document.number_reassigned": {P.TAKEN_OVER},
    "document.complaint_before_report": {P.TAKEN_OVER},
    "document.device_of_other": {P.OTHER_WITH_ACCESS, P.TAKEN_OVER},
    "document.device_of_respondent": {P.OTHER_WITH_ACCESS, P.TAKEN_OVER},
    "style.segment": {P.OTHER_WITH_ACCESS, P.TAKEN_OVER},
    "behaviour.hours": {P.OTHER_WITH_ACCESS, P.TAKEN_OVER},
    "statement.admits": set(ALTERNATIVES),
}

TABLE = bearing.table()


def test_each_item_bears_on_the_propositions_it_is_said_to():
    assert {code: set(row.bears_on) for code, row in TABLE.rows.items()} == BEARS_ON


def test_no_item_bears_on_the_owner_since_all_are_weighed_against_him():
    assert all(P.OWNER not in row.bears_on for row in TABLE.rows.values())


def test_every_item_stands_in_the_group_of_its_name():
    assert all(code.startswith(f"{row.group}.") for code, row in TABLE.rows.items())


@pytest.mark.parametrize("grade", Grade)
@pytest.mark.parametrize("code", [code for code, row in TABLE.rows.items() if row.weights])
def test_no_weight_exceeds_what_its_grade_supports_nor_an_elicited_one_its_cap(code, grade):
    row = TABLE.rows[code]
    places = dict.fromkeys(re.findall(r"{(\w+)}", row.what.id + row.explain.id), "…")
    item = TABLE.weighed(code, grade, **places)
    limit = TABLE.grade_caps[grade] if row.learned else min(1.5, TABLE.grade_caps[grade])
    for weight in item.weights.values():
        assert -limit <= weight.floor <= weight.lower <= weight.upper <= weight.ceiling <= limit
        assert weight.basis == ("calibrated" if row.learned else "elicited")


def test_texts_in_both_languages_leave_the_same_places_to_fill():
    for row in TABLE.rows.values():
        for text in (row.what, row.explain):
            assert set(re.findall(r"{(\w+)}", text.id)) == set(re.findall(r"{(\w+)}", text.en)), row.code


def test_a_lower_grade_never_supports_more():
    caps = [TABLE.grade_caps[grade] for grade in sorted(Grade)]
    assert caps == sorted(caps, reverse=True)


def item(code, group, basis="elicited", **bans):
    weights = {P(name): Weight(v, v - 0.5, v + 0.5, -3, 3, basis) for name, v in bans.items()}
    words = Text(code, code)
    return Item(code, group, words, Grade.C, words, weights, words)


def test_within_a_group_the_strongest_counts_in_full_and_further_ones_by_half():
    given_items = [item("a", "session", taken_over=1.0), item("b", "session", taken_over=-1.2)]
    one, other = TABLE.discounted(given_items)
    assert one.weights[P.TAKEN_OVER].log10_lr == 0.5
    assert other.weights[P.TAKEN_OVER].log10_lr == -1.2


def test_weights_that_were_learned_together_are_not_discounted():
    codes = ("session.new_device", "session.new_network")
    given_items = [item(code, "session", "calibrated", taken_over=1.0) for code in codes]
    assert TABLE.discounted(given_items) == given_items


def test_weights_calibrated_each_by_itself_are_discounted_within_their_group():
    given_items = [item("style.segment", "style", "calibrated", taken_over=1.0)] * 2
    assert [one.weights[P.TAKEN_OVER].log10_lr for one in TABLE.discounted(given_items)] == [1.0, 0.5]


@pytest.mark.parametrize("grade", Grade)
@pytest.mark.parametrize("code", [code for code, row in TABLE.rows.items() if row.weights])
def test_every_limit_of_a_weight_is_named_and_the_tightest_is_its_cap(code, grade):
    row = TABLE.rows[code]
    places = dict.fromkeys(re.findall(r"{(\w+)}", row.what.id + row.explain.id), "…")
    found = TABLE.weighed(code, grade, **places)
    assert {limit.name for limit in found.limits} >= ({"grade"} if row.learned else {"grade", "elicitation"})
    for weight in found.weights.values():
        assert weight.ceiling == min(limit.upper for limit in found.limits)
        assert weight.floor == max(limit.lower for limit in found.limits)


def test_what_a_weight_was_before_its_cap_is_kept_beside_it():
    strong = Weight.capped(2.4, 1.9, 2.6, (-1.0, 1.0), "calibrated")
    found = TABLE.calibrated("style.segment", Grade.E, strong, Text("d", "d"), n=5, known=90, direction="→")
    weight = found.weights[P.TAKEN_OVER]
    assert (weight.log10_lr, weight.free) == (1.0, 2.4)
    held = TABLE.weighed("integrity.absent_unlogged", Grade.A, span="…").weights[P.FABRICATED]
    assert held.free == record_weights.load().of("integrity.absent_unlogged", P.FABRICATED)[0] > held.ceiling


def test_items_of_different_groups_and_propositions_are_not_discounted():
    given_items = [
        item("a", "session", taken_over=1.0),
        item("b", "style", taken_over=0.4),
        item("c", "session", linked_app=0.3),
    ]
    assert TABLE.discounted(given_items) == given_items


# So small that the limit of the grade is not reached: it cuts intervals as every cap does.
@given(st.lists(st.floats(-0.5, 0.5), min_size=1, max_size=6))
def test_discounting_never_strengthens_nor_turns_an_item(values):
    given_items = [item(str(i), "session", taken_over=v) for i, v in enumerate(values)]
    for before, after in zip(given_items, TABLE.discounted(given_items), strict=True):
        was, now = before.weights[P.TAKEN_OVER].log10_lr, after.weights[P.TAKEN_OVER].log10_lr
        assert abs(now) <= abs(was)
        assert now * was >= 0
        weight = after.weights[P.TAKEN_OVER]
        assert weight.upper - weight.lower >= 1 - 1e-9


def test_a_calibrated_weight_is_held_by_its_grade_and_goes_to_each_proposition_it_bears_on():
    strong = Weight(2.4, 1.9, 2.6, -3, 3, "calibrated")
    one = TABLE.calibrated("style.segment", Grade.C, strong, Text("d", "d"), n=5, known=90, direction="→")
    assert set(one.weights) == {P.OTHER_WITH_ACCESS, P.TAKEN_OVER}
    assert all(w.upper <= TABLE.grade_caps[Grade.C] for w in one.weights.values())
    assert all(w.basis == "calibrated" for w in one.weights.values())


def test_a_row_of_an_unknown_group_or_an_impossible_interval_is_refused():
    texts = {"what": {"id": "", "en": ""}, "explain": {"id": "", "en": ""}}
    with pytest.raises(ValueError, match="unknown group"):
        bearing._row({"code": "x", "group": "rumour", **texts}, record_weights.load())
    with pytest.raises(ValueError, match="lies outside"):
        bearing._row(
            {"code": "x", "group": "session", "weights": {"taken_over": [2, 0, 1]}, **texts}, record_weights.load()
        )


def test_a_learned_weight_is_held_where_the_table_says_so():
    held = TABLE.rows["integrity.absent_unlogged"].weights[P.FABRICATED]
    learned = record_weights.load().of("integrity.absent_unlogged", P.FABRICATED)
    assert learned[0] > 0.9 >= held[0]
    assert held[1] <= held[0] <= held[2] <= 0.9


def _graded(grades, values):
    return [
        replace(item(str(i), "session", taken_over=v, linked_app=-v / 2), grade=grade)
        for i, (grade, v) in enumerate(zip(grades, values, strict=True))
    ]


@given(st.lists(st.tuples(st.sampled_from(Grade), st.floats(-2, 2)), max_size=8))
def test_however_many_rows_agree_they_support_no_more_than_the_file_they_stand_in(several):
    counted = TABLE.discounted(_graded([g for g, _ in several], [v for _, v in several]))
    for grade in Grade:
        resting = [one for one in counted if one.grade >= grade]
        for p in (P.TAKEN_OVER, P.LINKED_APP):
            total = sum(one.weights[p].log10_lr for one in resting)
            assert abs(total) <= TABLE.grade_caps[grade] + 1e-9


def test_what_is_not_known_is_known_no_better_where_a_group_is_held():
    unknown = TABLE.weighed("session.holder_unknown", Grade.C)
    codes = ("session.new_device", "session.new_network", "session.device_stays")
    strong = [item(code, "session", taken_over=2.0) for code in codes]
    *_, last = TABLE.discounted([*strong, unknown])
    assert last.weights == unknown.weights


@given(st.lists(st.tuples(st.sampled_from(Grade), st.floats(-2, 2)), max_size=8))
def test_for_and_against_the_owner_are_held_alike(several):
    grades, values = [g for g, _ in several], [v for _, v in several]
    towards = TABLE.discounted(_graded(grades, values))
    against = TABLE.discounted(_graded(grades, [-v for v in values]))
    for one, other in zip(towards, against, strict=True):
        for p, weight in one.weights.items():
            assert weight.log10_lr == pytest.approx(-other.weights[p].log10_lr)
            assert (weight.lower, weight.upper) == pytest.approx((-other.weights[p].upper, -other.weights[p].lower))


def test_holding_a_group_keeps_which_proposition_is_the_better_supported():
    codes = ("session.new_device", "session.new_network", "session.device_stays")
    counted = TABLE.discounted([item(code, "session", taken_over=2.0, other_with_access=1.5) for code in codes])
    taken_over, other = (sum(one.weights[p].log10_lr for one in counted) for p in (P.TAKEN_OVER, P.OTHER_WITH_ACCESS))
    assert taken_over == pytest.approx(TABLE.grade_caps[Grade.C])
    assert other == pytest.approx(0.75 * taken_over)
    assert sum(one.weights[P.TAKEN_OVER].free for one in counted) == 6.0
