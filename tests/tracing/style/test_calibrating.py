"""What calibrating windows promises."""

from __future__ import annotations

import numpy as np
import pytest

from telusur.tracing.style.calibrating import Comparisons, windows

AUTHORS = 30


@pytest.fixture(scope="module")
def found():
    """Comparisons in which a score of bare texts lies two higher than one of texts as published."""
    rng = np.random.default_rng(1)
    n = AUTHORS * 40
    same, bare = np.tile([True, False], n // 2), np.arange(n) % 4 < 2
    near = ~same & (rng.random(n) < 0.5)
    score = rng.normal(size=n) + 1.5 * same + 2.0 * bare
    author = np.repeat(np.arange(AUTHORS), 40)
    return Comparisons(score[:, None], same, near, author, np.full(n, 5), rng.integers(3, 60, n), bare)


FOLDS_OF = np.arange(AUTHORS) % 3


def test_bare_texts_are_calibrated_by_themselves(found):
    calibrations, caps, measured = windows(found, FOLDS_OF)
    at = {name: one.log_odds(np.array([[0.75], [2.75]]))[0] for name, one in calibrations.items()}
    assert at["window"][0] == pytest.approx(0, abs=0.4)
    assert at["bare"][1] == pytest.approx(0, abs=0.4)
    assert at["window"][1] > 1 > -1 > at["bare"][0]
    assert caps.shape == (len(measured), 5)


def test_one_calibration_weighs_all_where_hardly_anybody_tags(found):
    few = found.where(found.bare | (found.author < AUTHORS // 3))
    assert set(windows(found, FOLDS_OF)[0]) == {"window", "bare"}
    assert set(windows(few, FOLDS_OF)[0]) == {"window"}
    assert set(windows(found.where(found.bare), FOLDS_OF)[0]) == {"window"}


def test_some_comparisons_keep_their_rows_together_and_joined_give_all(found):
    parts = [found.where(found.same), found.where(~found.same)]
    again = Comparisons.joined(parts)
    order = np.argsort(~found.same, kind="stable")
    for name in ("same", "near", "author", "words", "bare"):
        assert (getattr(again, name) == getattr(found, name)[order]).all()
    assert (again.columns == found.columns[order]).all()
