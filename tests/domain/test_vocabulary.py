"""What the vocabulary of facts promises."""

from telusur.domain.act import Act
from telusur.domain.facts import Facts
from telusur.domain.vocabulary import ACCOUNT_ACTS, FIELDS


def test_every_field_stands_under_its_own_name():
    assert all(field.name == name for name, field in FIELDS.items())


def test_only_choices_have_values_and_none_twice():
    for field in FIELDS.values():
        assert bool(field.values) == (field.kind == "choice")
        assert len(set(field.values)) == len(field.values)


def test_the_exceptions_are_those_of_the_contract():
    assert {name for name, field in FIELDS.items() if field.exception} == {
        "actor.under_order",
        "actor.spouse_of_contestant",
        "actor.unpaid_leave",
        "act.official_duty",
        "act.accidental",
        "attribution.intent_claimed",
    }


def test_what_is_done_with_an_account_is_an_act_that_can_be_stated():
    assert set(FIELDS["act.kind"].values) > ACCOUNT_ACTS
    assert "attend_event" not in ACCOUNT_ACTS


def test_an_act_needs_no_account_no_time_and_no_text():
    act = Act("A1", Facts({}))
    assert (act.account, act.at, act.text, act.evidence) == (None, None, None, ())
