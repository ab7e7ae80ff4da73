"""What a score in the space means."""

from __future__ import annotations

import numpy as np
import pytest

from telusur.tracing.style.grams import BUCKETS
from telusur.tracing.style.posts import Posts
from telusur.tracing.style.space import Channel, History, Windows, as_levels, scores
from tracing.invented import Writer, small_model


@pytest.fixture(scope="module")
def channel():
    return small_model().parameters.channels["words"]


def summed(texts):
    counts, _ = Posts.of(texts).summed([np.arange(len(texts))])
    return counts["words"]


def both(channel, known, windows):
    history = History.of(channel, summed(known), int(Posts.of(known).n_words.sum()))
    counts, words = Posts.of(windows).summed([np.array([at]) for at in range(len(windows))])
    return history, Windows.of(channel, counts["words"], words)


def test_every_score_of_ones_own_words_is_higher_than_of_words_never_used(channel):
    history, windows = both(channel, ["bakso enak sekali hari ini"] * 3, ["bakso enak sekali", "zzyzx qwrt vbnm"])
    own, strange = scores(history, windows)
    assert (own > strange).all()


def expected(channel, n_words):
    """What anybody's text of so many words holds, over all buckets."""
    whole = np.zeros(BUCKETS)
    whole[channel.kept] = channel.expected @ channel.shares(np.array([n_words]))[0]
    return whole


def test_the_cosine_is_that_of_the_whole_vectors_less_the_expected_ones(channel):
    known, asked = Writer(60).posts(30), Writer(60).posts(4)
    history, windows = both(channel, known, asked)
    mine = channel.weighted(summed(known)).toarray()[0] - expected(channel, Posts.of(known).n_words.sum())
    for at, text in enumerate(asked):
        theirs = windows.weighted[[at]].toarray()[0] - expected(channel, Posts.of([text]).n_words.sum())
        cosine = mine @ theirs / np.linalg.norm(mine) / np.linalg.norm(theirs)
        assert scores(history, windows)[at, 0] == pytest.approx(cosine, abs=1e-5)


def test_what_everybody_writes_is_no_likeness(channel):
    def centred(known, asked):
        return scores(*both(channel, Writer(known).posts(40), [" ".join(Writer(asked).posts(5))]))[0, 0]

    others = [centred(number, number + 1) for number in range(30, 60)]
    own = [centred(number, number) for number in range(30, 60)]
    assert abs(np.median(others)) < 0.05
    assert np.median(own) > 3 * abs(np.median(others))


def test_expected_vectors_are_interpolated_by_words(channel):
    anchors = channel.words
    assert channel.shares(anchors.astype(np.int64)).argmax(axis=1).tolist() == list(range(anchors.size))
    between = channel.shares(np.array([1, int(np.sqrt(anchors[0] * anchors[1])), 10**6]))
    assert between.sum(axis=1) == pytest.approx(1.0)
    assert between[0, 0] == between[2, -1] == 1.0
    assert between[1, :2] == pytest.approx(0.5, abs=0.1)


def test_levels_keep_expected_values_to_three_per_cent():
    values = np.array([0.0, 1e-9, 1e-6, 3e-4, 0.02, 0.4, 1.0])
    channel = Channel(np.arange(7, dtype=np.int32), np.ones(7, np.int32), 9, as_levels(values)[None], np.ones(1))
    assert channel.expected[2:, 0] == pytest.approx(values[2:], rel=0.03)
    assert channel.expected[:2, 0] == pytest.approx(0.0, abs=1e-6)


def test_the_likelihood_is_the_sum_over_the_windows_words(channel):
    known, window = ["pagi semua", "pagi dunia", "selamat pagi"], ["pagi selamat"]
    history, windows = both(channel, known, window)
    counts, size = summed(known).toarray()[0], summed(known).sum()
    asked = summed(window).indices
    share = channel.commonness[asked].astype(float)
    likelihood = np.log((counts[asked] + 300 * share) / (size + 300) / share).sum() / np.sqrt(asked.size)
    assert scores(history, windows)[0, 1] == pytest.approx(likelihood, rel=1e-4)


def test_words_that_nobody_knows_meet_no_history(channel):
    history, windows = both(channel, ["🙂"], ["satu dua tiga"])
    assert history.met_by(windows)[0] == 0
    assert np.isfinite(scores(history, windows)).all()
