"""The upper parts of beta distributions keep their digits, and their slopes are the slopes."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import betainc, betaincc, expit

from telusur.balance.thresholds.beta_tail import tail

SHAPES = {
    "log_size": st.floats(-0.5, 4.0),
    "mean": st.floats(-5.0, 2.0),
    "bar": st.floats(-4.0, 3.0),
}


def parts(log_size, mean, bar):
    found = tail(*(np.array([[value]]) for value in (log_size, mean, bar)))
    return np.array([found.below, found.true, found.untrue]).ravel(), found.slopes.reshape(3, 3)


@settings(deadline=None, max_examples=200)
@given(**SHAPES)
def test_the_parts_are_those_of_the_incomplete_beta_function(log_size, mean, bar):
    size, phi, t = np.exp(log_size), expit(mean), expit(bar)
    a, b = size * phi, size * (1 - phi)
    below, true, untrue = np.exp(parts(log_size, mean, bar)[0])
    assert below == pytest.approx(betainc(a, b, t), rel=1e-6, abs=1e-9)
    assert true == pytest.approx(phi * betaincc(a + 1, b, t), rel=1e-6)
    assert untrue == pytest.approx((1 - phi) * betaincc(a, b + 1, t), rel=1e-6)
    assert true + untrue == pytest.approx(betaincc(a, b, t), rel=1e-6)


@settings(deadline=None, max_examples=100)
@given(**SHAPES)
def test_the_slopes_are_those_of_finite_differences(log_size, mean, bar):
    at = np.array([log_size, mean, bar])
    values, slopes = parts(*at)
    if values[0] < np.log(1e-4):  # what lies below is the rest of a sum of nearly one
        return
    for place in range(3):
        step = np.eye(3)[place] * 1e-5
        expected = (parts(*(at + step))[0] - parts(*(at - step))[0]) / 2e-5
        assert slopes[:, place] == pytest.approx(expected, rel=1e-4, abs=1e-4)


def test_far_tails_neither_overflow_nor_vanish():
    values, slopes = parts(4.9, -8.0, 6.0)
    assert np.isfinite(values).all()
    assert np.isfinite(slopes).all()
    assert values[1] < -500


def test_many_cells_are_taken_as_one_is():
    many = tail(np.full((7, 200), 1.5), np.full((7, 200), -2.0), np.linspace(-3, 1, 1400).reshape(7, 200))
    assert many.slopes.shape == (3, 3, 7, 200)
    alone, slopes = parts(1.5, -2.0, float(np.linspace(-3, 1, 1400)[901]))
    assert many.true[4, 101] == pytest.approx(alone[1])
    assert many.slopes[:, :, 4, 101] == pytest.approx(slopes)


def test_many_in_two_threads_are_what_they_are_one_by_one():
    rng = np.random.default_rng(2)
    at = rng.normal((2.0, -3.0, -1.5), 0.5, (4, 400, 3))
    many = tail(at[..., 0], at[..., 1], at[..., 2])
    for place, one in enumerate(at):
        alone = tail(one[:, 0], one[:, 1], one[:, 2])
        assert many.true[place] == pytest.approx(alone.true, rel=1e-12)
        assert many.below[place] == pytest.approx(alone.below, rel=1e-12)
        assert many.slopes[:, :, place] == pytest.approx(alone.slopes, rel=1e-9, abs=1e-12)


def test_a_process_that_was_forked_has_its_own_thread():
    wide = np.full((4, 400), 2.0)
    expected = tail(wide, wide - 5, wide - 3).true
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as pool:
        assert (pool.submit(tail, wide, wide - 5, wide - 3).result(timeout=60).true == expected).all()
