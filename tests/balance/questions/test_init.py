"""All questions together: at most one chance in twenty of a false word, and no silence about what is not known."""

import warnings

import numpy as np
import pytest

from balance_questions import fair, with_, words
from telusur.balance import Rung, default_plan
from telusur.balance.publishing import _finding
from telusur.balance.questions import QUESTIONS, all_questions
from telusur.balance.steps import populations
from telusur.validation.balance.worlds import WORLDS, Setting, draw


def asked(cases, **more):
    return {one.id: one for one in all_questions(cases, default_plan(), populations(cases), **more)}


def uneven(found):
    return {name for name, one in found.items() if one.rung is not None and one.rung.verdict == "uneven"}


def test_every_question_has_an_answer_in_both_languages_and_accuses_nobody_in_a_fair_world():
    found = asked(fair())
    assert len(found) == len(QUESTIONS) == 18
    assert all(one.words.id and one.words.en and one.title.id and one.title.en for one in found.values())
    assert uneven(found) == set()
    assert not any("bias" in (one.words.id + one.words.en).lower() for one in found.values())


def test_the_same_cases_give_the_same_answers():
    first, second = asked(fair(400)), asked(fair(400))
    assert all(first[name] == second[name] for name in first)


def test_lists_of_a_figure_are_of_equal_length_and_hold_plain_values():
    for one in asked(fair(600)).values():
        assert len({len(values) for values in one.series.values()}) <= 1
        held = [value for values in one.series.values() for value in values] + list(one.numbers.values())
        assert {type(value) for value in held} <= {str, int, float, bool, type(None)}, one.id


def test_answers_can_be_made_fit_to_leave_the_office():
    for one in asked(fair(300)).values():
        small = [value for value in _finding(one, default_plan()).numbers.values() if type(value) is int and value < 10]
        assert small == []


def test_what_is_absent_is_said_to_be_not_assessed():
    bare = with_(
        fair(400),
        without=(
            "severity", "severity_min", "severity_max", "evidence_strength", "source", "body", "handler", "masked",
            "appeal", "executed", "rank",
        ),
    )  # fmt: skip
    found = asked(bare)
    for name, column in {
        "days_executed": "executed", "severity": "severity", "severity_range": "severity", "assignment": "handler",
        "bodies": "body", "sources": "source", "grades": "evidence_strength", "mobilisation": "order",
        "appeals": "appeal", "executed": "executed", "trial": "masked",
    }.items():  # fmt: skip
        assert found[name].words.en == f"Not assessed: the column {column} is absent."
        assert found[name].rung is None


def _all_open(cases):
    nothing = np.full(cases.n, np.nan)
    gone = dict.fromkeys(("accepted", "examined", "decided", "executed"), nothing)
    return with_(cases, outcome=words([None] * cases.n), days=gone, without=("executed", "severity"))


def _nameless(cases):
    columns = {name: words([None] * cases.n) for name in ("region", "source", "body", "handler", "rank", "masked")}
    numbers = {name: np.full(cases.n, np.nan) for name in cases.numbers}
    return with_(cases, columns=columns, numbers=numbers)


ODD = {
    "one case": lambda: fair(1),
    "eleven cases": lambda: fair(11),
    "a group of one": lambda: with_(fair(300), columns={"beneficiary": words(["Z"] + ["A"] * 299)}),
    "one group": lambda: with_(fair(300), columns={"beneficiary": words(["A"] * 300)}),
    "all open": lambda: _all_open(fair(300)),
    "nothing known": lambda: _nameless(fair(300)),
    "all proven": lambda: with_(fair(300), outcome=words(["proven"] * 300)),
    "all dropped": lambda: with_(fair(300), outcome=words(["dropped"] * 300)),
    "one severity": lambda: with_(fair(300), numbers={"severity": np.full(300, 2.0)}),
    "one day": lambda: with_(fair(300), days=dict.fromkeys(("reported", "accepted"), np.full(300, 739_000.0))),
    "a group in each region": lambda: with_(
        fair(300), columns={"beneficiary": words(["A", "B"] * 150), "region": words(["1", "2"] * 150)}
    ),
    "one order": lambda: with_(
        fair(300), columns={"order": words(["o"] * 300), "order_role": words(["subordinate"] * 300)}
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_data_are_answered_without_a_warning_or_an_accusation(name):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = asked(ODD[name]())
    assert len(found) == len(QUESTIONS)
    assert uneven(found) == set()
    values = [value for one in found.values() for value in one.numbers.values() if isinstance(value, float)]
    assert not any(np.isnan(value) for value in values)


@pytest.mark.parametrize("name", ["all open", "one group"])
def test_where_nothing_can_be_compared_there_is_too_little_data(name):
    found = asked(ODD[name]())
    assert found["days"].rung is Rung.TOO_LITTLE_DATA
    assert "at least" in found["days"].words.en
    assert "could have been missed" in found["days"].words.en


@pytest.mark.long
@pytest.mark.parametrize("world", WORLDS)
def test_fair_worlds_are_seldom_accused(world):
    accused = sum(bool(uneven(asked(draw(Setting(world, 1_000), 50_000 + seed)))) for seed in range(60))
    # Of 60 audits at a chance of one in twenty, more than 9 accuse once in a thousand times.
    assert accused <= 9
