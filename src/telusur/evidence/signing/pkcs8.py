"""A private key under a passphrase, as PKCS8 that ``openssl`` reads (RFC 5958, 8018, 7914).

`cryptography` writes PKCS8 with 2,048 rounds of PBKDF2 and cannot be told otherwise, so the envelope is written here:
PBES2 with scrypt and AES-256-CBC. The cost is the highest that ``openssl pkey`` reads without being asked for more
memory (32 MiB): N = 2^14, r = 8, and p = 5, which OWASP counts as strong as N = 2^17 with p = 1.
"""

from __future__ import annotations

import base64
import os
import textwrap
import unicodedata
from typing import Final

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

SALT_BYTES: Final = 16
_ROUNDS: Final = 1 << 14
_BLOCK: Final = 8
_LANES: Final = 5
_KEY_BYTES: Final = 32
_AES_BLOCK: Final = 16
_PBES2: Final = "1.2.840.113549.1.5.13"
_SCRYPT: Final = "1.3.6.1.4.1.11591.4.11"
_AES256_CBC: Final = "2.16.840.1.101.3.4.1.42"
_INTEGER, _OCTETS, _OID, _SEQUENCE = 0x02, 0x04, 0x06, 0x30
_LONG: Final = 0x80


def passphrase_bytes(passphrase: str) -> bytes:
    """Give a passphrase as the same bytes whatever keyboard wrote it (Unicode NFC)."""
    return unicodedata.normalize("NFC", passphrase).encode()


def stretched(passphrase: str, salt: bytes) -> bytes:
    """Give the 32 bytes that scrypt makes of a passphrase; a fifth of a second and 16 MiB."""
    return Scrypt(salt=salt, length=_KEY_BYTES, n=_ROUNDS, r=_BLOCK, p=_LANES).derive(passphrase_bytes(passphrase))


def encrypted_pem(plain: bytes, passphrase: str) -> bytes:
    """Put an unencrypted PKCS8 key (DER) under a passphrase.

    Parameters
    ----------
    plain
        DER of the key.
    passphrase
        Not empty.

    Returns
    -------
    bytes
        PEM, ``ENCRYPTED PRIVATE KEY``.
    """
    salt, start = os.urandom(SALT_BYTES), os.urandom(_AES_BLOCK)
    padder = padding.PKCS7(8 * _AES_BLOCK).padder()
    padded = padder.update(plain) + padder.finalize()
    cipher = Cipher(algorithms.AES(stretched(passphrase, salt)), modes.CBC(start)).encryptor()
    kdf = _sequence(
        _oid(_SCRYPT),
        _sequence(_der(_OCTETS, salt), _integer(_ROUNDS), _integer(_BLOCK), _integer(_LANES), _integer(_KEY_BYTES)),
    )
    scheme = _sequence(_oid(_AES256_CBC), _der(_OCTETS, start))
    whole = _sequence(
        _sequence(_oid(_PBES2), _sequence(kdf, scheme)),
        _der(_OCTETS, cipher.update(padded) + cipher.finalize()),
    )
    body = "\n".join(textwrap.wrap(base64.b64encode(whole).decode(), 64))
    return f"-----BEGIN ENCRYPTED PRIVATE KEY-----\n{body}\n-----END ENCRYPTED PRIVATE KEY-----\n".encode()


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < _LONG:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, _LONG | len(length)]) + length + content


def _sequence(*parts: bytes) -> bytes:
    return _der(_SEQUENCE, b"".join(parts))


def _integer(value: int) -> bytes:
    return _der(_INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def _oid(dotted: str) -> bytes:
    first, second, *rest = map(int, dotted.split("."))
    content = bytes([40 * first + second])
    for arc in rest:
        groups = [arc & 0x7F]
        while arc := arc >> 7:
            groups.append(_LONG | arc & 0x7F)
        content += bytes(reversed(groups))
    return _der(_OID, content)
