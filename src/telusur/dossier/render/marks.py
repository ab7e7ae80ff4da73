"""The marks on the timeline: a shape for each network, bars of devices, numbered changes and documents' facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from telusur.dossier.render import svg
from telusur.dossier.render.frame import Canvas, Focus
from telusur.dossier.render.lanes import Lane, Mark, binned
from telusur.dossier.render.speech import Speech

_ROW: Final = 19.0
#: A post's tick is taller the more posts fall on it, up to these.
_TICK: Final = (8.0, 16.0)
_MANY: Final = 6


def shape(number: int, x: float, y: float, more: float = 0) -> str:
    """Draw the shape of a network: circle, square, triangle, cross, filled triangle, filled square; else a tick."""
    r = 2.8 + more
    at = f"{svg.n(x - r)} {svg.n(y - r)}"
    side = svg.n(2 * r)
    match number:
        case 1:
            return svg.dot(x, y, r, colour="ink", hollow=True)
        case 2:
            return svg.path(f"M{at}h{side}v{side}h-{side}z", fill="ink", stroke="paper", width=0.8)
        case 3:
            return svg.path(
                f"M{svg.n(x)} {svg.n(y - r - 1)}L{svg.n(x + r + 0.6)} {svg.n(y + r)}H{svg.n(x - r - 0.6)}Z",
                fill="paper",
                stroke="ink",
                width=1.3,
            )
        case 4:
            return svg.path(
                f"M{svg.n(x - r - 1)} {svg.n(y)}H{svg.n(x + r + 1)}M{svg.n(x)} {svg.n(y - r - 1)}V{svg.n(y + r + 1)}",
                stroke="ink",
                width=1.7,
            )
        case 5:
            return svg.path(
                f"M{svg.n(x)} {svg.n(y + r + 1)}L{svg.n(x + r + 0.6)} {svg.n(y - r)}H{svg.n(x - r - 0.6)}Z",
                fill="ink",
                stroke="paper",
                width=0.8,
            )
        case 6:
            return svg.path(f"M{at}h{side}v{side}h-{side}z", fill="paper", stroke="ink", width=1.3)
        case _:
            return svg.line(x, y - r - 1, x, y + r + 1, colour="ink", width=1.4)


def marks(lane: Lane, canvas: Canvas, middle: float, *, plain: bool = False) -> list[str]:
    """Draw the events of a lane on a line; devices' by the shape of the network."""
    shapes: list[str] = []
    bins = int((canvas.right - canvas.left) / (2 if lane.kind == "posts" else 4))
    step = (canvas.right - canvas.left) / bins

    def places(times: Iterable[datetime]) -> Iterator[tuple[float, int]]:
        for place, n in binned(times, canvas.window.start, canvas.window.end, bins):
            yield canvas.left + (place + 0.5) * step, n

    if lane.kind != "devices":
        shapes.append(svg.line(canvas.left, middle, canvas.right, middle, colour="line", width=0.8))
    if lane.kind == "posts":
        shapes += [_tick(x, middle, n) for x, n in places(t for t in lane.times if t not in lane.hollow)]
        for x, _ in places(lane.hollow):
            cross = f"M{svg.n(x - 3)} {svg.n(middle - 3)}l6 6m0 -6l-6 6"
            shapes.append(svg.path(cross, stroke="mark", width=1.4))
        return shapes
    by_network = lane.by_network or ((lane.number, lane.times),)
    for number, times in by_network:
        shapes += [shape(0 if plain else number, x, middle, min(n - 1, _MANY) * 0.2) for x, n in places(times)]
    return shapes


def _tick(x: float, middle: float, count: int) -> str:
    low, high = _TICK
    half = (low + (high - low) * min(count - 1, _MANY) / _MANY) / 2
    return svg.line(x, middle - half, x, middle + half, colour="fill", width=1.4)


