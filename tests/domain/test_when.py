"""What dates and times on screen promise."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.domain.when import day_words, moment_words, span_words, zone_words

WIB = timezone(timedelta(hours=7))


def test_a_day_is_written_as_people_write_it():
    words = day_words(date(2023, 12, 8))
    assert (words.id, words.en) == ("8 Desember 2023", "8 December 2023")


@given(st.dates())
def test_every_day_of_a_year_has_words_of_its_own(day):
    assert day_words(day) != day_words(day.replace(day=1 if day.day > 1 else 2))
    assert str(day.year) in day_words(day).id


def test_a_time_says_its_zone_and_can_be_shown_in_another():
    at = datetime(2023, 12, 7, 23, 8, tzinfo=UTC)
    assert moment_words(at).en == "7 December 2023, 23:08 UTC"
    assert moment_words(at, WIB).id == "8 Desember 2023 pukul 06.08 WIB"


@pytest.mark.parametrize(
    ("hours", "words"), [(7, "WIB"), (8, "WITA"), (9, "WIT"), (0, "UTC"), (5.5, "UTC+05:30"), (-3, "UTC-03:00")]
)
def test_the_three_zones_have_names_and_others_their_distance(hours, words):
    assert zone_words(datetime(2024, 1, 1, tzinfo=timezone(timedelta(hours=hours)))) == words


def test_a_time_without_a_zone_never_reaches_the_screen():
    with pytest.raises(ValueError, match="give it one where it is read"):
        zone_words(datetime(2024, 1, 1))  # noqa: DTZ001  (the fault under test)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(0), ("0 menit", "0 minutes")),
        (timedelta(minutes=1), ("1 menit", "1 minute")),
        (timedelta(minutes=119), ("119 menit", "119 minutes")),
        (timedelta(hours=2), ("2 jam", "2 hours")),
        (timedelta(hours=47), ("47 jam", "47 hours")),
        (timedelta(days=2), ("2 hari", "2 days")),
    ],
)
def test_a_span_is_written_in_the_largest_unit_that_fits(span, words):
    said = span_words(span)
    assert (said.id, said.en) == words
