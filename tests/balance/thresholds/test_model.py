"""The two families' log densities climb as they say, and say what their rates say."""

import numpy as np
import pytest
from scipy.stats import binom, norm

from balance_thresholds import grid
from telusur.balance.thresholds.beta import Beta
from telusur.balance.thresholds.discriminant import Discriminant
from telusur.balance.thresholds.model import half_normal
from telusur.balance.thresholds.priors import BETA, DISCRIMINANT
from telusur.balance.thresholds.table import table


def alone(held, priors):
    """The discriminant model in the coordinates of tables whose bars scatter."""
    return Discriminant(held, priors, alone=True)


def beta_alone(held, priors):
    """The beta model in these coordinates."""
    return Beta(held, priors, alone=True)


MODELS = [
    pytest.param(family, setting, id=f"{family.__name__} {setting}")
    for family in (Beta, beta_alone, Discriminant, alone)
    for setting in ("stops", "cases")
]


def model_of(family, setting, held):
    return family(held, (BETA if family in {Beta, beta_alone} else DISCRIMINANT)[setting])


@pytest.mark.parametrize(("family", "setting"), MODELS)
def test_the_slopes_are_those_of_finite_differences(family, setting):
    model = model_of(family, setting, grid(places=5, n=60, examined=20, hits=6))
    at = 0.4 * np.random.default_rng(1).normal(size=(3, model.size))
    _, slope = model.density(at)
    for place in range(model.size):
        step = np.eye(model.size)[place] * 1e-5
        expected = (model.density(at + step)[0] - model.density(at - step)[0]) / 2e-5
        assert slope[:, place] == pytest.approx(expected, rel=1e-4, abs=1e-3)


@pytest.mark.parametrize(("family", "setting"), MODELS)
def test_the_likelihood_is_that_of_two_binomials_of_the_rates(family, setting):
    held = grid(n=60, examined=20, hits=6)
    model = model_of(family, setting, held)
    rng = np.random.default_rng(2)
    at = 0.4 * rng.normal(size=(2, model.size))
    told = model._likelihood(model.straight(at), np.zeros_like(at))
    examined, hits = model.rates(model.straight(at))
    expected = (binom.logpmf(held.examined, held.n, examined) + binom.logpmf(held.hits, held.examined, hits)).sum(1)
    assert np.diff(told) == pytest.approx(np.diff(expected), rel=1e-6)


@pytest.mark.parametrize(("plain", "other"), [(Beta, beta_alone), (Discriminant, alone)])
def test_places_are_the_same_in_other_coordinates(plain, other):
    held = grid(places=5)
    one, two = (model_of(family, "cases", held) for family in (plain, other))
    straight = 0.4 * np.random.default_rng(1).normal(size=(3, one.size))
    moved = two.taken(one, straight)
    assert (moved != straight).any()
    assert one.taken(two, moved) == pytest.approx(straight)
    for part, same in zip(one.bars(straight), two.bars(moved), strict=True):
        assert part == pytest.approx(same)


@pytest.mark.parametrize("family", [Beta, Discriminant])
def test_a_row_in_which_nobody_is_examined_says_only_that(family):
    counts = {(f"P{place}", f"G{group}"): (50, 20, 8) for place in range(5) for group in range(3)}
    counts["P1", "G1"] = (50, 0, 0)
    model = model_of(family, "cases", table(counts))
    density, slope = model.density(np.zeros((1, model.size)))
    assert np.isfinite(density).all()
    assert np.isfinite(slope).all()


@pytest.mark.parametrize("family", [Beta, Discriminant])
def test_impossible_places_have_no_density(family):
    model = model_of(family, "cases", grid())
    density, _ = model.density(np.full((1, model.size), 1e200))
    assert density[0] == -np.inf


def test_of_large_sizes_the_rule_is_not_trusted():
    model = model_of(Beta, "cases", grid())
    at = np.zeros((1, model.size))
    at[0, model.block["size"]] = 15.0
    assert model.density(at)[0][0] == -np.inf


def test_evidence_is_what_lifts_the_chance_from_the_base_rate():
    """Halfway between true and untrue a signal says nothing: the chance is the base rate's."""
    model = model_of(Discriminant, "cases", grid())
    at = np.zeros((1, model.size))
    at[0, model.block["bar"]] = 0.5
    at[0, model.block["true"]] = -1.0
    chance, evidence = model.bars(at)
    assert chance == pytest.approx(np.full_like(chance, 1 / (1 + np.e)))
    assert evidence == pytest.approx(np.zeros_like(evidence), abs=1e-12)


def test_the_beta_model_s_evidence_is_the_odds_of_the_bar_over_those_of_the_mean():
    model = model_of(Beta, "cases", grid())
    at = np.zeros((1, model.size))
    at[0, model.block["true"]] = [0.0, 1.0, 0.0]
    chance, evidence = model.bars(at)
    assert chance == pytest.approx(np.full_like(chance, 1 / (1 + np.exp(0.5))))
    assert evidence[0, :3] == pytest.approx([0.0, -1 / np.log(10), 0.0])


def test_the_discriminant_model_s_coordinates_keep_the_pooled_rates():
    held = grid()
    model = model_of(Discriminant, "cases", held)
    at = np.zeros((3, model.size))
    at[:, model.block["apart"]] = [[-2.0], [0.0], [1.5]]
    examined, hits = model.rates(model.straight(at))
    assert examined == pytest.approx(np.full_like(examined, held.examined.sum() / held.n.sum()), abs=0.01)
    assert hits == pytest.approx(np.full_like(hits, held.hits.sum() / held.examined.sum()), abs=0.01)


def test_scores_become_half_normal_numbers_of_their_rank():
    scores = np.array([-8.0, -1.0, 0.0, 2.0])
    numbers = half_normal(scores)
    assert 2 * norm.sf(numbers) == pytest.approx(norm.sf(scores))
    assert (numbers > 0).all()
