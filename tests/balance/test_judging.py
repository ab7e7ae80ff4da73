"""Steps are judged together: what is said of one depends on all."""

import pytest

from telusur.balance import Finding, Rung, default_plan, read_plan, template
from telusur.balance.judging import judged
from telusur.balance.steps import STEPS, populations
from telusur.domain.text import Text
from telusur.validation.balance.trying import tried
from telusur.validation.balance.worlds import WORLDS, Setting, draw


def steps(setting, *, seed=1, plan=None, thresholds=None):
    cases = draw(setting, seed)
    return {step.step: step for step in judged(cases, populations(cases), plan or default_plan(), thresholds)}


def found_at(rung, group, bar="lower"):
    return Finding("thresholds", Text("", ""), rung, Text("", ""), {"group": group, "bar": bar})


def test_fifty_cases_are_too_little_at_every_step():
    found = steps(Setting("plain", 50))
    assert tuple(found) == STEPS
    assert {step.rung for step in found.values()} == {Rung.TOO_LITTLE_DATA}
    assert all(step.words.en.startswith("Too little data") for step in found.values())


def test_a_planted_difference_is_found_at_its_step_alone():
    found = steps(Setting("plain", 5_000, "examined"))
    assert found["examined"].rung is Rung.AFTER_STRATIFICATION
    assert found["accepted"].rung is Rung.NO_DIFFERENCE
    assert found["examined"].test.q >= found["examined"].test.p


def test_what_regions_explain_is_said_to_be_explained():
    found = steps(Setting("confounded", 5_000))
    assert found["accepted"].rung is Rung.EXPLAINED_BY_MIX
    assert "explained by the mix" in found["accepted"].words.en


def test_what_is_lost_among_many_looks_is_not_said_to_be_explained():
    found = steps(Setting("plain", 1_500, "examined"), seed=3)["examined"]
    assert found.test.pooled.p < 0.05
    assert found.test.ratios["A"].p < 0.05 < found.test.q
    assert found.rung is Rung.NO_DIFFERENCE


def test_both_threshold_models_lift_the_step_they_are_about_and_their_group_only():
    setting = Setting("plain", 5_000, "examined")
    agreed = steps(setting, thresholds=found_at(Rung.REQUIRED_EVIDENCE, "A"))
    assert agreed["examined"].rung is Rung.REQUIRED_EVIDENCE
    assert agreed["accepted"].rung is Rung.NO_DIFFERENCE
    others = (
        found_at(Rung.REQUIRED_EVIDENCE, "B"),
        found_at(Rung.REQUIRED_EVIDENCE, "A", "higher"),
        found_at(Rung.NO_DIFFERENCE, "A"),
    )
    for other in others:
        assert steps(setting, thresholds=other)["examined"].rung is Rung.AFTER_STRATIFICATION


def test_a_difference_found_among_few_is_found_none_the_less():
    strict = read_plan(template().replace("detectable: 2.3", "detectable: 1.01"), "plan.yaml")
    found = steps(Setting("plain", 5_000, "accepted"), plan=strict)
    assert found["accepted"].rung is Rung.AFTER_STRATIFICATION
    assert found["examined"].rung is Rung.TOO_LITTLE_DATA


def test_open_cases_are_counted_and_not_judged():
    cases = draw(Setting("late_season", 1_000), 3)
    found = judged(cases, populations(cases), default_plan())
    for step, population in zip(found, populations(cases).values(), strict=True):
        assert sum(rate.n for rate in step.groups) + step.open == population.reached.sum()


@pytest.mark.long
@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("n", [200, 1_000])
def test_fair_worlds_are_seldom_accused(world, n):
    (found,) = tried([Setting(world, n)], 200, 1, 1)
    # Of 200 audits at a chance of one in twenty, more than 20 accuse once in a thousand times.
    assert found.accusing.passed <= 20


@pytest.mark.long
@pytest.mark.parametrize("step", ["accepted", "examined", "proven"])
def test_what_is_planted_in_five_thousand_cases_is_found(step):
    (found,) = tried([Setting("plain", 5_000, step)], 40, 1, 1)
    assert found.finding.passed >= 38
