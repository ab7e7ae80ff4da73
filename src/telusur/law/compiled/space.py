"""The finite space of facts of one kind of act, folded where no rule can tell two values apart.

Two values of a fact that every condition of the rules on this act treats alike give the same answers, so that one of
them stands for both; of days, those that no rule and no calendar tells apart. What is proved of the folded space is
proved of the whole; `Space.states` counts the whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product
from math import prod
from typing import Final

import numpy as np
from numpy.typing import NDArray

from telusur.domain.contest import PHASES
from telusur.domain.facts import Facts, Value
from telusur.domain.vocabulary import ACCOUNT_ACTS, FIELDS
from telusur.law.calendars import Calendar
from telusur.law.compiled.arrays import NO_CONTEST, Columns, boundaries, code
from telusur.law.conditions import ALWAYS, AllOf, Atom, Condition, values_of
from telusur.law.evaluate import CLEARS
from telusur.law.model import Catalogue, Rule

CONTROL: Final = "attribution.account_control"
AUTHENTICITY: Final = "attribution.authenticity"
#: Facts with a closed list of values, which is all that rules can ask.
ASKED: Final = tuple(name for name, field in FIELDS.items() if field.kind in ("choice", "flag"))
#: Name of the axis of days and contests.
WHEN: Final = "when"

Class = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """Days on which no rule on the act can tell contests of some kinds apart.

    Parameters
    ----------
    contest, day, phase
        One that stands for all of them; `NO_CONTEST` without one.
    days
        Days, counted once for each kind of contest and region.
    last
        The last of them.
    """

    contest: str
    day: date
    region: str | None
    round: str
    phase: int
    days: int
    last: date

    @property
    def phase_name(self) -> str:
        """Name of the phase; ``none`` without a contest."""
        return "none" if self.phase == NO_CONTEST else PHASES[self.phase]


@dataclass(frozen=True, slots=True)
class Space:
    """All that can be stated of one kind of act.

    Parameters
    ----------
    act
        The kind.
    rules
        The rules on it.
    settings
        Along the first axis.
    axes
        Of each further fact, the classes of values that no rule tells apart, one axis a fact. Facts are known, but for
        the proof of who acted, where ``None`` is unknown.
    """

    act: str
    rules: tuple[Rule, ...]
    settings: tuple[Setting, ...]
    axes: Mapping[str, tuple[Class, ...]]

    @property
    def shape(self) -> tuple[int, ...]:
        """Size of each axis."""
        return (len(self.settings), *(len(classes) for classes in self.axes.values()))

    @property
    def states(self) -> int:
        """How many states the folded space stands for: days × contests × values of the facts that rules here ask."""
        days = sum(setting.days for setting in self.settings)
        return days * prod(sum(len(one) for one in classes) for classes in self.axes.values())

    def weigh(self, flags: NDArray[np.bool_]) -> int:
        """Give how many states of the whole space the marked ones of the folded space stand for."""
        sizes = [[one.days for one in self.settings], *([len(one) for one in held] for held in self.axes.values())]
        counted: NDArray[np.int64] = np.broadcast_to(flags, self.shape).astype(np.int64)
        for along in reversed(sizes):
            counted = counted @ np.array(along, np.int64)
        return int(counted)

    def axis(self, name: str) -> int:
        """Give the place of a fact's axis."""
        return 0 if name == WHEN else 1 + list(self.axes).index(name)

    def columns(self) -> Columns:
        """Give the space as arrays, one axis a fact."""
        # A fact without an axis is asked by no rule once the kind of act is known, so that any value does.
        codes = dict.fromkeys(ASKED, np.array(0, np.uint8))
        codes["act.kind"] = np.array(code("act.kind", self.act), np.uint8)
        for name, classes in self.axes.items():
            codes[name] = self._along(name, [code(name, one[0]) for one in classes]).astype(np.uint8)
        codes["contest.kind"] = self._along(WHEN, [code("contest.kind", one.contest) for one in self.settings]).astype(
            np.uint8
        )
        phase = self._along(WHEN, [one.phase for one in self.settings]).astype(np.uint8)
        day = self._along(WHEN, [one.day.toordinal() for one in self.settings]).astype(np.int32)
        return Columns(codes, phase, day, np.array(0, np.int32))

    def _along(self, name: str, values: Sequence[int]) -> NDArray[np.int64]:
        shape = [1] * len(self.shape)
        shape[self.axis(name)] = len(values)
        return np.array(values, np.int64).reshape(shape)

    def witness(self, index: Sequence[int]) -> Facts:
        """Give the facts at one place of the space."""
        setting = self.settings[index[0]]
        stated: dict[str, Value] = {"act.kind": self.act, "date": setting.day, "contest.kind": setting.contest}
        if setting.region is not None:
            stated["contest.region"] = setting.region
        if setting.round != "1":
            stated["contest.round"] = setting.round
        for (name, classes), i in zip(self.axes.items(), index[1:], strict=True):
            stated[name] = classes[i][0]
        return Facts({}).updated(stated)


def spaces(catalogue: Catalogue) -> Iterator[Space]:
    """Give the space of each kind of act."""
    every = list(days(catalogue))
    for act, rules in catalogue.by_act.items():
        yield space(act, rules, every)


def space(act: str, rules: Sequence[Rule], stretches: Sequence[Setting]) -> Space:
    """Give the space of one kind of act, folded as far as its rules allow."""
    asked: dict[str, list[Atom]] = {}
    for rule in rules:
        for condition in _conditions(rule):
            for atom in _open_atoms(condition, act):
                asked.setdefault(atom.field, []).append(atom)
    axes: dict[str, tuple[Class, ...]] = {"actor.status": _by_status(rules)}
    axes |= {
        name: _folded(name, atoms) for name, atoms in sorted(asked.items()) if name not in ("contest.kind", CONTROL)
    }
    axes |= _attribution(act)
    return Space(act, tuple(rules), _settings(rules, asked.get("contest.kind", []), stretches), axes)


