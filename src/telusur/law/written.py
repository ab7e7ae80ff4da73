"""Python source of what the rules say: a function for each kind of act, and one for all rules.

Source is made of facts, values and ids as `repr` gives them, and of nothing else from the catalogue; all that is law in
it stands in the tables that it reads, and those are filled by `conditions`. The source joins what they hold: parts of
a condition, the rule's scope and phase (its head), the condition, who acted. How ``all`` and ``any`` join their parts
is said here a second time (the first is `conditions`), for conditions with too many facts for one table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count
from typing import Any, Final, NamedTuple

from telusur.domain.facts import Value
from telusur.law.conditions import ALWAYS, AllOf, Atom, Condition, Reasons, Truth
from telusur.law.model import Rule
from telusur.law.tables import PRESUMED, Nested, facts_of, found, size_of

#: Answers that one table may hold; what asks more facts is joined from several. Small ones are soon full.
ROOM: Final = 512


class Written(NamedTuple):
    """Source, and what its names stand for."""

    source: str
    names: dict[str, Any]


class Shared:
    """The tables of a catalogue: rules that ask the same share one.

    Parameters
    ----------
    room
        Answers that one table may hold.
    """

    def __init__(self, room: int = ROOM) -> None:
        self.room = room
        self._findings: dict[tuple[Any, ...], Any] = {}
        self._kinds: dict[tuple[Any, ...], Any] = {}
        self._numbers: dict[tuple[Truth, tuple[str, ...]], int] = {}

    def findings(self, parts: tuple[Condition, ...], fixed: Mapping[str, Value]) -> Any:  # noqa: ANN401 - by depth
        """Give a table of what parts come to; where nothing is left to ask, the answer itself."""
        return self._table(self._findings, parts, fixed, lambda values: found(parts, values))

    def kinds(self, part: Condition, fixed: Mapping[str, Value]) -> Any:  # noqa: ANN401 - by depth
        """Give a table of numbers: facts with the same one answer the condition alike, and miss the same facts."""

        def number(values: Mapping[str, Value]) -> int:
            part.explain(values, reasons := Reasons())
            return self._numbers.setdefault((part.truth(values), tuple(reasons.missing)), len(self._numbers))

        return self._table(self._kinds, (part,), fixed, number)

    def fits(self, parts: tuple[Condition, ...], fixed: Mapping[str, Value]) -> bool:
        """Say whether parts go into one table; a single fact always does."""
        names = facts_of(parts, fixed)
        return len(names) < 2 or size_of(names) <= self.room  # noqa: PLR2004 - see above

    @staticmethod
    def _table(
        held: dict[tuple[Any, ...], Any],
        parts: tuple[Condition, ...],
        fixed: Mapping[str, Value],
        work_out: Callable[[Mapping[str, Value]], Any],
    ) -> Any:  # noqa: ANN401 - by depth
        asked = {atom.field for part in parts for atom in part.atoms()}
        mine = {name: value for name, value in fixed.items() if name in asked}
        key = (parts, tuple(mine.items()))
        if key not in held:
            names = facts_of(parts, fixed)
            held[key] = Nested(names, lambda values: work_out({**values, **mine})) if names else work_out(mine)
        return held[key]


class _Names(NamedTuple):
    """Where the answer on a condition stands in the source."""

    met: str
    unmet: str
    missing: str
    known: str


class _Writer:
    """Writes one function."""

    def __init__(self, shared: Shared, fixed: Mapping[str, Value]) -> None:
        self._shared = shared
        self._fixed = fixed
        self.lines: list[str] = []
        self.names: dict[str, Any] = {}
        self._read: dict[str, str] = {}
        self._known: dict[tuple[Condition, ...], _Names] = {}
        self._tables: dict[int, str] = {}
        self._numbers = count()

    def reads(self) -> list[str]:
        """Give the lines that take the facts, each once."""
        return [f"{local} = {_get(name)}" for name, local in self._read.items()]

    def local(self, name: str) -> str:
        """Give the name under which a fact is read."""
        return self._read.setdefault(name, name.replace(".", "_"))

    def _lookup(self, table: Any, prefix: str, asked: Iterable[str]) -> str:  # noqa: ANN401 - by depth
        # Where nothing is left to ask a number stands for itself; findings have a name.
        if isinstance(table, int):
            return repr(table)
        held = self._tables.setdefault(id(table), f"{prefix}_{len(self._tables)}")
        self.names[held] = table
        return held + "".join(f"[{one}]" for one in asked)

    def condition(self, part: Condition) -> _Names:
        """Write what a condition comes to."""
        if self._shared.fits((part,), self._fixed) or isinstance(part, Atom):
            return self._looked_up((part,))
        if (part,) not in self._known:
            join = self._all if isinstance(part, AllOf) else self._any
            self._known[part,] = join(part.parts)
        return self._known[part,]

    def _looked_up(self, parts: tuple[Condition, ...]) -> _Names:
        if parts not in self._known:
            mine = self._known[parts] = self._fresh()
            asked = [self.local(name) for name in facts_of(parts, self._fixed)]
            looked_up = self._lookup(self._shared.findings(parts, self._fixed), "found", asked)
            self.lines.append(f"{', '.join(mine)} = {looked_up}")
        return self._known[parts]

    def _fresh(self) -> _Names:
        i = next(self._numbers)
        return _Names(f"met_{i}", f"unmet_{i}", f"missing_{i}", f"known_{i}")

    def _all(self, parts: tuple[Condition, ...]) -> _Names:
        joined, mine = self._slices(parts), self._fresh()
        met, unmet, missing, known = (" + ".join(names) for names in zip(*joined, strict=True))
        self.lines += [
            f"{mine.unmet} = {unmet}",
            f"if {mine.unmet}:",
            f"    {mine.met} = {mine.known} = {known}",
            f"    {mine.missing} = ()",
            "else:",
            f"    {mine.met} = {met}",
            f"    {mine.missing} = {missing}",
            f"    {mine.known} = () if {mine.missing} else {mine.met}",
        ]
        return mine

    def _any(self, parts: tuple[Condition, ...]) -> _Names:
        joined = [self.condition(part) for part in parts]
        mine = self._fresh()
        holds = [f"not ({one.unmet} or {one.missing})" for one in joined]
        met_held = " + ".join(f"({one.met} if {held} else ())" for one, held in zip(joined, holds, strict=True))
        met_open = " + ".join(f"({one.met} if {one.missing} else ())" for one in joined)
        met, unmet, missing, _ = (" + ".join(names) for names in zip(*joined, strict=True))
        self.lines += [
            f"if {' or '.join(holds)}:",
            f"    {mine.met} = {mine.known} = {met_held}",
            f"    {mine.unmet} = {mine.missing} = ()",
            "else:",
            f"    {mine.missing} = {missing}",
            f"    {mine.met} = {met_open} if {mine.missing} else {met}",
            f"    {mine.unmet} = () if {mine.missing} else {unmet}",
            f"    {mine.known} = () if {mine.missing} else {mine.met}",
        ]
        return mine

    def _slices(self, parts: tuple[Condition, ...]) -> list[_Names]:
        """Write parts that must all hold, as many as fit together in one table."""
        joined: list[_Names] = []
        taken: tuple[Condition, ...] = ()
        for part in parts:
            if taken and not self._shared.fits((*taken, part), self._fixed):
                joined.append(self._side_by_side(taken))
                taken = ()
            taken = (*taken, part)
        return [*joined, self._side_by_side(taken)]

    def _side_by_side(self, parts: tuple[Condition, ...]) -> _Names:
        return self.condition(parts[0]) if len(parts) == 1 else self._looked_up(parts)

    def kinds(self, part: Condition) -> list[str]:
        """Give lookups that together tell all that a rule's exceptions and readings take from a condition."""
        if isinstance(part, Atom) or self._shared.fits((part,), self._fixed):
            asked = [_get(name) for name in facts_of((part,), self._fixed)]
            return [self._lookup(self._shared.kinds(part, self._fixed), "kind", asked)]
        return list(dict.fromkeys(one for inner in part.parts for one in self.kinds(inner)))


