"""Checkpoints (c2sp.org/tlog-checkpoint): whose log, how many entries, and the root over all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

from telusur.domain.text import Text
from telusur.evidence.signing.lines import number, one_hash, refused, to_base64
from telusur.evidence.signing.notes import Note, open_note
from telusur.evidence.signing.verify_key import VerifyKey

_SIZE: Final = Text("ukuran pohon", "the size of the tree")
_ROOT: Final = Text("akar pohon", "the root of the tree")
_LINES: Final = 3


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of a log.

    Parameters
    ----------
    origin
        Name of the log.
    size
        Entries.
    root
        32 bytes over all of them (RFC 6962).
    """

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Write it as the text of a note."""
        return f"{self.origin}\n{self.size}\n{to_base64(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text of a note.

        Extension lines are refused: the format allows them but advises against them, for nobody can check them.

        Raises
        ------
        NoteRefused
            If it is not exactly three lines of the form.
        """
        lines = text.split("\n")
        if lines[-1] or not lines[0] or len(lines) <= _LINES:
            raise refused("naskah ini bukan titik periksa", "the text is not a checkpoint")
        if len(lines) > _LINES + 1:
            raise refused(
                "titik periksa memuat baris tambahan, yang tidak diterima",
                "the checkpoint has extension lines, which are not accepted",
            )
        return cls(lines[0], number(lines[1], _SIZE), one_hash(lines[2], _ROOT))


def open_checkpoint(note: bytes, keys: Sequence[VerifyKey]) -> Checkpoint:
    """Verify a signed checkpoint of the log that the keys belong to.

    Parameters
    ----------
    note
        The signed note.
    keys
        Trusted keys of one log, and of witnesses if their lines are to be verified too.

    Raises
    ------
    NoteRefused
        If it does not hold, or it is signed by none of them under its own name.
    """
    checkpoint = Checkpoint.parse(open_note(note, keys))
    lines = Note.parse(note)
    if not any(key.name == checkpoint.origin and lines.by(key) for key in keys):
        raise refused(
            f"titik periksa ini dari log {checkpoint.origin[:60]!r}, bukan dari {keys[0].name!r}",
            f"the checkpoint is of the log {checkpoint.origin[:60]!r}, not of {keys[0].name!r}",
        )
    return checkpoint
