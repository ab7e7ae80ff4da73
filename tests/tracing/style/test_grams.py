"""What counting hashed n-grams promises."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from telusur.tracing.style.grams import BUCKETS, count_characters, count_shapes, count_words, shape

texts = st.lists(st.text(max_size=40), max_size=6)


def total(text: str) -> int:
    padded = len(f" {text} ")
    return sum(max(padded - length + 1, 0) for length in (3, 4, 5))


@given(texts)
def test_every_character_gram_of_a_text_is_counted_once_where_it_stands(some):
    counts = count_characters(some)
    assert counts.shape == (len(some), BUCKETS)
    assert np.asarray(counts.sum(axis=1)).ravel().tolist() == [total(text) for text in some]


@given(texts)
def test_a_text_counts_alike_in_any_company(some):
    for counter in (count_characters, count_shapes, count_words):
        together = counter(some)
        for place, text in enumerate(some):
            assert (together[[place]] != counter([text])).nnz == 0


def test_words_count_alone_and_in_pairs():
    counts = count_words(["satu dua, tiga", "dua", "", "🙂 !!"])
    assert np.asarray(counts.sum(axis=1)).ravel().tolist() == [5, 1, 0, 0]
    assert counts[[0]].multiply(counts[[1]]).sum() == 1


def test_the_order_of_a_pair_counts():
    one, other = count_words(["satu dua"]), count_words(["dua satu"])
    assert one.multiply(other).sum() == 2


def test_a_word_that_repeats_falls_into_one_bucket():
    assert count_words(["iya iya iya"]).max() == 3


def test_case_counts_among_characters():
    assert (count_characters(["Pagi"]) != count_characters(["pagi"])).nnz > 0


def test_nothing_gives_nothing():
    assert count_characters([]).shape == count_words([]).shape == (0, BUCKETS)


def test_half_of_a_surrogate_pair_is_no_stumbling_block():
    assert count_characters(["rusak \ud83d di sini"]).sum() > 0


@given(st.text(max_size=40))
def test_a_shape_masks_letters_and_nothing_else(text):
    whole = text.encode("utf-32-le", "replace").decode("utf-32-le")
    wanted = [("A" if sign.isupper() else "a") if sign.isalpha() else sign for sign in whole]
    assert shape(whole) == "".join(wanted)


def test_texts_of_many_batches_keep_their_order():
    some = [f"teks ke-{'x' * (n % 7)} {n}" for n in range(600)]
    for counter in (count_characters, count_shapes, count_words):
        together = counter(some)
        for place in (0, 255, 256, 511, 512, 599):
            assert (together[[place]] != counter([some[place]])).nnz == 0
