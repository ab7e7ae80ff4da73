"""The test of one step finds what was planted, and says what it could have missed."""

import math

import numpy as np
import pytest

from telusur.balance import default_plan, read_plan, template
from telusur.balance.passage import test as step_test
from telusur.balance.steps import populations
from telusur.validation.balance.worlds import Setting, draw


def tried(setting, step="accepted", plan=None, seed=1, **changes):
    cases = draw(setting, seed)
    if changes:
        cases = type(cases)(**(vars(cases) | {"columns": {**cases.columns, **changes}}))
    return step_test.of(cases, populations(cases)[step], plan or default_plan())


def test_a_planted_difference_is_found_in_its_group_and_size():
    found = tried(Setting("plain", 6_000, "accepted")).test
    assert found is not None
    assert found.group == "A"
    assert found.p < 1e-6
    assert found.lower < 2 < found.upper
    assert found.ratios["B"].value < 1


def test_what_could_be_seen_shrinks_with_the_square_root_of_the_cases():
    small, large = (tried(Setting("plain", n)).test for n in (1_000, 4_000))
    assert math.log(small.detectable) / math.log(large.detectable) == pytest.approx(2, rel=0.1)


def test_confounding_shows_in_the_pooled_ratio_only():
    found = tried(Setting("confounded", 5_000)).test
    assert found.pooled.p < 1e-6
    assert found.p > 0.01


def test_weak_evidence_of_one_group_explains_its_rate():
    aware = tried(Setting("weak_reports", 5_000)).test
    blind = tried(
        Setting("weak_reports", 5_000), plan=read_plan(template().replace("evidence_strength, ", ""), "p")
    ).test
    assert blind.p < 1e-6
    assert aware.p > 0.01


@pytest.mark.parametrize(
    ("setting", "said"), [(Setting("plain", 150), "150 settled cases"), (Setting("plain", 260), "would not be seen")]
)
def test_too_little_data_is_told_with_its_measure(setting, said):
    assert said in tried(setting).lacking.en


def test_a_group_of_one_and_all_of_one_group_are_too_little():
    one = np.array(["A"] * 999 + ["B"], dtype=object)
    assert "two groups" in tried(Setting("plain", 1_000), beneficiary=one).lacking.en
    same = np.array(["A"] * 1_000, dtype=object)
    assert "two groups" in tried(Setting("plain", 1_000), beneficiary=same).lacking.en


def test_a_single_region_is_too_few_strata():
    here = np.array(["31"] * 1_000, dtype=object)
    assert "1 strata" in tried(Setting("plain", 1_000), region=here).lacking.en


def test_cases_of_one_order_widen_the_interval():
    rng = np.random.default_rng(1)
    orders = np.array([f"o{number}" for number in rng.integers(0, 40, 2_000)], dtype=object)
    alone, together = tried(Setting("plain", 2_000)).test, tried(Setting("plain", 2_000), order=orders).test
    assert together.detectable >= alone.detectable
