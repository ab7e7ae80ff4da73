"""What a log asks a witness with, as a file (c2sp.org/tlog-witness, the body of add-checkpoint)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

from telusur.domain.text import Text
from telusur.evidence.signing.checkpoints import Checkpoint
from telusur.evidence.signing.lines import MOST_HASHES, number, one_hash, read_text, refused, to_base64
from telusur.evidence.signing.notes import MOST_BYTES, Note

_REQUEST: Final = Text("permintaan", "the request")
_OLD: Final = Text("ukuran lama", "the old size")
_HASH: Final = Text("sebuah hash bukti", "a hash of the proof")


@dataclass(frozen=True, slots=True)
class WitnessRequest:
    """A signed checkpoint, and the proof that the log only grew since the witness saw it last.

    Parameters
    ----------
    old_size
        That the witness cosigned last; 0 if it never did.
    proof
        Of consistency (RFC 6962, 2.1.2); empty from 0, or where nothing came since.
    note
        The signed checkpoint.
    """

    old_size: int
    proof: tuple[bytes, ...]
    note: bytes

    def to_bytes(self) -> bytes:
        """Write the file; parsing gives it back byte for byte."""
        return "\n".join([f"old {self.old_size}", *map(to_base64, self.proof), "", ""]).encode() + self.note

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read the file; nothing in it is verified.

        Raises
        ------
        NoteRefused
            If it is not written so.
        """
        head, _, rest = read_text(data, _REQUEST, most=2 * MOST_BYTES).partition("\n\n")
        first, *lines = head.split("\n")
        if not first.startswith("old "):
            raise refused("permintaan tidak menyebut ukuran lama", "the request names no old size")
        if len(lines) > MOST_HASHES:
            raise refused(f"bukti memuat {len(lines)} hash", f"the proof has {len(lines)} hashes")
        note = rest.encode()
        Checkpoint.parse(Note.parse(note).text)
        return cls(number(first.removeprefix("old "), _OLD), tuple(one_hash(line, _HASH) for line in lines), note)
