"""What one line of the ledger says: an act as it is handed in, and the entry with its commitments as it is written."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final, Literal, get_args

import rfc8785

from telusur import __version__
from telusur.domain.errors import BadInput, MissingZone, nearest
from telusur.domain.text import is_whole
from telusur.evidence.ledger.hashing import WIDTH, leaf_hash

EntryType = Literal[
    "intake",
    "seal",
    "view",
    "export",
    "derive",
    "transfer",
    "correction",
    "hold",
    "destroy",
    "determination",
    "decision",
    "override",
    "step",
    "key",
]
#: What an entry commits to without saying it.
Field = Literal["actor", "case", "object", "detail"]

TYPES: Final[frozenset[str]] = frozenset(get_args(EntryType))
#: Version of the form of an entry.
VERSION: Final = 1
_TOOL: Final = f"telusur {__version__}"
#: What a commitment begins with, so that it is none of anything else.
LABEL: Final = b"telusur/commitment/1\0"
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


def commit_hash(digest: bytes, salt: bytes) -> bytes:
    """Commit to something of which the SHA-256 is known: a file, without reading it again.

    Parameters
    ----------
    digest
        SHA-256 of the value, 32 bytes.
    salt
        32 random bytes, to be destroyed with the value.

    Returns
    -------
    bytes
        SHA-256 of ``telusur/commitment/1``, a zero byte, the salt and the digest.

    Raises
    ------
    ValueError
        If one of them is not 32 bytes long.
    """
    if len(digest) != WIDTH or len(salt) != WIDTH:
        raise ValueError(f"a digest and a salt have {WIDTH} bytes each, not {len(digest)} and {len(salt)}")
    return sha256(LABEL + salt + digest).digest()


def commit(value: bytes, salt: bytes) -> bytes:
    """Commit to a value: nobody can guess it from the commitment once the salt is gone.

    Parameters
    ----------
    value
        What is committed to.
    salt
        32 random bytes.

    Returns
    -------
    bytes
        `commit_hash` of its SHA-256.
    """
    return commit_hash(sha256(value).digest(), salt)


@dataclass(frozen=True, slots=True)
class Act:
    """Something that was done, to be written into the ledger in the transaction that does it.

    Parameters
    ----------
    type
        What kind of act.
    at
        When, with a zone.
    actor
        Id of whoever did it.
    case
        Id of the case it belongs to; with the case it is erased.
    object
        SHA-256 of the file it concerns, in lower-case hex.
    detail
        Whatever else is to be provable, as JSON holds it.
    keep_detail
        Whether the detail is kept beside the ledger; where it is kept elsewhere, the salt alone is.
    """

    type: EntryType
    at: datetime
    actor: str
    case: str | None = None
    object: str | None = None
    detail: Mapping[str, Any] | None = None
    keep_detail: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger.

    Parameters
    ----------
    seq
        Its number, from 0.
    body
        Its bytes: JSON in the canonical form of RFC 8785.
    leaf
        Its hash in the tree.
    """

    seq: int
    body: bytes
    leaf: bytes

    @classmethod
    def of(cls, seq: int, body: bytes) -> Entry:
        """Make an entry from what is stored of it."""
        return cls(seq, body, leaf_hash(body))

    def read(self) -> Mapping[str, Any]:
        """Give what it says."""
        said: dict[str, Any] = json.loads(self.body)
        return said


@dataclass(frozen=True, slots=True)
class Opening:
    """What opens one commitment of an entry.

    Parameters
    ----------
    salt
        32 random bytes.
    value
        Id of the actor or case, hex SHA-256 of the object, or the detail as canonical JSON; ``None`` if kept elsewhere.
    """

    salt: bytes
    value: str | None

    def commitment(self, field: Field) -> bytes | None:
        """Give the commitment that this opens; ``None`` if the value is kept elsewhere.

        Parameters
        ----------
        field
            Which field of an entry it belongs to: of an object the value is the digest itself.
        """
        if self.value is None:
            return None
        if field == "object":
            return commit_hash(bytes.fromhex(self.value), self.salt)
        return commit(self.value.encode(), self.salt)


#: The fields that are committed to, in the order in which they and their salts stand.
FIELDS: Final[tuple[Field, ...]] = ("actor", "case", "detail", "object")
#: A row of `ledger_opening`: number of the entry; what opens each field; the salts of those fields that it has.
OpeningRow = tuple[int, str, str | None, str | None, str | None, bytes]


