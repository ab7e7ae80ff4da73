"""What an e-mail, a letter, a police report or minutes say of an account: dated facts, each with who read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from telusur.domain.account import Platform
from telusur.domain.evidence import Grade, SourceKind
from telusur.domain.record import Problem
from telusur.domain.text import Text

FactName = Literal[
    # What a person may type (contracts.md, section 2).
    "sim_replaced_at",
    "number_reassigned_at",
    "access_lost_at",
    "reported_lost_at",
    "recovered_at",
    "password_changed_at",
    "device_of",
    # What the program reads besides.
    "email_changed_at",
    "phone_changed_at",
    "login_new_device_at",
    "login_known_device_at",
    "recovery_requested_at",
    "sim_returned_at",
    "no_sim_change_since",
    "no_credential_change_since",
]

#: Whether a document comes from whom it says: shown by the receiving server or a signature; contradicted by them; or
#: neither.
Authenticity = Literal["shown", "contradicted", "unknown"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a document says.

    Parameters
    ----------
    name
        What it is about; ``..._at`` happened at `at`, ``no_..._since`` did not happen from `at` to `until`.
    at
        When, in UTC; ``None`` where the document does not say, or the fact has no time.
    written
        The words as they stand there.
    until
        End of a stretch in UTC, for ``no_..._since``.
    precision
        How long the written time lasts: a day for a bare date.
    device
        Make and model of the device it names.
    ip
        Network address it names.
    holder
        Who holds the device, for ``device_of``.
    identified
        Whether whoever replaced a SIM card showed the subscriber's original identity card; ``None`` where it is not
        said.
    read_by
        The person who read it; ``None`` where the program did.
    line
        Line of the document, from 1; ``None`` where a person read it.
    """

    name: FactName
    at: datetime | None
    written: str
    until: datetime | None = None
    precision: timedelta = timedelta(0)
    device: str | None = None
    ip: str | None = None
    holder: str | None = None
    identified: bool | None = None
    read_by: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a case.

    Parameters
    ----------
    path
        The source within the case folder.
    kind
        What the case says it is.
    grade
        Capture grade of the source.
    at
        When it was written or received, in UTC; ``None`` where it does not say.
    authenticity
        Whether it comes from whom it says.
    why
        What shows or contradicts that, one sentence each.
    facts
        What it says.
    problems
        What could not be used.
    platform
        The platform that sent it, for an e-mail; ``None`` where it is about no account of one platform.
    numbers
        The subscribers' numbers that an operator's letter names, as written.
    hashes
        SHA-256 of files that a letter or minutes name, in lower case.
    """

    path: str
    kind: SourceKind
    grade: Grade
    at: datetime | None = None
    authenticity: Authenticity = "unknown"
    why: tuple[Text, ...] = ()
    facts: Sequence[Fact] = ()
    problems: tuple[Problem, ...] = ()
    platform: Platform | None = None
    numbers: tuple[str, ...] = ()
    hashes: tuple[str, ...] = ()
