"""The timeline of an act: its pictures, and the tables behind them that say the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from telusur.domain.document import Document
from telusur.domain.event import Event
from telusur.dossier.assessment import ActAssessment
from telusur.dossier.render import frame, timeline
from telusur.dossier.render.blocks import (
    Block,
    Cell,
    Column,
    Figure,
    Heading,
    Line,
    Note,
    Run,
    Table,
    case,
    cell,
    code,
    line,
    muted,
    strong,
)
from telusur.dossier.render.lanes import Lane, Lanes, Mark, lanes_of
from telusur.dossier.render.speech import Speech, zone_of


def blocks(act: ActAssessment, documents: Sequence[Document], say: Speech, name: str) -> Iterator[Block]:
    """Give the pictures and tables.

    Parameters
    ----------
    act
        The act.
    documents
        The documents of the case; an e-mail of another platform is about another account.
    say
        The voice.
    name
        Stem of the pictures' ids.
    """
    yield Heading(4, say("timeline.heading"), "")
    platform = act.act.account.platform if act.act.account else None
    shown = lanes_of(act.records, [one for one in documents if one.platform in {None, platform}])
    span = shown.span
    if span is None:
        yield Note(cell(say("timeline.none")), "empty")
        return
    zone = zone_of(act.act)
    yield from _pictures(act, shown, frame.windows(span, act.act.at.utc if act.act.at else None), say, name)
    if shown.lanes:
        yield _lanes_table(shown, zone, say)
    if shown.together:
        yield _together_table(shown, zone, say)
    if shown.changes:
        yield _changes_table(shown, zone, say)
    if shown.facts:
        yield _facts_table(shown, zone, say)


def _pictures(
    act: ActAssessment, shown: Lanes, views: Sequence[frame.Window], say: Speech, name: str
) -> Iterator[Figure]:
    takeover = act.tracing.takeover if act.tracing else None
    suspected = takeover.interval if takeover and takeover.change_at else None
    at = act.act.at.utc if act.act.at else None
    focus = frame.Focus(at, say("timeline.act", id=act.act.id), zone_of(act.act), suspected)
    for number, window in enumerate(views):
        near = len(views) > 1 and number == 1
        small = len(views) > 1 and not near
        picture = {
            form: timeline.draw(shown, window, focus, say, name=f"{name}{number}{form[0]}", width=width, small=small)
            for form, width in (("wide", timeline.WIDE), ("narrow", timeline.NARROW))
        }
        caption = say("timeline.caption_near" if near else "timeline.caption", act=focus.label)
        legend = say("timeline.same_marks" if near else "timeline.legend")
        if number == len(views) - 1 and any(lane.kind != "posts" for lane in shown.lanes):
            legend += " " + say("timeline.legend_devices")
        yield Figure(caption, legend, picture["wide"], picture["narrow"])


def _lanes_table(shown: Lanes, zone: tzinfo, say: Speech) -> Table:
    def row(lane: Lane) -> tuple[Cell, ...]:
        count = say.number(len(lane.times)) if lane.times else "—"
        deleted = len([t for t in lane.times if t in lane.hollow])
        if deleted:
            count = say("timeline.with_deleted", n=count, deleted=say.number(deleted))
        name: Cell = cell(case(timeline.lane_name(lane, say)))
        used = [other for n, _ in lane.by_network if (other := shown.lane("networks", n))]
        if used:
            codes = ", ".join(timeline.code(other, say) for other in used)
            name = (*name, line(muted(say("timeline.on_networks", networks=codes))))
        return (
            name,
            cell(say(f"timeline.one_{lane.kind}")),
            cell(count),
            cell(say.moment(lane.first, zone)),
            cell(say.moment(lane.last, zone)),
        )

    return Table(
        say("timeline.table"),
        (
            Column(say("timeline.name"), 1.6),
            Column(say("timeline.kind"), 0.8),
            Column(say("timeline.count"), 0.8, number=True),
            Column(say("timeline.first"), 1.3),
            Column(say("timeline.last"), 1.3),
        ),
        tuple(row(lane) for lane in shown.lanes),
    )


def _together_table(shown: Lanes, zone: tzinfo, say: Speech) -> Table:
    return Table(
        say("timeline.together_table"),
        (
            Column(say("timeline.first"), 1.3),
            Column(say("timeline.last"), 1.3),
            Column(say("timeline.devices_at_once"), 0.8, number=True),
        ),
        tuple(
            (cell(say.moment(start, zone)), cell(say.moment(end, zone)), cell(say.number(count)))
            for start, end, count in shown.together
        ),
    )


def _changes_table(shown: Lanes, zone: tzinfo, say: Speech) -> Table:
    def row(change: Mark) -> tuple[Cell, ...]:
        assert change.event is not None
        return (
            cell(str(change.number)),
            cell(say(f"action.{change.event.action}")),
            cell(say.moment(change.at, zone)),
            (*_detail(change.event, say), *_device(change, shown, say)) or cell("—"),
        )

    return Table(
        say("timeline.changes_table"),
        (
            Column(say("timeline.number"), 0.3, number=True),
            Column(say("timeline.what"), 1.2),
            Column(say("timeline.when"), 1.3),
            Column(say("timeline.detail"), 2.2),
        ),
        tuple(row(change) for change in shown.changes),
    )


def _detail(event: Event, say: Speech) -> Cell:
    parts: list[Run] = []
    if event.old is not None:
        parts += [case(event.old), Run(" → ")]
    if event.new is not None:
        parts.append(case(event.new))
    lines: list[Line] = [tuple(parts)] if parts else []
    if event.permissions:
        lines.append(line(muted(say("timeline.permissions")), muted(" "), case(", ".join(event.permissions))))
    return tuple(lines)


def _device(mark: Mark, shown: Lanes, say: Speech) -> Cell:
    lane = shown.lane("devices", mark.device)
    return (line(muted(say("timeline.by_device")), muted(" "), case(timeline.lane_name(lane, say))),) if lane else ()


def _facts_table(shown: Lanes, zone: tzinfo, say: Speech) -> Table:
    def row(mark: Mark) -> tuple[Cell, ...]:
        assert mark.fact is not None
        assert mark.document is not None
        when = cell(say.about(mark.at, mark.fact.precision, zone))
        if mark.fact.until:
            when = (*when, line(say("timeline.until", at=say.about(mark.fact.until, mark.fact.precision, zone))))
        told: Cell = cell(code(mark.document.path))
        if mark.contradicted:
            told = (*told, line(strong(say("evidence.contradicted"))))
        return (
            cell(str(mark.number)),
            cell(say(f"fact.{mark.fact.name}")),
            when,
            (*told, *_device(mark, shown, say)),
        )

    return Table(
        say("timeline.facts_table"),
        (
            Column(say("timeline.number"), 0.3, number=True),
            Column(say("timeline.what"), 1.2),
            Column(say("timeline.when"), 1.3),
            Column(say("timeline.document"), 2.2),
        ),
        tuple(row(mark) for mark in shown.facts),
    )
