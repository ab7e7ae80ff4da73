"""What stands beside the rules: open readings, what follows a decision, coverage, sources."""

from __future__ import annotations

from collections.abc import Iterator

from telusur import law
from telusur.dossier.book.rules import readings
from telusur.dossier.book.saying import anchor, cited, condition, days, link, sources
from telusur.dossier.render.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Note,
    Paragraph,
    Run,
    Table,
    cell,
    code,
    line,
    muted,
    strong,
)
from telusur.dossier.render.speech import Speech
from telusur.law import Authority, Catalogue, SanctionSet

_PUNISHED = ("light", "medium", "heavy")


def issues(held: Catalogue, say: Speech) -> Iterator[Block]:
    """Give every question on which readings differ."""
    yield Heading(2, say("issues.heading"), "readings")
    yield Paragraph(line(say("issues.lead")))
    for issue in held.issues.values():
        yield Heading(3, say.of(issue.title), f"issue-{anchor(issue.id)}")
        yield Paragraph(line(say("rule.bears_on", what=say.of(law.label("bears_on", issue.bears_on)))), "small")
        yield Paragraph(line(f"{say('issues.when')}: {condition(issue.when, say)}"))
        concerned = [rule for rule in held.rules.values() if issue in rule.issues and rule.derived_from is None]
        runs = [run for rule in concerned for run in (link(rule.id), Run(" "))]
        yield Paragraph((Run(f"{say('issues.rules')}: "), *runs[:-1]))
        yield readings(issue, say)


def after(held: Catalogue, say: Speech) -> Iterator[Block]:
    """Give sanctions, powers, supervisors and general provisions."""
    yield Heading(2, say("after.heading"), "after")
    yield Note(cell(say("after.lead")))
    yield Heading(3, say("after.sanctions"), "sanctions")
    for found in held.sanctions.values():
        if found.open:
            yield Note((line(strong(say.of(law.label("sanction_level", found.level)))), line(say.of(found.open))))
    yield Table(
        say("after.sanctions"),
        (Column(say("after.level"), 0.8), Column(say("after.kinds"), 2), Column(say("after.by"), 2)),
        tuple(
            (cell(say.of(law.label("sanction_level", found.level))), *_kinds(one, say))
            for found in held.sanctions.values()
            for one in found.sets
        ),
    )
    yield from _powers(held, say)
    yield Table(
        say("after.supervisors"),
        (Column(say("after.body"), 1.4), Column(say("after.days"), 1.2), Column(say("after.action"), 2.2)),
        tuple(
            (
                cell(say.of(one.title)),
                (line(days(one.days, say)), line(muted(say.of(law.label("confidence", one.confidence))))),
                (
                    line(say.of(one.action)),
                    *((line(muted(one.note)),) if one.note else ()),
                    sources(tuple(source.id for source in one.sources)),
                ),
            )
            for one in held.supervisors
        ),
    )
    yield Heading(3, say("after.provisions"), "provisions")
    yield Bullets(tuple((line(say.of(one.says)), *cited(one.citation, say)) for one in held.provisions.values()))


def _kinds(one: SanctionSet, say: Speech) -> tuple[Cell, Cell]:
    applied = tuple(
        (Run(f"{reading.by}: {say.of(reading.says)} ", "muted"), *sources((reading.source.id,)))
        for reading in one.applied
    )
    return cell(*(say.of(kind.title) for kind in one.kinds)), (*cited(one.citation, say), *applied)


def _powers(held: Catalogue, say: Speech) -> Iterator[Block]:
    powers = held.powers
    if powers is None:
        return
    yield Table(
        say("after.powers"),
        (
            Column(say("after.rank"), 1.2),
            *(Column(say.of(law.label("sanction_level", level)), 1.5) for level in _PUNISHED),
        ),
        tuple(
            (
                cell(say.of(rank.title)),
                *(
                    cell(*(_official(one, say) for one in powers.over(rank.id, level, held.sanctions))) or cell("—")
                    for level in _PUNISHED
                ),
            )
            for rank in powers.ranks.values()
        ),
    )
    yield Paragraph(tuple(run for part in cited(powers.citation, say) for run in (*part, Run(" "))), "small")


def _official(one: Authority, say: Speech) -> str:
    official = say.of(one.official.title)
    if one.whole:
        return official
    return say("after.part", official=official, kinds=", ".join(say.of(kind.title) for kind in one.kinds))


def coverage(held: Catalogue, say: Speech) -> Iterator[Block]:
    """Give to whom the catalogue speaks."""
    yield Heading(2, say("coverage.heading"), "coverage")
    yield Table(
        say("coverage.heading"),
        (Column(say("coverage.status"), 1.3), Column(say("coverage.scope"), 2), Column(say("coverage.rests"), 1.6)),
        tuple(
            (
                cell(say.of(law.label("actor.status", one.status))),
                (line(say.name("coverage", one.scope)), line(muted(say.of(one.note)))),
                (
                    line(", ".join(one.instruments) or "—"),
                    line(muted(say.of(law.label("confidence", one.confidence)))),
                    *((sources(tuple(source.id for source in one.sources)),) if one.sources else ()),
                ),
            )
            for one in held.coverage.values()
        ),
    )


def read_in(held: Catalogue, say: Speech) -> Iterator[Block]:
    """Give where everything was read."""
    yield Heading(2, say("sources.heading"), "sources")
    yield Paragraph(line(say("sources.lead")))
    for one in held.sources.values():
        yield Heading(3, one.id, f"source-{anchor(one.id)}")
        yield Paragraph(line(one.what, " ", code(one.url)))
