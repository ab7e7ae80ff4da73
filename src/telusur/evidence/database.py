"""An open database connection, whoever owns it: the same few calls on SQLite and on PostgreSQL.

The ledger and the vault write through it, so that an act of the office and its entry share one transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Literal

#: One writer at a time on PostgreSQL: the key of the advisory lock ("telu" in ASCII).
_LOCK: Final = 0x74656C75
_BUSY_SECONDS: Final = 30.0


class Database:
    """A connection of `sqlite3` or `psycopg`, spoken to in one way; statements mark parameters with ``?``.

    Parameters
    ----------
    connection
        Open; it is neither closed nor configured here. One of `psycopg` with ``autocommit=True``, or within somebody
        else's transaction, which is then theirs to commit.
    """

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 - of whichever driver
        self.connection = connection
        self.kind: Literal["sqlite", "postgresql"] = (
            "sqlite" if isinstance(connection, sqlite3.Connection) else "postgresql"
        )
        #: The type of a column of bytes.
        self.blob = "BLOB" if self.kind == "sqlite" else "BYTEA"

    def _said(self, statement: str) -> str:
        return statement if self.kind == "sqlite" else statement.replace("%", "%%").replace("?", "%s")

    def execute(self, statement: str, parameters: Sequence[Any] = ()) -> Any:  # noqa: ANN401 - the driver's cursor
        """Carry out one statement; give its cursor."""
        if self.kind == "postgresql" and not parameters:
            return self.connection.execute(statement)
        return self.connection.execute(self._said(statement), tuple(parameters))

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Carry out one statement for each row of parameters."""
        cursor = self.connection.cursor()
        cursor.executemany(self._said(statement), rows)
        cursor.close()

    def rows(self, statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Give all rows of an answer."""
        return [tuple(row) for row in self.execute(statement, parameters).fetchall()]

    def row(self, statement: str, parameters: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """Give the first row of an answer, if there is one."""
        found = self.execute(statement, parameters).fetchone()
        return None if found is None else tuple(found)

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open; without autocommit, `psycopg` opens one with the next statement."""
        if self.kind == "sqlite":
            return bool(self.connection.in_transaction)
        return bool(self.connection.info.transaction_status != 0) or not self.connection.autocommit

    def lock(self) -> None:
        """Let nobody else append until the open transaction ends; SQLite's IMMEDIATE has done so already."""
        if self.kind == "postgresql":
            self.execute("SELECT pg_advisory_xact_lock(?)", (_LOCK,))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold one transaction: all of it or nothing. Joins one that is open already."""
        if self.in_transaction:
            self.lock()
            yield
            return
        self.execute("BEGIN IMMEDIATE" if self.kind == "sqlite" else "BEGIN")
        try:
            self.lock()
            yield
        except BaseException:
            # Of a full disk SQLite undoes everything itself, and would have nothing left to undo.
            if self.in_transaction:
                self.execute("ROLLBACK")
            raise
        self.execute("COMMIT")


def open_sqlite(path: Path) -> sqlite3.Connection:
    """Open a database file as custody needs it: nothing is told as done before it lies on the disk.

    Parameters
    ----------
    path
        Made if it is not there.

    Returns
    -------
    sqlite3.Connection
        With WAL, ``synchronous=FULL``, ``secure_delete``, and no transaction begun by itself.
    """
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection
