"""What stands in the vocabulary or the catalogue, and nothing uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable

from telusur.domain.vocabulary import FIELDS
from telusur.law.conditions import Atom
from telusur.law.document import Document, walk
from telusur.law.model import Catalogue
from telusur.law.proofs.declared import Declared
from telusur.law.proofs.finding import Finding, Places


def unused(catalogue: Catalogue, folder: Traversable, known: Declared, at: Places) -> Iterator[Finding]:
    """Give facts that no rule asks, values that no rule tells apart, and terms, exceptions and issues nobody uses."""
    yield from _facts(catalogue, known)
    used = {
        "exceptions": {exception.id for rule in catalogue.rules.values() for exception in rule.unless},
        "issues": {issue.id for rule in catalogue.rules.values() for issue in rule.issues},
        "terms": _terms(folder),
    }
    held: Mapping[str, Mapping[str, object]] = {
        "exceptions": catalogue.exceptions,
        "issues": catalogue.issues,
        "terms": catalogue.terms,
    }
    for group, names in held.items():
        for name in names:
            if name not in used[group]:
                yield at.finding("unused", name, f"nothing uses it ({group}); use it, or take it out")


def _facts(catalogue: Catalogue, known: Declared) -> Iterator[Finding]:
    """Give the facts that no rule asks, and the values that no rule tells apart."""
    atoms = _atoms(catalogue)
    for name, field in FIELDS.items():
        if field.kind not in ("choice", "flag") or name.startswith(("attribution.", "contest.round")):
            continue
        if name not in atoms:
            if not known.alike(name, ()):
                yield Finding("unused", name, "no rule asks this fact; use it, or declare why not (`alike`)")
            continue
        classes: dict[tuple[bool, ...], list[str]] = {}
        for value in field.values:
            told = [value in allowed for allowed in atoms[name]]
            if name == "contest.kind":
                told += [value in calendar.contests for calendar in catalogue.calendars.all]
            classes.setdefault(tuple(told), []).append(value)
        for values in classes.values():
            if len(values) > 1 and not known.alike(name, values):
                says = f"no rule tells {', '.join(values)} apart; declare why (`alike`)"
                yield Finding("unused", name, says)


def _atoms(catalogue: Catalogue) -> dict[str, list[frozenset[str | bool]]]:
    """Give for each fact the sets of values that rules ask for."""
    found: dict[str, list[frozenset[str | bool]]] = {}
    for rule in catalogue.rules.values():
        conditions = [rule.when, *(issue.when for issue in rule.issues)]
        for exception in rule.unless:
            conditions += [exception.when, *([exception.unless] if exception.unless else [])]
        every: list[Atom] = [atom for condition in conditions for atom in condition.atoms()]
        for atom in every:
            found.setdefault(atom.field, []).append(atom.allowed)
        found.setdefault("actor.status", []).append(frozenset(rule.applies_to))
    return found


def _terms(folder: Traversable) -> set[str]:
    """Give the terms that conditions name."""
    used: set[str] = set()

    def search(value: object) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                if key == "term":
                    used.add(str(inner))
                search(inner)
        elif isinstance(value, list):
            for inner in value:
                search(inner)

    for name, entry in walk(folder):
        search(Document(name, entry.read_text("utf-8")).marked().value)
    return used
