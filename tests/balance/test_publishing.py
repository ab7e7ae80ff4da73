"""What leaves the office holds no small count."""

from datetime import date

from telusur.balance import Audit, Finding, default_plan
from telusur.balance.publishing import published
from telusur.domain.text import Text


def told(numbers, series):
    finding = Finding("days", Text("", ""), None, Text("", ""), numbers, series)
    audit = Audit(default_plan(), "", date(2024, 11, 30), 100, {}, ("A",), (), (finding,), ())
    return published(audit).findings[0]


def test_a_row_that_rests_on_few_is_withheld_whole():
    found = told({}, {"group": ["A", "B"], "cases": [40, 9], "median": [12.5, 30.0]})
    assert found.series == {"group": ["A", "B"], "cases": [40, None], "median": [12.5, None]}


def test_other_counts_are_rounded_and_what_is_no_count_stays():
    found = told({"cases": 43, "few": 3, "none": 0, "p": 0.04, "group": "A", "done": True}, {"n": [12, 13]})
    assert found.numbers == {"cases": 45, "few": None, "none": None, "p": 0.04, "group": "A", "done": True}
    assert found.series == {"n": [10, 15]}


def test_a_finding_without_figures_stays_as_it_is():
    assert told({}, {}).series == {}
