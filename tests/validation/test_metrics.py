"""What the measures of likelihood ratios promise; golden figures from the forensic institute's ``lir`` 1.3.1."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.domain.errors import BadInput
from telusur.validation import metrics

# From lir 1.3.1 (Python 3.11, numpy 2.4) on the same draws: `LLRData` of the log10 weights with labels 1 and 0, given
# to `lir.metrics.cllr` and `cllr_min`; weights and labels given to `lir.algorithms.bayeserror.elub`.
GOLDEN = [
    ((300, 300, 1.2), 0.3589744010999878, 0.3269510100591173, (-1.7, 1.82)),
    ((40, 200, 0.4), 1.0616002273425837, 0.8017587686103984, (-0.43, 0.45)),
    ((25, 25, 3.0), 0.01153940620231465, 0.0, (-1.36, 1.38)),
]

weights = st.lists(st.floats(-6, 6).map(lambda bans: round(bans, 2)), min_size=1, max_size=40).map(np.array)


def drawn() -> list[tuple[np.ndarray, np.ndarray]]:
    rng = np.random.default_rng(7)
    sets = []
    for (n, m, distance), *_ in GOLDEN:
        same = np.round(rng.normal(distance, 1, n), 2)
        sets.append((same, np.round(rng.normal(-distance, 1, m), 2)))
    return sets


def test_the_figures_are_those_of_the_forensic_institute():
    for (same, different), (_, cllr, cllr_min, bounds) in zip(drawn(), GOLDEN, strict=True):
        assert metrics.cllr(same, different) == pytest.approx(cllr, abs=1e-9)
        assert metrics.cllr_min(same, different) == pytest.approx(cllr_min, abs=1e-9)
        assert metrics.elub(same, different) == pytest.approx(bounds, abs=1e-9)


def test_always_saying_nothing_costs_one_bit():
    assert metrics.cllr(np.zeros(3), np.zeros(5)) == 1.0
    assert metrics.cllr_min(np.zeros(3), np.zeros(5)) == 1.0
    assert metrics.eer(np.zeros(3), np.zeros(5)) == pytest.approx(0.5)
    assert metrics.auc(np.zeros(3), np.zeros(5)) == 0.5


def test_what_separates_fully_costs_nothing_after_recalibration():
    same, different = np.array([0.2, 0.3]), np.array([0.0, 0.1])
    assert metrics.cllr_min(same, different) == 0
    assert metrics.auc(same, different) == 1
    assert metrics.eer(same, different) == 0


def test_a_weight_beyond_floating_range_still_has_a_cost():
    assert metrics.cllr(np.array([-400.0]), np.array([-1.0])) == pytest.approx((400 * np.log2(10) + np.log2(1.1)) / 2)


@given(weights, weights)
def test_recalibration_never_costs_more(same, different):
    assert metrics.cllr_min(same, different) <= metrics.cllr(same, different) + 1e-9


@given(weights, weights)
def test_recalibrated_weights_rise_with_the_scores(same, different):
    one, other = metrics.pav(same, different)
    scores, best = np.concatenate([same, different]), np.concatenate([one, other])
    order = np.argsort(scores, kind="stable")
    ordered = best[order]
    assert (ordered[1:] >= ordered[:-1]).all()
    assert all(len(set(best[scores == score].tolist())) == 1 for score in scores)


@given(weights, weights)
def test_swapping_sides_and_signs_changes_nothing(same, different):
    assert metrics.cllr(-different, -same) == pytest.approx(metrics.cllr(same, different))
    assert metrics.auc(-different, -same) == pytest.approx(metrics.auc(same, different))
    assert metrics.eer(-different, -same) == pytest.approx(metrics.eer(same, different), abs=1e-9)


@given(weights, weights)
def test_the_area_counts_pairs(same, different):
    pairs = (same[:, None] > different).mean() + (same[:, None] == different).mean() / 2
    assert metrics.auc(same, different) == pytest.approx(pairs)


@given(weights, weights)
def test_bounds_lie_on_either_side_of_zero_and_within_what_the_size_supports(same, different):
    lower, upper = metrics.elub(same, different)
    assert -np.log10(same.size + 1) - 0.011 <= lower <= 0 <= upper <= np.log10(different.size + 1) + 0.011


def test_the_cost_over_priors_passes_through_the_cost():
    same, different = drawn()[0]
    over = metrics.ece(same, different, np.array([-2.0, 0.0, 2.0]))
    assert over[1] == pytest.approx(metrics.cllr(same, different))
    assert over[0] < over[1] > over[2]


def test_misleading_counts_either_way():
    assert metrics.misleading(np.array([-1.5, 0.0, 2.0, 3.0]), np.array([-2.0, 1.2])) == (0.25, 0.5)


def test_tippett_curves_fall_from_all_to_the_last():
    curve = metrics.tippett(np.array([0.0, 1.0]), np.array([-1.0, 0.0]))
    assert curve.bans.tolist() == [-1, 0, 1]
    assert curve.same.tolist() == [1, 1, 0.5]
    assert curve.different.tolist() == [1, 0.5, 0]


@pytest.mark.parametrize(
    ("same", "different", "says"),
    [([], [1.0], "one kind only"), ([1.0], [], "one kind only"), ([float("nan")], [1.0], "not a number")],
)
def test_measures_of_nothing_are_refused(same, different, says):
    with pytest.raises(BadInput, match=says):
        metrics.cllr(np.array(same), np.array(different))
