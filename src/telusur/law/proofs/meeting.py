"""Proofs over the states of one kind of act: tracks, dead parts, order, symmetry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from telusur.domain.facts import Value
from telusur.domain.vocabulary import FIELDS
from telusur.law.compiled.arrays import DEFEATED, MET, NOT_MET, UNDECIDED, YES, Answers, Columns, Judged, defeats
from telusur.law.compiled.space import AUTHENTICITY, CONTROL, Space
from telusur.law.model import Catalogue
from telusur.law.proofs.declared import Declared
from telusur.law.proofs.finding import Finding, Places

#: Facts from the value that speaks less for a breach to the one that speaks more.
RISING: Final[Mapping[str, tuple[Value, ...]]] = {
    "act.active_support": (False, True),
    "act.symbol": (False, True),
    "act.appeal": (False, True),
    "act.leaning": ("neutral_information", "supports"),
    "act.public": (False, True),
    "act.state_facility": (False, True),
    "act.mobilised_subordinates": (False, True),
    "actor.superior": (False, True),
}


def tracks(space: Space, answers: Answers, declared: Declared, at: Places) -> Iterator[Finding]:
    """Prove that no act meets rules on different tracks, unless one yields or it is declared."""
    for one, other in combinations(answers.judged.values(), 2):
        if one.rule.track == other.rule.track:
            continue
        index = _first(space, (one.status == MET) & (other.status == MET))
        if index is None or declared.together((one.rule.id, one.rule.track), (other.rule.id, other.rule.track)):
            continue
        says = (
            f"it and {other.rule.id} are met by one act, on the tracks {one.rule.track} and {other.rule.track}; "
            "declare which yields (`overrides`), or that both stand (`together`)"
        )
        yield at.finding("tracks", one.rule.id, says, space.witness(index))


class Alive:
    """What has an effect somewhere, gathered over all acts."""

    def __init__(self) -> None:
        self.rules: set[str] = set()
        self.parts: set[tuple[str, str]] = set()

    def take(self, space: Space, answers: Answers, columns: Columns) -> None:
        """Note what has an effect on one kind of act."""
        for name, one in answers.judged.items():
            # A rule that only readings hold open is alive: it waits for a person.
            alive = (one.status == MET) | ((one.status == UNDECIDED) & (one.contested | (one.missing == 0)))
            if alive.any():
                self.rules.add(name)
                self.parts.add((name, f"act.kind {space.act}"))
                self.parts |= {(name, f"status {status}") for status in _statuses(alive, space)}
            for issue in one.rule.issues:
                if ((one.status > NOT_MET) & (columns.truth(issue.when) == YES)).any():
                    self.parts.add((name, f"issue {issue.id}"))
            self._take_defeats(one, answers, columns)

    def _take_defeats(self, one: Judged, answers: Answers, columns: Columns) -> None:
        defeated = one.status == DEFEATED
        for exception in one.rule.unless:
            if (defeated & (defeats(exception, columns) == YES)).any():
                self.parts.add((one.rule.id, f"exception {exception.id}"))
        for winner in answers.judged.values():
            yields = any(over.rule == one.rule.id for over in winner.rule.overrides)
            if yields and (defeated & (winner.status == MET)).any():
                self.parts.add((winner.rule.id, f"override {one.rule.id}"))

    def dead(self, catalogue: Catalogue, declared: Declared, at: Places) -> Iterator[Finding]:
        """Give the rules that no facts meet, and the parts of rules that change nothing."""
        for name, rule in catalogue.rules.items():
            if name not in self.rules:
                if not declared.never(name):
                    yield at.finding("dead", name, "no facts can meet it; mend its conditions, or take it out")
                continue
            parts = [f"act.kind {kind}" for kind in FIELDS["act.kind"].values if kind in rule.act_kinds]
            parts += [f"status {status}" for status in rule.applies_to]
            parts += [f"exception {exception.id}" for exception in rule.unless]
            parts += [f"issue {issue.id}" for issue in rule.issues]
            parts += [f"override {over.rule}" for over in rule.overrides]
            for part in parts:
                if (name, part) not in self.parts and not declared.never(name, part):
                    yield at.finding("dead", name, f"its part {part!r} never has an effect; take it out, or mend it")


def _statuses(alive: NDArray[np.bool_], space: Space) -> set[str]:
    """Give the statuses of people for whom a rule is alive."""
    axis = space.axis("actor.status")
    others = tuple(i for i in range(len(space.shape)) if i != axis)
    flags = np.atleast_1d(np.broadcast_to(alive, space.shape).any(axis=others))
    return {
        str(status) for held, alive in zip(space.axes["actor.status"], flags, strict=True) if alive for status in held
    }


def monotone(space: Space, answers: Answers, declared: Declared, at: Places) -> Iterator[Finding]:
    """Prove that what speaks more for a breach never lowers the outcome, and weaker proof of control never raises it.

    The outcome is bounded by the gravest level that is met, and by the gravest that may yet be met; neither may fall.
    """
    bounds = (("met", answers.least_level()), ("met or open", answers.greatest_level()))
    for fact, order in RISING.items():
        if fact not in space.axes:
            continue
        places = [_class_of(space, fact, value) for value in order]
        if len(set(places)) == 1:
            continue
        for what, level in bounds:
            index = _falls(space, level, fact, places)
            if index is not None and not declared.lowers(fact, space.act):
                yield _fallen(space, fact, f"{fact} = {_said(order[1])} lowers the gravest level {what}", index, at)
    for fact in (CONTROL, AUTHENTICITY):
        for what, level in bounds:
            # Classes stand from the strongest proof to the weakest, so that the outcome may rise only backwards.
            for weaker in range(len(space.axes[fact]) - 1):
                index = _falls(space, level, fact, [weaker + 1, weaker])
                if index is not None:
                    yield _fallen(space, fact, f"weaker proof in {fact} raises the gravest level {what}", index, at)


def _fallen(space: Space, fact: str, says: str, index: tuple[int, ...], at: Places) -> Finding:
    level = f"{says} of {space.act!r}; mend the rules on it, or declare why (`lowers`)"
    witness = space.witness(index)
    rules = [rule.id for rule in space.rules if any(atom.field == fact for atom in rule.when.atoms())]
    return at.finding("monotone", rules[0] if rules else fact, level, witness)


def _falls(space: Space, level: NDArray[np.int8], fact: str, places: list[int]) -> tuple[int, ...] | None:
    """Give a place of the lower value from which the level falls when the fact takes the higher one."""
    axis = space.axis(fact)
    whole = np.broadcast_to(level, space.shape)
    lower, higher = (np.take(whole, place, axis=axis) for place in places)
    found = _argfirst(higher < lower)
    return None if found is None else (*found[:axis], places[0], *found[axis:])


def symmetry(space: Space, at: Places) -> Iterator[Finding]:
    """Prove that nothing depends on who is favoured: to support one is to oppose the other, and both are asked alike.

    No fact names a contestant, so that swapping two leaves the facts as they are but for the words: an act that
    leans to one may be told as support of the one or as opposition to the other.
    """
    sides = space.axes.get("act.leaning")
    if sides and not any({"supports", "opposes"} <= set(one) for one in sides):
        index = (0,) * len(space.shape)
        says = f"a rule on {space.act!r} treats support of one side and opposition to the other differently"
        rules = [rule.id for rule in space.rules if _one_sided(rule.id, space)]
        yield at.finding("symmetry", rules[0] if rules else space.act, says, space.witness(index))


def _one_sided(name: str, space: Space) -> bool:
    rule = next(rule for rule in space.rules if rule.id == name)
    return any(
        ("supports" in atom.allowed) != ("opposes" in atom.allowed)
        for atom in rule.when.atoms()
        if atom.field == "act.leaning"
    )


def _class_of(space: Space, fact: str, value: Value) -> int:
    return next(i for i, one in enumerate(space.axes[fact]) if value in one)


def _said(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _first(space: Space, flags: NDArray[np.bool_]) -> tuple[int, ...] | None:
    found = _argfirst(np.asarray(flags))
    return None if found is None else (*(0,) * (len(space.shape) - len(found)), *found)


def _argfirst(flags: NDArray[np.bool_]) -> tuple[int, ...] | None:
    if not flags.any():
        return None
    return tuple(int(i) for i in np.unravel_index(int(np.argmax(flags)), flags.shape))
