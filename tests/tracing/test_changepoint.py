"""What weighing a change of writer promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import gammaln

from telusur.domain.errors import BadInput
from telusur.tracing import changepoint
from telusur.tracing.changepoint import (
    Post,
    StretchWeight,
    comparison,
    habits,
    parts,
    segments,
    stretch,
    takeover,
    where,
)
from telusur.tracing.changepoint.segments import CONCENTRATIONS, Features, Segments
from telusur.tracing.style import Abstention
from telusur.tracing.style.normalise import normalise
from telusur.tracing.style.posts import Posts
from tracing.invented import Writer, posts, small_model

CONTESTED = "ayo pilih pasangan kami demi perubahan"


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
    foreign = [changepoint.around(*stream(n, foreign=12), model) for n in range(60, 84)]
    own = [changepoint.around(*stream(n), model) for n in range(60, 84)]
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
    signs = np.random.default_rng(1).integers(0x3042, 0x3090, (80, 6, 3))
    foreign = posts([" ".join("".join(map(chr, word)) for word in post) for post in signs])
    assert "another language" in changepoint.around(foreign, 70, model).reason.en
    assert "another language" in changepoint.detect(foreign, model).abstained.en


def test_copied_posts_are_left_out_of_a_stretch_and_of_what_it_is_compared_with(model):
    timeline, index = stream(62, foreign=12)
    chain = "bagikan pesan ini kepada sepuluh teman supaya akunmu tetap aman selamanya {}"
    known = changepoint.around(timeline, index, model).n_known
    first = index - changepoint.REACH - known
    flooded = list(timeline)
    for turn, place in enumerate([*range(first, first + 4), index - 3, index + 2, index + 5]):
        flooded[place] = replace(timeline[place], text=chain.format(turn))
    one = changepoint.around(flooded, index, model)
    # The first of the copies is writing like any other.
    assert one.n_known == known - 3
    for turn, place in enumerate([index - 3, index + 2, index + 5]):
        flooded[place] = replace(timeline[place], text=chain.format("lagi dan lagi" + "!" * turn))
    assert changepoint.around(flooded, index, model) == one


def test_what_is_copied_leaves_every_window_around_the_contested_place():
    texts = ["satu dua tiga empat lima"] * 3 + [f"{n} a{n} b{n} c{n} d{n}" for n in range(5)] + ["8", "8"]
    texts[5] = texts[0]
    known, weighed, before = stretch.without_copies(texts, np.arange(3), np.array([3, 4, 5, 7, 8, 9]), 3)
    assert known.tolist() == [0]
    assert weighed.tolist() == [3, 4, 7, 8, 9]
    assert before == 2


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


def test_a_long_timeline_is_looked_through_in_parts(model):
    own = changepoint.detect(timeline_of(60, n=500), model)
    assert own.log10_bf < 1
    taken = changepoint.detect(timeline_of(60, taken=440, n=500), model)
    assert taken.log10_bf > own.log10_bf
    spans = list(parts.spans(500))
    assert spans[0] == (0, 180)
    assert spans[-1] == (320, 500)
    weighed = {first + int(place) for first, last in spans for place in takeover.detect_span(last - first)[1]}
    assert weighed == set(range(120, 500))


def test_the_place_in_a_long_timeline_counts_all_parts_by_their_weight(model):
    found = [(n, changepoint.detect(timeline_of(n, taken=440, n=500), model)) for n in range(60, 66)]
    hits = [result for _, result in found if result.change_index is not None]
    assert hits
    for result in hits:
        low, high = result.interval_index
        assert low <= result.change_index <= high < 500
    assert np.median([abs(result.change_index - 440) for result in hits]) <= 3
    assert parts.likeliest(np.array([1.0, 1.0, -3.0])) == [(0, pytest.approx(0.5, 1e-3)), (1, pytest.approx(0.5, 1e-3))]
    sure = parts.likeliest(np.array([0.0, 5.0, 0.0]))
    assert [part for part, _ in sure] == [1]
    assert len(parts.likeliest(np.zeros(1000))) == 20


def test_two_parts_alike_likely_give_an_interval_over_both(model, monkeypatch):
    timeline = timeline_of(60, n=500)
    monkeypatch.setattr(takeover, "joined", lambda *_: 2.0)
    monkeypatch.setattr(takeover, "likeliest", lambda _: [(0, 0.5), (5, 0.5)])
    low, high = changepoint.detect(timeline, model).interval_index
    assert low < 180
    assert high >= 420


def test_parts_are_joined_by_the_mean_of_their_ratios_and_those_unread_say_nothing():
    assert parts.joined(np.array([1.0, 2.0]), 2) == pytest.approx(np.log10(55))
    assert parts.joined(np.array([2.0]), 4) == pytest.approx(np.log10((100 + 3) / 4))


def test_parts_are_weighed_without_returns_by_a_calibration_of_their_own(model):
    features = counted(timeline_texts := [post.text for post in timeline_of(60, taken=95)], model)
    found = takeover.changes(Segments.of(features, np.arange(len(timeline_texts))), 80)
    staying = takeover.changes(Segments.of(features, np.arange(len(timeline_texts))), 80, returns=False)
    assert np.array_equal(found.staying().bounds, staying.bounds)
    assert np.array_equal(found.staying().parts, staying.parts)
    assert (staying.bounds[:, 1] == 40).all()
    weights = [takeover.weighed_change(one, model).log10_bf for one in (found.staying(), staying)]
    assert weights[0] == weights[1]
    table = model.parameters.tables["takeover_parts"].copy()
    table[4, 0] += 1
    surer = changed(model, takeover_parts=table)
    assert takeover.weighed_change(staying, surer).log10_bf > weights[1]
    assert takeover.weighed_change(found, surer).log10_bf == takeover.weighed_change(found, model).log10_bf


def changed(model, **tables):
    """Give a model with other tables; None leaves one out."""
    every = {**model.parameters.tables, **tables}
    every = {name: table for name, table in every.items() if table is not None}
    return replace(model, parameters=replace(model.parameters, tables=every))


def test_a_calibration_written_as_a_table_weighs_as_before(model):
    logistic = model.parameters.calibrations["takeover"]
    again = parts.from_table(parts.as_table(logistic))
    columns = np.random.default_rng(1).normal(size=(4, logistic.centre.size)) * logistic.spread + logistic.centre
    assert again.log_odds(columns)[0] == pytest.approx(logistic.log_odds(columns)[0])


def test_a_change_that_owners_own_timelines_reach_at_fitting_is_not_reported(model):
    timeline = timeline_of(61, taken=95)
    free = changepoint.detect(timeline, changed(model, takeover_above=None))
    assert free.log10_bf > 1
    for above, says in ((free.log10_bf - 0.01, free), (free.log10_bf + 0.01, None)):
        found = changepoint.detect(timeline, changed(model, takeover_above=np.array([above, above])))
        if says is not None:
            assert found == says
        else:
            assert found.log10_bf == takeover.HELD < 1
            assert found.change_index is found.interval_index is None


def test_posts_of_one_time_may_come_in_any_order(model):
    timeline = timeline_of(60, taken=95)
    same = [replace(post, at=timeline[place - place % 5].at) for place, post in enumerate(timeline)]
    mixed = [same[place] for place in np.random.default_rng(1).permutation(len(same))]
    assert changepoint.detect(mixed, model) == changepoint.detect(same, model)


def test_a_text_repeated_over_and_over_is_no_second_writer(model):
    timeline = timeline_of(60)
    chain = "bagikan pesan ini kepada sepuluh teman supaya akunmu tetap aman selamanya"
    flooded = [replace(post, text=chain) if place > 90 and place % 2 else post for place, post in enumerate(timeline)]
    assert changepoint.detect(flooded, model).log10_bf < 1


def test_a_parameter_file_without_the_calibration_is_said_so(model):
    tables = {name: table for name, table in model.parameters.tables.items() if name != "segments"}
    bare = replace(model, parameters=replace(model.parameters, tables=tables))
    assert "trace fit" in changepoint.detect(timeline_of(60), bare).abstained.en


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


def counted(texts, model):
    tables = model.parameters.tables
    return Features.of(Posts.of(texts), model.parameters.channels, tables["habits"])


def one_person(counts, share, size, rows):
    """Give the log likelihood of some posts as one person's, straight from the definition."""
    n = (counts[rows] > 0).sum(axis=0)
    alpha = size * share
    features = (gammaln(n + alpha) - gammaln(alpha) - n * np.log(alpha)).sum()
    return features - (gammaln(n.sum() + size) - gammaln(size) - n.sum() * np.log(size))


