"""The rules over arrays of facts: what `determine` says of each row, without the reasons.

A fact is a code: the place of its value in the vocabulary, and one past the last for unknown. Arrays may have any
shapes that broadcast together, so that a rule costs only as much as the facts it asks: a column of acts, or a whole
space of facts with one axis a fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Final

import numpy as np
from numpy.typing import NDArray

from telusur.domain.contest import PHASES
from telusur.domain.facts import Value
from telusur.domain.vocabulary import ACCOUNT_ACTS, FIELDS
from telusur.law.conditions import AnyOf, Atom, Condition, values_of
from telusur.law.evaluate import CLEARS
from telusur.law.model import LEVELS, Catalogue, Rule, RuleException, Span, Track

Codes = NDArray[np.uint8]
Flags = NDArray[np.bool_]
Bits = NDArray[np.int32]

NO: Final = np.uint8(0)
UNKNOWN: Final = np.uint8(1)
YES: Final = np.uint8(2)

#: Status of a rule; what is not asked is out of force that day, or for other people.
NOT_ASKED: Final = np.uint8(0)
NOT_MET: Final = np.uint8(1)
DEFEATED: Final = np.uint8(2)
UNDECIDED: Final = np.uint8(3)
MET: Final = np.uint8(4)

OUTCOMES: Final = ("meets_no_rule", "out_of_scope", "insufficient_facts", "meets_rule")

#: Code of a day on which there is no contest, and of an unknown phase.
NO_CONTEST: Final = len(PHASES)
PHASE_UNKNOWN: Final = len(PHASES) + 1

_CONTROL: Final = "attribution.account_control"
_AUTHENTICITY: Final = "attribution.authenticity"
_BITS: Final[Mapping[str, int]] = {name: 1 << i for i, name in enumerate(FIELDS)}


def code(name: str, value: Value) -> int:
    """Give the code of a fact's value."""
    known = values_of(name)
    return len(known) if value is None else known.index(value)  # rules ask no dates


def bits(names: Iterable[str]) -> int:
    """Give the bits of some facts together."""
    return reduce(or_, (_BITS[name] for name in names), 0)


def boundaries(catalogue: Catalogue) -> tuple[int, ...]:
    """Give the days (ordinals) on which some rule or exception begins to be in force, or has ceased to be."""
    spans = [rule.in_force for rule in catalogue.rules.values()]
    spans += [exception.in_force for exception in catalogue.exceptions.values()]
    days = {span.first.toordinal() for span in spans if span.first}
    return tuple(sorted(days | {span.last.toordinal() + 1 for span in spans if span.last}))


@dataclass(slots=True)
class Columns:
    """Facts as arrays.

    Parameters
    ----------
    codes
        Of each fact that rules ask, presumptions filled in.
    phase
        Place in `PHASES`, `NO_CONTEST` or `PHASE_UNKNOWN`.
    day
        Proleptic ordinal of the day of the act; 0 where unknown.
    phase_needs
        Bits of the facts without which the phase cannot be told; 0 where it is known.
    """

    codes: Mapping[str, Codes]
    phase: Codes
    day: NDArray[np.int32]
    phase_needs: Bits
    _truths: dict[Condition, Codes] = field(default_factory=dict)
    _missing: dict[Condition, Bits] = field(default_factory=dict)

    def truth(self, condition: Condition) -> Codes:
        """Say of each row whether a condition holds: no is the least, yes the greatest (Kleene)."""
        found = self._truths.get(condition)
        if found is None:
            found = self._truths[condition] = self._truth(condition)
        return found

    def _truth(self, condition: Condition) -> Codes:
        if isinstance(condition, Atom):
            table = [YES if value in condition.allowed else NO for value in values_of(condition.field)]
            return np.array([*table, UNKNOWN])[self.codes[condition.field]]
        parts = [self.truth(part) for part in condition.parts]
        if isinstance(condition, AnyOf):
            return reduce(np.maximum, parts, np.array(NO))
        return reduce(np.minimum, parts, np.array(YES))

    def missing(self, condition: Condition) -> Bits:
        """Give the bits of the facts that a condition still needs; none where it is decided."""
        found = self._missing.get(condition)
        if found is None:
            open_ = self.truth(condition) == UNKNOWN
            inner: Bits = (
                np.array(_BITS[condition.field], np.int32)
                if isinstance(condition, Atom)
                else reduce(np.bitwise_or, map(self.missing, condition.parts), np.array(0, np.int32))
            )
            found = self._missing[condition] = np.where(open_, inner, np.int32(0))
        return found

    def in_span(self, span: Span) -> Flags:
        """Say of each row whether its day lies in a span; of an unknown day, yes."""
        held = np.ones(self.day.shape, bool)
        if span.first:
            held &= self.day >= span.first.toordinal()
        if span.last:
            held &= self.day <= span.last.toordinal()
        whole: Flags = held | (self.day == 0)
        return whole


