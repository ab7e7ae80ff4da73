"""Backups: a store as one file, consistent while it is in use, and put back only if all of it holds.

The file is a tar archive: the database as SQLite's own backup gives it, the encrypted objects, the description and the
signed head. The keys go in only when asked for, each under the passphrase; what opens nothing may lie anywhere.
"""

from __future__ import annotations

import io
import json
import os
import sqlite3
import tarfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

import telusur
from telusur.domain.errors import BadInput
from telusur.domain.when import utc_words
from telusur.evidence import ledger, vault
from telusur.evidence.atomic import check_place, written_beside
from telusur.evidence.store import layout, retention, rootwrap
from telusur.evidence.store.store import Store

CONTENTS: Final = "telusur-backup.json"
_PLAIN: Final = 0o644
#: The key of the files, under the passphrase; it lies open in a store, and never in a backup.
ROOT_WRAPPED: Final = f"{layout.KEYS}/root.key.wrapped"
LOG_KEY: Final = f"{layout.KEYS}/{layout.LOG_KEY}"


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds.

    Parameters
    ----------
    size
        Entries of its ledger.
    root
        Of its tree, hex.
    objects
        Encrypted files.
    keys
        Whether the keys are in it.
    at
        When it was made.
    """

    size: int
    root: str
    objects: int
    keys: bool
    at: str

    def as_json(self) -> dict[str, Any]:
        """Give it as documents show it."""
        return {"tree_size": self.size, "root": self.root, "objects": self.objects, "keys": self.keys, "at": self.at}


def backup(
    store: Store, out: Path, *, actor: str, passphrase: str | None = None, with_keys: bool = False, force: bool = False
) -> Backup:
    """Write a store into one file, while it may be in use; the ledger records that a copy left.

    Parameters
    ----------
    store
        What to keep.
    out
        Where the file goes; never into the store.
    actor
        Who makes it.
    passphrase
        For the keys.
    with_keys
        Whether the keys go in, under the passphrase.
    force
        Whether a file that lies there may be replaced.

    Raises
    ------
    BadInput
        If keys are to go in without a passphrase, or it cannot be written.
    """
    check_place(out, force=force)
    if out.absolute().resolve().is_relative_to(store.folder.absolute().resolve()):
        raise BadInput("lies in the store itself; a backup belongs on another disk", where=str(out))
    if with_keys and not passphrase:
        raise BadInput(
            "keys leave the store only under a passphrase; choose one and give it by --passphrase-file or "
            "TELUSUR_PASSPHRASE",
            field="--with-keys",
        )
    at = store.now()
    with store.acting():
        store.ledger.append([ledger.Act("export", at, actor, detail={"what": "backup", "keys": with_keys})])
    copy = store.folder / f".backup.{os.getpid()}.part"
    try:
        # Others may read meanwhile; whoever adds or erases comes next, so that no object goes while it is copied.
        with vault.told(str(store.folder)), layout.alone(store.folder):
            _copy_database(store, copy)
            with vault.told(str(out)), written_beside(out, force=force) as file:
                os.fchmod(file.fileno(), 0o600)
                return _write(store, copy, file, at, passphrase if with_keys else None)
    finally:
        copy.unlink(missing_ok=True)


def _copy_database(store: Store, copy: Path) -> None:
    into = sqlite3.connect(copy)
    try:
        store.connection.backup(into)
        # A copy has no journal beside it.
        into.execute("PRAGMA journal_mode=DELETE")
    finally:
        into.close()


def _write(store: Store, copy: Path, file: BinaryIO, at: datetime, passphrase: str | None) -> Backup:
    frozen = sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    try:
        of_copy = Store(store.folder, store.settings, frozen, lambda: None)
        size = of_copy.ledger.size()
        root = of_copy.ledger.root(size).hex()
        head = of_copy.signed.last()
        names = [row[0] for row in of_copy.db.rows("SELECT name FROM vault_object ORDER BY name")]
    finally:
        frozen.close()
    found = Backup(size, root, len(names), passphrase is not None, utc_words(at))
    made_by = {"telusur": telusur.__version__, "catalogue": None, "models": None}
    contents = {"schema": "telusur.backup/1", "made_by": made_by, **found.as_json()}
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
        _add(tar, CONTENTS, (json.dumps(contents, indent=2) + "\n").encode(), at)
        _add(tar, layout.SETTINGS, store.settings.as_bytes(), at)
        if head is not None:
            _add(tar, layout.HEAD, head, at)
        own = store.folder / retention.OWN
        if own.is_file():
            _add(tar, retention.OWN, own.read_bytes(), at)
        if passphrase is not None:
            _add_keys(tar, store, passphrase, at)
        _add_file(tar, layout.DATABASE, copy, at)
        for name in names:
            _add_file(tar, f"{layout.OBJECTS}/{name[:2]}/{name}", store.folder / layout.OBJECTS / name[:2] / name, at)
    return found


def _add_keys(tar: tarfile.TarFile, store: Store, passphrase: str, at: datetime) -> None:
    beside = store.folder / layout.KEYS / f".log.{os.getpid()}.part"
    try:
        # Whatever its own file is under, in a backup it is under this passphrase.
        store.key.save(beside, passphrase)
        _add(tar, LOG_KEY, beside.read_bytes(), at)
    finally:
        beside.unlink(missing_ok=True)
    root = vault.load_root_key(store.folder / layout.KEYS / layout.ROOT_KEY)
    _add(tar, ROOT_WRAPPED, rootwrap.wrapped(root, passphrase), at)


def _add(tar: tarfile.TarFile, name: str, content: bytes, at: datetime) -> None:
    tar.addfile(_info(name, len(content), at), io.BytesIO(content))


def _add_file(tar: tarfile.TarFile, name: str, path: Path, at: datetime) -> None:
    with path.open("rb") as file:
        tar.addfile(_info(name, os.fstat(file.fileno()).st_size, at), file)


def _info(name: str, size: int, at: datetime) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = size, _PLAIN, int(at.timestamp())
    return info
