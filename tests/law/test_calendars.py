"""Every day of a contest has exactly one phase, and the calendar says why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from law.drawn import SMALL, write
from telusur import law
from telusur.domain.contest import PHASES
from telusur.domain.errors import BadInput, SeveralProblems
from telusur.domain.vocabulary import FIELDS
from telusur.law.load import load

CALENDARS = law.catalogue().calendars
KINDS = [kind for kind in FIELDS["contest.kind"].values if kind != "none"]


def every_day(calendar):
    return [calendar.first + timedelta(n) for n in range((calendar.last - calendar.first).days + 1)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_day_of_a_contest_has_one_phase_and_the_phases_follow_in_order(kind):
    covering = [calendar for calendar in CALENDARS.all if kind in calendar.contests]
    for calendar in covering:
        order = [PHASES.index(calendar.phase(day).name) for day in every_day(calendar)]
        assert order == sorted(order)
        assert set(order) == set(range(len(PHASES)))
        for day in every_day(calendar):
            assert [other.id for other in covering if other.covers(day)] == [calendar.id]


@pytest.mark.parametrize(
    ("kind", "day", "name"),
    [
        ("president", "2023-10-01", "before_determination"),
        ("president", "2023-11-12", "before_determination"),
        ("president", "2023-11-13", "after_determination"),
        ("president", "2023-11-28", "campaign"),
        ("president", "2024-02-10", "campaign"),
        ("president", "2024-02-11", "quiet"),
        ("president", "2024-02-14", "vote"),
        ("president", "2024-02-15", "after_vote"),
        ("dprd", "2023-11-02", "before_determination"),
        ("dprd", "2023-11-03", "after_determination"),
        ("mayor", "2024-09-21", "before_determination"),
        ("mayor", "2024-09-22", "after_determination"),
        ("mayor", "2024-11-26", "quiet"),
        ("mayor", "2024-11-27", "vote"),
    ],
)
def test_the_phases_change_on_the_days_of_the_organiser(kind, day, name):
    on = date.fromisoformat(day)
    assert CALENDARS.find(kind, "1", on).phase(on).name == name


def test_the_reason_names_determination_calendar_confidence_and_source():
    phase = CALENDARS.find("president", "1", date(2024, 1, 5)).phase(date(2024, 1, 5))
    assert phase.determined_on == date(2023, 11, 13)
    assert phase.why.en == (
        "5 January 2024 is on or after the determination of 13 November 2023 "
        "by the calendar president-2024 (confidence: official or several press sources; S30)"
    )
    assert phase.as_json()["why"].startswith("5 Januari 2024 adalah pada atau sesudah tanggal penetapan")


def test_a_date_without_a_source_says_so():
    phase = CALENDARS.find("dpr", "1", date(2023, 5, 5)).phase(date(2023, 5, 5))
    assert phase.why.en.endswith("(confidence: no source at hand)")
    assert phase.why.id.startswith("5 Mei 2023 adalah sebelum")


def test_an_unknown_region_takes_the_national_row_and_is_marked():
    day = date(2024, 10, 1)
    regional = CALENDARS.find("regent", "1", day)
    assert regional.phase(day).why.en.endswith("region not stated: the national row is used")
    assert regional.phase(day, "3201").why.id.endswith(
        "tidak ada baris tersendiri untuk wilayah 3201: baris nasional yang dipakai"
    )


@pytest.fixture
def own_row(tmp_path):
    row = (
        "- {what: determination, from: 2024-05-20, region: '31', known: {from: 2024-02-01},"
        " confidence: single, sources: [S1]}\n"
        "- {what: determination, from: 2024-05-10, known: {from: 2024-03-01}, confidence: single, sources: [S1]}\n"
    )
    held = load(write(tmp_path, **{"calendars/one.yaml": SMALL["calendars/one.yaml"] + row}))
    return held.calendars.all[0]


def test_a_region_with_a_row_of_its_own_has_its_own_phase(own_row):
    day = date(2024, 5, 15)
    assert own_row.phase(day).name == "after_determination"
    assert own_row.phase(day, "31").name == "before_determination"
    assert "national" not in own_row.phase(day, "31").why.en


def test_a_later_decree_moves_a_date_and_what_was_known_before_can_still_be_asked(own_row):
    day = date(2024, 5, 5)
    assert own_row.phase(day).name == "before_determination"
    assert own_row.phase(day, known_on=date(2024, 2, 1)).name == "after_determination"


def test_a_day_or_a_round_without_a_calendar_names_those_that_exist():
    with pytest.raises(BadInput, match=r"regional-2024 .governor, regent, mayor; round 1. from 2021-08-31"):
        CALENDARS.find("mayor", "2", date(2024, 10, 1))
    with pytest.raises(BadInput, match="no calendar covers 2026-01-01 for the contest 'dpr'") as caught:
        CALENDARS.find("dpr", "1", date(2026, 1, 1))
    assert caught.value.field == "date"


def test_dates_that_were_not_known_cannot_be_asked_for():
    with pytest.raises(BadInput, match="the dates of president-2024 were not known on 2022-01-01"):
        CALENDARS.find("president", "1", date(2024, 1, 1), date(2022, 1, 1))


AGAIN = """\
schema: telusur.calendar/1
id: again
title: {id: lagi, en: again}
contests: [regent]
round: rerun
by_region: true
covers: {from: 2024-08-01, to: 2024-12-31}
steps:
- {what: determination, from: 2024-05-01, known: {from: 2024-08-01}, confidence: single, sources: [S1]}
- {what: vote, from: 2024-10-01, known: {from: 2024-08-01}, confidence: single, sources: [S1]}
- {what: vote, from: 2024-11-01, region: '31', known: {from: 2024-08-01}, confidence: memory, sources: []}
"""


def test_a_vote_that_is_held_again_has_a_calendar_of_its_own_by_region(tmp_path):
    calendars = load(write(tmp_path, **{"calendars/again.yaml": AGAIN})).calendars
    day = date(2024, 10, 15)
    assert calendars.find("regent", "1", day).phase(day).name == "after_vote"
    again = calendars.find("regent", "rerun", day)
    assert again.phase(day).name == "after_vote"
    assert again.phase(day, "31").name == "after_determination"
    assert again.phase(date(2024, 11, 1), "31").name == "vote"
    assert again.phase(date(2024, 11, 1)).name == "after_vote"


def test_a_vote_that_is_held_again_may_have_quiet_days_and_a_campaign(tmp_path):
    quiet = (
        "- {what: quiet, from: 2024-09-28, to: 2024-09-30,"
        " known: {from: 2024-08-01}, confidence: memory, sources: []}\n"
    )
    short = AGAIN.replace(
        "- {what: vote, from: 2024-11-01, region: '31', known: {from: 2024-08-01}, confidence: memory, sources: []}\n",
        "",
    )
    calendars = load(write(tmp_path / "quiet", **{"calendars/again.yaml": short + quiet})).calendars
    again = calendars.find("regent", "rerun", date(2024, 9, 29))
    assert again.phase(date(2024, 9, 27)).name == "after_determination"
    assert again.phase(date(2024, 9, 29)).name == "quiet"
    campaign = quiet.replace("quiet", "campaign")
    with pytest.raises(SeveralProblems, match="a campaign ends in quiet days"):
        load(write(tmp_path / "campaign", **{"calendars/again.yaml": short + campaign}))
    with pytest.raises(SeveralProblems, match="the step 'quiet' is missing"):
        load(
            write(
                tmp_path / "first", **{"calendars/again.yaml": short.replace("round: rerun", "round: '2'") + campaign}
            )
        )


def test_only_a_vote_that_is_held_again_can_do_without_a_campaign(tmp_path):
    bare = "".join(
        row
        for row in SMALL["calendars/one.yaml"].splitlines(keepends=True)
        if "campaign" not in row and "quiet" not in row
    )
    with pytest.raises(SeveralProblems, match="the step 'campaign' is missing"):
        load(write(tmp_path / "first", **{"calendars/one.yaml": bare}))
    again = bare.replace("contests", "round: rerun\ncontests")
    assert load(write(tmp_path / "again", **{"calendars/one.yaml": again})).calendars.all[0].round == "rerun"


def test_a_second_round_has_the_phases_of_a_first(tmp_path):
    second = SMALL["calendars/one.yaml"].replace("id: one", "id: two", 1).replace("contests", "round: '2'\ncontests")
    calendars = load(write(tmp_path, **{"calendars/two.yaml": second})).calendars
    assert calendars.find("regent", "2", date(2024, 6, 2)).phase(date(2024, 6, 2)).name == "campaign"


def test_every_date_of_a_calendar_has_a_confidence():
    assert all(step.confidence for calendar in CALENDARS.all for step in calendar.steps)
