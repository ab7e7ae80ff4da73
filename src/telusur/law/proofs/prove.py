"""All proofs of a catalogue, over the whole space of facts."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from math import prod

from telusur.law.compiled.arrays import OUTCOMES, answers
from telusur.law.compiled.space import Space, spaces
from telusur.law.load import load
from telusur.law.proofs.declared import NAME, Declared, declared
from telusur.law.proofs.finding import Finding, Places, Report, places
from telusur.law.proofs.meeting import Alive, monotone, symmetry, tracks
from telusur.law.proofs.spoken import phases, silence
from telusur.law.proofs.unused import unused
from telusur.law.proofs.worked import worked


def prove(folder: Traversable | None = None) -> Report:
    """Prove a catalogue, the shipped one if none is named.

    Returns
    -------
    Report
        What was covered and counted, and every finding with its place and a witness; none means that all holds.

    Raises
    ------
    SeveralProblems
        Of a catalogue that cannot be read.
    """
    where = folder or resources.files("telusur.law").joinpath("catalogue")
    catalogue = load(where)
    at = places(where, catalogue)
    known = declared(where, catalogue)
    report = Report(catalogue.hash, len(catalogue.rules))
    report.findings += phases(catalogue, at, report)
    alive = Alive()
    for space in spaces(catalogue):
        # What is found of several acts is told once, with the first of them.
        told = {(one.check, one.subject, one.says) for one in report.findings}
        found = _of_act(space, alive, known, at, report)
        report.findings += [one for one in found if (one.check, one.subject, one.says) not in told]
    report.findings += alive.dead(catalogue, known, at)
    report.findings += unused(catalogue, where, known, at)
    report.findings += worked(catalogue, where, at)
    report.findings += _not_needed(known)
    for group, i, reason in known.each():
        report.declared.append((group, reason, known.used.get((group, i), 0)))
    return report


def _of_act(space: Space, alive: Alive, known: Declared, at: Places, report: Report) -> Iterator[Finding]:
    columns = space.columns()
    found = answers(space.rules, columns)
    report.states += space.states
    report.folded += prod(space.shape)
    open_ = found.contested & (found.outcome == OUTCOMES.index("insufficient_facts"))
    met = found.outcome == OUTCOMES.index("meets_rule")
    report.count("states left to readings that differ", space.weigh(open_))
    report.count("states that meet a rule", space.weigh(met))
    alive.take(space, found, columns)
    yield from silence(space, found, known, at, report)
    yield from tracks(space, found, known, at)
    yield from monotone(space, found, known, at)
    yield from symmetry(space, at)


def _not_needed(known: Declared) -> Iterator[Finding]:
    for group, i, reason in known.each():
        if not known.used.get((group, i)):
            says = f"nothing needs this declaration any longer ({reason.en}); take it out"
            yield Finding("declared", group, says, NAME, known.line(group, i))
