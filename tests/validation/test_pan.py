"""The campaign's measures, against values counted by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.domain.errors import BadInput
from telusur.validation import pan

# Six pairs: hit, miss, unanswered same; correct rejection, false acceptance, unanswered different.
TRUTH = np.array([True, True, True, False, False, False])
VALUES = np.array([0.9, 0.2, 0.5, 0.1, 0.6, 0.5])


def test_the_area_counts_pairs_of_pairs():
    # .9 beats .1, .6, .5; .2 beats .1; .5 beats .1 and ties with .5.
    assert pan.auc(TRUTH, VALUES) == pytest.approx((3 + 1 + 1.5) / 9)


def test_c_at_1_credits_unanswered_pairs_with_the_share_answered_rightly():
    # Two of six right, two unanswered: (2 + 2 * 2/6) / 6.
    assert pan.c_at_1(TRUTH, VALUES) == pytest.approx((2 + 2 * 2 / 6) / 6)


def test_f05u_counts_every_unanswered_pair_as_a_miss():
    # One hit, one false acceptance, one miss, two unanswered.
    assert pan.f05u(TRUTH, VALUES) == pytest.approx(1.25 / (1.25 + 0.25 * 3 + 1))


def test_f1_leaves_unanswered_pairs_out():
    assert pan.f1(TRUTH, VALUES) == pytest.approx(2 / (2 + 1 + 1))


def test_the_brier_score_is_given_as_its_complement():
    assert pan.brier(TRUTH, VALUES) == pytest.approx(1 - (0.01 + 0.64 + 0.25 + 0.01 + 0.36 + 0.25) / 6)


def test_overall_is_their_mean():
    told = pan.pan(TRUTH, VALUES)
    assert told.overall == pytest.approx((5.5 / 9 + (2 + 4 / 6) / 6 + 1.25 / 3 + 0.5 + (1 - 1.52 / 6)) / 5)


def test_leaving_everything_unanswered_earns_nothing_but_half_the_area():
    told = pan.pan(TRUTH, np.full(6, 0.5))
    assert (told.auc, told.c_at_1, told.f05u, told.f1, told.brier) == (0.5, 0.0, 0.0, 0.0, 0.75)


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 1)), min_size=1, max_size=40))
def test_without_unanswered_pairs_c_at_1_is_accuracy(pairs):
    truth, values = np.array([same for same, _ in pairs]), np.array([value for _, value in pairs])
    values[values == 0.5] = 0.6
    assert pan.c_at_1(truth, values) == pytest.approx(((values > 0.5) == truth).mean())


@pytest.mark.parametrize(
    ("truth", "values", "says"),
    [([], [], "0 values for 0 truths"), ([True], [1.2], "outside 0 to 1"), ([True, True], [0.1, 0.2], "of one kind")],
)
def test_what_cannot_be_measured_is_refused(truth, values, says):
    with pytest.raises(BadInput, match=says):
        pan.pan(np.array(truth), np.array(values))


def test_a_weight_of_nought_is_no_answer_and_a_ban_is_ten_to_one():
    assert pan.value(np.array([-1.0, 0.0, 1.0])).tolist() == pytest.approx([1 / 11, 0.5, 10 / 11])
