"""Times as pages write them for people."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import meta_pages
from telusur.exports.worded_times import Unread, Wall, WordedTimes, utc

READ = WordedTimes("").read


@pytest.mark.parametrize(
    ("written", "at", "ahead"),
    [
        ("Okt 19, 2025 1:47:55 pm", "2025-10-19T13:47:55", None),
        ("Agu 05, 2025 12:25:54 siang", "2025-08-05T12:25:54", None),
        ("Januari 5, 2024 10:00 malam", "2024-01-05T22:00:00", None),
        ("Jan 1, 2019, 12:45 AM", "2019-01-01T00:45:00", None),
        ("Dec 27, 2023 11:16:01am", "2023-12-27T11:16:01", None),
        ("Thursday, September 22, 2011 at 3:09pm EDT", "2011-09-22T15:09:00", -4),
        ("15 Jun 2026 20.30.41 WIB", "2026-06-15T20:30:41", 7),
        ("15 Jun 2026, 20:30:41 GMT\u22123", "2026-06-15T20:30:41", -3),
        ("5. nov. 2025, 01:34:47 CEST", "2025-11-05T01:34:47", 2),
        ("2024-06-15T10:30:00+07:00", "2024-06-15T03:30:00", 0),
    ],
)
def test_indonesian_and_english_are_read(written, at, ahead):
    wall = READ(written)
    assert isinstance(wall, Wall)
    assert (wall.at.isoformat(), wall.ahead) == (at, None if ahead is None else timedelta(hours=ahead))


@pytest.mark.parametrize(
    "words", ["apel pagi 2024", "", "Great 12, 2024", "x" * 100 + "1", "192.0.2.1", "198.51.100.20"]
)
def test_words_that_are_no_time_are_none(words):
    assert READ(words) is None


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("8월 05, 2015 11:23:43 오후", "neither Indonesian"),
        ("31. heinäkuuta 2016 kello 21:05 UTC+03", "neither Indonesian"),
        ("Feb 30, 2024 1:00 am", "no such time"),
        ("Feb 20, 2024 13:00 pm", "no such time"),
        ("Feb 20, 2024 11:61 pm", "no such time"),
        ("Feb 20, 2024 11:01 GMT+25", "is not known"),
        ("Feb 20, 2024 11:01 IST", "is not known"),
        ("03/04/2026 10:00", "day/month or as month/day"),
    ],
)
def test_a_time_that_cannot_be_read_says_why(written, why):
    unread = READ(written)
    assert isinstance(unread, Unread)
    assert why in unread.why.en


def test_one_date_of_a_page_decides_the_order_of_all():
    times = WordedTimes("<td>15/06/2026 20:30</td><td>03/04/2026, 10:00:01</td>")
    assert times.read("03/04/2026, 10:00:01").at == datetime(2026, 4, 3, 10, 0, 1)  # noqa: DTZ001 - a wall clock's
    assert isinstance(times.read("31/31/2026 10:00"), Unread)


@given(
    st.datetimes(datetime(2004, 3, 1), datetime(2099, 12, 31)),  # noqa: DTZ001 - same
    st.sampled_from(["en", "id"]),
)
def test_what_is_written_is_read_back(at, language):
    at = at.replace(microsecond=0)
    written = meta_pages.moment(utc(Wall(at, "")).timestamp(), language, timedelta(0), seconds=True)
    assert READ(written) == Wall(at, written)


def test_a_time_beyond_all_clocks_stays_one():
    assert utc(Wall(datetime(9999, 12, 31, 23, 59), "", timedelta(hours=-1))).year == 9999  # noqa: DTZ001 - same
