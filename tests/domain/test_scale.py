"""What the words for a strength promise."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from telusur.domain import scale

strengths = st.floats(-50, 50)


@given(strengths)
def test_the_words_are_the_same_for_and_against(bans):
    assert scale.words_for(bans) == scale.words_for(-bans)


@given(strengths, strengths)
def test_a_stronger_weight_never_gets_weaker_words(one, other):
    order = [words for _, words in scale.steps()]
    weaker, stronger = sorted((abs(one), abs(other)))
    assert order.index(scale.words_for(weaker)) <= order.index(scale.words_for(stronger))


def test_the_steps_rise_and_the_last_has_no_end():
    bounds = [bound for bound, _ in scale.steps()]
    assert all(low < high for low, high in itertools.pairwise(bounds))
    assert bounds[-1] == float("inf")


def test_every_step_has_words_of_its_own_in_both_languages():
    for language in ("id", "en"):
        words = [words.in_language(language) for _, words in scale.steps()]
        assert len(set(words)) == len(words)


def test_about_nothing_supports_neither_and_a_factor_of_ten_is_no_longer_weak():
    assert scale.words_for(0.0).en == "supports neither"
    assert scale.words_for(0.29).en == "supports neither"
    assert scale.words_for(0.3).en == "weak support"
    assert scale.words_for(1.0).en == "moderate support"
