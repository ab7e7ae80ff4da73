"""Weights learned from simulated accounts."""

import json

import numpy as np
import pytest

from telusur.domain.proposition import Proposition
from telusur.validation import record_fit
from telusur.validation.record_fit import Observation, fit

P = Proposition
BEARS_ON = {
    "a": frozenset({P.TAKEN_OVER}),
    "b": frozenset({P.TAKEN_OVER, P.OTHER_WITH_ACCESS}),
    "c": frozenset({P.TAKEN_OVER}),
}


def observations(n=600, seed=3, shares=((P.OWNER, 0.1), (P.TAKEN_OVER, 0.8))):
    """Give accounts in which item ``a`` is found so often, and ``c`` always with it."""
    random = np.random.default_rng(seed)
    often = dict(shares)
    found = []
    for i in range(n * len(P)):
        truth = tuple(P)[i % len(P)]
        hit = random.random() < often.get(truth, 0.1)
        found.append(Observation(truth, i // 60, frozenset({"a", "c"} if hit else {"b"})))
    return found


def test_a_weight_is_the_likelihood_ratio_of_what_was_simulated():
    fitted = fit([Observation(o.truth, o.draw, o.codes - {"c"}) for o in observations(4_000)], BEARS_ON, rounds=5)
    value = fitted.weights["a"][P.TAKEN_OVER][0]
    other = fitted.weights["b"][P.TAKEN_OVER][0]
    assert value == pytest.approx(np.log10(0.8 / 0.1), abs=0.12)
    assert other == pytest.approx(np.log10(0.2 / 0.9), abs=0.12)


def test_two_items_that_always_come_together_share_one_weight():
    both = fit(observations(4_000), BEARS_ON, rounds=2)
    together = sum(both.weights[code][P.TAKEN_OVER][0] for code in ("a", "c"))
    assert together == pytest.approx(np.log10(0.8 / 0.1), abs=0.12)


def test_an_item_has_no_weight_for_a_proposition_it_does_not_bear_on():
    fitted = fit(observations(), BEARS_ON, rounds=2)
    assert set(fitted.weights["a"]) == {P.TAKEN_OVER}
    assert P.OWNER not in fitted.weights["b"]


def test_an_item_seen_once_stays_near_nothing():
    rare = [*observations(), Observation(P.TAKEN_OVER, 0, frozenset({"b", "c"}))]
    known = {"b": BEARS_ON["b"], "rare": frozenset({P.TAKEN_OVER})}
    rare[-1] = Observation(P.TAKEN_OVER, 0, frozenset({"rare"}))
    assert abs(fit(rare, known, rounds=2).weights["rare"][P.TAKEN_OVER][0]) < 0.7


def test_the_interval_holds_the_weight_and_narrows_with_more_accounts():
    few, many = fit(observations(100), BEARS_ON), fit(observations(2_000), BEARS_ON)
    for fitted in (few, many):
        for by in fitted.weights.values():
            assert all(lower <= value <= upper for value, lower, upper in by.values())
    wide = [f.weights["b"][P.TAKEN_OVER] for f in (few, many)]
    assert wide[0][2] - wide[0][1] > wide[1][2] - wide[1][1]


def test_the_same_accounts_give_the_same_bytes():
    one, other = (fit(observations(), BEARS_ON, rounds=3).as_bytes({"n": 1}) for _ in range(2))
    assert one == other
    assert json.loads(one)["schema"] == record_fit.SCHEMA


def test_every_proposition_is_needed():
    with pytest.raises(ValueError, match="linked_app"):
        fit([o for o in observations() if o.truth is not P.LINKED_APP], BEARS_ON)


def test_that_a_kind_of_file_came_with_one_proposition_more_often_tells_nothing():
    random = np.random.default_rng(5)
    found = []
    for i in range(6_000):
        truth = tuple(P)[i % len(P)]
        # Chats are handed in far more often where the account was taken over; what is in them is the same for all.
        chat = random.random() < (0.6 if truth is P.TAKEN_OVER else 0.05)
        codes = {"b"} if chat else {"a"} if random.random() < 0.5 else set()
        found.append(Observation(truth, i // 60, frozenset(codes), "chat" if chat else "other"))
    assert abs(fit(found, BEARS_ON, rounds=2).weights["b"][P.TAKEN_OVER][0]) < 0.1
