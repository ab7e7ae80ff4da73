"""The worked examples handed to the project: facts, and what the rules say of them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from telusur import law
from telusur.domain.facts import Facts

FILE = Path(__file__).parents[3] / "shared" / "vignettes" / "worked_examples.yaml"

pytestmark = pytest.mark.accept


def _examples(check):
    if not FILE.exists():
        return [pytest.param(None, marks=pytest.mark.skip(reason=f"{FILE} is absent"), id="absent")]
    return [pytest.param(one, id=one["id"]) for one in yaml.safe_load(FILE.read_text("utf-8")) if one["check"] == check]


def _facts(example):
    return Facts.read({key: value for key, value in example["facts"].items() if key != "schema"})


@pytest.mark.parametrize("example", _examples("strict"))
def test_a_strict_example_is_answered_as_given(example):
    answer = law.determine(_facts(example))
    expect = example["expect"]
    allowed = expect["outcome"] if isinstance(expect["outcome"], list) else [expect["outcome"]]
    assert answer.outcome in allowed
    assert answer.contested is expect["contested"]
    if "tracks" in expect:
        assert set(answer.tracks) - {"criminal_referral"} == set(expect["tracks"])
    if "missing" in expect:
        assert set(answer.missing) == set(expect["missing"])


@pytest.mark.parametrize("example", _examples("readings"))
def test_an_example_on_which_readings_differ_is_contested_and_shows_them(example):
    answer = law.determine(_facts(example))
    assert answer.contested is True
    assert any(len(one.as_json()["readings"]) > 1 for one in answer.rule_results)
