"""Wiping from a database's own files what its rows no longer hold."""

from __future__ import annotations

from collections.abc import Sequence

from telusur.evidence.database import Database
from telusur.evidence.vault.troubles import NOT_WIPED_FULL, NOT_WIPED_LOCKED, DatabaseLocked, DiskFull, trouble_of


def scrub(db: Database, *, tables: Sequence[str] = ("vault_object", "vault_case")) -> None:
    """Have nothing of deleted rows stay in the database's files; outside any transaction.

    SQLite overwrites what is deleted (`secure_delete`), but rows that once moved between pages leave copies behind, and
    the journal holds older pages: the file is written anew and the journal emptied. On PostgreSQL the tables are
    written anew; what its write-ahead log and its backups hold is the operator's to let go.

    Parameters
    ----------
    db
        The database.
    tables
        Those that rows were deleted from; matters on PostgreSQL alone.

    Raises
    ------
    RuntimeError
        If a transaction is open.
    DatabaseLocked
        If somebody who reads the database keeps the journal from being emptied.
    DiskFull
        If there is no room to write the file anew.
    """
    if db.in_transaction:
        raise RuntimeError("a database is scrubbed outside any transaction")
    try:
        if db.kind == "postgresql":
            for table in tables:
                db.execute(f"VACUUM FULL {table}")
            return
        overwrite_deleted(db)
        db.execute("VACUUM")
        row = db.row("PRAGMA wal_checkpoint(TRUNCATE)")
    except Exception as error:
        trouble = trouble_of(error)
        if isinstance(trouble, DiskFull):
            raise DiskFull(NOT_WIPED_FULL) from None
        if isinstance(trouble, DatabaseLocked):
            raise DatabaseLocked(NOT_WIPED_LOCKED) from None
        raise
    if row is not None and row[0]:
        raise DatabaseLocked(NOT_WIPED_LOCKED)


def overwrite_deleted(db: Database) -> None:
    """Have SQLite overwrite with zeros whatever is deleted through this connection."""
    if db.kind == "sqlite":
        db.execute("PRAGMA secure_delete=ON")
