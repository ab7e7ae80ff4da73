"""The published thresholds of an open study of police stops come out again (needs ../shared)."""

import csv
import time
from pathlib import Path

import numpy as np
import pytest

from telusur.balance import thresholds

TABLE = Path(__file__).parents[3] / "shared" / "data" / "balance" / "thresholds_ct_ri.csv"

pytestmark = pytest.mark.accept


@pytest.fixture(scope="module")
def rows():
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(enumerate(csv.DictReader(file), start=2))


@pytest.mark.parametrize("state", ["CT", "RI"])
def test_a_state_s_thresholds_are_those_published(rows, state):
    (table,) = thresholds.read_tables((line, row) for line, row in rows if row["state"] == state)
    began = time.process_time()
    found = thresholds.fit(table, family="beta")
    taken = time.process_time() - began
    published = {
        (row["location_variable"], row["driver_race"]): float(row["inferred_threshold"])
        for _, row in rows
        if row["state"] == state
    }
    errors = np.array([row.bar.chance.mean - published[row.place, row.group] for row in found.rows])
    inside = [row.bar.chance.lower < published[row.place, row.group] < row.bar.chance.upper for row in found.rows]
    print(
        f"\n{state}: mean absolute error {np.abs(errors).mean():.5f}, largest {np.abs(errors).max():.5f}, "
        f"R-hat {found.r_hat:.4f}, {found.chains} x {found.draws} draws, {taken:.0f} s CPU"
    )
    assert len(errors) == len(published)
    assert np.abs(errors).mean() <= 0.003
    assert all(inside)
    assert found.r_hat <= 1.01
    assert taken < 300
