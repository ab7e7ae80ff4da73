"""The score test is Cochran's, Mantel's and Haenszel's where nothing else is made equal, and regression's otherwise."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit
from statsmodels.genmod import families
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.stats.contingency_tables import StratifiedTable

from berkeley_1973 import applicants
from telusur.balance.passage import score
from telusur.balance.passage.tables import _by_stratum


def nothing(n):
    return np.zeros((n, 0))


def drawn(seed, n=600, strata=12, columns=3):
    rng = np.random.default_rng(seed)
    codes = rng.integers(0, strata, n)
    held = rng.normal(size=(n, columns))
    group = (rng.random(n) < expit(rng.normal(0, 1, strata)[codes])).astype(float)
    passed = rng.random(n) < expit(rng.normal(0, 0.8, strata)[codes] + held @ np.full(columns, 0.5) + 0.4 * group)
    useful = score.informative(passed, codes, np.column_stack([group, 1 - group]))
    return passed[useful], codes[useful], held[useful], group[useful]


def test_without_columns_it_is_the_stratified_test_to_the_last_digit():
    admitted, man, department = applicants()
    found = score.scores(admitted, department, nothing(admitted.size), man.astype(float)[:, None])
    tables = StratifiedTable(_by_stratum(admitted, man, department))
    assert found.z[0] ** 2 == pytest.approx(tables.test_null_odds(correction=False).statistic, rel=1e-6)
    assert found.strata == 6


@given(st.integers(0, 10_000))
def test_that_holds_for_any_strata(seed):
    passed, codes, _, group = drawn(seed, n=120, strata=9)
    if not passed.size:
        return
    found = score.scores(passed, codes, nothing(passed.size), group[:, None])
    tables = StratifiedTable(_by_stratum(passed, group == 1, codes))
    assert found.z[0] ** 2 == pytest.approx(tables.test_null_odds(correction=False).statistic, rel=1e-5, abs=1e-9)


def test_the_fit_is_that_of_a_regression_with_a_level_for_every_stratum():
    passed, codes, columns, _ = drawn(3)
    slopes, chance = score.fitted(passed, score.Strata(codes), columns)
    levels = (codes[:, None] == np.unique(codes)).astype(float)
    peer = GLM(passed.astype(float), np.hstack([columns, levels]), family=families.Binomial()).fit()
    # The ridge that keeps split columns finite is a tenth of one case.
    assert slopes == pytest.approx(peer.params[:3], abs=3e-3)
    assert chance == pytest.approx(peer.fittedvalues, abs=2e-3)


def test_the_score_is_that_of_a_regression():
    passed, codes, columns, group = drawn(4, n=3_000)
    found = score.scores(passed, codes, columns, group[:, None])
    levels = (codes[:, None] == np.unique(codes)).astype(float)
    peer = GLM(passed.astype(float), np.hstack([columns, levels]), family=families.Binomial()).fit()
    chi2 = peer.score_test(exog_extra=group[:, None])[0]
    # Theirs is not conditional on the margins: strata of some 250 cases make a difference of half a percent.
    assert found.z[0] ** 2 == pytest.approx(float(np.squeeze(chi2)), rel=0.02)


def test_the_ratio_of_many_small_strata_is_not_pushed_outwards():
    rng = np.random.default_rng(5)
    codes = np.repeat(np.arange(4_000), 2)
    group = np.tile([0.0, 1.0], 4_000)
    passed = rng.random(8_000) < expit(rng.normal(0, 1, 4_000)[codes] + np.log(2) * group)
    useful = score.informative(passed, codes, np.column_stack([group, 1 - group]))
    value, error = score.ratio(passed[useful], codes[useful], nothing(useful.sum()), group[useful])
    assert value == pytest.approx(np.log(2), abs=3 * error)
    assert error < 0.06


def test_a_column_that_splits_passed_from_failed_leaves_everything_finite():
    passed = np.tile([True, False], 50)
    column = np.where(passed, 1.0, -1.0)[:, None]
    group = np.tile([1.0, 1.0, 0.0, 0.0], 25)
    codes = np.repeat([0, 1], 50)
    found = score.scores(passed, codes, column, group[:, None])
    assert np.isfinite(found.z).all()
    value, error = score.ratio(passed, codes, column, passed.astype(float))
    assert np.isfinite([value, error]).all()


def test_strata_of_one_kind_are_told_apart_from_those_that_inform():
    passed = np.array([True, True, True, False, True, False])
    codes = np.array([0, 0, 1, 1, 2, 2])
    groups = np.array([[1.0, 0.0, 1.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0, 0.0, 0.0]]).T
    assert score.informative(passed, codes, groups).tolist() == [False, False, True, True, False, False]


def test_cases_of_one_order_count_for_less_than_as_many_alone():
    passed, codes, columns, group = drawn(6)
    alone = score.scores(passed, codes, columns, group[:, None], np.arange(passed.size))
    doubled = [np.concatenate([part, part]) for part in (passed, codes, columns, group)]
    orders = np.tile(np.arange(passed.size), 2)
    together = score.scores(*doubled[:3], doubled[3][:, None], orders)
    apart = score.scores(*doubled[:3], doubled[3][:, None])
    assert abs(together.z[0]) < abs(apart.z[0])
    assert abs(together.z[0]) == pytest.approx(abs(alone.z[0]), rel=0.1)
