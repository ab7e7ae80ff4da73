"""A calendar file keeps to RFC 5545, and is the same bytes for the same deadline."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from telusur.domain.text import Text
from telusur.law.deadlines import due, ics

FOUND = due("bpasn-banding", date(2024, 4, 1))


def unfolded(content):
    return content.replace(b"\r\n ", b"").decode("utf-8").split("\r\n")


def unescaped(words):
    """Read TEXT as a calendar program does."""
    out, i = "", 0
    while i < len(words):
        if words[i] == "\\":
            i += 1
            out += "\n" if words[i] in "nN" else words[i]
        else:
            out += words[i]
        i += 1
    return out


def values(content, name):
    return [line.partition(":")[2] for line in unfolded(content) if line.partition(":")[0].partition(";")[0] == name]


def test_the_entry_is_an_all_day_event_on_the_last_day():
    lines = unfolded(ics(FOUND))
    assert lines[:4] == ["BEGIN:VCALENDAR", "VERSION:2.0", lines[2], "CALSCALE:GREGORIAN"]
    assert lines[2].startswith("PRODID:-//Telusur//")
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "DTSTART;VALUE=DATE:20240429" in lines
    assert "DTEND;VALUE=DATE:20240430" in lines
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2


def test_an_earlier_reading_has_an_entry_of_its_own():
    assert values(ics(FOUND), "DTSTART") == ["20240429", "20240423"]
    assert "paling aman" in values(ics(FOUND), "SUMMARY")[1]
    assert values(ics(due("sbt-kajian", date(2024, 1, 8))), "DTSTART") == ["20240111"]


def test_no_clock_is_in_it():
    assert ics(FOUND) == ics(due("bpasn-banding", date(2024, 4, 1)))
    assert values(ics(FOUND), "DTSTAMP") == ["20240401T000000Z"] * 2


def test_every_entry_has_a_uid_of_its_own_that_stays():
    one = values(ics(FOUND), "UID")
    assert len(set(one)) == 2
    assert one == values(ics(FOUND, "en"), "UID")
    assert not set(one) & set(values(ics(due("bpasn-banding", date(2024, 4, 2))), "UID"))
    plain, six = (due("sbt-kajian", date(2024, 1, 8), agency=agency) for agency in (None, "enam-hari-kerja"))
    assert plain.due == six.due
    assert values(ics(plain), "UID") != values(ics(six), "UID")


def test_the_words_are_in_the_language_asked_for():
    assert unescaped(values(ics(FOUND, "en"), "SUMMARY")[0]) == "file an administrative appeal with the BPASN"
    described = unescaped(values(ics(FOUND), "DESCRIPTION")[0])
    assert described.startswith("Dihitung 14 hari kerja sejak Senin, 1 April 2024")
    assert "pasal 11(3), 13" in described
    assert FOUND.version.hash[:16] in described


def test_a_citation_without_an_article_reads_well():
    described = unescaped(values(ics(due("sbt-kajian", date(2024, 1, 8)), "en"), "DESCRIPTION")[0])
    assert "Basis: The shared reporting system SBT of BKN, Bawaslu and two ministries.\n" in described


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.just("\n"), max_size=200))
def test_any_words_are_folded_within_75_octets_and_come_back(words):
    content = ics(replace(FOUND, term=replace(FOUND.term, title=Text(words, words))))
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    for line in lines:
        line.decode("utf-8")
        assert b"\n" not in line
    assert unescaped(values(content, "SUMMARY")[0]) == words
