"""Charts of a report: curves on one pair of axes, and a row of intervals; plain SVG, wide and narrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from telusur.dossier.render import svg
from telusur.dossier.render.speech import Speech

Floats = NDArray[np.float64]

WIDE: Final = 720.0
NARROW: Final = 340.0
_MARGIN: Final = 8.0
_SIZE: Final = 11.0
_HEIGHT: Final = 300.0
_TOP: Final = 14.0
_LABEL: Final = 15.0

Dash = Literal["", "6 4", "2 3"]


@dataclass(frozen=True, eq=False)
class Curve:
    """One curve.

    Parameters
    ----------
    label
        What it is; also told in the legend, with its dash.
    x, y
        Its points, x ascending.
    dash
        What tells it from the others without colour.
    colour
        And with it.
    """

    label: str
    x: Floats
    y: Floats
    dash: Dash = ""
    colour: str = "fill"


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis.

    Parameters
    ----------
    title
        What it measures, with its unit.
    low, high
        Its ends.
    ticks
        Where it is marked.
    decimals
        Of the marks.
    signed
        Whether the marks carry their sign.
    """

    title: str
    low: float
    high: float
    ticks: Sequence[float]
    decimals: int = 0
    signed: bool = False

    def share(self, value: float) -> float:
        """Give where a value lies between the ends, 0 to 1."""
        return (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)

    def mark(self, value: float, say: Speech) -> str:
        """Say a value on it."""
        return say.signed(value, self.decimals) if self.signed else say.number(value, self.decimals)


def curves(
    found: Sequence[Curve], across: Axis, up: Axis, say: Speech, *, title: str, description: str, name: str
) -> tuple[str, str]:
    """Draw curves at both widths."""
    wide, narrow = (
        _curves(found, across, up, say, title, description, f"{name}-{form}", width)
        for form, width in (("w", WIDE), ("n", NARROW))
    )
    return wide, narrow


def _curves(
    found: Sequence[Curve], across: Axis, up: Axis, say: Speech, title: str, description: str, name: str, width: float
) -> str:
    legend = _TOP + _LABEL * len(found)
    left = _MARGIN + max(svg.length(up.mark(tick, say), 10) for tick in up.ticks) + 8
    right, top, bottom = width - _MARGIN - 6, legend + 22, legend + 22 + (_HEIGHT if width > NARROW else 220)

    def x(value: float) -> float:
        return left + across.share(value) * (right - left)

    def y(value: float) -> float:
        return bottom - up.share(value) * (bottom - top)

    shapes: list[str] = []
    for number, curve in enumerate(found):
        middle = _TOP + _LABEL * number - 4
        shapes.append(svg.line(_MARGIN, middle, _MARGIN + 30, middle, colour=curve.colour, width=2.2, dash=curve.dash))
        label = svg.fitted(curve.label, _SIZE, width - 2 * _MARGIN - 38)
        shapes.append(svg.words(_MARGIN + 38, middle + 4, label, size=_SIZE))
    shapes.append(svg.words(_MARGIN, top - 8, svg.fitted(up.title, 10, width - 16), size=10, colour="soft"))
    for tick in up.ticks:
        shapes.append(svg.line(left, y(tick), right, y(tick), colour="line", width=0.8))
        shapes.append(svg.words(left - 6, y(tick) + 3.5, up.mark(tick, say), size=10, colour="soft", anchor="end"))
    for tick in across.ticks:
        shapes.append(svg.line(x(tick), bottom, x(tick), bottom + 4, colour="soft"))
        mark = across.mark(tick, say)
        shapes.append(svg.words(x(tick), bottom + 16, mark, size=10, colour="soft", anchor="middle"))
    if across.low < 0 < across.high:
        shapes.append(svg.line(x(0), top, x(0), bottom, colour="soft", width=1))
    shapes.append(svg.line(left, bottom, right, bottom, colour="soft"))
    for curve in found:
        steps = "".join(
            f"{'L' if number else 'M'}{svg.n(x(a))} {svg.n(y(b))}"
            for number, (a, b) in enumerate(zip(curve.x.tolist(), curve.y.tolist(), strict=True))
        )
        shapes.append(_dashed(svg.path(steps, stroke=curve.colour, width=2.2), curve.dash))
    middle = (left + right) / 2
    shapes.append(
        svg.words(
            middle, bottom + 32, svg.fitted(across.title, 10, width - 16), size=10, colour="soft", anchor="middle"
        )
    )
    return svg.picture(width, bottom + 40, title, description, name, shapes)


def _dashed(shape: str, dash: str) -> str:
    return shape.replace("/>", f' stroke-dasharray="{dash}"/>') if dash else shape


@dataclass(frozen=True, slots=True)
class Row:
    """One value with its interval.

    Parameters
    ----------
    label
        What it is of.
    value, lower, upper
        And what it is.
    beside
        Another value, drawn hollow: what is left after the best recalibration.
    """

    label: str
    value: float
    lower: float
    upper: float
    beside: float


def intervals(
    rows: Sequence[Row], axis: Axis, say: Speech, *, title: str, description: str, name: str
) -> tuple[str, str]:
    """Draw values with their intervals, one below the other, at both widths."""
    wide, narrow = (
        _intervals(rows, axis, say, title, description, f"{name}-{form}", width)
        for form, width in (("w", WIDE), ("n", NARROW))
    )
    return wide, narrow


def _intervals(
    rows: Sequence[Row], axis: Axis, say: Speech, title: str, description: str, name: str, width: float
) -> str:
    roomy = width > NARROW
    left = min(max(svg.length(row.label, _SIZE) for row in rows) + 16, 0.56 * width) if roomy else _MARGIN
    right = width - _MARGIN - (126 if roomy else 6)

    def x(value: float) -> float:
        return left + axis.share(value) * (right - left)

    top = y = 10.0
    shapes: list[str] = []
    for row in rows:
        if roomy:
            y += 20
            label = svg.fitted(row.label, _SIZE, left - 16)
            shapes.append(svg.words(left - 8, y + 4, label, size=_SIZE, anchor="end"))
            told = f"{say.number(row.value, 2)} [{say.number(row.lower, 2)}; {say.number(row.upper, 2)}]"
            shapes.append(svg.words(width - _MARGIN, y + 4, told, size=10, anchor="end"))
        else:
            y += 16
            shapes.append(svg.words(_MARGIN, y + 3, svg.fitted(row.label, 10, width - 16), size=10))
            y += 14
        shapes.append(svg.line(x(row.lower), y, x(row.upper), y, colour="fill", width=3))
        shapes.append(svg.dot(x(row.beside), y, 3.6, hollow=True))
        shapes.append(svg.diamond(x(row.value), y, 5, colour="mark"))
    behind = [svg.line(x(tick), top, x(tick), y + 12, colour="line", width=0.8) for tick in axis.ticks]
    y += 12
    axes = [svg.line(left, y, right, y, colour="soft")]
    axes += [
        svg.words(x(tick), y + 14, axis.mark(tick, say), size=10, colour="soft", anchor="middle") for tick in axis.ticks
    ]
    told_axis = svg.fitted(axis.title, 10, width - 16)
    axes.append(svg.words(width / 2, y + 29, told_axis, size=10, colour="soft", anchor="middle"))
    return svg.picture(width, y + 36, title, description, name, [*behind, *shapes, *axes])
