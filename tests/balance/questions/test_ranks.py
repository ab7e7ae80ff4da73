"""Means within strata, judged by draws or by the normal law alike."""

import numpy as np
import pytest
from scipy.stats import rankdata

from telusur.balance.questions import drawing, ranks


def test_ridits_are_ranks_as_shares_of_the_stratum():
    rng = np.random.default_rng(1)
    values, codes = rng.integers(0, 5, 60).astype(float), rng.integers(3, 6, 60)
    found = ranks.ridits(values, codes)
    for code in (3, 4, 5):
        held = codes == code
        assert found[held] == pytest.approx((rankdata(values[held]) - 0.5) / held.sum())


def test_draws_and_the_normal_law_agree(monkeypatch):
    rng = np.random.default_rng(2)
    values, codes = rng.normal(size=600), rng.integers(0, 6, 600)
    members = np.eye(3)[rng.integers(0, 3, 600)]
    values = values + 0.18 * members[:, 0]
    drawn = ranks.means(values, codes, members, 1)
    monkeypatch.setattr(ranks, "MANY", 10)
    assert ranks.means(values, codes, members, 1).p == pytest.approx(drawn.p, abs=0.03)
    assert drawn.most == 0
    assert drawn.difference[0] == pytest.approx(0.18, abs=3 * drawn.error[0])


def test_where_all_are_alike_nothing_can_be_told():
    assert ranks.means(np.ones(10), np.zeros(10, dtype=np.int64), np.eye(2)[[0, 1] * 5], 1) is None


def test_orders_move_cases_within_their_strata_only():
    codes = np.random.default_rng(1).integers(0, 4, 50)
    for order in drawing.shuffled(codes, 20, 3):
        assert sorted(order.tolist()) == list(range(50))
        assert (codes[order] == codes).all()


def test_many_cases_get_fewer_draws_but_never_few():
    assert drawing.draws(100) == 999
    assert drawing.draws(50_000) == 320
    assert drawing.draws(10**9) == 199


def test_without_anything_p_is_even():
    codes = np.zeros(30, dtype=np.int64)
    rng = np.random.default_rng(4)
    p = []
    for seed in range(40):
        values = rng.normal(size=30)
        p.append(drawing.p_of(values[:10].sum(), lambda order, held=values: held[order][:10].sum(), codes, seed)[0])
    assert 0.3 < np.mean(p) < 0.7
    assert min(p) >= 0.001
