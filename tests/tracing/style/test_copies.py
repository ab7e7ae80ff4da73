"""Copied texts have no writer."""

from __future__ import annotations

from telusur.tracing.style.copies import copied

CAMPAIGN = "ayo bersama kita menangkan pasangan kita demi masa depan yang lebih baik"


def test_a_text_that_stands_in_the_known_writing_is_a_copy():
    assert copied([CAMPAIGN], ["lain", CAMPAIGN]) == [True]


def test_a_text_with_a_word_changed_is_still_a_copy():
    assert copied([CAMPAIGN.replace("lebih baik", "cerah")], [CAMPAIGN]) == [True]


def test_a_text_of_ones_own_is_none():
    assert copied(["hari ini aku mau makan bakso di depan kantor"], [CAMPAIGN]) == [False]


def test_the_second_of_two_like_texts_in_the_window_is_the_copy():
    assert copied([CAMPAIGN, CAMPAIGN], []) == [False, True]


def test_short_greetings_repeat_by_nature():
    assert copied(["selamat pagi semua", "wkwk"], ["selamat pagi semua", "wkwk"]) == [False, False]


def test_a_phrase_that_everyone_uses_does_not_make_a_copy():
    known = [f"ya ampun ya kata{n} lain{n} sekali{n} lagi{n}" for n in range(200)]
    assert copied(["ya ampun ya aku lupa bawa payung tadi"], known) == [False]
    assert copied([known[199]], known) == [True]
