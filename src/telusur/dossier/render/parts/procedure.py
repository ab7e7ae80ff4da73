"""Procedure: the gates that are open or closed, with what to do, and the deadlines that run, counted day by day."""

from __future__ import annotations

from collections.abc import Iterator

from telusur import law
from telusur.dossier.assessment import Assessment
from telusur.dossier.render.blocks import (
    Block,
    Cell,
    Column,
    Heading,
    Line,
    Note,
    Paragraph,
    Table,
    case,
    cell,
    line,
    muted,
    strong,
)
from telusur.dossier.render.speech import Speech
from telusur.law.deadlines import CountedDay, count_words
from telusur.process import Gate, RunningTerm


def blocks(assessment: Assessment, say: Speech) -> Iterator[Block]:
    """Give the blocks on gates and deadlines."""
    yield from _gates(assessment, say)
    yield from _deadlines(assessment, say)


def _gates(assessment: Assessment, say: Speech) -> Iterator[Block]:
    yield Heading(2, say("gates.heading"), "gates")
    yield Paragraph(line(say("gates.lead")), "lead")
    yield Table(
        say("gates.table"),
        (Column(say("gates.gate"), 1), Column(say("gates.state"), 0.7), Column(say("gates.reasons"), 3.3)),
        tuple(_gate(gate, say) for gate in assessment.gates),
    )


def _deadlines(assessment: Assessment, say: Speech) -> Iterator[Block]:
    yield Heading(2, say("deadlines.heading"), "deadlines")
    if not assessment.terms:
        yield Note(cell(say("deadlines.none")), "empty")
        return
    yield Paragraph(line(say("deadlines.lead", day=say.day(assessment.case.reported_on))), "lead")
    yield Table(
        say("deadlines.table"),
        (
            Column(say("deadlines.what"), 1.5),
            Column(say("deadlines.due"), 1),
            Column(say("deadlines.how"), 2.2),
            Column(say("deadlines.citation"), 1.1),
        ),
        tuple(_term(term, say) for term in assessment.terms),
    )
    for term in assessment.terms:
        if term.counted:
            yield Table(
                say("deadlines.days", what=say.of(term.title)),
                (
                    Column(say("deadlines.day"), 1.6),
                    Column(say("deadlines.number"), 0.6),
                    Column(say("deadlines.why"), 1.8),
                ),
                tuple(_day(day, say) for day in term.counted),
                stacks=False,
            )


def _gate(gate: Gate, say: Speech) -> tuple[Cell, ...]:
    state = say("gates.open") if gate.open else say("gates.closed")
    # A reason may name acts and files of the case.
    reasons = tuple(line(case(say.of(reason))) for reason in gate.reasons)
    return cell(strong(say.of(gate.title))), cell(strong(state)), reasons or cell(muted(say("gates.nothing_to_do")))


def _term(term: RunningTerm, say: Speech) -> tuple[Cell, ...]:
    due: Cell = cell(strong(say.day(term.due)) if term.due else muted(say("unknown")))
    if term.due and term.safe and term.safe < term.due:
        due = (*due, line(muted(say("deadlines.safe", day=say.day(term.safe)))))
    if term.term:
        due = (*due, line(muted(say.of(count_words(term.term.count)))))
    return cell(say.of(term.title)), due, cell(say.of(term.how)), _citation(term, say)


def _citation(term: RunningTerm, say: Speech) -> Cell:
    assert term.term is not None
    citation = term.term.citation
    place = say.of(citation.instrument.title)
    if citation.article:
        place += f", {say('law.article', article=citation.article)}"
    status = say.of(law.label("citation_status", citation.status))
    lines: list[Line] = [line(place), line(muted(say("law.citation_status", status=status)))]
    if citation.sources:
        named = ", ".join(source.id for source in citation.sources)
        lines.append(line(muted(say("law.sources", sources=named))))
    return tuple(lines)


def _day(day: CountedDay, say: Speech) -> tuple[Cell, ...]:
    why = say.of(day.skipped.words) if day.skipped else ""
    return cell(say.day(day.day)), cell(str(day.number) if day.number else "—"), cell(muted(why) if why else "")
