"""What is compared with what."""

import numpy as np
import pytest

from telusur.balance import read
from telusur.balance.passage import design

ROW = {"beneficiary": "A", "outcome": None, "reported": "2024-09-01", "region": "31"}


def held(**columns):
    n = len(next(iter(columns.values())))
    rows = [
        ROW | {"case": f"k{place}"} | {name: values[place] for name, values in columns.items()} for place in range(n)
    ]
    return read(enumerate(rows, start=2))


def test_strata_are_the_combinations_of_their_columns():
    cases = held(region=["31", "31", "32", None], phase=["campaign", "quiet", "campaign", "quiet"])
    codes, known = design.codes(cases, ("region", "phase"))
    assert len(set(codes.tolist())) == 4
    assert known.tolist() == [True, True, True, False]


def test_a_column_that_the_data_do_not_have_makes_no_strata():
    codes, known = design.codes(held(region=["31", "32"]), ("body", "region"))
    assert codes.tolist() == [0, 1]
    assert known.all()


def test_levels_are_compared_with_the_most_frequent_and_rare_ones_put_together():
    cases = held(source=["report"] * 30 + ["finding"] * 20 + ["media"] * 3)
    columns = design.covariates(cases, ("source",))
    assert columns.shape == (53, 2)
    assert columns.mean(axis=0) == pytest.approx(0)
    assert columns.std(axis=0) == pytest.approx(1)
    # Reports and findings have a column each; the three of the media are what is left.
    assert np.linalg.matrix_rank(columns) == 2


def test_numbers_become_a_curve_and_say_where_they_are_missing():
    values = [*np.linspace(0, 1, 599).tolist(), None]
    columns = design.covariates(held(evidence_strength=values), ("evidence_strength",))
    assert columns.shape == (600, 7)
    missing = columns[:, -1]
    assert missing[-1] > missing[0]


def test_few_cases_carry_a_parabola_only():
    values = [*np.linspace(0, 1, 59).tolist(), None]
    assert design.covariates(held(evidence_strength=values), ("evidence_strength",)).shape == (60, 3)


def test_few_different_numbers_are_levels():
    columns = design.covariates(held(evidence_strength=[1, 2, 3] * 20), ("evidence_strength",))
    assert columns.shape == (60, 2)


def test_days_are_made_equal_too_and_what_does_not_vary_is_left_away():
    days = [f"2024-09-{1 + place % 28:02}" for place in range(56)]
    assert design.covariates(held(reported=days), ("reported",)).shape[1] == 2
    assert design.covariates(held(source=["report"] * 20), ("source", "reported", "rank")).shape == (20, 0)
