"""A determination on a terminal: a sentence for the person concerned, and a table of the rules for the inspector."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rich import box
from rich.table import Table
from rich.text import Text as Styled

from telusur import law
from telusur.cli.console import show, terminal_width
from telusur.cli.rule_words import citation_line
from telusur.domain.text import Language, Text
from telusur.dossier import visible
from telusur.law import Determination, Finding, Override, RuleResult

_STATUSES: Final = {"met": "✓", "not_met": "✗", "defeated": "–", "undecided": "?"}
_RULE: Final = Text("Unsur", "Rule")
_STATUS: Final = Text("Keadaan", "Status")
_TRACK: Final = Text("Jalur", "Track")
_LEVEL: Final = Text("Tingkat", "Level")
_FACTS: Final = Text(
    "✓ terpenuhi  ✗ tidak  ? belum diketahui  ≠ penafsiran berbeda", "✓ met  ✗ not met  ? unknown  ≠ readings differ"
)
_CITATION: Final = Text("Rujukan dan statusnya", "Citation and its status")
_ASK: Final = Text("berikutnya ditanyakan", "next to be asked")
_PRESUMED: Final = Text("dianggap tidak ada, karena tidak dinyatakan", "taken as absent, since nobody stated it")
_LACKING: Final = Text("belum diketahui", "unknown")
_SO: Final = Text("terpenuhi", "met")
_NOT_SO: Final = Text("tidak terpenuhi", "not met")
_FOUND: Final = Text("{fact}: {found} (diminta: {wanted})", "{fact}: {found} (asked for: {wanted})")
_YIELDS: Final = Text("mengalah pada unsur lain", "yields to another rule")
_BY_EXCEPTION: Final = Text("dikecualikan oleh", "taken out by the exception")
_BY_RULE: Final = Text("mengalah pada {rule}: {reason}", "yields to {rule}: {reason}")
_DECLARED: Final = Text("dinyatakan oleh {by}", "declared by {by}")
_FORM_OF: Final = Text("bentuk dari {rule}", "a form of {rule}")
_DIFFER: Final = Text("penafsiran berbeda", "readings differ")

#: Columns a terminal must have for the whole table, and for one of three columns; below, there are two.
_WIDE: Final = 120
_MIDDLE: Final = 72


@dataclass(frozen=True, slots=True)
class _Row:
    """What is told of one rule."""

    mark: str
    rule: str
    title: str
    status: str
    track: str
    level: str
    citation: str
    met: tuple[str, ...]
    unmet: tuple[str, ...]
    missing: tuple[str, ...]
    defeated: str
    differ: tuple[str, ...]


def determination_lines(found: Determination, language: Language) -> Iterator[str]:
    """Give the answer in a sentence, then each rule on the same act with what it lacks: plain, for a pipe."""

    def say(text: Text) -> str:
        return text.in_language(language)

    yield say(found.sentence)
    for row in _rows(found, language):
        yield f"  {row.mark} {row.rule}  {row.status}: {row.title}"
        yield f"      {row.track} · {row.level} · {row.citation}"
        if row.defeated:
            yield f"      {row.defeated}"
        for words, facts in ((_SO, row.met), (_NOT_SO, row.unmet), (_LACKING, row.missing), (_DIFFER, row.differ)):
            if facts:
                yield f"      {say(words)}: {'; '.join(facts)}"
    yield from _closing(found, language)


def show_determination(found: Determination, language: Language) -> None:
    """Print the answer in a sentence, and the rules: as a table on a terminal, as plain lines elsewhere."""
    width = terminal_width()
    if width is None:
        for line in determination_lines(found, language):
            show(line)
        return
    show(found.sentence.in_language(language))
    rows = list(_rows(found, language))
    if rows:
        show(_table(rows, language, width))
    for line in _closing(found, language):
        show(line)


def _table(rows: Sequence[_Row], language: Language, width: int) -> Table:
    def head(text: Text) -> str:
        return text.in_language(language)

    table = Table(box=box.HORIZONTALS, show_lines=True, expand=True, pad_edge=False)
    if width >= _WIDE:
        # Names of rules are looked up and copied: they stay whole where there is room.
        table.add_column(head(_RULE), overflow="fold", max_width=24)
        for name in (_STATUS, _TRACK, _LEVEL):
            table.add_column(head(name), overflow="fold", max_width=14)
        table.add_column(head(_FACTS), overflow="fold", ratio=3)
        table.add_column(head(_CITATION), overflow="fold", ratio=2)
        for row in rows:
            rule, facts = _cell([row.rule, row.title], row), _cell(_facts(row), row)
            kinds = (f"{row.mark} {row.status}", row.track, row.level, row.citation)
            status, track, level, citation = (_cell([one], row) for one in kinds)
            table.add_row(rule, status, track, level, facts, citation)
        return table
    rule_head = f"{head(_RULE)}, {head(_STATUS).lower()}, {head(_TRACK).lower()}, {head(_LEVEL).lower()}"
    apart = width >= _MIDDLE
    table.add_column(rule_head, overflow="fold", ratio=2)
    table.add_column(head(_FACTS), overflow="fold", ratio=3)
    if apart:
        table.add_column(head(_CITATION), overflow="fold", ratio=2)
    for row in rows:
        first = [row.rule, f"{row.mark} {row.status}", f"{row.track} · {row.level}"]
        if apart:
            table.add_row(_cell(first, row), _cell(_facts(row), row), _cell([row.citation], row))
        else:
            table.add_row(_cell(first, row), _cell([*_facts(row), row.citation], row))
    return table


def _cell(lines: Sequence[str], row: _Row) -> Styled:
    return Styled(visible("\n".join(lines)) if len(lines) == 1 else "\n".join(map(visible, lines)), _style(row))


def _style(row: _Row) -> str:
    return "bold" if row.mark == _STATUSES["met"] else ""


def _facts(row: _Row) -> list[str]:
    marked = [f"– {row.defeated}"] if row.defeated else []
    for mark, facts in (("✓", row.met), ("✗", row.unmet), ("?", row.missing), ("≠", row.differ)):
        marked += [f"{mark} {one}" for one in facts]
    return marked


def _closing(found: Determination, language: Language) -> Iterator[str]:
    def say(text: Text) -> str:
        return text.in_language(language)

    if found.presumed:
        yield f"{say(_PRESUMED)}: {', '.join(say(law.label(fact)) for fact in found.presumed)}"
    if found.next_question:
        yield f"→ {say(_ASK)}: {say(law.label(found.next_question))} ({found.next_question})"


def _rows(found: Determination, language: Language) -> Iterator[_Row]:
    def say(text: Text) -> str:
        return text.in_language(language)

    for one in found.rule_results:
        rule = one.rule
        citation = citation_line(rule.citation, language)
        if rule.derived_from:
            citation += f" · {say(_FORM_OF.filled(rule=rule.derived_from))}"
        yield _Row(
            mark=_STATUSES[one.status],
            rule=rule.id,
            title=say(rule.title),
            status=say(_YIELDS if isinstance(one.defeated_by, Override) else law.label("rule_status", one.status)),
            track=say(law.label("track", rule.track)),
            level=say(law.label("sanction_level", rule.level)),
            citation=citation,
            met=tuple(_met(finding, say) for finding in one.met),
            unmet=tuple(_unmet(finding, say) for finding in one.unmet),
            missing=tuple(say(law.label(fact)) for fact in dict.fromkeys(one.missing)),
            defeated=_defeated(one, language),
            differ=tuple(say(issue.title) for issue in one.readings),
        )


def _defeated(one: RuleResult, language: Language) -> str:
    by = one.defeated_by
    if by is None:
        return ""
    if isinstance(by, Override):
        reason = by.reason.in_language(language)
        words = _BY_RULE.filled(rule=str(one.defeated_by_rule), reason=reason).in_language(language)
        return f"{words} ({_DECLARED.filled(by=by.declared_by).in_language(language)})"
    title, place = by.title.in_language(language), citation_line(by.citation, language)
    return f"{_BY_EXCEPTION.in_language(language)} {by.id}: {title} ({place})"


def _met(finding: Finding, say: Callable[[Text], str]) -> str:
    return f"{say(law.label(finding.fact))}: {say(law.label(finding.fact, finding.found))}"


def _unmet(finding: Finding, say: Callable[[Text], str]) -> str:
    wanted = " / ".join(say(law.label(finding.fact, value)) for value in finding.expected)
    found = say(law.label(finding.fact, finding.found))
    return say(_FOUND.filled(fact=say(law.label(finding.fact)), found=found, wanted=wanted))
