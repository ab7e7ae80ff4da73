"""What fitting the change-point model on spliced streams promises."""

from __future__ import annotations

import numpy as np
import pytest

from telusur.tracing import changepoint_fit
from telusur.tracing.changepoint.learning import ALARMS, Calibrated, part_weights
from telusur.tracing.changepoint.segments import N_PARTS
from telusur.tracing.changepoint.takeover import Changes
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
    weights = part_weights(taken)
    assert weights[1] > 2
    assert np.abs(weights[[0, 2]]).max() < 1


def test_no_part_counts_against_what_it_says():
    rng = np.random.default_rng(2)
    taken = []
    for _ in range(80):
        good, true = rng.normal(size=30), int(rng.integers(30))
        good[true] += 3
        # The second says the same with an error of its own; the third tells that error, and would be taken off it.
        error = rng.normal(size=30)
        taken.append((np.vstack([good + error, error]), true))
    weights = part_weights(taken)
    assert weights[0] > 0.5
    assert weights[1] == 0


def test_weights_of_parts_are_the_best_there_are():
    rng = np.random.default_rng(3)
    taken = []
    for _ in range(40):
        parts, true = rng.normal(size=(4, 20)), int(rng.integers(20))
        parts[:2, true] += [2, 1]
        taken.append((parts, true))

    def told(weights):
        spread = np.sqrt(np.mean([parts.var(axis=1) for parts, _ in taken], axis=0))
        fits = sum(weights @ parts[:, true] - np.logaddexp.reduce(weights @ parts) for parts, true in taken)
        return fits - 0.05 * (weights * spread) @ (weights * spread)

    weights = part_weights(taken)
    for other in np.eye(4) * 0.05:
        assert told(weights) >= told(weights + other)
        assert told(weights) >= told(np.maximum(weights - other, 0)) - 1e-9


def test_no_more_owners_than_said_exceed_what_is_reported():
    owners = np.repeat(np.arange(60), 4)
    changed = np.tile([True, True, False, False], 60)
    columns = (np.random.default_rng(4).normal(size=240) + 2.5 * changed)[:, None]
    # A few owners write as if they were two.
    columns[np.flatnonzero(~changed)[::15]] += 4
    found = Calibrated.of(columns, changed, owners, np.arange(60) % 3)
    assert (found.different > 1).mean() > ALARMS
    assert (found.different > found.above).mean() <= ALARMS
    assert found.above >= 1
    # Easy to tell apart: a ban is enough.
    easy = Calibrated.of(np.where(changed, 9.0, 0.0)[:, None] + 0.1 * columns, changed, owners, np.arange(60) % 3)
    assert easy.above == 1


def test_few_owners_who_write_as_if_they_were_two_raise_what_is_reported():
    owners = np.repeat(np.arange(60), 4)
    changed = np.tile([True, True, False, False], 60)
    columns = (np.random.default_rng(4).normal(size=240) + 2.5 * changed)[:, None]
    columns[np.flatnonzero(~changed)[:2]] += 9
    found = Calibrated.of(columns, changed, owners, np.arange(60) % 3)
    many = Calibrated(found.logistic, found.same, found.different, np.arange(found.different.size))
    assert found.different.size == found.owner.size == 120
    seen = np.quantile(found.different, 1 - ALARMS, method="higher")
    assert found.above > max(seen, 1.0)
    assert found.above >= many.above


def test_an_owner_s_fold_has_no_part_in_what_is_said_of_it():
    owners = np.repeat(np.arange(30), 4)
    changed = np.tile([True, True, False, False], 30)
    columns = (np.random.default_rng(5).normal(size=120) + changed)[:, None]
    fold_of = np.arange(30) % 3
    mine = fold_of[owners[~changed]] == 0
    before = Calibrated.of(columns, changed, owners, fold_of).different[mine]
    columns[(fold_of[owners] == 0) & changed] += 5
    assert Calibrated.of(columns, changed, owners, fold_of).different[mine] == pytest.approx(before)


def test_timelines_are_weighed_by_parts_that_were_fitted_without_the_owner(monkeypatch, corpus):
    rng = np.random.default_rng(6)
    fold_of = np.arange(9) % 3
    bounds = np.column_stack([np.arange(20), np.full(20, 20)])
    lines = []
    for owner in np.repeat(np.arange(9), 2):
        parts = np.tile(rng.normal(size=20), (N_PARTS, 1)) + 0.01 * rng.normal(size=(N_PARTS, 20))
        changed = bool(rng.random() < 0.5) if len(lines) % 2 else True
        lines.append(
            changepoint_fit._Line(int(owner), changed, changed, int(rng.integers(20)), Changes(bounds, parts, parts))
        )
    seen = []

    def spied(taken):
        seen.append({id(parts) for parts, _ in taken})
        return np.ones(N_PARTS)

    kept = {}
    monkeypatch.setattr(Changes, "staying", lambda self: kept.setdefault(id(self), self))
    monkeypatch.setattr(changepoint_fit, "part_weights", spied)
    changepoint_fit._timelines_calibrated(lines, fold_of)
    every = {id(line.found.parts) for line in lines if line.lasts}
    for fold in range(3):
        others = {id(line.found.parts) for line in lines if line.lasts and fold_of[line.owner] != fold}
        assert seen[fold] == others < every
    assert seen[3] == every


def test_a_part_without_any_difference_gets_no_weight():
    flat = [(np.vstack([np.zeros(10), np.eye(10)[place] * 3]), place) for place in range(10)]
    weights = part_weights(flat)
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
    assert {
        "segments",
        "habits",
        "takeover_cap",
        "takeover_above",
        "takeover_parts",
        "around_cap",
        "behaviour",
        "behaviour_cap",
    } <= set(parameters.tables)
    assert set(parameters.calibrations) == {"window", "bare", "around", "takeover", "behaviour"}


def test_times_are_read_from_text_too_and_left_out_where_they_are_none():
    frame = table(21, 64)
    written = frame.with_columns(frame["time"].dt.strftime("%Y-%m-%dT%H:%M:%SZ"))
    assert np.array_equal(Corpus.of(written).times, Corpus.of(frame).times)
    numbered = frame.with_columns(time=np.arange(frame.height))
    assert Corpus.of(numbered).times is None
