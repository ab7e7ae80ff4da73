"""What weighing hours around an act promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from telusur.tracing import changepoint
from telusur.tracing.changepoint import Post, conduct
from telusur.tracing.style import Abstention
from tracing.invented import Writer, posts, small_model


@pytest.fixture(scope="module")
def model():
    return small_model()


def timeline(*, foreign=False, n=80):
    """Posts of one writer who posts in the morning, of whom the last twenty may be sent at night."""
    made = posts(Writer(60).posts(n))
    monday = datetime(2023, 1, 2, 1, tzinfo=UTC)
    kept = [
        replace(post, at=monday + timedelta(days=place, minutes=7 * (place % 9))) for place, post in enumerate(made)
    ]
    if foreign:
        for place in range(n - 20, n):
            kept[place] = replace(kept[place], at=kept[place].at + timedelta(hours=12))
    return kept


def test_other_hours_are_likelier_somebody_elses(model):
    share = model.parameters.tables["behaviour"]
    own, other = (
        conduct.design(conduct.shown(conduct.hours_of_week([post.at for post in stream])), 70, share)[0]
        for stream in (timeline(), timeline(foreign=True))
    )
    n = len(conduct.CONCENTRATIONS)
    assert (other[:n] > own[:n] + 1).all()
    assert np.array_equal(other[n:], own[n:])


def test_the_weight_lies_in_its_interval_and_the_interval_in_its_cap(model):
    weight = changepoint.behaviour(timeline(foreign=True), 70, model)
    low, high = weight.cap
    assert low <= weight.lower <= weight.log10_lr <= weight.upper <= high


def test_the_contested_post_itself_does_not_count(model):
    stream = timeline()
    changed = [*stream[:70], replace(stream[70], at=stream[70].at + timedelta(hours=9)), *stream[71:]]
    weighed = [changepoint.behaviour(posted, 70, model) for posted in (stream, changed)]
    assert weighed[0] == weighed[1]


def test_posts_may_come_in_any_order(model):
    stream = timeline(foreign=True)
    turned = changepoint.behaviour(stream[::-1], len(stream) - 1 - 70, model)
    assert turned == changepoint.behaviour(stream, 70, model)


def test_times_that_are_all_alike_are_no_hours_of_anybody(model):
    stream = [replace(post, at=timeline()[0].at) for post in timeline()]
    result = changepoint.behaviour(stream, 70, model)
    assert isinstance(result, Abstention)
    assert "1 different times" in result.reason.en
    assert "1 waktu berbeda" in result.reason.id


def test_hours_of_an_assumed_zone_are_not_read(model):
    stream = [replace(post, zoned=place not in {60, 75}) for place, post in enumerate(timeline())]
    result = changepoint.behaviour(stream, 70, model)
    assert isinstance(result, Abstention)
    assert result.reason.en.startswith("2 posts are dated without a time zone")
    assert result.reason.id.startswith("2 unggahan bertanggal tanpa zona waktu")
    far = [replace(post, zoned=place != 70) for place, post in enumerate(timeline())]
    assert changepoint.behaviour(far, 70, model) == changepoint.behaviour(timeline(), 70, model)


def test_posts_from_the_future_are_not_weighed(model):
    stream = timeline()
    result = changepoint.behaviour(stream, 70, model, stream[75].at)
    assert isinstance(result, Abstention)
    assert result.reason.en.startswith("4 posts")
    assert changepoint.behaviour(stream, 70, model, stream[-1].at) is not None


def test_a_model_fitted_without_times_says_nothing(model):
    bare = replace(model, parameters=replace(model.parameters, calibrations={}))
    assert changepoint.behaviour(timeline(), 70, bare) is None


def test_hours_are_those_of_western_indonesia():
    monday = datetime(2023, 1, 1, 17, tzinfo=UTC)
    assert conduct.hours_of_week([monday, monday + timedelta(hours=30)]).tolist() == [0, 30]


def test_shares_add_up_to_one():
    stream = [Post("a", datetime(2023, 1, 1, tzinfo=UTC)), Post("b", datetime(2023, 1, 7, tzinfo=UTC))]
    found = conduct.shown(conduct.hours_of_week([post.at for post in stream]))
    assert found.sum() == 2 * len(stream)
    assert np.isclose(conduct.shares(found).sum(), 1)


def test_too_few_posts_show_no_hours(model):
    result = changepoint.behaviour(timeline(), 40, model)
    assert isinstance(result, Abstention)
    assert result.reason.en.startswith("only 20 earlier posts")
    assert result.reason.id.startswith("hanya 20 unggahan")
