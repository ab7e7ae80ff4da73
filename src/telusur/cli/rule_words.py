"""A rule and a determination in lines for a terminal, Indonesian or English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from telusur import law
from telusur.domain.contest import PHASES
from telusur.domain.text import Language, Text
from telusur.domain.when import day_words
from telusur.law import AnyOf, Atom, Citation, Condition, Determination, Finding, Recorded, Rule, Span

_STATUSES = {"met": "✓", "not_met": "✗", "defeated": "–", "undecided": "?"}
_IN_FORCE = Text("berlaku", "in force")
_FROM = Text("sejak", "from")
_UNTIL = Text("sampai", "until")
_KNOWN = Text("diketahui di sini sejak", "known here since")
_APPLIES = Text("berlaku bagi", "applies to")
_UNLESS = Text("kecuali", "unless")
_EVEN_THEN = Text("pengecualian ini tidak berlaku bila", "caught all the same if")
_YIELDS = Text("mendahului", "overrides")
_READINGS = Text("penafsiran yang diterbitkan", "published readings")
_NO_CONTEST = Text("di luar pemilihan", "outside any contest")
_ALL = Text("semua:", "all of:")
_ANY = Text("salah satu:", "any of:")
_EXAMPLES = Text("contoh", "examples")
_ASK = Text("berikutnya ditanyakan", "next to be asked")
_LACKING = Text("belum diketahui", "unknown")
_CHECKED = Text(
    "diperiksa terhadap naskah resmi oleh {by} pada {on}", "checked against the official text by {by} on {on}"
)
_ADVISES = Text(
    "hanya memberi saran: tidak dapat menjadi dasar sanksi sebelum diperiksa terhadap naskah resmi",
    "advises only: no sanction can rest on it before it has been checked against the official text",
)
_LOST = {
    "rule_changed": Text(
        "tidak berlaku lagi: aturan berubah sesudahnya", "holds no longer: the rule has changed since"
    ),
    "text_missing": Text("tidak berlaku: salinan naskahnya hilang", "does not hold: the kept text is gone"),
    "text_changed": Text("tidak berlaku: salinan naskahnya berubah", "does not hold: the kept text was altered"),
}
_PARTS = {
    "ethics": Text("bagian etik", "ethics"),
    "discipline": Text("bagian disiplin", "discipline"),
}
_ROW = Text("baris {row}", "row {row}")
_NOT_SO = Text("tidak terpenuhi", "not met")
_FOUND = Text("{fact}: {found} (diminta: {wanted})", "{fact}: {found} (asked for: {wanted})")


def rule_lines(rule: Rule, language: Language) -> Iterator[str]:
    """Give all that stands in the catalogue of a rule."""

    def say(text: Text) -> str:
        return text.in_language(language)

    def label(field: str, value: str | bool | None = None) -> str:
        return say(law.label(field, value))

    yield f"{rule.id}  {say(rule.title)}"
    yield f"  {citation_line(rule.citation, language)}"
    if rule.citation.note:
        yield f"  {rule.citation.note}"
    yield f"  {say(_IN_FORCE)} {_span(rule.in_force, language)}; {say(_KNOWN)} {say(day_words(rule.known_from))}"
    yield f"  {say(_APPLIES)}: {', '.join(label('actor.status', status) for status in rule.applies_to)}"
    phases = [label("phase", phase) for phase in PHASES if phase in rule.phases]
    phases += [say(_NO_CONTEST)] if None in rule.phases else []
    yield f"  {label('phase')}: {', '.join(phases)}"
    basis = ", ".join(f"{basis.instrument.id} {basis.article or ''}".strip() for basis in rule.basis)
    yield f"  {label('track')}: {label('track', rule.track)} · {label('sanction_level', rule.level)} ({basis})"
    yield from _condition(rule.when, language, 1)
    for exception in rule.unless:
        yield f"  {say(_UNLESS)}: {say(exception.title)} ({citation_line(exception.citation, language)})"
        yield from _condition(exception.when, language, 2)
        if exception.unless is not None:
            yield f"    {say(_EVEN_THEN)}:"
            yield from _condition(exception.unless, language, 3)
    for over in rule.overrides:
        yield f"  {say(_YIELDS)} {over.rule}: {say(over.reason)}"
    yield from _readings(rule, language)
    for source in rule.citation.sources:
        yield f"  [{source.id}] {source.what}: {source.url}"
    if rule.examples:
        yield f"  {say(_EXAMPLES)}: {', '.join(rule.examples)}"


def confirmation_lines(rule: Rule, checked: Sequence[Recorded], language: Language) -> Iterator[str]:
    """Say who checked a rule against the gazette here, and whether that holds; of an unchecked one, that it advises."""
    for one in checked:
        who = _CHECKED.filled(by=one.confirmation.by, on=one.confirmation.on).in_language(language)
        lost = _LOST.get(one.standing)
        yield f"  {who} [{one.confirmation.text_sha256}]{f' – {lost.in_language(language)}' if lost else ''}"
    if not rule.allows_sanction:
        yield f"  {_ADVISES.in_language(language)}"


def _readings(rule: Rule, language: Language) -> Iterator[str]:
    if rule.issues:
        yield f"  {_READINGS.in_language(language)}:"
    for issue in rule.issues:
        yield f"    {issue.title.in_language(language)}"
        for reading in issue.readings:
            day = f", {day_words(reading.day).in_language(language)}" if reading.day else ""
            yield f"      – {reading.says.in_language(language)} — {reading.by}{day} [{reading.source.id}]"


def determination_lines(found: Determination, language: Language) -> Iterator[str]:
    """Give the answer in a sentence, then each rule on the same act with what it lacks."""

    def names(fields: tuple[str, ...]) -> str:
        return ", ".join(law.label(field).in_language(language) for field in dict.fromkeys(fields))

    def unmet(finding: Finding) -> str:
        fact, wanted = finding.fact, (law.label(finding.fact, value) for value in finding.expected)
        words = _FOUND.filled(
            fact=law.label(fact).in_language(language),
            found=law.label(fact, finding.found).in_language(language),
            wanted=" / ".join(one.in_language(language) for one in wanted),
        )
        return words.in_language(language)

    yield found.sentence.in_language(language)
    for result in found.rule_results:
        status = law.label("rule_status", result.status).in_language(language)
        citation = law.label("citation_status", result.rule.citation.status).in_language(language)
        title = result.rule.title.in_language(language)
        yield f"  {_STATUSES[result.status]} {result.rule.id}  {status}: {title} ({citation})"
        if result.missing:
            yield f"      {_LACKING.in_language(language)}: {names(result.missing)}"
        if result.unmet:
            yield f"      {_NOT_SO.in_language(language)}: {'; '.join(map(unmet, result.unmet))}"
    if found.next_question:
        yield f"→ {_ASK.in_language(language)}: {names((found.next_question,))} ({found.next_question})"


def citation_line(citation: Citation, language: Language) -> str:
    """Give instrument, place, status and confidence of a citation."""
    part = citation.part and (_PARTS[citation.part].in_language(language) if citation.part in _PARTS else citation.part)
    row = citation.row and _ROW.in_language(language).format(row=citation.row)
    place = ", ".join(str(one) for one in (part, row, citation.article) if one)
    status = law.label("citation_status", citation.status).in_language(language)
    confidence = law.label("confidence", citation.confidence).in_language(language)
    return f"{citation.instrument.title.in_language(language)}{f' {place}' if place else ''} · {status} · {confidence}"


def _span(span: Span, language: Language) -> str:
    ends = [(_FROM, span.first), (_UNTIL, span.last)]
    return " ".join(f"{w.in_language(language)} {day_words(d).in_language(language)}" for w, d in ends if d)


def _condition(condition: Condition, language: Language, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if isinstance(condition, Atom):
        values = ", ".join(law.label(condition.field, value).in_language(language) for value in condition.expected)
        yield f"{indent}{law.label(condition.field).in_language(language)}: {values}"
        return
    if len(condition.parts) == 1:
        yield from _condition(condition.parts[0], language, depth)
        return
    if condition.parts:
        yield f"{indent}{(_ANY if isinstance(condition, AnyOf) else _ALL).in_language(language)}"
    for part in condition.parts:
        yield from _condition(part, language, depth + 1)
