"""How to read the dossier: its unit, its words for strength, its propositions, and what made it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from telusur.domain import scale
from telusur.domain.proposition import Proposition
from telusur.dossier.assessment import Assessment
from telusur.dossier.render.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Paragraph,
    Table,
    cell,
    code,
    line,
    strong,
)
from telusur.dossier.render.speech import Speech


def blocks(assessment: Assessment, say: Speech) -> Iterator[Block]:
    """Give the blocks of the guide."""
    yield Heading(2, say("guide.heading"), "guide")
    yield Heading(3, say("guide.unit"), "guide-unit")
    yield Bullets(tuple(cell(say(f"guide.{key}")) for key in ("ban", "sign", "interval", "cap", "basis", "adding")))
    yield Heading(3, say("guide.scale"), "guide-scale")
    yield Table(
        say("guide.scale_caption"),
        (
            Column(say("guide.from_bans"), 1, number=True),
            Column(say("guide.times"), 1.4, number=True),
            Column(say("guide.words"), 2),
        ),
        tuple(_steps(say)),
        stacks=False,
    )
    yield Heading(3, say("guide.propositions"), "guide-propositions")
    yield Table(
        say("guide.propositions_caption"),
        (Column(say("tracing.proposition"), 1), Column(say("guide.sentence"), 3)),
        tuple((cell(strong(say.of(p.short))), cell(say.of(p.words))) for p in Proposition),
        stacks=False,
    )
    yield Heading(3, say("guide.made_by"), "made-by")
    yield Paragraph(line(say("guide.made_by_lead")))
    yield Table(
        say("guide.made_by_caption"),
        (Column(say("guide.part"), 1), Column(say("guide.version"), 3)),
        tuple((cell(code(name)), cell(code(value))) for name, value in _flat(assessment.made_by)),
        stacks=False,
    )


def _steps(say: Speech) -> Iterator[tuple[Cell, ...]]:
    below = 0.0
    for upper, words in scale.steps():
        if upper == float("inf"):
            bans, times = say("guide.above", n=_exact(below, say)), say("guide.more_than", n=_times(below, say))
        else:
            bans = say("guide.between", low=_exact(below, say), high=_exact(upper, say))
            times = say("guide.between_times", low=_times(below, say), high=_times(upper, say))
        yield cell(bans), cell(times), cell(say.of(words))
        below = upper


def _times(bans: float, say: Speech) -> str:
    return say.number(10**bans)


def _exact(bans: float, say: Speech) -> str:
    return say.number(bans, 0 if bans == int(bans) else 1)


def _flat(made_by: Mapping[str, object], stem: str = "") -> Iterator[tuple[str, str]]:
    for name, value in made_by.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{stem}{name}.")
        else:
            yield f"{stem}{name}", str(value)
