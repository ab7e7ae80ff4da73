"""A second evaluator, in SQL and made from the YAML alone, gives the same answers."""

from __future__ import annotations

import random
from datetime import date, timedelta
from importlib import resources

import pytest

from law.sql_oracle import FACTS, PRESUMED_ABSENT, Oracle
from telusur import law
from telusur.domain.errors import BadInput
from telusur.domain.facts import Facts
from telusur.domain.vocabulary import FIELDS

ORACLE = Oracle(resources.files("telusur.law").joinpath("catalogue"))
EXAMPLES = [example.facts for example in law.examples().values() if "contest.region" not in example.facts.stated]
ASKED = [name for name in FACTS if name not in ("date", "contest.round")]
FIRST = date(2021, 8, 1)


def value(chance, name):
    return chance.choice((True, False) if FIELDS[name].kind == "flag" else FIELDS[name].values)


def drawn(chance):
    """Draw facts: half near a worked example, where rules are met, half from anywhere."""
    if chance.random() < 0.5:
        stated = dict(chance.choice(EXAMPLES).stated)
        for name in chance.sample(ASKED, chance.randint(0, 4)):
            what = chance.random()
            if what < 0.2:
                stated.pop(name, None)
            else:
                stated[name] = None if what < 0.4 else value(chance, name)
    else:
        stated = {name: value(chance, name) for name in ASKED if chance.random() < 0.9}
        stated |= {name: None for name in ASKED if chance.random() < 0.05}
        stated["date"] = FIRST + timedelta(days=chance.randint(0, 1400)) if chance.random() < 0.95 else None
    return Facts.read(stated)


def row(facts):
    """Write facts as the table holds them: text, NULL where unknown, presumptions filled in."""
    found = {"contest.round": "1"} | {name: "false" for name in PRESUMED_ABSENT if name not in facts.stated}
    for name, held in facts.stated.items():
        found[name] = held if held is None else str(held).lower() if isinstance(held, bool) else str(held)
    return found


def agree(number, seed):
    chance = random.Random(seed)
    answered = 0
    while answered < number:
        held = []
        while len(held) < min(5_000, number - answered):
            facts = drawn(chance)
            try:
                held.append((facts, law.determine(facts)))
            except BadInput:
                continue  # a contest that no calendar covers that day
        for (facts, answer), (outcome, statuses) in zip(held, ORACLE.ask([row(one) for one, _ in held]), strict=True):
            assert outcome == answer.outcome, facts
            for one in answer.rule_results:
                told = statuses[one.rule.id]
                assert told in (one.status, "not_asked" if one.status == "not_met" else ""), (one.rule.id, facts)
            told = {name for name, status in statuses.items() if status in ("met", "undecided", "defeated")}
            assert told == {one.rule.id for one in answer.rule_results if one.status != "not_met"}, facts
        answered += len(held)


def test_two_evaluators_agree_on_two_thousand_facts():
    agree(2_000, seed=3)


@pytest.mark.long
def test_two_evaluators_agree_on_a_hundred_thousand_facts():
    agree(100_000, seed=20241127)


def test_the_two_know_the_same_rules():
    assert set(ORACLE.rules) == set(law.catalogue().rules)
