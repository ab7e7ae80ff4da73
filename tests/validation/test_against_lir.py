"""Our measures are those of the forensic institute's ``lir`` 1.3.1, on sets drawn afresh (`make test-long`)."""

import warnings

import numpy as np
import pytest

from telusur.validation import metrics

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
