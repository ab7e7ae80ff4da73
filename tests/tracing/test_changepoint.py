"""What weighing a change of writer promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.domain.errors import BadInput
from telusur.tracing import changepoint
from telusur.tracing.changepoint import Post, StretchWeight, comparison, stretch, takeover, where
from telusur.tracing.style import Abstention
from telusur.tracing.style.posts import Posts
from tracing.invented import Writer, posts, small_model

CONTESTED = "ayo pilih pasangan kami demi perubahan"
CONSTANTS = np.array([0.5, 0.02, -1.0, 0.1])


@pytest.fixture(scope="module")
def model():
    return small_model()


def stream(number, *, before=52, foreign=0, after=8, stranger=None, client=None):
    """Give an owner's posts, with a stretch by a stranger, and the contested place."""
    owner, other = Writer(number), Writer(stranger or number + 100)
    early = owner.posts(before)
    middle = other.posts(foreign) if foreign else owner.posts(8)
    half = len(middle) // 2
    texts = [*early, *middle[:half], CONTESTED, *middle[half:], *owner.posts(after)]
    timeline = posts(texts, client)
    return timeline, before + half


def test_a_strangers_stretch_weighs_for_another_person_and_the_owners_own_against(model):
    foreign = [changepoint.around(*stream(n, foreign=12), model) for n in range(60, 68)]
    own = [changepoint.around(*stream(n), model) for n in range(60, 68)]
    assert np.median([weight.log10_lr for weight in foreign]) > 0.5
    assert np.median([weight.log10_lr for weight in own]) < -0.5
    assert np.mean([a.uncapped > b.uncapped for a in foreign for b in own]) > 0.9


def test_a_weight_lies_in_its_interval_and_the_interval_in_its_cap(model):
    for number in range(60, 64):
        weight = changepoint.around(*stream(number, foreign=12), model)
        low, high = weight.cap
        assert low <= weight.lower <= weight.log10_lr <= weight.upper <= high


def test_what_the_contested_post_says_does_not_count(model):
    timeline, index = stream(60)
    for text in ("", "sama sekali lain bunyinya !!!", Writer(170).post()):
        changed = [*timeline[:index], replace(timeline[index], text=text), *timeline[index + 1 :]]
        assert changepoint.around(changed, index, model) == changepoint.around(timeline, index, model)


def test_posts_may_come_in_any_order(model):
    timeline, index = stream(61, foreign=12)
    turned = timeline[::-1]
    there, back = (changepoint.around(t, i, model) for t, i in ((timeline, index), (turned, len(turned) - 1 - index)))
    assert there == back
    assert isinstance(there, StretchWeight)


def test_the_strangest_stretch_lies_about_where_the_stranger_wrote(model):
    timeline, _ = stream(62, foreign=14)
    first, last = changepoint.around(timeline, 59, model).stretch
    assert first < 66
    assert last > 52
    assert last - first < changepoint.LONGEST + 1


@pytest.mark.parametrize(("before", "says"), [(20, "known posts"), (49, "known posts")])
def test_too_short_a_history_is_not_weighed(model, before, says):
    timeline, index = stream(60, before=before - 4 + 0)
    result = changepoint.around(timeline, index, model)
    assert isinstance(result, Abstention)
    assert says in result.reason.en


def test_silence_around_the_act_is_not_weighed(model):
    timeline, _ = stream(60)
    quiet = [*timeline[:38], *(replace(post, text="🙂") for post in timeline[38:])]
    assert "words" in changepoint.around(quiet, 58, model).reason.en


def test_another_script_is_not_weighed(model):
    foreign = posts([f"今日は{n}日 動画を 見ました とても 楽しい です" for n in range(80)])
    assert "another language" in changepoint.around(foreign, 70, model).reason.en
    assert "another language" in changepoint.detect(foreign, model).abstained.en


def test_a_place_without_a_post_and_a_time_without_a_zone_are_refused(model):
    timeline, index = stream(60)
    for place in (-1, len(timeline)):
        with pytest.raises(BadInput, match="no post stands at"):
            changepoint.around(timeline, place, model)
    naive = [Post("a", datetime(2023, 1, 1))]  # noqa: DTZ001 - the fault under test
    with pytest.raises(BadInput, match="without a zone"):
        changepoint.around([*timeline, *naive], index, model)


def timeline_of(number, *, taken=None, back=None, n=120, client=(None, None)):
    owner, other = Writer(number), Writer(number + 100)
    texts = owner.posts(n)
    if taken is not None:
        end = n if back is None else back
        texts[taken:end] = other.posts(end - taken)
    made = posts(texts, client[0])
    if taken is not None:
        made[taken:end] = [replace(post, client=client[1]) for post in made[taken:end]]
    return made


def test_a_takeover_is_found_and_placed(model):
    found = [changepoint.detect(timeline_of(n, taken=95), model) for n in range(60, 68)]
    hits = [result for result in found if result.change_index is not None]
    assert len(hits) >= 5
    assert np.median([abs(result.change_index - 95) for result in hits]) <= 2
    for result in hits:
        assert result.log10_bf >= 1
        low, high = result.interval_index
        assert low <= result.change_index <= high
        assert result.change_at == timeline_of(60)[result.change_index].at


