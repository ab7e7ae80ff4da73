"""Signed notes (c2sp.org/signed-note): a text, an empty line, and the lines of those who sign it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol, Self

from telusur.domain.text import Text
from telusur.evidence.signing.lines import from_base64, read_text, refused, to_base64
from telusur.evidence.signing.verify_key import ID_BYTES, VerifyKey, check_name

#: The format asks for 16 at least; nobody here needs more.
MOST_SIGNATURES: Final = 16
#: Of a whole note, in bytes.
MOST_BYTES: Final = 1 << 20
_DASH: Final = "— "
_NOTE: Final = Text("catatan", "the note")
_SIGNATURE: Final = Text("tanda tangan", "the signature")


class Signs(Protocol):
    """Whoever can put its line below a text: a log's key, or a witness's at a certain time."""

    @property
    def verify_key(self) -> VerifyKey:
        """The key that its line is verified with."""

    def sign(self, text: bytes) -> bytes:
        """Give the signature alone."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One line below a note.

    Parameters
    ----------
    name
        Of the key.
    key_id
        Four bytes.
    value
        What the key made of the text.
    """

    name: str
    key_id: bytes
    value: bytes

    @property
    def line(self) -> str:
        """The line as a note has it, newline included."""
        return f"{_DASH}{self.name} {to_base64(self.key_id + self.value)}\n"

    def is_of(self, key: VerifyKey) -> bool:
        """Whether it claims to be that key's."""
        return self.name == key.name and self.key_id == key.id


@dataclass(frozen=True, slots=True)
class Note:
    """A text with signatures that nobody has verified yet: see `open_note`.

    Parameters
    ----------
    text
        With its last newline, without the empty line after it.
    signatures
        In their order.
    """

    text: str
    signatures: tuple[Signature, ...]

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read a note; nothing in it is verified.

        Raises
        ------
        NoteRefused
            If it is not written as c2sp.org/signed-note says, or has more than 16 signatures.
        """
        whole = read_text(data, _NOTE, most=MOST_BYTES)
        text, gap, below = whole.rpartition("\n\n")
        if not gap or not below:
            raise refused("catatan tidak bertanda tangan", "the note has no signature")
        lines = below.removesuffix("\n").split("\n")
        if len(lines) > MOST_SIGNATURES:
            raise refused(
                f"catatan memuat {len(lines)} tanda tangan; paling banyak {MOST_SIGNATURES}",
                f"the note has {len(lines)} signatures; at most {MOST_SIGNATURES} are read",
            )
        return cls(text + "\n", tuple(map(_signature, lines)))

    def to_bytes(self) -> bytes:
        """Write the note; parsing gives it back byte for byte."""
        return f"{self.text}\n{''.join(signature.line for signature in self.signatures)}".encode()

    def by(self, key: VerifyKey) -> Signature | None:
        """Give the line that claims to be a key's, if there is one."""
        return next((signature for signature in self.signatures if signature.is_of(key)), None)


def _signature(line: str) -> Signature:
    parts = line.removeprefix(_DASH).split(" ")
    if not line.startswith(_DASH) or len(parts) != 2:  # noqa: PLR2004 - name, signature
        raise refused(
            "sebuah baris tanda tangan tidak berbentuk '— nama base64'",
            "a signature line does not have the form '— name base64'",
        )
    value = from_base64(parts[1], _SIGNATURE)
    if len(value) <= ID_BYTES:
        raise refused("sebuah tanda tangan kosong", "a signature is empty")
    return Signature(check_name(parts[0]), value[:ID_BYTES], value[ID_BYTES:])


def sign(text: str, keys: Sequence[Signs]) -> bytes:
    """Sign a text as a note.

    Parameters
    ----------
    text
        Ends with a newline; no other control character.
    keys
        Of those who sign, in the order of the lines.

    Returns
    -------
    bytes
        The note.

    Raises
    ------
    NoteRefused
        If the text cannot be that of a note.
    """
    data = text.encode()
    made = tuple(Signature(key.verify_key.name, key.verify_key.id, key.sign(data)) for key in keys)
    note = Note(text, made).to_bytes()
    # Refused where it could not be read again.
    Note.parse(note)
    return note


def open_note(data: bytes, keys: Sequence[VerifyKey]) -> str:
    """Verify a note and give its text.

    Lines of unknown keys are ignored, as the format asks. Beyond it, a known key that stands there twice is refused.

    Parameters
    ----------
    data
        The note.
    keys
        Those that the caller trusts, each known from elsewhere than the note.

    Raises
    ------
    NoteRefused
        If it is badly written, no known key has signed it, or a signature of a known key does not hold.
    """
    note = Note.parse(data)
    signed = note.text.encode()
    held = 0
    for key in keys:
        lines = [signature for signature in note.signatures if signature.is_of(key)]
        if len(lines) > 1:
            raise refused(f"kunci {key.name} menandatangani dua kali", f"the key {key.name} has signed twice")
        if lines and not key.holds(signed, lines[0].value):
            raise refused(
                f"tanda tangan {key.name} tidak sah: naskah atau tanda tangannya telah diubah",
                f"the signature of {key.name} does not hold: the text or the signature was altered",
            )
        held += len(lines)
    if not held:
        raise refused("tidak ada tanda tangan dari kunci yang dikenal", "no key that is known here has signed the note")
    return note.text
