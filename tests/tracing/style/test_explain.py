"""What moved a weight is said with the case's own words."""

from __future__ import annotations

import pytest

from telusur.tracing.style import explain
from telusur.tracing.style.grams import bucket_of_shape, bucket_of_word, count_shapes, count_words, shape
from tracing.invented import Writer, small_model


@pytest.mark.parametrize("word", ["a", "halo", "wkwkwk", "ж", "é", "2024"])
def test_a_words_bucket_is_the_one_it_is_counted_in(word):
    assert bucket_of_word(word) in count_words([word]).indices


@pytest.mark.parametrize("text", ["Hai!", "  a..", "😂😂", "Ya, BAIK", "!?"])
def test_every_piece_of_a_shape_is_counted_where_its_bucket_says(text):
    whole = f" {shape(text)} "
    counted = set(count_shapes([text]).indices.tolist())
    pieces = {whole[at : at + n] for n in range(1, 6) for at in range(len(whole) - n + 1)}
    assert {bucket_of_shape(piece) for piece in pieces} == counted


def test_a_shape_hides_the_letters_and_keeps_the_rest():
    assert shape("Halo, Bu RT 05!! 😂") == "Aaaa, Aa AA 05!! 😂"


def test_ones_own_habits_speak_for_one_and_come_first():
    known, asked = Writer(60).posts(60), Writer(60).posts(8)
    found = explain(known, asked, small_model())
    assert found
    assert found == sorted(found, key=lambda feature: -feature.bans)
    assert sum(f.bans for f in found) > sum(f.bans for f in explain(known, Writer(61).posts(8), small_model()))


def test_only_what_the_case_wrote_is_quoted():
    known, asked = Writer(60).posts(60), Writer(61).posts(8)
    own = " ".join(known + asked).lower()
    words = [feature.label for feature in explain(known, asked, small_model()) if feature.kind == "word"]
    assert words
    assert [word for word in words if word not in own] == []


def test_names_links_and_hashtags_are_not_quoted():
    asked = [f"@bu_kades {text} https://contoh.example/x #pilihnomor" for text in Writer(61).posts(8)]
    for feature in explain(Writer(60).posts(60), asked, small_model(), most=40):
        assert "kades" not in feature.label
        assert "contoh" not in feature.label
        assert "pilihnomor" not in feature.label


@pytest.mark.parametrize(("known", "asked"), [([], ["halo semua"]), (["halo"] * 20, []), (["😂"] * 20, ["halo semua"])])
def test_nothing_is_explained_where_nothing_was_compared(known, asked):
    assert explain(known, asked, small_model()) == []
