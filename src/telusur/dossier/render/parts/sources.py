"""What the dossier rests on: what to ask for next, every file with its hash, and what was not looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, tzinfo

from telusur.domain.document import Document, Fact
from telusur.domain.evidence import EvidenceItem, Grade
from telusur.domain.record import AccountRecord, Log
from telusur.dossier.assessment import Assessment
from telusur.dossier.case import ReadFact
from telusur.dossier.render import gains, timeline
from telusur.dossier.render.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Figure,
    Heading,
    Line,
    Note,
    Paragraph,
    Run,
    Table,
    case,
    cell,
    code,
    line,
    muted,
    strong,
)
from telusur.dossier.render.speech import Speech, zone_of
from telusur.tracing import NextEvidence


def requests(assessment: Assessment, say: Speech) -> Iterator[Block]:
    """Give the blocks on what to ask for next, what is expected to tell most first."""
    yield Heading(2, say("next.heading"), "next")
    asked = gains.by_gain(assessment.next_evidence)
    if not asked:
        yield Note(cell(say("next.none")), "empty")
        return
    yield Paragraph(line(say("next.lead")), "lead")
    if any(each.expected_gain_bans is not None for each in asked):
        wide, narrow = (
            gains.draw(asked, say, name=f"n{form}", width=width)
            for form, width in (("w", timeline.WIDE), ("n", timeline.NARROW))
        )
        yield Figure(say("next.picture"), say("next.meaning"), wide, narrow)
    yield Table(
        say("next.table"),
        (
            Column(say("next.what"), 2),
            Column(say("next.whom"), 1.1),
            Column(say("next.how"), 1.8),
            Column(say("next.until"), 1),
            Column(say("next.expected"), 1),
        ),
        tuple(_request(number, each, say) for number, each in enumerate(asked, start=1)),
    )


def _request(number: int, asked: NextEvidence, say: Speech) -> tuple[Cell, ...]:
    return (
        cell(strong(f"{number}. {say.of(asked.ask_for)}"), say.of(asked.why)),
        cell(say.of(asked.whom)),
        cell(say.of(asked.how)),
        cell(say.day(asked.until)) if asked.until else cell(muted(say("next.no_date"))),
        cell(muted(say("next.unknown_gain")))
        if asked.expected_gain_bans is None
        else cell(strong(say.bans(asked.expected_gain_bans)), say.gain(asked.expected_gain_bans)),
    )


def evidence(assessment: Assessment, say: Speech) -> Iterator[Block]:
    """Give the blocks on the files that came in."""
    yield Heading(2, say("evidence.heading"), "evidence")
    if not assessment.evidence:
        yield Note(cell(say("evidence.none")), "empty")
    else:
        yield Paragraph(line(say("evidence.lead")), "lead")
        yield Table(
            say("evidence.table"),
            (Column(say("evidence.file"), 4.6), Column(say("evidence.kind"), 1.3), Column(say("evidence.state"), 1.3)),
            tuple(_file(item, assessment, say) for item in assessment.evidence),
        )
    yield Table(
        say("evidence.grades"),
        (Column(say("evidence.grade"), 0.5), Column(say("evidence.meaning"), 4)),
        tuple((cell(strong(grade.value)), cell(say.of(grade.meaning))) for grade in Grade),
        stacks=False,
    )
    yield Paragraph(line(say("evidence.grade_caps")), "small")


def _file(item: EvidenceItem, assessment: Assessment, say: Speech) -> tuple[Cell, ...]:
    source = assessment.case.source(item.path)
    supplier = source.supplied_by if source else None
    kind: Cell = cell(
        say.name("kind", item.kind) if item.kind else say("evidence.unlisted"),
        line(muted(say("evidence.type")), muted(" "), code(item.type)),
        muted(say.size(item.size)),
    )
    if supplier:
        kind = (*kind, line(muted(say("evidence.supplied", by=say(f"supplier.{supplier}")))))
    problems: Cell = tuple(line(case(say.of(problem))) for problem in item.problems) or cell(
        muted(say("evidence.sound"))
    )
    remarks: Cell = tuple(line(muted(say.of(remark))) for remark in item.remarks)
    read = [one for one in assessment.documents if one.path == item.path]
    typed: Cell = tuple(_typed(fact, say) for fact in (source.facts if source and not read else ()))
    facts = (*typed, *(told for one in read for told in _document(one, _zone(assessment), say)))
    return (
        (line(code(item.path)), line(muted("SHA-256:")), line(code(item.sha256)), *remarks, *facts),
        kind,
        cell(strong(say("evidence.grade_is", grade=item.grade.value)), *problems),
    )


def _zone(assessment: Assessment) -> tzinfo:
    return next((zone_of(act.act) for act in assessment.acts if act.act.at), UTC)


def _typed(fact: ReadFact, say: Speech) -> Line:
    return line(
        muted(say(f"fact.{fact.name}")),
        ": ",
        case(fact.value) if isinstance(fact.value, str) else say.moment(fact.value.at),
        muted(f" ({say('evidence.read_by')} "),
        case(fact.read_by),
        muted(")"),
    )


def _document(document: Document, zone: tzinfo, say: Speech) -> Iterator[Line]:
    """Say what a document says, who read it where, and whether it comes from whom it says."""
    if document.kind == "security_email" or document.authenticity != "unknown" or document.why:
        yield line(strong(say(f"evidence.{document.authenticity}")))
    for why in document.why:
        yield line(muted("· "), case(say.of(why)))
    if document.at is not None:
        yield line(muted(say("evidence.dated")), " ", say.moment(document.at, zone))
    for fact in document.facts:
        yield _fact(fact, zone, say)
    for problem in document.problems:
        yield line(muted(say("evidence.unused")), " ", case(say.of(problem.message)))


def _fact(fact: Fact, zone: tzinfo, say: Speech) -> Line:
    parts: list[str | Run] = [muted(say(f"fact.{fact.name}")), ": "]
    said: list[str | Run] = []
    if fact.at is not None:
        said.append(say.about(fact.at, fact.precision, zone))
    if fact.until is not None:
        said.append(say("timeline.until", at=say.about(fact.until, fact.precision, zone)))
    if fact.device and fact.holder:
        said.append(case(f"{fact.device} – {fact.holder}"))
    else:
        said += [case(word) for word in (fact.device, fact.holder) if word]
    if fact.ip:
        said.append(code(fact.ip))
    if fact.identified is not None:
        said.append(say("evidence.identified" if fact.identified else "evidence.not_identified"))
    for number, one in enumerate(said or [case(fact.written)]):
        parts += [", ", one] if number else [one]
    if fact.read_by is not None:
        parts += [muted(f" ({say('evidence.read_by')} "), case(fact.read_by), muted(")")]
    elif fact.line is not None:
        parts.append(muted(f" ({say('evidence.read_on_line', line=fact.line)})"))
    else:
        parts.append(muted(f" ({say('evidence.read_by_program')})"))
    return tuple(part if isinstance(part, Run) else Run(part) for part in parts)


def limits(assessment: Assessment, say: Speech) -> Iterator[Block]:
    """Give the blocks on what was not examined, how complete the records are, and how files were opened."""
    yield Heading(2, say("limits.heading"), "limits")
    if assessment.not_examined:
        yield Bullets(tuple(cell(say.of(text)) for text in assessment.not_examined))
    else:
        yield Note(cell(say("limits.none")), "empty")
    yield Heading(3, say("logs.heading"), "logs")
    records = list({record.path: record for act in assessment.acts for record in act.records}.values())
    if not records:
        yield Note(cell(say("logs.none")), "empty")
    zone = _zone(assessment)
    for record in records:
        yield from _record(record, zone, say)
    yield Heading(3, say("isolation.heading"), "isolation")
    yield Paragraph(line(say.of(assessment.isolation)))
    if assessment.case.notes:
        yield Heading(3, say("notes.heading"), "notes")
        yield Bullets(tuple(cell(case(say.of(note))) for note in assessment.case.notes))


def _record(record: AccountRecord, zone: tzinfo, say: Speech) -> Iterator[Block]:
    handle = f" @{record.account.handle}" if record.account.handle else ""
    facts = [line(say.name("platform", record.account.platform), case(handle), " · ", code(record.path))]
    facts.append(line(say("logs.grade", grade=record.grade.value, meaning=say.of(record.grade.meaning))))
    if record.generated_at:
        facts.append(line(say("logs.generated", at=say.moment(record.generated_at, zone))))
    if record.partial is not None:
        facts.append(line(say("logs.partial" if record.partial else "logs.whole")))
    yield Note(tuple(facts))
    if record.logs:
        yield Table(
            say("logs.table", path=record.path),
            (
                Column(say("logs.log"), 1.4),
                Column(say("logs.found"), 0.8, number=True),
                Column(say("logs.expected"), 0.8, number=True),
                Column(say("logs.complete"), 1.1),
                Column(say("logs.span"), 2),
            ),
            tuple(_log(log, zone, say) for log in record.logs),
        )
    if record.problems:
        yield Paragraph(line(strong(say("logs.problems", n=say.number(len(record.problems))))))
        shown = record.problems[:MOST_PROBLEMS]
        more = len(record.problems) - len(shown)
        items = [
            cell(line(code(p.file if p.offset is None else f"{p.file}:{p.offset}"), " ", case(say.of(p.message))))
            for p in shown
        ]
        if more:
            items.append(cell(muted(say("logs.more", n=say.number(more)))))
        yield Bullets(tuple(items))
    if record.left_out:
        yield Paragraph(
            line(say("logs.left_out", n=say.number(len(record.left_out))), " ", code(", ".join(record.left_out)))
        )


#: A damaged export can have thousands; `telusur exports show` lists them all.
MOST_PROBLEMS = 50


def _log(log: Log, zone: tzinfo, say: Speech) -> tuple[Cell, ...]:
    complete = {True: "logs.yes", False: "logs.no", None: "logs.unpromised"}[log.complete]
    span = (
        say("logs.from_to", first=say.moment(log.first, zone), last=say.moment(log.last, zone))
        if log.first and log.last
        else "—"
    )
    name = cell(say(f"log.{log.name}"))
    if log.file is None:
        return (name, cell("—"), cell("—"), cell(say("logs.absent")), cell("—"))
    return (
        (*name, line(code(log.file))),
        cell(say("logs.with_skipped", n=say.number(log.found), skipped=say.number(log.skipped)))
        if log.skipped
        else cell(say.number(log.found)),
        cell(say.number(log.expected) if log.expected is not None else "—"),
        cell(say(complete)),
        cell(span),
    )
