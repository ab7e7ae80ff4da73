"""The timeline picture: posts, devices, networks, changes and what documents say, and when the act was.

Lanes and networks differ by shape as well as colour, and each has its label, so that print without colour says the
same.
"""

from __future__ import annotations

from itertools import groupby
from typing import Final

from telusur.dossier.render import svg
from telusur.dossier.render.frame import MARGIN, TOP, Canvas, Focus, Window, act, axis, band
from telusur.dossier.render.lanes import Lane, Lanes
from telusur.dossier.render.marks import bar, marks, numbered, overlaps, shape
from telusur.dossier.render.speech import Speech

WIDE: Final = 720.0
NARROW: Final = 340.0
_LANE: Final = 30.0
_GROUP: Final = 19.0
_AXIS: Final = 34.0


def draw(
    shown: Lanes, window: Window, focus: Focus, speech: Speech, *, name: str, width: float, small: bool = False
) -> str:
    """Draw one timeline as SVG.

    Parameters
    ----------
    shown
        What to show.
    window
        Which stretch of time.
    focus
        The act, the zone, and the suspected change.
    name
        Stem of the ids in the picture.
    width
        In user units: `WIDE` or `NARROW`.
    small
        Whether the lanes of a kind are drawn as one, for an overview.
    """
    canvas = Canvas(window, width)
    shapes, y = (_small if small else _full)(shown, canvas, speech)
    drawn = 0
    for kind, found in (("changes", shown.changes), ("facts", shown.facts)):
        if not found:
            continue
        y += _GROUP + 4
        within = [mark for mark in found if mark.at <= window.end and mark.until >= window.start]
        drawn += len(within)
        shapes += _counted(speech(f"timeline.{kind}"), y, sum(mark.until < window.start for mark in found), speech)
        more, y = numbered(within, canvas, y, focus, speech)
        shapes += more
    bottom = y + 4
    description = speech(
        "timeline.description",
        start=speech.day(window.start.astimezone(focus.zone).date()),
        end=speech.day(window.end.astimezone(focus.zone).date()),
        lanes=len(shown.lanes),
        changes=drawn,
    )
    title = speech("timeline.title", act=focus.label)
    behind = [*band(focus, canvas, bottom, speech), *axis(canvas, bottom, focus.zone, speech)]
    return svg.picture(width, bottom + _AXIS, title, description, name, [*behind, *shapes, *act(focus, canvas, bottom)])


def lane_name(lane: Lane, speech: Speech) -> str:
    """Say which lane it is: its number, its name, who holds the device, whether the network is shared by many."""
    if lane.others:
        return speech(f"timeline.others_{lane.kind}", n=lane.others)
    parts = [lane.name if lane.name is not None else speech(f"timeline.unnamed_{lane.kind}")]
    if lane.number:
        parts[0] = f"{code(lane, speech)} {parts[0]}"
    if lane.holder:
        parts.append(speech("timeline.held_by", holder=lane.holder))
    if lane.shared:
        parts.append(speech("timeline.shared"))
    return " · ".join([*parts, *lane.places[:2]])


def code(lane: Lane, speech: Speech) -> str:
    """Give what a device or network is called in short: ``P1``, ``J2``."""
    return speech(f"timeline.code_{lane.kind}", n=lane.number)


def _full(shown: Lanes, canvas: Canvas, speech: Speech) -> tuple[list[str], float]:
    """Draw each lane by itself; give the height that they end at too."""
    shapes: list[str] = []
    y = TOP
    for number, (kind, lanes) in enumerate(groupby(shown.lanes, key=lambda lane: lane.kind)):
        y += _GROUP + 4 * bool(number)
        shapes.append(_heading(speech(f"timeline.{kind}"), y))
        for lane in lanes:
            shapes += _lane(lane, canvas, y, speech)
            y += _LANE
        if kind == "devices" and shown.together:
            label = speech("timeline.together")
            shapes.append(svg.words(canvas.left, y + 9, label, size=10.5, colour="soft"))
            shapes += overlaps(shown.together, canvas, y + 20)
            y += _LANE
    return shapes, y


def _small(shown: Lanes, canvas: Canvas, speech: Speech) -> tuple[list[str], float]:
    """Draw the lanes of each kind as one; give the height that they end at too."""
    shapes: list[str] = []
    y = TOP
    for kind, lanes in groupby(shown.lanes, key=lambda lane: lane.kind):
        y += _GROUP
        shapes.append(_heading(speech(f"timeline.one_{kind}_all"), y))
        if kind == "devices":
            for lane in lanes:
                for span in lane.spans:
                    shapes += bar(span, canvas, y + 8, thick=4)
                y += 9
            y += 10
            continue
        for lane in lanes:
            shapes += marks(lane, canvas, y + 10, plain=True)
        y += 24
    return shapes, y


def _heading(words: str, y: float) -> str:
    return svg.words(MARGIN, y - 5, words, size=11.5, bold=True)


def _counted(heading: str, y: float, earlier: int, speech: Speech) -> list[str]:
    """Draw a heading, and how many of its marks lie before the picture."""
    shapes = [_heading(heading, y)]
    if earlier:
        after = MARGIN + svg.length(heading, 11.5, bold=True) + 8
        note = speech("timeline.earlier", n=earlier)
        shapes.append(svg.words(after, y - 5, note, size=10.5, colour="soft"))
    return shapes


def _lane(lane: Lane, canvas: Canvas, y: float, speech: Speech) -> list[str]:
    """Draw a lane: its label above, its marks below."""
    within = lane.within(canvas.window.start, canvas.window.end)
    count = "" if lane.kind == "devices" and not lane.times else f" · {speech.number(within)}"
    before: list[str] = []
    left = canvas.left
    if lane.kind == "networks":
        before.append(shape(lane.number, left + 5, y + 5.5))
        left += 14
    label = svg.fitted(lane_name(lane, speech), 10.5, canvas.right - left - 40) + count
    before.append(svg.words(left, y + 9, label, size=10.5, colour="soft"))
    for span in lane.spans:
        before += bar(span, canvas, y + 20)
    return before + marks(lane, canvas, y + 20)
