"""What the propositions promise."""

import pytest

from telusur.domain.proposition import ALTERNATIVES, Proposition

pytestmark = pytest.mark.parametrize("language", ["id", "en"])


def test_each_has_words_of_its_own(language):
    for name in ("words", "short"):
        said = [getattr(proposition, name).in_language(language) for proposition in Proposition]
        assert len(set(said)) == len(Proposition) == 6


def test_none_speaks_of_guilt(language):
    for proposition in Proposition:
        said = proposition.words.in_language(language).lower()
        assert not any(word in said for word in ("bersalah", "pelanggar", "guilty", "violat"))


def test_all_others_are_weighed_against_the_owner(language):
    assert Proposition.OWNER not in ALTERNATIVES
    assert {Proposition.OWNER, *ALTERNATIVES} == set(Proposition)