def test_a_change_weighs_what_the_definition_says(model):
    own = Writer(60).posts(21)
    features = counted([*own[:14], *Writer(160).posts(9), *own[14:]], model)
    timeline = Segments.of(features, np.arange(30))
    everything = np.arange(30)
    for name, family in zip(CONCENTRATIONS, timeline.families, strict=True):
        counts, share = features.found[name]
        counts, stays, returns = counts.toarray(), family.stays(), family.returns(14)
        for at, size in enumerate(CONCENTRATIONS[name]):
            one = partial(one_person, counts, share, size)
            whole = one(everything)
            for place in (1, 14, 29):
                parts = one(everything[:place]) + one(everything[place:])
                assert stays[at, place] == pytest.approx(parts - whole, abs=1e-6)
            for back in (15, 23, 29):
                parts = one(np.arange(14, back)) + one(np.delete(everything, np.arange(14, back)))
                assert returns[at, back - 15] == pytest.approx(parts - whole, abs=1e-6)


def test_shares_of_writing_at_large_are_those_of_a_whole(model):
    """A prior whose shares add up to more than 1 would have another concentration than it says."""
    for name, channel in model.parameters.channels.items():
        shares = segments._shares(channel)
        assert shares.sum() == pytest.approx(1), name


def test_a_bucket_that_few_used_is_as_rare_in_a_space_of_many_accounts_as_in_one_of_few(model):
    channel = model.parameters.channels["characters"]
    more = replace(channel, posts_with=channel.posts_with * 4, n_posts=channel.n_posts * 4)
    assert segments._shares(more) == pytest.approx(segments._shares(channel), rel=1e-6)


