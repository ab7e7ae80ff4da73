"""Reports are described by their sources; floods are found, and nobody is accused by them."""

import numpy as np
import pytest

from balance_questions import START, fair, ground, with_
from telusur.balance.questions import asking, sources


def one(answer):
    return asking.judged([answer], 0.05)[0]


def test_shares_of_sources_are_the_whole_of_a_group():
    found = sources.sources(ground(fair(600)))
    rows = zip(found.series["group"], found.series["share"], strict=True)
    assert sum(share for group, share in rows if group == "A") == pytest.approx(1)
    assert "top_share_A" in found.numbers


def test_without_bodies_concentration_is_not_told():
    assert sources.sources(ground(with_(fair(100), without=("body",)))).numbers == {}


def test_gini_is_nought_where_all_are_alike_and_near_one_where_one_has_all():
    assert sources.gini(np.array([5.0, 5.0, 5.0])) == pytest.approx(0)
    assert sources.gini(np.array([0.0] * 99 + [10.0])) == pytest.approx(0.99)
    assert sources.gini(np.array([])) is None


def test_a_flood_is_found_and_said_to_prove_nothing():
    cases = fair(1_200)
    flooded = (cases.columns["beneficiary"] == "B") & (np.random.default_rng(1).random(1_200) < 0.4)
    reported = np.where(flooded, START + 40, cases.days["reported"])
    found = one(sources.flooding(ground(with_(cases, days={"reported": reported}))))
    assert found.rung is None
    assert found.numbers["group"] == "B"
    assert found.numbers["q"] < 0.01
    assert "Reports about group B come in floods" in found.words.en
    assert "does not mean that they are wrong" in found.words.en


def test_reports_that_come_as_all_others_do_are_no_flood():
    found = one(sources.flooding(ground(fair(1_200))))
    assert "No flood" in found.words.en
    assert sum(found.series["n"]) == 1_200


def test_few_reports_are_too_little_and_centuries_too_long():
    assert "at least 100" in sources.flooding(ground(fair(60))).lacking.en
    cases = fair(300)
    ancient = cases.days["reported"].copy()
    ancient[0] = 1.0
    assert "too long" in sources.flooding(ground(with_(cases, days={"reported": ancient}))).lacking.en
