"""The report for people, in one language: what was measured, how good it is, and what follows from that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

from telusur.domain.text import Language
from telusur.dossier.render.blocks import (
    Block,
    Bullets,
    Heading,
    Note,
    Page,
    Pairs,
    Paragraph,
    cell,
    line,
)
from telusur.dossier.render.html import render_page
from telusur.dossier.render.speech import Speech
from telusur.validation.report import changes, settings, shapes, sources
from telusur.validation.report.saying import name_of, share
from telusur.validation.table import Table as Posts
from telusur.validation.validating import Source, Validation


def render(found: Validation, data: Source, other: Source | None, repeated_by: str, language: Language) -> str:
    """Give the report as one self-contained page."""
    say = Speech(language, __package__)
    return render_page(
        Page(
            title=say("report.title"),
            subtitle=say("report.subtitle", accounts=say.number(found.table.n_accounts), settings=len(found.outcomes)),
            running=say("report.running", data=data.sha256[:12], model=found.model.source.sha256[:12]),
            day=_last_day(found.table),
            language=language,
            blocks=[
                *_summary(found, say),
                *_errors(say),
                *settings.blocks(found.outcomes, found.rounds, say),
                *shapes.blocks(found.outcomes, say),
                *settings.beside(found.outcomes, say),
                *changes.blocks(found.takeovers, say),
                *sources.data(found, data, other, say),
                *_measures(say),
                *sources.card(found, say),
                *sources.repeating(found, repeated_by, say),
                *_limits(say),
            ],
        )
    )


def _last_day(table: Posts) -> date:
    return datetime.fromtimestamp(int(table.times.max()) / 1e6, UTC).date()


def _summary(found: Validation, say: Speech) -> Iterator[Block]:
    yield Heading(2, say("lead.heading"), "summary")
    n = {"accounts": say.number(found.table.n_accounts), "posts": say.number(len(found.table.texts))}
    yield Paragraph(line(say("lead.says", **n)), "lead")
    kind = found.model.refit or "shipped"
    said = say(f"lead.{kind}", file=found.model.source.name, fitted=say.number(found.model.fitted_on), **n)
    lines = [said]
    measured = [one for one in found.outcomes if one.enough]
    if measured:
        by_kind = {}
        for error in ("implicated", "cleared"):
            rates = [float(getattr(one.systems["telusur"].value, error)) for one in measured]
            by_kind[error] = share(max(rates), say)
            by_kind[f"where_{error}"] = name_of(measured[rates.index(max(rates))].setting, say)
        lines.append(say("lead.worst", **by_kind))
    yield Note(cell(*lines), "result")


def _errors(say: Speech) -> Iterator[Block]:
    yield Heading(2, say("errors.heading"), "errors")
    names = ("implicated", "cleared", "takeover")
    yield Pairs(tuple((say(f"errors.{name}_name"), cell(say(f"errors.{name}"))) for name in names))
    yield Paragraph(line(say("errors.direction")))


def _measures(say: Speech) -> Iterator[Block]:
    yield Heading(2, say("measures.heading"), "measures")
    names = ("auc", "eer", "cllr", "cllr_min", "loss")
    yield Pairs(tuple((say(f"settings.{name}"), cell(say(f"measures.{name}"))) for name in names))
    yield Paragraph(line(say("measures.sources")), "small")


def _limits(say: Speech) -> Iterator[Block]:
    yield Heading(2, say("limits.heading"), "limits")
    names = ("population", "impostors", "windows", "style_alone")
    yield Bullets(tuple(cell(say(f"limits.{name}")) for name in names))