def _conditions(rule: Rule) -> Iterator[Condition]:
    yield rule.when
    for exception in rule.unless:
        yield exception.when
        yield exception.unless or ALWAYS
    for issue in rule.issues:
        yield issue.when


def _open_atoms(condition: Condition, act: str) -> Iterator[Atom]:
    """Give the elementary conditions that can still matter once the kind of act is known."""
    if isinstance(condition, Atom):
        if condition.field != "act.kind":
            yield condition
        return
    fixed = {"act.kind": act}
    decides = not isinstance(condition, AllOf)
    if any(part.truth(fixed) is decides for part in condition.parts):
        return
    for part in condition.parts:
        if part.truth(fixed) is None:
            yield from _open_atoms(part, act)


def _folded(name: str, atoms: Sequence[Atom]) -> tuple[Class, ...]:
    """Give the values of a fact by what the conditions say of them."""
    classes: dict[tuple[bool, ...], list[Value]] = {}
    for value in values_of(name):
        classes.setdefault(tuple(value in atom.allowed for atom in atoms), []).append(value)
    return tuple(tuple(values) for values in classes.values())


def _by_status(rules: Sequence[Rule]) -> tuple[Class, ...]:
    classes: dict[tuple[bool, ...], list[Value]] = {}
    for value in values_of("actor.status"):
        classes.setdefault(tuple(value in rule.applies_to for rule in rules), []).append(value)
    return tuple(tuple(values) for values in classes.values())


def _attribution(act: str) -> dict[str, tuple[Class, ...]]:
    """Give the classes from the strongest proof of the owner's control to the weakest."""
    unknown: Class = (None,)
    by_account = act in ACCOUNT_ACTS
    held: Class = ("owner", "not_an_account_act") if by_account else ("owner", "not_an_account_act", None)
    cleared = tuple(value for value in values_of(CONTROL) if value in CLEARS)
    control = (held, ("shared_unknown", None) if by_account else ("shared_unknown",), cleared)
    sure: Class = ("established",) if by_account else ("established", *unknown)
    return {
        CONTROL: control,
        AUTHENTICITY: (sure, ("doubtful", *unknown) if by_account else ("doubtful",), ("refuted",)),
    }


def days(catalogue: Catalogue) -> Iterator[Setting]:
    """Give every stretch of days in which nothing in the catalogue changes, for each contest and region."""
    cuts = [date.fromordinal(day) for day in boundaries(catalogue)]
    for calendar in catalogue.calendars.all:
        regions = sorted({step.region for step in calendar.steps if step.region})
        for kind, region in product(calendar.contests, (None, *regions)):
            for first, count in _stretches(calendar, region, cuts):
                phase = PHASES.index(calendar.phase(first, region).name)
                yield Setting(kind, first, region, calendar.round, phase, count, first + timedelta(days=count - 1))
    # Without a contest, the days that some calendar covers, and a day before all rules.
    first = min([calendar.first for calendar in catalogue.calendars.all] + cuts) - timedelta(days=1)
    last = max([calendar.last for calendar in catalogue.calendars.all] + cuts)
    starts = sorted({first, *(cut for cut in cuts if first < cut <= last)})
    for start, end in zip(starts, [*starts[1:], last + timedelta(days=1)], strict=True):
        yield Setting("none", start, None, "1", NO_CONTEST, (end - start).days, end - timedelta(days=1))


def _stretches(calendar: Calendar, region: str | None, cuts: Sequence[date]) -> Iterator[tuple[date, int]]:
    steps = calendar.in_region(region).values()
    edges = {step.first for step in steps} | {step.last + timedelta(days=1) for step in steps} | set(cuts)
    starts = sorted({calendar.first, *(day for day in edges if calendar.first < day <= calendar.last)})
    for start, end in zip(starts, [*starts[1:], calendar.last + timedelta(days=1)], strict=True):
        yield start, (end - start).days


def _settings(rules: Sequence[Rule], contest: Sequence[Atom], stretches: Sequence[Setting]) -> tuple[Setting, ...]:
    """Fold the stretches of days that these rules cannot tell apart; phases stay apart."""
    folded: dict[tuple[object, ...], Setting] = {}
    for one in stretches:
        key = told_apart(rules, contest, one.contest, one.phase, one.day)
        held = folded.get(key)
        if held is not None:
            one = replace(held, days=held.days + one.days, last=max(held.last, one.last))  # noqa: PLW2901 - folded
        folded[key] = one
    return tuple(folded.values())


def told_apart(rules: Sequence[Rule], contest: Sequence[Atom], kind: str, phase: int, day: date) -> tuple[object, ...]:
    """Give all by which some rules can tell one day of one contest from another; phases stay apart."""
    exceptions = {exception.id: exception for rule in rules for exception in rule.unless}.values()
    return (
        kind == "none",
        phase,
        tuple(kind in atom.allowed for atom in contest),
        tuple(rule.in_force_on(day) for rule in rules),
        tuple(exception.in_force.holds(day) for exception in exceptions),
    )


def contest_atoms(rules: Sequence[Rule], act: str) -> list[Atom]:
    """Give what rules ask of the contest once the kind of act is known."""
    conditions = [condition for rule in rules for condition in _conditions(rule)]
    return [atom for one in conditions for atom in _open_atoms(one, act) if atom.field == "contest.kind"]
