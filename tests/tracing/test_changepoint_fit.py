"""What fitting the change-point model on spliced streams promises."""

from __future__ import annotations

import numpy as np
import pytest

from telusur.tracing import changepoint_fit
from telusur.tracing.style.corpus import Corpus
from tracing.invented import small_model, table


@pytest.fixture(scope="module")
def corpus():
    return Corpus.of(table(21, 64))


def test_a_change_of_subject_keeps_every_post_of_the_owner(corpus):
    own = corpus.rows(3)
    moved = changepoint_fit.on_one_subject(corpus, own, 20, np.random.default_rng(1))
    assert sorted(moved) == own.tolist()
    kept, last = moved[:-20], moved[-20:]
    assert (np.diff(kept) > 0).all()
    assert (np.diff(last) > 0).all()


def test_posts_on_one_subject_share_more_words_than_those_left_behind(corpus):
    counts = (corpus.posts.counts["words"] > 0).astype(float)
    gains = []
    for account in range(corpus.n_accounts):
        moved = changepoint_fit.on_one_subject(corpus, corpus.rows(account), 20, np.random.default_rng(account))
        shared = [(counts[part] @ counts[part].T).toarray() for part in (moved[-20:], moved[:20])]
        gains.append(shared[0].mean() - shared[1].mean())
    assert np.mean(gains) > 0


def test_the_part_that_knows_the_place_gets_the_weight():
    rng = np.random.default_rng(1)
    taken = []
    for _ in range(60):
        parts, true = rng.normal(size=(3, 30)), int(rng.integers(30))
        parts[1, true] += 4
        taken.append((parts, true))
    weights = changepoint_fit.part_weights(taken)
    assert weights[1] > 2
    assert np.abs(weights[[0, 2]]).max() < 1


def test_a_part_without_any_difference_gets_no_weight():
    flat = [(np.vstack([np.zeros(10), np.eye(10)[place] * 3]), place) for place in range(10)]
    weights = changepoint_fit.part_weights(flat)
    assert weights[0] == 0
    assert weights[1] > 0


def test_streams_tell_where_the_stranger_begins(corpus):
    alike = np.tile(np.arange(5), (corpus.n_accounts, 1)) + 1
    rng = np.random.default_rng(1)
    for owner, stranger, stream, first in changepoint_fit.takeover_streams(corpus, alike, rng, 2):
        own = np.isin(stream, corpus.rows(owner))
        if stranger is None:
            assert own.all()
        elif stranger != owner:
            assert own[:first].all()
            assert not own[first]


def test_a_fit_holds_all_that_both_doors_need():
    parameters = small_model().parameters
    assert {"segments", "habits", "takeover_cap", "around_cap", "behaviour", "behaviour_cap"} <= set(parameters.tables)
    assert set(parameters.calibrations) == {"window", "around", "takeover", "behaviour"}


def test_times_are_read_from_text_too_and_left_out_where_they_are_none():
    frame = table(21, 64)
    written = frame.with_columns(frame["time"].dt.strftime("%Y-%m-%dT%H:%M:%SZ"))
    assert np.array_equal(Corpus.of(written).times, Corpus.of(frame).times)
    numbered = frame.with_columns(time=np.arange(frame.height))
    assert Corpus.of(numbered).times is None
