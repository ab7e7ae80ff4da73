"""A plan is read strictly, named by its hash, and may be stricter than the rule but never laxer."""

import hashlib

import pytest

from telusur.balance import default_plan, read_plan, template
from telusur.domain.errors import BadInput


def test_the_template_is_the_plan_an_audit_follows_by_itself():
    plan = default_plan()
    assert plan == read_plan(template(), "plan.yaml")
    assert plan.sha256 == hashlib.sha256(template().encode()).hexdigest()
    assert (plan.groups, plan.strata, plan.alpha, plan.suppress_below) == ("beneficiary", ("region",), 0.05, 10)


def test_any_change_is_another_plan():
    assert read_plan(template() + "\n", "plan.yaml").sha256 != default_plan().sha256


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("suppress_below: 10", "suppress_below: 5", "plan.yaml:31: suppress_below: "),
        ("round_to: 5", "round_to: 1", "round_to"),
        ("alpha: 0.05", "alpha: 0.5", "alpha"),
        ("strata: [region]", "strata: []", "strata"),
        ("strata: [region]", "strata: [beneficiary]", "'beneficiary' is named twice"),
        ("strata: [region]", "strata: [handler]", "strata"),
        ("seed: 20240927", "seed: 1\ndeadline_days: 0", "deadline_days"),
        ("seed: 20240927", "colour: red", "colour: is no field of a plan"),
        ("seed: 20240927", "", "seed: is missing; `telusur balance plan` writes a plan with every field"),
    ],
)
def test_what_no_plan_may_say_is_told_with_its_place(old, new, said):
    assert old in template()
    with pytest.raises(BadInput) as error:
        read_plan(template().replace(old, new), "plan.yaml")
    assert said in str(error.value)


def test_a_term_of_the_law_may_be_named_and_need_not_be():
    assert default_plan().deadline_days is None
    named = read_plan(template() + "deadline_days: 45\n", "plan.yaml")
    assert named.deadline_days == 45
    assert named.sha256 != default_plan().sha256


def test_a_plan_that_names_no_term_is_the_plan_it_was():
    before = "bc61ed333c4a802e41aa40e56c46bad09f7975c3f7a8770fb5de615ad86c6202"
    assert default_plan().sha256 == before
