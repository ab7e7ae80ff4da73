"""The simple pictures of the report: bars, ratios on a logarithmic axis, stacked shares.

Groups stand in the order of their codes and in one colour: none is made to look good or bad.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from telusur.dossier.render import svg
from telusur.dossier.render.charts import NARROW, WIDE
from telusur.dossier.render.speech import Speech

_MARGIN: Final = 8.0
_SIZE: Final = 11.0
_LOW, _HIGH = 0.25, 4.0
_PALE, _FULL = 0.2, 0.95


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: what it is of, how long, and what is written beside it."""

    label: str
    value: float
    told: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars on one scale of their own, under a title; no title for the only ones of a picture."""

    title: str
    bars: Sequence[Bar]
    pale: bool = False


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio with its interval, and the smallest one that could have been seen."""

    label: str
    value: float
    lower: float
    upper: float
    detectable: float


@dataclass(frozen=True, slots=True)
class Stack:
    """Shares of one group that together make one, each with its name."""

    label: str
    shares: Sequence[tuple[str, float]]


def both(draw: Callable[[float, str], str], name: str) -> tuple[str, str]:
    """Draw a picture at both widths."""
    return draw(WIDE, f"{name}-w"), draw(NARROW, f"{name}-n")


def bars(found: Sequence[Bars], *, title: str, description: str, name: str) -> tuple[str, str]:
    """Draw bars, one set below the other, at both widths."""

    def draw(width: float, ids: str) -> str:
        shapes: list[str] = []
        y = 4.0
        for part in found:
            if part.title:
                y += 14
                shapes.append(svg.words(_MARGIN, y, svg.fitted(part.title, 12, width - 16), size=12, bold=True))
                y += 4
            most = max(bar.value for bar in part.bars) or 1.0
            room = max(svg.length(bar.told, _SIZE) for bar in part.bars) + 8
            for bar in part.bars:
                y += 14
                shapes.append(svg.words(_MARGIN, y, svg.fitted(bar.label, _SIZE, width - 16), size=_SIZE))
                long = (width - 2 * _MARGIN - room) * bar.value / most
                shapes.append(svg.box(_MARGIN, y + 4, long, 12, fill="fill", opacity=0.5 if part.pale else 1))
                shapes.append(svg.words(_MARGIN + long + 6, y + 14, bar.told, size=_SIZE))
                y += 22
            y += 6
        return svg.picture(width, y, title, description, ids, shapes)

    return both(draw, name)


def ratios(found: Sequence[Ratio], say: Speech, *, title: str, description: str, name: str) -> tuple[str, str]:
    """Draw ratios on a logarithmic axis at both widths; the pale band is what could not have been seen."""
    ticks = (0.25, 0.5, 1.0, 2.0, 4.0)

    def draw(width: float, ids: str) -> str:
        roomy = width > NARROW
        labels = min(max(svg.length(one.label, _SIZE) for one in found) + 8, 0.4 * width) if roomy else 0.0
        left, right = _MARGIN + 6 + labels, width - _MARGIN - (126 if roomy else 10)

        def x(value: float) -> float:
            held = min(max(value, _LOW), _HIGH)
            return left + (right - left) * (math.log(held / _LOW) / math.log(_HIGH / _LOW))

        shapes: list[str] = []
        rows: list[float] = []
        y = 6.0
        for one in found:
            y += 16
            if roomy:
                y += 4
                shapes.append(svg.words(_MARGIN, y + 4, svg.fitted(one.label, _SIZE, labels), size=_SIZE))
                shapes.append(svg.words(width - _MARGIN, y + 4, _told(one, say), size=10, anchor="end"))
            else:
                shapes.append(svg.words(_MARGIN, y, svg.fitted(one.label, _SIZE, width - 16), size=_SIZE))
                y += 13
            rows.append(y)
            low, high = x(1 / one.detectable), x(one.detectable)
            shapes.append(svg.box(low, y - 6, high - low, 12, fill="line", opacity=0.45))
            shapes.append(svg.line(x(one.lower), y, x(one.upper), y, colour="fill", width=3))
            # What leaves the axis points there.
            shapes += [_beyond(x(_LOW), y, -1)] * (one.lower < _LOW) + [_beyond(x(_HIGH), y, 1)] * (one.upper > _HIGH)
            shapes.append(svg.diamond(x(one.value), y, 5))
            y += 0 if roomy else 4
        bottom = y + 8
        # On a telephone labels stand across the whole width, and no line runs through them.
        spans = [(6.0, bottom)] if roomy else [(middle - 8, middle + 8) for middle in rows]
        behind = [
            svg.line(x(tick), above, x(tick), below, colour="soft" if tick == 1 else "line", width=0.9)
            for tick in ticks
            for above, below in spans
        ]
        marks = [
            svg.words(x(tick), bottom + 14, say.number(tick, 2), size=10, colour="soft", anchor="middle")
            for tick in ticks
        ]
        axis = svg.words(width / 2, bottom + 29, svg.fitted(say("axis.ratio"), 10, width - 16), size=10,
                         colour="soft", anchor="middle")  # fmt: skip
        return svg.picture(width, bottom + 36, title, description, ids, [*behind, *shapes, *marks, axis])

    return both(draw, name)


