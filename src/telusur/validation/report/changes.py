"""How takeovers were found: a table by kind of stranger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from telusur.dossier.render.blocks import (
    Block,
    Cell,
    Column,
    Heading,
    Paragraph,
    Table,
    cell,
    line,
    muted,
    strong,
)
from telusur.dossier.render.speech import Speech
from telusur.validation.numbers import Takeovers
from telusur.validation.report.saying import share


def blocks(every: Sequence[Takeovers], say: Speech) -> Iterator[Block]:
    """Give the blocks on takeovers."""
    yield Heading(2, say("takeovers.heading"), "takeovers")
    yield Paragraph(line(say("takeovers.says")))
    names = ("found", "false_alarms", "within_three", "missed_strongly", "covered")
    rows: list[tuple[Cell, ...]] = []
    for one in every:
        told: list[Cell] = []
        for name in names:
            ends = getattr(one, name)
            if one.found is None and name == "found":
                told.append(cell(muted(say("report.too_little", n=say.number(min(one.n, one.controls))))))
            elif ends is None:
                told.append(cell(say("report.none")))
            else:
                bounds = f"[{say.number(100 * ends[1], 1)}; {say.number(100 * ends[2], 1)}]"
                told.append(cell(strong(share(ends[0], say)), muted(bounds)))
        error = say("report.none") if one.error is None else say.number(one.error, 1)
        count = f"{say.number(one.n)} / {say.number(one.controls)}"
        rows.append(
            (
                cell(say(f"takeovers.{one.stranger}")),
                *told,
                cell(error),
                cell(count),
                cell(say.number(one.abstained)),
            )
        )
    yield Table(
        say("takeovers.caption"),
        (
            Column(say("takeovers.stranger")),
            *(Column(say(f"takeovers.{name}"), number=True) for name in (*names, "error", "n", "abstained")),
        ),
        tuple(rows),
    )
