"""The picture of the weights: a dot with its interval and its cap for each item and proposition, in bans.

A forest plot: everything right of the zero line supports the named proposition over the owner, everything left of it
the owner. A filled dot is calibrated on data, a hollow one is a named person's judgement.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from telusur.domain import scale
from telusur.domain.proposition import ALTERNATIVES, Proposition
from telusur.domain.weight import Weight
from telusur.dossier.render import svg
from telusur.dossier.render.speech import Speech
from telusur.tracing import Combined, Item

_MARGIN: Final = 8.0
_ROW: Final = 19.0
_LINE: Final = 14.0
_SIZE: Final = 11.0
#: Taller pictures are split, so that each fits on a printed page.
_TALLEST: Final = 800.0


@dataclass(frozen=True, slots=True)
class _Group:
    """One item, or all together: a label above rows of weights."""

    label: str
    weights: Sequence[tuple[Proposition, Weight]]
    together: bool = False


def draw(
    items: Sequence[Item], combined: Combined, speech: Speech, *, name: str, widths: Sequence[float], act: str
) -> list[tuple[str, ...]]:
    """Draw the weights of items, and of all together last, as SVG.

    Parameters
    ----------
    items, combined
        What to draw; items without weights are left out.
    name
        Stem of the ids in the pictures.
    widths
        In user units; the first decides what fits into one picture.
    act
        What the act is called.

    Returns
    -------
    list
        For each part, its picture in every width.
    """
    groups = [
        _Group(f"{number}. {speech.of(item.what)}", _weights(item.weights))
        for number, item in enumerate(items, start=1)
        if item.weights
    ]
    groups.append(_Group(speech("weights.together"), _weights(combined.weights), together=True))
    layouts = [_Layout.around(groups, width, speech) for width in widths]
    parts: list[list[_Group]] = [[]]
    height = 0.0
    for group in groups:
        tall = layouts[0].height(group)
        if parts[-1] and height + tall > _TALLEST:
            parts.append([])
            height = 0.0
        parts[-1].append(group)
        height += tall
    return [
        tuple(
            _page(part, layout, speech, f"{name}-{number}-{form}", act, (number, len(parts)))
            for form, layout in enumerate(layouts)
        )
        for number, part in enumerate(parts, start=1)
    ]


def _weights(weights: Mapping[Proposition, Weight]) -> list[tuple[Proposition, Weight]]:
    return [(p, weights[p]) for p in ALTERNATIVES if p in weights]


@dataclass(frozen=True, slots=True)
class _Layout:
    width: float
    left: float
    right: float
    low: float
    high: float

    @classmethod
    def around(cls, groups: Sequence[_Group], width: float, speech: Speech) -> _Layout:
        """Leave room for the longest name at the left and for the numbers at the right, if there is room at all."""
        names = max(svg.length(speech.of(p.short), _SIZE) for p in ALTERNATIVES)
        # The cap of a sum says little and would push everything else together.
        bounds = [
            bound
            for group in groups
            for _, w in group.weights
            for bound in ((w.lower, w.upper) if group.together else (w.floor, w.ceiling))
        ]
        roomy = width > 500  # noqa: PLR2004 - user units; a telephone's picture is 340 wide
        return cls(
            width,
            _MARGIN + (names + 14 if roomy else min(names + 10, 0.39 * width)),
            width - _MARGIN - (150 if roomy else 0),
            min(-2, math.floor(min(bounds, default=0) - 0.01)),
            max(2, math.ceil(max(bounds, default=0) + 0.01)),
        )

    @property
    def roomy(self) -> bool:
        return self.right < self.width - _MARGIN

    def x(self, bans: float) -> float:
        return self.left + (bans - self.low) / (self.high - self.low) * (self.right - self.left)

    def label(self, group: _Group) -> list[str]:
        return svg.wrapped(group.label, _SIZE * 1.1, self.width - 2 * _MARGIN, 2 if self.roomy else 3)

    def height(self, group: _Group) -> float:
        return len(self.label(group)) * _LINE + max(len(group.weights), 1) * _ROW + 19


def _page(groups: Sequence[_Group], layout: _Layout, speech: Speech, name: str, act: str, part: tuple[int, int]) -> str:
    top = 60.0 if layout.roomy else 40.0
    y = top
    shapes: list[str] = []
    for group in groups:
        if group.together:
            shapes.append(svg.line(_MARGIN, y + 2, layout.width - _MARGIN, y + 2, width=1.4))
        for label in layout.label(group):
            y += _LINE
            shapes.append(svg.words(_MARGIN, y + 3, label, size=_SIZE, bold=True))
        y += 13
        if not group.weights:
            shapes.append(svg.words(_MARGIN, y + 6, speech("weights.nothing"), size=_SIZE, colour="soft"))
            y += _ROW
        for proposition, weight in group.weights:
            shapes += _row(proposition, weight, layout, y + 4, speech, together=group.together)
            y += _ROW
        y += 6
    behind = _zones(layout, top, y, speech)
    title = speech("weights.title", act=act)
    if part[1] > 1:
        title += speech("weights.part", n=part[0], of=part[1])
    return svg.picture(
        layout.width, y + 34, title, speech("weights.description"), name, [*behind, *shapes, *_axis(layout, y, speech)]
    )


def _row(
    proposition: Proposition, weight: Weight, layout: _Layout, y: float, speech: Speech, *, together: bool
) -> list[str]:
    room = layout.left - _MARGIN - 8
    shapes = [
        svg.words(
            layout.left - 8,
            y + 4,
            svg.fitted(speech.of(proposition.short), _SIZE if layout.roomy else 9.2, room),
            size=_SIZE if layout.roomy else 9.2,
            anchor="end",
        )
    ]
    floor, ceiling = layout.x(weight.floor), layout.x(weight.ceiling)
    # The cap: a thin line between two brackets that open towards each other.
    bracket = (
        f"M{svg.n(floor + 3)} {svg.n(y - 5)}h-3v10h3M{svg.n(ceiling - 3)} {svg.n(y - 5)}h3v10h-3"
        f"M{svg.n(floor)} {svg.n(y)}H{svg.n(ceiling)}"
    )
    if not together:
        shapes.append(svg.path(bracket, stroke="soft", width=0.8))
    colour = "mark" if together else "fill"
    shapes.append(svg.line(layout.x(weight.lower), y, layout.x(weight.upper), y, colour=colour, width=3))
    x = layout.x(weight.log10_lr)
    if together:
        shapes.append(svg.diamond(x, y, 6.5))
    else:
        shapes.append(svg.dot(x, y, 4.2, hollow=weight.basis == "elicited"))
    if layout.roomy:
        value = speech.signed(weight.log10_lr)
        interval = f"[{speech.signed(weight.lower, 1)}; {speech.signed(weight.upper, 1)}]"
        shapes.append(svg.words(layout.right + 66, y + 4, value, size=10.5, anchor="end", bold=True))
        shapes.append(svg.words(layout.width - _MARGIN, y + 4, interval, size=10, colour="soft", anchor="end"))
    return shapes


def _zones(layout: _Layout, top: float, bottom: float, speech: Speech) -> list[str]:
    """Shade the steps of the verbal scale, every second one, and name them where there is room."""
    shapes: list[str] = []
    bound = 0.0
    steps = scale.steps()
    for number, (upper, text) in enumerate(steps):
        for side in (1, -1):
            inner, outer = side * bound, side * min(upper, layout.high if side > 0 else -layout.low)
            if abs(inner) >= abs(outer):
                continue
            x1, x2 = sorted((layout.x(inner), layout.x(outer)))
            if number % 2 == 0:
                shapes.append(svg.box(x1, top - 4, x2 - x1, bottom - top + 4, fill="zone"))
            if layout.roomy and number > 0:
                label = speech.short_strength(text)
                if svg.length(label, 9) > max(2 * (x2 - x1) - 6, 30):
                    continue
                shapes.append(
                    svg.words(
                        (x1 + x2) / 2, top - (20 if number % 2 else 9), label, size=9, colour="soft", anchor="middle"
                    )
                )
        bound = upper
    zero = layout.x(0)
    shapes.append(svg.line(zero, top - 4, zero, bottom, colour="ink", width=1.2))
    y = 12
    for side, key in ((-1, "weights.left"), (1, "weights.right")):
        edge = layout.left if side < 0 else layout.right
        room = abs(edge - zero) + (layout.left - _MARGIN if side < 0 else layout.width - layout.right - _MARGIN) - 6
        shapes.append(
            svg.words(
                zero + side * 6,
                y,
                svg.fitted(speech(key), 10.5 if layout.roomy else 9.5, room),
                size=10.5 if layout.roomy else 9.5,
                anchor="end" if side < 0 else "start",
                bold=True,
            )
        )
    return shapes


def _axis(layout: _Layout, y: float, speech: Speech) -> list[str]:
    shapes = [svg.line(layout.left, y, layout.right, y, colour="soft", width=1)]
    step = 1
    while (layout.high - layout.low) / step > (layout.right - layout.left) / 26:
        step += 1
    first = math.ceil(layout.low / step) * step
    for bans in range(first, int(layout.high) + 1, step):
        x = layout.x(bans)
        shapes.append(svg.line(x, y, x, y + 4, colour="soft", width=1))
        shapes.append(svg.words(x, y + 15, speech.signed(bans, 0), size=10, colour="soft", anchor="middle"))
    middle = (layout.left + layout.right) / 2
    shapes.append(svg.words(middle, y + 29, speech("weights.axis"), size=10, colour="soft", anchor="middle"))
    return shapes
