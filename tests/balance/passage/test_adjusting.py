"""However much is looked at, the chance of a false accusation stays what the plan says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from telusur.balance.passage import adjusting

SHARES = st.dictionaries(st.sampled_from("abcd"), st.floats(0.001, 1), min_size=1)


@given(st.lists(st.floats(1e-6, 1), min_size=1, max_size=6))
def test_with_equal_weights_it_is_holms_method(values):
    names = [f"s{place}" for place in range(len(values))]
    found = adjusting.holm(dict(zip(names, values, strict=True)), dict.fromkeys(names, 1.0))
    assert [found[name] for name in names] == pytest.approx(multipletests(values, method="holm")[1])


@given(st.dictionaries(st.sampled_from("abcd"), st.tuples(st.floats(0, 1), st.floats(0.01, 1)), min_size=1))
def test_adjusted_values_are_never_smaller_and_at_most_one(given_):
    p = {name: value for name, (value, _) in given_.items()}
    found = adjusting.holm(p, {name: weight for name, (_, weight) in given_.items()})
    assert all(p[name] * (1 - 1e-12) <= found[name] <= 1 for name in p)


@given(SHARES, st.integers(2, 6))
def test_the_shares_are_the_whole(weights, groups):
    rng = np.random.default_rng(len(weights))
    seen = {name: float(rng.uniform(0, 12)) for name in weights}
    found = adjusting.shares(seen, weights, groups, 0.05)
    assert sum(found.values()) == pytest.approx(1)
    assert all(value > 0 for value in found.values())


def test_a_step_where_less_is_seen_gets_more_of_the_chance():
    found = adjusting.shares({"early": 5.0, "late": 3.0}, {"early": 1.0, "late": 1.0}, 3, 0.05)
    assert found["late"] > 5 * found["early"]
    alike = adjusting.shares({"early": 3.0, "late": 3.0}, {"early": 1.0, "late": 1.0}, 3, 0.05)
    assert alike["late"] == pytest.approx(0.5)


def test_the_largest_of_three_scores_that_sum_to_nothing_is_judged_as_such():
    # Three groups of a third each, one against the others: every pair of scores has correlation -1/2.
    covariance = np.full((3, 3), -0.5) + 1.5 * np.eye(3)
    rng = np.random.default_rng(2)
    draws = rng.multivariate_normal(np.zeros(3), covariance, 2_000)
    found = [adjusting.largest(draw, covariance, 1) for draw in draws[:200]]
    assert np.mean(np.array(found) <= 0.05) == pytest.approx(0.05, abs=0.04)
    certain = adjusting.largest(np.array([6.0, -3.0, -3.0]), covariance, 1)
    assert certain == pytest.approx(3 * adjusting.two_sided(6.0))
    assert adjusting.largest(np.array([2.0, -2.0]), np.eye(2), 1) == pytest.approx(0.0455, abs=1e-4)


def test_looking_at_three_costs_more_than_at_one_and_less_than_three_times_as_much():
    covariance = np.full((3, 3), -0.5) + 1.5 * np.eye(3)
    one = adjusting.two_sided(2.2)
    assert one < adjusting.largest(np.array([2.2, -1.1, -1.1]), covariance, 1) < 3 * one
