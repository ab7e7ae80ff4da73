"""From rules as written to rules as asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import partial

from telusur.domain.errors import BadInput, nearest
from telusur.domain.vocabulary import FIELDS
from telusur.law import border
from telusur.law.conditions import ALWAYS, AllOf, AnyOf, Atom, Condition, Path
from telusur.law.document import Document
from telusur.law.model import Issue, Override, Rule, RuleException, Span
from telusur.law.workshop import Workshop, check_status, span_of, text_of


def rules(shop: Workshop, document: Document, held: border.RulesFile) -> None:
    """Take the rules of one file."""
    for i, one in enumerate(held.rules):
        path: Path = ("rules", i)
        make = partial(_rule, shop, one, held, document, path)
        shop.keep(shop.rules, one.id, make, document, (*path, "id"))


def same_forms(shop: Workshop, document: Document, held: border.RulesFile) -> None:
    """Take over the forms of another instrument for other people."""
    for i, one in enumerate(held.same_forms):
        path: Path = ("same_forms", i)
        try:
            shop.find(shop.instruments, one.forms_of, "instrument", document, (*path, "forms_of"))
            citation = shop.citation(one.citation, held.instrument, document, (*path, "citation"))
            scope, known, applies_to = _common(shop, one, held.common, document, path)
            basis = shop.basis(one.sanction, document, (*path, "sanction"))
        except BadInput as problem:
            shop.problems.append(problem)
            continue
        forms = [rule for rule in shop.rules.values() if rule.citation.instrument.id == one.forms_of]
        for form in forms:
            made = replace(
                form,
                id=f"{held.instrument}/{form.id.rpartition('/')[2]}",
                citation=citation,
                in_force=scope,
                known_from=known,
                applies_to=applies_to,
                # What was declared of the rules for some people is not declared of those for others.
                overrides=(),
                track=one.track,
                level=one.sanction.level,
                basis=basis,
                examples=one.examples,
                derived_from=form.id,
            )
            shop.keep(shop.rules, made.id, partial(replace, made), document, path)


def check_overrides(shop: Workshop, document: Document, held: border.RulesFile) -> None:
    """Check that what a file overrides exists, and that nothing overrides in a circle."""
    for i, one in enumerate(held.rules):
        for j, over in enumerate(one.overrides):
            path: Path = ("rules", i, "overrides", j, "rule")
            if over.rule not in shop.rules:
                hint = nearest(over.rule, shop.rules)
                shop.problems.append(document.problem(path, f"there is no rule {over.rule!r}; {hint}"))
            elif _yields_to(shop, one.id, over.rule):
                shop.problems.append(
                    document.problem(path, f"{one.id} and {over.rule} override each other; let one of them yield")
                )


def _rule(shop: Workshop, one: border.RuleIn, file: border.RulesFile, document: Document, path: Path) -> Rule:
    when = shop.condition(one.when, document, (*path, "when"))
    kinds = act_kinds(when)
    if not kinds:
        raise document.problem((*path, "when"), "name the kinds of act (`act.kind: [...]`) that the rule speaks of")
    scope, known, applies_to = _common(shop, one, file.common, document, path)
    unless = one.unless if one.unless is not None else file.common.unless or ()
    exceptions = tuple(
        shop.find(shop.exceptions, key, "exception", document, (*path, "unless", j)) for j, key in enumerate(unless)
    )
    issues = tuple(
        shop.find(shop.issues, key, "issue", document, place)
        for place, key in (
            *(((*path, "readings", j), key) for j, key in enumerate(one.readings)),
            *((("common", "readings", j), key) for j, key in enumerate(file.common.readings)),
        )
    )
    return Rule(
        one.id,
        text_of(one.title),
        shop.citation(one.citation, file.instrument, document, (*path, "citation")),
        scope,
        known,
        applies_to,
        one.phase,
        kinds,
        when,
        exceptions,
        tuple(Override(over.rule, text_of(over.reason), over.declared_by) for over in one.overrides),
        issues,
        one.track,
        one.sanction.level,
        shop.basis(one.sanction, document, (*path, "sanction")),
        one.examples,
        one.continuing,
        presumable=_presumable(when, exceptions, issues),
    )


def _common(
    shop: Workshop, one: border.CommonIn, common: border.CommonIn, document: Document, path: Path
) -> tuple[Span, date, tuple[str, ...]]:
    in_force, known, applies_to = (
        one.in_force or common.in_force,
        one.known or common.known,
        one.applies_to or common.applies_to,
    )
    for name, held in (("in_force", in_force), ("known", known), ("applies_to", applies_to)):
        if not held:
            raise document.problem(path, f"`{name}` is missing here and in `common`; add it to one of them")
    assert in_force
    assert known
    assert applies_to
    for j, status in enumerate(applies_to):
        check_status(status, document, (*path, "applies_to", j))
        if shop.coverage[status].scope == "none":
            raise document.problem((*path, "applies_to", j), f"coverage.yaml says that {status} is not covered")
    span = span_of(in_force)
    if span.first is None:
        raise document.problem((*path, "in_force"), "a rule needs the day it came into force (`from`)")
    return span, known.first, applies_to


def _yields_to(shop: Workshop, rule: str, other: str) -> bool:
    """Say whether `rule` is overridden by `other`, straight or by way of others."""
    seen: set[str] = set()
    waiting = [other]
    while waiting:
        current = waiting.pop()
        if current == rule:
            return True
        if current not in seen and current in shop.rules:
            seen.add(current)
            waiting += [over.rule for over in shop.rules[current].overrides]
    return False


def act_kinds(condition: Condition) -> frozenset[str]:
    """Give the kinds of act of which a condition can hold; none, if it does not speak of the kind."""
    if isinstance(condition, Atom):
        return frozenset(str(value) for value in condition.expected) if condition.field == "act.kind" else frozenset()
    found = [act_kinds(part) for part in condition.parts]
    if isinstance(condition, AnyOf):
        # One branch that says nothing of the kind opens the whole to all kinds.
        return frozenset().union(*found) if all(found) else frozenset()
    named = [kinds for kinds in found if kinds]
    return frozenset.intersection(*named) if named else frozenset()


def _presumable(when: Condition, exceptions: Iterable[RuleException], issues: Iterable[Issue]) -> tuple[str, ...]:
    conditions = [when, *(issue.when for issue in issues)]
    for exception in exceptions:
        conditions += [exception.when, exception.unless or ALWAYS]
    asked = {atom.field for atom in AllOf(tuple(conditions)).atoms()}
    return tuple(name for name, known in FIELDS.items() if known.exception and name in asked)
