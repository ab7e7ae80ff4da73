"""Rows of any kind become cases or a count; nothing is guessed."""

from datetime import date

import numpy as np
import pytest

from telusur.balance import read
from telusur.domain.errors import BadInput

CASE = {
    "case": "k1", "beneficiary": "A", "region": "31", "reported": "2024-09-01", "accepted": "2024-09-03",
    "examined": "2024-09-20", "decided": "2024-10-01", "outcome": "proven", "severity": 2,
}  # fmt: skip


def held(*rows, **options):
    return read(enumerate(rows, start=2), **options)


def test_a_row_is_read_as_it_stands():
    cases = held(CASE)
    assert (cases.n, cases.case, cases.outcome[0]) == (1, ("k1",), "proven")
    assert cases.columns["region"].tolist() == ["31"]
    assert cases.days["accepted"].tolist() == [date(2024, 9, 3).toordinal()]
    assert cases.numbers["severity"].tolist() == [2.0]
    assert cases.left_out == {}


def test_the_cut_off_is_the_latest_day_where_none_is_named():
    assert held(CASE).censored_on == date(2024, 10, 1)
    assert held(CASE, censored_on=date(2025, 1, 1)).censored_on == date(2025, 1, 1)


def test_a_case_of_a_later_day_than_the_cut_off_is_left_out_and_counted():
    cases = held(CASE, CASE | {"case": "k2", "decided": "2024-12-01"}, censored_on=date(2024, 10, 31))
    assert (cases.case, cases.left_out) == (("k1",), {"after_cut_off": 1})


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"outcome": "guilty"}, "unknown_outcome"),
        ({"accepted": "2024-08-01"}, "dates_out_of_order"),
        ({"executed": "2024-09-30"}, "dates_out_of_order"),
        ({"severity": 7}, "severity_out_of_range"),
        ({"severity": 1.5}, "severity_out_of_range"),
        ({"severity": "berat"}, "unreadable"),
        ({"reported": None}, "unreadable"),
        ({"reported": "1 September"}, "unreadable"),
        ({"case": ""}, "unreadable"),
        ({"region": ["31"]}, "unreadable"),
        ({"reported": "2024-09-011"}, "unreadable"),
        ({"order_role": "atasan"}, "unreadable"),
        ({"masked": "maybe"}, "unreadable"),
    ],
)
def test_a_row_that_cannot_be_meant_is_counted_and_told(change, reason):
    cases = held(CASE, CASE | {"case": "k2"} | change)
    assert cases.case == ("k1",)
    assert cases.left_out == {reason: 1}
    assert cases.first_bad.startswith("line 3: ")


def test_a_line_that_is_no_row_is_counted():
    cases = read([(2, CASE), (3, BadInput("is no JSON"))])
    assert (cases.left_out, cases.first_bad) == ({"unreadable": 1}, "line 3: is no JSON")


def test_the_same_row_twice_is_one_case():
    cases = held(CASE, dict(CASE))
    assert (cases.n, cases.left_out) == (1, {"doubled": 1})


def test_rows_that_contradict_each_other_are_all_left_out():
    cases = held(CASE, CASE | {"beneficiary": "B"}, CASE | {"case": "k2"})
    assert (cases.case, cases.left_out) == (("k2",), {"contradicting": 2})


def test_cases_without_group_or_region_are_kept_and_counted():
    cases = held(CASE, CASE | {"case": "k2", "beneficiary": None}, CASE | {"case": "k3", "region": ""})
    assert (cases.n, cases.left_out) == (3, {"no_beneficiary": 1, "no_region": 1})


def test_columns_that_no_row_has_are_absent():
    cases = held(CASE)
    assert not cases.has("evidence_strength")
    assert not cases.has("rank")
    assert cases.has("reported")


def test_evidence_strength_may_be_numbers_or_words_but_not_both():
    numbers = held(CASE | {"evidence_strength": "0.5"}, CASE | {"case": "k2"})
    assert numbers.numbers["evidence_strength"][0] == 0.5
    assert np.isnan(numbers.numbers["evidence_strength"][1])
    words = held(CASE | {"evidence_strength": "B"}, CASE | {"case": "k2", "evidence_strength": 3})
    assert words.columns["evidence_strength"].tolist() == ["B", "3.0"]
    assert "evidence_strength" not in words.numbers


def test_one_stray_word_does_not_undo_a_scale_of_numbers():
    graded = [CASE | {"case": f"k{n}", "evidence_strength": n / 4} for n in range(3)]
    cases = held(*graded, CASE | {"case": "k3", "evidence_strength": "n/a"})
    assert cases.numbers["evidence_strength"][:3].tolist() == [0.0, 0.25, 0.5]
    assert np.isnan(cases.numbers["evidence_strength"][3])
    assert "evidence_strength" not in cases.columns
    assert cases.left_out == {"unknown_grade": 1}


@pytest.mark.parametrize(
    ("written", "read"), [("TRUE", "true"), (True, "true"), (1, "true"), ("False", "false"), ("0", "false")]
)
def test_masks_are_read_as_spreadsheets_write_them(written, read):
    assert held(CASE | {"masked": written}).columns["masked"].tolist() == [read]


def test_roles_and_times_of_day_are_read_as_written_elsewhere():
    cases = held(CASE | {"order_role": "Superior", "reported": "2024-09-01T08:30:00+07:00"})
    assert cases.columns["order_role"].tolist() == ["superior"]
    assert cases.days["reported"][0] == date(2024, 9, 1).toordinal()


def test_a_missing_column_is_named():
    row = {name: value for name, value in CASE.items() if name != "region"}
    with pytest.raises(BadInput, match="no row has the column 'region'"):
        held(row)


def test_where_no_row_has_an_outcome_all_are_open_and_that_is_told():
    row = {name: value for name, value in CASE.items() if name not in {"outcome", "severity"}}
    cases = held(row, row | {"case": "k2"})
    assert cases.outcome.tolist() == [None, None]
    assert cases.left_out == {"no_outcome": 2}
    assert held(row, CASE | {"case": "k2"}).left_out == {}


def test_nothing_to_read_is_an_error_that_tells_the_first_fault():
    with pytest.raises(BadInput, match="no case can be used; line 2: "):
        held(CASE | {"outcome": "guilty"})


def test_a_cut_off_before_all_cases_is_told():
    with pytest.raises(BadInput, match="1 go on after the cut-off 2020-01-01"):
        held(CASE, censored_on=date(2020, 1, 1))


def test_taking_some_keeps_every_column_in_step():
    cases = held(CASE, CASE | {"case": "k2", "beneficiary": "B", "severity": 0})
    some = cases.take(np.array([False, True]))
    assert (some.case, some.columns["beneficiary"].tolist(), some.numbers["severity"].tolist()) == (
        ("k2",),
        ["B"],
        [0.0],
    )
