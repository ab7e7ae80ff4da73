"""What of a text counts."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.tracing.style.normalise import normalise


def alone(text):
    (hand,) = normalise([text])
    return hand


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("@budi pagi", "@USER pagi"),
        ("lihat https://t.co/abc ya", "lihat URL ya"),
        ("#pilihdia dong", "#lainnya dong"),
        ("jam 7 ya", "jam 9 ya"),
        ("saya &amp; kamu", "saya & kamu"),
        ("é  pagi\n", unicodedata.normalize("NFD", "é pagi")),
    ],
)
def test_whom_a_post_names_and_what_it_is_about_does_not_count(one, other):
    assert alone(one) == alone(other)


def test_that_a_post_answers_somebody_does_count():
    assert alone("@budi pagi") != alone("pagi")


def test_marks_are_no_words():
    assert alone("@USER #tagar URL 123 🙂 yaa_ampun").n_words == 2


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("@budi Pagi #tagar ya https://t.co/abc", "Pagi ya"),
        ("RT@budi: pagi", "RT : pagi"),
        ("@budi", ""),
        ("pagi 7 🙂", "pagi 7 🙂"),
    ],
)
def test_bare_text_is_what_is_written_where_nobody_is_named_and_nothing_linked(text, bare):
    assert alone(text).bare() == alone(bare)


def test_case_stays_for_characters_and_goes_for_words():
    hand = alone("PAGI Semua")
    assert (hand.cased, hand.folded) == ("PAGI Semua", "pagi semua")


@given(st.text(max_size=80))
def test_any_text_can_be_normalised(text):
    assert "\0" not in alone(text).cased


@given(st.lists(st.text(max_size=30), max_size=6))
def test_texts_are_normalised_each_by_itself(texts):
    assert list(normalise(texts)) == [alone(text) for text in texts]


LINKS = ("URL", "http://", "https://", "www.", "a", "_", " ", "\t", "x/", "é")


@given(st.lists(st.sampled_from(LINKS), max_size=9))
def test_a_link_is_one_mark_however_it_begins(parts):
    text = "".join(parts)
    marked = re.sub(r"https?://\S+|www\.\S+|\bURL\b", "\ue002", text)
    assert alone(text).cased == " ".join(marked.split())
