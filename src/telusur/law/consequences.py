"""What may follow once a person has decided: sanctions, who may impose them, who supervises, general provisions.

Nothing here imposes anything. A rule whose citation is only `reported` advises and never by itself allows a sanction
(`Rule.allows_sanction`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from telusur.domain.errors import BadInput, nearest
from telusur.domain.text import Text

if TYPE_CHECKING:
    from telusur.law.model import Citation, Confidence, Level, Reading, Source, Span

#: Levels of PP 94/2021 on which the powers to punish are stated.
PUNISHED: Final = ("light", "medium", "heavy")


@dataclass(frozen=True, slots=True)
class SanctionKind:
    """One kind of sanction, for instance a written reprimand."""

    id: str
    title: Text


@dataclass(frozen=True, slots=True)
class SanctionSet:
    """The kinds of one level by one instrument.

    Parameters
    ----------
    applied
        Who is reported to apply it.
    """

    citation: Citation
    kinds: tuple[SanctionKind, ...]
    applied: tuple[Reading, ...]

    def as_json(self) -> dict[str, object]:
        """Give the kinds with their citation."""
        return {
            "citation": self.citation.as_json(),
            "kinds": [{"kind": kind.id, "title": kind.title.as_json()} for kind in self.kinds],
            "applied": [reading.as_json() for reading in self.applied],
        }


@dataclass(frozen=True, slots=True)
class Sanctions:
    """What a level of sanction holds.

    Parameters
    ----------
    sets
        More than one where instruments differ on it.
    open
        Which of several sets applies is open: what a person has to settle; ``None`` where there is one.
    """

    level: Level
    sets: tuple[SanctionSet, ...]
    open: Text | None = None

    def as_json(self) -> dict[str, object]:
        """Give all sets, and what is open between them."""
        return {
            "level": self.level,
            "sets": [one.as_json() for one in self.sets],
            "which_applies_here": None,
            "open": self.open.as_json() if self.open else None,
        }


@dataclass(frozen=True, slots=True)
class Rank:
    """A rank of the service; on the ladder it has a place counted from the top, beside it none."""

    id: str
    title: Text
    step: int | None


@dataclass(frozen=True, slots=True)
class Official:
    """Somebody who may punish."""

    id: str
    title: Text


@dataclass(frozen=True, slots=True)
class Power:
    """What one official may impose on people of some ranks: levels, or single kinds of the heavy level."""

    official: Official
    over: tuple[str, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Authority:
    """Who may impose a level on somebody of a rank.

    Parameters
    ----------
    kinds
        The kinds of the level that this official may impose; all of them where `whole`.
    """

    official: Official
    kinds: tuple[SanctionKind, ...]
    whole: bool
    citation: Citation

    def as_json(self) -> dict[str, object]:
        """Give the official with what he or she may impose."""
        return {
            "official": self.official.id,
            "title": self.official.title.as_json(),
            "kinds": [kind.id for kind in self.kinds],
            "whole_level": self.whole,
            "citation": self.citation.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Powers:
    """All powers to punish, with where they stand."""

    citation: Citation
    ranks: Mapping[str, Rank]
    powers: tuple[Power, ...]

    def over(self, rank: str, level: str, sanctions: Mapping[str, Sanctions]) -> tuple[Authority, ...]:
        """Say who may impose a level on somebody of a rank; nobody where no power is reported.

        Raises
        ------
        BadInput
            Naming the nearest known rank or level.
        """
        if rank not in self.ranks:
            raise BadInput(f"there is no rank {rank!r}; {nearest(rank, self.ranks)}")
        if level not in PUNISHED:
            raise BadInput(f"no powers are stated for the level {level!r}; {nearest(level, PUNISHED)}")
        kinds = next(held.sets[0].kinds for name, held in sanctions.items() if name == level)
        found = []
        for power in self.powers:
            if rank not in power.over:
                continue
            allowed = kinds if level in power.kinds else tuple(kind for kind in kinds if kind.id in power.kinds)
            if allowed:
                found.append(Authority(power.official, allowed, allowed == kinds, self.citation))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Supervisor:
    """Who supervises neutrality during some days.

    Parameters
    ----------
    expected
        A body that a court ordered and that the catalogue does not know to exist yet.
    """

    id: str
    title: Text
    action: Text
    days: Span
    expected: bool
    confidence: Confidence
    sources: tuple[Source, ...]
    note: str | None

    def as_json(self) -> dict[str, object]:
        """Give the body with its days and how sure they are."""
        return {
            "body": self.id,
            "title": self.title.as_json(),
            "action": self.action.as_json(),
            "days": self.days.as_json(),
            "expected": self.expected,
            "confidence": self.confidence,
            "sources": [source.as_json() for source in self.sources],
            "note": self.note,
        }


def supervisor_on(day: date, supervisors: Sequence[Supervisor]) -> Supervisor:
    """Give the body that supervised neutrality on a day.

    Raises
    ------
    BadInput
        For a day before the first that is known.
    """
    for one in supervisors:
        if one.days.holds(day):
            return one
    known = ", ".join(f"{one.id} from {one.days.first}" for one in supervisors)
    raise BadInput(f"no supervising body is known for {day}; known are {known or 'none'}")


@dataclass(frozen=True, slots=True)
class Provision:
    """A general provision that the program applies or names."""

    id: str
    says: Text
    citation: Citation

    def as_json(self) -> dict[str, object]:
        """Give it with its citation."""
        return {"provision": self.id, "says": self.says.as_json(), "citation": self.citation.as_json()}
