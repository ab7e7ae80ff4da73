"""Deadlines are counted day by day, and every reading is shown."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.law import catalogue, deadlines
from telusur.law.deadlines import Count, as_known, counted_days, due, moved
from telusur.law.deadlines.model import Agency, AgencyDay, DayOff, Decree

GOLDEN = list(csv.DictReader(Path(__file__).with_name("golden.csv").read_text("utf-8").splitlines()))
YEARS = range(2022, 2027)
NATIONAL = deadlines.register().calendars["national"]
PEER = holidays.country_holidays("ID", years=YEARS, categories=("public", "government"))

#: Starts that leave room for the longest term drawn here.
starts = st.dates(date(2022, 1, 1), date(2026, 8, 31))
lengths = st.integers(1, 60)
units = st.sampled_from(["hari", "hari_kerja"])
begins = st.sampled_from(["day_after", "same_day"])
ends = st.sampled_from(["next", "stay"])
counts = st.builds(Count, lengths, units, begins, ends)


def term(count=None, **changes):
    """Give a term that counts as wanted, with no other reading."""
    base = deadlines.register().term("sbt-kajian")
    return replace(base, count=count or base.count, readings=(), **changes)


def working(n):
    return term(Count(n, "hari_kerja"))


def codes(deadline):
    return [one.code for one in deadline.cautions]


@pytest.mark.parametrize("row", GOLDEN, ids=lambda row: f"{row['n']} after {row['start']}: {row['why']}")
def test_the_golden_table_holds(row):
    assert due(working(int(row["n"])), date.fromisoformat(row["start"])).due.isoformat() == row["due"]


def test_the_golden_table_spans_all_years():
    assert {row["start"][:4] for row in GOLDEN} == {str(year) for year in YEARS}


@pytest.mark.parametrize("n", [3, 7, 14, 21])
def test_a_peer_counts_the_same_from_every_day(n):
    days = as_known(NATIONAL)
    day = date(2022, 1, 1)
    while day < date(2026, 11, 1):
        counted = counted_days(Count(n, "hari_kerja"), day, days)
        assert counted[-1].day == PEER.get_nth_working_day(day, n), day
        day += timedelta(days=1)


@given(counts, starts)
def test_a_longer_term_never_ends_before_a_shorter_one(count, start):
    assert due(term(replace(count, n=count.n + 1)), start).due >= due(term(count), start).due


@given(counts, starts)
def test_a_later_start_never_ends_earlier(count, start):
    assert due(term(count), start + timedelta(days=1)).due >= due(term(count), start).due


@given(lengths, units, begins, starts)
def test_where_the_end_moves_it_is_never_a_day_off(n, unit, begin, start):
    found = due(term(Count(n, unit, begin, "next")), start)
    assert as_known(NATIONAL).skipped(found.due) is None
    assert found.counted[-1].skipped is None


@given(lengths, begins, ends, starts)
def test_working_days_never_end_on_a_day_off(n, begin, end, start):
    assert due(term(Count(n, "hari_kerja", begin, end)), start).counted[-1].skipped is None


@given(counts, starts)
def test_the_listed_days_are_the_count(count, start):
    found = due(term(count), start)
    days = [one.day for one in found.counted]
    first = start if count.starts == "same_day" else start + timedelta(days=1)
    assert days == [first + timedelta(days=i) for i in range(len(days))]
    assert days[-1] == found.due
    numbers = [one.number for one in found.counted if one.number is not None]
    assert numbers == list(range(1, count.n + 1))
    if count.unit == "hari_kerja":
        assert all((one.number is None) == (one.skipped is not None) for one in found.counted)


@given(counts, starts)
def test_joint_leave_read_as_working_days_never_ends_later(count, start):
    off, *counts_ = due(term(count), start).readings
    assert all(one.due <= off.due for one in counts_)


def test_calendar_days_end_where_they_end_or_move():
    assert due(term(Count(7, "hari", "day_after", "stay")), date(2024, 2, 7)).due == date(2024, 2, 14)
    assert due(term(Count(7, "hari", "day_after", "next")), date(2024, 2, 7)).due == date(2024, 2, 15)
    assert due(term(Count(7, "hari", "same_day", "stay")), date(2024, 2, 7)).due == date(2024, 2, 13)


def test_every_skipped_day_has_its_reason():
    found = due("sbt-kajian", date(2024, 2, 7))
    said = {one.day.day: one.skipped and one.skipped.words.en for one in found.counted}
    decree = "Joint decree 855/2023, 3/2023, 4/2023"
    assert said == {
        8: f"national holiday: Isra and Mi'raj ({decree})",
        9: f"joint leave: Lunar New Year ({decree})",
        10: f"national holiday: Lunar New Year ({decree})",
        11: "weekend",
        12: None,
        13: None,
        14: "national holiday: polling day of the general election (Presidential decree 10/2024)",
        15: None,
    }


def test_where_joint_leave_matters_both_days_are_told():
    found = due("sbt-kajian", date(2024, 2, 7))
    assert [one.due.day for one in found.readings] == [15, 13]
    assert codes(found) == ["joint_leave"]
    assert "To be safe: Tuesday, 13 February 2024" in found.cautions[0].says.en
    assert found.earliest.due == date(2024, 2, 13)


def test_where_nothing_differs_nothing_is_warned_of():
    assert codes(due("sbt-kajian", date(2024, 1, 8))) == []


def test_days_and_working_days_of_the_election_law_are_both_shown():
    found = due("pemilu-laporan", date(2024, 1, 8))
    assert found.due == date(2024, 1, 17)
    assert found.earliest.due == date(2024, 1, 15)
    assert found.earliest.count.unit == "hari"
    assert codes(found) == ["earlier_reading"]
    assert "Senin, 15 Januari 2024" in found.cautions[0].says.id


def test_an_earlier_reading_is_told_of_beside_joint_leave():
    found = due("pemilu-laporan", date(2024, 2, 5))
    assert codes(found) == ["joint_leave", "earlier_reading", "decreed_while_running"]
    assert found.earliest.due == date(2024, 2, 12)
    assert all("To be safe: Monday, 12 February 2024" in one.says.en for one in found.cautions[:2])


def test_a_last_day_off_that_may_not_move_says_when_to_act():
    found = due("pemilu-temuan", date(2024, 2, 7))
    assert found.due == date(2024, 2, 14)
    assert codes(found) == ["ends_on_day_off"]
    assert "Tuesday, 13 February 2024" in found.cautions[0].says.en
    assert date(2024, 2, 15) in {one.due for one in found.readings}


def test_the_working_day_before_is_not_guessed_beyond_the_calendar():
    assert due("pilkada-keterangan-tambahan", date(2022, 1, 1)).due == date(2022, 1, 3)
    short = Count(1, "hari", "same_day", "stay")
    with pytest.raises(BadInput, match="does not hold 2021"):
        due(term(short, end_open=True), date(2022, 1, 1))


def test_what_is_not_verified_says_so():
    assert "unverified" in codes(due("keberatan", date(2024, 1, 8)))


def test_an_effect_comes_on_a_day_off_too():
    found = due("pp94-berlaku", date(2024, 1, 5))
    assert found.due == date(2024, 1, 20)
    assert "ends_on_day_off" not in codes(found)


def test_the_version_names_the_day_asked_for():
    assert due("sbt-kajian", date(2024, 1, 8), known_on=date(2024, 1, 5)).version.known_on == date(2024, 1, 5)


@pytest.mark.parametrize(
    ("start", "known", "expected"),
    [
        (date(2023, 4, 14), date(2023, 3, 28), date(2023, 4, 19)),
        (date(2023, 4, 14), date(2023, 3, 29), date(2023, 4, 26)),
        (date(2025, 8, 15), date(2025, 8, 6), date(2025, 8, 20)),
        (date(2025, 8, 15), date(2025, 8, 7), date(2025, 8, 21)),
        (date(2024, 11, 26), date(2024, 11, 20), date(2024, 11, 29)),
        (date(2024, 11, 26), date(2024, 11, 21), date(2024, 12, 2)),
    ],
)
def test_a_decree_counts_from_the_day_it_was_known(start, known, expected):
    assert due(working(3), start, known_on=known).due == expected


def test_a_day_asked_for_tells_what_was_decreed_later():
    found = due("bpasn-banding", date(2025, 8, 6), known_on=date(2025, 8, 6))
    assert found.due == date(2025, 8, 26)
    assert "later_decree" in codes(found)
    later = next(one for one in found.cautions if one.code == "later_decree")
    assert "(SKB 933/2025, 1/2025, 3/2025)" in later.says.id
    assert "27 Agustus 2025" in later.says.id


def test_a_decree_that_came_while_the_term_ran_is_told():
    found = due("bpasn-banding", date(2025, 8, 6))
    assert found.due == date(2025, 8, 27)
    said = next(one for one in found.cautions if one.code == "decreed_while_running").says.en
    assert "26 August 2025" in said
    assert "933/2025" in said


def test_an_undecreed_year_is_an_estimate():
    found = due("bpasn-banding", date(2023, 12, 20), known_on=date(2023, 9, 1))
    assert codes(found)[0] == "days_estimated"
    assert "2024" in found.cautions[0].says.en
    # The first of January is known before any decree.
    assert next(one for one in found.counted if one.day == date(2024, 1, 1)).skipped.why == "national"


@pytest.mark.parametrize("start", [date(2021, 12, 31), date(2027, 1, 1), date(2026, 12, 20)])
def test_a_year_outside_the_calendar_names_those_that_there_are(start):
    with pytest.raises(BadInput, match="there are the years 2022, 2023, 2024, 2025, 2026"):
        due("bpasn-banding", start)


def test_an_unknown_term_or_agency_names_the_nearest():
    with pytest.raises(BadInput, match="did you mean 'bpasn-banding'"):
        due("bpasn-bandin", date(2024, 1, 8))
    with pytest.raises(BadInput, match="did you mean 'enam-hari-kerja'"):
        due("bpasn-banding", date(2024, 1, 8), agency="enam-hari")


def test_an_office_with_six_days_ends_earlier():
    found = due("bpasn-banding", date(2024, 1, 8), agency="enam-hari-kerja")
    assert found.due == date(2024, 1, 24)
    assert found.as_json()["agency"]["id"] == "enam-hari-kerja"
    assert found.version.hash != due("bpasn-banding", date(2024, 1, 8)).version.hash


def later(monkeypatch, *days):
    """Let another decree become known after all others."""
    newest = Decree("NEW", Text("Keputusan baru", "New decree"), date(2026, 1, 2), "single", (), tuple(days), ())
    decrees = {**NATIONAL.decrees, 2026: (*NATIONAL.decrees[2026], newest)}
    held = deadlines.register()
    changed = replace(held, calendars={"national": replace(NATIONAL, decrees=decrees)})
    monkeypatch.setattr("telusur.law.deadlines.count.register", lambda: changed)


def test_a_later_decree_moves_no_past_deadline_silently(monkeypatch):
    before = due("sbt-kajian", date(2026, 2, 2))
    assert moved(before) is None
    later(monkeypatch, DayOff(date(2026, 2, 5), "national", Text("hari baru", "new day")))
    again = due("sbt-kajian", date(2026, 2, 2), known_on=before.version.known_on)
    assert (again.due, again.version) == (before.due, before.version)
    assert codes(again) == ["later_decree"]
    assert due("sbt-kajian", date(2026, 2, 2)).version != before.version
    assert moved(before).due == before.due + timedelta(days=1)


def test_an_agency_day_works_and_rests_from_the_day_it_was_known():
    founding, duty = Text("SE 1", "circular 1"), Text("SE 2", "circular 2")
    own = Agency(
        "a",
        Text("a", "a"),
        founding,
        "memory",
        (),
        None,
        (
            AgencyDay(date(2024, 1, 9), False, Text("hari jadi", "founding day"), founding, date(2024, 1, 1)),
            AgencyDay(date(2024, 1, 13), True, Text("piket", "duty"), duty, date(2024, 1, 10)),
        ),
    )
    start = date(2024, 1, 8)
    found = due("sbt-kajian", start, agency=own)
    assert found.due == date(2024, 1, 12)
    assert found.counted[0].skipped.words.en == "day off at this agency: founding day (circular 1)"
    assert due(working(4), start, agency=own).due == date(2024, 1, 13)
    assert due(working(4), start, known_on=date(2024, 1, 10), agency=own).due == date(2024, 1, 13)
    told = due(working(4), start, known_on=date(2024, 1, 9), agency=own)
    assert (told.due, codes(told)) == (date(2024, 1, 15), ["later_decree"])
    assert "(circular 2)" in told.cautions[0].says.en
    assert due("sbt-kajian", start, known_on=date(2023, 12, 31), agency=own).due == date(2024, 1, 11)


def test_the_document_is_the_same_twice_and_says_what_made_it():
    found = due("bpasn-banding", date(2024, 4, 1))
    document = found.as_json()
    assert document == due("bpasn-banding", date(2024, 4, 1)).as_json()
    assert document["schema"] == "telusur.deadline/1"
    assert document["made_by"]["catalogue"] == catalogue().hash
    assert (document["due"], document["earliest"]) == ("2024-04-29", "2024-04-23")
    assert document["calendar"] == {
        "id": "national",
        "hash": found.version.hash,
        "known_on": "2025-09-19",
        "agency": None,
    }


def test_a_dossier_gets_what_its_contract_names():
    entry = due("bpasn-banding", date(2024, 4, 1)).for_dossier()
    assert list(entry) == ["what", "due", "unit", "counted", "citation"]
    assert (entry["due"], entry["unit"]) == ("2024-04-29", "hari_kerja")
    assert entry["citation"]["status"] == "reported"
    assert entry["counted"][-1] == {"day": "2024-04-29", "number": 14, "day_off": None}
