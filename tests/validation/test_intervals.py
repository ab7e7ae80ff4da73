"""A bootstrap over authors: the measures agree with the plain ones, and the intervals with what they claim."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.validation import intervals, metrics
from telusur.validation.intervals import Weighing, drawn, measured, share

weights = st.lists(st.floats(-6, 6).map(lambda bans: round(bans, 1)), min_size=1, max_size=30).map(np.array)


def comparisons(accounts, each, rng, distance=1.0, offset=0.0):
    """Bans, claimed, writer: as many same and different comparisons an account; accounts differ by an offset."""
    claimed = np.repeat(np.arange(accounts), each)
    own = rng.normal(0, offset, accounts)[claimed]
    writer = (claimed + rng.integers(1, accounts, claimed.size)) % accounts
    same, different = rng.normal(distance, 1, claimed.size) + own, rng.normal(-distance, 1, claimed.size) + own
    return np.concatenate([same, different]), np.tile(claimed, 2), np.concatenate([claimed, writer])


@given(weights, weights)
def test_undrawn_the_measures_are_the_plain_ones(same, different):
    bans, truth = np.concatenate([same, different]), np.repeat([True, False], [same.size, different.size])
    told = Weighing(bans, truth).measures(np.ones(bans.size))
    assert told.auc == pytest.approx(metrics.auc(same, different))
    assert told.eer == pytest.approx(metrics.eer(same, different), abs=1e-9)
    assert told.cllr == pytest.approx(metrics.cllr(same, different))
    assert told.cllr_min == pytest.approx(metrics.cllr_min(same, different), abs=1e-9)
    assert told.loss == pytest.approx(told.cllr - told.cllr_min)
    assert (told.cleared, told.implicated) == pytest.approx(metrics.misleading(same, different))


def test_an_author_drawn_twice_counts_as_two_authors():
    rng = np.random.default_rng(1)
    bans, claimed, writer = comparisons(6, 4, rng)
    twice = np.array([2.0, 1, 0, 1, 1, 1])
    often = np.where(claimed == writer, twice[claimed], twice[claimed] * twice[writer]).astype(int)
    again = np.repeat(np.arange(bans.size), often)
    same = claimed == writer
    told = Weighing(bans, same).measures(often.astype(float))
    whole = Weighing(bans[again], same[again]).measures(np.ones(again.size))
    assert told.as_json() == pytest.approx(whole.as_json(), abs=1e-6)


def test_a_drawing_without_one_kind_is_no_measure():
    weighing = Weighing(np.array([1.0, -1.0]), np.array([True, False]))
    assert weighing.measures(np.array([1.0, 0.0])) is None


def test_the_same_seed_draws_the_same_authors_and_every_drawing_is_complete():
    draws = drawn(20, 7, 50)
    assert (draws == drawn(20, 7, 50)).all()
    assert (draws != drawn(20, 8, 50)).any()
    assert (draws.sum(axis=1) == 20).all()


def test_authors_that_hang_together_widen_the_interval():
    def width(offset):
        found = comparisons(40, 12, np.random.default_rng(2), offset=offset)
        told = measured(*found, drawn(40, 1, 300))
        assert told.lower.cllr <= told.value.cllr <= told.upper.cllr
        assert told.lower.loss <= told.value.loss <= told.upper.loss
        return told.upper.cllr - told.lower.cllr

    assert width(1.0) > 1.5 * width(0.0)


def test_an_interval_holds_the_truth_about_as_often_as_it_says():
    draws = drawn(30, 1, 200)
    truth = measured(*comparisons(3_000, 20, np.random.default_rng(99), offset=0.7), draws[:0]).value.cllr
    held = 0
    for seed in range(60):
        told = measured(*comparisons(30, 8, np.random.default_rng(seed), offset=0.7), draws)
        held += told.lower.cllr <= truth <= told.upper.cllr
    assert held >= 50


def test_what_was_never_seen_is_not_said_to_be_impossible():
    bans, claimed, writer = comparisons(25, 4, np.random.default_rng(3), distance=8)
    told = measured(bans, claimed, writer, drawn(25, 1, 100))
    assert (told.value.implicated, told.value.cleared) == (0, 0)
    # Clopper and Pearson: 0 of 25, upper end 13.7 %.
    assert told.upper.implicated == told.upper.cleared == pytest.approx(0.1372, abs=1e-4)


def test_shares_are_drawn_by_owner():
    draws = drawn(10, 1, 400)
    owner = np.repeat(np.arange(10), 5)
    value, lower, upper = share(owner < 3, owner, draws)
    assert value == pytest.approx(0.3)
    assert lower < 0.15
    assert upper > 0.45
    assert share(np.zeros(10, dtype=bool), np.arange(10), draws)[:2] == (0, 0)
    assert share(np.ones(10, dtype=bool), np.arange(10), draws)[0] == 1
    assert share(np.ones(10, dtype=bool), np.arange(10), draws)[1] == pytest.approx(1 - intervals._never_seen(10))
