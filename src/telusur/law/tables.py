"""Tables of answers by what they depend on, each worked out by `evaluate` or `conditions` when first asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Generic, NamedTuple, TypeVar

from telusur.domain.facts import Value
from telusur.domain.vocabulary import FIELDS
from telusur.law.conditions import Condition, Finding, Reasons, values_of

K = TypeVar("K")
V = TypeVar("V")

#: Entries of a table; one that is full is emptied, so that no run of odd facts fills the memory.
ROOM: Final = 1 << 14
#: What is taken for facts that nobody stated.
PRESUMED: Final[Mapping[str, Value]] = {
    name: False for name, field in FIELDS.items() if field.exception and field.kind == "flag"
}


class Table(dict[K, V], Generic[K, V]):
    """Answers by what they depend on, each worked out when first asked; at most some ten thousand are kept."""

    __slots__ = ("_work_out",)

    def __init__(self, work_out: Callable[[K], V]) -> None:
        self._work_out = work_out

    def __missing__(self, key: K) -> V:
        # Threads may work out the same answer twice; it is the same answer.
        answer = self._work_out(key)
        if len(self) >= ROOM:
            self.clear()
        self[key] = answer
        return answer


class Nested(dict[Value, Any]):
    """The same by one fact after the other: ``table[first][second]``; full when each value was asked."""

    __slots__ = ("_found", "_names", "_work_out")

    def __init__(
        self, names: tuple[str, ...], work_out: Callable[[Mapping[str, Value]], Any], found: tuple[Value, ...] = ()
    ) -> None:
        self._names = names
        self._work_out = work_out
        self._found = found

    def __missing__(self, value: Value) -> Any:  # noqa: ANN401 - an answer, or a table of what is asked next
        found = (*self._found, value)
        if len(found) == len(self._names):
            answer = self._work_out(dict(zip(self._names, found, strict=True)))
        else:
            answer = Nested(self._names, self._work_out, found)
        self[value] = answer
        return answer


class Found(NamedTuple):
    """What parts of a condition that must all hold come to.

    Parameters
    ----------
    met, unmet, missing
        Of all of them.
    known
        What is met in those that are not open: once another part fails, the open ones say nothing.
    """

    met: tuple[Finding, ...]
    unmet: tuple[Finding, ...]
    missing: tuple[str, ...]
    known: tuple[Finding, ...]


def found(parts: tuple[Condition, ...], values: Mapping[str, Value]) -> Found:
    """Explain parts side by side; whether one refutes the others is for whoever joins them."""
    met: list[Finding] = []
    unmet: list[Finding] = []
    missing: list[str] = []
    known: list[Finding] = []
    for part in parts:
        part.explain(values, reasons := Reasons())
        met += reasons.met
        unmet += reasons.unmet
        missing += reasons.missing
        if part.truth(values) is not None:
            known += reasons.met
    return Found(tuple(met), tuple(unmet), tuple(missing), tuple(known))


def facts_of(parts: tuple[Condition, ...], fixed: Mapping[str, Value]) -> tuple[str, ...]:
    """Give the facts that some parts ask and that are not fixed, in the order of the vocabulary."""
    asked = {atom.field for part in parts for atom in part.atoms()}
    return tuple(name for name in FIELDS if name in asked and name not in fixed)


def size_of(names: tuple[str, ...]) -> int:
    """Give how many answers a table by these facts can hold; unknown is a value."""
    size = 1
    for name in names:
        size *= len(values_of(name)) + 1
    return size
