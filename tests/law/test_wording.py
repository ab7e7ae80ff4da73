"""The law's words: complete, in both languages, and never a verdict."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from hypothesis import given

from law.drawn import facts
from telusur import law
from telusur.domain.contest import PHASES
from telusur.domain.errors import BadInput
from telusur.domain.facts import Facts
from telusur.domain.vocabulary import FIELDS
from telusur.law.conditions import values_of
from telusur.law.model import LEVELS, Bearing, Confidence, Track


@pytest.mark.parametrize("name", FIELDS)
def test_every_fact_and_value_has_words_in_both_languages(name):
    words = [law.label(name)]
    if FIELDS[name].kind in ("choice", "flag"):
        words += [law.label(name, value) for value in values_of(name)]
    assert all(one.id and one.en for one in words)


def test_every_answer_has_words():
    for field, values in {
        "phase": PHASES,
        "track": get_args(Track),
        "sanction_level": LEVELS,
        "confidence": get_args(Confidence),
        "bears_on": get_args(Bearing),
        "outcome": ("meets_rule", "meets_no_rule", "insufficient_facts", "out_of_scope"),
        "rule_status": ("met", "not_met", "defeated", "undecided"),
        "citation_status": ("official", "reported"),
    }.items():
        assert law.label(field).id
        assert all(law.label(field, value).en for value in values)
    assert set(FIELDS) <= set(law.fields())


def test_no_words_stand_for_what_does_not_exist():
    for name in law.fields():
        if name in FIELDS:
            known = {str(value).lower() for value in values_of(name)} if FIELDS[name].kind != "words" else set()
            assert set(law.wording._labels()[name]) - {""} <= known


def test_a_mistaken_name_is_told_the_nearest():
    with pytest.raises(BadInput, match=r"did you mean 'act\.kind'"):
        law.label("act.knid")
    with pytest.raises(BadInput, match="did you mean 'like'"):
        law.label("act.kind", "lkie")
    with pytest.raises(BadInput, match="no words for ''"):
        law.label("act.kind", "")


@given(facts())
def test_a_sentence_ends_once_fills_every_place_and_never_says_guilty(drawn):
    try:
        words = law.determine(drawn).sentence
    except BadInput:
        return
    for text in (words.id, words.en):
        assert text.endswith(".")
        assert not re.search(r"[{}]|guilt(?!\w)|guilty|violat|bersalah|melanggar|pelanggar", text)


@pytest.mark.parametrize(
    ("example", "says"),
    [
        ("like-after-determination", "The facts as given meet SKB-2022/D6 (Posting,"),
        ("like-after-determination", "track: discipline, level: heavy; phase: after the determination"),
        ("post-after-a-takeover", "; who controlled the account at the time: somebody else after a takeover."),
        ("forged-screenshot", "met by the person concerned; authenticity of the record of the act: refuted."),
        ("post-by-unknown-hands", "not yet known: who controlled the account at the time"),
        ("equal-links-to-all", "The facts as given meet no rule of the catalogue; phase: campaign."),
        ("listening-in-the-crowd", "the program gives no answer; phase: campaign; the authorities' published readings"),
        ("citizen-campaigns", "out of the catalogue's scope: Free to take sides;"),
        (
            "told-by-the-head-of-office",
            "a superior's order or pressure is stated: it mitigates, it takes no element away",
        ),
        ("before-the-catalogue", "does not hold the rules of that day"),
        ("party-treasurer", "phase: not determined"),
    ],
)
def test_the_sentence_says_what_was_found(example, says):
    assert says in law.determine(law.examples()[example].facts).sentence.en


def test_no_place_is_left_open_when_nothing_is_known():
    assert "{" not in law.determine(Facts({})).sentence.id
