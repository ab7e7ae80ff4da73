"""What is changed in a catalogue to try its examples, and what counts as noticed."""

from __future__ import annotations

import pytest

from law.drawn import SMALL, write
from telusur import law
from telusur.domain.errors import SeveralProblems
from telusur.law.proofs import BOUND, Expected, mutate, others
from telusur.law.proofs.mutants import mutants

EXAMPLE = """\
- id: %s
  title: {id: a, en: a}
  facts: {date: 2024-06-10, contest.kind: regent, actor.status: pns, act.kind: install_prop,
    target.kind: %s, act.public: %s, act.symbol: false}
  expect: {rules: {LAW/1: %s, LAW/2: %s}}
  why: {id: a, en: a}
"""
HEAD = "schema: telusur.examples/1\nexamples:\n"
MET = EXAMPLE % ("met", "contestant", "false", "met", "not_met")
OUTSIDE = EXAMPLE % ("outside", "none", "true", "not_met", "met")


def small(tmp_path, *examples):
    folder = write(tmp_path)
    (folder / "examples").mkdir()
    (folder / "examples/a.yaml").write_text(HEAD + "".join(examples), "utf-8")
    return folder


def whats(score, subject):
    return {one.what for one in score.survivors if one.subject == subject}


def test_each_line_of_a_rule_is_dropped_and_turned(tmp_path):
    done = {(one.subject, one.what) for one in mutants(law.load(write(tmp_path)))}
    assert {
        ("LAW/1", "drop act.kind: install_prop"),
        ("LAW/1", "turn act.kind: install_prop"),
        ("LAW/1", "drop term side"),
        ("LAW/1", "turn term side"),
        ("LAW/1", "drop the statuses"),
        ("LAW/1", "turn the statuses into all others"),
        ("LAW/1", "drop the exception duty"),
        ("LAW/1", "drop the readings doubt"),
        ("LAW/2", "drop the override of LAW/1"),
        ("LAW/2", "turn act.public: true"),
        ("side", "turn target.kind: contestant"),
        ("duty", "drop act.official_duty: true"),
        ("doubt", "turn act.symbol: true"),
    } <= done


def test_a_mutant_differs_from_the_catalogue_in_its_own_rules_only():
    sound = law.catalogue()
    for mutant in mutants(sound):
        assert mutant.rules
        for name, rule in mutant.rules.items():
            assert rule != sound.rules[name], mutant.what
        faulty = mutant.catalogue(sound)
        assert {name for name in sound.rules if faulty.rules[name] is not sound.rules[name]} == set(mutant.rules)


def test_rules_taken_over_change_with_the_rule_they_come_from():
    mutant = next(one for one in mutants(law.catalogue()) if one.subject == "SKB-2022/E1")
    assert set(mutant.rules) == {"SKB-2022/E1", "SE-PANRB-1-2023/E1"}


def test_examples_notice_what_they_show_and_nothing_else(tmp_path):
    [score] = mutate(small(tmp_path, MET)).scores
    assert score.count == 1
    assert not score.failing
    # Met by the contestant's side: that turning it matters is noticed, that others are excluded is not.
    assert "drop term side" in whats(score, "LAW/1")
    assert "turn term side" not in whats(score, "LAW/1")
    [score] = mutate(small(tmp_path / "b", MET, OUTSIDE)).scores
    assert "drop term side" not in whats(score, "LAW/1")


def test_an_example_that_does_not_hold_anyway_notices_nothing_and_is_named(tmp_path):
    wrong = EXAMPLE % ("wrong", "contestant", "false", "not_met", "not_met")
    strength = mutate(small(tmp_path, wrong))
    assert strength.scores[0].failing == ("wrong",)
    assert strength.scores[0].score == 0
    assert not strength.holds


def test_a_change_without_effect_is_no_fault(tmp_path):
    folder = small(tmp_path, MET)
    text = SMALL["rules/law.yaml"].replace("act.public: true}", "act.public: true, all: [{act.public: true}]}")
    (folder / "rules/law.yaml").write_text(text, "utf-8")
    [score] = mutate(folder).scores
    assert score.without_effect
    # Each of the two lines may go, for the other one says the same.
    assert "drop act.public: true" not in whats(score, "LAW/2")


def test_others_are_scored_apart(tmp_path):
    text = """\
- id: V1
  title: something
  facts: {schema: telusur.facts/1, date: '2024-06-10', contest: {kind: regent}, actor: {status: pns},
    act: {kind: install_prop, public: true}, target: {kind: party}}
  expect: {outcome: [meets_rule], contested: false, tracks: [discipline]}
  check: strict
"""
    own, other = mutate(small(tmp_path, MET), {"v.yaml": others(text, "v.yaml")}).scores
    assert (own.examples, other.examples) == ("own", "v.yaml")
    assert own.mutants == other.mutants
    assert "turn act.public: true" not in whats(other, "LAW/2")
    assert whats(own, "LAW/2") != whats(other, "LAW/2")


def test_an_example_on_readings_asks_only_that_they_differ():
    [one] = others("- {id: V, facts: {act: {kind: like}}, expect: {outcome: meets_rule}, check: readings}", "v")
    assert one == Expected("V", one.facts, None, contested=True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- {id: V, facts: {act: {kind: liek}}, expect: {}}", "v.yaml:1.*did you mean 'like'"),
        ("- {id: V, expect: {}}", "facts.*missing"),
        ("{}", "v.yaml"),
    ],
)
def test_mistaken_examples_are_told_with_file_and_line(text, words):
    with pytest.raises(SeveralProblems, match=words):
        others(text, "v.yaml")


def test_the_shipped_examples_notice_nearly_every_fault():
    strength = mutate()
    own = strength.scores[0]
    assert own.failing == ()
    assert own.score >= BOUND
    assert strength.holds
