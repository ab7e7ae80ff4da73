"""From facts to columns, and what the rules say of many acts at once, without reasons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from telusur.domain.contest import PHASES
from telusur.domain.facts import Facts
from telusur.law.compiled.arrays import NO_CONTEST, PHASE_UNKNOWN, Answers, Columns, answers, bits, code
from telusur.law.compiled.space import ASKED
from telusur.law.model import Catalogue


def columns(facts: Sequence[Facts], catalogue: Catalogue, *, known_on: date | None = None) -> Columns:
    """Take facts as columns, one row a fact set.

    Raises
    ------
    BadInput
        If no calendar covers the date of a contest.
    """
    rows = [_coded(one) for one in facts]
    table = np.array(rows, np.uint8).reshape(len(rows), len(ASKED))
    phases: dict[tuple[object, ...], tuple[int, int]] = {}
    phase = np.empty(len(rows), np.uint8)
    needs = np.empty(len(rows), np.int32)
    day = np.empty(len(rows), np.int32)
    for i, one in enumerate(facts):
        on, kind, region = one.value("date"), one.value("contest.kind"), one.value("contest.region")
        round_ = one.stated.get("contest.round", "1")
        key = (on, kind, region, round_)
        if key not in phases:
            phases[key] = _phase(key, catalogue, known_on)
        phase[i], needs[i] = phases[key]
        day[i] = on.toordinal() if isinstance(on, date) else 0
    codes = {name: np.ascontiguousarray(table[:, j]) for j, name in enumerate(ASKED)}
    return Columns(codes, phase, day, needs)


def _coded(facts: Facts) -> list[int]:
    return [code(name, facts.value(name)) for name in ASKED]


def _phase(key: tuple[object, ...], catalogue: Catalogue, known_on: date | None) -> tuple[int, int]:
    day, kind, region, round_ = key
    if kind == "none":
        return NO_CONTEST, 0
    asked = (("date", day), ("contest.kind", kind), ("contest.round", round_))
    needs = bits(name for name, value in asked if value is None)
    if needs:
        return PHASE_UNKNOWN, needs
    assert isinstance(day, date)
    assert region is None or isinstance(region, str)
    calendar = catalogue.calendars.find(str(kind), str(round_), day, known_on)
    return PHASES.index(calendar.phase(day, region, known_on).name), 0


def many(facts: Sequence[Facts], catalogue: Catalogue) -> Answers:
    """Say what the rules say of many acts.

    Raises
    ------
    BadInput
        If no calendar covers the date of a contest.
    """
    return answers(tuple(catalogue.rules.values()), columns(facts, catalogue))
