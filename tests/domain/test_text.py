"""What words in two languages promise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.domain.text import Text, is_whole

texts = st.builds(Text, st.text(), st.text())


@given(texts)
def test_words_survive_being_written_and_read(text):
    assert Text.of(text.as_json()) == text


@given(texts)
def test_each_language_gets_its_own_words(text):
    assert (text.in_language("id"), text.in_language("en")) == (text.id, text.en)


def test_places_are_filled_in_both_languages():
    assert Text("{n} unggahan", "{n} posts").filled(n=3) == Text("3 unggahan", "3 posts")


def test_a_language_that_is_missing_is_noticed():
    with pytest.raises(KeyError):
        Text.of({"id": "satu"})


def test_half_a_character_is_no_text():
    assert is_whole("")
    assert is_whole("é 😀 ꦠ")
    assert not is_whole("a\ud83d")
    assert not is_whole("\ude00")
