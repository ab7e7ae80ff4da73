"""How dates and times are written."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.domain import when


def test_a_date_is_written_as_indonesians_write_it():
    assert when.day_words(date(2024, 2, 14)).id == "14 Februari 2024"
    assert when.day_words(date(2024, 2, 14)).en == "14 February 2024"


@pytest.mark.parametrize(("hours", "name"), [(7, "WIB"), (8, "WITA"), (9, "WIT"), (0, "UTC")])
def test_the_three_zones_have_their_names(hours, name):
    at = datetime(2023, 12, 8, 4, 2, tzinfo=timezone(timedelta(hours=hours)))
    assert when.moment_words(at).id == f"8 Desember 2023 pukul 04.02 {name}"
    assert when.moment_words(at).en == f"8 December 2023, 04:02 {name}"


def test_another_zone_is_written_as_its_distance():
    at = datetime(2023, 12, 8, 4, 2, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    assert when.zone_words(at) == "UTC+05:30"


def test_a_time_is_shown_in_the_zone_asked_for():
    at = datetime(2023, 12, 7, 20, 30, tzinfo=UTC)
    assert when.moment_words(at, timezone(timedelta(hours=7))).id == "8 Desember 2023 pukul 03.30 WIB"


def test_a_time_without_a_zone_never_reaches_the_screen():
    with pytest.raises(ValueError, match="without a zone"):
        when.zone_words(datetime(2023, 12, 8))  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(days=37), "37 hari"),
        (timedelta(days=2), "2 hari"),
        (timedelta(hours=47), "47 jam"),
        (timedelta(minutes=90), "90 menit"),
        (timedelta(minutes=1), "1 menit"),
        (timedelta(0), "0 menit"),
    ],
)
def test_a_span_is_written_in_the_largest_unit_of_which_there_are_two(span, words):
    assert when.span_words(span).id == words


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=5000)))
def test_any_span_has_words(span):
    assert when.span_words(span).en[0].isdigit()


def test_documents_for_programs_write_utc():
    at = datetime(2023, 12, 8, 11, 2, 35, tzinfo=timezone(timedelta(hours=7)))
    assert when.utc_words(at) == "2023-12-08T04:02:35Z"
