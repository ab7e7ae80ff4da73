"""What a validation set can support at most."""

from __future__ import annotations

import numpy as np
import pytest

from telusur.tracing.style.bounds import MISLED, TAKEN, Sample, elub, held_at_one, thresholds


def test_more_comparisons_support_stronger_weights():
    few, many = (elub(np.full(n, 5.0), np.full(n, -5.0)) for n in (30, 3000))
    assert many[0] < few[0] < 0 < few[1] < many[1]


def test_one_strong_misleading_comparison_pulls_the_bound_in():
    same, different = np.full(300, 3.0), np.full(300, -3.0)
    assert elub(same, np.append(different, 2.5))[1] < elub(same, different)[1]


def test_weights_that_point_the_wrong_way_support_nothing():
    assert elub(np.full(50, -2.0), np.full(50, 2.0)) == pytest.approx((0.0, 0.0), abs=0.011)


def sample(bans, each=10):
    return Sample(np.asarray(bans), np.arange(len(bans)) // each)


def test_no_more_than_the_share_lies_beyond_a_threshold():
    rng = np.random.default_rng(3)
    same, different = sample(rng.normal(1.0, 1.0, 5000)), sample(rng.normal(-1.0, 1.0, 5000))
    below, above = thresholds(same, different)
    assert (same.bans < below).mean() <= MISLED
    assert (different.bans > above).mean() <= TAKEN < MISLED


def test_errors_that_few_authors_make_bound_more_than_the_same_errors_of_many():
    bans = np.full(4000, -1.0)
    bans[:15] = np.linspace(2.0, 4.0, 15)
    few = Sample(bans, np.arange(4000) // 20)
    many = Sample(bans, np.arange(4000))
    plain = np.quantile(bans, 1 - MISLED)
    assert plain < 0 < many.highest(MISLED) <= few.highest(MISLED)
    rare = bans.copy()
    rare[5:15] = -1.0
    assert Sample(rare, np.arange(4000)).highest(MISLED) == -1.0


def test_the_surer_a_bound_shall_be_the_further_out_it_lies():
    one = sample(np.random.default_rng(7).normal(size=4000), each=20)
    bounds = [one.highest(0.02, confidence) for confidence in (0.5, 0.75, 0.95)]
    assert bounds == sorted(bounds)
    assert bounds[0] < bounds[-1]


def test_the_threshold_of_a_sample_is_one_number():
    one = sample(np.random.default_rng(5).normal(size=400))
    assert one.highest(MISLED) == one.highest(MISLED)


def test_thresholds_are_never_within_a_ban():
    assert thresholds(sample(np.full(50, 2.0)), sample(np.full(50, -2.0))) == (-1.0, 1.0)


def test_weights_short_of_their_threshold_count_as_one_ban():
    bans = np.array([-3.0, -1.5, -0.5, 0.5, 1.5, 3.0])
    below, above = np.full(6, -2.0), np.full(6, 2.0)
    assert held_at_one(bans, below, above).tolist() == [-3.0, -1.0, -0.5, 0.5, 1.0, 3.0]
