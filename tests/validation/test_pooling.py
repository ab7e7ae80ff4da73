"""Pooling adjacent violators: done once, for all measures that rest on it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.validation.pooling import Pooled

COUNTS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=12).filter(
    lambda pairs: any(one for one, _ in pairs) and any(other for _, other in pairs)
)


def pooled(pairs):
    same, different = (np.array(side, dtype=float) for side in zip(*pairs, strict=True))
    return Pooled.of(same, different)


def slowly(pairs):
    """Pool as Ayer et al. (1955) say it, block by block, both kinds counting alike."""
    same, different = (np.array(side, dtype=float) / sum(side) for side in zip(*pairs, strict=True))
    blocks = []
    for one, other in zip(same, different, strict=True):
        if one + other == 0:
            continue
        blocks.append([one, one + other, 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] >= blocks[-1][0] / blocks[-1][1]:
            above = blocks.pop()
            blocks[-1] = [a + b for a, b in zip(blocks[-1], above, strict=True)]
    return [one / both for one, both, n in blocks for _ in range(n)]


@given(COUNTS)
def test_the_shares_are_those_of_the_definition(pairs):
    assert pooled(pairs).share.tolist() == pytest.approx(slowly(pairs))


@given(COUNTS)
def test_recalibration_costs_between_nothing_and_a_bit_and_errs_in_half_at_most(pairs):
    found = pooled(pairs)
    assert -1e-9 <= found.cost <= 1 + 1e-9
    assert -1e-9 <= found.equal_error <= 0.5 + 1e-9


def test_what_separates_fully_weighs_without_end_and_costs_nothing():
    found = pooled([(0, 3), (0, 1), (2, 0)])
    assert found.bans.tolist() == [-np.inf, -np.inf, np.inf]
    assert (found.cost, found.equal_error) == (0.0, 0.0)


def test_how_often_each_counts_in_all_changes_nothing():
    few, many = pooled([(1, 4), (3, 1)]), pooled([(10, 4), (30, 1)])
    assert few.bans.tolist() == pytest.approx(many.bans.tolist())
    assert few.cost == pytest.approx(many.cost)
