"""What somebody's own priors become."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.domain.errors import BadInput
from telusur.domain.proposition import Proposition
from telusur.domain.text import Text
from telusur.domain.weight import Weight
from telusur.tracing import prior
from telusur.tracing.combined import Combined

P = Proposition


def combined(lower, value, upper):
    weight = Weight(value, lower, upper, -9, 9, "elicited")
    return Combined({P.TAKEN_OVER: weight}, None, Text("", ""))


EVEN = prior.checked({"owner": 0.5, "taken_over": 0.5})
ends = st.lists(st.floats(-4, 4), min_size=3, max_size=3).map(sorted)


def test_at_even_odds_a_ban_becomes_ten_to_one():
    point = next(one for one in prior.curve(combined(0, 1, 2), EVEN) if one.prior == 0.5)
    assert point.posterior[P.TAKEN_OVER] == pytest.approx((1 / 2, 10 / 11, 100 / 101))
    assert point.posterior[P.OWNER] == pytest.approx((1 / 101, 1 / 11, 1 / 2))


@given(ends)
def test_it_is_never_one_number_but_a_curve_that_rises_with_the_prior(bans):
    found = prior.curve(combined(*bans), EVEN)
    values = [one.posterior[P.OWNER][1] for one in found]
    assert len(values) > 10
    assert values == sorted(values)


@given(ends, st.floats(0.01, 0.98))
def test_posteriors_make_one_and_lie_within_their_ends(bans, own):
    rest = (1 - own) / 2
    given_priors = prior.checked({"owner": own, "taken_over": rest, "linked_app": rest})
    for point in prior.curve(combined(*bans), given_priors):
        assert sum(v for _, v, _ in point.posterior.values()) == pytest.approx(1)
        assert all(low <= v + 1e-12 and v <= high + 1e-12 for low, v, high in point.posterior.values())


def test_what_nothing_bears_on_keeps_its_odds_against_the_owner():
    given_priors = prior.checked({"owner": 0.5, "taken_over": 0.25, "linked_app": 0.25})
    for point in prior.curve(combined(1, 2, 3), given_priors):
        before = (1 - point.prior) / 2 / point.prior
        assert point.posterior[P.LINKED_APP][1] / point.posterior[P.OWNER][1] == pytest.approx(before)


@pytest.mark.parametrize(
    ("given_priors", "said"),
    [
        ({"owner": 0.5, "taken_ovr": 0.5}, "did you mean"),
        ({"owner": 0.5}, "at least one other"),
        ({"taken_over": 0.5, "linked_app": 0.5}, "the prior of the owner"),
        ({"owner": 0.5, "taken_over": 0.2}, "they must make 1"),
        ({"owner": 1, "taken_over": 0}, "between 0 and 1"),
        ({"owner": True, "taken_over": 0.5}, "between 0 and 1"),
        ({"owner": "x", "taken_over": 0.5}, "between 0 and 1"),
        ({"owner": float("nan"), "taken_over": 0.5}, "between 0 and 1"),
    ],
)
def test_priors_that_are_none_are_refused_with_the_reason(given_priors, said):
    with pytest.raises(BadInput, match=said):
        prior.checked(given_priors)
