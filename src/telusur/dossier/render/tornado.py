"""Pictures of bars to both sides of a line: what an answer hangs on, and which ways of writing moved a weight.

Length and side carry what they say, never the colour; every bar has its number beside it, and what changes the answer
is marked by a diamond.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from telusur.dossier.render import svg

_MARGIN: Final = 8.0
_SIZE: Final = 11.0
_LINE: Final = 14.0
_BAR: Final = 9.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, from the line to a value.

    Parameters
    ----------
    label
        What it is of.
    value
        Where it ends, in bans.
    said
        The value as it stands beside the bar.
    marked
        Whether it is one that must not be missed.
    """

    label: str
    value: float
    said: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across all bars, named above them.

    Parameters
    ----------
    at
        In bans.
    label
        Its name; empty for none.
    dashed
        Whether it is a threshold rather than the line that bars start from.
    """

    at: float
    label: str
    dashed: bool = False


def draw(
    bars: Sequence[Bar],
    rules: Sequence[Rule],
    *,
    title: str,
    description: str,
    name: str,
    width: float,
    sides: tuple[str, str] = ("", ""),
) -> str:
    """Draw bars from the first rule to their values as SVG.

    Parameters
    ----------
    bars
        Top to bottom.
    rules
        The line that bars start from first, then thresholds.
    title, description
        For those who cannot see it.
    name
        Stem of the ids in the picture.
    width
        In user units.
    sides
        What lies left and right of the line that bars start from.
    """
    numbers = max(svg.length(bar.said, _SIZE, bold=True) for bar in bars) + 14
    left, right = _MARGIN, width - _MARGIN - numbers
    values = [*(bar.value for bar in bars), *(rule.at for rule in rules)]
    low, high = min(values), max(values)
    room = max((high - low) * 0.06, 0.05)
    low, high = low - room, high + room

    def x(bans: float) -> float:
        return left + (bans - low) / (high - low) * (right - left)

    y = _MARGIN
    shapes: list[str] = []
    if any(sides):
        y += _LINE
        at = x(rules[0].at)
        for side, text, anchor in ((-1, sides[0], "end"), (1, sides[1], "start")):
            space = (at - left if side < 0 else width - _MARGIN - at) - 8
            words = svg.fitted(text, 10, max(space, 0.0))
            shapes.append(svg.words(at + side * 6, y - 3, words, size=10, anchor=anchor, bold=True))
    for rule in rules:
        if rule.label:
            y += _LINE
            ends = svg.length(rule.label, 10) > width - _MARGIN - x(rule.at)
            shapes.append(
                svg.words(x(rule.at), y - 3, rule.label, size=10, colour="soft", anchor="end" if ends else "start")
            )
    start = x(rules[0].at)
    lines: list[str] = []
    for bar in bars:
        for label in svg.wrapped(bar.label, _SIZE, width - 2 * _MARGIN, 2):
            y += _LINE
            shapes.append(svg.words(_MARGIN, y - 3, label, size=_SIZE, bold=bar.marked))
        # Beside the bars only, so that no line runs through words.
        lines += [
            svg.line(
                x(rule.at), y, x(rule.at), y + _BAR + 8, colour="soft" if rule.dashed else "ink", width=1.2, dash=dash
            )
            for rule in rules
            for dash in ["2 2" if rule.dashed else ""]
        ]
        middle, end = y + 4 + _BAR / 2, x(bar.value)
        shapes.append(svg.box(min(start, end), y + 4, max(abs(end - start), 1.5), _BAR, fill="fill"))
        if bar.marked:
            shapes.append(svg.diamond(end, middle, 6))
        shapes.append(svg.words(width - _MARGIN, middle + 4, bar.said, size=_SIZE, anchor="end", bold=bar.marked))
        y += _BAR + 12
    return svg.picture(width, math.ceil(y + 6), title, description, name, [*lines, *shapes])
