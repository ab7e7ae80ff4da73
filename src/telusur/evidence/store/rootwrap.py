"""The key of the files under a passphrase, as a backup carries it: scrypt, then AES Key Wrap (RFC 3394)."""

from __future__ import annotations

import os
import re
from typing import Final

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence.signing.pkcs8 import SALT_BYTES, stretched

_FORM: Final = re.compile(rb"telusur\.root-key-wrapped/1 ([0-9a-f]{%d}) ([0-9a-f]{80})\n" % (2 * SALT_BYTES))


def wrapped(root: bytes, passphrase: str) -> bytes:
    """Write the key under a passphrase.

    Parameters
    ----------
    root
        32 bytes.
    passphrase
        That opens it again.
    """
    salt = os.urandom(SALT_BYTES)
    body = aes_key_wrap(stretched(passphrase, salt), root)
    return f"telusur.root-key-wrapped/1 {salt.hex()} {body.hex()}\n".encode()


def unwrapped(written: bytes, passphrase: str) -> bytes:
    """Take the key back.

    Raises
    ------
    BadInput
        If it is damaged, or the passphrase is another.
    """
    found = _FORM.fullmatch(written)
    if not found:
        raise BadInput(
            Text("kunci berkas di dalamnya rusak", "the key of the files in it is damaged"),
            where="keys/root.key.wrapped",
        )
    try:
        return aes_key_unwrap(stretched(passphrase, bytes.fromhex(found[1].decode())), bytes.fromhex(found[2].decode()))
    except InvalidUnwrap:
        raise BadInput(
            Text(
                "frasa sandi ini tidak membuka kunci dalam cadangan", "this passphrase does not open the backup's keys"
            )
        ) from None
