"""What the timeline picture shows."""

import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.render import example
from telusur.dossier.render import frame, timeline
from telusur.dossier.render.lanes import lanes_of
from telusur.dossier.render.speech import Speech

WIB = timezone(timedelta(hours=7))
T = datetime(2023, 12, 8, tzinfo=UTC)
DAY = timedelta(days=1)
SAY = Speech("id")


def focus(act=example.ACT_AT.utc, suspected=(T - 2 * DAY, T)):
    return frame.Focus(act, "perbuatan A1", WIB, suspected)


def drawn(records=None, window=None, width=timeline.WIDE, **more):
    shown = lanes_of(records if records is not None else [example.record()])
    window = window or frame.windows(shown.span, example.ACT_AT.utc)[-1]
    return timeline.draw(shown, window, more.pop("focus", focus()), SAY, name="t", width=width, **more)


def texts(picture):
    return [element.text for element in ET.fromstring(picture).iter("{http://www.w3.org/2000/svg}text")]


def test_it_is_sound_xml_with_title_and_description():
    root = ET.fromstring(drawn())
    assert root[0].tag.endswith("title")
    assert root[1].tag.endswith("desc")
    assert "style" not in {element.tag.rpartition("}")[2] for element in root.iter()}


def test_it_names_the_act_the_networks_and_the_suspected_change():
    words = texts(drawn())
    assert {"perbuatan A1", "dugaan pergantian penulis"} <= set(words)
    assert any(word.startswith("J3 203.0.113.0/24 · ") for word in words)


def test_a_long_history_gets_an_overview_and_a_short_one_does_not():
    assert len(frame.windows((T - 200 * DAY, T), T)) == 2
    assert len(frame.windows((T - 20 * DAY, T), T)) == 1
    assert len(frame.windows((T - 900 * DAY, T), None)) == 1


def test_the_near_view_runs_from_45_days_before_to_15_after():
    near = frame.windows((T - 300 * DAY, T + 100 * DAY), T)[1]
    assert (near.start, near.end) == (T - 45 * DAY, T + 15 * DAY)


def test_the_overview_goes_back_two_years_at_most():
    whole = frame.windows((T - 4000 * DAY, T), T)[0]
    assert whole.length < timedelta(days=800)
    assert frame.windows((T + 5 * DAY, T + 6 * DAY), T)[0].holds(T)


def test_the_small_form_is_lower_and_holds_the_same_marks():
    full, small = drawn(), drawn(small=True)

    def height(picture):
        return float(ET.fromstring(picture).attrib["viewBox"].split()[3])

    assert height(small) < 0.75 * height(full)
    assert full.count("<path") >= small.count("<path") > 3


def test_without_act_or_suspicion_nothing_marks_them():
    picture = drawn(focus=frame.Focus(None, "perbuatan A1", WIB))
    assert "perbuatan A1" not in texts(picture)
    assert "dugaan pergantian penulis" not in texts(picture)
    away = frame.Focus(T - 900 * DAY, "perbuatan A1", WIB, (T - 900 * DAY, T - 899 * DAY))
    assert "dugaan pergantian penulis" not in texts(drawn(focus=away))


def test_changes_before_the_picture_are_counted():
    assert any("4 lebih awal" in word for word in texts(drawn()))


@pytest.mark.parametrize("width", [timeline.WIDE, timeline.NARROW])
def test_ten_thousand_posts_draw_no_more_than_the_width_can_show(width):
    assert len(drawn([example.record(10_000)], width=width)) < 100_000


@pytest.mark.parametrize("width", [timeline.WIDE, timeline.NARROW])
@pytest.mark.parametrize("days", [1, 4, 12, 40, 100, 400, 900, 9000])
def test_the_labels_of_the_axis_do_not_touch(width, days):
    window = frame.Window(T - days * DAY, T)
    picture = drawn(window=window, width=width)
    root = ET.fromstring(picture)
    months = "|".join(SAY.month(m) for m in range(1, 13))
    labels = [
        (float(e.attrib["x"]), e.text)
        for e in root.iter("{http://www.w3.org/2000/svg}text")
        if re.fullmatch(rf"\d+ ({months})", e.text)
    ]
    assert 1 <= len(labels) <= width / 40
    for (x1, one), (x2, other) in pairwise(labels):
        assert x2 - x1 > 5 * (len(one) + len(other)) / 2


@given(st.lists(st.integers(-60, 20), min_size=1, max_size=12))
def test_the_numbers_of_changes_stay_in_the_picture(days):
    events = [example.event("email_changed", T + d * DAY, i) for i, d in enumerate(days)]
    record = example.AccountRecord("x", example.ACCOUNT, tuple(events))
    shown = lanes_of([record])
    window = frame.Window(T - 61 * DAY, T + 21 * DAY)
    picture = timeline.draw(shown, window, focus(), SAY, name="t", width=340)
    for element in ET.fromstring(picture).iter("{http://www.w3.org/2000/svg}text"):
        assert 0 <= float(element.attrib["x"]) <= 340
    assert {str(i + 1) for i in range(len(days))} <= set(texts(picture))
