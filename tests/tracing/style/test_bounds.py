"""What a validation set can support at most."""

from __future__ import annotations

import numpy as np
import pytest

from telusur.tracing.style.bounds import elub


def test_more_comparisons_support_stronger_weights():
    few, many = (elub(np.full(n, 5.0), np.full(n, -5.0)) for n in (30, 3000))
    assert many[0] < few[0] < 0 < few[1] < many[1]


def test_one_strong_misleading_comparison_pulls_the_bound_in():
    same, different = np.full(300, 3.0), np.full(300, -3.0)
    assert elub(same, np.append(different, 2.5))[1] < elub(same, different)[1]


def test_weights_that_point_the_wrong_way_support_nothing():
    assert elub(np.full(50, -2.0), np.full(50, 2.0)) == pytest.approx((0.0, 0.0), abs=0.011)
