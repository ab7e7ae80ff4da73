"""A difference is told only where both families see it on both scales."""

import json

import numpy as np
import pytest

from balance_thresholds import grid
from telusur.balance.result import Rung
from telusur.balance.thresholds import answer, bars_csv, compare, comparing, document, finding, fit
from telusur.balance.thresholds.posterior import Bar, Difference, Interval, Posterior
from telusur.balance.thresholds.table import table
from telusur.domain.errors import BadInput

NONE, MORE, LESS = Interval(0.0, -0.1, 0.1), Interval(0.2, 0.1, 0.3), Interval(-0.2, -0.3, -0.1)


def posterior(family, bars, *, r_hat=1.001, held=None):
    pairs = (("G0", "G1"), ("G0", "G2"), ("G1", "G2"))
    differences = tuple(Difference(*pair, bar) for pair, bar in zip(pairs, bars, strict=True))
    return Posterior(
        family, "cases", held or grid(), (), (), differences, 0.0, 0.0, r_hat, 900.0, 8, 500, 0, 0
    )  # fmt: skip


def compared(first, second, **more):
    rest = (Bar(NONE, NONE), Bar(NONE, NONE))
    return compare(
        posterior("beta", (Bar(*first), *rest), **more), posterior("discriminant", (Bar(*second), *rest), **more)
    )


@pytest.mark.parametrize(
    ("beta", "other", "verdict"),
    [
        ((MORE, MORE), (MORE, MORE), "different"),
        ((LESS, LESS), (LESS, LESS), "different"),
        ((NONE, NONE), (NONE, NONE), "no_difference"),
        ((MORE, MORE), (NONE, NONE), "families_disagree"),
        ((MORE, MORE), (LESS, LESS), "families_disagree"),
        ((MORE, MORE), (MORE, NONE), "families_disagree"),
        ((LESS, NONE), (LESS, NONE), "scales_disagree"),
        ((NONE, MORE), (NONE, MORE), "scales_disagree"),
        ((LESS, MORE), (LESS, MORE), "scales_disagree"),
    ],
)
def test_a_verdict_needs_both_families_and_both_scales(beta, other, verdict):
    found = compared(beta, other)
    assert found.pairs[0].verdict == verdict
    assert found.verdict == verdict
    assert finding(found).rung is {
        "different": Rung.REQUIRED_EVIDENCE, "no_difference": Rung.NO_DIFFERENCE
    }.get(verdict, Rung.TOO_LITTLE_DATA)  # fmt: skip


def test_the_sentence_names_of_whom_more_is_asked():
    assert "for group G0 than for group G1" in compared((MORE, MORE), (MORE, MORE)).words.en
    lower = compared((LESS, LESS), (LESS, LESS))
    assert "for group G1 than for group G0" in lower.words.en
    assert "bagi kelompok G1" in lower.words.id
    assert lower.group in {"G0", "G1"}


def test_the_group_that_differs_from_both_others_is_named_with_its_side():
    bars = (Bar(LESS, LESS), Bar(NONE, NONE), Bar(MORE, MORE))
    found = compare(posterior("beta", bars), posterior("discriminant", bars))
    assert (found.group, found.side) == ("G1", "higher")
    assert finding(found).numbers["group"] == "G1"
    assert finding(found).numbers["bar"] == "higher"


def test_a_group_between_two_others_has_no_side():
    bars = (Bar(MORE, MORE), Bar(NONE, NONE), Bar(MORE, MORE))
    found = compare(posterior("beta", bars), posterior("discriminant", bars))
    assert (found.group, found.side) == ("G1", None)


def test_where_nothing_differs_no_group_is_named():
    found = compared((NONE, NONE), (NONE, NONE))
    assert (found.group, found.side) == (None, None)


def test_chains_that_do_not_agree_say_nothing():
    found = compared((MORE, MORE), (MORE, MORE), r_hat=1.02)
    assert found.verdict == "too_little_data"
    assert "R-hat 1.020" in found.words.en
    assert "R-hat 1,020" in found.words.id
    assert found.pairs == ()


def test_few_examined_say_nothing_even_if_models_do():
    found = compared((MORE, MORE), (MORE, MORE), held=grid(examined=20, hits=5))
    assert found.verdict == "too_little_data"
    assert "examined cases" in found.words.en


def test_a_table_too_small_is_answered_without_a_model():
    found = answer(table({("P1", "A"): (2000, 1500, 700)}))
    assert found.verdict == "too_little_data"
    assert found.beta is None
    assert finding(found).rung is Rung.TOO_LITTLE_DATA
    held = document([found], file="x.csv", sha256="0" * 64)
    assert held["tables"][0]["families"] == {}
    assert bars_csv([found]).count("\n") == 1
    with pytest.raises(BadInput, match="1 groups in 1 places"):
        fit(found.table, family="beta")


@pytest.fixture(scope="module")
def lower():
    """What both families say of a table in which half of the evidence is asked of one group."""
    rng = np.random.default_rng(4)
    counts = {}
    for place in range(6):
        for group in "ABC":
            true = rng.random(900) < 0.4
            examined = rng.normal(size=900) + 1.8 * true > 0.9 + 0.05 * place - 0.8 * (group == "B")
            counts[f"P{place}", group] = (900, int(examined.sum()), int((examined & true).sum()))
    told = []
    return answer(table(counts), setting="cases", seed=3, tick=lambda what, share: told.append((what, share))), told


def test_a_planted_difference_is_told_and_only_that(lower):
    found, _ = lower
    assert found.verdict == "different"
    assert (found.group, found.side) == ("B", "lower")
    assert {(pair.first, pair.second): pair.verdict for pair in found.pairs}["A", "C"] == "no_difference"


def test_the_chains_agree_and_the_model_fits(lower):
    for one in (lower[0].beta, lower[0].discriminant):
        assert one.r_hat <= 1.01
        assert one.sample >= 400
        assert one.examined_rms < 0.01
        assert one.hits_rms < 0.03


def test_progress_is_told_to_its_end(lower):
    assert lower[1][-1] == ("discriminant", 1.0)
    assert ("beta", 1.0) in lower[1]


def test_document_and_table_hold_what_was_found(lower):
    found, _ = lower
    held = document([found], file="x.csv", sha256="0" * 64)
    assert held["schema"] == "telusur.thresholds/1"
    (one,) = held["tables"]
    assert (one["verdict"], one["group"], one["bar"]) == ("different", "B", "lower")
    assert [row["place"] for row in one["families"]["beta"]["rows"]] == sorted(
        (row.place for row in found.beta.rows), key=found.table.places.index
    )
    assert json.loads(json.dumps(held, allow_nan=False)) == held
    lines = bars_csv([found]).splitlines()
    assert len(lines) == 1 + found.table.rows
    assert {len(line.split(",")) for line in lines} == {18}


def test_the_same_seed_gives_the_same_answer():
    held = grid()
    one, two = (fit(held, family="discriminant", setting="cases", seed=9, chains=4, draws=20) for _ in range(2))
    assert (one.groups, one.r_hat) == (two.groups, two.r_hat)


@pytest.mark.long
def test_bars_that_hardly_scatter_are_drawn_by_their_distance():
    """Every place alike: with rows standing for themselves the climb would fall into the hole at no scatter."""
    counts = {(f"P{p}", f"G{g}"): (4000, 400, 120) for p in range(6) for g in range(3)}
    found = fit(table(counts), family="discriminant", setting="stops", seed=1)
    assert found.r_hat <= 1.01


def test_the_verdicts_are_ordered_by_how_much_they_say():
    assert comparing._ORDER[0] == "different"
