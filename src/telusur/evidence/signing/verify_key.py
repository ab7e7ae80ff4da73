"""Keys that signatures are verified with, written as ``name+id+base64`` (C2SP signed-note)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from telusur.domain.text import Text
from telusur.evidence.signing.lines import MOST, from_base64, refused, to_base64

#: Signature types of C2SP signed-note: Ed25519 over the text, and the timestamped one of a witness.
ED25519: Final = 0x01
COSIGNATURE: Final = 0x04
ID_BYTES: Final = 4
_KEY_BYTES: Final = 32
_TIME_BYTES: Final = 8
_ID: Final = re.compile(r"[0-9a-f]{8}")
_WHAT: Final = Text("kunci", "the key")


def check_name(name: str) -> str:
    """Give the name of a key back if it can be one: not empty, no space, no plus, no control character.

    Raises
    ------
    NoteRefused
        If it cannot.
    """
    if not name or "+" in name or any(character.isspace() or character < " " for character in name):
        raise refused(
            f"nama kunci {name[:60]!r} kosong, atau memuat spasi atau tanda tambah",
            f"the key name {name[:60]!r} is empty, or holds a space or a plus sign",
        )
    return name


def key_id(name: str, kind: int, public: bytes) -> bytes:
    """Give the first four bytes of SHA-256(name, newline, type, key), by which a signature line names its key."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:ID_BYTES]


def cosigned_text(text: bytes, seconds: int) -> bytes:
    """Give what a witness signs: the text of the checkpoint below the time at which it was seen (tlog-cosignature)."""
    return b"cosignature/v1\ntime %d\n" % seconds + text


@dataclass(frozen=True, slots=True)
class VerifyKey:
    """A public key with the name it signs under.

    Parameters
    ----------
    name
        Of the log or the witness.
    public
        32 bytes of Ed25519.
    kind
        `ED25519` of a log, `COSIGNATURE` of a witness.
    """

    name: str
    public: bytes
    kind: int = ED25519

    @classmethod
    def parse(cls, vkey: str) -> Self:
        """Read ``name+id+base64``; a final newline is allowed, as files have it.

        Raises
        ------
        NoteRefused
            If it is written otherwise, or its id does not fit its name and key.
        """
        parts = vkey.removesuffix("\n").split("+", 2)
        if len(parts) != 3 or not _ID.fullmatch(parts[1]):  # noqa: PLR2004 - name, id, key
            raise refused("kunci tidak tertulis sebagai nama+sidik+base64", "the key is not written as name+id+base64")
        data = from_base64(parts[2], _WHAT)
        if len(data) != 1 + _KEY_BYTES or data[0] not in {ED25519, COSIGNATURE}:
            raise refused(
                "kunci bukan Ed25519 (jenis 1 atau 4, 32 bita)", "the key is not Ed25519 (type 1 or 4, 32 bytes)"
            )
        key = cls(check_name(parts[0]), data[1:], data[0])
        if key.id.hex() != parts[1]:
            raise refused(
                "pengenal dalam kunci tidak cocok dengan nama dan isinya; periksa salinannya",
                "the id in the key does not fit its name and content; check the copy",
            )
        return key

    @property
    def id(self) -> bytes:
        """The four bytes by which signature lines name the key."""
        return key_id(self.name, self.kind, self.public)

    @property
    def vkey(self) -> str:
        """The key as one word, ``name+id+base64``."""
        return f"{self.name}+{self.id.hex()}+{to_base64(bytes([self.kind]) + self.public)}"

    @property
    def fingerprint(self) -> str:
        """Lower-case hex SHA-256 of the 32 bytes; printed on records, told by other ways than the bundle."""
        return hashlib.sha256(self.public).hexdigest()

    def holds(self, text: bytes, signature: bytes) -> bool:
        """Whether a signature (without the id before it) is this key's over the text of a note."""
        if self.kind == COSIGNATURE:
            seconds = int.from_bytes(signature[:_TIME_BYTES], "big")
            if len(signature) < _TIME_BYTES or seconds > MOST:
                return False
            text, signature = cosigned_text(text, seconds), signature[_TIME_BYTES:]
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text)
        except (InvalidSignature, ValueError):
            return False
        return True


def cosigned_seconds(signature: bytes) -> int:
    """Give the time within a witness's signature, in seconds since 1970."""
    return int.from_bytes(signature[:_TIME_BYTES], "big")
