"""The key that a log, or a witness, signs with: made once, kept under a passphrase, printed as a backup."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final, Self

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from telusur.domain.errors import BadInput
from telusur.domain.text import Language, Text
from telusur.evidence.atomic import written_beside
from telusur.evidence.signing import sheet
from telusur.evidence.signing.lines import NoteRefused
from telusur.evidence.signing.pkcs8 import encrypted_pem, passphrase_bytes
from telusur.evidence.signing.verify_key import ED25519, VerifyKey, check_name

_MODE: Final = 0o600
#: A key file of this format has a few hundred bytes.
_MOST_BYTES: Final = 1 << 16
_PUBLIC: Final = "Key: "
_BEGIN: Final = b"-----BEGIN "
_LOCKED: Final = _BEGIN + b"ENCRYPTED"


class WrongPassphrase(BadInput):
    """A key that the passphrase given does not open."""


def new_origin() -> str:
    """Give a name that no other log has: ``telusur/`` and 16 random hex digits."""
    return f"telusur/{secrets.token_hex(8)}"


class SigningKey:
    """An Ed25519 key with the name it signs under.

    Parameters
    ----------
    name
        Of the log (its origin) or of the witness.
    seed
        32 secret bytes (RFC 8032).
    kind
        `ED25519` for a log, `COSIGNATURE` for a witness.
    """

    def __init__(self, name: str, seed: bytes, kind: int = ED25519) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.verify_key: Final = VerifyKey(check_name(name), self._private.public_key().public_bytes_raw(), kind)

    def __repr__(self) -> str:
        return f"SigningKey({self.name!r}, {self.fingerprint[:16]})"

    @classmethod
    def make(cls, name: str | None = None, *, kind: int = ED25519) -> Self:
        """Make a new key; without a name, one for a new log.

        Raises
        ------
        NoteRefused
            If the name cannot be that of a key.
        """
        return cls(name if name is not None else new_origin(), secrets.token_bytes(32), kind)

    @property
    def name(self) -> str:
        """The name it signs under."""
        return self.verify_key.name

    @property
    def vkey(self) -> str:
        """The public key as one word."""
        return self.verify_key.vkey

    @property
    def fingerprint(self) -> str:
        """Lower-case hex SHA-256 of the public key."""
        return self.verify_key.fingerprint

    def sign(self, text: bytes) -> bytes:
        """Give the signature alone (64 bytes) over a text; notes are signed by `notes.sign`."""
        return self._private.sign(text)

    def save(self, path: Path, passphrase: str | None, *, force: bool = False) -> None:
        """Write the key as PKCS8 that ``openssl`` reads, for nobody but the owner of the file.

        Parameters
        ----------
        path
            Where; its folder is there.
        passphrase
            That opens it again; ``None`` leaves it open to whoever reads the file.
        force
            Whether a file that lies there is replaced.

        Raises
        ------
        BadInput
            If it cannot be written, or something lies there.
        """
        plain = self._private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        if passphrase:
            pem = encrypted_pem(plain, passphrase)
        else:
            pem = self._private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        with written_beside(path, force=force) as file:
            # Before anything is in it.
            os.fchmod(file.fileno(), _MODE)
            # PEM allows lines before its block (RFC 7468); the public key is no secret and lies with the other half.
            file.write(f"{_PUBLIC}{self.vkey}\n".encode() + pem)

    @staticmethod
    def public_half(path: Path) -> VerifyKey:
        """Tell whose key a file is, without its passphrase; only `load` shows that it is.

        Raises
        ------
        BadInput
            If the file is not there or holds no such key.
        """
        return _parted(path)[0]

    @staticmethod
    def is_locked(path: Path) -> bool:
        """Whether only a passphrase opens a key file.

        Raises
        ------
        BadInput
            If the file is not there or holds no such key.
        """
        return _parted(path)[1].startswith(_LOCKED)

    @classmethod
    def load(cls, path: Path, passphrase: str | None) -> Self:
        """Read a key that `save` wrote.

        Raises
        ------
        WrongPassphrase
            If it is under a passphrase, and none or another one was given.
        BadInput
            If the file is not there or holds no such key.
        """
        public, pem = _parted(path)
        locked = pem.startswith(_LOCKED)
        if locked and not passphrase:
            raise WrongPassphrase(
                Text(
                    "kunci ini dilindungi frasa sandi, dan tidak ada yang diberikan",
                    "the key is under a passphrase, and none was given; put it into a file for --passphrase-file, or "
                    "set TELUSUR_PASSPHRASE",
                ),
                where=str(path),
            )
        try:
            private = load_pem_private_key(pem, passphrase_bytes(passphrase) if locked and passphrase else None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            if not locked:
                raise _not_a_key(path) from None
            raise WrongPassphrase(
                Text(
                    "frasa sandi ini tidak membuka kunci (atau berkasnya rusak)",
                    "this passphrase does not open the key (or the file is damaged)",
                ),
                where=str(path),
            ) from None
        if not isinstance(private, Ed25519PrivateKey):
            raise _not_a_key(path)
        key = cls(public.name, private.private_bytes_raw(), public.kind)
        if key.verify_key != public:
            raise _not_a_key(path)
        return key

    def sheet(self, language: Language, passphrase: str | None) -> str:
        """Give the backup to print; see `sheet.written`."""
        return sheet.written(self.verify_key, self._private.private_bytes_raw(), language, passphrase)

    @classmethod
    def from_sheet(cls, text: str, passphrase: str | None) -> Self:
        """Take the key back from what was typed off the printed sheet; see `sheet.read`.

        Raises
        ------
        BadInput
            If something was mistyped (the line is named), or the passphrase is not the one.
        """
        key, seed = sheet.read(text, passphrase)
        return cls(key.name, seed, key.kind)


def _parted(path: Path) -> tuple[VerifyKey, bytes]:
    head, begin, rest = _read(path).partition(_BEGIN)
    line = head.decode("utf-8", "replace")
    if not begin or not line.startswith(_PUBLIC):
        raise _not_a_key(path)
    try:
        return VerifyKey.parse(line.removeprefix(_PUBLIC)), begin + rest
    except NoteRefused:
        raise _not_a_key(path) from None


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        raise BadInput(
            Text(
                "kunci penanda tangan tidak ada; pulihkan dari lembar cadangan yang dicetak",
                "the signing key is not there; restore it from the printed backup sheet",
            ),
            where=str(path),
        ) from None
    except OSError as error:
        raise BadInput(f"cannot be read ({error.strerror})", where=str(path)) from None
    if len(data) > _MOST_BYTES:
        raise _not_a_key(path)
    return data


def _not_a_key(path: Path) -> BadInput:
    return BadInput(Text("bukan berkas kunci penanda tangan", "is not the file of a signing key"), where=str(path))