def _told(one: Ratio, say: Speech) -> str:
    ends = (say.number(one.lower, 2), say.number(one.upper, 2) if math.isfinite(one.upper) else "∞")
    return f"{say.number(one.value, 2)} [{ends[0]}; {ends[1]}]"


def _beyond(x: float, y: float, way: int) -> str:
    return svg.path(
        f"M{svg.n(x)} {svg.n(y - 5)}L{svg.n(x + 7 * way)} {svg.n(y)}L{svg.n(x)} {svg.n(y + 5)}Z", fill="fill"
    )


def stacks(
    found: Sequence[Stack], names: Sequence[str], *, title: str, description: str, name: str, rest: str
) -> tuple[str, str]:
    """Draw shares that make one, a row a group, at both widths.

    Parameters
    ----------
    found
        The rows.
    names
        The parts that any row has, from pale to dark.
    rest
        What is left where shares make less than one; told in the legend.
    """
    shades = [_PALE + (_FULL - _PALE) * place / max(len(names) - 1, 1) for place in range(len(names))]

    def draw(width: float, ids: str) -> str:
        shapes: list[str] = []
        x, y = _MARGIN, 18.0
        for label, shade in [*zip(names, shades, strict=True), (rest, None)]:
            told = svg.fitted(label, _SIZE, width - 48)
            long = 24 + svg.length(told, _SIZE) + 16
            if x + long > width and x > _MARGIN:
                x, y = _MARGIN, y + 17
            if shade is None:
                shapes.append(_frame(x, y - 9, 18, 11))
            else:
                shapes.append(svg.box(x, y - 9, 18, 11, fill="fill", opacity=shade))
            shapes.append(svg.words(x + 24, y, told, size=_SIZE))
            x += long
        for stack in found:
            y += 24
            shapes.append(svg.words(_MARGIN, y, svg.fitted(stack.label, _SIZE, width - 16), size=_SIZE))
            x, y = _MARGIN, y + 5
            shapes.append(_frame(x, y, width - 2 * _MARGIN, 16))
            # Rounded shares may make a little more than one.
            whole = max(sum(part for _, part in stack.shares), 1.0)
            for label, part in stack.shares:
                long = (width - 2 * _MARGIN) * part / whole
                shapes.append(svg.box(x, y, max(long - 1, 0), 16, fill="fill", opacity=shades[names.index(label)]))
                x += long
            y += 18
        return svg.picture(width, y + 6, title, description, ids, shapes)

    return both(draw, name)


def _frame(x: float, y: float, width: float, height: float) -> str:
    n = svg.n
    return svg.path(f"M{n(x)} {n(y)}H{n(x + width)}V{n(y + height)}H{n(x)}Z", stroke="soft", width=0.8)
