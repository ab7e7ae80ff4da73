"""R-hat and the effective sample size, against figures by hand and cases in which they are known."""

import numpy as np
import pytest
from scipy.special import ndtri

from telusur.balance.thresholds import convergence


def test_r_hat_of_two_short_chains_is_that_worked_out_by_hand():
    """Chains 1 2 3 4 and 5 6 7 8: four halves of two, whose ranks are the numbers themselves."""
    draws = np.arange(1.0, 9.0).reshape(2, 4, 1)
    scores = ndtri((np.arange(1, 9) - 0.375) / 8.25).reshape(4, 2)
    within = np.mean([(low - high) ** 2 / 2 for low, high in scores])
    between = np.var([(low + high) / 2 for low, high in scores], ddof=1)
    assert convergence.r_hat(draws)[0] == pytest.approx(np.sqrt((within / 2 + between) / within))


def test_chains_of_one_kind_agree_and_others_do_not():
    rng = np.random.default_rng(0)
    same = rng.normal(size=(4, 1000, 1))
    shifted = same + np.array([0.0, 0.0, 0.0, 1.0])[:, None, None]
    wider = same * np.array([1.0, 1.0, 1.0, 3.0])[:, None, None]
    drifting = same + np.linspace(0, 2, 1000)[None, :, None]
    assert convergence.r_hat(same)[0] < 1.005
    for other in (shifted, wider, drifting):
        assert convergence.r_hat(other)[0] > 1.05


def test_r_hat_does_not_change_with_the_scale_nor_mind_heavy_tails():
    rng = np.random.default_rng(1)
    draws = rng.standard_cauchy(size=(4, 500, 1))
    assert convergence.r_hat(draws)[0] < 1.02
    assert convergence.r_hat(np.arctan(draws))[0] == pytest.approx(convergence.r_hat(draws)[0], abs=1e-3)


def test_what_never_changes_agrees_with_itself():
    still = np.ones((4, 100, 1))
    assert convergence.r_hat(still)[0] == 1.0
    assert convergence.sample_size(still)[0] == 400.0
    stuck = still * np.arange(4)[:, None, None]
    assert convergence.r_hat(stuck)[0] > 10


def test_independent_draws_count_in_full_and_slow_ones_by_their_memory():
    rng = np.random.default_rng(2)
    noise = rng.normal(size=(4, 4000, 1))
    memory = 0.8
    slow = np.empty_like(noise)
    slow[:, 0] = noise[:, 0]
    for place in range(1, 4000):
        slow[:, place] = memory * slow[:, place - 1] + np.sqrt(1 - memory**2) * noise[:, place]
    assert convergence.sample_size(noise)[0] == pytest.approx(16_000, rel=0.1)
    # Tails forget sooner than the middle: the middle's share is (1 - r) / (1 + r).
    assert convergence.sample_size(slow)[0] == pytest.approx(16_000 * (1 - memory) / (1 + memory), rel=0.25)


def test_draws_that_swing_count_for_more_than_they_are():
    rng = np.random.default_rng(3)
    swinging = rng.normal(size=(4, 1000, 1))
    swinging[:, 1::2] = -swinging[:, ::2] + 0.1 * rng.normal(size=(4, 500, 1))
    assert np.isfinite(convergence.sample_size(swinging)).all()
