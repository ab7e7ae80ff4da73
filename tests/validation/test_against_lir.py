"""Our measures are those of the forensic institute's ``lir`` 1.3.1, on sets drawn afresh (`make test-long`)."""

import warnings

import numpy as np
import pytest

from telusur.validation import intervals, metrics

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def lir():
    """Give the oracle; its own group holds it, and what it imports may warn."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pytest.importorskip("lir", reason="the oracle is not installed: scripts/setup.sh oracle")
        from lir.algorithms import bayeserror  # noqa: PLC0415 - only where the oracle is
        from lir.data.models import LLRData  # noqa: PLC0415
        from lir.metrics import cllr, cllr_min  # noqa: PLC0415

    return LLRData, cllr, cllr_min, bayeserror.elub


@pytest.fixture(scope="module")
def lir_ece(lir):
    """Give the oracle's ECE of ratios, labels and one prior probability."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from lir.plotting.expected_calibration_error import calculate_ece  # noqa: PLC0415 - only where the oracle is
    return calculate_ece


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(("same_size", "different_size"), [(20, 20), (60, 400), (500, 90)])
def test_costs_and_bounds_are_the_oracles(lir, seed, same_size, different_size):
    data, cllr, cllr_min, elub = lir
    draw = np.random.default_rng(seed)
    distance = draw.uniform(0.1, 3)
    same = np.round(draw.normal(distance, 1, same_size), 2)
    different = np.round(draw.normal(-distance, 1, different_size), 2)
    weights = np.concatenate([same, different])
    labels = np.concatenate([np.ones(same_size, dtype=int), np.zeros(different_size, dtype=int)])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        costs = (
            cllr(data(features=weights.copy(), labels=labels)),
            cllr_min(data(features=weights.copy(), labels=labels)),
        )
        bounds = elub(weights.copy(), labels)
    assert (metrics.cllr(same, different), metrics.cllr_min(same, different)) == pytest.approx(costs, abs=1e-9)
    # The oracle adds its steps up, so that a tie between two neighbouring steps may fall either way.
    assert metrics.elub(same, different) == pytest.approx(bounds, abs=0.01 + 1e-9)


def drawn(seed, same_size, different_size):
    draw = np.random.default_rng(seed)
    distance = draw.uniform(0.1, 3)
    same = np.round(draw.normal(distance, 1, same_size), 2)
    return same, np.round(draw.normal(-distance, 1, different_size), 2)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("prior", [-2.0, -0.7, 0.0, 1.3, 2.5])
def test_the_cost_over_priors_is_the_oracles(lir_ece, seed, prior):
    same, different = drawn(seed, 60, 200)
    labels = np.repeat([1, 0], [same.size, different.size])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = lir_ece(10.0 ** np.concatenate([same, different]), labels, np.array([1 / (1 + 10.0**-prior)]))
    assert metrics.ece(same, different, np.array([prior]))[0] == pytest.approx(float(np.ravel(theirs)[0]), abs=1e-9)


@pytest.mark.parametrize("seed", range(6))
def test_undrawn_the_bootstraps_measures_are_the_oracles(lir, seed):
    data, cllr, cllr_min, _ = lir
    same, different = drawn(seed, 80, 300)
    weights = np.concatenate([same, different])
    labels = np.repeat([1, 0], [same.size, different.size])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        costs = (
            cllr(data(features=weights.copy(), labels=labels)),
            cllr_min(data(features=weights.copy(), labels=labels)),
        )
    told = intervals.Weighing(weights, labels == 1).measures(np.ones(weights.size))
    assert (told.cllr, told.cllr_min) == pytest.approx(costs, abs=1e-9)
