"""At a glance: each act with its time and words, what the rules say of it, who seems to have acted, what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from telusur.dossier.assessment import ActAssessment, Assessment
from telusur.dossier.case import Decision
from telusur.dossier.render.blocks import (
    Block,
    Cell,
    Heading,
    Line,
    Note,
    Pairs,
    Quote,
    case,
    cell,
    code,
    line,
    muted,
    strong,
)
from telusur.dossier.render.parts import finding
from telusur.dossier.render.speech import Speech, zone_of


def blocks(assessment: Assessment, say: Speech) -> Iterator[Block]:
    """Give the blocks of the overview."""
    yield Heading(2, say("glance.heading"), "glance")
    if not assessment.acts:
        yield Note(cell(say("glance.none")), "empty")
    for number, act in enumerate(assessment.acts, start=1):
        yield from _act(act, number, say)


def title(act: ActAssessment, say: Speech) -> str:
    """Say which act it is: its id and its kind."""
    kind = act.act.facts.value("act.kind")
    return say("glance.act", id=act.act.id, kind=finding.value_words("act.kind", kind, say))


def _act(act: ActAssessment, number: int, say: Speech) -> Iterator[Block]:
    yield Heading(3, title(act, say), f"glance-{number}")
    if act.act.text:
        yield Quote(act.act.text)
    rows = [
        (say("glance.when"), _when(act, say)),
        (say("glance.where"), _where(act, say)),
        (say("glance.rules"), cell(*finding.outcome_lines(act.determination, say))),
        (say("glance.who"), _who(act, say)),
        (say("glance.missing"), _missing(act, say)),
        (say("glance.decisions"), _decisions(act, say)),
    ]
    yield Pairs(tuple(rows))


def _when(act: ActAssessment, say: Speech) -> Cell:
    at = act.act.at
    if at is None:
        day = act.act.facts.value("date")
        known = say.day(day) if day is not None and not isinstance(day, str | bool) else say("unknown")
        return cell(known, muted(say("glance.no_time")))
    return cell(strong(say.moment(at.at)), line(muted(say("glance.written")), muted(" "), code(at.written)))


def _where(act: ActAssessment, say: Speech) -> Cell:
    account = act.act.account
    lines: list[Line] = []
    if account is None:
        lines.append(line(say("glance.no_account")))
    else:
        lines.append(
            line(say.name("platform", account.platform), " ", case(f"@{account.handle}" if account.handle else ""))
        )
    lines.append(line(code(act.act.url)) if act.act.url else line(muted(say("glance.no_url"))))
    return tuple(lines)


def _who(act: ActAssessment, say: Speech) -> Cell:
    if act.tracing is None:
        return cell(say("glance.no_tracing"))
    lines = [line(strong(say.of(act.tracing.combined.verbal)))]
    if act.tracing.takeover and act.tracing.takeover.change_at:
        lines.append(line(say("glance.change", at=say.moment(act.tracing.takeover.change_at, zone_of(act.act)))))
    lines.append(line(muted(say("glance.see_tracing"))))
    return tuple(lines)


def _missing(act: ActAssessment, say: Speech) -> Cell:
    missing = finding.missing_words(act.determination, say)
    lines = [line("• ", word) for word in missing]
    requests = len(act.tracing.next_evidence) if act.tracing else 0
    if requests:
        lines.append(line(muted(say("glance.requests", n=requests))))
    return tuple(lines) or cell(say("glance.nothing_missing"))


def _decisions(act: ActAssessment, say: Speech) -> Cell:
    if not act.decisions:
        return cell(say("glance.no_decision"))
    return tuple(each for decision in act.decisions for each in _decision(decision, say))


def _decision(decision: Decision, say: Speech) -> Iterator[Line]:
    field = f"attribution.{decision.field}"
    yield line(
        strong(finding.field_words(field, say)),
        ": ",
        finding.value_words(field, decision.value, say),
        " — ",
        say("glance.decided", day=say.day(decision.on)),
        " ",
        case(decision.by),
    )
    yield line(muted(say("glance.grounds")), muted(" "), case(decision.grounds))
