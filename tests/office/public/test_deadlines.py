"""The deadline calculator: the same days as the library, shown one by one."""

from __future__ import annotations

from datetime import date

import pytest

from telusur.law import deadlines

TERMS = sorted(deadlines.register().terms)


def plain(words):
    return " ".join(words.split())


def counted(browser, term="bpasn-banding", start="1 April 2024", agency=""):
    return browser.send(browser.get("/tenggat/"), tenggat=term, mulai=start, instansi=agency)


@pytest.mark.parametrize("term", TERMS)
def test_every_term_is_counted_as_the_library_counts_it(browser, term):
    page = counted(browser, term)
    found = deadlines.due(term, date(2024, 4, 1))

    def say(text):
        return plain(text.in_language(browser.language))

    assert say(deadlines.long_day(found.due)) in page.text
    for one in found.counted:
        assert say(deadlines.long_day(one.day)) in page.text
        if one.skipped:
            assert say(one.skipped.words) in page.text
    for reading in found.readings:
        assert say(deadlines.long_day(reading.due)) in page.text
    for caution in found.cautions:
        assert say(caution.says) in page.text


def test_an_agency_with_six_days_is_minded(browser):
    page = counted(browser, agency="enam-hari-kerja")
    due = deadlines.due("bpasn-banding", date(2024, 4, 1), None, "enam-hari-kerja").due
    assert deadlines.long_day(due).in_language(browser.language) in page.text


def test_the_calendar_file_is_that_of_the_library(browser):
    page = counted(browser)
    form = next(one for one in page.forms if ("lakukan", "ics") in one.buttons)
    given = browser.client.post(form.action, dict([*form.hidden, ("lakukan", "ics")]))
    found = deadlines.due("bpasn-banding", date(2024, 4, 1))
    assert given["Content-Type"].startswith("text/calendar")
    assert given["Content-Disposition"] == f'attachment; filename="bpasn-banding-{found.due}.ics"'
    assert given.content == deadlines.ics(found, browser.language)


@pytest.mark.parametrize("start", ["", "kapan-kapan", "31/04/2024", "1/1/1950", "31 Desember 2099"])
def test_a_day_that_cannot_be_counted_from_is_told_and_stays_typed(browser, start):
    page = counted(browser, start=start)
    assert "errors-title" in page.response.content.decode()
    assert page.form.fields["mulai"] == start
    assert page.form.fields["tenggat"] == "bpasn-banding"


def test_a_term_that_is_not_there_is_told(browser):
    page = counted(browser, term="tiada")
    assert "errors-title" in page.response.content.decode()
    assert page.form.fields["mulai"] == "1 April 2024"
