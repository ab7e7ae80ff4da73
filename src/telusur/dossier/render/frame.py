"""The frame of the timeline: which stretch is drawn, its axis, the act as a line through it, and a suspected change."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final

from telusur.dossier.render import svg
from telusur.dossier.render.speech import Speech

MARGIN: Final = 8.0
TOP: Final = 30.0
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


@dataclass(frozen=True, slots=True)
class Canvas:
    """Where times lie in a picture of a width in user units."""

    window: Window
    width: float

    @property
    def left(self) -> float:
        """Left edge of what is drawn."""
        return MARGIN

    @property
    def right(self) -> float:
        """Right edge of what is drawn."""
        return self.width - MARGIN

    def x(self, at: datetime) -> float:
        """Give where a time lies, or the edge beyond which it lies."""
        part = (at - self.window.start) / self.window.length
        return self.left + min(max(part, 0.0), 1.0) * (self.right - self.left)


def band(focus: Focus, canvas: Canvas, bottom: float, speech: Speech) -> list[str]:
    """Draw the suspected interval of a change as a hatched band."""
    if focus.suspected is None:
        return []
    start, end = focus.suspected
    if end < canvas.window.start or start > canvas.window.end:
        return []
    x1, x2 = canvas.x(start), canvas.x(end)
    x2 = max(x2, x1 + 3)
    shapes = [svg.box(x1, TOP - 6, x2 - x1, bottom - TOP + 6, fill="band", opacity=0.14)]
    height = bottom - TOP + 6
    shapes.append(svg.path(_hatch(x1, TOP - 6, x2, bottom), stroke="band", width=0.8))
    edges = f"M{svg.n(x1)} {svg.n(TOP - 6)}v{svg.n(height)}M{svg.n(x2)} {svg.n(TOP - 6)}v{svg.n(height)}"
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


def act(focus: Focus, canvas: Canvas, bottom: float) -> list[str]:
    """Draw the act as a line through everything."""
    if focus.act is None or not canvas.window.holds(focus.act):
        return []
    x = canvas.x(focus.act)
    anchor = "end" if x > canvas.right - svg.length(focus.label, 11, bold=True) - 10 else "start"
    return [
        svg.line(x, TOP - 14, x, bottom, colour="mark", width=1.8),
        svg.path(f"M{svg.n(x - 5)} {svg.n(TOP - 15)}h10l-5 7z", fill="mark"),
        svg.words(
            x + (8 if anchor == "start" else -8),
            TOP - 7,
            focus.label,
            size=11,
            colour="mark",
            bold=True,
            anchor=anchor,
        ),
    ]


def axis(canvas: Canvas, y: float, zone: tzinfo, speech: Speech) -> list[str]:
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
        shapes.append(svg.line(x, TOP - 6, x, y, colour="zone", width=1))
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
