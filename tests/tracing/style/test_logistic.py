"""What the calibration promises."""

from __future__ import annotations

import numpy as np
import pytest

from telusur.tracing.style.logistic import fit_logistic


def sample(n: int, *, repeats: int = 1, seed: int = 1):
    rng = np.random.default_rng(seed)
    same = np.arange(n) % 2 == 0
    scores = rng.normal(np.where(same, 1.0, -1.0), 1.0)[:, None]
    clusters = np.arange(n)
    return np.repeat(scores, repeats, 0), np.repeat(same, repeats), np.repeat(clusters, repeats)


def test_two_normal_kinds_give_their_likelihood_ratio():
    # Means +1 and -1 with unit variance: the log likelihood ratio of x is 2 x.
    design, same, clusters = sample(20_000)
    log_odds, _ = fit_logistic(design, same, clusters, ridge=0.0).log_odds(np.array([[-1.0], [0.0], [1.5]]))
    assert log_odds == pytest.approx([-2.0, 0.0, 3.0], abs=0.15)


def test_how_often_each_kind_was_drawn_does_not_matter():
    design, same, clusters = sample(8_000)
    keep = same | (np.arange(same.size) % 10 == 1)
    log_odds, _ = fit_logistic(design[keep], same[keep], clusters[keep], ridge=0.0).log_odds(np.array([[0.0]]))
    assert log_odds == pytest.approx([0.0], abs=0.2)


def test_repeating_an_author_adds_no_certainty():
    grid = np.linspace(-2, 2, 5)[:, None]
    _, once = fit_logistic(*sample(400), ridge=0.0).log_odds(grid)
    _, ten_times = fit_logistic(*sample(400, repeats=10), ridge=0.0).log_odds(grid)
    assert ten_times == pytest.approx(once, rel=0.02)


def test_more_authors_make_it_more_certain():
    grid = np.array([[1.0]])
    _, few = fit_logistic(*sample(100), ridge=0.0).log_odds(grid)
    _, many = fit_logistic(*sample(10_000), ridge=0.0).log_odds(grid)
    assert many[0] < few[0] / 5


def test_beyond_what_it_has_seen_it_says_no_more():
    design, same, clusters = sample(400)
    fitted = fit_logistic(design, same, clusters, ridge=0.0)
    ends = np.array([[design.min()], [design.max()]])
    assert fitted.log_odds(100 * ends)[0] == pytest.approx(fitted.log_odds(ends)[0], rel=1e-5)


def test_separated_kinds_and_a_constant_column_stay_finite():
    design = np.column_stack([np.repeat([1.0, -1.0], 20), np.ones(40)])
    log_odds, error = fit_logistic(design, np.repeat([True, False], 20), np.arange(40), ridge=1.0).log_odds(design)
    assert np.isfinite(log_odds).all()
    assert np.isfinite(error).all()
    assert log_odds[0] > 2
