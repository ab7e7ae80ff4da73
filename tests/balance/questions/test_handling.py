"""Who handles a case and when must not depend on its group, within body and time."""

import numpy as np
import pytest

from balance_questions import START, fair, ground, with_, words
from telusur.balance.questions import asking, handling


def one(answer):
    return asking.judged([answer], 0.05)[0]


def test_cases_of_a_group_handed_to_one_officer_are_found():
    cases = fair(1_000)
    steered = (cases.columns["beneficiary"] == "A") & (np.random.default_rng(1).random(1_000) < 0.5)
    handler = words(np.where(steered, "h1", cases.columns["handler"].astype(str)))
    found = one(handling.assignment(ground(with_(cases, columns={"handler": handler}))))
    assert found.rung.verdict == "uneven"
    assert found.numbers["excess"] > 0.05
    assert "within the same body and month" in found.words.en
    assert one(handling.assignment(ground(cases))).rung.value == "no_difference"


def test_officers_of_other_bodies_accuse_nobody():
    cases = fair(1_000)
    regional = cases.columns["body"] == "regional"
    rng = np.random.default_rng(2)
    group = words(np.where(rng.random(1_000) < np.where(regional, 0.8, 0.2), "A", "B"))
    handler = words(np.where(regional, rng.choice(["h1", "h2"], 1_000), rng.choice(["h3", "h4"], 1_000)))
    found = one(handling.assignment(ground(with_(cases, columns={"handler": handler, "beneficiary": group}))))
    assert found.rung.value == "no_difference"


def test_fewer_than_a_hundred_cases_are_too_little():
    for ask in (handling.assignment, handling.order):
        found = one(ask(ground(fair(60))))
        assert found.rung.value == "too_little_data"
        assert "at least 100" in found.words.en


def test_a_group_that_waits_behind_later_arrivals_is_found():
    cases = fair(1_200)
    pushed = cases.days["accepted"] + 10 * (cases.columns["beneficiary"] == "B")
    found = one(handling.order(ground(with_(cases, days={"accepted": pushed, "examined": pushed + 1}))))
    assert found.rung.verdict == "uneven"
    assert found.numbers["group"] == "B"
    assert "group B are handled later" in found.words.en
    ahead = cases.days["accepted"] + 10 * (cases.columns["beneficiary"] != "B")
    assert "handled sooner" in one(handling.order(ground(with_(cases, days={"accepted": ahead})))).words.en
    assert one(handling.order(ground(cases))).rung.value == "no_difference"


def test_a_late_group_handled_in_turn_is_no_difference():
    cases = fair(1_200)
    late = cases.days["reported"] > START + 60
    group = words(np.where(np.random.default_rng(1).random(1_200) < np.where(late, 0.9, 0.2), "A", "B"))
    assert one(handling.order(ground(with_(cases, columns={"beneficiary": group})))).rung.value == "no_difference"


def test_tau_tells_whether_order_follows_arrival():
    day, queue = np.arange(20.0), np.repeat([0, 1], 10)
    assert handling.tau(day, day + 3, queue) == pytest.approx(1)
    assert handling.tau(day, -day, queue) == pytest.approx(-1)
    assert handling.tau(np.ones(4), np.ones(4), np.zeros(4, dtype=np.int64)) is None
