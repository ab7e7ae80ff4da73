"""The curve of who still waits is Kaplan's and Meier's."""

import numpy as np
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from telusur.balance.questions import survival


def drawn(seed, n=80):
    rng = np.random.default_rng(seed)
    return np.ceil(rng.exponential(20, n)), rng.random(n) < 0.7


@pytest.mark.parametrize("seed", range(5))
def test_it_agrees_with_a_second_implementation(seed):
    time, event = drawn(seed)
    peer = SurvfuncRight(time, event.astype(int))
    ours = survival.waiting(time, event)
    held = peer.n_events > 0
    assert ours.days == pytest.approx(peer.surv_times[held])
    assert ours.share == pytest.approx(peer.surv_prob[held])
    inside = ours.share > 0
    expected = peer.surv_prob_se[held][inside] ** 2
    assert (ours.variance * ours.share**2)[inside] == pytest.approx(expected, rel=1e-6)
    assert ours.median() == pytest.approx(peer.quantile(0.5))


def test_without_cut_off_the_mean_is_the_mean():
    time = np.array([1.0, 2.0, 3.0, 10.0])
    mean, variance = survival.waiting(time, np.ones(4, dtype=bool)).mean_to(10.0)
    assert mean == pytest.approx(4.0)
    assert variance == pytest.approx(time.var() / 4)
    assert survival.waiting(time, np.ones(4, dtype=bool)).mean_to(2.5)[0] == pytest.approx((1 + 2 + 2.5 + 2.5) / 4)


def test_intervals_hold_the_curve_and_stay_within_nought_and_one():
    time, event = drawn(9)
    share, lower, upper, watched = survival.waiting(time, event).at(np.arange(0, 60.0))
    assert (lower <= share).all()
    assert (share <= upper).all()
    assert lower.min() >= 0
    assert upper.max() <= 1
    assert watched[0] == time.size
    assert watched[10] == int((time >= 10).sum())


def test_where_fewer_than_half_came_there_is_no_median():
    assert survival.waiting(np.array([1.0, 2.0, 3.0]), np.array([True, False, False])).median() is None
