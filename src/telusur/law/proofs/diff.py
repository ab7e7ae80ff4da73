"""What a change of the catalogue changes: rules, states of facts, and answers to past facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib.resources.abc import Traversable
from itertools import product

import numpy as np
from numpy.typing import NDArray

from telusur import __version__
from telusur.domain.contest import PHASES
from telusur.domain.errors import BadInput
from telusur.domain.facts import Facts
from telusur.domain.vocabulary import FIELDS
from telusur.law.compiled.arrays import NO_CONTEST, OUTCOMES, Answers, Columns, answers, boundaries
from telusur.law.compiled.space import Setting, Space, space
from telusur.law.determine import Determination, determine
from telusur.law.load import load
from telusur.law.model import Catalogue, Rule, Track

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer in brief; or why there is none."""

    outcome: str | None
    contested: bool
    rules: tuple[tuple[str, str], ...]
    problem: str | None = None

    @classmethod
    def of(cls, answer: Determination) -> Answer:
        """Take outcome, and the rules that are met or open."""
        rules = tuple(
            (one.rule.id, one.status) for one in answer.rule_results if one.status in ("met", "undecided", "defeated")
        )
        return cls(answer.outcome, answer.contested, rules)

    def as_json(self) -> dict[str, object]:
        """Give it as the report holds it."""
        return {
            "outcome": self.outcome,
            "contested": self.contested,
            "rules": dict(self.rules),
            "problem": self.problem,
        }


@dataclass(frozen=True, slots=True)
class ChangedFacts:
    """Past facts whose answer another catalogue changes.

    Parameters
    ----------
    line
        Where they stand in their file.
    """

    line: int
    old: Answer
    new: Answer


