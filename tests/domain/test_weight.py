"""What a weight of evidence promises."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.domain.errors import ContradictoryBounds
from telusur.domain.weight import Weight

bans = st.floats(-9, 9).map(lambda value: round(value, 3))
bases = st.sampled_from(["calibrated", "elicited"])


@st.composite
def weights(draw):
    floor, lower, log10_lr, upper, ceiling = sorted(draw(st.lists(bans, min_size=5, max_size=5)))
    return Weight(log10_lr, lower, upper, floor, ceiling, draw(bases))


nothing = Weight(0.0, 0.0, 0.0, 0.0, 0.0, "calibrated")


def test_a_weight_outside_its_interval_is_refused_and_says_how_to_mend_it():
    with pytest.raises(ContradictoryBounds, match=r"\+2\.00 ban lies outside .*-1\.00, \+1\.00.*recompute"):
        Weight(2.0, -1.0, 1.0, -3.0, 3.0, "calibrated")


@pytest.mark.parametrize(("floor", "ceiling"), [(-0.5, 3.0), (-3.0, 0.5)])
def test_an_interval_outside_its_cap_is_refused(floor, ceiling):
    with pytest.raises(ContradictoryBounds):
        Weight(0.0, -1.0, 1.0, floor, ceiling, "calibrated")


@pytest.mark.parametrize("place", range(5))
def test_a_weight_that_is_no_number_is_refused(place):
    values = [0.0] * 5
    values[place] = math.nan
    with pytest.raises(ContradictoryBounds):
        Weight(*values, "calibrated")


@given(st.lists(bans, min_size=3, max_size=3).map(sorted), st.lists(bans, min_size=2, max_size=2).map(sorted))
def test_a_capped_weight_never_says_more_than_its_cap(bounds, cap):
    lower, log10_lr, upper = bounds
    weight = Weight.capped(log10_lr, lower, upper, tuple(cap), "elicited")
    assert (weight.floor, weight.ceiling) == tuple(cap)
    assert cap[0] <= weight.lower <= weight.log10_lr <= weight.upper <= cap[1]


@given(weights())
def test_a_cap_that_holds_everything_changes_nothing(weight):
    again = Weight.capped(weight.log10_lr, weight.lower, weight.upper, (weight.floor, weight.ceiling), weight.basis)
    assert again == weight


@given(weights(), weights())
def test_what_was_cut_off_is_kept_beside_and_added_up_but_is_not_the_weight(one, other):
    cut = Weight.capped(one.log10_lr, one.lower, one.upper, (-0.5, 0.5), "elicited")
    assert cut.free == one.log10_lr
    assert cut.joined_with(other).free == pytest.approx(one.log10_lr + other.log10_lr)
    assert cut.joined_with(other).log10_lr == pytest.approx(cut.log10_lr + other.log10_lr)


@given(weights(), st.floats(0, 1))
def test_a_weight_that_counts_less_never_says_more_and_keeps_its_side(weight, factor):
    wide = Weight(weight.log10_lr, weight.lower, weight.upper, -9, 9, weight.basis)
    less = wide.times(factor)
    assert abs(less.log10_lr) <= abs(wide.log10_lr)
    assert less.log10_lr * wide.log10_lr >= 0
    assert less.free == wide.free


def test_a_cap_does_not_hide_contradictory_bounds():
    with pytest.raises(ContradictoryBounds):
        Weight.capped(2.0, -1.0, 1.0, (-0.1, 0.1), "elicited")


@given(weights(), weights())
def test_joining_is_commutative(one, other):
    assert one.joined_with(other) == other.joined_with(one)


@given(weights(), weights())
def test_a_joined_interval_is_never_narrower_than_either(one, other):
    joined = one.joined_with(other)
    widest = max(one.upper - one.lower, other.upper - other.lower)
    assert joined.upper - joined.lower >= widest - 1e-9


@given(weights())
def test_an_item_that_cannot_tell_leaves_the_other_as_it_was(weight):
    assert weight.joined_with(nothing) == weight


@given(weights(), weights())
def test_a_chain_is_as_strong_as_its_weakest_basis(one, other):
    both = {one.basis, other.basis}
    assert one.joined_with(other).basis == ("elicited" if "elicited" in both else "calibrated")


@given(weights())
def test_a_weight_tells_when_zero_is_not_among_its_plausible_values(weight):
    assert weight.tells is not (weight.lower <= 0 <= weight.upper)
