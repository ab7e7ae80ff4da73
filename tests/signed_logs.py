"""Logs whose keys are always the same, for the tests of signing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from telusur.evidence import ledger, signing
from telusur.evidence.database import Database, open_sqlite

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
NAME = "telusur/0123456789abcdef"


def key(number: int = 1, name: str = NAME, kind: int = signing.ED25519) -> signing.SigningKey:
    return signing.SigningKey(name, bytes([number]) * 32, kind)


def witness_key(number: int = 9) -> signing.SigningKey:
    return key(number, "pengawas/saksi", signing.COSIGNATURE)


class Office:
    """A log to which acts can be added, one transaction and one signed head each."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.log = signing.Log(db, ledger.Ledger(db), key())
        self.at = AT

    def act(self, count: int = 1, work: Callable[[], bytes] | None = None) -> bytes:
        self.at += timedelta(minutes=1)
        with self.db.transaction():
            if work:
                return work()
            self.log.ledger.append([ledger.Act("view", self.at, "officer", case="c1")] * count)
            return self.log.sign(self.at)

    def begin(self) -> bytes:
        return self.act(work=lambda: self.log.begin(self.at, "officer"))

    def rotate(self, new: signing.SigningKey) -> bytes:
        return self.act(work=lambda: self.log.rotate(new, self.at, "officer"))

    def lose(self, new: signing.SigningKey) -> bytes:
        self.log = signing.Log(self.db, self.log.ledger, new)
        return self.act(work=lambda: self.log.replace_lost(new, self.at, "officer"))

    @contextmanager
    def unguarded(self) -> Iterator[Database]:
        """Let the test change rows, as somebody does who owns the file."""
        found = self.db.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        for name, _ in found:
            self.db.execute(f"DROP TRIGGER {name}")
        yield self.db
        for _, made in found:
            self.db.execute(made)

    def check(self, fingerprint: str | None = None, head: bytes | None = None) -> str:
        """Give the problems as one English text; empty if all holds."""
        return "; ".join(problem.en for problem in signing.check_log(self.db, fingerprint, head))


@contextmanager
def opened(path: Path) -> Iterator[Office]:
    connection = open_sqlite(path)
    # Nothing here is about the disk.
    connection.execute("PRAGMA synchronous=OFF")
    db = Database(connection)
    ledger.create(db)
    signing.create(db)
    yield Office(db)
    connection.close()
