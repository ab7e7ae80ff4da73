"""What can go wrong in a vault, each with its own sentence."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from telusur.domain.errors import BadInput
from telusur.domain.text import Text


class VaultTrouble(BadInput):
    """Anything that keeps a vault from doing what it was asked; nothing half-done stays."""


class DiskFull(VaultTrouble):
    """No room is left for a file or for the database."""


class StoreReadOnly(VaultTrouble):
    """The store cannot be written."""


class DatabaseLocked(VaultTrouble):
    """Another program is writing and does not end."""


class DatabaseDamaged(VaultTrouble):
    """The database file is damaged, or no database."""


class KeyLost(VaultTrouble):
    """A key is missing, or is not the one that is needed."""


class NotKept(VaultTrouble):
    """The case holds no such file."""


class ObjectMissing(VaultTrouble):
    """An object has its row and its key, but its file is gone."""


class ObjectAltered(VaultTrouble):
    """The file of an object is not, byte for byte, what was written."""


class SourceUnfit(VaultTrouble):
    """What was to be kept cannot be read, or is no ordinary file."""


class SourceChanged(SourceUnfit):
    """What was to be kept changed while it was read."""


class SourceTooLarge(SourceUnfit):
    """What was to be kept is larger than it may be."""


FULL: Final = Text(
    "tempat penyimpanan penuh, sehingga tidak ada yang disimpan atau diubah; kosongkan ruang, lalu ulangi",
    "the disk is full, so nothing was kept or changed; make room and try again",
)
TOO_LONG: Final = Text(
    "berkas sebesar ini tidak diizinkan oleh sistem berkas atau oleh batas proses (ulimit -f), sehingga tidak ada yang "
    "disimpan; pindahkan simpanan ke sistem berkas lain atau naikkan batasnya",
    "a file of this size is not allowed by the file system or by the limit of the process (ulimit -f), so nothing was "
    "kept; move the store to another file system or raise the limit",
)
READ_ONLY: Final = Text(
    "simpanan ini hanya dapat dibaca, sehingga tidak ada yang diubah; periksa hak tulis folder dan pemasangan "
    "(mount) sistem berkasnya",
    "the store can only be read, so nothing was changed; look at the folder's permissions and at how its file system "
    "is mounted",
)
LOCKED: Final = Text(
    "pangkalan data sedang ditulis oleh program lain dan tidak kunjung bebas, sehingga tidak ada yang diubah; "
    "tunggu sampai program itu selesai, lalu ulangi",
    "another program is writing to the database and does not end, so nothing was changed; wait until it is done and "
    "try again",
)
DAMAGED: Final = Text(
    "pangkalan data rusak atau bukan pangkalan data; pulihkan dari cadangannya",
    "the database is damaged or is no database; restore it from its backup",
)
CANNOT_OPEN: Final = Text(
    "berkas pangkalan data tidak dapat dibuka; periksa apakah foldernya ada dan dapat ditulis",
    "the database file cannot be opened; see whether its folder is there and can be written",
)
DISK_FAILS: Final = Text(
    "pangkalan data tidak dapat dibaca atau ditulis: media penyimpanan gagal atau penuh; tidak ada yang diubah",
    "the database cannot be read or written: its disk fails or is full; nothing was changed",
)
NOT_WIPED_FULL: Final = Text(
    "kuncinya sudah dihapus, tetapi tidak ada ruang untuk menulis ulang pangkalan data, sehingga sisanya mungkin masih "
    "ada dalam berkasnya; kosongkan ruang, lalu jalankan penyapuan",
    "the keys were deleted, but there is no room to write the database anew, so remains of them may still lie in its "
    "file; make room, then sweep",
)
NOT_WIPED_LOCKED: Final = Text(
    "kuncinya sudah dihapus, tetapi program lain yang sedang membaca pangkalan data menghalangi pengosongan jurnalnya, "
    "sehingga sisanya mungkin masih ada di sana; tutup program itu, lalu jalankan penyapuan",
    "the keys were deleted, but another program that reads the database keeps its journal from being emptied, so "
    "remains of them may still lie there; close that program, then sweep",
)
CASE_KEY_GONE: Final = Text(
    "kunci perkaranya tidak ada dalam pangkalan data, sehingga berkas ini tidak dapat dibuka; pulihkan dari cadangan",
    "the key of its case is not in the database, so this file cannot be opened; restore it from the backup",
)
NOT_KEPT: Final = Text(
    "perkara ini tidak menyimpan berkas itu: belum pernah diterima, sudah dipindahkan, atau sudah dimusnahkan",
    "the case holds no such file: it was never received, was moved, or was destroyed",
)
MISSING: Final = Text(
    "berkas tersimpan ini hilang dari folder objects, padahal kuncinya masih ada; pulihkan dari cadangan",
    "this kept file is gone from the folder objects although its key is still there; restore it from the backup",
)
ALTERED: Final = Text(
    "berkas tersimpan ini telah diubah, terpotong atau tertukar: isinya tidak sama dengan yang pernah ditulis dan "
    "tidak dipakai; pulihkan dari cadangan",
    "this kept file was altered, cut short or swapped: it is not what was written and is not used; restore it from "
    "the backup",
)
CHANGED: Final = Text(
    "isinya berubah selama dibaca, sehingga tidak disimpan; tunggu sampai selesai ditulis, lalu ulangi",
    "it changed while it was read, so it was not kept; wait until nobody writes to it and try again",
)


def too_large(limit: int) -> Text:
    """Say of a source that it is larger than it may be."""
    return Text(
        f"lebih besar dari batas {limit} bita, sehingga tidak disimpan",
        f"is larger than the limit of {limit} bytes, so it was not kept",
    )


_DISK: Final[dict[int, tuple[type[VaultTrouble], Text]]] = {
    errno.ENOSPC: (DiskFull, FULL),
    errno.EDQUOT: (DiskFull, FULL),
    errno.EFBIG: (DiskFull, TOO_LONG),
    errno.EROFS: (StoreReadOnly, READ_ONLY),
    errno.EACCES: (StoreReadOnly, READ_ONLY),
    errno.EPERM: (StoreReadOnly, READ_ONLY),
}
_SQLITE: Final[dict[int, tuple[type[VaultTrouble], Text]]] = {
    sqlite3.SQLITE_BUSY: (DatabaseLocked, LOCKED),
    sqlite3.SQLITE_LOCKED: (DatabaseLocked, LOCKED),
    sqlite3.SQLITE_READONLY: (StoreReadOnly, READ_ONLY),
    sqlite3.SQLITE_PERM: (StoreReadOnly, READ_ONLY),
    sqlite3.SQLITE_CANTOPEN: (VaultTrouble, CANNOT_OPEN),
    sqlite3.SQLITE_IOERR: (VaultTrouble, DISK_FAILS),
    sqlite3.SQLITE_FULL: (DiskFull, FULL),
    sqlite3.SQLITE_CORRUPT: (DatabaseDamaged, DAMAGED),
    sqlite3.SQLITE_NOTADB: (DatabaseDamaged, DAMAGED),
}
#: PostgreSQL's own codes (appendix A of its manual), which its driver carries as `sqlstate`.
_POSTGRESQL: Final[dict[str, tuple[type[VaultTrouble], Text]]] = {
    "55P03": (DatabaseLocked, LOCKED),
    "40P01": (DatabaseLocked, LOCKED),
    "25006": (StoreReadOnly, READ_ONLY),
    "42501": (StoreReadOnly, READ_ONLY),
    "53100": (DiskFull, FULL),
    "XX001": (DatabaseDamaged, DAMAGED),
    "XX002": (DatabaseDamaged, DAMAGED),
}


def trouble_of(error: BaseException, where: str | None = None) -> VaultTrouble | None:
    """Give the sentence for an error of the disk or of a database's driver; ``None`` if there is none for it.

    Parameters
    ----------
    error
        As it was raised.
    where
        What it happened to, as the user knows it.
    """
    found: tuple[type[VaultTrouble], Text] | None = None
    if isinstance(error, sqlite3.Error):
        # The lower byte is the kind of the error, the rest its finer shade.
        found = _SQLITE.get((getattr(error, "sqlite_errorcode", None) or 0) & 0xFF)
        # SQLite itself undoes a transaction that found no room; undoing it once more is the error that arrives here.
        if found is None and error.__context__ is not None:
            return trouble_of(error.__context__, where)
    elif isinstance(error, OSError):
        found = _DISK.get(error.errno or 0)
        if found is None:
            reason = error.strerror or type(error).__name__
            found = (
                VaultTrouble,
                Text(f"simpanan tidak dapat dipakai ({reason})", f"the store cannot be used ({reason})"),
            )
    elif isinstance(state := getattr(error, "sqlstate", None), str):
        found = _POSTGRESQL.get(state)
    return found[0](found[1], where=where) if found else None


@contextmanager
def told(where: str | None = None) -> Iterator[None]:
    """Turn errors of the disk and of the database within the block into their sentences.

    Parameters
    ----------
    where
        What they happen to, as the user knows it.

    Raises
    ------
    VaultTrouble
        In place of an `OSError` or a driver's error that has a sentence; any other error goes through as it is.
    """
    try:
        yield
    except Exception as error:
        trouble = trouble_of(error, where)
        if trouble is None:
            raise
        raise trouble from None
