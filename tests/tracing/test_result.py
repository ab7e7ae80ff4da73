"""How items add up, and how the answer is written."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from telusur.domain import scale
from telusur.domain.evidence import Grade
from telusur.domain.proposition import ALTERNATIVES, Proposition
from telusur.domain.text import Text
from telusur.domain.weight import Weight
from telusur.tracing.combined import combine
from telusur.tracing.item import Abstained, Item
from telusur.tracing.result import NextEvidence, Takeover, Tracing

P = Proposition
WORDS = Text("kata", "words")


def item(**bans):
    weights = {P(name): Weight(v, v - 0.2, v + 0.2, -3, 3, "calibrated") for name, v in bans.items()}
    return Item("a.b", "session", WORDS, Grade.C, WORDS, weights, WORDS)


def test_the_best_supported_proposition_leads():
    assert combine([item(taken_over=1.2), item(fabricated=-1)]).leading is P.TAKEN_OVER


def test_the_owner_leads_when_all_that_was_looked_at_is_disfavoured():
    assert combine([item(taken_over=-1.2, fabricated=-0.6)]).leading is P.OWNER


def test_nobody_leads_within_half_a_ban():
    assert combine([item(taken_over=0.5)]).leading is None
    assert combine([item(taken_over=1.4, fabricated=1.0)]).leading is None


def test_a_proposition_that_no_item_bears_on_cannot_lead_nor_hold_another_back():
    assert combine([item(taken_over=-0.8)]).leading is P.OWNER


def test_nothing_weighed_is_no_conclusion():
    nothing = combine([])
    assert nothing.leading is None
    assert "no conclusion" in nothing.verbal.en
    assert set(nothing.as_json()["log10_lr"].values()) == {0.0}


def test_the_owner_is_excluded_only_by_an_interval_wholly_above_zero():
    assert combine([item(taken_over=0.3)]).excludes_owner
    assert not combine([item(taken_over=0.1)]).excludes_owner


@given(st.lists(st.dictionaries(st.sampled_from([p.value for p in ALTERNATIVES]), st.floats(-2, 2)), max_size=5))
def test_the_whole_is_the_sum_of_what_is_shown(several):
    items = [item(**bans) for bans in several]
    for p, weight in combine(items).weights.items():
        shown = [i.weights[p].log10_lr for i in items if p in i.weights]
        assert abs(weight.log10_lr - sum(shown)) < 1e-9


@given(st.dictionaries(st.sampled_from([p.value for p in ALTERNATIVES]), st.floats(-2, 2), min_size=1))
def test_the_conclusion_names_every_proposition_that_nothing_was_weighed_for(bans):
    found = combine([item(**bans)])
    assert {p.value for p in found.unweighed} == {p.value for p in ALTERNATIVES} - set(bans)
    for language in ("id", "en"):
        said = found.verbal.in_language(language)
        told = said.partition({"id": "belum ditimbang", "en": "Not weighed"}[language])[2]
        assert all((p.short.in_language(language) in told) == (p.value not in bans) for p in ALTERNATIVES)


@given(st.dictionaries(st.sampled_from([p.value for p in ALTERNATIVES]), st.floats(-2, 2), min_size=1))
def test_for_and_against_are_said_with_the_same_words(bans):
    p = min(bans)
    supported, opposed = combine([item(**{p: abs(bans[p])})]), combine([item(**{p: -abs(bans[p])})])
    assert (supported.leading is None) == (opposed.leading is None)
    if supported.leading:
        strength = scale.words_for(bans[p])
        assert strength.id in supported.verbal.id
        assert strength.id in opposed.verbal.id
        assert (supported.leading, opposed.leading) == (P(p), P.OWNER)


@given(st.dictionaries(st.sampled_from([p.value for p in ALTERNATIVES]), st.floats(-2, 2), min_size=1))
def test_words_name_both_sides_and_never_a_probability_of_guilt(bans):
    verbal = combine([item(**bans)]).verbal
    assert "ban" in verbal.id
    assert "bersalah" not in verbal.id
    assert "guilt" not in verbal.en


def test_the_answer_is_written_as_the_contract_says():
    tracing = Tracing(
        [item(taken_over=1.23456)],
        combine([item(taken_over=1.23456)]),
        Takeover(datetime(2023, 12, 8, tzinfo=UTC), (datetime(2023, 12, 7, tzinfo=UTC),) * 2, 1.5),
        [Abstained("style", WORDS)],
        [NextEvidence(WORDS, WORDS, WORDS, WORDS, date(2024, 3, 1))],
    )
    written = tracing.as_json("id")
    assert list(written) == ["propositions", "items", "combined", "takeover", "abstained", "next_evidence"]
    assert written["items"][0]["log10_lr"] == {"taken_over": 1.235}
    assert written["items"][0]["basis"] == "calibrated"
    assert set(written["combined"]["log10_lr"]) == {p.value for p in P}
    assert written["combined"]["log10_lr"]["owner"] == 0
    assert written["takeover"] == {
        "change_at": "2023-12-08T00:00:00Z",
        "interval": ["2023-12-07T00:00:00Z", "2023-12-07T00:00:00Z"],
        "log10_bf": 1.5,
    }
    assert written["abstained"] == [{"group": "style", "reason": "kata"}]
    assert written["next_evidence"][0]["until"] == "2024-03-01"


def test_no_change_is_written_as_null():
    assert Takeover(None, None, -0.3).as_json() == {"change_at": None, "interval": None, "log10_bf": -0.3}
