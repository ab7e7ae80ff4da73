from __future__ import annotations

import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest

from telusur.evidence.database import Database, open_sqlite


@pytest.fixture
def db(tmp_path: Path) -> Database:
    db = Database(open_sqlite(tmp_path / "store.db"))
    db.execute("CREATE TABLE t (a INTEGER, b TEXT)")
    return db


def test_custody_has_sqlite_write_through_and_overwrite_what_is_deleted(db: Database) -> None:
    told = {name: db.row(f"PRAGMA {name}") for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")}
    assert told == {"journal_mode": ("wal",), "synchronous": (2,), "secure_delete": (1,), "foreign_keys": (1,)}
    assert (db.kind, db.blob) == ("sqlite", "BLOB")


def test_a_transaction_is_kept_whole_or_not_at_all(db: Database) -> None:
    with db.transaction():
        assert db.in_transaction
        db.executemany("INSERT INTO t VALUES (?, ?)", [(1, "a"), (2, "b")])
    assert not db.in_transaction
    with pytest.raises(sqlite3.IntegrityError):
        fail_within(db)
    assert not db.in_transaction
    assert db.rows("SELECT a, b FROM t WHERE a < ?", (9,)) == [(1, "a"), (2, "b")]
    assert db.row("SELECT a FROM t WHERE a = 9") is None


def fail_within(db: Database) -> None:
    with db.transaction():
        db.execute("DELETE FROM t")
        raise sqlite3.IntegrityError


def test_a_transaction_within_another_is_the_others(db: Database) -> None:
    db.execute("BEGIN")
    with db.transaction():
        db.execute("INSERT INTO t VALUES (1, 'a')")
    assert db.in_transaction
    db.execute("ROLLBACK")
    assert db.rows("SELECT * FROM t") == []


class Recorder:
    """What is asked of `psycopg` here, written down instead of carried out."""

    def __init__(self, *, autocommit: bool = True, status: int = 0) -> None:
        self.said: list[tuple] = []
        self.autocommit = autocommit
        self.info = SimpleNamespace(transaction_status=status)

    def execute(self, *said: object) -> Recorder:
        self.said.append(said)
        return self

    def executemany(self, *said: object) -> None:
        self.said.append(said)

    def cursor(self) -> Recorder:
        return self

    def close(self) -> None:
        pass


def test_postgresql_is_told_the_same_with_its_own_marks_and_one_writer_at_a_time() -> None:
    connection = Recorder()
    db = Database(connection)
    assert (db.kind, db.blob) == ("postgresql", "BYTEA")
    with db.transaction():
        db.execute("SELECT 1 WHERE a LIKE 'x%' AND b = ?", (1,))
        db.execute("SELECT 'x%'")
        db.executemany("INSERT INTO t VALUES (?, ?)", [(1, 2)])
    assert connection.said == [
        ("BEGIN",),
        ("SELECT pg_advisory_xact_lock(%s)", (0x74656C75,)),
        ("SELECT 1 WHERE a LIKE 'x%%' AND b = %s", (1,)),
        ("SELECT 'x%'",),
        ("INSERT INTO t VALUES (%s, %s)", [(1, 2)]),
        ("COMMIT",),
    ]


@pytest.mark.parametrize("connection", [Recorder(autocommit=False), Recorder(status=2)])
def test_a_transaction_of_postgresql_that_somebody_else_holds_is_joined(connection: Recorder) -> None:
    with Database(connection).transaction():
        pass
    assert [said[0] for said in connection.said] == ["SELECT pg_advisory_xact_lock(%s)"]
