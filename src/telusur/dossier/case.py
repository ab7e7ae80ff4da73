"""A case as its folder states it: what came in, and who says what."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Literal

from telusur.domain.account import Account
from telusur.domain.act import Act
from telusur.domain.evidence import Grade, SourceKind, Supplier
from telusur.domain.moment import Moment
from telusur.domain.text import Text
from telusur.domain.writing import KnownWriting

Claim = Literal[
    "not_mine",
    "taken_over",
    "lost_access",
    "shared_device",
    "lent",
    "office_account",
    "accidental",
    "fabricated",
    "admits",
]

DocumentFact = Literal[
    "sim_replaced_at",
    "number_reassigned_at",
    "access_lost_at",
    "reported_lost_at",
    "recovered_at",
    "password_changed_at",
    "device_of",
]


@dataclass(frozen=True, slots=True)
class Respondent:
    """The civil servant whom the report names; never shown outside the dossier."""

    status: str
    name: str | None = None
    unit: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What the respondent says.

    Parameters
    ----------
    account_disputed
        Whether the respondent disputes having used the account; ``None`` where nobody asked.
    claims
        What is claimed, in the contract's words.
    text
        The statement itself.
    signed_after_particulars
        Whether it was signed after the respondent had the particulars; ``None`` where it is not said.
    """

    account_disputed: bool | None = None
    claims: tuple[Claim, ...] = ()
    text: str | None = None
    signed_after_particulars: bool | None = None


@dataclass(frozen=True, slots=True)
class ReadFact:
    """A fact that a named person read in a document that no program can read."""

    name: DocumentFact
    value: Moment | str
    read_by: str


@dataclass(frozen=True, slots=True)
class Source:
    """One file or folder of the case.

    Parameters
    ----------
    path
        Within the case folder.
    kind
        What the case says it is; ``None`` for a file that no source lists.
    supplied_by
        Who gave it.
    taken_before_officer
        Whether an officer was present with minutes when it was made.
    facts
        What persons read in it.
    """

    path: str
    kind: SourceKind | None
    supplied_by: Supplier | None
    taken_before_officer: bool | None = None
    facts: tuple[ReadFact, ...] = ()

    @property
    def grade(self) -> Grade:
        """Capture grade (contracts.md, section 2): how it came into the authority's hands."""
        if self.supplied_by == "provider" or (self.kind == "provider_record" and self.supplied_by == "authority"):
            return Grade.A
        if self.kind == "web_archive" and self.supplied_by == "authority":
            return Grade.B
        if self.kind == "platform_export":
            return Grade.B if self.taken_before_officer else Grade.C
        if self.kind in {"screenshot", None}:
            return Grade.E
        return Grade.D


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's decision on a fact that no program may set.

    Parameters
    ----------
    act
        Which act.
    field
        ``account_control`` or ``authenticity``.
    value
        Its value, from the closed vocabulary.
    by
        Who decided.
    on
        When.
    grounds
        Why.
    """

    act: str
    field: Literal["account_control", "authenticity"]
    value: str
    by: str
    on: date
    grounds: str


@dataclass(frozen=True, slots=True)
class Case:
    """A case folder, read and checked.

    Parameters
    ----------
    folder
        Where it lies.
    id
        Name of the case.
    reported_on
        Day of the report; the date printed on every document made from it.
    respondent, accounts, acts, statement, sources
        As in contracts.md, section 2.
    known
        Known writing, in the order of its file.
    incident, order
        Event that several cases share, and the order that mobilised them.
    notes
        What was noticed while reading, one sentence each: files in the folder that no source lists, and the like.
    """

    folder: Path
    id: str
    reported_on: date
    respondent: Respondent
    accounts: tuple[Account, ...]
    acts: tuple[Act, ...]
    statement: Statement = field(default_factory=Statement)
    sources: tuple[Source, ...] = ()
    known: tuple[KnownWriting, ...] = ()
    incident: str | None = None
    order: str | None = None
    notes: tuple[Text, ...] = ()

    def source(self, path: str) -> Source | None:
        """Give the source that a path within the case belongs to: itself, or the nearest folder above it."""
        listed = {source.path: source for source in self.sources}
        pure = PurePosixPath(path)
        return next((listed[place] for place in map(str, (pure, *pure.parents)) if place in listed), None)
