"""Proof files (c2sp.org/tlog-proof): that one entry is in the log, to be verified without the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

from telusur.domain.text import Text
from telusur.evidence import ledger
from telusur.evidence.signing.checkpoints import Checkpoint, open_checkpoint
from telusur.evidence.signing.lines import MOST_HASHES, from_base64, number, one_hash, read_text, refused, to_base64
from telusur.evidence.signing.notes import MOST_BYTES, Note
from telusur.evidence.signing.verify_key import VerifyKey

_FIRST: Final = "c2sp.org/tlog-proof@v1"
_PROOF: Final = Text("bukti", "the proof")
_INDEX: Final = Text("nomor entri", "the index of the entry")
_EXTRA: Final = Text("data tambahan", "the extra data")
_HASH: Final = Text("sebuah hash bukti", "a hash of the proof")


@dataclass(frozen=True, slots=True)
class ProofFile:
    """An inclusion proof with the checkpoint it leads to.

    Parameters
    ----------
    index
        Of the entry, from 0.
    hashes
        From the sibling of the leaf up to the child of the root.
    checkpoint_note
        The signed checkpoint, byte for byte.
    extra
        Anything; nothing vouches for it.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint_note: bytes
    extra: bytes = b""

    def to_bytes(self) -> bytes:
        """Write the file; parsing gives it back byte for byte."""
        lines = [_FIRST]
        if self.extra:
            lines.append(f"extra {to_base64(self.extra)}")
        lines += [f"index {self.index}", *map(to_base64, self.hashes), "", ""]
        return "\n".join(lines).encode() + self.checkpoint_note

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read a proof file; nothing in it is verified.

        Raises
        ------
        NoteRefused
            If it is not written as c2sp.org/tlog-proof says, or cannot fit the size of its tree.
        """
        head, _, rest = read_text(data, _PROOF, most=2 * MOST_BYTES).partition("\n\n")
        lines = head.split("\n")
        if lines.pop(0) != _FIRST:
            raise refused(f"bukti tidak diawali {_FIRST}", f"the proof does not begin with {_FIRST}")
        extra = b""
        if lines and lines[0].startswith("extra "):
            extra = from_base64(lines.pop(0).removeprefix("extra "), _EXTRA)
            if not extra:
                raise refused("data tambahan kosong", "the extra data are empty")
        if not lines or not lines[0].startswith("index "):
            raise refused("bukti tidak menyebut nomor entri", "the proof names no index")
        index = number(lines.pop(0).removeprefix("index "), _INDEX)
        if len(lines) > MOST_HASHES:
            raise refused(f"bukti memuat {len(lines)} hash", f"the proof has {len(lines)} hashes")
        hashes = tuple(one_hash(line, _HASH) for line in lines)
        note = rest.encode()
        size = Checkpoint.parse(Note.parse(note).text).size
        if index >= size:
            raise refused(
                f"entri {index} tidak ada dalam pohon dengan {size} entri",
                f"a tree of {size} entries has no entry {index}",
            )
        return cls(index, hashes, note, extra)


def verify(proof: ProofFile, leaf: bytes, keys: VerifyKey | Sequence[VerifyKey]) -> Checkpoint:
    """Verify that an entry is in the log.

    Parameters
    ----------
    proof
        As parsed.
    leaf
        `ledger.leaf_hash` of the entry's bytes.
    keys
        Of the log, known from elsewhere; with those of witnesses if their lines are to be verified too.

    Returns
    -------
    Checkpoint
        The state of the log that the proof leads to.

    Raises
    ------
    NoteRefused
        If the checkpoint or the proof does not hold.
    """
    checkpoint = open_checkpoint(proof.checkpoint_note, [keys] if isinstance(keys, VerifyKey) else keys)
    if not ledger.verify_inclusion(leaf, proof.index, checkpoint.size, list(proof.hashes), checkpoint.root):
        raise refused(
            f"entri {proof.index} tidak ada dalam log yang ditandatangani, atau buktinya telah diubah",
            f"entry {proof.index} is not in the log that was signed, or its proof was altered",
        )
    return checkpoint
