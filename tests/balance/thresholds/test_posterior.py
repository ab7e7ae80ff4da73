"""Large tables are walked in the coordinates that suit them."""

import numpy as np
import pytest

from balance_thresholds import grid
from telusur.balance.thresholds import mode, posterior
from telusur.balance.thresholds.beta import Beta
from telusur.balance.thresholds.priors import BETA
from telusur.balance.thresholds.table import table


def scattered(places=9):
    """Each place asks for its own evidence, and examines enough to show it."""
    rng = np.random.default_rng(4)
    counts = {}
    for place in range(places):
        for group in range(3):
            hits = int(rng.integers(60, 240))
            counts[f"P{place}", f"G{group}"] = (2000, 300 + int(rng.integers(-120, 120)), min(hits, 170))
    return table(counts, "scattered")


def looked_at(held):
    """Give the coordinates that the first draws lead to, beside those they were drawn in."""
    model = Beta(held, BETA["cases"])
    at = mode.highest(model, model.start())
    root = mode.spread(model, at)
    rng = np.random.default_rng(1)
    sampler = posterior._sampler(model, posterior._starts(model, at, root, 8, rng), at, root, rng)
    other = Beta(held, BETA["cases"], alone=True)
    found, moved = posterior._recoordinated(other, model, sampler)
    return model, other, found, moved, sampler


def test_rows_stand_for_themselves_where_bars_are_seen_to_scatter():
    model, other, found, moved, sampler = looked_at(scattered())
    assert found is other
    assert other.bars(moved.at)[0] == pytest.approx(model.bars(sampler.at)[0])


def test_rows_are_told_by_their_distance_where_bars_may_hardly_scatter():
    model, _, found, _, _ = looked_at(grid(n=400, examined=120, hits=50))
    assert found is model
