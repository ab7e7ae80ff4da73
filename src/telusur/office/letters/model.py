"""A letter as values: what it says, in order, before anything is set on paper."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Final, Literal

from telusur.domain.text import Language, Text
from telusur.process import LetterKind, Part

SCHEMA: Final = "telusur.letter-data/1"

Shape = Literal["letter", "record", "decree"]
#: Whom it is for; what may stand in it differs.
Reader = Literal["respondent", "holder", "body", "file"]
Masking = Literal["full", "masked", "none"]


@dataclass(frozen=True, slots=True)
class Sender:
    """The office that writes.

    Parameters
    ----------
    agency
        The institution above it; may be empty.
    place
        Where letters are dated.
    zone
        ``WIB``, ``WITA`` or ``WIT``: in which times without an own zone are said.
    fingerprint
        Of the key that signs the office's ledger; may be empty.
    """

    name: str
    agency: str = ""
    place: str = ""
    zone: str = "WIB"
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """The respondent as a letter names him or her."""

    name: str
    nip: str = ""
    position: str = ""
    unit: str = ""
    address: str = ""
    rank: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One thing in the body of a letter.

    Parameters
    ----------
    kind
        ``say`` a paragraph, ``head`` a heading, ``quote`` somebody's own words, ``note`` what must not be overlooked,
        ``rows`` names beside values, ``table`` a table, ``items`` a marked list, ``clause`` a part of a decree.
    text
        The paragraph, the heading, the quotation, the caption of rows or a table, the name of a clause.
    by
        Whose words they are.
    heads
        Titles of a table's columns.
    rows
        Cells; of ``rows`` name and value, of ``items`` and ``clause`` mark and text.
    wide
        How wide each column of a table is against the others.
    """

    kind: Literal["say", "head", "quote", "note", "rows", "table", "items", "clause"]
    text: str = ""
    by: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    wide: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """A place to sign, and who signs there."""

    above: str
    name: str
    below: str = ""


@dataclass(frozen=True, slots=True)
class Labels:
    """The words around what is said: the same in every letter of a language."""

    number: str
    nature: str
    attachments: str
    subject: str
    to: str
    copies: str
    case: str
    content: str
    page: str
    of: str
    given: str
    about: str
    draft: str
    twin: str


@dataclass(frozen=True, slots=True)
class LetterData:
    """Everything that one letter says.

    Parameters
    ----------
    text, text_sha256
        Id of the text it was made by, and the hash of that file.
    title
        What the document is, for its own title and for lists; never a name.
    holds, remedy_until
        What it holds of what a decision must, and the last day of the remedy it names.
    draft
        Shown beforehand only: nobody was sent it.
    verifies
        The fingerprint by which anybody verifies evidence of the office, as it stands at the foot of each page.
    """

    text: str
    text_sha256: str
    kind: LetterKind
    shape: Shape
    language: Language
    case: str
    day: date
    title: str
    letterhead: tuple[str, ...]
    number: str
    nature: str
    attachments: str
    subject: str
    dated: str
    to: tuple[str, ...]
    salutation: str
    body: tuple[Block, ...]
    closing: str
    signatures: tuple[Signature, ...]
    copies: tuple[str, ...]
    labels: Labels
    holds: tuple[Part, ...] = ()
    remedy_until: date | None = None
    draft: bool = False
    verifies: str = ""

    def as_json(self) -> dict[str, object]:
        """Give it as a document: the same letter, the same words in the same order."""
        held = asdict(self)
        held["day"] = self.day.isoformat()
        if not self.verifies:
            del held["verifies"]
        held["remedy_until"] = self.remedy_until.isoformat() if self.remedy_until else None
        return {"schema": SCHEMA, **held}

    @property
    def content_sha256(self) -> str:
        """Hash of what it says, as it stands at the foot of each page."""
        held = json.dumps(replace(self, draft=False).as_json(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(held.encode("utf-8", "surrogatepass")).hexdigest()


class NotReady(Exception):
    """A letter cannot be made yet.

    Parameters
    ----------
    reasons
        What is missing, each with what to do.
    """

    def __init__(self, reasons: tuple[Text, ...]) -> None:
        super().__init__("; ".join(reason.en for reason in reasons))
        self.reasons = reasons
