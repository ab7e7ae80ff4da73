"""Facts, values and answers of the law in words; the words themselves stand with the catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from telusur import law
from telusur.domain.facts import Value
from telusur.domain.vocabulary import FIELDS
from telusur.dossier.render.blocks import Cell, line, muted, strong
from telusur.dossier.render.speech import Speech

#: Facts whose values are anybody's words or dates, so that they have no label.
_OWN_WORDS = frozenset(name for name, field in FIELDS.items() if field.kind in {"words", "date"})


def field_words(name: str, say: Speech) -> str:
    """Say the name of a fact."""
    return say.of(law.label(name))


def value_words(name: str, value: Value, say: Speech) -> str:
    """Say the value of a fact; unknown is a value."""
    if value is None:
        return say("unknown")
    if isinstance(value, date):
        return say.day(value)
    return str(value) if name in _OWN_WORDS else say.of(law.label(name, value))


def values_words(name: str, values: Iterable[str | bool], say: Speech) -> str:
    """Say the values that a condition allows."""
    return say("law.or").join(value_words(name, value, say) for value in values)


def outcome_lines(found: law.Determination, say: Speech) -> Cell:
    """Say the answer of the rules in one sentence, and what would settle it."""
    lines = [line(strong(say.of(found.sentence)))]
    if found.scope_note:
        lines.append(line(say.of(found.scope_note)))
    if found.contested:
        lines.append(line(say("law.contested")))
    if found.next_question:
        lines.append(line(muted(say("law.next_question", fact=field_words(found.next_question, say)))))
    return tuple(lines)


def missing_words(found: law.Determination, say: Speech) -> list[str]:
    """Say the facts that are missing."""
    return [field_words(name, say) for name in found.missing]
