"""The curves of the main settings: Tippett, cost over priors (ECE), and reliability (PAV), each with its table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from telusur.dossier.render import charts
from telusur.dossier.render.blocks import (
    Block,
    Column,
    Figure,
    Heading,
    Paragraph,
    Table,
    cell,
    line,
)
from telusur.dossier.render.charts import Axis, Curve
from telusur.dossier.render.speech import Speech
from telusur.validation.numbers import PLACES, PRIORS, Curves, Outcome
from telusur.validation.report.saying import name_of, share

_MAIN: Final = ("random-5", "stripped-alike-5", "stripped-alike-20", "other-stripped-alike-5")
"""Settings whose curves are drawn."""


def blocks(every: Sequence[Outcome], say: Speech) -> Iterator[Block]:
    """Give the blocks of the curves; nothing where none could be drawn."""
    drawn = [one for one in every if one.setting.key in _MAIN and one.curves is not None]
    if not drawn:
        return
    yield Heading(2, say("curves.heading"), "curves")
    yield Paragraph(line(say("curves.lead")))
    for one in drawn:
        assert one.curves is not None
        label = name_of(one.setting, say)
        yield Heading(3, label[:1].upper() + label[1:], f"curves-{one.setting.key}")
        yield from _tippett(one.curves, one.setting.key, label, say)
        yield from _ece(one.curves, one.setting.key, label, say)
        yield from _pav(one.curves, one.setting.key, label, say)


def _figure(kind: str, key: str, label: str, found: Sequence[Curve], across: Axis, up: Axis, say: Speech) -> Figure:
    told = {"title": say(f"curves.{kind}", setting=label), "description": say(f"curves.{kind}_says")}
    pictures = charts.curves(found, across, up, say, name=f"{kind}-{key}", **told)
    return Figure(told["title"], told["description"], *pictures)


def _tippett(found: Curves, key: str, label: str, say: Speech) -> Iterator[Block]:
    kinds = (("same", found.same, "", "fill"), ("different", found.different, "6 4", "mark"))
    drawn = [Curve(say(f"curves.{name}"), PLACES, values, dash, colour) for name, values, dash, colour in kinds]  # type: ignore[arg-type]
    across = Axis(say("curves.bans_axis"), -3, 3, range(-3, 4), signed=True)
    yield _figure(
        "tippett", key, label, drawn, across, Axis(say("curves.share_axis"), 0, 1, (0, 0.25, 0.5, 0.75, 1), 2), say
    )
    at = [int(np.argmin(np.abs(PLACES - bans))) for bans in (-2, -1, -0.5, 0, 0.5, 1, 2)]
    yield Table(
        say("curves.tippett", setting=label),
        (
            Column(say("curves.bans"), number=True),
            Column(say("curves.same"), number=True),
            Column(say("curves.different"), number=True),
        ),
        tuple(
            (
                cell(say.signed(float(PLACES[i]), 1)),
                cell(share(float(found.same[i]), say)),
                cell(share(float(found.different[i]), say)),
            )
            for i in at
        ),
        stacks=False,
    )


def _ece(found: Curves, key: str, label: str, say: Speech) -> Iterator[Block]:
    p = 1 / (1 + 10.0**-PRIORS)
    none = -(p * np.log2(p) + (1 - p) * np.log2(1 - p))
    drawn = [
        Curve(say("curves.ece_actual"), PRIORS, found.ece),
        Curve(say("curves.ece_least"), PRIORS, found.ece_least, "6 4", "mark"),
        Curve(say("curves.ece_none"), PRIORS, none, "2 3", "soft"),
    ]
    across = Axis(say("curves.prior_axis"), -2.5, 2.5, range(-2, 3), signed=True)
    up = Axis(say("settings.cost_axis"), 0, max(1.0, float(found.ece.max())), (0, 0.25, 0.5, 0.75, 1), 2)
    yield _figure("ece", key, label, drawn, across, up, say)
    at = [int(np.argmin(np.abs(PRIORS - bans))) for bans in (-2, -1, 0, 1, 2)]
    yield Table(
        say("curves.ece", setting=label),
        (
            Column(say("curves.prior_axis"), number=True),
            *(Column(say(f"curves.ece_{name}"), number=True) for name in ("actual", "least", "none")),
        ),
        tuple(
            (
                cell(say.signed(float(PRIORS[i]), 0)),
                *(cell(say.number(float(values[i]), 3)) for values in (found.ece, found.ece_least, none)),
            )
            for i in at
        ),
        stacks=False,
    )


def _pav(found: Curves, key: str, label: str, say: Speech) -> Iterator[Block]:
    # A step holds up to where the next one begins.
    x = np.repeat(found.stated, 2)[1:]
    y = np.repeat(found.observed, 2)[:-1]
    drawn = [
        Curve(say("curves.ece_actual"), x, y),
        Curve(say("curves.exact"), np.array([-3.0, 3.0]), np.array([-3.0, 3.0]), "2 3", "soft"),
    ]
    across = Axis(say("curves.stated"), -3, 3, range(-3, 4), signed=True)
    yield _figure("pav", key, label, drawn, across, Axis(say("curves.observed"), -3, 3, range(-3, 4), signed=True), say)
    steps = sorted({float(found.observed[0]), *found.observed.tolist()})
    first = [int(np.argmax(found.observed == step)) for step in steps]
    if len(first) > 9:  # noqa: PLR2004 - as many rows as a table can bear
        first = [first[i] for i in np.unique(np.linspace(0, len(first) - 1, 9).astype(int))]
    yield Table(
        say("curves.pav", setting=label),
        (Column(say("curves.stated"), number=True), Column(say("curves.observed"), number=True)),
        tuple((cell(say.signed(float(found.stated[i]))), cell(say.signed(float(found.observed[i])))) for i in first),
        stacks=False,
    )
