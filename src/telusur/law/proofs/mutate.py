"""How strong worked examples are: of catalogues with one thing wrong, how many they notice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final

import numpy as np

from telusur import __version__
from telusur.law.compiled.arrays import Judged, attribution, judge, settled
from telusur.law.compiled.space import Setting, days, space
from telusur.law.examples import examples
from telusur.law.load import load
from telusur.law.model import Catalogue
from telusur.law.proofs.expected import Expected
from telusur.law.proofs.finding import Places, places
from telusur.law.proofs.mutants import Mutant, mutants

#: The share of faulty catalogues that a catalogue's own examples must notice.
BOUND: Final = 0.95


@dataclass(frozen=True, slots=True)
class Score:
    """How many faulty catalogues a set of examples noticed.

    Parameters
    ----------
    examples
        Whose they are.
    failing
        Examples that do not hold of the sound catalogue either, and notice nothing.
    mutants
        Faulty catalogues whose answers differ from the sound one's somewhere.
    without_effect
        Those that give the same answers to all facts; they are no faults.
    survivors
        Those that nothing noticed.
    """

    examples: str
    count: int
    failing: tuple[str, ...]
    mutants: int
    without_effect: int
    survivors: tuple[Mutant, ...]

    @property
    def score(self) -> float:
        """The share that was noticed; 1 where there was nothing to notice."""
        return 1 - len(self.survivors) / self.mutants if self.mutants else 1.0

    def as_json(self, at: Places) -> dict[str, object]:
        """Give it with the places of what survived."""
        return {
            "examples": self.examples,
            "count": self.count,
            "failing": list(self.failing),
            "mutants": self.mutants,
            "without_effect": self.without_effect,
            "score": round(self.score, 4),
            "survivors": [
                {"subject": one.subject, "file": at.of(one.subject)[0], "line": at.of(one.subject)[1], "what": one.what}
                for one in self.survivors
            ],
        }


@dataclass(frozen=True, slots=True)
class Strength:
    """Scores of the catalogue's own examples (first) and of others, apart."""

    catalogue: str
    scores: tuple[Score, ...]
    places: Places

    @property
    def holds(self) -> bool:
        """Whether the catalogue's own examples hold, and notice enough."""
        own = self.scores[0]
        return own.score >= BOUND and not own.failing

    def as_json(self) -> dict[str, object]:
        """Give the document of ``telusur rules mutate``."""
        return {
            "schema": "telusur.mutation/1",
            "made_by": {"telusur": __version__, "catalogue": self.catalogue, "models": None},
            "bound": BOUND,
            "holds": self.holds,
            "scores": [one.as_json(self.places) for one in self.scores],
        }


def mutate(folder: Traversable | None = None, others: Mapping[str, Sequence[Expected]] | None = None) -> Strength:
    """Drop or turn each condition of a catalogue in turn, and see which examples break.

    Parameters
    ----------
    folder
        The catalogue with its examples; the shipped one if left out.
    others
        Further examples by name, scored apart.
    """
    where = folder or resources.files("telusur.law").joinpath("catalogue")
    sound = load(where)
    own = [Expected.of(one) for one in examples(where).values()]
    sets = {"own": own, **(others or {})}
    holding = {name: [one for one in held if one.held_in(sound)] for name, held in sets.items()}
    unnoticed: dict[str, list[Mutant]] = {name: [] for name in sets}
    every = list(mutants(sound))
    for mutant in every:
        faulty = mutant.catalogue(sound)
        touched = _kinds(mutant, sound)
        for name, held in holding.items():
            asked = (one for one in held if one.facts.value("act.kind") in {None, *touched})
            if all(one.held_in(faulty) for one in asked):
                unnoticed[name].append(mutant)
    stretches = list(days(sound))
    idle = {
        id(one)
        for one in {id(one): one for held in unnoticed.values() for one in held}.values()
        if not _differs(one, sound, stretches)
    }
    scores = tuple(
        Score(
            name,
            len(held),
            tuple(one.id for one in held if one not in holding[name]),
            len(every) - len(idle),
            len(idle),
            tuple(one for one in unnoticed[name] if id(one) not in idle),
        )
        for name, held in sets.items()
    )
    return Strength(sound.hash, scores, places(where, sound))


def _kinds(mutant: Mutant, sound: Catalogue) -> set[str]:
    """Give the kinds of act whose answers a mutant can change."""
    found: set[str] = set()
    for name, rule in mutant.rules.items():
        found |= rule.act_kinds | sound.rules[name].act_kinds
    return found


def _differs(mutant: Mutant, sound: Catalogue, stretches: Sequence[Setting]) -> bool:
    """Say whether a mutant gives any facts another answer."""
    faulty = mutant.catalogue(sound)
    for kind in sorted(_kinds(mutant, sound)):
        columns = space(kind, [*sound.by_act[kind], *faulty.by_act[kind]], stretches).columns()
        own = attribution(columns)
        one, other = (
            settled({rule.id: judge(rule, columns, own) for rule in held.by_act[kind]}) for held in (sound, faulty)
        )
        if any(_other_answers(one.get(name), other.get(name)) for name in {*one, *other}):
            return True
    return False


def _other_answers(one: Judged | None, other: Judged | None) -> bool:
    if one is None or other is None:
        # A rule that does not speak of the act is not met there.
        held = one or other
        assert held is not None
        return bool((held.status >= 2).any())  # noqa: PLR2004 - defeated, undecided or met
    return bool(np.any(one.status != other.status) or np.any(one.contested != other.contested))
