"""The worked examples beside the rules, and what they must cover."""

from __future__ import annotations

import pytest

from telusur import law
from telusur.domain.errors import SeveralProblems

EXAMPLES = law.examples()


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_a_worked_example_is_answered_as_it_says(example):
    answer = law.determine(example.facts)
    if example.outcome is not None:
        assert answer.outcome == example.outcome
    assert answer.contested is example.contested
    if example.tracks is not None:
        assert set(answer.tracks) == set(example.tracks)
    if example.missing is not None:
        assert answer.missing == example.missing
    found = {one.rule.id: one.status for one in answer.rule_results}
    assert {rule: found.get(rule) for rule in example.rules} == dict(example.rules)


def test_every_rule_names_an_example_that_exists_and_shows_it():
    for rule in law.catalogue().rules.values():
        assert rule.examples, rule.id
        assert set(rule.examples) <= set(EXAMPLES), rule.id
        if rule.derived_from is None:
            assert any(rule.id in EXAMPLES[name].rules for name in rule.examples), rule.id


def test_every_rule_is_met_or_left_to_a_person_in_some_example():
    reached = {
        rule
        for example in EXAMPLES.values()
        for rule, status in example.rules.items()
        if status == "met" or (status == "undecided" and example.contested)
    }
    own = {rule.id for rule in law.catalogue().rules.values() if rule.derived_from is None}
    assert own <= reached


def test_every_rule_names_an_example_that_reaches_it_and_one_that_just_does_not():
    for rule in law.catalogue().rules.values():
        if rule.derived_from is not None:
            continue
        found = set()
        for name in rule.examples:
            results = {one.rule.id: one for one in law.determine(EXAMPLES[name].facts).rule_results}
            if rule.id in results:
                found.add(results[rule.id].status)
        assert found & {"met", "undecided"}, rule.id
        assert found & {"not_met", "defeated"}, rule.id


def test_every_exception_defeats_a_rule_and_gives_way_in_some_example():
    answers = [law.determine(example.facts) for example in EXAMPLES.values()]
    defeating = {
        one.defeated_by.id
        for answer in answers
        for one in answer.rule_results
        if one.status == "defeated" and hasattr(one.defeated_by, "when")
    }
    assert defeating == set(law.catalogue().exceptions)


def test_faulty_examples_are_told_with_file_and_line(tmp_path):
    folder = tmp_path / "examples"
    folder.mkdir()
    (folder / "a.yaml").write_text(
        "schema: telusur.examples/1\n"
        "examples:\n"
        "- id: one\n"
        "  title: {id: a, en: a}\n"
        "  facts: {act.kind: lkie}\n"
        "  expect: {}\n"
        "  why: {id: a, en: a}\n"
        "- id: two\n"
        "  title: {id: a, en: a}\n"
        "  facts: {}\n"
        "  expect: {}\n"
        "  why: {id: a, en: a}\n"
        "- id: two\n"
        "  title: {id: a, en: a}\n"
        "  facts: {}\n"
        "  expect: {}\n"
        "  why: {id: a, en: a}\n"
    )
    (folder / "b.yaml").write_text("schema: telusur.examples/1\nexamples: 3\n")
    with pytest.raises(SeveralProblems) as caught:
        law.examples(tmp_path)
    told = [str(problem) for problem in caught.value.problems]
    assert len(told) == 3
    assert "examples/a.yaml:5" in told[0]
    assert "did you mean 'like'?" in told[0]
    assert "examples/a.yaml:13" in told[1]
    assert "stands twice" in told[1]
    assert "examples/b.yaml:2" in told[2]
