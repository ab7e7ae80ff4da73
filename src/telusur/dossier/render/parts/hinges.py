"""What an answer hangs on: what all the others say without each item and each group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from telusur.dossier.render import timeline, tornado
from telusur.dossier.render.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Figure,
    Heading,
    Note,
    Paragraph,
    Table,
    cell,
    line,
    muted,
    strong,
)
from telusur.dossier.render.speech import Speech
from telusur.tracing import Tracing, Without

#: Bars in the picture at most; the table holds all.
_DRAWN: Final = 12
#: A change of the lead that is smaller is none, in bans.
_NOTHING: Final = 0.005


def blocks(tracing: Tracing, say: Speech, *, name: str, act: str) -> Iterator[Block]:
    """Give the blocks on what the answer hangs on.

    Parameters
    ----------
    tracing
        The weighing.
    say
        The language.
    name
        Stem of the ids in pictures.
    act
        What the act is called.
    """
    if not tracing.without:
        return
    yield Heading(4, say("hinges.heading"), "")
    yield Paragraph(line(say("hinges.lead", half=say.number(0.5, 1))))
    changing = [one for one in tracing.without if one.changes]
    if changing:
        yield Note(cell(strong(say("hinges.some"))), "result")
        yield Bullets(tuple(cell(_sentence(one, tracing, say)) for one in changing))
    else:
        leading = tracing.combined.leading
        yield Note(cell(say("hinges.none") if leading else say("hinges.none_leads")), "info")
    foremost = tracing.combined.foremost
    whole = tracing.combined.lead_of(foremost)
    shifts = {id(one): one.combined.lead_of(foremost) - whole for one in tracing.without}
    telling = [one for one in tracing.without if abs(shifts[id(one)]) >= _NOTHING or one.changes]
    silent = [one for one in tracing.without if one not in telling]
    telling.sort(key=lambda one: (not one.changes, -abs(shifts[id(one)])))
    if telling:
        yield _picture(telling[:_DRAWN], tracing, say, name=name, act=act)
    rows: list[tuple[Cell, ...]] = [
        (
            cell(_what(one, tracing, say)),
            cell(say.bans(one.combined.lead_of(foremost))),
            cell(say.signed(shifts[id(one)])),
            _leading(one, say),
        )
        for one in telling
    ]
    if silent:
        rows.append((cell(say("hinges.rest", n=len(silent))), cell(say.bans(whole)), cell(say.signed(0)), cell("—")))
    yield Table(
        say("hinges.table", proposition=say.of(foremost.short)),
        (
            Column(say("hinges.without"), 3),
            Column(say("hinges.lead_then"), 1, number=True),
            Column(say("hinges.shift"), 0.9, number=True),
            Column(say("hinges.leading_then"), 1.3),
        ),
        tuple(rows),
    )


def _picture(shown: list[Without], tracing: Tracing, say: Speech, *, name: str, act: str) -> Figure:
    foremost = tracing.combined.foremost
    whole = tracing.combined.lead_of(foremost)
    bars = [
        tornado.Bar(_what(one, tracing, say), lead, say.bans(lead), one.changes)
        for one in shown
        for lead in [one.combined.lead_of(foremost)]
    ]
    rules = [
        tornado.Rule(whole, say("hinges.whole", bans=say.bans(whole))),
        tornado.Rule(0.5, say("hinges.half"), dashed=True),
    ]
    title = say("hinges.caption", act=act, proposition=say.of(foremost.short))
    wide, narrow = (
        tornado.draw(bars, rules, title=title, description=say("hinges.legend"), name=f"{name}-{form}", width=width)
        for form, width in (("w", timeline.WIDE), ("n", timeline.NARROW))
    )
    return Figure(title, say("hinges.legend"), wide, narrow)


def _what(one: Without, tracing: Tracing, say: Speech) -> str:
    if one.group:
        return say("hinges.group", group=say(f"group.{one.group}"), n=len(one.numbers))
    (number,) = one.numbers
    return f"{number + 1}. {say.of(tracing.items[number].what)}"


def _leading(one: Without, say: Speech) -> Cell:
    leading = one.combined.leading
    name = say.of(leading.short) if leading else say("hinges.nobody")
    return cell(strong(name), strong(say("hinges.other"))) if one.changes else cell(muted(name))


def _sentence(one: Without, tracing: Tracing, say: Speech) -> str:
    leading = one.combined.leading
    what = _what(one, tracing, say)
    if leading is None:
        return say("hinges.without_nobody", what=what)
    return say("hinges.without_other", what=what, proposition=say.of(leading.words))
