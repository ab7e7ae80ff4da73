"""The calendars of the contests: a bar a step, and the dates beside it with how sure they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from telusur import law
from telusur.dossier.book.saying import days, sources
from telusur.dossier.render import svg
from telusur.dossier.render.blocks import Block, Column, Figure, Heading, Paragraph, Table, cell, line, muted
from telusur.dossier.render.speech import Speech
from telusur.law import Calendar, Catalogue, Span

_ROW: Final = 26.0
_TOP: Final = 30.0
#: What a picture shows of the time before the first step and after the last.
_MARGIN: Final = timedelta(days=14)
#: Narrower than this, a picture is for a telephone.
_NARROW: Final = 500
_LATE: Final = "inauguration"


def blocks(held: Catalogue, say: Speech) -> Iterator[Block]:
    """Give every calendar."""
    yield Heading(2, say("calendar.heading"), "calendars")
    yield Paragraph(line(say("calendar.lead")))
    for one in held.calendars.all:
        title = say("calendar.caption", title=say.of(one.title), round=say.of(law.label("contest.round", one.round)))
        yield Heading(3, title, f"calendar-{one.id}")
        yield Paragraph(line(say("calendar.covers", days=days(Span(one.first, one.last), say))))
        steps = "; ".join(say("calendar.step", what=what, days=when) for what, when in _named(one, say))
        yield Figure(
            title,
            say("calendar.picture", steps=steps),
            _picture(one, title, steps, say, width=720, labels=150, name=f"c-{one.id}-w"),
            _picture(one, title, steps, say, width=340, labels=112, name=f"c-{one.id}-n"),
        )
        yield Table(
            say("calendar.table", title=say.of(one.title)),
            (
                Column(say("calendar.what"), 1.3),
                Column(say("calendar.days"), 1.8),
                Column(say("calendar.known"), 1.2),
                Column(say("index.confidence"), 1.5),
            ),
            tuple(
                (
                    cell(say.name("step", step.what), *((muted(step.region),) if step.region else ())),
                    cell(days(Span(step.first, step.last), say)),
                    cell(say.day(step.known_from)),
                    (
                        line(say.of(law.label("confidence", step.confidence))),
                        *((sources(step.sources),) if step.sources else ()),
                    ),
                )
                for step in one.steps
            ),
        )


def _named(one: Calendar, say: Speech) -> list[tuple[str, str]]:
    return [
        (say.name("step", step.what), days(Span(step.first, step.last), say)) for step in one.in_region(None).values()
    ]


def _picture(
    one: Calendar, title: str, description: str, say: Speech, *, width: float, labels: float, name: str
) -> str:
    """Draw the national steps as bars; the inauguration, months later, stands in the table only."""
    steps = sorted(
        (step for step in one.in_region(None).values() if step.what != _LATE), key=lambda step: (step.first, step.what)
    )
    first, last = steps[0].first - _MARGIN, max(step.last for step in steps) + _MARGIN
    room = width - labels - 8

    def x(day: date) -> float:
        return labels + room * (day - first).days / (last - first).days

    height = _TOP + _ROW * len(steps) + 6
    shapes = [svg.box(labels, _TOP, room, height - _TOP - 6, fill="zone")]
    for month in _months(first, last):
        shapes.append(svg.line(x(month), _TOP - 6, x(month), height - 6, colour="line"))
        number = f"{month.month}/{month.year % 100:02}"
        # A name that would leave the picture is left out; on a telephone, so is every other one.
        if x(month) + 3 + svg.length(number, 10) <= width and (width > _NARROW or month.month % 2):
            shapes.append(svg.words(x(month) + 3, _TOP - 9, number, size=10, colour="soft"))
    for row, step in enumerate(steps):
        y = _TOP + _ROW * row
        shapes.append(svg.words(0, y + 17, svg.fitted(say.name("step", step.what), 11, labels - 8)))
        until = x(step.last + timedelta(days=1))
        colour = "mark" if step.what in ("determination", "vote") else "fill"
        shapes.append(svg.box(x(step.first), y + 6, max(until - x(step.first), 4), 14, fill=colour, radius=2))
    return svg.picture(width, height, title, description, name, shapes)


def _months(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        if month > first:
            yield month
        month = (month + timedelta(days=32)).replace(day=1)
