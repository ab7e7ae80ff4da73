"""The timeline picture: who posted and signed in from where, on what, and when the act was.

Lanes differ by shape as well as colour, and each has its label, so that print without colour says the same.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import groupby
from typing import Final

from telusur.dossier.render import svg
from telusur.dossier.render.lanes import Change, Lane, Lanes, binned
from telusur.dossier.render.speech import Speech

WIDE: Final = 720.0
NARROW: Final = 340.0
_MARGIN: Final = 8.0
_TOP: Final = 30.0
_LANE: Final = 30.0
_GROUP: Final = 19.0
_AXIS: Final = 34.0
_ROW: Final = 19.0
#: A post's tick is taller the more posts fall on it, up to these.
_TICK: Final = (8.0, 16.0)
_MANY: Final = 6
#: No more than this is drawn before and after the act.
_LONGEST: Final = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time to draw, in UTC."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.end - self.start

    def holds(self, at: datetime) -> bool:
        """Whether a time lies in it."""
        return self.start <= at <= self.end


@dataclass(frozen=True, slots=True)
class Focus:
    """What the timeline is about.

    Parameters
    ----------
    act
        When the act was, in UTC.
    label
        What the act is called.
    zone
        Zone in which the days are drawn.
    suspected
        Interval in UTC in which the writer seems to have changed.
    """

    act: datetime | None
    label: str
    zone: tzinfo
    suspected: tuple[datetime, datetime] | None = None


def windows(span: tuple[datetime, datetime], act: datetime | None) -> list[Window]:
    """Choose what to draw: the days around the act, and before them everything if that is much longer.

    Parameters
    ----------
    span
        First and last time of the records, in UTC; what lies years before the act is left to the tables.
    act
        When the act was, in UTC.
    """
    start, end = span
    if act is not None:
        start = min(max(start, act - _LONGEST), act)
        end = max(min(end, act + _LONGEST), act)
    room = max((end - start) * 0.02, timedelta(hours=6))
    whole = Window(start - room, end + room)
    if act is None:
        return [whole]
    near = Window(max(whole.start, act - timedelta(days=45)), min(whole.end, act + timedelta(days=15)))
    return [whole, near] if whole.length > near.length * 1.25 else [whole]


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
    canvas = _Canvas(window, width)
    shapes, y = (_small if small else _full)(shown, canvas, speech)
    changes = [change for change in shown.changes if window.holds(change.at)]
    if shown.changes:
        y += _GROUP + 4
        earlier = sum(change.at < window.start for change in shown.changes)
        heading = speech("timeline.changes")
        shapes.append(_heading(heading, y))
        if earlier:
            after = _MARGIN + svg.length(heading, 11.5, bold=True) + 8
            note = speech("timeline.earlier", n=earlier)
            shapes.append(svg.words(after, y - 5, note, size=10.5, colour="soft"))
        marks, y = _changes(changes, canvas, y, focus)
        shapes += marks
    bottom = y + 4
    behind = _band(focus, canvas, bottom, speech)
    axis = _axis(canvas, bottom, focus.zone, speech)
    act = _act(focus, canvas, bottom)
    description = speech(
        "timeline.description",
        start=speech.day(window.start.astimezone(focus.zone).date()),
        end=speech.day(window.end.astimezone(focus.zone).date()),
        lanes=len(shown.lanes),
        changes=len(changes),
    )
    title = speech("timeline.title", act=focus.label)
    return svg.picture(width, bottom + _AXIS, title, description, name, [*behind, *axis, *shapes, *act])


@dataclass(frozen=True, slots=True)
class _Canvas:
    window: Window
    width: float

    @property
    def left(self) -> float:
        return _MARGIN

    @property
    def right(self) -> float:
        return self.width - _MARGIN

    def x(self, at: datetime) -> float:
        part = (at - self.window.start) / self.window.length
        return self.left + min(max(part, 0.0), 1.0) * (self.right - self.left)


def _full(shown: Lanes, canvas: _Canvas, speech: Speech) -> tuple[list[str], float]:
    """Draw each lane by itself; give the height that they end at too."""
    shapes: list[str] = []
    y, kind = _TOP, None
    for lane in shown.lanes:
        if lane.kind != kind:
            y += _GROUP if kind is None else _GROUP + 4
            shapes.append(_heading(speech(f"timeline.{lane.kind}"), y))
            kind = lane.kind
        shapes += _lane(lane, canvas, y, speech)
        y += _LANE
    return shapes, y


def _small(shown: Lanes, canvas: _Canvas, speech: Speech) -> tuple[list[str], float]:
    """Draw the lanes of each kind as one; give the height that they end at too."""
    shapes: list[str] = []
    y = _TOP
    for kind, lanes in groupby(shown.lanes, key=lambda lane: lane.kind):
        y += _GROUP
        shapes.append(_heading(speech(f"timeline.one_{kind}_all"), y))
        together = list(lanes)
        if kind == "devices":
            for lane in together:
                shapes += [shape for span in lane.spans for shape in _bar(span, canvas, y + 8, thick=4)]
                y += 9
            y += 10
            continue
        times = tuple(sorted(t for lane in together for t in lane.times))
        hollow = frozenset(t for lane in together for t in lane.hollow)
        shapes += _marks(Lane(kind, None, None, times, hollow=hollow), canvas, y + 10)
        y += 24
    return shapes, y


def _heading(words: str, y: float) -> str:
    return svg.words(_MARGIN, y - 5, words, size=11.5, bold=True)


def _lane(lane: Lane, canvas: _Canvas, y: float, speech: Speech) -> list[str]:
    """Draw a lane: its label above, its marks below."""
    within = lane.within(canvas.window.start, canvas.window.end)
    count = f" · {speech.number(within)}" if lane.kind != "devices" else ""
    label = lane_name(lane, speech)
    shapes = [
        svg.words(
            canvas.left,
            y + 9,
            svg.fitted(label, 10.5, canvas.right - canvas.left - 40) + count,
            size=10.5,
            colour="soft",
        )
    ]
    middle = y + 20
    if lane.kind == "devices":
        return shapes + [shape for span in lane.spans for shape in _bar(span, canvas, middle)]
    return shapes + _marks(lane, canvas, middle)


def _marks(lane: Lane, canvas: _Canvas, middle: float) -> list[str]:
    """Draw posts or logins on a line."""
    shapes = [svg.line(canvas.left, middle, canvas.right, middle, colour="line", width=0.8)]
    bins = int((canvas.right - canvas.left) / 2)
    solid = [t for t in lane.times if t not in lane.hollow]
    step = (canvas.right - canvas.left) / bins
    draw_mark = _tick if lane.kind == "posts" else _login
    for place, n in binned(solid, canvas.window.start, canvas.window.end, bins):
        shapes.append(draw_mark(canvas.left + (place + 0.5) * step, middle, n))
    for place, _ in binned(lane.hollow, canvas.window.start, canvas.window.end, bins):
        x = canvas.left + (place + 0.5) * step
        cross = f"M{svg.n(x - 3)} {svg.n(middle - 3)}l6 6m0 -6l-6 6"
        shapes.append(svg.path(cross, stroke="mark", width=1.4))
    return shapes


def lane_name(lane: Lane, speech: Speech) -> str:
    """Say which lane it is."""
    if lane.others:
        return speech(f"timeline.others_{lane.kind}", n=lane.others)
    return lane.name if lane.name is not None else speech(f"timeline.unnamed_{lane.kind}")


def _tick(x: float, middle: float, count: int) -> str:
    low, high = _TICK
    half = (low + (high - low) * min(count - 1, _MANY) / _MANY) / 2
    return svg.line(x, middle - half, x, middle + half, colour="fill", width=1.4)


def _login(x: float, middle: float, count: int) -> str:
    return svg.dot(x, middle, 2.4 + min(count - 1, _MANY) * 0.3, colour="ink", hollow=True)


def _bar(span: tuple[datetime, datetime], canvas: _Canvas, middle: float, thick: float = 6) -> Iterator[str]:
    """Draw a device from first to last seen; an open end means that it goes on outside the window."""
    start, end = span
    if end < canvas.window.start or start > canvas.window.end:
        return
    x1, x2 = canvas.x(start), canvas.x(end)
    yield svg.box(x1, middle - thick / 2, max(x2 - x1, 2), thick, fill="soft")
    for at, x in ((start, x1), (end, x2)):
        if canvas.window.holds(at):
            yield svg.line(x, middle - thick, x, middle + thick, colour="ink", width=1.8)


def _changes(changes: list[Change], canvas: _Canvas, y: float, focus: Focus) -> tuple[list[str], float]:
    """Draw numbered marks, each in the first row where it touches none before it; give the next free height."""
    shapes: list[str] = []
    ends: list[float] = []
    act = canvas.x(focus.act) if focus.act else -1.0
    for change in changes:
        x = canvas.x(change.at)
        label = str(change.number)
        long = svg.length(label, 10.5, bold=True) + 4
        # The number stands before its mark at the right edge, and where the line of the act would cut it.
        before = x + 8 + long > canvas.right or x < act < x + 8 + long
        start, end = (x - 8 - long, x + 6) if before else (x - 6, x + 8 + long)
        row = next((i for i, taken in enumerate(ends) if taken < start), len(ends))
        if row == len(ends):
            ends.append(end)
        ends[row] = end
        middle = y + 10 + row * _ROW
        at = x - 7 - long if before else x + 6
        shapes.append(svg.box(at, middle - 7, long + 1, 14, fill="paper", opacity=0.85))
        shapes.append(svg.diamond(x, middle, 5))
        shapes.append(svg.words(at + 2, middle + 4, label, size=10.5, bold=True))
    return shapes, y + 4 + max(len(ends), 1) * _ROW


def _band(focus: Focus, canvas: _Canvas, bottom: float, speech: Speech) -> list[str]:
    """Draw the suspected interval of a change as a hatched band."""
    if focus.suspected is None:
        return []
    start, end = focus.suspected
    if end < canvas.window.start or start > canvas.window.end:
        return []
    x1, x2 = canvas.x(start), canvas.x(end)
    x2 = max(x2, x1 + 3)
    shapes = [svg.box(x1, _TOP - 6, x2 - x1, bottom - _TOP + 6, fill="band", opacity=0.14)]
    height = bottom - _TOP + 6
    shapes.append(svg.path(_hatch(x1, _TOP - 6, x2, bottom), stroke="band", width=0.8))
    edges = f"M{svg.n(x1)} {svg.n(_TOP - 6)}v{svg.n(height)}M{svg.n(x2)} {svg.n(_TOP - 6)}v{svg.n(height)}"
    shapes.append(svg.path(edges, stroke="band", width=1))
    label = speech("timeline.suspected")
    x = min(max(x1, canvas.left), canvas.right - svg.length(label, 10.5, bold=True))
    shapes.append(svg.words(x, 9, label, size=10.5, colour="band", bold=True))
    return shapes


def _hatch(left: float, top: float, right: float, bottom: float) -> str:
    """Give lines that rise to the right, cut to a box."""
    steps = ""
    offset = top + 7
    while offset - (right - left) < bottom:
        # On the line x - left = offset - y.
        x1, y1 = left + max(offset - bottom, 0), min(offset, bottom)
        x2, y2 = left + min(offset - top, right - left), max(offset - (right - left), top)
        steps += f"M{svg.n(x1)} {svg.n(y1)}L{svg.n(x2)} {svg.n(y2)}"
        offset += 7
    return steps


def _act(focus: Focus, canvas: _Canvas, bottom: float) -> list[str]:
    if focus.act is None or not canvas.window.holds(focus.act):
        return []
    x = canvas.x(focus.act)
    anchor = "end" if x > canvas.right - svg.length(focus.label, 11, bold=True) - 10 else "start"
    return [
        svg.line(x, _TOP - 14, x, bottom, colour="mark", width=1.8),
        svg.path(f"M{svg.n(x - 5)} {svg.n(_TOP - 15)}h10l-5 7z", fill="mark"),
        svg.words(
            x + (8 if anchor == "start" else -8),
            _TOP - 7,
            focus.label,
            size=11,
            colour="mark",
            bold=True,
            anchor=anchor,
        ),
    ]


def _axis(canvas: _Canvas, y: float, zone: tzinfo, speech: Speech) -> list[str]:
    """Draw days or months, as many labels as fit."""
    shapes = [svg.line(canvas.left, y, canvas.right, y, colour="soft", width=1)]
    local = (canvas.window.start.astimezone(zone), canvas.window.end.astimezone(zone))
    taken = -1.0
    year = None
    for day in _days(local[0].date(), local[1].date(), canvas.right - canvas.left):
        at = datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
        if not canvas.window.holds(at):
            continue
        x = canvas.x(at)
        label = f"{day.day} {speech.month(day.month)}"
        half = svg.length(label, 10) / 2
        shapes.append(svg.line(x, _TOP - 6, x, y, colour="zone", width=1))
        if x - half < taken + 6 or x - half < canvas.left - 4 or x + half > canvas.right + 4:
            continue
        shapes.append(svg.line(x, y, x, y + 5, colour="soft", width=1))
        shapes.append(svg.words(x, y + 16, label, size=10, colour="soft", anchor="middle"))
        if day.year != year:
            shapes.append(svg.words(x, y + 28, str(day.year), size=10, colour="soft", anchor="middle"))
            year = day.year
        taken = x + half
    return shapes


def _days(first: date, last: date, width: float) -> Iterator[date]:
    """Give the days to label: every 1, 2, 5, 10 days, or the firsts of every 1, 2, 3, 6, 12 months."""
    room = max(int(width / 52), 2)
    days = (last - first).days + 1
    for step in (1, 2, 5, 10):
        if days / step <= room:
            day = first
            while day <= last:
                if step <= 2 or (day.day % step == 1 and day.day + step // 2 <= _month_length(day)):  # noqa: PLR2004 - days
                    yield day
                day += timedelta(days=1 if step > 2 else step)  # noqa: PLR2004 - days
            return
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    every = next((step for step in (1, 2, 3, 6, 12) if months / step <= room), 12 * (months // 12 // room + 1))
    for month in range(first.month - 1, first.month - 1 + months):
        if month % every == 0:
            yield date(first.year + month // 12, month % 12 + 1, 1)


def _month_length(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]
