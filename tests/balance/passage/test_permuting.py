"""Draws within strata are the exact test where nothing else is made equal."""

import itertools
from statistics import NormalDist

import numpy as np
import pytest
from scipy.stats import fisher_exact

from telusur.balance.passage import permuting, score

PASSED = np.array([True] * 7 + [False] * 3 + [True] * 2 + [False] * 8)
GROUP = np.array([1.0] * 10 + [0.0] * 10)


def columns(n):
    return np.zeros((n, 0))


def test_one_stratum_gives_fishers_test():
    found = permuting.largest(PASSED, np.zeros(20, dtype=int), columns(20), GROUP[:, None], 1)
    # The groups are of one size, so the table's mirror is as likely as itself, as Fisher's test has it.
    assert found == pytest.approx(fisher_exact([[7, 3], [2, 8]]).pvalue, abs=0.012)


def test_small_strata_give_what_all_their_arrangements_give():
    codes = np.repeat([0, 1], 5)
    passed = np.array([1, 1, 1, 0, 0, 1, 1, 0, 0, 0], dtype=bool)
    group = np.array([1, 1, 0, 0, 0, 1, 1, 0, 0, 0], dtype=float)
    observed = passed[group == 1].sum()
    totals = [
        passed[list(first)].sum() + passed[list(second)].sum()
        for first in itertools.combinations(range(5), 2)
        for second in itertools.combinations(range(5, 10), 2)
    ]
    middle = np.mean(totals)
    exact = np.mean(np.abs(np.array(totals) - middle) >= abs(observed - middle) - 1e-9)
    assert permuting.largest(passed, codes, columns(10), group[:, None], 1) == pytest.approx(exact, abs=0.03)


def test_it_agrees_with_the_normal_law_where_that_holds():
    rng = np.random.default_rng(1)
    codes = rng.integers(0, 5, 1_500)
    group = (rng.random(1_500) < 0.4).astype(float)
    column = rng.normal(size=(1_500, 1))
    passed = rng.random(1_500) < 1 / (1 + np.exp(-(0.3 * codes - 1 + column[:, 0] + 0.25 * group)))
    scored = score.scores(passed, codes, column, group[:, None])
    from_law = 2 * (1 - NormalDist().cdf(abs(float(scored.z[0]))))
    assert permuting.largest(passed, codes, column, group[:, None], 1) == pytest.approx(from_law, abs=0.02)


def test_the_same_seed_gives_the_same_and_cases_of_no_group_are_others():
    codes = np.zeros(20, dtype=int)
    groups = np.column_stack([GROUP, np.zeros(20)])
    groups[12:15, 1] = 1
    first, second = (permuting.largest(PASSED, codes, columns(20), groups, 7) for _ in range(2))
    assert first == second
    assert first >= permuting.largest(PASSED, codes, columns(20), groups[:, :1], 7)
