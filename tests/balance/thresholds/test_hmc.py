"""The sampler draws from what it is told to draw from."""

from functools import partial

import numpy as np
import pytest

from telusur.balance.thresholds import convergence, mode
from telusur.balance.thresholds.hmc import Sampler

COVARIANCE = np.array([[4.0, 1.9, 0.0], [1.9, 1.0, 0.2], [0.0, 0.2, 9.0]])
MEAN = np.array([1.0, -2.0, 30.0])


class Normal:
    def density(self, at):
        slope = -np.linalg.solve(COVARIANCE, (at - MEAN).T).T
        return 0.5 * ((at - MEAN) * slope).sum(1), slope


class Funnel:
    """Neal's: the log scale of one is the other."""

    def density(self, at):
        scale, held = at[:, 0], at[:, 1]
        squared = held**2 * np.exp(-2 * scale)
        return (
            -0.5 * (scale / 0.7) ** 2 - 0.5 * squared - scale,
            np.stack([-scale / 0.49 + squared - 1, -held * np.exp(-2 * scale)], axis=1),
        )


class Cliff:
    """Half of the line is impossible."""

    def density(self, at):
        return np.where(at[:, 0] > 0, -at[:, 0], -np.inf), np.where(at > 0, -1.0, np.nan)


def sampled(target, at, *, draws=1500, root=None, seed=5):
    at = np.asarray(at, dtype=float)
    root = np.eye(at.shape[1]) if root is None else root
    sampler = Sampler(target, at, at.mean(0), root, np.random.default_rng(seed), partial(mode.covariance, target))
    sampler.warm_up((100, 200, 100))
    return sampler.draw(draws)


def test_a_normal_target_comes_back_with_mean_and_covariance():
    drawn = sampled(Normal(), MEAN + np.random.default_rng(0).normal(size=(6, 3)) * 5)
    flat = drawn.values.reshape(-1, 3)
    spread = np.sqrt(np.diag(COVARIANCE))
    assert np.abs((flat.mean(0) - MEAN) / spread).max() < 0.06
    assert np.abs(np.cov(flat.T) - COVARIANCE).max() < 0.6
    assert convergence.r_hat(drawn.values).max() < 1.01
    assert drawn.divergent == 0
    assert 0.75 < drawn.accepted < 0.99


def test_a_funnel_is_walked_down_to_its_neck():
    values = sampled(Funnel(), np.random.default_rng(1).normal(size=(8, 2)) * 0.3, draws=3000).values
    scale = values[..., 0].ravel()
    assert scale.mean() == pytest.approx(0.0, abs=0.1)
    assert scale.std() == pytest.approx(0.7, abs=0.1)


def test_no_draw_lies_where_nothing_can():
    drawn = sampled(Cliff(), np.full((6, 1), 1.0), draws=1500)
    assert (drawn.values > 0).all()
    assert drawn.values.mean() == pytest.approx(1.0, abs=0.15)
    assert drawn.divergent > 0


def test_the_same_seed_draws_the_same():
    one, two, other = (sampled(Normal(), np.tile(MEAN, (4, 1)), draws=50, seed=seed).values for seed in (1, 1, 2))
    assert (one == two).all()
    assert (one != other).any()


def test_chains_that_never_move_never_lose_their_coordinates():
    class Nowhere:
        def density(self, at):
            return np.where((at == 1.0).all(1), 0.0, -np.inf), np.zeros_like(at)

    target = Nowhere()
    curved = partial(mode.covariance, target)
    sampler = Sampler(target, np.ones((3, 2)), np.zeros(2), np.eye(2), np.random.default_rng(0), curved)
    sampler.warm_up((20,) * 30)
    assert np.linalg.eigvalsh(sampler.root @ sampler.root.T)[0] > 1e-14
    assert (sampler.at == 1.0).all()


def test_the_mode_and_its_curvature_are_found():
    at = mode.highest(Normal(), np.array([30.0, 20.0, -50.0]))
    assert at == pytest.approx(MEAN, abs=1e-4)
    root = mode.spread(Normal(), at)
    assert root @ root.T == pytest.approx(COVARIANCE, abs=1e-4)


def test_a_climb_that_leads_nowhere_ends_where_it_began():
    class Peak:
        def density(self, at):
            return np.where((at == 0).all(1), 0.0, -np.inf), np.ones_like(at)

    assert (mode.highest(Peak(), np.zeros(2)) == 0).all()
