"""The pictures of the report: bars, ratios on a logarithmic axis, stacked shares, points within limits, waiting times.

Groups stand in the order of their codes and in one colour: none is made to look good or bad.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from telusur.dossier.render import svg
from telusur.dossier.render.charts import NARROW, WIDE, Axis
from telusur.dossier.render.speech import Speech

_MARGIN: Final = 8.0
_SIZE: Final = 11.0
_LOW, _HIGH = 0.25, 4.0
_SHADES: Final = (0.15, 0.3, 0.45, 0.6, 0.75, 0.95)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: what it is of, how long, and what is written beside it."""

    label: str
    value: float
    told: str


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio with its interval, and the smallest one that could have been seen."""

    label: str
    value: float
    lower: float
    upper: float
    detectable: float


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a funnel plot: cases, and share that passed."""

    n: float
    share: float
    outside: bool


@dataclass(frozen=True, slots=True)
class Stack:
    """Shares of one group that together make one, each with its name."""

    label: str
    shares: Sequence[tuple[str, float]]


def _both(draw: Callable[[float, str], str], name: str) -> tuple[str, str]:
    return draw(WIDE, f"{name}-w"), draw(NARROW, f"{name}-n")


def bars(found: Sequence[Bar], *, title: str, description: str, name: str) -> tuple[str, str]:
    """Draw bars at both widths."""
    most = max(bar.value for bar in found) or 1.0

    def draw(width: float, ids: str) -> str:
        shapes: list[str] = []
        room = max(svg.length(bar.told, _SIZE) for bar in found) + 8
        y = 4.0
        for bar in found:
            y += 14
            shapes.append(svg.words(_MARGIN, y, svg.fitted(bar.label, _SIZE, width - 16), size=_SIZE))
            long = (width - 2 * _MARGIN - room) * bar.value / most
            shapes.append(svg.box(_MARGIN, y + 4, long, 12, fill="fill"))
            shapes.append(svg.words(_MARGIN + long + 6, y + 14, bar.told, size=_SIZE))
            y += 22
        return svg.picture(width, y + 4, title, description, ids, shapes)

    return _both(draw, name)


def ratios(found: Sequence[Ratio], say: Speech, *, title: str, description: str, name: str) -> tuple[str, str]:
    """Draw ratios on a logarithmic axis at both widths; the pale band is what could not have been seen."""
    ticks = (0.25, 0.5, 1.0, 2.0, 4.0)

    def draw(width: float, ids: str) -> str:
        left, right = _MARGIN + 6, width - _MARGIN - 10

        def x(value: float) -> float:
            held = min(max(value, _LOW), _HIGH)
            return left + (right - left) * (math.log(held / _LOW) / math.log(_HIGH / _LOW))

        shapes: list[str] = []
        y = 6.0
        for one in found:
            y += 14
            shapes.append(svg.words(_MARGIN, y, svg.fitted(one.label, _SIZE, width - 16), size=_SIZE))
            y += 12
            low, high = x(1 / one.detectable), x(one.detectable)
            shapes.append(svg.box(low, y - 6, high - low, 12, fill="line", opacity=0.45))
            shapes.append(svg.line(x(one.lower), y, x(one.upper), y, colour="fill", width=3))
            shapes.append(svg.diamond(x(one.value), y, 5))
            y += 6
        bottom = y + 8
        behind = [
            svg.line(x(tick), 6, x(tick), bottom, colour="soft" if tick == 1 else "line", width=0.9) for tick in ticks
        ]
        marks = [
            svg.words(x(tick), bottom + 14, say.number(tick, 2), size=10, colour="soft", anchor="middle")
            for tick in ticks
        ]
        axis = svg.words(width / 2, bottom + 29, svg.fitted(say("axis.ratio"), 10, width - 16), size=10,
                         colour="soft", anchor="middle")  # fmt: skip
        return svg.picture(width, bottom + 36, title, description, ids, [*behind, *shapes, *marks, axis])

    return _both(draw, name)


def stacks(found: Sequence[Stack], *, title: str, description: str, name: str) -> tuple[str, str]:
    """Draw shares that make one, a row a group, at both widths; each part carries its name or number in the legend."""
    names = list(dict.fromkeys(label for stack in found for label, _ in stack.shares))

    def draw(width: float, ids: str) -> str:
        shapes: list[str] = []
        y = 2.0
        for place, label in enumerate(names):
            y += 16
            shapes.append(svg.box(_MARGIN, y - 9, 18, 11, fill="fill", opacity=_SHADES[place % len(_SHADES)]))
            shapes.append(svg.words(_MARGIN + 24, y, svg.fitted(label, _SIZE, width - 48), size=_SIZE))
        for stack in found:
            y += 24
            shapes.append(svg.words(_MARGIN, y, svg.fitted(stack.label, _SIZE, width - 16), size=_SIZE))
            x, y = _MARGIN, y + 5
            for label, part in stack.shares:
                long = (width - 2 * _MARGIN) * part
                shade = _SHADES[names.index(label) % len(_SHADES)]
                shapes.append(svg.box(x, y, max(long - 1, 0), 16, fill="fill", opacity=shade))
                x += long
            y += 18
        return svg.picture(width, y + 6, title, description, ids, shapes)

    return _both(draw, name)


def points(
    found: Sequence[Point], limits: Sequence[tuple[float, float, float]], overall: float, say: Speech,
    *, title: str, description: str, name: str,
) -> tuple[str, str]:  # fmt: skip
    """Draw a funnel plot at both widths: points within the limits that chance allows.

    Parameters
    ----------
    found
        The points.
    limits
        Cases, lower and upper limit, by ascending cases.
    overall
        Share of all.
    """
    most = max([point.n for point in found] + [row[0] for row in limits]) or 1.0
    up = Axis(say("axis.share"), 0, 1, (0, 0.25, 0.5, 0.75, 1), 2)

    def draw(width: float, ids: str) -> str:
        left, right, top, bottom = _MARGIN + 34, width - _MARGIN - 6, 24.0, 264.0

        def x(n: float) -> float:
            return left + (right - left) * math.sqrt(n / most)

        def y(share: float) -> float:
            return bottom - up.share(share) * (bottom - top)

        shapes = [svg.words(_MARGIN, 14, up.title, size=10, colour="soft")]
        for tick in up.ticks:
            shapes.append(svg.line(left, y(tick), right, y(tick), colour="line", width=0.8))
            shapes.append(svg.words(left - 5, y(tick) + 3.5, up.mark(tick, say), size=10, colour="soft", anchor="end"))
        shapes.append(svg.line(left, y(overall), right, y(overall), colour="soft", width=1.4))
        for side in (1, 2):
            steps = "".join(
                f"{'M' if place == 0 else 'L'}{svg.n(x(row[0]))} {svg.n(y(row[side]))}"
                for place, row in enumerate(limits)
            )
            if steps:
                shapes.append(svg.path(steps, stroke="soft", width=1.2))
        for part in (0.25, 0.5, 0.75, 1):
            n = most * part**2
            shapes.append(svg.line(x(n), bottom, x(n), bottom + 4, colour="soft"))
            shapes.append(svg.words(x(n), bottom + 15, say.number(round(n)), size=10, colour="soft", anchor="middle"))
        shapes += [svg.dot(x(point.n), y(point.share), 3.4, hollow=not point.outside) for point in found]
        shapes.append(
            svg.words((left + right) / 2, bottom + 30, say("axis.cases"), size=10, colour="soft", anchor="middle")
        )
        return svg.picture(width, bottom + 38, title, description, ids, shapes)

    return _both(draw, name)
