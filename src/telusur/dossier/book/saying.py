"""Conditions, citations and days of the catalogue in words."""

from __future__ import annotations

import re

from telusur import law
from telusur.dossier.render.blocks import Cell, Run, cell, line, muted
from telusur.dossier.render.speech import Speech
from telusur.law import AnyOf, Atom, Citation, Condition, Span


def anchor(name: str) -> str:
    """Give the anchor of a rule, an issue or another thing that has an id."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def link(name: str) -> Run:
    """Give the id of a rule that leads to where it stands."""
    return Run(name, "code", anchor(name))


def condition(stated: Condition, say: Speech) -> str:
    """Say a condition in one clause."""
    if isinstance(stated, Atom):
        values = say("condition.or").join(say.of(law.label(stated.field, value)) for value in stated.expected)
        return say("condition.is", fact=say.of(law.label(stated.field)), values=values)
    if not stated.parts:
        return say("condition.always")
    if len(stated.parts) == 1:
        return condition(stated.parts[0], say)
    if isinstance(stated, AnyOf):
        return say("condition.any", parts="; ".join(f"({condition(part, say)})" for part in stated.parts))
    return say("condition.and").join(f"({condition(part, say)})" for part in stated.parts)


def conditions(stated: Condition, say: Speech) -> tuple[Cell, ...]:
    """Say what must all hold, one item each."""
    if isinstance(stated, Atom | AnyOf):
        return (cell(condition(stated, say)),)
    return tuple(item for part in stated.parts for item in conditions(part, say))


def place(citation: Citation, say: Speech) -> str:
    """Say where something stands."""
    words = [say.of(citation.instrument.title)]
    if citation.part:
        words.append(say("rule.part", part=say.name("part", citation.part)))
    if citation.row:
        words.append(say("rule.row", row=citation.row))
    if citation.article:
        words.append(say("rule.article", article=citation.article))
    return ", ".join(words)


def standing(citation: Citation, say: Speech) -> str:
    """Say the status and the confidence of a citation, and who confirmed it."""
    words = [
        say.of(law.label("citation_status", citation.status)),
        say.of(law.label("confidence", citation.confidence)),
    ]
    if citation.confirmed:
        on = say.day(citation.confirmed.on)
        words.insert(1, say("rule.confirmed", by=citation.confirmed.by, on=on))
    return " · ".join(words)


def cited(citation: Citation, say: Speech) -> Cell:
    """Say where something stands, how sure that is, and where it was read."""
    lines = [line(place(citation, say)), line(muted(standing(citation, say)))]
    if citation.sources:
        lines.append(sources(tuple(source.id for source in citation.sources)))
    if citation.note:
        lines.append(line(muted(citation.note)))
    return tuple(lines)


def sources(ids: tuple[str, ...]) -> tuple[Run, ...]:
    """Give marks of sources that lead to where they are named."""
    return tuple(run for name in ids for run in (Run(name, "code", f"source-{anchor(name)}"), Run(" ")))[:-1]


def days(span: Span, say: Speech) -> str:
    """Say from when to when."""
    first = say.day(span.first) if span.first else None
    last = say.day(span.last) if span.last else None
    if first and last:
        return first if first == last else say("span.both", first=first, last=last)
    if first:
        return say("span.from", first=first)
    return say("span.until", last=last) if last else say("span.open")
