"""How the models are tried, on invented writers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from telusur.tracing.changepoint import stretch
from telusur.tracing.style.corpus import Corpus
from telusur.validation import metrics, peers, protocol
from tracing.invented import small_model, table


@pytest.fixture(scope="module")
def rows():
    return table(21, 190, first=40)


@pytest.fixture(scope="module")
def corpus(rows):
    return Corpus.of(rows, copies=True)


@pytest.fixture(scope="module")
def model():
    return small_model()


@pytest.mark.parametrize("size", [1, 5, 20])
def test_windows_begin_at_post_131_and_histories_end_at_120(corpus, size):
    laid = protocol.trial(corpus, None, size, np.random.default_rng(1))
    for rows, owner in zip(laid.windows, laid.owner, strict=True):
        place = rows - corpus.starts[owner]
        assert place[0] >= 130
        assert rows.size == size
        assert place[-1] < corpus.length(owner)
    for account, history in enumerate(laid.histories):
        assert (history - corpus.starts[account]).tolist() == list(range(120))


def test_a_short_history_is_the_last_part_of_the_long_one(corpus):
    laid = protocol.trial(corpus, None, 5, np.random.default_rng(1), history=20)
    assert (laid.histories[3] - corpus.starts[3]).tolist() == list(range(100, 120))


def test_an_impostor_is_never_the_writer(corpus, model):
    alike = protocol.nearest(corpus, model)
    for others in (None, alike):
        laid = protocol.trial(corpus, others, 1, np.random.default_rng(2))
        assert (laid.owner != laid.claimed).all()
    assert alike.shape == (21, 5)


def test_an_account_without_room_for_a_window_gives_none(rows):
    short = Corpus.of(rows.group_by("account", maintain_order=True).head(132), copies=True)
    laid = protocol.trial(short, None, 5, np.random.default_rng(1))
    assert laid.windows == []


def test_spliced_stretches_are_told_from_controls(corpus, model, monkeypatch):
    # A model of few invented writers is too sure; what it tells apart is seen before it is held, at a ban or its cap.
    monkeypatch.setattr(stretch, "MOST_BANS", 9.0)
    tables = {**model.parameters.tables, "around_cap": np.array([-9.0, 9.0])}
    free = replace(model, parameters=replace(model.parameters, tables=tables))
    seen = []
    found = protocol.around_weights(corpus, free, np.random.default_rng(3), seen.append)
    assert set(found) == {"random", "lookalike", "both"}
    assert metrics.auc(found["both"].same, found["both"].different) > 0.8
    assert seen == sorted(seen)


def test_a_window_begins_no_earlier_than_asked(corpus):
    laid = protocol.trial(corpus, None, 5, np.random.default_rng(1), earliest=np.full(21, 150))
    first = [int(rows[0] - corpus.starts[owner]) for rows, owner in zip(laid.windows, laid.owner, strict=True)]
    assert min(first) == 150
    sooner = protocol.trial(corpus, None, 5, np.random.default_rng(1), earliest=np.full(21, 3))
    assert (
        min(int(rows[0] - corpus.starts[owner]) for rows, owner in zip(sooner.windows, sooner.owner, strict=True))
        == 130
    )


def test_every_setting_has_a_name_of_its_own():
    every = [*protocol.SETTINGS, *protocol.OTHER_SETTINGS]
    assert len({setting.key for setting in every}) == len(every)
    assert (
        protocol.Setting(5, "alike", stripped=True, history=20, other=True).key == "other-stripped-alike-5-history-20"
    )


@pytest.mark.parametrize("normed", [False, True])
def test_a_peer_is_calibrated_on_the_same_split(rows, corpus, normed):
    texts = rows.sort(["account", "time", "text"])["text"].to_list()
    laid = protocol.trial(corpus, None, 5, np.random.default_rng(1))
    peer = peers.Cosine.fitted(texts, laid.histories, normed=normed)
    logistic = peers.calibrated(*peer.scores(texts, laid, own_background=True))
    weights = peers.weights(logistic, *peer.scores(texts, laid, own_background=True))
    assert metrics.auc(weights.same, weights.different) > 0.7
    assert metrics.cllr(weights.same, weights.different) < 1
