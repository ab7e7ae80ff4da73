"""Invented tables hold what they say, and threshold tests of them accuse nobody falsely."""

import pytest

from telusur.validation.balance import bars


def shares(world):
    """Share examined and hit rate of group A, of very many cases."""
    held = bars.draw(bars.Setting(world, 200_000), 1)
    first = held.group == 0
    examined = held.examined[first].sum()
    return examined / held.n[first].sum(), held.hits[first].sum() / examined


def test_tables_hold_all_cases_and_are_the_same_by_seed():
    one, two, other = (bars.draw(bars.Setting("even", 3000), seed) for seed in (1, 1, 2))
    assert one.n.sum() == 3000
    assert len(one.places) == bars.REGIONS
    assert one.groups == bars.GROUPS
    assert (one.hits == two.hits).all()
    assert (one.hits != other.hits).any()


def test_weak_reports_lower_the_hit_rate_though_nobody_is_treated_differently():
    examined, hits = shares("even")
    weak_examined, weak_hits = shares("weak_same_evidence")
    assert weak_examined < examined
    assert weak_hits < hits - 0.1


def test_one_chance_for_all_asks_more_of_weak_reports():
    examined, hits = shares("weak_same_evidence")
    asked_examined, asked_hits = shares("weak_same_chance")
    assert asked_examined < examined
    assert asked_hits > hits


def test_a_lower_bar_lets_more_through():
    examined, hits = shares("even")
    lower_examined, lower_hits = shares("lower_bar")
    assert lower_examined > examined + 0.1
    assert lower_hits < hits


@pytest.mark.long
@pytest.mark.parametrize("world", bars.FAIR)
@pytest.mark.parametrize("n", [1000, 5000])
def test_nobody_is_accused_in_a_fair_world(world, n):
    (found,) = bars.tried([bars.Setting(world, n)], times=4, seed=8, jobs=1)
    assert found.different.passed == 0
    assert sum(found.verdicts.values()) == 4
    assert found.r_hat <= 1.01
