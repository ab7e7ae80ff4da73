"""Times as X writes them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import x_archive
from telusur.exports.x_archive.times import NoTime, read_time

instants = st.datetimes(datetime(2006, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the strategy adds it


@given(instants)
def test_both_ways_of_writing_give_the_same_instant(at):
    at = at.replace(microsecond=0)
    assert read_time(x_archive.iso(at)) == read_time(x_archive.posted(at)) == (at, "exact")


@pytest.mark.parametrize(
    ("written", "at", "certainty"),
    [
        ("2024-01-01T15:43:34.123Z", datetime(2024, 1, 1, 15, 43, 34, 123000, UTC), "exact"),
        ("2016-05-01 12:00:00 +0000", datetime(2016, 5, 1, 12, tzinfo=UTC), "exact"),
        ("2024-01-01T07:00:00+07:00", datetime(2024, 1, 1, tzinfo=UTC), "exact"),
        ("Mon Jan 01 07:00:00 +0700 2024", datetime(2024, 1, 1, tzinfo=UTC), "exact"),
        ("2023-12-31T19:00:00-05:00", datetime(2024, 1, 1, tzinfo=UTC), "exact"),
        ("2024-01-01T15:43:34", datetime(2024, 1, 1, 15, 43, 34, tzinfo=UTC), "zone_documented"),
        ("Mon Jan 01 07:00:00 2024", datetime(2024, 1, 1, 7, tzinfo=UTC), "zone_documented"),
        ("2015.06.21", datetime(2015, 6, 20, 10, tzinfo=UTC), "lower_bound"),
    ],
)
def test_a_time_says_how_sure_it_is(written, at, certainty):
    assert read_time(written) == (at, certainty)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("Tue Jan 01 07:00:00 +0000 2024", "names a weekday that its date is not"),
        ("Mon Foo 01 07:00:00 +0000 2024", "no time that exists"),
        ("2024-02-30T00:00:00Z", "no time that exists"),
        ("2024-01-01T25:00:00Z", "no time that exists"),
        ("2024.99.99", "no time that exists"),
        ("0001-01-01T00:00:00+14:00", "no X in the year 1"),
        ("9999-12-31T23:59:59.999Z", "no X in the year 9999"),
        ("1970-01-01T00:00:00.000Z", "no X in the year 1970"),
        ("Fri Dec 31 23:59:59 +0000 9999", "no X in the year 9999"),
        ("0001.01.01", "no X in the year 1"),
        ("kemarin", "no time as X writes it"),
        ("", "no time as X writes it"),
        ("1704067200", "no time as X writes it"),
    ],
)
def test_what_is_no_time_is_told(written, why):
    with pytest.raises(NoTime, match=why):
        read_time(written)


@given(st.text(max_size=40))
def test_no_words_make_it_crash(written):
    try:
        at, _ = read_time(written)
    except NoTime:
        return
    assert at.utcoffset() == timedelta(0)
