"""The printed backup of a signing key: under a passphrase, typed back without a machine that reads paper."""

from __future__ import annotations

import os
import re
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from telusur.domain.errors import BadInput
from telusur.domain.text import Language, Text
from telusur.evidence.signing import typed
from telusur.evidence.signing.pkcs8 import SALT_BYTES, stretched
from telusur.evidence.signing.verify_key import ID_BYTES, VerifyKey, check_name

#: First byte of the code: version 1, the key wrapped (RFC 3394) under scrypt of the passphrase, or open.
_WRAPPED: Final = 1
_OPEN: Final = 2
_WRAPPED_BYTES: Final = 40
#: version, type, id, salt, wrapped seed.
_SIZE: Final = 2 + ID_BYTES + SALT_BYTES + _WRAPPED_BYTES
_CODE: Final = re.compile(r"^\s*\d{1,2}[.:)]\s*(.+?)\s*$", re.MULTILINE)
_NAME: Final = re.compile(r"^\s*(?:Nama|Name)\s*:\s*(\S+)\s*$", re.MULTILINE)

_WORDS: Final = Text(
    """\
CADANGAN KUNCI PENANDA TANGAN

Nama: {name}
Sidik kunci: {fingerprint}

{code}

{protected}
Simpan lembar ini di tempat terkunci, terpisah dari komputer. Jangan memotret, memindai, atau mengirimkannya.
Sidik kunci bukan rahasia: cetaklah pada berita acara dan umumkan; dengannya siapa pun memeriksa bukti.

Cara memulihkan: ketik baris Nama dan baris-baris kode ke dalam satu berkas teks, lalu jalankan perintah pemulihan
kunci. Huruf besar atau kecil, spasi dan tanda hubung tidak berpengaruh; O dibaca 0, I dan L dibaca 1.
Baris yang salah ketik akan disebut nomornya.
""",
    """\
BACKUP OF A SIGNING KEY

Name: {name}
Fingerprint: {fingerprint}

{code}

{protected}
Keep this sheet locked away, apart from the computer. Do not photograph, scan or send it.
The fingerprint is no secret: print it on official records and publish it; with it anyone verifies evidence.

To restore: type the line with the name and the lines of the code into a text file, then run the command that
restores a key. Case, spaces and hyphens do not matter; O is read as 0, I and L as 1.
A line that is mistyped will be named.
""",
)
_PROTECTED: Final = Text(
    "Kode ini hanya terbuka dengan frasa sandi kunci. Frasa sandi tidak tercetak di sini: simpan terpisah.",
    "The code opens only with the passphrase of the key. It is not printed here: keep it elsewhere.",
)
_UNPROTECTED: Final = Text(
    "PERINGATAN: kode ini tidak dilindungi frasa sandi. Siapa pun yang membacanya dapat menandatangani.",
    "WARNING: no passphrase protects this code. Whoever reads it can sign.",
)


def written(key: VerifyKey, seed: bytes, language: Language, passphrase: str | None) -> str:
    """Write the sheet.

    Parameters
    ----------
    key
        The public half, for name and fingerprint.
    seed
        The secret 32 bytes.
    language
        Of the words.
    passphrase
        That the code is under; without one the sheet warns that paper is the key.

    Returns
    -------
    str
        Plain text, lines of at most 120 characters, to be printed.
    """
    salt = os.urandom(SALT_BYTES)
    if passphrase:
        version, body = _WRAPPED, aes_key_wrap(stretched(passphrase, salt), seed)
    else:
        version, salt, body = _OPEN, bytes(SALT_BYTES), seed.ljust(_WRAPPED_BYTES, b"\0")
    data = bytes([version, key.kind]) + key.id + salt + body
    code = "\n".join(f"{number:>2}. {line}" for number, line in enumerate(typed.lines(data), 1))
    return _WORDS.in_language(language).format(
        name=key.name,
        fingerprint=" ".join(key.fingerprint[at : at + 8] for at in range(0, 64, 8)),
        code=code,
        protected=(_PROTECTED if passphrase else _UNPROTECTED).in_language(language),
    )


def read(text: str, passphrase: str | None) -> tuple[VerifyKey, bytes]:
    """Read what was typed: the line with the name and the numbered lines of the code; other lines do not matter.

    Returns
    -------
    VerifyKey
        The public half.
    bytes
        The secret seed.

    Raises
    ------
    BadInput
        If the name or a line of the code is missing or mistyped, or the passphrase is another.
    """
    named = _NAME.search(text)
    if not named:
        raise BadInput(Text("baris 'Nama: ...' tidak ada", "the line 'Name: ...' is missing"))
    name = check_name(named[1])
    data = typed.read([match[1] for match in _CODE.finditer(text)], _SIZE)
    version, kind, wanted = data[0], data[1], data[2 : 2 + ID_BYTES]
    salt, body = data[2 + ID_BYTES : -_WRAPPED_BYTES], data[-_WRAPPED_BYTES:]
    if version == _OPEN:
        seed = body[:32]
    elif version == _WRAPPED:
        seed = _unwrapped(body, salt, passphrase)
    else:
        raise BadInput(Text("lembar ini dari versi Telusur yang lain", "the sheet is of another version of Telusur"))
    key = VerifyKey(name, Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw(), kind)
    if key.id != wanted:
        raise BadInput(
            Text(
                f"nama {name!r} tidak cocok dengan kode; bandingkan dengan lembarnya",
                f"the name {name!r} does not fit the code; compare it with the sheet",
            )
        )
    return key, seed


def _unwrapped(body: bytes, salt: bytes, passphrase: str | None) -> bytes:
    if not passphrase:
        raise BadInput(Text("lembar ini dilindungi frasa sandi", "the sheet is under a passphrase, and none was given"))
    try:
        return aes_key_unwrap(stretched(passphrase, salt), body)
    except InvalidUnwrap:
        raise BadInput(
            Text("frasa sandi ini tidak membuka lembar", "this passphrase does not open the sheet")
        ) from None
