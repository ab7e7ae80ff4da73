"""The ladder has five rungs, each one fixed sentence in two languages, and says nothing above them."""

import math

import pytest

from telusur.balance import Rung, ladder

GIVEN = {"group": "A", "effect": 1.8, "lower": 1.2, "upper": 2.7, "detectable": 1.45}


def test_only_the_two_upper_rungs_are_uneven():
    assert [rung.verdict for rung in Rung] == ["too_little_data", "even", "even", "uneven", "uneven"]


@pytest.mark.parametrize("rung", [rung for rung in Rung if rung is not Rung.TOO_LITTLE_DATA])
def test_every_rung_is_said_in_both_languages_with_its_numbers(rung):
    said = ladder.said(rung, **GIVEN)
    assert "{" not in said.id + said.en
    if rung.verdict == "uneven":
        assert "1.80" in said.en
        assert "1,80" in said.id
    else:
        assert "1.45" in said.en
        assert "1,45" in said.id


def test_no_rung_names_a_cause_or_a_guilt():
    for rung in Rung:
        if rung is not Rung.TOO_LITTLE_DATA:
            said = ladder.said(rung, **GIVEN)
            assert not any(word in (said.id + said.en).casefold() for word in ("bias", "guilt", "bersalah", "unfair"))


def test_the_side_of_a_difference_is_said():
    more, less = (ladder.said(Rung.AFTER_STRATIFICATION, **GIVEN | {"effect": value}) for value in (1.8, 0.6))
    assert "more often" in more.en
    assert "less often" in less.en
    assert "lebih jarang" in less.id


def test_passing_with_weaker_evidence_is_the_other_side_of_being_let_through_more_often():
    assert "weaker evidence" in ladder.said(Rung.REQUIRED_EVIDENCE, **GIVEN).en
    assert "stronger evidence" in ladder.said(Rung.REQUIRED_EVIDENCE, **GIVEN | {"effect": 0.5}).en


def test_too_little_data_tells_how_much_there_is_and_how_much_is_needed():
    said = ladder.too_little("cases", n=50, least=200)
    assert said.en == "Too little data: 50 settled cases at this step; at least 200 are needed."
    assert said.id.startswith("Data terlalu sedikit: 50 kasus")


@pytest.mark.parametrize(("n", "told"), [(0, "< 10"), (9, "< 10"), (12, "10"), (153, "155")])
def test_no_exact_count_of_cases_stands_in_a_sentence(n, told):
    assert f"data: {told} settled" in ladder.too_little("cases", n=n, least=200).en


def test_ratios_without_end_are_written():
    assert "∞" in ladder.said(Rung.AFTER_STRATIFICATION, **GIVEN | {"upper": math.inf}).en
    assert "8,103" in ladder.said(Rung.AFTER_STRATIFICATION, **GIVEN | {"upper": 8103.0}).en
