"""Arithmetic written out: what holds, what is missing, what is too much, and by how much."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.balance import printed

HEAD = "schema: telusur.table/1\ntitle: Uji\nbody: Bawaslu\ndate: '2024'\ncells:\n"


def table(*cells):
    return printed.read(HEAD + "".join(f"  - {{{cell}}}\n" for cell in cells), "uji.yaml")


def test_a_sum_that_falls_short_is_written_out_with_what_is_unaccounted():
    (found,) = printed.check(
        table("id: a, value: 314", "id: b, value: 99", "id: all, label: Semua, value: 433, sum_of: [a, b]")
    )
    assert not found.holds
    assert found.arithmetic.en == "314 + 99 = 413"
    assert found.words.en == "Semua: 314 + 99 = 413, printed 433: 20 unaccounted."
    assert found.words.id == "Semua: 314 + 99 = 413, tercetak 433: 20 tidak terjelaskan."
    assert found.difference == 20


def test_a_sum_that_is_too_much_is_said_to_be_so():
    (found,) = printed.check(table("id: a, value: 1116", "id: b, value: 136", "id: n, value: 1223, sum_of: [a, b]"))
    assert found.words.en == "n: 1,116 + 136 = 1,252, printed 1,223: 29 too many."
    assert found.words.id == "n: 1.116 + 136 = 1.252, tercetak 1.223: 29 terlalu banyak."


def test_a_cell_may_be_the_sum_of_several_lists():
    found = printed.check(
        table("id: a, value: 1", "id: b, value: 2", "id: c, value: 4", "id: n, value: 3, sum_of: [[a, b], [a, c]]")
    )
    assert [one.holds for one in found] == [True, False]
    assert not printed.adds_up(found)
    assert printed.adds_up(found[:1])


def test_named_parts_may_leave_a_rest_but_not_go_beyond():
    cells = ["id: a, value: 92", "id: b, value: 88"]
    assert printed.check(table(*cells, "id: n, value: 805, some_of: [a, b]"))[0].holds
    (found,) = printed.check(table(*cells, "id: n, value: 179, some_of: [a, b]"))
    assert not found.holds
    assert found.kind == "part"
    assert found.words.en.endswith("1 too many.")


@pytest.mark.parametrize(
    ("value", "holds"),
    [("88.5", False), ("87.4", True), ("87.9", True), ("88", False), ("86.8", True), ("86.7", False)],
)
def test_a_percentage_may_lie_six_tenths_of_a_point_off_its_counts(value, holds):
    cells = ("id: p, value: 1402", "id: w, value: 1605")
    (found,) = printed.check(table(*cells, f"id: s, value: {value}, unit: percent, share_of: {{part: p, whole: w}}"))
    assert found.holds is holds
    assert found.computed == Decimal("87.3520")


def test_a_share_is_written_out_in_both_languages():
    cells = ("id: p, value: 1402", "id: w, value: 1605")
    (found,) = printed.check(table(*cells, "id: s, value: 88.5, unit: percent, share_of: {part: p, whole: w}"))
    assert found.words.en == "s: 1,402 / 1,605 = 87.4 %, printed 88.5 %: 1.1 points apart."
    assert found.words.id == "s: 1.402 / 1.605 = 87,4 %, tercetak 88,5 %: selisih 1,1 poin."


def test_a_stated_tolerance_goes_before_the_rule():
    cells = ("id: p, value: 67", "id: w, value: 202")
    loose = "id: s, value: 43, unit: percent, tolerance: 10, share_of: {part: p, whole: w}"
    tight = "id: s, value: 33.4, unit: percent, tolerance: 0.1, share_of: {part: p, whole: w}"
    assert printed.check(table(*cells, loose))[0].holds
    assert not printed.check(table(*cells, tight))[0].holds
    assert printed.check(table("id: a, value: 1", "id: n, value: 3, tolerance: 2, sum_of: [a]"))[0].holds


def test_a_sum_of_percentages_may_be_off_by_the_rounding_of_each():
    parts = [f"id: p{i}, value: 33.3, unit: percent" for i in range(3)]
    assert printed.check(table(*parts, "id: n, value: 100, unit: percent, sum_of: [p0, p1, p2]"))[0].holds
    (found,) = printed.check(table(*parts, "id: n, value: '101.0', unit: percent, sum_of: [p0, p1, p2]"))
    assert not found.holds
    assert found.arithmetic.en == "33.3 + 33.3 + 33.3 = 99.9 %"


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=8), st.integers(-50, 50))
def test_counts_hold_exactly_when_they_are_the_sum(parts, off):
    total = max(sum(parts) + off, 0)
    cells = [f"id: c{i}, value: {part}" for i, part in enumerate(parts)]
    names = ", ".join(f"c{i}" for i in range(len(parts)))
    (found,) = printed.check(table(*cells, f"id: n, value: {total}, sum_of: [{names}]"))
    assert found.holds == (total == sum(parts))
    assert found.difference == total - sum(parts)


def test_a_table_whose_cells_name_none_has_nothing_to_check():
    assert printed.check(table("id: a, value: 1")) == ()


def test_the_document_says_each_relation_for_machines():
    one = table("id: a, value: 314", "id: b, value: 99", "id: n, value: 433, sum_of: [a, b]")
    found = printed.document(one, printed.check(one))
    assert found["schema"] == "telusur.table_check/1"
    assert found["adds_up"] is False
    assert found["checks"] == [
        {
            "cell": "n",
            "kind": "sum",
            "holds": False,
            "printed": 433,
            "computed": 413,
            "difference": 20,
            "tolerance": 0,
            "arithmetic": {"id": "314 + 99 = 413", "en": "314 + 99 = 413"},
            "words": "n: 314 + 99 = 413, tercetak 433: 20 tidak terjelaskan.",
            "words_en": "n: 314 + 99 = 413, printed 433: 20 unaccounted.",
        }
    ]


def test_the_document_keeps_decimals_and_notes():
    one = printed.read(
        HEAD.replace("date:", "note: {id: Cat, en: Note}\ndate:")
        + "  - {id: p, value: 1}\n  - {id: w, value: 3}\n"
        + "  - {id: s, value: 33.3, unit: percent, share_of: {part: p, whole: w}}\n",
        "uji.yaml",
    )
    found = printed.document(one, printed.check(one))
    assert found["table"]["note"] == {"id": "Cat", "en": "Note"}
    assert found["checks"][0]["computed"] == 33.3333
