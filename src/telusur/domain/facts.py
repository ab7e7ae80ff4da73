"""What is known of one alleged act, in the closed vocabulary; unknown is a value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Self

from telusur.domain.errors import BadInput, SeveralProblems, nearest
from telusur.domain.vocabulary import FIELDS, GROUPS

Value = str | bool | date | None


# A million facts are read faster when their names are not put together anew.
_DOTTED = {group: {name.partition(".")[2]: name for name in FIELDS if name.startswith(f"{group}.")} for group in GROUPS}


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of one alleged act.

    Parameters
    ----------
    stated
        Dotted field name to value, for the fields somebody stated. An explicit ``None`` says "unknown".
    """

    stated: Mapping[str, Value]

    @classmethod
    def read(cls, nested: Mapping[str, object]) -> Self:
        """Take facts nested as in the contract (``act: {kind: post}``) or with dotted names; a mix is fine.

        Raises
        ------
        SeveralProblems
            Naming every unknown field and value with the nearest known one.
        """
        stated: dict[str, Value] = {}
        problems: list[BadInput] = []
        for name, value in flatten(nested):
            try:
                if name in stated:
                    raise BadInput("stands twice, nested and with its dotted name; keep one", field=name)
                seen = name in _LISTED and type(value) in _PLAIN
                stated[name] = _seen(name, value) if seen else checked(name, value)
            except BadInput as problem:
                problems.append(problem)
        if problems:
            raise SeveralProblems(problems)
        return cls(_in_order(stated))

    def value(self, name: str) -> Value:
        """Give a fact's value; ``None`` where it is unknown; ``False`` for an exception that is presumed absent."""
        if name in self.stated:
            return self.stated[name]
        return False if self.is_presumed(name) else None

    def is_presumed(self, name: str) -> bool:
        """Whether the fact is an exception that nobody stated and that is therefore presumed absent."""
        field = FIELDS[name]
        return field.exception and field.kind == "flag" and name not in self.stated

    def updated(self, changes: Mapping[str, Value]) -> Self:
        """Give the same facts with some set, by dotted name."""
        merged = {**self.stated, **{name: checked(name, value) for name, value in changes.items()}}
        return type(self)(_in_order(merged))

    def __hash__(self) -> int:
        return hash(tuple(self.stated.items()))

    def as_json(self) -> dict[str, object]:
        """Give the facts nested as in the contract, dates as ISO strings."""
        nested: dict[str, object] = {}
        for name, value in self.stated.items():
            group, _, leaf = name.rpartition(".")
            place = nested.setdefault(group, {}) if group else nested
            assert isinstance(place, dict)
            place[leaf] = value.isoformat() if isinstance(value, date) else value
        return nested


def _in_order(stated: Mapping[str, Value]) -> dict[str, Value]:
    return {name: stated[name] for name in FIELDS if name in stated}


def flatten(nested: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Give dotted name and value of each fact of a nested mapping."""
    for key, value in nested.items():
        if key in GROUPS and isinstance(value, Mapping):
            known = _DOTTED[key]
            for leaf, inner in value.items():
                yield known.get(leaf) or f"{key}.{leaf}", inner
        elif key in GROUPS and value is None:
            continue
        else:
            yield key, value


def checked(name: str, value: object) -> Value:
    """Give a fact's value if the vocabulary allows it.

    Raises
    ------
    BadInput
        Naming the nearest known field or value.
    """
    field = FIELDS.get(name)
    if field is None:
        raise BadInput(f"there is no such fact; {nearest(name, FIELDS)}", field=name)
    if value is None:
        return None
    if field.kind == "flag":
        if isinstance(value, bool):
            return value
        raise BadInput(f"expected true, false or null (unknown), found {value!r}", field=name)
    if field.kind == "date":
        return _date(name, value)
    # A round of 1 or 2 is a number in YAML.
    word = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(word, str):
        raise BadInput(f"expected {_expected(field.values)}, found {value!r}", field=name)
    if field.values and word not in field.values:
        raise BadInput(f"{word!r} is no value of it; {nearest(word, field.values)}", field=name)
    return word


#: Facts whose values come again from act to act; free words seldom do.
_LISTED = frozenset(field.name for field in FIELDS.values() if field.kind != "words")
# Types no two of whose values are equal: a 1 is not looked up as true.
_PLAIN = frozenset({str, bool, type(None)})
# Room for the days of eight years beside all values of the other facts.
_seen = lru_cache(maxsize=4096)(checked)


def _expected(values: tuple[str, ...]) -> str:
    return f"one of {', '.join(values)}" if values else "text"


def _date(name: str, value: object) -> date:
    if type(value) is date:
        return value
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        day = None
    # Weeks (2024-W03-1) and days without dashes are dates too, but not in this form.
    if day is None or day.isoformat() != value:
        raise BadInput(f"expected a date as 2024-01-20, found {value!r}", field=name)
    return day
