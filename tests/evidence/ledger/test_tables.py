from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

import merkle
from telusur.evidence.ledger import Ledger, check, create
from telusur.evidence.ledger.tables import missing_triggers

REFUSED = [
    ("UPDATE ledger_entry SET body = x'00' WHERE seq = 3", "never changed"),
    ("UPDATE ledger_entry SET seq = 1000 WHERE seq = 3", "never changed"),
    ("DELETE FROM ledger_entry WHERE seq = 299", "never deleted"),
    ("DELETE FROM ledger_entry", "never deleted"),
    ("INSERT INTO ledger_entry (seq, body) VALUES (301, x'00')", "behind the last"),
    ("INSERT INTO ledger_entry (seq, body) VALUES (-1, x'00')", "behind the last"),
    ("UPDATE ledger_tile SET hashes = x'00'", "never changed"),
    ("DELETE FROM ledger_tile", "never deleted"),
    ("INSERT INTO ledger_tile (level, idx, root, hashes) VALUES (0, 0, x'00', x'00')", "once"),
    ("UPDATE ledger_opening SET actor = 'somebody else'", "left as it is"),
]
ON_SQLITE = [
    ("INSERT OR REPLACE INTO ledger_entry (seq, body) VALUES (3, x'00')", "behind the last"),
    ("REPLACE INTO ledger_entry (seq, body) VALUES (299, x'00')", "behind the last"),
    ("INSERT OR REPLACE INTO ledger_tile (level, idx, root, hashes) VALUES (0, 0, x'00', x'00')", "once"),
    (
        "INSERT INTO ledger_entry (seq, body) VALUES (3, x'00') ON CONFLICT DO UPDATE SET body = x'00'",
        "behind the last",
    ),
]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return merkle.made(tmp_path_factory.mktemp("ledger") / "store.db", 300)


@pytest.mark.parametrize(("statement", "why"), REFUSED + ON_SQLITE)
def test_nothing_that_stands_in_the_ledger_is_changed(book: Ledger, statement: str, why: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=why):
        book.db.execute(statement)
    assert check(book.db).holds


def test_making_the_tables_again_changes_nothing(tmp_path: Path) -> None:
    book = merkle.made(tmp_path / "store.db", 3)
    root = book.root()
    create(book.db)
    with book.db.transaction():
        create(book.db)
        assert book.db.in_transaction
    assert book.root() == root
    assert check(book.db).holds


def test_a_trigger_that_was_dropped_or_replaced_is_missed(tmp_path: Path) -> None:
    book = merkle.made(tmp_path / "store.db", 3)
    book.db.execute("DROP TRIGGER ledger_entry_kept")
    book.db.execute("DROP TRIGGER ledger_tile_stays")
    book.db.execute("CREATE TRIGGER ledger_tile_stays BEFORE DELETE ON ledger_tile BEGIN SELECT 1; END")
    assert missing_triggers(book.db) == ("ledger_entry_kept", "ledger_tile_stays")
    found = check(book.db)
    assert not found.holds
    assert [problem.en for problem in found.problems] == [
        "the trigger ledger_entry_kept, which refuses changes, is missing or changed",
        "the trigger ledger_tile_stays, which refuses changes, is missing or changed",
    ]
