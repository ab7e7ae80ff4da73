"""Pooled and stratified tables give the figures that everybody knows."""

import numpy as np
import pytest
from statsmodels.stats.proportion import proportion_confint

from berkeley_1973 import applicants
from telusur.balance.passage import tables


def test_berkeley_reverses_once_departments_are_compared_with_themselves():
    admitted, man, department = applicants()
    assert tables.pooled(admitted, man).value == pytest.approx(1.84, abs=0.005)
    within, same = tables.within(admitted, man, department)
    assert within.value == pytest.approx(0.905, abs=0.001)
    assert within.p == pytest.approx(0.232, abs=0.0005)
    assert same == pytest.approx(0.0021, abs=0.0001)
    assert within.lower < 1 < within.upper


def test_a_rate_has_wilsons_interval():
    found = tables.rate("A", 20, 3)
    assert (found.rate, found.lower, found.upper) == pytest.approx((0.15, *proportion_confint(3, 20, method="wilson")))
    nobody = tables.rate("A", 0, 0)
    assert (nobody.rate, nobody.lower, nobody.upper) == (0, 0, 1)


@pytest.mark.parametrize(("member_passes", "others_pass"), [(5, 0), (0, 5), (5, 5)])
def test_empty_cells_leave_finite_pooled_ratios(member_passes, others_pass):
    member = np.repeat([True, False], 5)
    passed = np.concatenate([np.arange(5) < member_passes, np.arange(5) < others_pass])
    found = tables.pooled(passed, member)
    assert np.isfinite([found.value, found.lower, found.upper, found.p]).all()
    assert found.lower <= found.value <= found.upper


def test_strata_without_anything_to_compare_say_nothing():
    passed, member = np.array([True, True, False, True]), np.array([True, True, False, False])
    found, same = tables.within(passed, member, np.array([0, 0, 1, 1]))
    assert (found.value, found.p, same) == (1.0, 1.0, None)


def test_a_ratio_without_end_keeps_its_side():
    passed = np.array([True] * 6 + [False] * 6)
    for member, value in ((passed, np.inf), (~passed, 0.0)):
        found, _ = tables.within(passed, member, np.zeros(12, dtype=int))
        assert found.value == value


def test_large_tables_are_tested_alike():
    rng = np.random.default_rng(1)
    passed, member = rng.random(20_000) < 0.5, rng.random(20_000) < 0.4
    large, small = tables.pooled(passed, member), tables.pooled(passed[:-1], member[:-1])
    assert large.p == pytest.approx(small.p, rel=0.05)
