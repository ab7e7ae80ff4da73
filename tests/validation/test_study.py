"""A study lays every comparison out once, weighs it as at use, and gives the same whatever the processes."""

from __future__ import annotations

import numpy as np
import pytest

from telusur.tracing.style.model import load
from telusur.tracing.style.posts import Posts
from telusur.validation import metrics, study
from telusur.validation.protocol import HISTORY, Setting
from telusur.validation.weighing import weigh, workers
from tracing.invented import Writer
from validation.tables import invented, model_file

SETTINGS = (Setting(5, "random"), Setting(5, "alike", stripped=True), Setting(5, "random", history=20))


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return model_file(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="module")
def model(path):
    return load(path)


@pytest.fixture(scope="module")
def table():
    return invented(12, 190)


@pytest.fixture(scope="module")
def compared(table, path, model):
    with workers(path, 1) as alone:
        return study.compare(table, SETTINGS, alone, model, 1, lambda _what, _share: None)


def test_every_setting_is_weighed_in_its_place(compared, table):
    found, near = compared
    assert [one.setting for one in found] == list(SETTINGS)
    assert near.shape == (12, 5)
    assert not (near == np.arange(12)[:, None]).any()
    for one in found:
        assert one.same.sum() == (~one.same).sum() == 12 * 8
        assert set(one.claimed.tolist()) <= set(range(table.n_accounts))
        assert metrics.auc(one.weighed.bans[one.same], one.weighed.bans[~one.same]) > 0.8
        assert (one.weighed.words[one.weighed.speaks] >= 5).all()
        assert one.weighed.speaks.mean() > 0.95


def test_look_alikes_are_the_impostors_where_asked_for(table, model):
    near, _ = study.alike(table.texts, table, model)
    laid = study.laid(table, Setting(5, "alike"), near, 1)
    assert all(claimed in near[owner] for owner, claimed in zip(laid.owner, laid.claimed, strict=True))


def test_a_comparison_weighs_what_it_weighs_at_use(compared, table, model):
    one = compared[0][0]
    laid = study.laid(table, one.setting, np.zeros((0, 0), np.int64), 1)
    for place in (0, 17, 40):
        known = [table.texts[row] for row in table.rows(int(one.claimed[place]), 0, HISTORY)]
        told = model.compare(known, [table.texts[row] for row in laid.windows[place]])
        assert one.weighed.bans[place] == pytest.approx(told.log10_lr, abs=1e-5)
        assert one.weighed.uncapped[place] == pytest.approx(told.uncapped, abs=1e-5)
        assert one.weighed.words[place] == told.n_words


def test_two_processes_give_what_one_gives(compared, table, path, model):
    with workers(path, 2) as two:
        found, _ = study.compare(table, SETTINGS[:1], two, model, 1, lambda _what, _share: None)
    alone = compared[0][0]
    assert (found[0].weighed.bans == alone.weighed.bans).all()
    assert (found[0].weighed.cosine == alone.weighed.cosine).all()


def test_copies_are_left_out_of_a_window_as_at_use(model):
    *texts, new = Writer(61).posts(41)
    odd = [new, texts[3]]
    posts = Posts.of([*texts, *odd])
    both, alone = weigh(posts, model, np.arange(40), [np.array([40, 41]), np.array([40])])[2]
    assert both == alone > 0
    told = model.compare(texts, odd)
    assert (told.n_words, told.n_copied) == (both, 1)


@pytest.mark.parametrize("text", ["🙂🙂", "ok", "привет как дела у вас сегодня вечером", ""])
def test_what_cannot_be_weighed_weighs_nothing(model, text):
    known = [f"kata {place} dan kalimat yang biasa saja" for place in range(30)]
    posts = Posts.of([*known, text])
    bans, uncapped, words = weigh(posts, model, np.arange(30), [np.array([30])])
    assert (bans[0], uncapped[0], words[0]) == (0, 0, 0)


def test_too_short_a_history_weighs_nothing(model):
    posts = Posts.of([f"kata {place} dan kalimat yang biasa saja" for place in range(20)])
    assert weigh(posts, model, np.arange(9), [np.arange(10, 20)])[2].tolist() == [0]


def test_takeovers_splice_a_stranger_who_stays_and_keeps_the_hours(table, path, compared):
    with workers(path, 1) as alone:
        seen = []
        streams = study.takeovers(table, compared[1], alone, 1, seen.append)
    assert [one.stranger for one in streams] == [None, "random", "alike"]
    assert seen == sorted(seen)
    own, strangers, _ = streams
    assert (own.place == -1).all()
    assert ((strangers.place >= HISTORY + 2) & (strangers.place < 170)).all()
    assert np.mean([found.bans for found in strangers.found]) > np.mean([found.bans for found in own.found])


def test_a_strangers_posts_are_moved_by_whole_weeks_and_follow_the_owners(table):
    own, other = table.rows(0, 0, 180), table.rows(1)
    line = study._taken(table, own, other, 140, np.random.default_rng(5))
    assert (np.diff(line.times) >= 0).all()
    moved = line.times[140:]
    first = next(row for row in other if table.texts[row] == line.texts[140])
    assert (moved[0] - table.times[first]) % study._WEEK == 0
    assert len(line.texts) == 180


def test_no_account_is_calibrated_by_its_own_comparisons(compared):
    one = compared[0][0]
    score = one.weighed.uncapped.copy()
    before = study.recalibrated(score, one, score, one)
    target = one.claimed % 4 == 0
    score[target & one.same] = -9.0
    after = study.recalibrated(score, one, score, one)
    unchanged = target & ~one.same
    assert after[unchanged] == pytest.approx(before[unchanged])
    assert (after[target & one.same] < -1).all()


def test_what_cannot_be_calibrated_weighs_nothing(compared):
    one = compared[0][0]
    only_same = study.Compared(
        one.setting, one.claimed[one.same], one.writer[one.same], one.weighed.rows(np.flatnonzero(one.same))
    )
    assert (study.recalibrated(only_same.weighed.cosine, only_same, only_same.weighed.cosine, only_same) == 0).all()
