"""The compiled form of single decisions: the same answer as the rules asked one by one."""

from __future__ import annotations

import copy
import gc
import json
import pickle
import re
import weakref
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law import drawn, plain
from telusur import law
from telusur.domain.errors import BadInput
from telusur.law import decisions, tables, written
from telusur.law.conditions import AllOf, AnyOf, Atom, Reasons, values_of

KNOWN = st.sampled_from([None, None, date(2023, 12, 1), date(2026, 1, 1)])
EXAMPLES = [example.facts for example in law.examples().values()]


def same(facts, known_on, *, every):
    try:
        outcome, phase, results = plain.plainly(facts, known_on, every=every)
    except BadInput as fault:
        expected = str(fault)
        with pytest.raises(BadInput, match=re.escape(expected)):
            law.determine(facts, known_on=known_on, every=every)
        return
    answer = law.determine(facts, known_on=known_on, every=every)
    assert (answer.outcome, answer.phase) == (outcome, phase)
    assert [(one.rule.id, one.status) for one in answer.rule_results] == [(name, held) for name, held, _ in results]
    for one, (_, status, reasons) in zip(answer.rule_results, results, strict=True):
        if status == reasons.status:
            # An overriding rule that is open may add what it misses itself.
            assert one._replace(missing=()) == reasons._replace(missing=())
            assert set(one.missing) >= set(reasons.missing)
        else:
            assert one.met == reasons.met


@given(drawn.facts(), KNOWN, st.booleans())
def test_the_compiled_answer_is_that_of_the_rules_asked_one_by_one(facts, known_on, every):
    same(facts, known_on, every=every)


@given(drawn.facts(whole=True), st.booleans())
def test_the_same_holds_where_every_fact_is_known(facts, every):
    same(facts, None, every=every)


@pytest.mark.parametrize("facts", EXAMPLES)
def test_the_same_holds_of_the_examples_with_one_fact_unknown(facts):
    for name in (None, *facts.stated):
        same(facts.updated({name: None}) if name else facts, None, every=False)


@given(drawn.facts())
def test_what_was_asked_before_leaves_no_trace(facts):
    def document(catalogue):
        try:
            return json.dumps(law.determine(facts, catalogue=catalogue).as_json())
        except BadInput as fault:
            return str(fault)

    assert document(law.catalogue()) == document(replace(law.catalogue()))


@given(drawn.facts())
def test_explaining_every_rule_changes_nothing_else(facts):
    try:
        few, all_ = law.determine(facts), law.determine(facts, every=True)
    except BadInput:
        return
    assert (few.outcome, few.contested, few.missing, few.presumed) == (
        all_.outcome,
        all_.contested,
        all_.missing,
        all_.presumed,
    )
    assert {one.rule.id for one in all_.rule_results} == set(law.catalogue().rules)
    assert set(few.rule_results) <= set(all_.rule_results)


def test_copies_hold_what_was_not_asked_yet():
    answer = law.determine(EXAMPLES[0])
    for other in (copy.copy(answer), pickle.loads(pickle.dumps(law.determine(EXAMPLES[0])))):
        assert other.sentence == answer.sentence
        assert other.as_json() == answer.as_json()
    with pytest.raises(AttributeError, match="nothing_such"):
        _ = answer.nothing_such


def test_a_full_table_is_emptied():
    table = tables.Table(lambda key: key)
    for i in range(tables.ROOM + 1):
        assert table[i] == i
    assert len(table) == 1


def test_the_compiled_form_goes_with_its_catalogue():
    catalogue = replace(law.catalogue())
    law.determine(EXAMPLES[0], catalogue=catalogue)
    seen = weakref.ref(decisions.of(catalogue))
    assert decisions.of(catalogue) is seen()
    del catalogue
    gc.collect()
    assert seen() is None


def atoms():
    names = ["act.leaning", "act.appeal", "act.symbol", "target.kind", "act.accidental"]
    return st.sampled_from(names).flatmap(
        lambda name: st.sets(st.sampled_from(values_of(name)), min_size=1, max_size=len(values_of(name)) - 1).map(
            lambda held: Atom(name, tuple(sorted(held, key=str)), frozenset(held))
        )
    )


CONDITIONS = st.recursive(
    atoms(),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        .map(tuple)
        .flatmap(lambda parts: st.sampled_from([AllOf(parts), AnyOf(parts)]))
    ),
    max_leaves=8,
)


@given(st.lists(CONDITIONS, min_size=1, max_size=3), drawn.facts(), st.sampled_from([1, 12, 60, 5000]))
def test_conditions_written_out_say_what_they_say_when_asked(parts, facts, room):
    source, names = written.conditions(parts, written.Shared(room))
    exec(source, names)
    values = {name: facts.value(name) for part in parts for name in (atom.field for atom in part.atoms())}
    for part, told in zip(parts, names["explain"](facts.stated.get), strict=True):
        part.explain(values, reasons := Reasons())
        assert told == (tuple(reasons.met), tuple(reasons.unmet), tuple(reasons.missing))


def test_what_is_written_can_be_read(golden_source):
    assert law.source("party_member") == golden_source


def test_of_a_kind_of_act_that_does_not_exist_there_is_no_source():
    with pytest.raises(BadInput, match="there is no kind of act 'lik'"):
        law.source("lik")


@pytest.fixture
def golden_source():
    return (Path(__file__).parent / "golden" / "rules_on_party_member.py.txt").read_text(encoding="utf-8")
