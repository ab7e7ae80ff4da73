"""Conditions over the closed vocabulary, with yes, no and unknown as their truth (Kleene 1938, strong logic).

A condition is data: a mapping of facts to the values they may have, joined by ``any``, ``all``, ``not`` and ``term``.
Nothing in it can be code, and no contestant can be named, since the vocabulary holds none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from telusur.domain.errors import BadInput, nearest
from telusur.domain.facts import Value
from telusur.domain.vocabulary import FIELDS

#: Yes, no, or unknown.
Truth = bool | None
Values = Mapping[str, Value]
Path = tuple[str | int, ...]
#: Makes an error that names file and line of a path.
Problem = Callable[[Path, str], BadInput]

_WORDS: Final = ("any", "all", "not", "term")


@dataclass(frozen=True, slots=True)
class Finding:
    """What one elementary condition asked and found.

    Parameters
    ----------
    fact
        Dotted name of the fact, or ``phase``.
    expected
        The values that would meet it.
    found
        The value as given; ``None`` where unknown.
    """

    fact: str
    expected: tuple[str | bool, ...]
    found: str | bool | None

    def as_json(self) -> dict[str, object]:
        """Give ``{"fact", "expected", "found"}``."""
        return {"fact": self.fact, "expected": list(self.expected), "found": self.found}


class Reasons:
    """Findings gathered while a rule is explained."""

    __slots__ = ("met", "missing", "unmet")

    def __init__(self) -> None:
        self.met: list[Finding] = []
        self.unmet: list[Finding] = []
        self.missing: list[str] = []


@dataclass(frozen=True, slots=True)
class Atom:
    """One fact is one of some values."""

    field: str
    expected: tuple[str | bool, ...]
    allowed: frozenset[str | bool]

    def truth(self, values: Values) -> Truth:
        """Say whether the fact has an allowed value; ``None`` where the fact is unknown."""
        value = values.get(self.field)
        return None if value is None else value in self.allowed

    def explain(self, values: Values, into: Reasons) -> None:
        """Add what was asked and found."""
        truth = self.truth(values)
        if truth is None:
            into.missing.append(self.field)
            return
        found = values[self.field]
        assert isinstance(found, str | bool)
        (into.met if truth else into.unmet).append(Finding(self.field, self.expected, found))

    def atoms(self) -> Iterator[Atom]:
        """Give itself."""
        yield self

    def as_json(self) -> dict[str, object]:
        """Give ``{"fact", "expected"}``."""
        return {"fact": self.field, "expected": list(self.expected)}

    def negated(self) -> Atom:
        """Give the same fact with all its other values."""
        rest = tuple(value for value in values_of(self.field) if value not in self.allowed)
        return Atom(self.field, rest, frozenset(rest))


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple[Condition, ...]

    def truth(self, values: Values) -> Truth:
        """Say no if one part is no, unknown if none is no and one is unknown."""
        answer: Truth = True
        for part in self.parts:
            truth = part.truth(values)
            if truth is False:
                return False
            if truth is None:
                answer = None
        return answer

    def explain(self, values: Values, into: Reasons) -> None:
        """Add what bears on the answer: of a no, the parts that fail; else those that hold and those unknown."""
        refuted = self.truth(values) is False
        for part in self.parts:
            # Once one part fails, what is unknown of the others cannot matter.
            if not (refuted and part.truth(values) is None):
                part.explain(values, into)

    def atoms(self) -> Iterator[Atom]:
        """Give the elementary conditions in it."""
        for part in self.parts:
            yield from part.atoms()

    def as_json(self) -> dict[str, object]:
        """Give ``{"all": [...]}``."""
        return {"all": [part.as_json() for part in self.parts]}

    def negated(self) -> Condition:
        """Give its opposite (De Morgan)."""
        return AnyOf(tuple(part.negated() for part in self.parts))


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]

    def truth(self, values: Values) -> Truth:
        """Say yes if one part is yes, unknown if none is yes and one is unknown."""
        answer: Truth = False
        for part in self.parts:
            truth = part.truth(values)
            if truth:
                return True
            if truth is None:
                answer = None
        return answer

    def explain(self, values: Values, into: Reasons) -> None:
        """Add the parts that have the truth of the whole; the others had no bearing on it."""
        answer = self.truth(values)
        for part in self.parts:
            if part.truth(values) is answer:
                part.explain(values, into)

    def atoms(self) -> Iterator[Atom]:
        """Give the elementary conditions in it."""
        for part in self.parts:
            yield from part.atoms()

    def as_json(self) -> dict[str, object]:
        """Give ``{"any": [...]}``."""
        return {"any": [part.as_json() for part in self.parts]}

    def negated(self) -> Condition:
        """Give its opposite (De Morgan)."""
        return AllOf(tuple(part.negated() for part in self.parts))


Condition = Atom | AllOf | AnyOf
ALWAYS: Final = AllOf(())


def values_of(field: str) -> tuple[str | bool, ...]:
    """Give the values a fact can have, in the order of the vocabulary."""
    known = FIELDS[field]
    return (True, False) if known.kind == "flag" else known.values


def compiled(stated: object, path: Path, problem: Problem, terms: Mapping[str, Condition]) -> Condition:
    """Turn a condition as written into one that can be asked.

    Parameters
    ----------
    stated
        The mapping as the file holds it; ``not`` is pushed down to the facts, so that what remains is and / or.
    path, problem
        Where it stands, and how to say so.
    terms
        Named conditions that ``term`` may use.

    Raises
    ------
    BadInput
        With file and line, for a fact, value or term that does not exist, or that can exclude nothing.
    """
    if not isinstance(stated, dict) or not stated:
        raise problem(path, "a condition is a mapping such as `act.kind: [like, share]`; write at least one fact")
    parts = tuple(_part(key, value, (*path, key), problem, terms) for key, value in stated.items())
    return parts[0] if len(parts) == 1 else AllOf(parts)


def _part(key: str, value: object, path: Path, problem: Problem, terms: Mapping[str, Condition]) -> Condition:
    if key == "not":
        return compiled(value, path, problem, terms).negated()
    if key in ("any", "all"):
        if not isinstance(value, list) or not value:
            raise problem(path, f"`{key}` takes a list of conditions, each with a dash")
        parts = tuple(compiled(item, (*path, i), problem, terms) for i, item in enumerate(value))
        return AnyOf(parts) if key == "any" else AllOf(parts)
    if key == "term":
        return _term(value, path, problem, terms)
    if key not in FIELDS:
        raise problem(path, f"there is no such fact; {nearest(key, (*FIELDS, *_WORDS))}")
    if FIELDS[key].kind not in ("choice", "flag"):
        raise problem(path, "no rule may depend on this fact; conditions use facts with a closed list of values")
    return _atom(key, value, path, problem)


def _term(value: object, path: Path, problem: Problem, terms: Mapping[str, Condition]) -> Condition:
    if not isinstance(value, str) or value not in terms:
        hint = nearest(str(value), terms) if terms else "no terms are defined here"
        raise problem(path, f"there is no term {value!r}; {hint}")
    return terms[value]


def _atom(field: str, value: object, path: Path, problem: Problem) -> Atom:
    known = values_of(field)
    listed: list[str | bool] = []
    for word in value if isinstance(value, list) else [value]:
        # 1 == True in Python, so that the type must agree too.
        if not isinstance(word, str | bool) or not any(word == other and type(word) is type(other) for other in known):
            names = [str(other).lower() for other in known]
            raise problem(path, f"{word!r} is no value of it; {nearest(str(word), names)}")
        listed.append(word)
    allowed = frozenset(listed)
    if len(allowed) != len(listed):
        raise problem(path, "a value stands twice; keep one")
    if not 0 < len(allowed) < len(known):
        raise problem(path, "this excludes nothing or everything; name some of the values, or leave the line out")
    return Atom(field, tuple(listed), allowed)
