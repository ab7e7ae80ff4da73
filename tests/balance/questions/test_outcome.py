"""The outcome test says its trap, and accuses nobody whatever it finds."""

import numpy as np
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from balance_questions import fair, with_
from telusur.balance import default_plan
from telusur.balance.questions import all_questions, outcome
from telusur.balance.steps import populations


def asked(cases):
    found = all_questions(cases, default_plan(), populations(cases))
    return next(one for one in found if one.id == "outcome")


def weak(cases, group, share):
    ours = (cases.columns["beneficiary"] == group) & (np.random.default_rng(8).random(cases.n) < share)
    held = cases.outcome.copy()
    held[ours & (held == "proven")] = "not_proven"
    return with_(cases, outcome=held)


def test_a_lower_hit_rate_is_said_with_its_trap_and_never_lifts_the_ladder():
    found = asked(weak(fair(1_500), "A", 0.5))
    assert found.numbers["p"] < 1e-6
    assert found.rung.value == "explained_by_mix"
    assert "proven less often" in found.words.en
    assert "weaker or stronger reports alone" in found.words.en
    assert "laporan yang lebih lemah" in found.words.id


def test_a_higher_one_likewise():
    cases = weak(weak(fair(1_500), "A", 0.5), "B", 0.5)
    assert "group C are proven more often" in asked(cases).words.en


def test_without_a_difference_what_could_be_missed_is_said():
    found = asked(fair(1_500))
    assert found.rung.value == "no_difference"
    assert "could have been missed" in found.words.en


def test_few_examined_cases_are_too_little():
    found = asked(fair(100))
    assert found.rung.value == "too_little_data"
    assert "at least two groups with 50" in found.words.en
    assert found.series["enough"] == [n >= 30 for n in found.series["n"]]


def test_the_interval_is_newcombes():
    rng = np.random.default_rng(1)
    passed, member = rng.random(150) < 0.4, rng.random(150) < 0.4
    counts = [int(value) for value in (passed[member].sum(), member.sum(), passed[~member].sum(), (~member).sum())]
    expected = confint_proportions_2indep(*counts, method="newcomb", compare="diff")
    assert outcome.newcombe(passed, member) == pytest.approx(expected)


def test_in_one_stratum_the_stratified_difference_is_the_difference():
    rng = np.random.default_rng(1)
    passed, member = rng.random(400) < 0.4, rng.random(400) < 0.4
    gap, error = outcome.stratified(passed, member, np.zeros(400, dtype=np.int64))
    rates = [passed[side].mean() for side in (member, ~member)]
    assert gap == pytest.approx(rates[0] - rates[1])
    plain = sum(rate * (1 - rate) / side.sum() for rate, side in zip(rates, (member, ~member), strict=True))
    assert error == pytest.approx(np.sqrt(plain), rel=0.02)


def test_what_strata_explain_is_not_in_the_stratified_difference():
    rng = np.random.default_rng(1)
    codes = rng.integers(0, 2, 4_000)
    member = rng.random(4_000) < np.where(codes, 0.8, 0.2)
    passed = rng.random(4_000) < np.where(codes, 0.3, 0.7)
    gap, error = outcome.stratified(passed, member, codes)
    assert abs(gap) < 3 * error
    assert passed[member].mean() - passed[~member].mean() < -0.15
    assert outcome.stratified(passed, member, np.arange(4_000)) == (0.0, 0.0)
