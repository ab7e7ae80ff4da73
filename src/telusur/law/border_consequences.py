"""The shape of the files on what may follow: sanctions, powers, supervisors, general provisions."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from telusur.law.border import CitationIn, Id, ReadingIn, SpanIn, Strict, Words
from telusur.law.model import Confidence, Level


class KindIn(Strict):
    """One kind of sanction."""

    id: Id
    title: Words


class SanctionSetIn(Strict):
    """The kinds of a level by one instrument, and who is reported to apply them."""

    citation: CitationIn
    kinds: Annotated[tuple[KindIn, ...], Field(min_length=1)]
    applied: tuple[ReadingIn, ...] = ()


class SanctionsIn(Strict):
    """A level; where instruments differ, ``open`` says what a person has to settle."""

    level: Level
    sets: Annotated[tuple[SanctionSetIn, ...], Field(min_length=1)]
    open: Words | None = None


class SanctionsFile(Strict):
    """``sanctions.yaml``."""

    schema_: Annotated[Literal["telusur.sanctions/1"], Field(alias="schema")]
    sanctions: tuple[SanctionsIn, ...]


class RankIn(Strict):
    """A rank; those on the ladder stand from the highest to the lowest."""

    id: Id
    title: Words
    on_ladder: bool = True


class PowerIn(Strict):
    """What an official may impose, on ranks by name or by how many levels below the official's own they stand."""

    over: tuple[str, ...] = ()
    levels_below: int | None = None
    kinds: Annotated[tuple[str, ...], Field(min_length=1)]


class OfficialIn(Strict):
    """Somebody who may punish; ``rank`` where it is one of the ladder's."""

    id: Id
    title: Words
    rank: str | None = None
    powers: Annotated[tuple[PowerIn, ...], Field(min_length=1)]


class AuthorityFile(Strict):
    """``authority.yaml``."""

    schema_: Annotated[Literal["telusur.authority/1"], Field(alias="schema")]
    citation: CitationIn
    ranks: Annotated[tuple[RankIn, ...], Field(min_length=1)]
    officials: tuple[OfficialIn, ...]


class SupervisorIn(Strict):
    """A body that supervises neutrality; ``expected`` marks one that is yet to be created."""

    id: Id
    title: Words
    action: Words
    days: SpanIn
    expected: bool = False
    confidence: Confidence
    sources: tuple[str, ...]
    note: str | None = None


class SupervisorsFile(Strict):
    """``supervisors.yaml``, in order of time."""

    schema_: Annotated[Literal["telusur.supervisors/1"], Field(alias="schema")]
    supervisors: tuple[SupervisorIn, ...]


class ProvisionIn(Strict):
    """A general provision."""

    id: Id
    says: Words
    citation: CitationIn


class ProvisionsFile(Strict):
    """``provisions.yaml``."""

    schema_: Annotated[Literal["telusur.provisions/1"], Field(alias="schema")]
    provisions: tuple[ProvisionIn, ...]
