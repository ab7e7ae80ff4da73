"""What is missing is told by group, and whose cases are open."""

import numpy as np

from balance_questions import fair, ground, with_, words
from telusur.balance.questions import asking, missing


def one(answer):
    return asking.judged([answer], 0.05)[0]


def without_rank(cases, chance):
    gone = np.random.default_rng(1).random(cases.n) < chance
    rank = cases.columns["rank"].copy()
    rank[gone] = None
    return with_(cases, columns={"rank": rank})


def test_a_column_that_is_empty_for_one_group_is_found():
    cases = fair(1_000)
    found = one(missing.missing(ground(without_rank(cases, np.where(cases.columns["beneficiary"] == "A", 0.5, 0.2)))))
    assert found.rung.verdict == "uneven"
    assert (found.numbers["column"], found.numbers["group"]) == ("rank", "A")
    assert "empty more often for group A" in found.words.en
    less = without_rank(cases, np.where(cases.columns["beneficiary"] == "A", 0.2, 0.5))
    assert "empty less often for group A" in one(missing.missing(ground(less))).words.en


def test_what_is_empty_for_all_alike_is_no_difference():
    assert one(missing.missing(ground(without_rank(fair(1_000), 0.3)))).rung.value == "no_difference"


def test_few_cases_are_too_little():
    found = one(missing.missing(ground(without_rank(fair(100), 0.3))))
    assert found.rung.value == "too_little_data"


def test_cases_without_a_group_are_counted():
    cases = fair(300)
    group = cases.columns["beneficiary"].copy()
    group[:17] = None
    assert missing.missing(ground(with_(cases, columns={"beneficiary": group}))).numbers["without_group"] == 17


def test_where_nothing_is_missing_or_open_that_is_said():
    cases = fair(300)
    closed = with_(cases, outcome=words(["not_proven"] * 300), days={"decided": cases.days["examined"] + 5})
    assert "No value is missing" in one(missing.missing(ground(closed))).words.en
    assert one(missing.still_open(ground(closed))).words.en == "No case is open."


def test_cases_left_open_for_one_group_are_found():
    cases = fair(1_500)
    left = (cases.columns["beneficiary"] == "C") & (np.random.default_rng(3).random(1_500) < 0.3)
    outcome = cases.outcome.copy()
    outcome[left] = None
    found = one(missing.still_open(ground(with_(cases, outcome=outcome))))
    assert found.rung.verdict == "uneven"
    assert found.numbers["group"] == "C"
    assert "open more often" in found.words.en
