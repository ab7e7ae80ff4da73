"""What the law's benchmark asks of everybody: the task, the facts drawn, and the form the peers are given."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from telusur import law
from telusur.domain.facts import Facts
from telusur.law.compiled import columns
from telusur.law.conditions import values_of

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def bench():
    spec = importlib.util.spec_from_file_location("bench_law", ROOT / "scripts/bench_law.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def task(bench):
    return bench.task()


@pytest.fixture(scope="module")
def drawn(bench, task):
    return bench.draw(1500, 7, task)


@pytest.fixture(scope="module")
def facts(bench, drawn):
    return bench.facts_of(drawn)


def test_the_task_is_25_rules_of_the_shipped_catalogue(task):
    assert len(task.rules) == 25
    assert all(rule == law.rule(name) for name, rule in task.rules.items())
    assert {rule.id for held in task.by_act.values() for rule in held} == set(task.rules)


def test_the_rules_ask_nothing_but_what_is_drawn_or_held_fixed(bench, task):
    asked = set()
    for rule in task.rules.values():
        conditions = [rule.when, *(issue.when for issue in rule.issues)]
        conditions += [part for one in rule.unless for part in (one.when, one.unless) if part]
        asked |= {atom.field for part in conditions for atom in part.atoms()}
    assert len(bench.DRAWN) == 12
    assert asked == set(bench.DRAWN)


def test_the_facts_drawn_are_what_reading_them_gives_and_all_are_known(facts):
    for one in facts[:200]:
        assert Facts.read(one.as_json()) == one
        assert list(Facts.read(one.as_json()).stated) == list(one.stated)
        assert None not in one.stated.values()


def test_every_value_of_every_fact_is_drawn(bench, facts):
    for name in bench.DRAWN:
        assert {one.stated[name] for one in facts} == set(values_of(name))


def test_the_same_seed_draws_the_same(bench, task, drawn, facts):
    assert bench.facts_of(bench.draw(1500, 7, task)) == facts
    assert bench.facts_of(bench.draw(1500, 8, task)) != facts
    assert len(drawn.day) == 1500


def test_the_columns_are_those_of_the_facts(bench, task, drawn, facts):
    mine, theirs = bench.columns_of(drawn), columns(facts, task)
    assert np.array_equal(mine.day, theirs.day)
    assert np.array_equal(mine.phase, theirs.phase)
    assert np.array_equal(mine.phase_needs, theirs.phase_needs)
    assert all(np.array_equal(mine.codes[name], theirs.codes[name]) for name in theirs.codes)


def test_the_form_that_peers_are_given_names_the_rules_that_are_met(bench, task, drawn, facts):
    forms = {name: bench.flat(rule) for name, rule in task.rules.items()}
    phases = [*bench.PHASES, "none"]
    seen = set()
    for one, phase in zip(facts, drawn.phase, strict=True):
        values = {**one.stated, "phase": phases[phase]}
        found = {
            name
            for name, form in forms.items()
            if all(values[fact] in allowed for fact, allowed in form.facts.items())
            and all(part.truth(values) for part in form.either)
        }
        assert found == {result.rule.id for result in law.determine(one, catalogue=task).met}
        seen |= found
    assert seen == set(task.rules)


def test_the_table_for_the_peer_has_a_row_a_rule_and_a_cell_a_column(bench, task):
    forms = {name: bench.flat(rule) for name, rule in task.rules.items()}
    table = bench.zen_table(forms)["nodes"][1]["content"]
    columns_ = {"_id", "rule", *(column["id"] for column in table["inputs"])}
    assert [row["_id"] for row in table["rules"]] == list(task.rules)
    assert all(set(row) == columns_ for row in table["rules"])