def test_a_return_is_noticed(model):
    found = [changepoint.detect(timeline_of(n, taken=85, back=103), model) for n in range(60, 68)]
    returns = [result.return_index for result in found if result.return_index is not None]
    assert len(returns) >= 4
    assert np.median([abs(place - 103) for place in returns]) <= 2


def test_an_owners_timeline_raises_no_alarm_and_names_no_place(model):
    found = [changepoint.detect(timeline_of(n), model) for n in range(60, 68)]
    assert sum(result.log10_bf >= 1 for result in found) <= 1
    for result in found:
        if result.log10_bf < 1:
            assert result.as_json() == {
                "log10_bf": result.log10_bf,
                "change_index": None,
                "change_at": None,
                "interval_index": None,
                "return_index": None,
            }


def test_a_found_takeover_is_written_as_the_contract_says(model):
    result = next(
        r for n in range(60, 68) if (r := changepoint.detect(timeline_of(n, taken=95), model)).change_index is not None
    )
    written = result.as_json()
    assert datetime.fromisoformat(written["change_at"]).tzinfo is not None
    assert written["interval_index"] == list(result.interval_index)


def test_another_client_from_the_change_on_adds_weight_but_never_more_than_a_ban(model):
    plain = changepoint.detect(timeline_of(60, taken=95, client=("A", "A")), model).log10_bf
    other = changepoint.detect(timeline_of(60, taken=95, client=("A", "B")), model).log10_bf
    assert plain < other <= plain + 1 + 1e-9


def test_too_short_a_timeline_says_why(model):
    for n, says in ((0, "known posts"), (30, "known posts"), (32, "known posts")):
        result = changepoint.detect(timeline_of(60, n=n), model)
        assert result.log10_bf == 0
        assert says in result.abstained.en
    quiet = [replace(post, text="🙂") if place >= 80 else post for place, post in enumerate(timeline_of(60))]
    assert changepoint.detect(quiet, model).abstained is not None


def test_a_long_timeline_is_thinned_not_refused(model):
    assert len(where.stretch_bounds(10_000)) < 30_000
    assert np.isfinite(changepoint.detect(timeline_of(60, n=700), model).log10_bf)


@given(st.integers(1, 60), st.data())
def test_every_window_around_a_place_holds_it(n, data):
    place = data.draw(st.integers(0, n))
    bounds = stretch.around_bounds(place, n)
    assert bounds.size
    assert (bounds[:, 0] <= place).all()
    assert (bounds[:, 1] >= place).all()
    assert (bounds[:, 1] > bounds[:, 0]).all()
    assert (bounds >= 0).all()
    assert (bounds <= n).all()


@given(st.integers(3, 1_000))
def test_stretches_and_windows_lie_inside_the_timeline(n):
    for bounds in (where.stretch_bounds(n), takeover.detect_bounds(n)):
        assert (bounds[:, 0] < bounds[:, 1]).all()
        assert bounds.min() >= 0
        assert bounds.max() == n


def made_up(single, baseline=0.5):
    speaks = np.ones(len(single), dtype=bool)
    nothing = np.zeros((0, 2), dtype=np.int64)
    return comparison.Compared(np.array(single, float), speaks, nothing, np.zeros(0), baseline, 1_000, 100)


def test_the_likeliest_place_is_where_the_scores_fall():
    found = made_up([0.5] * 20 + [-0.6] * 20)
    bounds, bans = where.stretches(found, CONSTANTS)
    change, (low, high), back = where.located(bounds, bans, 40)
    assert change == 20
    assert low <= 20 <= high
    assert back is None


def test_the_return_is_where_they_rise_again():
    found = made_up([0.5] * 15 + [-0.7] * 15 + [0.5] * 15)
    bounds, bans = where.stretches(found, CONSTANTS)
    change, _, back = where.located(bounds, bans, 45)
    assert (change, back) == (15, 30)


def test_more_posts_of_the_same_kind_do_not_weigh_without_limit():
    """An author's offset is news once: a hundred posts do not weigh ten times what ten do."""
    weights = []
    for n in (10, 100):
        bounds, bans = where.stretches(made_up([-0.5] * n), CONSTANTS)
        whole = (bounds[:, 0] == 0) & (bounds[:, 1] == n)
        weights.append(float(bans[whole][0]))
    assert weights[0] < weights[1] < 4 * weights[0]


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=20).map(np.array))
def test_an_average_ratio_lies_between_the_smallest_and_the_largest(bans):
    assert bans.min() - 1e-9 <= comparison.average(bans) <= bans.max() + 1e-9


def test_the_shipped_model_weighs_both_questions():
    assert isinstance(changepoint.around(*stream(60)), StretchWeight)
    assert changepoint.detect(timeline_of(60)).abstained is None


def test_background_pools_can_be_left_out(model):
    counted = Posts.of(Writer(60).posts(60))
    spans = np.arange(40), np.arange(40, 60), np.array([[0, 10]])
    every = comparison.compared(counted, *spans, model)
    fewer = comparison.compared(counted, *spans, model, np.array([0]))
    assert not np.array_equal(every.single, fewer.single)
