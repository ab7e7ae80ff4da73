"""Grades of evidence describe reports; they accuse nobody."""

import numpy as np
import pytest

from balance_questions import fair, ground, with_, words
from telusur.balance.questions import asking, grades


def one(cases):
    return asking.judged([grades.grades(ground(cases))], 0.05)[0]


def test_weaker_reports_about_a_group_are_described_and_not_accused():
    cases = fair(800)
    lean = np.where(cases.columns["beneficiary"] == "A", 0.75, 0.0)
    found = one(with_(cases, numbers={"evidence_strength": cases.numbers["evidence_strength"] - lean}))
    assert found.rung is None
    assert "group A is weaker" in found.words.en
    assert "describes reports, not enforcement" in found.words.en
    other = one(with_(cases, numbers={"evidence_strength": cases.numbers["evidence_strength"] + lean}))
    assert "stronger" in other.words.en


def test_alike_reports_say_what_could_be_missed():
    found = one(fair(800))
    assert "could have been missed" in found.words.en
    assert sum(found.series["n"]) == 800


def test_few_levels_are_shown_as_they_are():
    cases = fair(300)
    found = one(with_(cases, numbers={"evidence_strength": np.arange(300) % 4.0}))
    assert sorted(set(found.series["grade"])) == ["0", "1", "2", "3"]


def test_words_have_no_order():
    found = one(
        with_(with_(fair(300), without=("evidence_strength",)), columns={"evidence_strength": words(["weak"] * 300)})
    )
    assert "no order" in found.words.en
    assert sum(found.series["share"]) == pytest.approx(3)


def test_few_graded_reports_are_too_little():
    assert "at least two groups with 30" in one(fair(50)).words.en
