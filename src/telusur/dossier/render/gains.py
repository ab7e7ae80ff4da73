"""What further records are expected to tell: a bar and a number each, the longest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from telusur.dossier.render import svg
from telusur.dossier.render.speech import Speech
from telusur.tracing import NextEvidence

_MARGIN: Final = 8.0
_SIZE: Final = 11.0
_LINE: Final = 14.0
_BAR: Final = 9.0
#: Bans of a whole bar at least, so that small gains do not look large.
_LEAST: Final = 0.5


def by_gain(asked: Iterable[NextEvidence]) -> list[NextEvidence]:
    """Sort requests by expected gain, those without a number last; otherwise in their order."""
    return sorted(asked, key=lambda one: -(-1.0 if one.expected_gain_bans is None else one.expected_gain_bans))


def draw(asked: Sequence[NextEvidence], speech: Speech, *, name: str, width: float) -> str:
    """Draw a bar for each request as SVG, with its number and last day.

    Parameters
    ----------
    asked
        The requests, in the order of the table behind the picture.
    name
        Stem of the ids in the picture.
    width
        In user units.
    """
    numbers = max(svg.length(_number(one, speech), _SIZE, bold=True) for one in asked) + 10
    right = width - _MARGIN - numbers
    most = max([_LEAST, *(one.expected_gain_bans or 0.0 for one in asked)])
    shapes: list[str] = []
    y = _MARGIN
    for number, one in enumerate(asked, start=1):
        for label in svg.wrapped(f"{number}. {speech.of(one.ask_for)}", _SIZE, width - 2 * _MARGIN, 2):
            y += _LINE
            shapes.append(svg.words(_MARGIN, y - 3, label, size=_SIZE, bold=True))
        until = speech("next.no_date") if one.until is None else speech("next.until_day", day=speech.day(one.until))
        y += _LINE
        shapes.append(svg.words(_MARGIN, y - 3, svg.fitted(until, 10, width - 2 * _MARGIN), size=10, colour="soft"))
        gain = one.expected_gain_bans
        middle = y + 4 + _BAR / 2
        end = _MARGIN + (right - _MARGIN) * max(gain or 0.0, 0.0) / most
        dash = "2 3" if gain is None else ""
        shapes.append(svg.line(_MARGIN, middle, right, middle, colour="line", width=1, dash=dash))
        if gain is not None:
            shapes.append(svg.box(_MARGIN, middle - _BAR / 2, max(end - _MARGIN, 1.5), _BAR, fill="fill"))
        shapes.append(svg.words(right + 8, middle + 4, _number(one, speech), size=_SIZE, bold=gain is not None))
        y += _BAR + 14
    return svg.picture(width, y, speech("next.picture"), speech("next.picture_says", n=len(asked)), name, shapes)


def _number(one: NextEvidence, speech: Speech) -> str:
    if one.expected_gain_bans is None:
        return "?"
    return speech.bans(one.expected_gain_bans)
