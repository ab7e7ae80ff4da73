"""Cox's regression within strata agrees with a second implementation, and its score test with the log-rank test."""

import numpy as np
import pytest
from statsmodels.duration.hazard_regression import PHReg
from statsmodels.duration.survfunc import survdiff

from telusur.balance.questions import hazards


def drawn(seed, n=400, effect=0.0):
    rng = np.random.default_rng(seed)
    codes = rng.integers(0, 4, n)
    group = (rng.random(n) < 0.4).astype(float)
    covariate = rng.normal(size=n)
    covariate = (covariate - covariate.mean()) / covariate.std()
    wait = rng.exponential(20 * np.exp(-effect * group - 0.5 * covariate + 0.3 * codes))
    return np.ceil(np.minimum(wait, 60)), wait < 60, codes, covariate[:, None], group


@pytest.mark.parametrize("seed", range(3))
def test_estimates_agree_with_a_second_implementation(seed):
    time, event, codes, columns, group = drawn(seed, 1_000, 0.6)
    value, error, _ = hazards.ratio(hazards.Clock(time, event, codes), columns, group)
    peer = PHReg(time, np.column_stack([columns, group]), status=event.astype(int), strata=codes, ties="breslow").fit()
    assert value == pytest.approx(peer.params[1], abs=2e-3)
    assert error == pytest.approx(peer.bse[1], rel=5e-3)


def test_the_score_without_columns_is_the_log_rank_test_where_days_are_not_tied():
    rng = np.random.default_rng(2)
    time, event, group = rng.exponential(10, 300), rng.random(300) < 0.8, (rng.random(300) < 0.5).astype(float)
    codes = rng.integers(0, 3, 300)
    scored = hazards.scores(hazards.Clock(time, event, codes), np.zeros((300, 0)), group[:, None])
    statistic, _ = survdiff(time, event.astype(int), group, strata=codes)
    assert scored.z[0] ** 2 == pytest.approx(float(np.squeeze(statistic)), rel=1e-6)


def test_each_case_adds_up_to_the_whole():
    time, event, codes, columns, _ = drawn(5)
    clock = hazards.Clock(time, event, codes)
    there = hazards.slope(clock, columns, hazards.fitted(clock, columns))
    assert there.each.sum() == pytest.approx(0.0, abs=0.1)
    assert there.left.sum() == pytest.approx(there.each.sum(), abs=1e-6)


def test_hazards_that_cross_are_seen_not_to_be_proportional():
    rng = np.random.default_rng(3)
    group = np.repeat([0.0, 1.0], 300)
    time = np.where(group > 0, rng.gamma(6, 5, 600), rng.exponential(30, 600))
    codes = np.zeros(600, dtype=np.int64)
    _, _, crossing = hazards.ratio(hazards.Clock(time, np.ones(600, dtype=bool), codes), np.zeros((600, 0)), group)
    even = rng.exponential(20, 600)
    _, _, parallel = hazards.ratio(hazards.Clock(even, np.ones(600, dtype=bool), codes), np.zeros((600, 0)), group)
    assert crossing < 1e-4
    assert parallel > 0.01


def test_two_events_tell_nothing_of_proportion():
    time, event = np.array([1.0, 2.0, 3.0, 4.0]), np.array([True, True, False, False])
    clock = hazards.Clock(time, event, np.zeros(4, dtype=np.int64))
    assert hazards.ratio(clock, np.zeros((4, 0)), np.array([1.0, 0, 1, 0]))[2] is None


def test_cases_that_belong_together_widen_the_error():
    time, event, codes, columns, group = drawn(7)
    clusters = np.searchsorted([5, 10, 20, 40], time) + 10 * group.astype(int)
    clock = hazards.Clock(time, event, codes)
    assert hazards.scores(clock, columns, group[:, None], clusters).inflation > 1.5
