"""A curve over priors as one page: a picture and a table, for whoever entered the priors and for nobody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from telusur.domain.proposition import Proposition
from telusur.domain.text import Language
from telusur.dossier.render import svg, timeline
from telusur.dossier.render.blocks import (
    Cell,
    Column,
    Figure,
    Heading,
    Note,
    Page,
    Paragraph,
    Table,
    cell,
    line,
    strong,
)
from telusur.dossier.render.html import render_page
from telusur.dossier.render.speech import Speech
from telusur.tracing import prior

_MARGIN: Final = 8.0
_HIGH: Final = 220.0
_LEAST: Final = 0.001
#: Told apart by their strokes, not by colour.
_DASHES: Final = ("", "7 3", "2 3", "9 3 2 3", "4 2", "1 2")


def render_prior(
    points: Sequence[prior.Point], given: Mapping[Proposition, float], *, case: str, day: date, language: Language
) -> str:
    """Give the curve as one HTML page.

    Parameters
    ----------
    points
        From `prior.curve`.
    given
        The priors as they were entered.
    case
        The case and its act.
    day
        The day of the report.
    language
        In which language.
    """
    say = Speech(language)
    names = list(points[0].posterior)
    wide, narrow = (
        _picture(points, names, say, name=f"p{form}", width=width)
        for form, width in (("w", timeline.WIDE), ("n", timeline.NARROW))
    )
    title = say("priors.title", case=case)
    entered = "; ".join(f"{say.of(p.short)} {say.number(value, 2)}" for p, value in given.items())
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (cell(say.number(one.prior, 2)), *(cell(_value(one.posterior[p], say)) for p in names)) for one in points
    )
    return render_page(
        Page(
            title,
            say("priors.subtitle"),
            title,
            day,
            language,
            [
                Note(cell(strong(say.of(prior.NOT_OURS))), "info"),
                Heading(2, say("priors.heading"), "prior"),
                Paragraph(line(say("priors.entered", priors=entered))),
                Figure(say("priors.heading"), say("priors.legend"), wide, narrow),
                Table(
                    say("priors.table"),
                    (
                        Column(say("priors.prior"), 0.8, number=True),
                        *(Column(say.of(p.short), 1, number=True) for p in names),
                    ),
                    rows,
                ),
            ],
        )
    )


def _value(ends: tuple[float, float, float], say: Speech) -> str:
    low, value, high = ends
    return f"{_share(value, say)} [{_share(low, say)}; {_share(high, say)}]"


def _share(value: float, say: Speech) -> str:
    """Say a share; none is said to be nought or one, for none is."""
    if value < _LEAST:
        return f"< {say.number(_LEAST, 3)}"
    if value > 1 - _LEAST:
        return f"> {say.number(1 - _LEAST, 3)}"
    return say.number(value, 3)


def _picture(
    points: Sequence[prior.Point], names: Sequence[Proposition], say: Speech, *, name: str, width: float
) -> str:
    left, right, top = _MARGIN + 28, width - _MARGIN - 12, _MARGIN + 6
    bottom = top + _HIGH

    def x(value: float) -> float:
        return left + value * (right - left)

    def y(value: float) -> float:
        return bottom - value * _HIGH

    shapes = []
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        shapes.append(svg.line(left, y(tick), right, y(tick), colour="line"))
        shapes.append(svg.words(left - 5, y(tick) + 4, say.number(tick, 2), size=9.5, anchor="end", colour="soft"))
        shapes.append(svg.words(x(tick), bottom + 14, say.number(tick, 2), size=9.5, anchor="middle", colour="soft"))
    at = bottom + 30
    shapes.append(svg.words((left + right) / 2, at, say("priors.axis"), size=10, anchor="middle", colour="soft"))
    for number, p in enumerate(names):
        dash = _DASHES[number]
        ends = [(one.prior, one.posterior[p]) for one in points]
        if p is Proposition.OWNER:
            there = [f"{svg.n(x(at))} {svg.n(y(high))}" for at, (_, _, high) in ends]
            back = [f"{svg.n(x(at))} {svg.n(y(low))}" for at, (low, _, _) in reversed(ends)]
            shapes.insert(0, svg.path(f"M{'L'.join([*there, *back])}Z", fill="zone"))
        shapes += [
            svg.line(x(a), y(one[1]), x(b), y(other[1]), width=2 if p is Proposition.OWNER else 1.4, dash=dash)
            for (a, one), (b, other) in pairwise(ends)
        ]
        at += 17
        shapes.append(svg.line(left, at - 4, left + 34, at - 4, width=2 if p is Proposition.OWNER else 1.4, dash=dash))
        shapes.append(svg.words(left + 42, at, svg.fitted(say.of(p.words), 10.5, right - left - 42), size=10.5))
    return svg.picture(width, at + 12, say("priors.heading"), say("priors.legend"), name, shapes)
