"""A rule in lines for a terminal, Indonesian or English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from telusur import law
from telusur.domain.contest import PHASES
from telusur.domain.text import Language, Text
from telusur.domain.when import day_words
from telusur.law import AnyOf, Atom, Citation, Condition, Override, Recorded, Rule, Span

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
_CHECKED = Text(
    "diperiksa terhadap naskah resmi oleh {by} pada {on}", "checked against the official text by {by} on {on}"
)
_HISTORY = Text("riwayat", "history")
_KNOWN_HERE = Text("diketahui di sini", "known here")
_INSTRUMENT_BEGAN = Text("{instrument} mulai berlaku", "{instrument} came into force")
_INSTRUMENT_ENDED = Text("hari terakhir {instrument} berlaku", "last day of {instrument}")
_RULE_BEGAN = Text("aturan ini mulai berlaku", "this rule came into force")
_RULE_ENDED = Text("hari terakhir aturan ini berlaku", "last day of this rule")
_CONTINUING = Text(
    "perbuatan yang berlanjut: juga bila dimulai sebelum aturan berlaku",
    "conduct that lasts: also where it began before the rule came into force",
)
_FORM_OF = Text("mengambil alih bentuk dari {rule}", "takes over the form of {rule}")
_TAKEN_OVER = Text("bentuknya diambil alih oleh", "its form is taken over by")
_YIELDS_TO = Text("mengalah pada", "yields to")
_DECLARED = Text("dinyatakan oleh {by}", "declared by {by}")
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


def history_lines(
    rule: Rule, forms: Sequence[Rule], before: Sequence[tuple[Rule, Override]], language: Language
) -> Iterator[str]:
    """Say when the rule came into force and was known, what took its form over, and what it yields to.

    Parameters
    ----------
    rule
        The rule.
    forms
        The rules that take its form over for other people.
    before
        The rules it yields to, each with the reason declared.
    language
        In which words.
    """

    def say(text: Text) -> str:
        return text.in_language(language)

    instrument = rule.citation.instrument
    days = [(rule.known_from, _KNOWN_HERE)]
    spans = [(instrument.in_force, _INSTRUMENT_BEGAN, _INSTRUMENT_ENDED), (rule.in_force, _RULE_BEGAN, _RULE_ENDED)]
    for span, began, ended in spans:
        days += [(span.first, began)] if span.first else []
        days += [(span.last, ended)] if span.last else []
    yield f"  {say(_HISTORY)}:"
    for day, words in sorted(days, key=lambda one: one[0]):
        yield f"    {say(day_words(day))}: {say(words.filled(instrument=instrument.id))}"
    if rule.continuing:
        yield f"    {say(_CONTINUING)}"
    if rule.derived_from:
        yield f"    {say(_FORM_OF.filled(rule=rule.derived_from))}"
    for form in forms:
        people = ", ".join(say(law.label("actor.status", status)) for status in form.applies_to)
        kind = f"{say(law.label('track', form.track))} · {say(law.label('sanction_level', form.level))}"
        yield f"    {say(_TAKEN_OVER)} {form.id}: {people} ({kind})"
    for other, over in before:
        yield f"    {say(_YIELDS_TO)} {other.id}: {say(over.reason)} ({say(_DECLARED.filled(by=over.declared_by))})"


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
