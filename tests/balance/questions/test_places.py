"""A funnel plot shows where to look; it accuses nobody."""

import numpy as np
import pytest
from scipy.stats import binom
from statsmodels.stats.multitest import multipletests

from balance_questions import fair, ground, with_
from telusur.balance.questions import places


def test_limits_are_the_exact_binomial_ones_without_over_dispersion():
    rng = np.random.default_rng(1)
    n = rng.integers(20, 400, 40)
    passed = rng.binomial(n, 0.6)
    overall, phi, limits = places.funnel(n, passed)
    assert phi == 1.0
    for name, chance in (("lower95", 0.025), ("upper95", 0.975), ("lower998", 0.001), ("upper998", 0.999)):
        whole = binom.ppf(chance, n, overall)
        assert (limits[name] * n <= whole + 1e-6).all()
        assert (limits[name] * n >= whole - 1 - 1e-6).all()
    assert not places.outside_limits(n, passed, overall, phi).any()


def test_a_place_far_out_is_outside_and_one_case_never_is():
    n, passed = np.array([300] * 20 + [200, 1, 1]), np.array([180] * 20 + [30, 1, 0])
    overall, _, limits = places.funnel(n, passed)
    assert places.outside_limits(n, passed, overall, 1.0).tolist() == [False] * 20 + [True, False, False]
    assert limits["upper998"][-1] == 1.0
    assert limits["lower998"][-1] == 0.0


def test_places_that_scatter_more_than_chance_widen_the_limits():
    rng = np.random.default_rng(2)
    n = np.full(60, 300)
    passed = rng.binomial(n, rng.beta(6, 4, 60))
    overall, phi, limits = places.funnel(n, passed)
    assert phi > 5
    assert (overall - limits["lower998"])[0] == pytest.approx(3.09 * np.sqrt(phi * overall * (1 - overall) / 300), 1e-3)
    exact = places.outside_limits(n, passed, overall, 1.0).sum()
    assert places.outside_limits(n, passed, overall, phi).sum() < exact / 3


def test_where_all_pass_nothing_lies_outside():
    n = np.array([5, 10])
    overall, phi, limits = places.funnel(n, n)
    assert (overall, phi) == (1.0, 1.0)
    assert limits["lower95"].tolist() == [1.0, 1.0]
    assert not places.outside_limits(n, n, overall, phi).any()


def test_limits_can_be_told_for_sizes_that_no_place_has():
    rng = np.random.default_rng(2)
    n = np.full(60, 300)
    passed = rng.binomial(n, rng.beta(6, 4, 60))
    overall, phi, within = places.funnel(n, passed)
    sizes = np.arange(20, 320, 10)
    drawn = places.limits(sizes, overall, phi)
    assert drawn["lower998"][28] == within["lower998"][0]
    # Both pairs of limits are as much wider than chance as places scatter, and the inner ones lie inside.
    inner = (drawn["lower998"] <= drawn["lower95"]) & (drawn["upper95"] <= drawn["upper998"])
    assert inner.all()
    assert (overall - drawn["lower95"][28]) == pytest.approx(1.96 * np.sqrt(phi * overall * (1 - overall) / 300), 1e-3)
    assert (np.diff(drawn["lower95"]) >= 0).all()
    assert (np.diff(places.limits(sizes, overall, 1.0)["upper95"]) <= 0).all()
    assert places.limits(sizes, 1.0, 1.0)["lower95"].tolist() == [1.0] * sizes.size


def test_small_places_are_drawn_to_the_middle_more_than_large_ones():
    rng = np.random.default_rng(3)
    n = np.array([10, 1_000] * 20)
    passed = rng.binomial(n, rng.beta(12, 8, 40))
    drawn = places.shrunken(n, passed)
    overall = passed.sum() / n.sum()
    kept = np.abs(drawn - overall) / np.maximum(np.abs(passed / n - overall), 1e-9)
    assert kept[::2].mean() < 0.6
    assert kept[1::2].mean() > 0.9
    assert places.shrunken(np.array([50]), np.array([20])).tolist() == [0.4]


def test_adjusted_values_are_benjaminis_and_hochbergs():
    p = np.random.default_rng(1).random(30).tolist()
    assert places.hochberg(p) == pytest.approx(multipletests(p, method="fdr_bh")[1])


def biased(cases, region):
    """Group A is let off at acceptance in one region."""
    ours = (cases.columns["beneficiary"] == "A") & (cases.columns["region"] == region)
    outcome, days = cases.outcome.copy(), {name: cases.days[name].copy() for name in cases.days}
    outcome[ours] = "dropped"
    for name in ("accepted", "examined", "executed"):
        days[name][ours] = np.nan
    return with_(cases, outcome=outcome, days=days)


def test_a_region_is_shown_only_where_its_step_is_uneven():
    cases = biased(fair(1_500), "13")
    quiet = places.regions(ground(cases))
    assert not any(quiet.series["shown"])
    assert "no region is pointed at" in quiet.told.en
    loud = places.regions(ground(cases, uneven=frozenset({"accepted"})))
    rows = zip(loud.series["step"], loud.series["place"], loud.series["shown"], strict=True)
    assert [(step, place) for step, place, shown in rows if shown] == [("accepted", "13")]
    assert loud.numbers["shown"] == 1.0


def test_regions_with_few_on_a_side_are_not_tried():
    found = places.regions(ground(fair(60)))
    few = [q for q, n in zip(found.series["q"], found.series["n"], strict=True) if n < 20]
    assert few
    assert set(few) == {None}
