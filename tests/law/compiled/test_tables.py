"""A catalogue worked out once answers many acts, each as `determine` does."""

from __future__ import annotations

import time

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from law.drawn import facts, write
from telusur import law
from telusur.domain.errors import BadInput
from telusur.domain.facts import Facts
from telusur.law.compiled import OUTCOMES, Columns, Tables, columns
from telusur.law.compiled.arrays import NO_CONTEST
from telusur.law.compiled.space import ASKED
from telusur.law.conditions import values_of
from telusur.law.model import TRACKS

TABLES = Tables(law.catalogue())


def same(tables, drawn, catalogue=None):
    pairs = []
    for one in drawn:
        try:
            pairs.append((one, law.determine(one, catalogue=catalogue)))
        except BadInput:
            continue  # a contest that no calendar covers that day
    found = tables.brief(columns([one for one, _ in pairs], catalogue or law.catalogue()))
    for i, (one, answer) in enumerate(pairs):
        assert OUTCOMES[found.outcome[i]] == answer.outcome, one
        assert bool(found.contested[i]) is answer.contested, one
        assert {track for track in TRACKS if found.on(track)[i]} == set(answer.tracks), one


@given(st.lists(facts(), max_size=40))
def test_each_row_is_what_is_determined_of_it_known_or_not(drawn):
    same(TABLES, drawn)


@given(st.lists(facts(whole=True), max_size=40))
def test_rows_whose_facts_are_all_known_come_from_the_table(drawn):
    same(TABLES, drawn)


def test_every_example_is_answered_as_one_by_one():
    same(TABLES, [example.facts for example in law.examples().values()])


def test_another_catalogue_has_its_own_table(tmp_path):
    catalogue = law.load(write(tmp_path))
    base = Facts.read({"date": "2024-06-10", "contest.kind": "regent", "act.kind": "install_prop"})
    drawn = [
        base.updated({"actor.status": status, "target.kind": target, "act.public": public, "date": day})
        for status in ("pns", "private_citizen", None)
        for target in ("contestant", "none", None)
        for public in (True, False, None)
        for day in ("2024-06-10", "2024-01-01")
    ]
    drawn += [one.updated({"contest.kind": "none", "date": "2019-01-01"}) for one in drawn]
    same(Tables(catalogue), drawn, catalogue)


def test_a_million_rows_a_second_are_far_from_its_limit():
    chance, rows = np.random.default_rng(7), 300_000
    codes = {name: chance.integers(0, len(values_of(name)), rows).astype(np.uint8) for name in ASKED}
    contest = codes["contest.kind"] != values_of("contest.kind").index("none")
    phase = np.where(contest, chance.integers(0, NO_CONTEST, rows), NO_CONTEST).astype(np.uint8)
    at = Columns(codes, phase, np.full(rows, 738_900, np.int32), np.zeros(rows, np.int32))
    begun = time.process_time()
    assert len(TABLES.brief(at).packed) == rows
    # Five or six million on a plain desk; the bound leaves room for a busy machine.
    assert time.process_time() - begun < 0.3
