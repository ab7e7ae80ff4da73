"""Days are compared like against like, and whoever still waits counts as waiting."""

from dataclasses import replace

import numpy as np
import pytest

from balance_questions import fair, ground, with_, words
from telusur.balance import default_plan
from telusur.balance.questions import asking, days


def slower(cases, group, factor):
    late = cases.columns["beneficiary"] == group
    start, end = cases.days["reported"], cases.days["decided"]
    decided = np.where(late, start + np.ceil((end - start) * factor), end)
    still = decided > cases.censored_on.toordinal()
    outcome = cases.outcome.copy()
    outcome[still] = None
    decided[still] = np.nan
    return with_(cases, days={"decided": decided}, outcome=outcome)


def test_a_group_made_to_wait_is_found_and_named():
    (found,) = asking.judged([days.decided(ground(slower(fair(), "B", 1.8)))], 0.05)
    assert found.rung.verdict == "uneven"
    assert found.numbers["group"] == "B"
    assert found.numbers["hazard_ratio"] < found.numbers["upper"] < 1
    assert found.numbers["rmst_difference"] > 5
    assert "group B are decided later" in found.words.en
    assert "not established" in found.words.en


def test_a_quick_group_is_said_to_be_quick():
    (found,) = asking.judged([days.decided(ground(slower(fair(), "C", 0.5)))], 0.05)
    assert found.numbers["group"] == "C"
    assert "sooner" in found.words.en


def test_a_wait_that_regions_explain_is_no_difference_like_against_like():
    cases = fair(2_400, seed=3)
    slow = cases.columns["region"] == "11"
    lean = np.random.default_rng(4).random(cases.n)
    group = words(np.where(slow, np.where(lean < 0.8, "A", "B"), np.where(lean < 0.2, "A", "B")))
    cases = with_(cases, columns={"beneficiary": group})
    start, end = cases.days["reported"], cases.days["decided"]
    decided = np.where(slow, start + (end - start) * 2, end)
    cases = with_(cases, days={"decided": np.minimum(decided, cases.censored_on.toordinal())})
    (found,) = asking.judged([days.decided(ground(cases))], 0.05)
    assert found.rung.value == "explained_by_mix"
    assert found.numbers["pooled_p"] < 0.001


def test_dropped_cases_are_counted_by_themselves():
    cases = fair(600)
    found = days.decided(ground(cases))
    ours = cases.columns["beneficiary"] == "A"
    assert found.numbers["dropped_A"] == int((ours & (cases.outcome == "dropped")).sum())
    assert found.numbers["open_A"] == int((ours & (cases.outcome == np.array(None))).sum())


def test_too_few_closings_name_the_least_and_what_could_be_missed():
    found = days.decided(ground(fair(60)))
    assert "at least two groups with 30" in found.lacking.en
    assert "hazard ratio below" in found.lacking.en
    assert "fewer than 10" in days.decided(ground(fair(12))).lacking.en


def test_execution_is_counted_from_the_decision_on_what_was_imposed():
    cases = fair(2_000)
    found = days.executed(ground(cases))
    proven = (cases.outcome == "proven") & (cases.numbers["severity"] != 0)
    ours = proven & (cases.columns["beneficiary"] == "A")
    assert found.numbers["closed_A"] + found.numbers["open_A"] == int(ours.sum())
    assert found.numbers["median_A"] == pytest.approx(14, abs=4)
    late = cases.days["executed"] + 60 * (cases.columns["beneficiary"] == "B")
    (slow,) = asking.judged([days.executed(ground(with_(cases, days={"executed": late})))], 0.05)
    assert "executed later" in slow.words.en


def test_the_days_of_each_step_are_those_of_the_cases_that_took_it():
    cases = fair(600)
    found = days.decided(ground(cases)).numbers
    took = cases.days["examined"] - cases.days["accepted"]
    assert found["step_n_examined"] == int((~np.isnan(took)).sum())
    assert found["step_days_examined"] == np.nanmedian(took)
    closed = np.isin(cases.outcome, ["proven", "not_proven"])
    assert found["step_n_decided"] == int(closed.sum())
    assert found["step_n_executed"] < found["step_n_decided"]
    few = days.decided(ground(fair(40))).numbers
    assert few["step_n_executed"] < 30
    assert few["step_days_executed"] is None
    without = with_(cases, days={"executed": np.full(cases.n, np.nan)})
    assert days.decided(ground(without)).numbers["step_n_executed"] == 0


def test_the_term_of_a_plan_is_how_far_waits_are_compared():
    cases = slower(fair(), "B", 1.8)
    plan = replace(default_plan(), deadline_days=25)
    found = days.decided(ground(cases, plan))
    assert found.numbers["deadline"] == found.numbers["horizon"] == 25.0
    assert 25.0 in found.series["day"]
    assert max(found.series["day"]) > 25
    assert "the plan's term of 25 days" in found.told.en
    open_ended = days.decided(ground(cases))
    assert "deadline" not in open_ended.numbers
    assert "names no deadline" in open_ended.told.en


def test_orders_that_stand_or_fall_together_widen_the_interval():
    cases = slower(fair(600), "B", 1.6)
    alone = days.decided(ground(cases))
    order = words([f"{cases.columns['beneficiary'][row]}{int(cases.days['reported'][row]) % 7}" for row in range(600)])
    together = days.decided(ground(with_(cases, columns={"order": order})))
    assert together.numbers["detectable"] > alone.numbers["detectable"]