def test_the_first_posts_alone_weigh_as_if_there_were_no_others(model):
    features = counted([*Writer(60).posts(20), *Writer(160).posts(10)], model)
    alone, first = Segments.of(features, np.arange(20)), Segments.of(features, np.arange(30)).first(20)
    assert first.stays() == pytest.approx(alone.stays())
    assert first.returns(8) == pytest.approx(alone.returns(8))


def test_no_change_is_no_evidence(model):
    timeline = Segments.of(counted(Writer(60).posts(30), model), np.arange(30))
    for place in (0, 30):
        assert timeline.stays()[:, place] == pytest.approx(0, abs=1e-6)


@given(st.integers(45, 240))
def test_all_changes_lie_after_the_owners_part_and_inside_the_timeline(n):
    known, weighed = takeover.detect_span(n)
    features = Features.of(Posts.of(["a"] * n), {})
    features = replace(features, found=dict.fromkeys(CONCENTRATIONS, features.found["habits"]))
    found = takeover.changes(Segments.of(features, np.arange(n)), known.size)
    assert (found.bounds[:, 1] - found.bounds[:, 0] >= comparison.SHORTEST).all()
    assert found.bounds.min() >= 0
    assert found.bounds.max() == weighed.size
    assert found.parts.shape[1] == found.bounds.shape[0]
    assert where.priors(found.bounds).sum() == pytest.approx(1)


def test_the_likeliest_change_is_named_with_its_interval_and_its_return():
    bounds = np.array([[first, last] for first in range(20) for last in range(first + 3, 21)])
    true = np.abs(bounds - [8, 20]).sum(axis=1)
    change, (low, high), back = where.located(bounds, where.believed(bounds, -0.5 * true), bounds[:, 1] == 20)
    assert (change, back) == (8, None)
    assert low < 8 < high
    true = np.abs(bounds - [8, 14]).sum(axis=1)
    change, _, back = where.located(bounds, where.believed(bounds, -3.0 * true), bounds[:, 1] == 20)
    assert (change, back) == (8, 14)


@given(st.text())
def test_any_text_shows_one_value_of_each_habit(text):
    shown = habits.shown(normalise([text]))
    assert shown.shape == (1, habits.N_VALUES)
    assert shown.sum() == shown.nnz == len(np.unique(shown.indices))


@pytest.mark.parametrize(
    ("text", "tongue"), [("gak tau deh aku", 1), ("this is what you want", 2), ("ora iso turu koe", 3), ("🙂 123", 0)]
)
def test_the_language_of_a_post_is_told_by_its_function_words(text, tongue):
    assert habits.language(text) == tongue


def test_tags_and_links_are_counted_as_style_masks_them():
    plain, tagged = (habits.shown(normalise([text])).indices for text in ("a b c", "a b c @x #y https://z.id"))
    assert len(set(plain) ^ set(tagged)) >= 6


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=20).map(np.array))
def test_an_average_ratio_lies_between_the_smallest_and_the_largest(bans):
    assert bans.min() - 1e-9 <= comparison.average(bans) <= bans.max() + 1e-9


def test_the_shipped_model_weighs_both_questions():
    assert isinstance(changepoint.around(*stream(60)), StretchWeight)
    assert changepoint.detect(timeline_of(60)).abstained in (None, takeover.NOT_FITTED)