def conditions(parts: Sequence[Condition], shared: Shared) -> Written:
    """Write a function ``explain(get)`` that gives met, unmet and missing of each condition."""
    writer = _Writer(shared, {})
    answers = [writer.condition(part) for part in parts]
    told = ", ".join(f"({one.met}, {one.unmet}, {one.missing})" for one in answers)
    lines = ["def explain(get):", *_indented([*writer.reads(), *writer.lines, f"return [{told}]"])]
    return Written("\n".join(lines) + "\n", writer.names)


def rules(act: str | None, asked: Sequence[Rule], shared: Shared) -> Written:
    """Write a function that says of each rule whether it is met, and why.

    Parameters
    ----------
    act
        The kind of act, where it is fixed.
    asked
        The rules, gravest first.
    shared
        The tables of the catalogue.
    """
    assert act is None or act.isidentifier()
    writer = _Writer(shared, {} if act is None else {"act.kind": act})
    answers = [writer.condition(rule.when) for rule in asked]
    blocks = [
        line
        for i, (rule, answer) in enumerate(zip(asked, answers, strict=True))
        for line in _rule(i, rule, answer, writer)
    ]
    body = [
        f"[{', '.join(f'head_{i}' for i in range(len(asked)))}] = heads",
        "who_met, who_unmet, who_missing = who",
        "live, defeated, not_met = [], [], []",
        *writer.reads(),
        *writer.lines,
        *blocks,
        "return live, defeated, not_met",
    ]
    return Written("\n".join([f"def {name_of(act)}(get, heads, who, era):", *_indented(body)]) + "\n", writer.names)


def name_of(act: str | None) -> str:
    """Give the name of the function that is written for a kind of act."""
    return "all_rules" if act is None else f"rules_on_{act}"


def _rule(i: int, rule: Rule, answer: _Names, writer: _Writer) -> list[str]:
    writer.names[f"rule_{i}"] = rule
    turns = [part for one in rule.unless for part in (one.when, one.unless or ALWAYS)]
    turns += [one.when for one in rule.issues]
    kinds = dict.fromkeys(one for part in turns for one in writer.kinds(part) if not one.isdecimal())
    return [
        f"# {rule.id!r}",
        f"if head_{i}:",
        f"    silent, head_met, head_unmet, head_missing, basis = head_{i}",
        f"    met = head_met + {answer.met} + who_met",
        f"    if silent or head_unmet or {answer.unmet} or who_unmet:",
        f"        unmet = head_unmet + {answer.unmet} + who_unmet",
        f'        told = rule_{i}, "not_met", met, unmet, (), None, None, (), False, basis',
        "        not_met.append(new(RuleResult, told))",
        "    else:",
        f"        missing = head_missing + {answer.missing} + who_missing",
        f"        key = {', '.join(['era', 'not missing', *kinds])}",
        f"        alive_{i}(key, get, met, missing, basis, live, defeated)",
    ]


def _get(name: str) -> str:
    return f"get({name!r}, False)" if name in PRESUMED else f"get({name!r})"


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"    {line}" for line in lines]
