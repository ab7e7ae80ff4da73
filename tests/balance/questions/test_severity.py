"""Severity is compared over all its thresholds, within strata, and within what the rule allows."""

import numpy as np
import pytest
from statsmodels.miscmodels.ordinal_model import OrderedModel

from balance_questions import fair, ground, with_
from telusur.balance.questions import asking, severity


def heavier(cases, group, steps=1, share=0.6):
    ours = (cases.columns["beneficiary"] == group) & (np.random.default_rng(5).random(cases.n) < share)
    held = cases.numbers["severity"]
    return with_(cases, numbers={"severity": np.where(ours, np.clip(held + steps, 0, 4), held)})


def one(answer):
    return asking.judged([answer], 0.05)[0]


def test_a_group_that_is_sanctioned_more_heavily_is_found():
    found = one(severity.severity(ground(heavier(fair(), "A"))))
    assert found.rung.verdict == "uneven"
    assert found.numbers["group"] == "A"
    assert found.numbers["odds_ratio"] > found.numbers["lower"] > 1
    assert found.numbers["table_p"] < 0.01
    assert "heavier" in found.words.en
    lighter = one(severity.severity(ground(heavier(fair(), "B", -1))))
    assert "group B are lighter" in lighter.words.en


def test_the_ratio_agrees_with_proportional_odds_by_maximum_likelihood():
    rng = np.random.default_rng(3)
    n = 4_000
    cases = fair(n)
    group = (cases.columns["beneficiary"] == "A").astype(float)
    latent = 0.7 * group + rng.logistic(size=n)
    level = np.searchsorted([-1.0, 0.5, 1.5], latent).astype(float)
    cases = with_(cases, numbers={"severity": np.where(cases.outcome == "proven", level, np.nan)})
    held = cases.outcome == "proven"
    peer = OrderedModel(level[held].astype(int), group[held][:, None], distr="logit").fit(method="bfgs", disp=0)
    found = severity.severity(ground(cases))
    assert found.numbers["group"] == "A"
    assert np.log(found.numbers["odds_ratio"]) == pytest.approx(float(peer.params[0]), abs=0.03)
    reach = np.log(found.numbers["upper"] / found.numbers["lower"]) / (2 * 1.959964)
    assert reach == pytest.approx(float(peer.bse[0]), rel=0.1)
    assert found.numbers["proportional_p"] > 0.01


def test_a_group_that_gets_only_extremes_is_seen_not_to_be_proportional():
    cases = fair(3_000)
    rng = np.random.default_rng(1)
    ours = (cases.columns["beneficiary"] == "A") & (cases.outcome == "proven")
    held = np.where(ours, rng.choice([0.0, 4.0], cases.n), cases.numbers["severity"])
    found = severity.severity(ground(with_(cases, numbers={"severity": held})))
    assert found.numbers["proportional_p"] < 1e-6


def test_regions_that_sanction_more_heavily_accuse_nobody():
    cases = fair(2_400, seed=2)
    strict = np.isin(cases.columns["region"], ["11", "12"])
    lean = np.where(np.random.default_rng(1).random(cases.n) < np.where(strict, 0.8, 0.2), "A", "B").astype(object)
    held = np.where(strict, np.clip(cases.numbers["severity"] + 1, 0, 4), cases.numbers["severity"])
    found = one(severity.severity(ground(with_(cases, columns={"beneficiary": lean}, numbers={"severity": held}))))
    assert found.rung.value == "explained_by_mix"


def test_fewer_than_twenty_sanctions_are_too_little_data():
    found = one(severity.severity(ground(fair(50))))
    assert found.rung.value == "too_little_data"
    assert "at least two groups with 20" in found.words.en
    assert "odds ratio below" in found.words.en


def test_shares_of_a_group_are_the_whole():
    found = severity.severity(ground(fair(600)))
    ours = [share for share, group in zip(found.series["share"], found.series["group"], strict=True) if group == "B"]
    assert sum(ours) == pytest.approx(1)


def test_the_place_in_the_allowed_range_is_compared():
    cases = fair(1_500, seed=3)
    assert one(severity.within_range(ground(cases))).rung.value == "no_difference"
    found = one(severity.within_range(ground(heavier(cases, "C"))))
    assert found.rung.verdict == "uneven"
    assert found.numbers["group"] == "C"
    assert "higher" in found.words.en
    assert "lower" in one(severity.within_range(ground(heavier(cases, "C", -1)))).words.en
    assert one(severity.within_range(ground(fair(40)))).rung.value == "too_little_data"


def test_sanctions_outside_the_allowed_range_are_counted():
    cases = fair(600)
    narrow = with_(cases, numbers={"severity_max": np.where(cases.outcome == "proven", 2.0, np.nan)})
    found = severity.within_range(ground(narrow))
    above = (cases.numbers["severity"] > 2) & (cases.columns["beneficiary"] == "A")
    assert found.numbers["above_A"] == int(above.sum())
    fixed = with_(cases, numbers={"severity_max": cases.numbers["severity_min"]})
    assert one(severity.within_range(ground(fixed))).rung.value == "too_little_data"


def test_where_even_a_large_difference_could_be_missed_there_is_too_little_data():
    found = one(severity.severity(ground(fair(150, seed=2))))
    assert found.numbers["detectable"] > 2.3
    assert found.rung.value == "too_little_data"
    assert "even a large difference would not be seen. At this size" in found.words.en


def test_one_threshold_cannot_differ_from_itself():
    cases = fair(800, seed=2)
    light = np.where(cases.outcome == "proven", np.minimum(cases.numbers["severity"], 1), np.nan)
    found = severity.severity(ground(with_(cases, numbers={"severity": light})))
    assert found.numbers["proportional_p"] is None
