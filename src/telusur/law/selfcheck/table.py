"""For one kind of act: what each combination of the facts still open would be answered, as one table.

The table has an axis for each open fact that some rule on the act turns on. Values that no rule tells apart share a
place on it. Rules are asked of whole axes at once, with yes, unknown and no as 2, 1 and 0, so that "and" is the minimum
and "or" the maximum (Kleene 1938); combinations of which every rule says the same are then put to `determine` once.
The table therefore answers as `determine` does, whatever `determine` makes of what the rules say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from telusur.domain.facts import Facts, Value
from telusur.law.conditions import AnyOf, Atom, Condition, values_of
from telusur.law.determine import Determination, determine
from telusur.law.model import LEVELS, Catalogue, Rule, RuleException
from telusur.law.selfcheck.contests import AXIS, Place

#: What an answer comes to: outcome, whether readings differ on it, and the gravest level met on each track.
Key = tuple[str, bool, frozenset[tuple[str, str]]]
Truths = NDArray[np.int8]

_YES: Final = np.int8(2)
#: Codes of several rules are packed into one number while they fit.
_ROOM: Final = 2**62


def key(answer: Determination) -> Key:
    """Give what an answer comes to; two answers with the same key tell a person the same."""
    gravest: dict[str, int] = {}
    for one in answer.met:
        track = one.rule.track
        gravest[track] = max(gravest.get(track, -1), LEVELS.index(one.rule.level))
    return answer.outcome, answer.contested, frozenset((track, LEVELS[level]) for track, level in gravest.items())


@dataclass(frozen=True, slots=True)
class Axis:
    """One fact and its values, those together that no rule on the act tells apart.

    Parameters
    ----------
    fact
        Its name; `contests.AXIS` for the contest, its round and its region in one.
    classes
        The values; of the contest, the numbers of the places.
    """

    fact: str
    classes: tuple[tuple[Value, ...], ...]

    def index(self, value: Value) -> int:
        """Give the place of a value."""
        return next(i for i, held in enumerate(self.classes) if value in held)


@dataclass(frozen=True, slots=True)
class Table:
    """The answers to one kind of act.

    Parameters
    ----------
    axes
        One a fact; the contest is the last.
    answers
        Number of the key at each combination of classes.
    keys
        The keys by number.
    """

    axes: tuple[Axis, ...]
    answers: NDArray[np.intp]
    keys: tuple[Key, ...]


def build(catalogue: Catalogue, fixed: Mapping[str, Value], places: Sequence[Place]) -> Table:
    """Tabulate the answers to one kind of act.

    Parameters
    ----------
    catalogue
        The rules.
    fixed
        Facts that get no axis, ``date`` and ``act.kind`` among them; ``None`` says that one is unknown and stays so.
    places
        The contests that the act may concern.
    """
    day = fixed["date"]
    assert isinstance(day, date)
    asked = [rule for rule in catalogue.by_act[str(fixed["act.kind"])] if rule.in_force_on(day)]
    axes = (*_axes(asked, fixed), _contests(asked, places))
    grid = _Grid(axes, fixed, places)
    shape = tuple(len(axis.classes) for axis in axes)
    pattern, room = np.zeros(shape, np.int64), 1
    for codes in (grid.codes(rule) for rule in asked):
        # Numbered afresh rule by rule, so that the codes stay few and small.
        different, numbered = np.unique(codes, return_inverse=True)
        if room * len(different) > _ROOM:
            held, again = np.unique(pattern, return_inverse=True)
            pattern, room = again.reshape(shape), len(held)
        pattern = pattern * len(different) + numbered.reshape(codes.shape)
        room *= len(different)
    _, first, which = np.unique(pattern, return_index=True, return_inverse=True)
    numbers: dict[Key, int] = {}
    keyed = [
        numbers.setdefault(key(determine(grid.facts(int(place)), catalogue=catalogue)), len(numbers)) for place in first
    ]
    return Table(axes, np.array(keyed, np.intp)[which].reshape(shape), tuple(numbers))


def conditions_of(rule: Rule) -> list[Condition]:
    """Give the conditions on which it turns whether, and on which track, a rule is met; not those on the level only."""
    parts = [rule.when, *(issue.when for issue in rule.issues if issue.bears_on != "level")]
    for exception in rule.unless:
        parts += [exception.when, *([exception.unless] if exception.unless is not None else [])]
    return parts


def _axes(rules: Sequence[Rule], fixed: Mapping[str, Value]) -> list[Axis]:
    told: dict[str, list[frozenset[str | bool]]] = {}
    atoms = [(atom.field, atom.allowed) for rule in rules for part in conditions_of(rule) for atom in part.atoms()]
    atoms += [("actor.status", frozenset(rule.applies_to)) for rule in rules]
    for field, allowed in dict.fromkeys(atoms):
        if field not in fixed and not field.startswith("contest."):
            told.setdefault(field, []).append(allowed)
    axes = []
    for field in sorted(told):
        classes: dict[tuple[bool, ...], list[Value]] = {}
        for value in values_of(field):
            classes.setdefault(tuple(value in allowed for allowed in told[field]), []).append(value)
        axes.append(Axis(field, tuple(tuple(held) for held in classes.values())))
    return axes


def _contests(rules: Sequence[Rule], places: Sequence[Place]) -> Axis:
    kinds = [
        atom.allowed
        for rule in rules
        for part in conditions_of(rule)
        for atom in part.atoms()
        if atom.field == "contest.kind"
    ]
    phases = [rule.phases for rule in rules if rule.phase != "always"]
    classes: dict[tuple[bool, ...], list[Value]] = {}
    for number, place in enumerate(places):
        same = (place.held, *(place.kind in allowed for allowed in kinds), *(place.phase in held for held in phases))
        classes.setdefault(same, []).append(str(number))
    return Axis(AXIS, tuple(tuple(held) for held in classes.values()))


class _Grid:
    """Rules asked of all combinations at once."""

    def __init__(self, axes: Sequence[Axis], fixed: Mapping[str, Value], places: Sequence[Place]) -> None:
        self._axes, self._fixed = axes, fixed
        self._number = {axis.fact: i for i, axis in enumerate(axes)}
        self._places = [places[int(str(held[0]))] for held in axes[-1].classes]
        self._one = (1,) * len(axes)

    def facts(self, place: int) -> Facts:
        """Give the facts of one combination, by its number in the flattened table."""
        at = np.unravel_index(place, tuple(len(axis.classes) for axis in self._axes))
        stated = dict(self._fixed)
        for axis, i in zip(self._axes[:-1], at[:-1], strict=True):
            stated[axis.fact] = axis.classes[int(i)][0]
        return Facts.read(stated | dict(self._places[int(at[-1])].facts))

    def codes(self, rule: Rule) -> NDArray[np.int64]:
        """Give a number for what a rule says, the same only where all of it is the same."""
        phase = [
            2 if rule.phase == "always" or (place.held and place.phase in rule.phases) else int(not place.held)
            for place in self._places
        ]
        conduct = np.minimum(self._along(AXIS, phase), self._truth(rule.when))
        code = conduct.astype(np.int64) * 3 + self._atom("actor.status", frozenset(rule.applies_to))
        defeat = np.zeros(self._one, np.int8)
        for exception in rule.unless:
            defeat = np.maximum(defeat, self._defeats(exception))
        code = code * 3 + defeat
        for issue in rule.issues:
            if issue.bears_on != "level":
                code = code * 3 + self._truth(issue.when)
        # Of a rule whose conduct fails nothing else matters.
        return np.where(conduct == 0, 0, code)

    def _defeats(self, exception: RuleException) -> Truths:
        truth = self._truth(exception.when)
        return truth if exception.unless is None else np.minimum(truth, _YES - self._truth(exception.unless))

    def _truth(self, condition: Condition) -> Truths:
        if isinstance(condition, Atom):
            return self._atom(condition.field, condition.allowed)
        join = np.maximum if isinstance(condition, AnyOf) else np.minimum
        answer = np.full(self._one, 0 if isinstance(condition, AnyOf) else 2, np.int8)
        for part in condition.parts:
            answer = join(answer, self._truth(part))
        return answer

    def _atom(self, field: str, allowed: frozenset[str | bool]) -> Truths:
        if field == "contest.kind":
            return self._along(AXIS, [2 * (place.kind in allowed) if place.held else 1 for place in self._places])
        if field in self._fixed:
            value = self._fixed[field]
            return np.full(self._one, 1 if value is None else 2 * (value in allowed), np.int8)
        classes = self._axes[self._number[field]].classes
        return self._along(field, [2 * (held[0] in allowed) for held in classes])

    def _along(self, fact: str, truths: Sequence[int]) -> Truths:
        shape = list(self._one)
        shape[self._number[fact]] = len(truths)
        return np.array(truths, np.int8).reshape(shape)