def bar(span: tuple[datetime, datetime], canvas: Canvas, middle: float, thick: float = 6) -> Iterator[str]:
    """Draw a device from first to last seen; an open end means that it goes on outside the window."""
    start, end = span
    if end < canvas.window.start or start > canvas.window.end:
        return
    x1, x2 = canvas.x(start), canvas.x(end)
    yield svg.box(x1, middle - thick / 2, max(x2 - x1, 2), thick, fill="line")
    edge = svg.n(max(x2 - x1, 2))
    yield svg.path(
        f"M{svg.n(x1)} {svg.n(middle - thick / 2)}h{edge}M{svg.n(x1)} {svg.n(middle + thick / 2)}h{edge}",
        stroke="soft",
        width=0.8,
    )
    for at, x in ((start, x1), (end, x2)):
        if canvas.window.holds(at):
            yield svg.line(x, middle - thick, x, middle + thick, colour="ink", width=1.8)


def overlaps(stretches: Sequence[tuple[datetime, datetime, int]], canvas: Canvas, middle: float) -> Iterator[str]:
    """Draw where devices are in use at once: a line for each of them, and how many where there is room."""
    yield svg.line(canvas.left, middle, canvas.right, middle, colour="line", width=0.8)
    for start, end, count in stretches:
        if end < canvas.window.start or start > canvas.window.end:
            continue
        x1, x2 = canvas.x(start), canvas.x(end)
        long = max(x2 - x1, 2)
        steps = "".join(
            f"M{svg.n(x1)} {svg.n(middle + 2.4 * (row - (min(count, 4) - 1) / 2))}h{svg.n(long)}"
            for row in range(min(count, 4))
        )
        yield svg.path(steps, stroke="ink", width=1.3)
        label = str(count)
        room = svg.length(label, 10, bold=True) + 6
        if long > room + 4:
            x = (x1 + x2) / 2
            yield svg.box(x - room / 2, middle - 7, room, 14, fill="paper")
            yield svg.words(x, middle + 3.5, label, size=10, anchor="middle", bold=True)


def numbered(found: Sequence[Mark], canvas: Canvas, y: float, focus: Focus, speech: Speech) -> tuple[list[str], float]:
    """Draw numbered marks, each in the first row where it touches none before it; give the next free height."""
    shapes: list[str] = []
    ends: list[float] = []
    act = canvas.x(focus.act) if focus.act else -1.0
    for mark in found:
        x1, x2 = canvas.x(mark.at), canvas.x(mark.until)
        label = str(mark.number)
        if mark.device:
            label += f" {speech('timeline.code_devices', n=mark.device)}"
        if mark.contradicted:
            label += f" {speech('timeline.contradicted')}"
        long = svg.length(label, 10.5, bold=True) + 4
        # The number stands before its mark at the right edge, and where the line of the act would cut it.
        before = x1 - 8 - long >= 0 and (x2 + 8 + long > canvas.right or x2 < act < x2 + 8 + long)
        start, end = (x1 - 8 - long, x2 + 6) if before else (x1 - 6, x2 + 8 + long)
        row = next((i for i, taken in enumerate(ends) if taken < start), len(ends))
        if row == len(ends):
            ends.append(end)
        ends[row] = end
        middle = y + 10 + row * _ROW
        at = x1 - 7 - long if before else min(x2 + 6, canvas.right - long)
        shapes.append(svg.box(at, middle - 7, long + 1, 14, fill="paper", opacity=0.85))
        if x2 > x1:
            ticks = f"M{svg.n(x1)} {svg.n(middle)}H{svg.n(x2)}M{svg.n(x2)} {svg.n(middle - 4)}v8"
            shapes.append(svg.path(ticks, stroke="mark", width=1.4))
        shapes.append(_sign(mark, x1, middle))
        shapes.append(svg.words(at + 2, middle + 4, label, size=10.5, bold=True))
    return shapes, y + 4 + max(len(ends), 1) * _ROW


def _sign(mark: Mark, x: float, y: float) -> str:
    """Draw a diamond; a hollow one where the document is contradicted."""
    if not mark.contradicted:
        return svg.diamond(x, y, 5)
    return svg.path(
        f"M{svg.n(x)} {svg.n(y - 5)}L{svg.n(x + 5)} {svg.n(y)}L{svg.n(x)} {svg.n(y + 5)}L{svg.n(x - 5)} {svg.n(y)}Z",
        fill="paper",
        stroke="mark",
        width=1.5,
    )
