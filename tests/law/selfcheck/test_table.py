"""The table of an act answers as the evaluator does."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.drawn import write
from law.selfcheck.asking import DAYS
from telusur import law
from telusur.domain.facts import Facts
from telusur.domain.vocabulary import FIELDS
from telusur.law.conditions import values_of
from telusur.law.selfcheck import table
from telusur.law.selfcheck.contests import places
from telusur.law.selfcheck.forms import forms
from telusur.law.selfcheck.state import GIVEN

KINDS = FIELDS["act.kind"].values


def tables(day, kind, unknown=()):
    fixed = {"date": day, **GIVEN, "act.kind": kind, **dict.fromkeys(unknown)}
    return table.build(law.catalogue(), fixed, places(law.catalogue(), day))


@given(st.sampled_from(DAYS), st.sampled_from(KINDS), st.data())
def test_every_combination_is_answered_as_by_the_evaluator(day, kind, data):
    unknown = data.draw(st.sets(st.sampled_from(("target.kind", "act.leaning", "actor.status")), max_size=2))
    held = tables(day, kind, unknown)
    contests = places(law.catalogue(), day)
    for _ in range(5):
        stated = {"date": day, **GIVEN, "act.kind": kind, **dict.fromkeys(unknown)}
        at = []
        for axis in held.axes[:-1]:
            value = data.draw(st.sampled_from(values_of(axis.fact)))
            stated[axis.fact] = value
            at.append(axis.index(value))
        number = data.draw(st.integers(0, len(contests) - 1))
        at.append(held.axes[-1].index(str(number)))
        found = law.determine(Facts.read(stated | dict(contests[number].facts)))
        assert held.keys[held.answers[tuple(at)]] == table.key(found)


def test_an_act_on_which_no_rule_speaks_has_one_answer():
    held = tables(DAYS[1], "vote")
    assert held.answers.size == 1
    assert held.keys[0][0] == "meets_no_rule"


def test_values_that_no_rule_tells_apart_share_a_place():
    held = tables(DAYS[1], "like")
    leaning = next(axis for axis in held.axes if axis.fact == "act.leaning")
    assert leaning.classes == (("supports", "opposes"), ("equal_to_all", "neutral_information"))


def test_many_rules_are_told_apart_where_their_codes_fill_a_number(monkeypatch):
    whole = tables(DAYS[1], "attend_event")
    monkeypatch.setattr(table, "_ROOM", 50)
    again = tables(DAYS[1], "attend_event")
    first, second = np.array(whole.keys, object)[whole.answers], np.array(again.keys, object)[again.answers]
    assert (first == second).all()


@pytest.mark.parametrize("kind", KINDS)
def test_every_fact_on_which_a_rule_turns_can_be_asked(kind):
    for agency in (False, True):
        asked = {fact for topic in forms(agency=agency).topics for fact in topic.facts} | {"contest"}
        assert {axis.fact for axis in tables(DAYS[1], kind).axes} <= asked


def test_an_exception_out_of_force_takes_nothing_out(tmp_path):
    folder = write(tmp_path)
    path = folder / "exceptions.yaml"
    old = "when: {act.official_duty: true}"
    path.write_text(path.read_text("utf-8").replace(old, f"in_force: {{to: 2024-02-01}}\n  {old}"), "utf-8")
    held = law.load(folder)
    sizes = {}
    for day in (date(2024, 1, 10), date(2024, 3, 10)):
        fixed = {"date": day, **GIVEN, "act.kind": "install_prop", "actor.status": "pns", "target.kind": "contestant"}
        fixed |= {"act.public": False, "act.symbol": False}
        found = table.build(held, fixed, places(held, day))
        sizes[day.month] = {found.keys[i][0] for i in np.unique(found.answers)}
    assert sizes == {1: {"meets_rule", "meets_no_rule"}, 3: {"meets_rule"}}
