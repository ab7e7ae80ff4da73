"""Funnel plots: places as points within the limits that chance allows, a panel a step.

A point's place tells how many cases it rests on; those counts are not in the release, so that they stand in classes,
and the limits are drawn for all sizes rather than for those that places have.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from telusur.balance import funnel_limits
from telusur.dossier.balance_report.drawing import both
from telusur.dossier.render import svg
from telusur.dossier.render.charts import NARROW, Axis
from telusur.dossier.render.speech import Speech

_MARGIN: Final = 8.0
_HIGH: Final = 190.0
_CLASSES: Final = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_MARKS: Final = (1.0, 2.0, 5.0)
_FEWEST: Final = 10
_GRID: Final = 60
_BETWEEN: Final = 24.0
_LINES: Final = (("998", "", 1.4), ("95", "4 3", 1.1))


@dataclass(frozen=True, slots=True)
class Point:
    """A place: its cases, the share that passed, and whether it lies outside the 99.8 % limits."""

    n: float
    share: float
    outside: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """One step.

    Parameters
    ----------
    title
        What it is.
    points
        Its places.
    overall
        Share of all.
    dispersion
        How many times wider than chance places scatter; 1 where they do not.
    """

    title: str
    points: Sequence[Point]
    overall: float
    dispersion: float


def classed(n: float) -> int:
    """Give the class of a number of cases: about one in four more from each to the next."""
    scale = 10.0 ** math.floor(math.log10(n))
    return round(scale * min(_CLASSES, key=lambda one: abs(math.log(one * scale / n))))


def panels(found: Sequence[Panel], say: Speech, *, title: str, description: str, name: str) -> tuple[str, str]:
    """Draw the panels at both widths: two beside each other, or all one below the other."""

    def draw(width: float, ids: str) -> str:
        across = 2 if width > NARROW and len(found) > 1 else 1
        one = width / across
        shapes, top = _legend(width, say)
        for place, panel in enumerate(found):
            down, right = divmod(place, across)
            shapes += _panel(panel, one * right, top + down * (_HIGH + 62), one, say)
        rows = math.ceil(len(found) / across)
        return svg.picture(width, top + rows * (_HIGH + 62), title, description, ids, shapes)

    return both(draw, name)


def _legend(width: float, say: Speech) -> tuple[list[str], float]:
    shapes: list[str] = []
    x, y = _MARGIN, 14.0
    marks = [
        (svg.line(0, 0, 26, 0, colour="soft", width=weight, dash=dash), say(f"legend.limits{limit}"))
        for limit, dash, weight in _LINES
    ]
    marks += [
        (svg.dot(13, 0, 3.4, hollow=hollow), say(f"legend.{key}"))
        for key, hollow in (("within", True), ("outside", False))
    ]
    for mark, told in marks:
        long = 34 + svg.length(told, 10) + 14
        if x + long > width and x > _MARGIN:
            x, y = _MARGIN, y + 16
        shapes.append(f'<g transform="translate({svg.n(x)} {svg.n(y - 3.5)})">{mark}</g>')
        shapes.append(svg.words(x + 34, y, told, size=10))
        x += long
    return shapes, y + 12


def _panel(panel: Panel, x0: float, y0: float, width: float, say: Speech) -> list[str]:
    held = [Point(classed(point.n), point.share, point.outside) for point in panel.points]
    most = max(point.n for point in held)
    up = Axis(say("axis.share"), 0, 1, (0, 0.25, 0.5, 0.75, 1), 2)
    left, right, top = x0 + _MARGIN + 34, x0 + width - _MARGIN - 8, y0 + 32
    bottom = top + _HIGH - 22

    def x(n: float) -> float:
        return left + (right - left) * math.sqrt(n / most)

    def y(share: float) -> float:
        return bottom - up.share(share) * (bottom - top)

    shapes = [
        svg.words(x0 + _MARGIN, y0 + 12, svg.fitted(panel.title, 12, width - 16), size=12, bold=True),
        svg.words(x0 + _MARGIN, y0 + 25, svg.fitted(up.title, 10, width - 16), size=10, colour="soft"),
    ]
    for tick in up.ticks:
        shapes.append(svg.line(left, y(tick), right, y(tick), colour="line", width=0.8))
        shapes.append(svg.words(left - 5, y(tick) + 3.5, up.mark(tick, say), size=10, colour="soft", anchor="end"))
    shapes.append(svg.line(left, y(panel.overall), right, y(panel.overall), colour="soft", width=1))
    sizes = np.unique(np.geomspace(min(_FEWEST, most), most, _GRID).round().astype(np.int64))
    within = funnel_limits(sizes, panel.overall, panel.dispersion)
    for limit, dash, weight in _LINES:
        for side in ("lower", "upper"):
            ends = zip(sizes.tolist(), within[f"{side}{limit}"].tolist(), strict=True)
            steps = "".join(
                f"{'L' if number else 'M'}{svg.n(x(n))} {svg.n(y(end))}" for number, (n, end) in enumerate(ends)
            )
            drawn = svg.path(steps, stroke="soft", width=weight)
            shapes.append(drawn.replace("/>", f' stroke-dasharray="{dash}"/>') if dash else drawn)
    shapes.append(svg.line(left, bottom, right, bottom, colour="soft"))
    at = math.inf
    for mark in _marks(most):
        # From the largest down, as long as there is room.
        if at - x(mark) >= _BETWEEN:
            at = x(mark)
            shapes.append(svg.line(at, bottom, at, bottom + 4, colour="soft"))
            shapes.append(svg.words(at, bottom + 15, say.number(mark), size=10, colour="soft", anchor="middle"))
    shapes += [svg.dot(x(point.n), y(point.share), 3.4, hollow=not point.outside) for point in held]
    axis = svg.fitted(say("axis.cases"), 10, width - 16)
    shapes.append(svg.words((left + right) / 2, bottom + 29, axis, size=10, colour="soft", anchor="middle"))
    return shapes


def _marks(most: float) -> list[int]:
    return [
        mark
        for power in range(6, 0, -1)
        for part in reversed(_MARKS)
        if _FEWEST <= (mark := round(part * 10**power)) <= most
    ]
