"""The few kinds of line that notes, checkpoints and proofs are made of, each with one way of writing it.

Two ways of writing one thing would give two notes that say the same: whatever is not written as it must be is refused.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final

from telusur.domain.errors import BadInput
from telusur.domain.text import Text

#: Bytes of a hash of the tree.
HASH_BYTES: Final = 32
#: Sizes go into 64 bits everywhere in the family of formats; no proof can have more hashes than a size has bits.
MOST: Final = (1 << 63) - 1
MOST_HASHES: Final = 63
_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,18}")


class NoteRefused(BadInput):
    """A note, checkpoint or proof that must not be believed; its words say why."""


def refused(indonesian: str, english: str) -> NoteRefused:
    """Give the error of that sentence."""
    return NoteRefused(Text(indonesian, english))


def number(written: str, what: Text) -> int:
    """Read a whole number written without sign, space or leading zero.

    Raises
    ------
    NoteRefused
        If it is written otherwise, or is above 2^63 - 1.
    """
    if not _NUMBER.fullmatch(written) or (value := int(written)) > MOST:
        raise refused(
            f"{what.id} tertulis {written[:40]!r}; diharapkan bilangan tanpa nol di depan",
            f"{what.en} is written {written[:40]!r}; expected a number without leading zero",
        )
    return value


def from_base64(written: str, what: Text) -> bytes:
    """Read base64 (RFC 4648 section 4) that is written in its one canonical way.

    Raises
    ------
    NoteRefused
        If it is anything else.
    """
    try:
        value = base64.b64decode(written.encode("ascii"), validate=True)
    except (binascii.Error, ValueError):
        value = None
    if value is None or to_base64(value) != written:
        raise refused(f"{what.id} bukan base64 yang baku", f"{what.en} is not canonical base64")
    return value


def to_base64(value: bytes) -> str:
    """Write bytes as base64."""
    return base64.b64encode(value).decode("ascii")


def one_hash(written: str, what: Text) -> bytes:
    """Read a line that holds one SHA-256 hash.

    Raises
    ------
    NoteRefused
        If it does not hold 32 bytes.
    """
    value = from_base64(written, what)
    if len(value) != HASH_BYTES:
        raise refused(
            f"{what.id} panjangnya {len(value)} bita; diharapkan {HASH_BYTES}",
            f"{what.en} has {len(value)} bytes; expected {HASH_BYTES}",
        )
    return value


def read_text(data: bytes, what: Text, *, most: int) -> str:
    """Read bytes as UTF-8 without control characters other than the newline that must end it.

    Parameters
    ----------
    data
        As it came.
    what
        What it is, for the sentence of a refusal.
    most
        Bytes it may have.

    Raises
    ------
    NoteRefused
        If it is longer, is no UTF-8, holds a control character (a carriage return, say) or ends within a line.
    """
    if len(data) > most:
        raise refused(f"{what.id} lebih dari {most} bita", f"{what.en} has more than {most} bytes")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise refused(f"{what.id} bukan UTF-8", f"{what.en} is not UTF-8") from None
    for character in text:
        if character < " " and character != "\n":
            raise refused(
                f"{what.id} memuat karakter kendali {ord(character):#04x}; mungkin berkasnya diubah saat disalin",
                f"{what.en} holds the control character {ord(character):#04x}; was the file changed in copying?",
            )
    if not text.endswith("\n"):
        raise refused(
            f"baris terakhir {what.id} tidak berakhir; berkasnya terpotong",
            f"the last line of {what.en} does not end; the file is cut off",
        )
    return text
