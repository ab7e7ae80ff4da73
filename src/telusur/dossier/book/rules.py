"""The rules themselves, instrument by instrument, and the indexes that lead to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from telusur import law
from telusur.domain.contest import PHASES
from telusur.domain.vocabulary import FIELDS
from telusur.dossier.book.saying import (
    anchor,
    cited,
    condition,
    conditions,
    days,
    link,
    place,
    sources,
    standing,
)
from telusur.dossier.render.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Line,
    Pairs,
    Paragraph,
    Run,
    Table,
    cell,
    code,
    line,
    muted,
)
from telusur.dossier.render.parts.finding import field_words, value_words
from telusur.dossier.render.speech import Speech
from telusur.law import Catalogue, Example, Issue, Rule


def instrument_of(rule: Rule) -> str:
    """Give the instrument under which a rule stands in the book."""
    return rule.id.partition("/")[0]


def by_act(held: Catalogue, say: Speech) -> Iterator[Block]:
    """Give the index from acts to rules."""
    yield Heading(2, say("index.act"), "by-act")
    yield Paragraph(line(say("index.act_lead")))
    rows = []
    for kind in FIELDS["act.kind"].values:
        rules = held.by_act.get(kind, ())
        rows.append((cell(say.of(law.label("act.kind", kind))), _links(rules) or cell(muted(say("index.none")))))
    yield Table(say("index.act"), (Column(say("index.act_kind"), 1.2), Column(say("index.rules"), 2.4)), tuple(rows))


def by_instrument(held: Catalogue, say: Speech) -> Iterator[Block]:
    """Give the index from instruments to rules."""
    yield Heading(2, say("index.instrument"), "by-instrument")
    rows = []
    for one in held.instruments.values():
        rules = tuple(rule for rule in held.rules.values() if instrument_of(rule) == one.id)
        rows.append(
            (
                (line(code(one.id)), line(say.of(one.title))),
                (line(days(one.in_force, say)), line(muted(say.of(law.label("confidence", one.confidence))))),
                _links(rules) or cell(muted("—")),
            )
        )
    columns = (
        Column(say("rule.citation"), 1.8),
        Column(say("index.in_force"), 1.1),
        Column(say("index.rules"), 2.0),
    )
    yield Table(say("index.instrument"), columns, tuple(rows))


def _links(rules: tuple[Rule, ...]) -> Cell:
    runs = [run for rule in rules for run in (link(rule.id), Run(" "))]
    return (tuple(runs[:-1]),) if runs else ()


def blocks(held: Catalogue, examples: Mapping[str, Example], say: Speech) -> Iterator[Block]:
    """Give every rule of the catalogue."""
    ordered = sorted(held.rules.values(), key=lambda rule: list(held.instruments).index(instrument_of(rule)))
    for instrument, rules in groupby(ordered, instrument_of):
        title = say.of(held.instruments[instrument].title)
        yield Heading(2, say("rule.heading", instrument=title), f"rules-{anchor(instrument)}")
        for rule in rules:
            yield from _rule(rule, examples, say)


def _rule(rule: Rule, examples: Mapping[str, Example], say: Speech) -> Iterator[Block]:
    yield Heading(3, f"{rule.id} · {say.of(rule.title)}", anchor(rule.id))
    yield from body(rule, say)
    yield from worked(rule, examples, say)


def body(rule: Rule, say: Speech) -> Iterator[Block]:
    """Give what the catalogue holds of a rule, without its heading and its examples."""
    yield Pairs(tuple(_facts_of(rule, say)))
    if rule.derived_from:
        yield Paragraph((*line(say("rule.same"), " "), link(rule.derived_from)))
    else:
        yield Heading(4, say("rule.conditions"), "")
        yield Paragraph(line(say("rule.all_of")))
        yield Bullets(conditions(rule.when, say))
        yield from _around(rule, say)


def _facts_of(rule: Rule, say: Speech) -> Iterator[tuple[str, Cell]]:
    citation = rule.citation
    yield say("rule.citation"), cell(place(citation, say))
    yield say("rule.status"), cell(standing(citation, say))
    if citation.sources:
        yield say("rule.sources"), (sources(tuple(source.id for source in citation.sources)),)
    if citation.note:
        yield say("rule.note"), cell(citation.note)
    history: list[Line] = [line(f"{days(rule.in_force, say)}; {say('rule.known', day=say.day(rule.known_from))}")]
    if rule.continuing:
        history.append(line(say("rule.continuing")))
    yield say("rule.history"), tuple(history)
    yield say("rule.applies"), cell(", ".join(say.of(law.label("actor.status", one)) for one in rule.applies_to))
    phases = [say.of(law.label("phase", phase)) for phase in PHASES if phase in rule.phases]
    yield say("rule.phase"), cell(", ".join([*phases, *([say("rule.no_contest")] if None in rule.phases else [])]))
    track, level = say.of(law.label("track", rule.track)), say.of(law.label("sanction_level", rule.level))
    yield say("rule.track"), cell(f"{track} · {level}")
    if rule.basis:
        yield (
            say("rule.basis"),
            cell(
                *(
                    say.of(basis.instrument.title)
                    + (f", {say('rule.article', article=basis.article)}" if basis.article else "")
                    for basis in rule.basis
                )
            ),
        )
    if rule.derived_from:
        yield say("rule.form_of"), ((link(rule.derived_from),),)


def _around(rule: Rule, say: Speech) -> Iterator[Block]:
    """Give what takes an act out of the rule, which rules yield to it, and how it is read."""
    if rule.unless:
        yield Heading(4, say("rule.exceptions"), "")
        items = []
        for exception in rule.unless:
            lines = [line(say.of(exception.title)), line(say("rule.if", words=condition(exception.when, say)))]
            if exception.unless is not None:
                lines.append(line(say("rule.even_then", words=condition(exception.unless, say))))
            items.append((*lines, *cited(exception.citation, say)))
        yield Bullets(tuple(items))
    if rule.overrides:
        yield Heading(4, say("rule.overrides"), "")
        yield Bullets(
            tuple(
                (
                    (link(over.rule),),
                    line(say("rule.override", reason=say.of(over.reason), by=over.declared_by)),
                )
                for over in rule.overrides
            )
        )
    if rule.issues:
        yield Heading(4, say("rule.readings"), "")
        yield Bullets(
            tuple(((Run(say.of(issue.title), "plain", f"issue-{anchor(issue.id)}"),),) for issue in rule.issues)
        )


def readings(issue: Issue, say: Speech) -> Table:
    """Give how authorities read one question."""
    return Table(
        say.of(issue.title),
        (Column(say("rule.by"), 1.3), Column(say("rule.says"), 2.4), Column(say("rule.source"), 1)),
        tuple(
            (
                cell(reading.by),
                cell(say.of(reading.says)),
                (*((line(say.day(reading.day)),) if reading.day else ()), sources((reading.source.id,))),
            )
            for reading in issue.readings
        ),
    )


def worked(rule: Rule, examples: Mapping[str, Example], say: Speech) -> Iterator[Block]:
    """Give the examples that a rule names."""
    yield from _table(rule, [examples[name] for name in rule.examples], say("rule.examples", rule=rule.id), say)


def near_misses(rule: Rule, examples: Mapping[str, Example], say: Speech) -> Iterator[Block]:
    """Give the other examples that say of a rule that it is not met: one fact otherwise, and it would be."""
    missed = [
        one
        for name, one in examples.items()
        if one.rules.get(rule.id) in ("not_met", "defeated") and name not in rule.examples
    ]
    yield from _table(rule, missed, say("rule.near_misses", rule=rule.id), say)


def _table(rule: Rule, shown: Sequence[Example], caption: str, say: Speech) -> Iterator[Block]:
    if not shown:
        return
    yield Table(
        caption,
        (
            Column(say("rule.example"), 1.3),
            Column(say("rule.facts"), 2.2),
            Column(say("rule.answer"), 1),
            Column(say("rule.why"), 1.5),
        ),
        tuple(
            (
                cell(say.of(one.title)),
                _stated(one, say),
                cell(*_answer(rule, one, say)),
                cell(say.of(one.why)),
            )
            for one in shown
        ),
    )


def _stated(example: Example, say: Speech) -> Cell:
    return tuple(
        line(muted(f"{field_words(name, say)}: "), value_words(name, value, say))
        for name, value in example.facts.stated.items()
    )


def _answer(rule: Rule, example: Example, say: Speech) -> Iterator[str]:
    """Say what the example expects of this rule, else of the whole."""
    status = example.rules.get(rule.id)
    if status:
        yield say.of(law.label("rule_status", status))
    elif example.outcome:
        yield say.of(law.label("outcome", example.outcome))
    else:
        yield "—"
