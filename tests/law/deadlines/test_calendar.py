"""The decreed days are those that a peer holds, and each rests on a decree with its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import holidays
import pytest

from telusur.law import deadlines
from telusur.law.deadlines import as_known
from telusur.law.deadlines.model import Decree

NATIONAL = deadlines.register().calendars["national"]
YEARS = range(2022, 2027)

#: Days on which this calendar departs from the peer's, with the reason. There is none today; what the peer does not
#: hold at all are the days on which each decree became known, and the days of earlier decrees that were taken back.
DELIBERATE = {}

#: How the numbers of days stand in the decrees, as amended.
NUMBERS = {2022: (16, 4), 2023: (16, 11), 2024: (19, 10), 2025: (17, 11), 2026: (17, 8)}


def decreed(year, why):
    return {day for day, off in as_known(NATIONAL).off.items() if day.year == year and off.why == why}


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize(("why", "category"), [("national", "public"), ("joint", "government")])
def test_a_peer_holds_the_same_days(year, why, category):
    peer = set(holidays.country_holidays("ID", years=year, categories=(category,)))
    assert decreed(year, why) ^ peer == {day for day in DELIBERATE if day.year == year}


@pytest.mark.parametrize("year", YEARS)
def test_there_are_as_many_days_as_were_decreed(year):
    assert (len(decreed(year, "national")), len(decreed(year, "joint"))) == NUMBERS[year]


def test_every_year_rests_on_decrees_with_sources():
    assert sorted(NATIONAL.decrees) == list(YEARS)
    for year, decrees in NATIONAL.decrees.items():
        assert decrees[0].known_from < date(year, 1, 1), "decreed before the year began"
        for decree in decrees:
            assert decree.sources
            assert not decree.estimated


def test_what_a_decree_takes_back_is_a_working_day_again():
    day = date(2023, 4, 26)
    assert as_known(NATIONAL, date(2023, 3, 28)).skipped(day).why == "joint"
    assert as_known(NATIONAL, date(2023, 3, 29)).skipped(day) is None


def test_a_moved_holiday_is_off_on_its_new_day_only():
    before, after = as_known(NATIONAL, date(2022, 7, 6)), as_known(NATIONAL, date(2022, 7, 7))
    assert (before.skipped(date(2022, 7, 9)).why, before.skipped(date(2022, 7, 10)).why) == ("national", "weekend")
    assert (after.skipped(date(2022, 7, 9)).why, after.skipped(date(2022, 7, 10)).why) == ("weekend", "national")


def test_the_version_is_that_of_the_days_not_of_the_wording():
    retold = {
        year: tuple(replace(decree, confidence="primary", sources=()) for decree in decrees)
        for year, decrees in NATIONAL.decrees.items()
    }
    assert as_known(replace(NATIONAL, decrees=retold)).version == as_known(NATIONAL).version


def test_the_version_changes_where_a_decree_came_between():
    hashes = {as_known(NATIONAL, day).version.hash for day in (date(2025, 8, 6), date(2025, 8, 7), date(2025, 9, 19))}
    assert len(hashes) == 3
    assert as_known(NATIONAL, date(2025, 9, 19)).version == as_known(NATIONAL).version


def test_before_all_decrees_the_standing_holidays_count():
    days = as_known(NATIONAL, date(2020, 1, 1))
    assert days.estimated == set(YEARS)
    assert days.skipped(date(2024, 5, 1)).ground is None
    assert days.skipped(date(2024, 2, 8)) is None


def test_what_is_decreed_takes_the_place_of_what_was_expected():
    real = NATIONAL.decrees[2026][0]
    guess = Decree("GUESS", real.title, date(2025, 6, 1), "memory", (), real.days[:3], estimated=True)
    calendar = replace(NATIONAL, decrees={2026: (guess, real)})
    assert as_known(calendar, date(2025, 6, 1)).estimated == {2026}
    assert len(as_known(calendar, date(2025, 6, 1)).off) == 3
    assert as_known(calendar) == replace(as_known(calendar), estimated=frozenset())
    assert len(as_known(calendar).off) == 25


def test_the_version_minds_what_a_decree_takes_back():
    first, second, third = NATIONAL.decrees[2022]
    kept = replace(NATIONAL, decrees={**NATIONAL.decrees, 2022: (first, second, replace(third, remove=()))})
    assert as_known(kept).version.hash != as_known(NATIONAL).version.hash
