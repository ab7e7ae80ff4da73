"""Tracing: when who did what with the account, what each item weighs, and what all of them say together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import tzinfo
from string import ascii_lowercase

from telusur.domain.proposition import ALTERNATIVES, Proposition
from telusur.domain.weight import Weight
from telusur.dossier.assessment import ActAssessment, Assessment
from telusur.dossier.render import gains, timeline, weights
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
    cell,
    line,
    muted,
    strong,
)
from telusur.dossier.render.parts import features, glance, hinges, lanes
from telusur.dossier.render.speech import Speech, zone_of
from telusur.tracing import Combined, Item, Limit, Takeover, Tracing


def blocks(assessment: Assessment, say: Speech) -> Iterator[Block]:
    """Give the blocks of the tracing, act by act."""
    yield Heading(2, say("tracing.heading"), "tracing")
    yield Paragraph(line(say("tracing.lead")), "lead")
    if not any(act.tracing for act in assessment.acts):
        yield Note(cell(say("tracing.none")), "empty")
        return
    for number, act in enumerate(assessment.acts, start=1):
        yield Heading(3, glance.title(act, say), f"tracing-{number}")
        if act.tracing is None:
            yield Note(cell(say("tracing.no_account")), "empty")
            continue
        yield from _together(act.tracing.combined, say)
        yield from _change(act.tracing.takeover, zone_of(act.act), say)
        yield from lanes.blocks(act, assessment.documents, say, f"t{number}")
        yield from _weights(act, act.tracing, say, f"w{number}")
        yield from hinges.blocks(act.tracing, say, name=f"h{number}", act=say("timeline.act", id=act.act.id))
        yield from _abstained(act.tracing, say)
        if not act.tracing.items:
            yield from _helped_by(act.tracing, say)


def _together(combined: Combined, say: Speech) -> Iterator[Block]:
    yield Heading(4, say("tracing.together"), "")
    yield Note(cell(strong(say.of(combined.verbal))), "result")
    rows: list[tuple[Cell, ...]] = []
    for proposition in Proposition:
        weight = combined.weights.get(proposition)
        name: Cell = cell(strong(say.of(proposition.short)), muted(say.of(proposition.words)))
        if proposition is Proposition.OWNER:
            rows.append(
                (
                    name,
                    cell(say("unit.bans", n=say.signed(0))),
                    cell("—"),
                    cell("—"),
                    cell(say("tracing.owner_is_zero")),
                )
            )
        elif weight is None:
            rows.append((name, cell("—"), cell("—"), cell("—"), cell(say("tracing.nothing_bears"))))
        else:
            rows.append(
                (
                    name,
                    cell(say.bans(weight.log10_lr)),
                    cell(say.range(weight.lower, weight.upper)),
                    cell(say.bans(weight.free)),
                    cell(say.strength(weight)),
                )
            )
    yield Table(
        say("tracing.together_caption"),
        (
            Column(say("tracing.proposition"), 2.2),
            Column(say("tracing.weight"), 0.8, number=True),
            Column(say("tracing.interval"), 1.4, number=True),
            Column(say("tracing.uncapped"), 0.9, number=True),
            Column(say("tracing.in_words"), 1.6),
        ),
        tuple(rows),
    )


def _change(takeover: Takeover | None, zone: tzinfo, say: Speech) -> Iterator[Block]:
    yield Heading(4, say("tracing.change"), "")
    if takeover is None:
        yield Paragraph(line(say("tracing.change_not_asked")))
        return
    if takeover.change_at is None:
        yield Paragraph(line(say("tracing.no_change", bf=say.bans(takeover.log10_bf))))
        return
    yield Paragraph(
        line(say("tracing.change_at", at=say.moment(takeover.change_at, zone), bf=say.bans(takeover.log10_bf)))
    )
    if takeover.interval:
        start, end = takeover.interval
        yield Paragraph(
            line(say("tracing.change_interval", start=say.moment(start, zone), end=say.moment(end, zone))), "plain"
        )


def _weights(act: ActAssessment, tracing: Tracing, say: Speech, name: str) -> Iterator[Block]:
    yield Heading(4, say("weights.heading"), "")
    if not tracing.items:
        yield Note(cell(say("weights.none")), "empty")
        return
    label = say("timeline.act", id=act.act.id)
    widths = (timeline.WIDE, timeline.NARROW)
    drawn = weights.draw(tracing.items, tracing.combined, say, name=name, widths=widths, act=label)
    for number, (wide, narrow) in enumerate(drawn, start=1):
        caption = say("weights.caption", act=label)
        if len(drawn) > 1:
            caption += say("weights.part", n=number, of=len(drawn))
        yield Figure(caption, say("weights.legend" if number == 1 else "timeline.same_marks"), wide, narrow)
    for number, item in enumerate(tracing.items, start=1):
        yield from features.blocks(number, item, say, name=f"{name}-f{number}")
    data = list(dict.fromkeys(say.of(item.data) for item in tracing.items))
    yield Table(
        say("weights.table"),
        (
            Column(say("weights.item"), 3),
            Column(say("weights.group"), 0.9),
            Column(say("weights.weight"), 2.8),
            Column(say("weights.basis"), 1),
        ),
        tuple(_item(number, item, _letter(data, item, say), say) for number, item in enumerate(tracing.items, start=1)),
    )
    yield Paragraph(line(say("weights.data_lead")))
    yield Bullets(tuple(cell(line(strong(f"{_letters(n)}. "), text)) for n, text in enumerate(data)))


def _letter(data: list[str], item: Item, say: Speech) -> str:
    return _letters(data.index(say.of(item.data)))


def _letters(number: int) -> str:
    """Count a to z, then aa to az."""
    rest, last = divmod(number, len(ascii_lowercase))
    return (_letters(rest - 1) if rest else "") + ascii_lowercase[last]


def _item(number: int, item: Item, letter: str, say: Speech) -> tuple[Cell, ...]:
    elicited = any(weight.basis == "elicited" for weight in item.weights.values())
    return (
        cell(line(strong(f"{number}. "), Run(say.of(item.what), "strong")), say.of(item.explain)),
        cell(
            say(f"group.{item.group}"),
            muted(say("weights.grade", grade=item.grade.value)),
            *(line(muted(_limit(limit, say))) for limit in item.limits),
        ),
        _item_weights(item.weights, say),
        cell(say("basis.elicited" if elicited else "basis.calibrated"), muted(say("weights.data", letter=letter))),
    )


def _item_weights(found: Mapping[Proposition, Weight], say: Speech) -> Cell:
    lines: list[Line] = []
    for proposition in ALTERNATIVES:
        if proposition not in found:
            continue
        weight = found[proposition]
        lines.append(line(f"{say.of(proposition.short)}: ", strong(say.bans(weight.log10_lr))))
        lines.append(
            line(
                muted(
                    say(
                        "weights.bounds",
                        interval=say.bounds(weight.lower, weight.upper),
                        cap=say.bounds(weight.floor, weight.ceiling),
                    )
                )
            )
        )
    return tuple(lines) or cell(say("weights.no_weight"))


def _limit(limit: Limit, say: Speech) -> str:
    even = limit.lower == -limit.upper
    bounds = f"±{say.number(limit.upper, 1)}" if even else say.bounds(limit.lower, limit.upper)
    return say(f"limit.{limit.name}", bounds=bounds)


def _helped_by(tracing: Tracing, say: Speech) -> Iterator[Block]:
    """Say that no answer is an answer, and what would bring one."""
    yield Heading(4, say("helped.heading"), "")
    yield Note(cell(say("helped.lead")), "info")
    if not tracing.next_evidence:
        yield Paragraph(line(say("helped.nothing")))
        return
    yield Bullets(
        tuple(
            cell(line(strong(say.of(one.ask_for)), " — ", say.of(one.whom)), say.of(one.how), muted(say.of(one.why)))
            for one in gains.by_gain(tracing.next_evidence)
        )
    )


def _abstained(tracing: Tracing, say: Speech) -> Iterator[Block]:
    yield Heading(4, say("abstained.heading"), "")
    if not tracing.abstained:
        yield Paragraph(line(say("abstained.none")))
        return
    yield Paragraph(line(say("abstained.lead")))
    yield Bullets(tuple(cell(line(strong(say(f"group.{a.group}")), ": ", say.of(a.reason))) for a in tracing.abstained))
