"""What a written time promises."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.domain.errors import BadInput, MissingZone
from telusur.domain.moment import Moment

zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
times = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=zones)  # noqa: DTZ001  (zones are drawn)


@given(times)
def test_a_time_is_read_as_it_was_meant(at):
    assert Moment.parse(at.isoformat()).at == at
    assert Moment.parse(at.isoformat()).utc == at.astimezone(UTC)


@given(times, st.sampled_from(["minutes", "seconds", "milliseconds", "microseconds"]))
def test_a_time_is_no_more_precise_than_it_was_written(at, timespec):
    written = at.isoformat(timespec=timespec)
    moment = Moment.parse(written)
    assert moment.precision == timedelta(**{timespec: 1})
    assert moment.written == written
    assert moment.utc <= at < moment.ends
    assert moment.covers(at)
    assert not moment.covers(moment.ends)


@given(times, st.timedeltas(timedelta(0), timedelta(days=2)))
def test_slack_opens_a_time_on_both_sides(at, slack):
    moment = Moment.parse(at.isoformat(timespec="minutes"))
    assert moment.covers(moment.utc - slack, slack)
    assert not moment.covers(moment.ends + slack, slack)
    assert not moment.covers(moment.utc - slack - timedelta(microseconds=1), slack)


@pytest.mark.parametrize(
    "written",
    [
        "2024-01-20T09:35+07:00",
        "2024-01-20 09:35+0700",
        "2024-01-20T02:35Z",
        "2024-01-20T02:35z",
        " 2024-01-20T09:35 +07:00 ",
    ],
)
def test_the_usual_ways_to_write_a_time_mean_the_same(written):
    assert Moment.parse(written).utc == datetime(2024, 1, 20, 2, 35, tzinfo=UTC)


def test_a_comma_parts_seconds_as_well_as_a_point():
    assert Moment.parse("2024-01-20T09:35:07,25+07:00").at.microsecond == 250_000


def test_the_day_is_the_one_of_its_own_zone():
    assert Moment.parse("2024-01-20T00:30+07:00").day == date(2024, 1, 20)
    assert Moment.parse("2024-01-19T17:30Z").day == date(2024, 1, 19)


@pytest.mark.parametrize("written", ["2024-01-20T09:35", "2024-01-20T09:35:01", "2024-01-20 09:35:01.5"])
def test_a_time_without_a_zone_is_refused(written):
    with pytest.raises(MissingZone, match="no zone"):
        Moment.parse(written)


@pytest.mark.parametrize(
    "written", ["", "kemarin", "2024-01-20", "20-01-2024 09:35+07:00", "2024-01-20T09+07:00", "2024-01-20T09:35 WIB"]
)
def test_what_is_no_time_is_told_how_to_write_one(written):
    with pytest.raises(BadInput, match=r"no ISO 8601 time; write it as 2024-01-20T09:35\+07:00"):
        Moment.parse(written)


@pytest.mark.parametrize(
    "written", ["2023-02-29T09:35Z", "2024-01-20T25:00Z", "2024-01-20T09:35+99:00", "0001-01-01T00:00+07:00"]
)
def test_a_time_that_does_not_exist_is_refused(written):
    with pytest.raises(BadInput, match="no time that exists"):
        Moment.parse(written)


@given(st.text(max_size=40))
def test_any_text_is_a_time_or_an_error_in_words(written):
    try:
        moment = Moment.parse(written)
    except BadInput:
        return
    assert moment.precision > timedelta(0)
