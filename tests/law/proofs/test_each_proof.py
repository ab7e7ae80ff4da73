"""Proofs of what the loader or the evaluator already keep to: they fail where those would fail."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np

from law.drawn import write
from telusur import law
from telusur.law.calendars import Calendars
from telusur.law.compiled import arrays
from telusur.law.compiled.space import spaces
from telusur.law.proofs import prove
from telusur.law.proofs.finding import Places, Report
from telusur.law.proofs.spoken import phases


def test_a_day_without_a_phase_is_found_with_the_day(tmp_path):
    catalogue = law.load(write(tmp_path))
    [calendar] = catalogue.calendars.all
    # The loader refuses such a calendar; the proof reads the steps for itself.
    steps = tuple(
        replace(step, last=step.last - timedelta(days=2)) if step.what == "campaign" else step
        for step in calendar.steps
    )
    faulty = replace(catalogue, calendars=Calendars((replace(calendar, steps=steps),)))
    at = Places({"one": ("calendars/one.yaml", 2)})
    [found] = [one for one in phases(faulty, at, Report("", 0)) if one.subject == "one"]
    assert "2024-06-29 has no phase" in found.says
    assert (found.file, found.line) == ("calendars/one.yaml", 2)
    assert found.witness.value("date").isoformat() == "2024-06-29"


def test_an_evaluator_that_takes_weaker_proof_for_more_is_found(tmp_path, monkeypatch):
    sound = arrays.attribution

    def turned(at):
        truth, _ = sound(at)
        needs = np.where(truth == arrays.YES, np.int32(arrays.bits(["attribution.authenticity"])), np.int32(0))
        return np.where(truth == arrays.UNKNOWN, arrays.YES, np.minimum(truth, arrays.UNKNOWN)), needs

    folder = write(tmp_path)
    assert not [one for one in prove(folder).findings if "weaker" in one.says]
    monkeypatch.setattr(arrays, "attribution", turned)
    found = [one for one in prove(folder).findings if "weaker" in one.says]
    assert {one.check for one in found} == {"monotone"}
    assert all(one.witness for one in found)


def test_the_folded_space_stands_for_each_state_once(tmp_path):
    catalogue = law.load(write(tmp_path))
    held = {one.act: one for one in spaces(catalogue)}
    props = held["install_prop"]
    everything = np.ones(props.shape, bool)
    assert props.weigh(everything) == props.states
    # Statuses x targets x flags asked (public, symbol, duty) x control x authenticity, unknown proof among them.
    per_day = 10 * 9 * 2**3 * 8 * 4
    assert props.states % per_day == 0
    assert props.states // per_day == sum(one.days for one in props.settings)
    assert not held["vote"].rules


def test_the_witness_of_a_place_is_answered_as_the_place_is():
    for space in spaces(law.catalogue()):
        found = arrays.answers(space.rules, space.columns())
        outcome = np.broadcast_to(found.outcome, space.shape)
        contested = np.broadcast_to(found.contested, space.shape)
        chance = np.random.default_rng(len(space.rules))
        for _ in range(20):
            index = tuple(int(chance.integers(size)) for size in space.shape)
            answer = law.determine(space.witness(index))
            assert arrays.OUTCOMES[outcome[index]] == answer.outcome, space.witness(index)
            assert bool(contested[index]) is answer.contested
