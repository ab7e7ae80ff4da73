"""What a score in the space means."""

from __future__ import annotations

import numpy as np
import pytest

from telusur.tracing.style.posts import Posts
from telusur.tracing.style.space import History, Windows, scores
from tracing.invented import Writer, small_model


@pytest.fixture(scope="module")
def channel():
    return small_model().parameters.channels["words"]


def summed(texts):
    counts, _ = Posts.of(texts).summed([np.arange(len(texts))])
    return counts["words"]


def both(channel, known, windows):
    history = History.of(channel, summed(known))
    counts, _ = Posts.of(windows).summed([np.array([at]) for at in range(len(windows))])
    return history, Windows.of(channel, counts["words"])


def test_every_score_of_ones_own_words_is_higher_than_of_words_never_used(channel):
    history, windows = both(channel, ["bakso enak sekali hari ini"] * 3, ["bakso enak sekali", "zzyzx qwrt vbnm"])
    own, strange = scores(history, windows)
    assert (own > strange).all()


def test_the_cosine_is_that_of_the_whole_vectors(channel):
    known = Writer(60).posts(30)
    history, windows = both(channel, known, Writer(60).posts(4))
    profile = channel.weighted(summed(known)).toarray()[0]
    assert scores(history, windows)[:, 0] == pytest.approx(windows.weighted.toarray() @ profile, abs=1e-6)


def test_a_normed_score_counts_deviations_from_the_other_pools(channel):
    history, windows = both(channel, Writer(60).posts(30), Writer(60).posts(3))
    out = np.zeros(windows.cosines.shape, dtype=bool)
    out[:, 0] = True
    others = windows.cosines[:, 1:].astype(float)
    cosine, normed = scores(history, windows, out)[:, :2].T
    assert normed == pytest.approx(np.clip((cosine - others.mean(1)) / others.std(1), -15, 15))


def test_the_likelihood_is_the_sum_over_the_windows_words(channel):
    known, window = ["pagi semua", "pagi dunia", "selamat pagi"], ["pagi selamat"]
    history, windows = both(channel, known, window)
    counts, size = summed(known).toarray()[0], summed(known).sum()
    asked = summed(window).indices
    share = channel.commonness[asked].astype(float)
    expected = np.log((counts[asked] + 300 * share) / (size + 300) / share).sum() / np.sqrt(asked.size)
    assert scores(history, windows)[0, 3] == pytest.approx(expected, rel=1e-4)


def test_words_that_nobody_knows_meet_no_history(channel):
    history, windows = both(channel, ["🙂"], ["satu dua tiga"])
    assert scores(history, windows)[0, 0] == 0
    assert np.isfinite(scores(history, windows)).all()
