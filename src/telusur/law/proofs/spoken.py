"""Proofs over days and cells: every day has one phase; every act, phase and status is spoken of or declared silent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

import numpy as np

from telusur.domain.contest import PHASES
from telusur.domain.facts import Facts
from telusur.domain.vocabulary import FIELDS
from telusur.law.calendars import Calendar
from telusur.law.compiled.arrays import UNDECIDED, Answers
from telusur.law.compiled.space import Space
from telusur.law.model import Catalogue
from telusur.law.proofs.declared import Declared
from telusur.law.proofs.finding import Finding, Places, Report

_DAY = timedelta(days=1)


def phases(catalogue: Catalogue, at: Places, report: Report) -> Iterator[Finding]:
    """Prove that each day of each contest has exactly one phase, and that each contest has a calendar."""
    calendars = catalogue.calendars.all
    for kind in FIELDS["contest.kind"].values:
        if kind != "none" and not any(kind in one.contests for one in calendars):
            yield Finding("phases", kind, f"the contest {kind!r} has no calendar; add one, or no act in it has a phase")
    for one in calendars:
        regions = sorted({step.region for step in one.steps if step.region})
        for region in (None, *regions):
            yield from _of_calendar(one, region, at, report)


def _of_calendar(one: Calendar, region: str | None, at: Places, report: Report) -> Iterator[Finding]:
    spans = _spans(one, region)
    day = one.first
    while day <= one.last:
        held = [name for name, first, last in spans if first <= day <= last]
        told = one.phase(day, region).name
        report.count("days x contests", len(one.contests))
        if held != [told]:
            where = f" in region {region}" if region else ""
            found = " and ".join(held) or "no phase"
            says = f"{day}{where} has {found} by its steps and {told} by the evaluator; each day needs exactly one"
            contest = {"contest.kind": one.contests[0], "date": day, "contest.round": one.round}
            yield at.finding("phases", one.id, says, Facts.read(contest))
            return
        day += _DAY


def _spans(one: Calendar, region: str | None) -> list[tuple[str, date, date]]:
    """Give the days of each phase from the steps themselves, not from the order in which phases are asked."""
    steps = one.in_region(region)
    determined, campaign, quiet, vote = (steps[name] for name in ("determination", "campaign", "quiet", "vote"))
    return [
        ("before_determination", one.first, determined.first - _DAY),
        ("after_determination", determined.first, campaign.first - _DAY),
        ("campaign", campaign.first, campaign.last),
        ("quiet", quiet.first, quiet.last),
        ("vote", vote.first, vote.last),
        ("after_vote", vote.last + _DAY, one.last),
    ]


def silence(space: Space, answers: Answers, declared: Declared, at: Places, report: Report) -> Iterator[Finding]:
    """Prove that some rule speaks of each phase and status of one act, or that silence is declared."""
    classes = space.axes["actor.status"]
    spoken = np.zeros((len(space.settings), len(classes)), bool)
    for one in answers.judged.values():
        alive = np.broadcast_to(one.status >= UNDECIDED, space.shape)
        spoken |= alive.any(axis=tuple(range(2, len(space.shape))))
    told: set[tuple[str, str]] = set()
    cells: dict[tuple[str, str], bool] = {}
    for (i, setting), (j, statuses) in product(enumerate(space.settings), enumerate(classes)):
        for status in map(str, statuses):
            cell = (setting.phase_name, status)
            cells[cell] = cells.get(cell, True) and bool(spoken[i, j])
            if spoken[i, j] or cell in told:
                continue
            if not declared.silent(space.act, setting.phase_name, status, setting.contest, setting.last):
                told.add(cell)
                witness = Facts.read(
                    {
                        "date": setting.day,
                        "contest.kind": setting.contest,
                        "act.kind": space.act,
                        "actor.status": status,
                    }
                )
                says = (
                    f"no rule speaks of {space.act!r} by {status!r} in the phase {setting.phase_name!r}; add a rule, "
                    "or declare it silent with a reason"
                )
                yield at.finding("silence", space.act, says, witness)
    for decided in cells.values():
        report.count("cells spoken of" if decided else "cells silent in whole or part")
    assert len(PHASES) + 1 >= len({phase for phase, _ in cells})
