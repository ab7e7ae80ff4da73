"""What a bundle is made of: values only, whoever gathered them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO, Protocol

from telusur.domain.errors import BadInput, nearest
from telusur.domain.visible import visible
from telusur.evidence.ledger import Field, Opening


class Signs(Protocol):
    """The log's key; `telusur.evidence.signing.SigningKey` is one."""

    @property
    def vkey(self) -> str:
        """The public key as ``name+id+base64``."""

    @property
    def fingerprint(self) -> str:
        """Lower-case hex SHA-256 of its 32 bytes."""

    def sign(self, text: bytes) -> bytes:
        """Give the signature alone, 64 bytes."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of the case.

    Parameters
    ----------
    seq
        Number of the entry that sealed it.
    name
        As it was handed over.
    sha256
        Lower-case hex hash of its bytes.
    size
        Bytes.
    grade
        Capture grade, A to E.
    open
        Opens its bytes for reading, once.
    detail
        What else is to be listed of it.
    """

    seq: int
    name: str
    sha256: str
    size: int
    grade: str
    open: Callable[[], AbstractContextManager[BinaryIO]]
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of the ledger with its proof.

    Parameters
    ----------
    seq
        Its number.
    body
        Its bytes.
    proof
        Hashes of its inclusion in the tree of the checkpoint, the lowest first.
    openings
        What opens its commitments; ``case`` must be among them.
    """

    seq: int
    body: bytes
    proof: tuple[bytes, ...]
    openings: Mapping[Field, Opening]


@dataclass(frozen=True, slots=True)
class StampFiles:
    """A timestamp over the signed checkpoint.

    Parameters
    ----------
    authority
        Who gave it.
    at
        When, as ISO 8601.
    request, reply
        The files (``.tsq``, ``.tsr``).
    """

    authority: str
    at: str
    request: bytes
    reply: bytes


@dataclass(frozen=True, slots=True)
class Contents:
    """All that goes into a bundle.

    Parameters
    ----------
    case
        Id of the case.
    pieces
        Its files, in the order in which they were sealed.
    records
        Its entries: those that sealed the files, and whatever else happened to them.
    note
        The signed checkpoint, byte for byte as it was stamped.
    key
        The log's key; it signs the list of the bundle's files, and must have signed the checkpoint.
    stamps
        Timestamps over `note`.
    authorities
        Names of all configured authorities, whether they have answered or not.
    withheld
        Numbers (`Piece.seq`) of the files that are not shown.
    """

    case: str
    pieces: tuple[Piece, ...]
    records: tuple[Record, ...]
    note: bytes
    key: Signs
    stamps: tuple[StampFiles, ...] = ()
    authorities: tuple[str, ...] = ()
    withheld: frozenset[int] = frozenset()

    @property
    def shown(self) -> tuple[Piece, ...]:
        """The files that the bundle holds."""
        return tuple(piece for piece in self.pieces if piece.seq not in self.withheld)

    def withholding(self, names: Collection[str]) -> Contents:
        """Leave files out by their names; what proves that they are there stays.

        Raises
        ------
        BadInput
            If the case has no file of a name.
        """
        return replace(self, withheld=self.withheld | self._seqs(names))

    def only(self, names: Collection[str]) -> Contents:
        """Leave out all files but those of these names.

        Raises
        ------
        BadInput
            If the case has no file of a name.
        """
        kept = self._seqs(names)
        return replace(self, withheld=self.withheld | {piece.seq for piece in self.pieces if piece.seq not in kept})

    def _seqs(self, names: Collection[str]) -> frozenset[int]:
        known = {piece.name for piece in self.pieces}
        for name in names:
            if name not in known:
                raise BadInput(f"the case has no file {visible(name)!r}; {nearest(name, known)}", where=self.case)
        return frozenset(piece.seq for piece in self.pieces if piece.name in names)
