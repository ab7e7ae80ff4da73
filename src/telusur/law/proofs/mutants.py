"""Catalogues with one thing wrong: a condition dropped or turned into its opposite.

A condition is what a rule writes in one line: a fact with its values, or a term. What a term, an exception or an open
issue says is changed where it is defined, for all rules at once. Rules taken over by another instrument change with
the rule they come from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from telusur.domain.vocabulary import FIELDS
from telusur.law.conditions import ALWAYS, AllOf, AnyOf, Atom, Condition
from telusur.law.make_rules import act_kinds
from telusur.law.model import Catalogue, Issue, Rule, RuleException

_OPPOSITE: Final[Mapping[str, str]] = {
    "before_determination": "from_determination",
    "from_determination": "before_determination",
    "during_campaign": "before_determination",
    "any_phase": "no_contest",
    "no_contest": "any_phase",
}
Value = TypeVar("Value")
_NEVER: Final = AnyOf(())


@dataclass(frozen=True, slots=True)
class Mutant:
    """A catalogue with one thing wrong.

    Parameters
    ----------
    subject
        The rule, term, exception, issue or instrument it is in.
    what
        What was done, in words.
    rules
        The rules that changed, by id.
    """

    subject: str
    what: str
    rules: Mapping[str, Rule]

    def catalogue(self, sound: Catalogue) -> Catalogue:
        """Give the whole catalogue with this in it."""
        rules = {**sound.rules, **self.rules}
        by_act = {
            kind: tuple(rule for rule in rules.values() if kind in rule.act_kinds) for kind in FIELDS["act.kind"].values
        }
        return replace(sound, rules=rules, by_act=by_act)


def mutants(catalogue: Catalogue) -> Iterator[Mutant]:
    """Give every catalogue in which one condition is dropped or turned into its opposite."""
    own = [rule for rule in catalogue.rules.values() if rule.derived_from is None]
    for rule in own:
        for what, changed in _of_rule(rule, catalogue):
            yield Mutant(rule.id, what, _with_forms({rule.id: changed}, catalogue))
    for shared in (*_of_terms(catalogue), *_of_exceptions(catalogue), *_of_issues(catalogue)):
        subject, what, change = shared
        touched = {rule.id: changed for rule in own if (changed := change(rule)) != rule}
        if touched:
            yield Mutant(subject, what, _with_forms(touched, catalogue))
    yield from _of_forms(catalogue)


def _of_rule(rule: Rule, catalogue: Catalogue) -> Iterator[tuple[str, Rule]]:
    for what, when in _changes(rule.when, catalogue.terms):
        yield what, _asking(rule, when)
    if rule.phase != "always":
        yield f"drop the phase {rule.phase}", replace(rule, phase="always")
        yield f"turn the phase {rule.phase} into {_OPPOSITE[rule.phase]}", replace(rule, phase=_OPPOSITE[rule.phase])
    yield from _statuses(rule)
    for i, exception in enumerate(rule.unless):
        yield f"drop the exception {exception.id}", replace(rule, unless=_without(rule.unless, i))
    for i, over in enumerate(rule.overrides):
        yield f"drop the override of {over.rule}", replace(rule, overrides=_without(rule.overrides, i))
    for i, issue in enumerate(rule.issues):
        if issue.bears_on != "level":
            yield f"drop the readings {issue.id}", replace(rule, issues=_without(rule.issues, i))


def _statuses(rule: Rule) -> Iterator[tuple[str, Rule]]:
    every = FIELDS["actor.status"].values
    yield "drop the statuses", replace(rule, applies_to=every)
    others = tuple(status for status in every if status not in rule.applies_to)
    yield "turn the statuses into all others", replace(rule, applies_to=others)


def _of_forms(catalogue: Catalogue) -> Iterator[Mutant]:
    """Change for whom an instrument takes rules over."""
    instruments: dict[str, list[Rule]] = {}
    for rule in catalogue.rules.values():
        if rule.derived_from is not None:
            instruments.setdefault(rule.citation.instrument.id, []).append(rule)
    for name, rules in instruments.items():
        for changed in zip(*(_statuses(rule) for rule in rules), strict=True):
            yield Mutant(name, changed[0][0], {rule.id: rule for _, rule in changed})


Change = tuple[str, str, Callable[[Rule], Rule]]


def _of_terms(catalogue: Catalogue) -> Iterator[Change]:
    for name, term in catalogue.terms.items():
        for what, changed in _changes(term, {other: held for other, held in catalogue.terms.items() if other != name}):

            def change(rule: Rule, term: Condition = term, changed: Condition = changed) -> Rule:
                return _asking(rule, _with(rule.when, term, changed))

            yield name, what, change


def _of_exceptions(catalogue: Catalogue) -> Iterator[Change]:
    for exception in catalogue.exceptions.values():
        changes = [(what, replace(exception, when=when)) for what, when in _changes(exception.when, catalogue.terms)]
        if exception.unless is not None:
            changes.append(("drop what takes the act back in", replace(exception, unless=None)))
            changes += [
                (f"of what takes the act back in, {what}", replace(exception, unless=unless))
                for what, unless in _changes(exception.unless, catalogue.terms)
            ]
        for what, changed in changes:
            yield exception.id, what, _exchange(exception, changed)


def _of_issues(catalogue: Catalogue) -> Iterator[Change]:
    for issue in catalogue.issues.values():
        for what, when in _changes(issue.when, catalogue.terms):
            yield issue.id, what, _exchange(issue, replace(issue, when=when))


def _exchange(old: RuleException | Issue, new: RuleException | Issue) -> Callable[[Rule], Rule]:
    def change(rule: Rule) -> Rule:
        return replace(
            rule,
            unless=tuple(new if isinstance(new, RuleException) and one is old else one for one in rule.unless),
            issues=tuple(new if isinstance(new, Issue) and one is old else one for one in rule.issues),
        )

    return change


def _with_forms(changed: Mapping[str, Rule], catalogue: Catalogue) -> dict[str, Rule]:
    """Let the rules that take over a form change with it, but for whom they speak to."""
    found = dict(changed)
    for rule in catalogue.rules.values():
        form = changed.get(rule.derived_from or "")
        if form is not None:
            changed_too = replace(
                rule,
                when=form.when,
                act_kinds=form.act_kinds,
                phase=form.phase,
                unless=form.unless,
                issues=form.issues,
            )
            if changed_too != rule:
                found[rule.id] = changed_too
    return found


def _asking(rule: Rule, when: Condition) -> Rule:
    kinds = act_kinds(when)
    return replace(rule, when=when, act_kinds=kinds or frozenset(FIELDS["act.kind"].values))


def _changes(condition: Condition, terms: Mapping[str, Condition]) -> Iterator[tuple[str, Condition]]:
    """Give a condition with each of its lines dropped, and with each turned into its opposite."""
    named = {id(term): name for name, term in terms.items()}

    def lines(held: Condition, *, whole: bool) -> Iterator[tuple[str, Condition, Condition]]:
        """Give each line in words, with the condition lacking it and with it turned."""
        if id(held) in named and not whole:
            yield f"term {named[id(held)]}", ALWAYS, held.negated()
        elif isinstance(held, Atom):
            values = ", ".join(str(value).lower() if isinstance(value, bool) else value for value in held.expected)
            yield f"{held.field}: {values}", ALWAYS, held.negated()
        else:
            for i, part in enumerate(held.parts):
                for words, dropped, turned in lines(part, whole=False):
                    # A line of an `any` that is dropped no longer opens it; one of an `all` no longer closes it.
                    gone = _NEVER if isinstance(held, AnyOf) and dropped is ALWAYS else dropped
                    yield words, _put(held, i, gone), _put(held, i, turned)

    for words, dropped, turned in lines(condition, whole=True):
        yield f"drop {words}", dropped
        yield f"turn {words}", turned


def _put(held: AllOf | AnyOf, place: int, part: Condition) -> Condition:
    parts = (*held.parts[:place], part, *held.parts[place + 1 :])
    return AllOf(parts) if isinstance(held, AllOf) else AnyOf(parts)


def _with(condition: Condition, old: Condition, new: Condition) -> Condition:
    if condition is old:
        return new
    if isinstance(condition, Atom):
        return condition
    parts = tuple(_with(part, old, new) for part in condition.parts)
    if all(one is other for one, other in zip(parts, condition.parts, strict=True)):
        return condition
    return AllOf(parts) if isinstance(condition, AllOf) else AnyOf(parts)


def _without(values: tuple[Value, ...], place: int) -> tuple[Value, ...]:
    return (*values[:place], *values[place + 1 :])