def opened(body: bytes, row: Sequence[Any]) -> dict[Field, Opening]:
    """Give what opens the commitments of an entry.

    Parameters
    ----------
    body
        Of the entry.
    row
        Of `ledger_opening`, without its number.
    """
    said = json.loads(body)
    *values, salts = row
    there = [(field, value) for field, value in zip(FIELDS, values, strict=True) if field in said]
    return {field: Opening(salts[at * WIDTH : (at + 1) * WIDTH], value) for at, (field, value) in enumerate(there)}


def canonical(detail: Mapping[str, Any]) -> str:
    """Give a detail as canonical JSON (RFC 8785).

    Parameters
    ----------
    detail
        As JSON holds it.

    Raises
    ------
    BadInput
        If it holds what JSON does not, or whole numbers beyond 2**53.
    """
    try:
        return rfc8785.dumps(dict(detail)).decode()
    except (rfc8785.CanonicalizationError, UnicodeError, RecursionError) as error:
        raise BadInput(f"the detail of an act cannot be written as canonical JSON: {error}") from error


def written(acts: Sequence[Act], first: int) -> tuple[list[Entry], list[OpeningRow]]:
    """Give the entry of each act, and what opens its commitments.

    Parameters
    ----------
    acts
        In the order in which they are to stand.
    first
        Number of the first.

    Raises
    ------
    BadInput
        If an act is of no known type, names no actor, has a time without a zone, an object that is no SHA-256, or a
        detail that is no JSON.
    """
    digest = remembering()
    random = os.urandom(len(FIELDS) * WIDTH * len(acts))
    entries: list[Entry] = []
    openings: list[OpeningRow] = []
    used = 0
    moment, instant = None, ""
    for seq, act in enumerate(acts, first):
        _whole(act)
        if act.at is not moment:
            moment, instant = act.at, _instant(act.at)
        begun = used
        used = begun + WIDTH
        # The names stand in the order that RFC 8785 asks for; nothing in the values wants escaping.
        body = f'{{"actor":"{sha256(LABEL + random[begun:used] + digest(act.actor)).hexdigest()}","at":"{instant}",'
        if act.case is not None:
            salt, used = random[used : used + WIDTH], used + WIDTH
            body += f'"case":"{sha256(LABEL + salt + digest(act.case)).hexdigest()}",'
        detail = None
        if act.detail is not None:
            salt, used = random[used : used + WIDTH], used + WIDTH
            detail = canonical(act.detail)
            body += f'"detail":"{sha256(LABEL + salt + sha256(detail.encode()).digest()).hexdigest()}",'
        if act.object is not None:
            salt, used = random[used : used + WIDTH], used + WIDTH
            body += f'"object":"{sha256(LABEL + salt + bytes.fromhex(act.object)).hexdigest()}",'
        whole = f'{body}"seq":{seq},"tool":"{_TOOL}","type":"{act.type}","v":{VERSION}}}'.encode()
        entries.append(Entry.of(seq, whole))
        kept = detail if act.keep_detail else None
        openings.append((seq, act.actor, act.case, kept, act.object, random[begun:used]))
    return entries, openings


def _whole(act: Act) -> None:
    if act.type not in TYPES:
        raise BadInput(f"the ledger knows no act of the type {act.type!r}; {nearest(str(act.type), TYPES)}")
    if not act.actor or act.case == "":
        raise BadInput("an act in the ledger names who did it, and its case by an id that is not empty")
    for name in (act.actor, act.case or ""):
        if "\0" in name or not is_whole(name):
            raise BadInput("an id in the ledger holds neither NUL nor half a character")
    if act.object is not None and not _SHA256.fullmatch(act.object):
        raise BadInput("an act names its object by the SHA-256 of its bytes, as 64 lower-case hexadecimal digits")


def remembering() -> Callable[[str], bytes]:
    """Give a function that hashes a text, and knows those it has just hashed: ids come again and again."""

    @lru_cache(maxsize=1024)
    def digest(value: str) -> bytes:
        return sha256(value.encode()).digest()

    return digest


def _instant(at: datetime) -> str:
    if at.tzinfo is None or at.utcoffset() is None:
        raise MissingZone(at.isoformat())
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
