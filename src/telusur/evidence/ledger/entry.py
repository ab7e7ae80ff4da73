"""What one line of the ledger says: an act as it is handed in, and the entry with its commitments as it is written."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final, Literal, get_args

import rfc8785

from telusur import __version__
from telusur.domain.errors import BadInput, MissingZone, nearest
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
_LABEL: Final = b"telusur/commitment/1\0"
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
    return sha256(_LABEL + salt + digest).digest()


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


#: A row of `ledger_opening`: number of the entry, field, salt, value.
OpeningRow = tuple[int, Field, bytes, str | None]


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


def written(acts: Sequence[Act], first: int) -> Iterator[tuple[Entry, list[OpeningRow]]]:
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
    salts = os.urandom(4 * WIDTH * len(acts))
    at = 0
    for seq, act in enumerate(acts, first):
        rows: list[OpeningRow] = []
        said = {}
        for field, digest, value in _committed(act):
            salt = salts[at : at + WIDTH]
            at += WIDTH
            said[field] = f'"{field}":"{sha256(_LABEL + salt + digest).hexdigest()}",'
            rows.append((seq, field, salt, value))
        # The names stand in the order that RFC 8785 asks for; nothing in the values wants escaping.
        body = (
            f'{{{said["actor"]}"at":"{_instant(act.at)}",{said.get("case", "")}{said.get("detail", "")}'
            f'{said.get("object", "")}"seq":{seq},"tool":"{_TOOL}","type":"{act.type}","v":{VERSION}}}'
        ).encode()
        yield Entry(seq, body, leaf_hash(body)), rows


def _committed(act: Act) -> Iterator[tuple[Field, bytes, str | None]]:
    if act.type not in TYPES:
        raise BadInput(f"the ledger knows no act of the type {act.type!r}; {nearest(str(act.type), TYPES)}")
    if not act.actor or act.case == "":
        raise BadInput("an act in the ledger names who did it, and its case by an id that is not empty")
    yield "actor", _digest(act.actor), act.actor
    if act.case is not None:
        yield "case", _digest(act.case), act.case
    if act.detail is not None:
        detail = canonical(act.detail)
        yield "detail", sha256(detail.encode()).digest(), detail if act.keep_detail else None
    if act.object is not None:
        if not _SHA256.fullmatch(act.object):
            raise BadInput("an act names its object by the SHA-256 of its bytes, as 64 lower-case hexadecimal digits")
        yield "object", bytes.fromhex(act.object), act.object


@lru_cache(maxsize=256)
def _digest(value: str) -> bytes:
    return sha256(value.encode()).digest()


def _instant(at: datetime) -> str:
    if at.tzinfo is None or at.utcoffset() is None:
        raise MissingZone(at.isoformat())
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
