"""Law: each rule that was considered, with its citation, and which of its conditions the facts meet."""

from __future__ import annotations

from collections.abc import Iterator

from telusur import law
from telusur.dossier.assessment import ActAssessment, Assessment
from telusur.dossier.render.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Line,
    Note,
    Paragraph,
    Table,
    case,
    cell,
    code,
    line,
    muted,
    strong,
)
from telusur.dossier.render.parts import finding, glance
from telusur.dossier.render.speech import Speech
from telusur.law import Citation, Override


def blocks(assessment: Assessment, say: Speech) -> Iterator[Block]:
    """Give the blocks on the rules, act by act."""
    yield Heading(2, say("law.heading"), "law")
    yield Paragraph(line(say("law.lead")), "lead")
    if not assessment.acts:
        yield Note(cell(say("glance.none")), "empty")
        return
    reported = say.of(law.label("citation_status", "reported"))
    yield Note(cell(line(strong(say("law.reported_title", status=reported)), " ", say("law.reported"))))
    for number, act in enumerate(assessment.acts, start=1):
        yield from _act(act, number, say)


def _act(act: ActAssessment, number: int, say: Speech) -> Iterator[Block]:
    found = act.determination
    yield Heading(3, glance.title(act, say), f"law-{number}")
    yield Note(finding.outcome_lines(found, say), "result")
    if found.phase:
        phase = say.of(law.label("phase", found.phase.name))
        yield Paragraph(line(strong(say("law.phase", phase=phase)), " ", say.of(found.phase.why)))
    else:
        yield Paragraph(line(say("law.no_phase")))
    if not found.rule_results:
        yield Note(cell(say("law.no_rules")), "empty")
    else:
        yield _overview(found, say)
    for result in found.rule_results:
        if result.status != "not_met":
            yield from _rule(result, say)
    if found.presumed:
        yield Heading(4, say("law.presumed"), "")
        yield Paragraph(line(say("law.presumed_lead")))
        yield Bullets(tuple(cell(finding.field_words(name, say)) for name in found.presumed))
    yield from _sources(found, say)


def _sources(found: law.Determination, say: Speech) -> Iterator[Block]:
    """Give what each source named above is, and where it was read."""
    named = {source.id: source for source in _named(found)}
    if named:
        yield Table(
            say("law.source_table"),
            (Column(say("law.source"), 0.6), Column(say("law.source_what"), 2.2), Column(say("law.source_url"), 2.8)),
            tuple(
                (cell(code(source.id)), cell(source.what), cell(code(source.url)))
                for source in sorted(named.values(), key=lambda source: source.id)
            ),
        )


def _named(found: law.Determination) -> Iterator[law.Source]:
    for result in found.rule_results:
        yield from result.rule.citation.sources
        if isinstance(result.defeated_by, law.RuleException):
            yield from result.defeated_by.citation.sources
        # Readings are shown only where the rule is gone through.
        if result.status != "not_met":
            yield from (reading.source for issue in result.readings for reading in issue.readings)


def _overview(found: law.Determination, say: Speech) -> Table:
    return Table(
        say("law.table"),
        (
            Column(say("law.rule"), 2.6),
            Column(say("law.status"), 1),
            Column(say("law.track"), 1.2),
            Column(say("law.citation"), 1.9),
        ),
        tuple(
            (
                (line(code(result.rule.id)), line(say.of(result.rule.title))),
                cell(strong(say.of(law.label("rule_status", result.status)))),
                cell(
                    say.of(law.label("track", result.rule.track)),
                    muted(say.of(law.label("sanction_level", result.rule.level))),
                ),
                (*_citation(result.rule.citation, say), *_basis(result, say)),
            )
            for result in found.rule_results
        ),
    )


def _citation(citation: Citation, say: Speech) -> Cell:
    place = [say.of(citation.instrument.title)]
    if citation.part:
        place.append(say("law.part", part=say.name("law_part", citation.part)))
    if citation.row:
        place.append(say("law.row", row=citation.row))
    if citation.article:
        place.append(say("law.article", article=citation.article))
    sources = ", ".join(source.id for source in citation.sources)
    status = say.of(law.label("citation_status", citation.status))
    lines: list[Line] = [line(", ".join(place)), line(muted(say("law.citation_status", status=status)))]
    if sources:
        lines.append(line(muted(say("law.sources", sources=sources))))
    return tuple(lines)


def _basis(result: law.RuleResult, say: Speech) -> Cell:
    bases = [
        say.of(basis.instrument.title) + (f", {say('law.article', article=basis.article)}" if basis.article else "")
        for basis in result.basis
    ]
    return (line(muted(say("law.basis", basis="; ".join(bases)))),) if bases else ()


def _rule(result: law.RuleResult, say: Speech) -> Iterator[Block]:
    status = say.of(law.label("rule_status", result.status))
    yield Heading(4, say("law.rule_heading", rule=result.rule.id, status=status), "")
    yield Paragraph(line(say.of(result.rule.title)))
    if result.defeated_by:
        yield Note(_defeat(result, say))
    rows = [_condition(found, "law.is_met", say) for found in result.met]
    rows += [_condition(found, "law.is_unmet", say) for found in result.unmet]
    rows += [
        (
            cell(finding.field_words(name, say)),
            cell(muted(say("unknown"))),
            cell("—"),
            cell(strong(say("law.is_missing"))),
        )
        for name in result.missing
    ]
    if rows:
        yield Table(
            say("law.conditions", rule=result.rule.id),
            (
                Column(say("law.fact"), 1.7),
                Column(say("law.given"), 1.3),
                Column(say("law.asked"), 2.2),
                Column(say("law.state"), 0.9),
            ),
            tuple(rows),
        )
    for issue in result.readings:
        yield Table(
            say("law.readings", title=say.of(issue.title)),
            (Column(say("law.by"), 1.3), Column(say("law.says"), 2.4), Column(say("law.on"), 1.2)),
            tuple(
                (
                    cell(reading.by),
                    cell(say.of(reading.says)),
                    cell(
                        say.day(reading.day) if reading.day else muted(say("unknown")),
                        muted(say("law.sources", sources=reading.source.id)),
                    ),
                )
                for reading in issue.readings
            ),
        )
        yield Paragraph(line(say(f"law.bears_on_{issue.bears_on}")), "small")


def _condition(found: law.Finding, state: str, say: Speech) -> tuple[Cell, ...]:
    return (
        cell(finding.field_words(found.fact, say)),
        cell(case(finding.value_words(found.fact, found.found, say))),
        cell(finding.values_words(found.fact, found.expected, say)),
        cell(strong(say(state))),
    )


def _defeat(result: law.RuleResult, say: Speech) -> Cell:
    defeat = result.defeated_by
    assert defeat is not None
    if isinstance(defeat, Override):
        return (
            line(say("law.yields", rule=result.defeated_by_rule or defeat.rule, reason=say.of(defeat.reason))),
            line(muted(say("law.declared_by", by=defeat.declared_by))),
        )
    return (line(say("law.exception", title=say.of(defeat.title))), *_citation(defeat.citation, say))
