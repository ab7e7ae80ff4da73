"""Keys under keys: the root key wraps each case's key, and a case's key wraps the key of each of its objects.

Wrapping is AES Key Wrap (RFC 3394) under a key that HKDF-SHA-256 (RFC 5869) derives for the very thing that is wrapped,
so that a wrapped key that was put into another row opens nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import stat
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence.vault.files import sync_folder
from telusur.evidence.vault.troubles import KeyLost, told

KEY: Final = 32
_CASE: Final = b"telusur/vault/1 wraps the key of a case"
_OBJECT: Final = b"telusur/vault/1 wraps the key of an object"
_NAME: Final = b"telusur/vault/1 names the objects of a case"
_FORM: Final = re.compile(r"telusur\.root-key/1 ([0-9a-f]{64}) ([0-9a-f]{8})\n?")


def new_key() -> bytes:
    """Make 32 random bytes."""
    return secrets.token_bytes(KEY)


def wrap_case(root: bytes, case: str, key: bytes) -> bytes:
    """Wrap the key of a case under the root key."""
    return aes_key_wrap(_derived(root, _CASE, case), key)


def unwrap_case(root: bytes, case: str, wrapped: bytes) -> bytes:
    """Give the key of a case.

    Raises
    ------
    KeyLost
        If it does not open under this root key.
    """
    return _unwrap(
        _derived(root, _CASE, case),
        wrapped,
        Text(
            "kunci perkara ini tidak terbuka dengan kunci induk yang dipakai: kunci induknya bukan milik simpanan ini, "
            "atau baris kuncinya telah diubah; pulihkan berkas kunci induk (atau pangkalan data) dari cadangannya",
            "the key of this case does not open with the root key in use: it is the root key of another store, or the "
            "row of the key was altered; restore the root key's file (or the database) from its backup",
        ),
    )


def wrap_object(case_key: bytes, name: str, key: bytes) -> bytes:
    """Wrap the key of an object under the key of its case."""
    return aes_key_wrap(_derived(case_key, _OBJECT, name), key)


def unwrap_object(case_key: bytes, name: str, wrapped: bytes) -> bytes:
    """Give the key of an object.

    Raises
    ------
    KeyLost
        If it does not open under the key of that case.
    """
    return _unwrap(
        _derived(case_key, _OBJECT, name),
        wrapped,
        Text(
            "kunci berkas ini tidak terbuka dengan kunci perkaranya: baris kuncinya telah diubah; "
            "pulihkan pangkalan data dari cadangannya",
            "the key of this file does not open with the key of its case: its row was altered; "
            "restore the database from its backup",
        ),
    )


def name_of(case_key: bytes, sha256: bytes) -> str:
    """Give the name of an object: who does not hold the key of its case cannot tell from it what the object is."""
    return hmac.digest(_derived(case_key, _NAME, ""), sha256, hashlib.sha256).hex()


def _derived(key: bytes, label: bytes, thing: str) -> bytes:
    info = label + b"\0" + thing.encode("utf-8", "surrogatepass")
    return HKDF(algorithm=SHA256(), length=KEY, salt=None, info=info).derive(key)


def _unwrap(key: bytes, wrapped: bytes, otherwise: Text) -> bytes:
    try:
        found = aes_key_unwrap(key, wrapped)
    except (InvalidUnwrap, ValueError):
        raise KeyLost(otherwise) from None
    if len(found) != KEY:
        raise KeyLost(otherwise)
    return found


def make_root_key(path: Path) -> bytes:
    """Make the root key of a store and keep it in a file that its owner alone can read.

    Parameters
    ----------
    path
        Where it is to lie; nothing may lie there yet.

    Returns
    -------
    bytes
        The 32 bytes of the key.

    Raises
    ------
    BadInput
        If a file lies there, or it cannot be written.
    """
    key = new_key()
    save_root_key(path, key)
    return key


def save_root_key(path: Path, key: bytes) -> None:
    """Keep a root key in a new file of mode 0600.

    Raises
    ------
    BadInput
        If a file lies there, or it cannot be written.
    """
    line = f"telusur.root-key/1 {key.hex()} {_check(key)}\n".encode("ascii")
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}.part")
    with told(str(path)):
        try:
            descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(line)
                file.flush()
                os.fsync(file.fileno())
            # Unlike a renaming, a link never takes the place of a key that lies there already.
            os.link(beside, path)
            sync_folder(path.parent)
        except FileExistsError:
            raise BadInput(
                Text(
                    "sudah ada berkas kunci di sini; kunci induk tidak pernah ditimpa",
                    "a key file lies here already; a root key is never overwritten",
                ),
                where=str(path),
            ) from None
        finally:
            beside.unlink(missing_ok=True)


def load_root_key(path: Path) -> bytes:
    """Read the root key of a store.

    Returns
    -------
    bytes
        The 32 bytes of the key.

    Raises
    ------
    KeyLost
        If the file is gone, damaged or no root key.
    BadInput
        If others can read it.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as error:
        raise KeyLost(
            Text(
                f"kunci induk tidak dapat dibaca ({error.strerror}); tanpa kunci itu tidak ada berkas dalam simpanan "
                "ini yang dapat dibuka; pulihkan berkas kunci dari cadangannya",
                f"the root key cannot be read ({error.strerror}); without it no file of this store can be opened; "
                "restore the key file from its backup",
            ),
            where=str(path),
        ) from None
    try:
        mode = os.fstat(descriptor).st_mode
        content = os.read(descriptor, 256) if stat.S_ISREG(mode) else b""
    finally:
        os.close(descriptor)
    if mode & 0o077:
        raise BadInput(
            Text(
                f"kunci induk dapat dibaca orang lain (modus {mode & 0o777:04o}); jalankan: chmod 600 berkas itu",
                f"others can read the root key (mode {mode & 0o777:04o}); run: chmod 600 on that file",
            ),
            where=str(path),
        )
    form = _FORM.fullmatch(content.decode("ascii", "replace"))
    if form is None or _check(bytes.fromhex(form[1])) != form[2]:
        raise KeyLost(
            Text(
                "berkas ini bukan kunci induk yang utuh; pulihkan dari cadangannya",
                "this file is no whole root key; restore it from its backup",
            ),
            where=str(path),
        )
    return bytes.fromhex(form[1])


def _check(key: bytes) -> str:
    """Give a few characters that show a slip in copying; they say nothing of the key."""
    return hashlib.sha256(b"telusur.root-key/1\0" + key).hexdigest()[:8]