@dataclass(frozen=True, slots=True)
class ChangedStates:
    """States of facts on one kind of act that get another answer.

    Parameters
    ----------
    old, new
        Outcomes.
    states
        How many.
    witness
        One of them.
    """

    act: str
    old: str
    new: str
    states: int
    witness: Facts


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two catalogues.

    Parameters
    ----------
    changed
        For each rule that both hold, what of it differs.
    states
        States of facts that both can be asked of.
    uncovered
        Days x contests of which only one of them has a calendar.
    facts
        Past facts that get another answer; ``None`` if none were handed in.
    asked
        How many past facts were handed in.
    """

    old: str
    new: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[tuple[str, tuple[str, ...]], ...]
    states: int
    changed_states: tuple[ChangedStates, ...]
    uncovered: int
    asked: int | None
    facts: tuple[ChangedFacts, ...] | None

    def as_json(self) -> dict[str, object]:
        """Give the document of ``telusur rules diff``."""
        return {
            "schema": "telusur.rules_diff/1",
            "made_by": {"telusur": __version__, "catalogue": self.new, "models": None},
            "old": self.old,
            "new": self.new,
            "rules": {
                "added": list(self.added),
                "removed": list(self.removed),
                "changed": {name: list(fields) for name, fields in self.changed},
            },
            "states": self.states,
            "states_changed": sum(one.states for one in self.changed_states),
            "changes": [
                {
                    "act": one.act,
                    "old": one.old,
                    "new": one.new,
                    "states": one.states,
                    "witness": one.witness.as_json(),
                }
                for one in self.changed_states
            ],
            "days_covered_by_one_only": self.uncovered,
            "facts": None
            if self.facts is None
            else {
                "asked": self.asked,
                "changed": [
                    {"line": one.line, "old": one.old.as_json(), "new": one.new.as_json()} for one in self.facts
                ],
            },
        }


def diff(old: Traversable, new: Traversable, past: Iterable[tuple[int, Facts]] | None = None) -> Difference:
    """Say what differs between two catalogues.

    Parameters
    ----------
    old, new
        Their folders.
    past
        Facts that were asked before, each with its line.

    Raises
    ------
    SeveralProblems
        Of a catalogue that cannot be read.
    """
    return compare(load(old), load(new), past)


def compare(one: Catalogue, other: Catalogue, past: Iterable[tuple[int, Facts]] | None = None) -> Difference:
    """Say what differs between two catalogues that were read, as `diff` does.

    Parameters
    ----------
    one, other
        The older and the newer catalogue.
    past
        Facts that were asked before, each with its line.
    """
    stretches = list(_stretches(one, other))
    shared = [held for held in stretches if None not in held[1:]]
    states = 0
    changed: list[ChangedStates] = []
    for kind in FIELDS["act.kind"].values:
        whole, found = _of_act(kind, one, other, shared)
        states += whole
        changed += found
    facts = None if past is None else list(past)
    return Difference(
        one.hash,
        other.hash,
        tuple(sorted(set(other.rules) - set(one.rules))),
        tuple(sorted(set(one.rules) - set(other.rules))),
        tuple((name, fields) for name in one.rules if name in other.rules and (fields := _fields(name, one, other))),
        states,
        tuple(changed),
        sum(held[0].days for held in stretches if None in held[1:]),
        None if facts is None else len(facts),
        None if facts is None else tuple(_past(facts, one, other)),
    )


def _fields(name: str, one: Catalogue, other: Catalogue) -> tuple[str, ...]:
    before, after = one.rules[name].as_json(), other.rules[name].as_json()
    return tuple(key for key in after if before.get(key) != after[key])


def _past(facts: Iterable[tuple[int, Facts]], one: Catalogue, other: Catalogue) -> Iterator[ChangedFacts]:
    for line, stated in facts:
        old, new = (_answer(stated, held) for held in (one, other))
        if old != new:
            yield ChangedFacts(line, old, new)


def _answer(facts: Facts, catalogue: Catalogue) -> Answer:
    try:
        return Answer.of(determine(facts, catalogue=catalogue))
    except BadInput as problem:
        return Answer(None, contested=False, rules=(), problem=str(problem))


#: A stretch of days, and its phase by either catalogue; ``None`` where that one has no calendar for it.
_Stretch = tuple[Setting, int | None, int | None]


def _stretches(one: Catalogue, other: Catalogue) -> Iterator[_Stretch]:
    """Give the days in which nothing in either catalogue changes, for each contest, round and region."""
    both = (one, other)
    calendars = [calendar for held in both for calendar in held.calendars.all]
    steps = {
        (kind, calendar.round, step.region)
        for calendar in calendars
        for kind in calendar.contests
        for step in calendar.steps
    }
    edges = {date.fromordinal(day) for held in both for day in boundaries(held)}
    for calendar in calendars:
        edges |= {calendar.first, calendar.last + _DAY}
        edges |= {step.first for step in calendar.steps} | {step.last + _DAY for step in calendar.steps}
    starts = [min(edges) - _DAY, *sorted(edges)]
    spans = list(zip(starts, [*starts[1:], starts[-1] + _DAY], strict=True))
    for (kind, round_, region), (start, end) in product(sorted(steps, key=str), spans):
        phases = [_phase(held, kind, round_, region, start) for held in both]
        if phases != [None, None]:
            yield Setting(kind, start, region, round_, 0, (end - start).days, end - _DAY), phases[0], phases[1]
    for start, end in spans:
        yield Setting("none", start, None, "1", NO_CONTEST, (end - start).days, end - _DAY), NO_CONTEST, NO_CONTEST


def _phase(held: Catalogue, kind: str, round_: str, region: str | None, day: date) -> int | None:
    try:
        return PHASES.index(held.calendars.find(kind, round_, day).phase(day, region).name)
    except BadInput:
        return None


def _of_act(
    kind: str, one: Catalogue, other: Catalogue, stretches: Sequence[_Stretch]
) -> tuple[int, list[ChangedStates]]:
    rules: tuple[Rule, ...] = (*one.by_act[kind], *other.by_act[kind])
    # One number tells both phases, so that days are folded only where neither catalogue tells them apart.
    paired = [
        replace(held, phase=old * (NO_CONTEST + 1) + new)
        for held, old, new in stretches
        if old is not None and new is not None
    ]
    whole = space(kind, rules, paired)
    sides = []
    for held, part in ((one, 0), (other, 1)):
        columns = _with_phase(whole, part)
        sides.append(_told(answers(held.by_act[kind], columns)))
    before, after = sides
    found: list[ChangedStates] = []
    differs = np.array(False)
    for left, right in zip(before, after, strict=True):
        differs = differs | (left != right)
    for old, new in product(range(len(OUTCOMES)), repeat=2):
        flags = np.broadcast_to(differs & (before[0] == old) & (after[0] == new), whole.shape)
        if flags.any():
            index = tuple(int(i) for i in np.unravel_index(int(np.argmax(flags)), whole.shape))
            found.append(ChangedStates(kind, OUTCOMES[old], OUTCOMES[new], whole.weigh(flags), whole.witness(index)))
    return whole.states, found


def _with_phase(whole: Space, part: int) -> Columns:
    columns = whole.columns()
    each = divmod(columns.phase, np.uint8(NO_CONTEST + 1))
    return Columns(columns.codes, each[part], columns.day, columns.phase_needs)


def _told(found: Answers) -> list[NDArray[np.generic]]:
    """Give what an answer tells of each state: outcome, contested, and the gravest level on each track."""
    tracks: tuple[Track, ...] = ("ethics", "discipline", "dismissal", "contract", "criminal_referral")
    levels = [level for track in tracks for level in (found.least_level(track), found.greatest_level(track))]
    return [found.outcome, found.contested, *levels]
