"""What the figures rest on: data and protocol, the model's own card, and how to repeat them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from telusur.dossier.render.blocks import (
    Block,
    Bullets,
    Cell,
    Heading,
    Note,
    Pairs,
    Paragraph,
    cell,
    code,
    line,
)
from telusur.dossier.render.speech import Speech
from telusur.validation.acts import RUN
from telusur.validation.numbers import LEAST_ACCOUNTS, LEAST_COMPARISONS
from telusur.validation.protocol import HISTORY, SKIPPED
from telusur.validation.table import LEAST_POSTS, MOST_ACCOUNTS
from telusur.validation.table import Table as Posts
from telusur.validation.validating import Source, Validation
from telusur.validation.validating import code as made_by


def data(found: Validation, source: Source, other: Source | None, say: Speech) -> Iterator[Block]:
    """Give the blocks on data and protocol."""
    yield Heading(2, say("data.heading"), "data")
    yield Pairs(_corpus(source, found.table, say))
    if other is not None and found.other is not None:
        yield Heading(3, say("data.other"), "other")
        yield Pairs(_corpus(other, found.other, say))
    yield Heading(3, say("data.protocol"), "protocol")
    first = HISTORY + SKIPPED + 1
    steps = (
        say("data.steps_disjoint"),
        say("data.steps_time", history=HISTORY, skipped=SKIPPED, first=first),
        say("data.steps_alike"),
        say("data.steps_stripped"),
        say("data.steps_copies"),
        say("data.steps_acts", least=RUN[0], most=RUN[1]),
        say("data.steps_least", accounts=LEAST_ACCOUNTS, comparisons=LEAST_COMPARISONS),
    )
    yield Bullets(tuple(cell(step) for step in steps))


def _corpus(source: Source, table: Posts, say: Speech) -> tuple[tuple[str, Cell], ...]:
    held = {"least": LEAST_POSTS, "most": say.number(MOST_ACCOUNTS), "first": table.first_bad}
    left = [say(f"data.{reason}", n=say.number(n), **held) for reason, n in sorted(table.left_out.items())]
    return (
        (say("data.file"), cell(code(source.name))),
        (say("data.sha256"), cell(code(source.sha256))),
        (say("data.accounts"), cell(say.number(table.n_accounts))),
        (say("data.posts"), cell(say.number(len(table.texts)))),
        (say("data.left_out"), cell(*(left or [say("data.nothing")]))),
    )


def card(found: Validation, say: Speech) -> Iterator[Block]:
    """Give the blocks of the model's card."""
    told = found.model.card
    yield Heading(2, say("card.heading"), "card")
    yield Paragraph(line(say("card.says")))
    fields = {name: _counted(told.get(name), say) for name in ("accounts", "posts", "comparisons")}
    rows = [
        (say("card.file"), cell(code(found.model.source.name), code(found.model.source.sha256))),
        (say("card.fields"), cell(say("card.fit", seed=told.get("seed", "?"), **fields))),
        (say("card.data"), cell(code(str(told.get("data_sha256", "?"))))),
    ]
    yield Pairs(tuple(rows))
    measured = told.get("measured")
    if isinstance(measured, Mapping):
        yield Heading(3, say("card.measured"), "card-measured")
        yield Paragraph(line(str(told.get("measured_how", ""))), "small")
        yield Pairs(tuple((str(name), cell(_words(figures_))) for name, figures_ in measured.items()))
    limits = told.get("limits")
    if isinstance(limits, list) and limits:
        yield Heading(3, say("card.limits"), "card-limits")
        yield Bullets(tuple(cell(str(limit)) for limit in limits))


def _words(measured: object) -> str:
    if not isinstance(measured, Mapping):
        return str(measured)
    return ", ".join(f"{name} {value}" for name, value in measured.items())


def _counted(value: object, say: Speech) -> str:
    return say.number(value) if isinstance(value, int) else "?"


def repeating(found: Validation, repeated_by: str, say: Speech) -> Iterator[Block]:
    """Give the blocks on repeating the report."""
    yield Heading(2, say("repeat.heading"), "repeat")
    yield Paragraph(line(say("repeat.says")))
    if found.table.left_out.get("future") or (found.other and found.other.left_out.get("future")):
        yield Note(cell(say("repeat.future")))
    made = made_by()
    versions = ", ".join(f"{name} {version}" for name, version in made.items() if name != "code_sha256")
    yield Pairs(
        (
            (say("repeat.command"), cell(code(repeated_by))),
            (say("repeat.code"), cell(code(made["code_sha256"]))),
            (say("repeat.versions"), cell(versions)),
        )
    )
    yield Paragraph(line(say("repeat.files")))