@dataclass(slots=True)
class Judged:
    """What one rule says of each row.

    Parameters
    ----------
    status
        `NOT_ASKED` to `MET`.
    contested
        Whether readings differ on whether it is met, or on its track.
    missing
        Bits of the facts it needs, where it is undecided.
    on_issue
        Bits of the facts on which the issues that bear on it turn.
    conduct
        Whether the act itself meets it, whoever did it and whenever.
    """

    rule: Rule
    status: Codes
    contested: Flags
    missing: Bits
    on_issue: Bits
    conduct: Codes


@dataclass(slots=True)
class Answers:
    """What the rules say of each row.

    Parameters
    ----------
    outcome
        Place in `OUTCOMES`.
    contested
        As in a determination.
    judged
        Each rule's part, overrides settled.
    """

    outcome: Codes
    contested: Flags
    judged: Mapping[str, Judged]

    def least_level(self, track: Track | None = None) -> NDArray[np.int8]:
        """Give the gravest level that is met, as place in `LEVELS`; -1 for none."""
        return self._level(track, MET)

    def greatest_level(self, track: Track | None = None) -> NDArray[np.int8]:
        """Give the gravest level that is met or may yet be met, as place in `LEVELS`; -1 for none."""
        return self._level(track, UNDECIDED)

    def _level(self, track: Track | None, least: np.uint8) -> NDArray[np.int8]:
        found: NDArray[np.int8] = np.array(-1, np.int8)
        for one in self.judged.values():
            if track in (None, one.rule.track):
                level = np.int8(LEVELS.index(one.rule.level))
                found = np.maximum(found, np.where(one.status >= least, level, np.int8(-1)))
        return found


def attribution(at: Columns) -> tuple[Codes, Bits]:
    """Say of each row whether the act is established as the respondent's own, and what is missing for that."""
    control, authenticity = at.codes[_CONTROL], at.codes[_AUTHENTICITY]
    kind = at.codes["act.kind"]
    kinds = [value in ACCOUNT_ACTS for value in values_of("act.kind")]
    by_account = np.array([*kinds, True])[kind]
    cleared = np.isin(control, [code(_CONTROL, value) for value in CLEARS])
    cleared = cleared | (authenticity == code(_AUTHENTICITY, "refuted"))
    needs = _needs(control, code(_CONTROL, "shared_unknown"), code(_CONTROL, None), by_account, _BITS[_CONTROL])
    needs = needs | _needs(
        authenticity, code(_AUTHENTICITY, "doubtful"), code(_AUTHENTICITY, None), by_account, _BITS[_AUTHENTICITY]
    )
    return np.where(cleared, NO, np.where(needs != 0, UNKNOWN, YES)), needs


def _needs(given: Codes, empty: int, unknown: int, by_account: Flags, bit: int) -> Bits:
    return np.where((given == empty) | ((given == unknown) & by_account), np.int32(bit), np.int32(0))


def defeats(exception: RuleException, at: Columns) -> Codes:
    """Say of each row whether an exception takes the act out of a rule."""
    truth = at.truth(exception.when)
    if exception.unless is not None:
        # What takes it back in ends it where it holds, and leaves it open where unknown.
        truth = np.minimum(truth, YES - at.truth(exception.unless))
    return np.where(at.in_span(exception.in_force), truth, NO)


