"""The ledger on a real PostgreSQL server: the same bytes as on SQLite, and no fork whoever writes."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

import acting
import merkle
from telusur.evidence import ledger
from telusur.evidence.database import Database
from telusur.evidence.ledger import entry as entries
from telusur.evidence.ledger.tables import missing_triggers

pytestmark = pytest.mark.long

TABLES = ("ledger_entry", "ledger_tile", "ledger_opening")
REFUSED = [
    ("UPDATE ledger_entry SET body = '' WHERE seq = 3", "never changed"),
    ("DELETE FROM ledger_entry WHERE seq = 299", "never deleted"),
    ("TRUNCATE ledger_entry", "never deleted"),
    ("INSERT INTO ledger_entry (seq, body) VALUES (301, '')", "behind the last"),
    (
        "INSERT INTO ledger_entry (seq, body) VALUES (3, '') ON CONFLICT (seq) DO UPDATE SET body = ''",
        "behind the last",
    ),
    ("UPDATE ledger_tile SET hashes = ''", "never changed"),
    ("DELETE FROM ledger_tile", "never deleted"),
    ("TRUNCATE ledger_tile", "never deleted"),
    ("INSERT INTO ledger_tile (level, idx, root, hashes) VALUES (0, 0, '', '')", "once"),
    ("UPDATE ledger_opening SET actor = 'somebody else'", "left as it is"),
]


def drawn(count: Iterator[int], size: int) -> bytes:
    """Give the same salts again, so that both engines are given the same."""
    return b"".join(sha256(b"%d" % next(count)).digest() for _ in range(size // 32))


@pytest.fixture
def book(postgresql: str) -> Iterator[ledger.Ledger]:
    db = acting.opened("postgresql", postgresql)
    ledger.create(db)
    ledger.create(db)
    yield ledger.Ledger(db)
    db.connection.close()


def test_both_engines_store_the_same_bytes_and_prove_the_same(
    book: ledger.Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = merkle.made(tmp_path / "store.db")
    for each in (book, other):
        monkeypatch.setattr(entries.os, "urandom", partial(drawn, itertools.count()))
        for start, many in ((0, 1), (1, 254), (255, 600), (855, 66_000)):
            with each.db.transaction():
                each.append(list(merkle.acts(many, start)))
    for table in TABLES:
        question = f"SELECT * FROM {table} ORDER BY 1, 2"
        assert book.db.rows(question) == other.db.rows(question)
    assert book.root() == other.root()
    for size in (1, 256, 257, 65_536, 65_537, 66_855):
        assert book.root(size) == other.root(size)
        assert book.inclusion(size // 2, size) == other.inclusion(size // 2, size)
        assert book.consistency(1 + size // 3, size) == other.consistency(1 + size // 3, size)
    assert ledger.check(book.db) == ledger.check(other.db)
    with book.db.transaction(), other.db.transaction():
        assert book.forget("case-3") == other.forget("case-3") > 0
    assert ledger.check(book.db) == ledger.check(other.db)
    assert ledger.check(book.db).holds


@pytest.mark.parametrize(("statement", "why"), REFUSED)
def test_nothing_that_stands_in_the_ledger_is_changed(book: ledger.Ledger, statement: str, why: str) -> None:
    import psycopg  # noqa: PLC0415 - only where there is a server

    with book.db.transaction():
        book.append(list(merkle.acts(300)))
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match=why):
        book.db.execute(statement)
    assert ledger.check(book.db).holds


def test_a_trigger_switched_off_is_missed_and_what_was_done_meanwhile_is_found(book: ledger.Ledger) -> None:
    with book.db.transaction():
        book.append(list(merkle.acts(300)))
    book.db.execute("ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_kept")
    book.db.execute(
        "CREATE OR REPLACE FUNCTION ledger_tile_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$"
    )
    assert missing_triggers(book.db) == ("ledger_entry_kept", "ledger_tile_stays", "ledger_tile_whole")
    book.db.execute("UPDATE ledger_entry SET body = 'x' WHERE seq = 4")
    book.db.execute("DELETE FROM ledger_tile")
    ledger.create(book.db)
    book.db.execute("ALTER TABLE ledger_entry ENABLE TRIGGER ledger_entry_kept")
    assert [problem.en for problem in ledger.check(book.db).problems] == [
        "entry 4 does not have the canonical form",
        "tile 0/0 does not fit the entries below it",
    ]


@pytest.mark.parametrize("writers", [2, 8])
def test_writers_at_once_make_one_ledger_without_a_fork(postgresql: str, book: ledger.Ledger, writers: int) -> None:
    acting.create(book.db)
    many = 1200
    offices = [
        subprocess.Popen(
            [sys.executable, str(Path(acting.__file__)), "postgresql", postgresql, str(writer), str(many)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for writer in range(writers)
    ]
    done: set[str] = set()
    for office in offices:
        told, _ = office.communicate(timeout=300)
        assert office.returncode == 0
        done.update(told.split()[1:])
    assert len(done) == book.size() == writers * many
    assert acting.faults(book.db, done) == []
    leaves = [entry.leaf for entry in book.entries()]
    assert book.root() == merkle.root(leaves)
    # They did take turns, otherwise nothing was shown.
    names = [name for (name,) in book.db.rows("SELECT name FROM act ORDER BY seq")]
    turns = sum(one.split("-")[0] != two.split("-")[0] for one, two in itertools.pairwise(names))
    assert turns > writers


def test_a_writer_without_the_lock_is_refused_instead_of_forking(postgresql: str, book: ledger.Ledger) -> None:
    import psycopg  # noqa: PLC0415 - only where there is a server

    late = acting.opened("postgresql", postgresql)
    late.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
    assert ledger.Ledger(late).size() == 0  # and this is what it goes on seeing
    with book.db.transaction():
        book.append(list(merkle.acts(3)))
    with pytest.raises(psycopg.errors.UniqueViolation):
        ledger.Ledger(late).append(list(merkle.acts(3)))
    late.execute("ROLLBACK")
    late.connection.close()
    assert ledger.check(book.db).holds
    assert book.size() == 3


def test_within_the_transaction_of_a_driver_that_begins_by_itself_its_owner_commits(
    postgresql: str, book: ledger.Ledger
) -> None:
    import psycopg  # noqa: PLC0415 - only where there is a server

    with psycopg.connect(postgresql) as connection:
        db = Database(connection)
        assert db.in_transaction
        with db.transaction():
            ledger.Ledger(db).append(list(merkle.acts(3)))
        assert book.size() == 0
        connection.commit()
        assert book.size() == 3
        with db.transaction():
            ledger.Ledger(db).append(list(merkle.acts(3, 3)))
        connection.rollback()
    assert book.size() == 3


def test_the_clock_set_back_and_the_erased_are_told_as_on_sqlite(book: ledger.Ledger) -> None:
    late = ledger.Act("step", merkle.START + timedelta(days=9), "officer", case="planted-case", detail={"a": "planted"})
    with book.db.transaction():
        book.append([late, *merkle.acts(3)])
    assert book.of_case("planted-case") == [0]
    with book.db.transaction():
        book.forget("planted-case")
    found = ledger.check(book.db)
    assert (found.holds, found.closed, len(found.notices)) == (True, 1, 1)
    assert book.openings(0) == {}