def judge(rule: Rule, at: Columns, own: tuple[Codes, Bits]) -> Judged:
    """Say what one rule says of each row; overrides are not settled yet.

    Parameters
    ----------
    own
        What `attribution` gives; the same for all rules.
    """
    status = at.codes["actor.status"]
    of_status = np.array([*(value in rule.applies_to for value in values_of("actor.status")), True])[status]
    span = Span(None, rule.in_force.last) if rule.continuing else rule.in_force
    asked = of_status & at.in_span(span)
    phase = _phase(rule, at)
    exceptions = [defeats(exception, at) for exception in rule.unless]
    when = np.minimum(np.minimum(phase, at.truth(rule.when)), own[0])
    worst = reduce(np.maximum, exceptions, np.array(NO))
    needs = np.where(at.day == 0, np.int32(_BITS["date"]), np.int32(0)) | own[1] | at.missing(rule.when)
    needs = needs | np.where(status == code("actor.status", None), np.int32(_BITS["actor.status"]), np.int32(0))
    if rule.phase != "always":
        needs = needs | at.phase_needs
    for exception, truth in zip(rule.unless, exceptions, strict=True):
        inner = at.missing(exception.when)
        if exception.unless is not None:
            inner = inner | at.missing(exception.unless)
        needs = needs | np.where(truth == UNKNOWN, inner, np.int32(0))
    facts_open = needs != 0
    open_, contested, on_issue = facts_open, np.array(False), np.array(0, np.int32)
    for issue in rule.issues:
        truth = at.truth(issue.when)
        turns_on = np.int32(bits(atom.field for atom in issue.when.atoms()))
        on_issue = on_issue | np.where(truth != NO, turns_on, np.int32(0))
        if issue.bears_on == "level":
            continue
        contested = contested | (truth == YES) | ((truth == UNKNOWN) & ~facts_open)
        if issue.bears_on == "outcome":
            open_ = open_ | (truth != NO)
            needs = needs | at.missing(issue.when)
    answer = np.where(open_, UNDECIDED, MET)
    answer = np.where(worst == YES, DEFEATED, answer)
    answer = np.where(when == NO, NOT_MET, answer)
    answer = np.where(asked, answer, NOT_ASKED)
    alive = answer >= UNDECIDED
    needs = np.where(alive, needs, np.int32(0))
    return Judged(rule, answer, contested & alive, needs, on_issue, np.minimum(when, YES - worst))


def _phase(rule: Rule, at: Columns) -> Codes:
    if rule.phase == "always":
        return np.array(YES)
    table = [YES if name in rule.phases else NO for name in (*PHASES, None)]
    return np.array([*table, UNKNOWN])[at.phase]


def settled(judged: Mapping[str, Judged]) -> dict[str, Judged]:
    """Let rules yield to those that override them."""
    overriding: dict[str, list[str]] = {}
    for name, one in judged.items():
        for over in one.rule.overrides:
            overriding.setdefault(over.rule, []).append(name)
    done: dict[str, Judged] = {}

    def settle(name: str) -> Judged:
        if name not in done:
            one = judged[name]
            for winner in overriding.get(name, ()):
                one = _yielding(one, settle(winner))
            done[name] = one
        return done[name]

    return {name: settle(name) for name in judged}


def _yielding(one: Judged, winner: Judged) -> Judged:
    loses = (one.status >= UNDECIDED) & (winner.status == MET)
    opened = (one.status == MET) & (winner.status == UNDECIDED)
    return Judged(
        one.rule,
        np.where(loses, DEFEATED, np.where(opened, UNDECIDED, one.status)),
        one.contested & ~loses,
        np.where(loses, np.int32(0), one.missing | np.where(opened, winner.missing, np.int32(0))),
        one.on_issue,
        one.conduct,
    )


def answers(rules: Sequence[Rule], at: Columns) -> Answers:
    """Say what the rules say of each row, exactly as `determine` would.

    Parameters
    ----------
    rules
        All rules of a catalogue, or those on one kind of act where every row is of that kind.
    at
        The facts.
    """
    own = attribution(at)
    judged = settled({rule.id: judge(rule, at, own) for rule in rules})
    held = list(judged.values())
    met = _any(one.status == MET for one in held)
    open_ = _any(one.status == UNDECIDED for one in held)
    elsewhere = _any((one.status == NOT_ASKED) & (one.conduct != NO) for one in held)
    outcome = np.where(met, np.uint8(3), np.where(open_, np.uint8(2), elsewhere.astype(np.uint8)))
    return Answers(outcome, _contested(held), judged)


def _any(flags: object) -> Flags:
    return reduce(np.logical_or, flags, np.array(False))  # type: ignore[call-overload, no-any-return]


def _contested(held: Sequence[Judged]) -> Flags:
    gravest: dict[str, NDArray[np.int8]] = {}
    sure: dict[str, Flags] = {}
    for one in held:
        track, level = one.rule.track, np.int8(LEVELS.index(one.rule.level))
        met = one.status == MET
        gravest[track] = np.maximum(gravest.get(track, np.array(-1, np.int8)), np.where(met, level, np.int8(-1)))
        sure[track] = sure.get(track, np.array(False)) | (met & ~one.contested)
    undisputed_open = _any(
        (one.status == UNDECIDED) & ~one.contested & (LEVELS.index(one.rule.level) > gravest[one.rule.track])
        for one in held
    )
    found = np.array(False)
    for one in held:
        if one.rule.issues:
            wanted = _conduct_open(one) & undisputed_open
            found = found | (one.contested & ~sure[one.rule.track] & ~wanted)
    return found


def _conduct_open(one: Judged) -> Flags:
    """Whether facts are missing other than those on which only an issue turns, and who acted."""
    wanted: Flags = (one.missing & ~one.on_issue & ~np.int32(_BITS[_CONTROL] | _BITS[_AUTHENTICITY])) != 0
    return wanted
