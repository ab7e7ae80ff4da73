from __future__ import annotations

import shutil
import sqlite3
import tracemalloc
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import merkle
from telusur.evidence.database import Database, open_sqlite
from telusur.evidence.ledger import Act, Ledger, check, create
from telusur.evidence.ledger.tree import Tree

SIZE = 600
#: What somebody does who holds the file, having dropped the triggers; and what the check says.
HARMS = {
    "body_of_a_tile": (
        "UPDATE ledger_entry SET body = replace(body, 'view', 'hold') WHERE seq = 3",
        "tile 0/0 does not",
    ),
    "body_text": ("UPDATE ledger_entry SET body = CAST(body AS TEXT) WHERE seq = 3", "entry 3 does not have the canon"),
    "body_null": ("UPDATE ledger_entry SET body = x'' WHERE seq = 599", "entry 599 does not have the canonical form"),
    "space": (
        "UPDATE ledger_entry SET body = CAST(replace(body, ',', ', ') AS BLOB) WHERE seq = 599",
        "entry 599 does not have the canonical form",
    ),
    "other_key": (
        """UPDATE ledger_entry SET body = CAST(replace(body, '"v":1', '"v":1,"w":1') AS BLOB) WHERE seq = 599""",
        "entry 599 does not have the canonical form",
    ),
    "number_inside": (
        """UPDATE ledger_entry SET body = CAST(replace(body, '"seq":599', '"seq":598') AS BLOB) WHERE seq = 599""",
        "entry 599 calls itself entry 598",
    ),
    "no_such_time": (
        """UPDATE ledger_entry SET body = CAST(replace(body, '2026-11-22', '2026-02-30') AS BLOB) WHERE seq = 599""",
        "entry 599 names a time that does not exist",
    ),
    "entry_gone": ("DELETE FROM ledger_entry WHERE seq = 590", "entry 590 is missing, although there is an entry 599"),
    "first_gone": ("DELETE FROM ledger_entry WHERE seq = 0", "entry 0 is missing"),
    "entry_below": ("INSERT INTO ledger_entry VALUES (-5, x'00')", "there is an entry of the number -5"),
    "entry_far": ("INSERT INTO ledger_entry VALUES (700, x'00')", "entry 600 is missing"),
    "entry_added": ("INSERT INTO ledger_entry VALUES (600, x'7b7d')", "entry 600 does not have the canonical form"),
    "tail_cut_into_a_tile": ("DELETE FROM ledger_entry WHERE seq >= 500", "there are tiles of level 0 that have no"),
    "tail_cut": ("DELETE FROM ledger_entry WHERE seq >= 599", "openings that belong to no entry"),
    "renumbered": ("UPDATE ledger_entry SET seq = seq + 1 WHERE seq = 599", "entry 599 is missing"),
    "tile_hash": ("UPDATE ledger_tile SET hashes = zeroblob(8192) WHERE idx = 1", "tile 0/1 does not fit"),
    "tile_root": ("UPDATE ledger_tile SET root = zeroblob(32) WHERE idx = 1", "tile 0/1 does not fit"),
    "tile_text": ("UPDATE ledger_tile SET hashes = 'text'", "tile 0/0 does not fit"),
    "tile_gone": ("DELETE FROM ledger_tile WHERE idx = 0", "tile 0/0 does not fit"),
    "tile_more": (
        "INSERT INTO ledger_tile VALUES (0, 2, zeroblob(32), zeroblob(8192))",
        "tiles of level 0 that have no",
    ),
    "tile_level": (
        "INSERT INTO ledger_tile VALUES (1, 0, zeroblob(32), zeroblob(8192))",
        "tiles of level 1 that have no",
    ),
    "tile_level_text": ("INSERT INTO ledger_tile VALUES ('x', 0, x'', x'')", "tiles of level x that have no"),
    "tile_high": (
        "INSERT INTO ledger_tile VALUES (9000000000000000000, 0, x'', x'')",
        "tiles of level 9000000000000000000",
    ),
    "actor": ("UPDATE ledger_opening SET actor = 'somebody' WHERE seq = 599", "commitments of entry 599 does not open"),
    "case": ("UPDATE ledger_opening SET case_id = 'case-0' WHERE seq = 599", "entry 599 does not open"),
    "case_gone": ("UPDATE ledger_opening SET case_id = NULL WHERE seq = 599", "entry 599 does not open"),
    "case_more": ("UPDATE ledger_opening SET case_id = 'case-0' WHERE seq = 595", "entry 595 does not open"),
    "detail": ("UPDATE ledger_opening SET detail = '{}' WHERE seq = 599", "entry 599 does not open"),
    "object": (
        "UPDATE ledger_opening SET object = replace(object, 'a', 'b') WHERE seq = 599",
        "entry 599 does not open",
    ),
    "object_capitals": ("UPDATE ledger_opening SET object = upper(object) WHERE seq = 599", "entry 599 does not open"),
    "object_odd": ("UPDATE ledger_opening SET object = 'x' WHERE seq = 599", "entry 599 does not open"),
    "object_gone": ("UPDATE ledger_opening SET object = NULL WHERE seq = 599", "entry 599 does not open"),
    "salts": ("UPDATE ledger_opening SET salts = zeroblob(length(salts)) WHERE seq = 599", "entry 599 does not open"),
    "salts_short": (
        "UPDATE ledger_opening SET salts = substr(salts, 1, 32) WHERE seq = 599",
        "entry 599 does not open",
    ),
    "salts_long": ("UPDATE ledger_opening SET salts = salts || x'00' WHERE seq = 599", "entry 599 does not open"),
    "salts_undecodable": ("UPDATE ledger_opening SET salts = CAST(x'ff80' AS TEXT) WHERE seq = 599", "does not open"),
    "actor_undecodable": (
        "UPDATE ledger_opening SET actor = CAST(x'ff80' AS TEXT) WHERE seq = 3",
        "entry 3 does not open",
    ),
    "body_undecodable": (
        "UPDATE ledger_entry SET body = CAST(x'ff80' AS TEXT) WHERE seq = 599",
        "entry 599 does not ha",
    ),
    "salts_text": ("UPDATE ledger_opening SET salts = 'text' WHERE seq = 599", "entry 599 does not open"),
    "opening_moved": ("UPDATE ledger_opening SET seq = 9000 WHERE seq = 599", "openings that belong to no entry"),
    "opening_below": ("UPDATE ledger_opening SET seq = -1 WHERE seq = 599", "openings that belong to no entry"),
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "store.db"
    book = merkle.made(path, SIZE)
    book.db.connection.close()
    return path


@pytest.fixture
def harmed(sound: Path, tmp_path: Path) -> Callable[[str], Database]:
    """Give a copy of a sound ledger that somebody has changed, and who has put the triggers back."""

    def harm(*statements: str) -> Database:
        path = tmp_path / "store.db"
        shutil.copy(sound, path)
        db = Database(open_sqlite(path))
        for (name,) in db.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            db.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert db.execute(statement).rowcount
        create(db)
        return db

    return harm


def test_a_sound_ledger_holds_and_its_root_is_that_of_the_plain_recursion(sound: Path) -> None:
    db = Database(open_sqlite(sound))
    told: list[tuple[int, int]] = []
    found = check(db, progress=lambda done, of: told.append((done, of)))
    assert (found.holds, found.size, found.problems, found.notices, found.closed) == (True, SIZE, (), (), 0)
    assert found.root == merkle.root([entry.leaf for entry in Ledger(db).entries()])
    assert told == [(SIZE, SIZE)]


@pytest.mark.parametrize("harm", HARMS)
def test_a_row_that_was_changed_directly_is_found(harm: str, harmed: Callable[[str], Database]) -> None:
    statement, said = HARMS[harm]
    found = check(harmed(statement))
    assert not found.holds
    assert [problem.en for problem in found.problems if said in problem.en], found.problems
    assert all(problem.id and problem.id != problem.en for problem in found.problems)


@given(at=st.integers(0, SIZE - 1), byte=st.integers(0, 300), flip=st.integers(1, 255), tiled=st.booleans())
def test_any_byte_of_any_entry_changes_the_root(sound: Path, at: int, byte: int, flip: int, tiled: bool) -> None:  # noqa: FBT001 - drawn
    db = Database(sqlite3.connect(":memory:", isolation_level=None))
    with closing(sqlite3.connect(sound)) as kept:
        kept.backup(db.connection)
    before = Ledger(db).root()
    db.execute("DROP TRIGGER ledger_entry_kept")
    body = bytearray(Ledger(db).entry(at).body)
    body[byte % len(body)] ^= flip
    db.execute("UPDATE ledger_entry SET body = ? WHERE seq = ?", (bytes(body), at))
    if tiled:  # the tile made to fit by somebody who knows how
        db.execute("DROP TRIGGER ledger_tile_stays")
        db.execute("DELETE FROM ledger_tile")
        Tree(db).complete(0, [entry.leaf for entry in Ledger(db).entries()])
        assert Ledger(db).root() != before
    found = check(db)
    assert found.root != before
    assert at >= 512 or tiled or not found.holds


def test_a_damaged_file_is_told(sound: Path, tmp_path: Path) -> None:
    raw = bytearray(sound.read_bytes())
    raw[8192 : len(raw) // 2] = bytes(len(raw) // 2 - 8192)
    (tmp_path / "store.db").write_bytes(raw)
    found = check(Database(open_sqlite(tmp_path / "store.db")))
    assert not found.holds
    assert "damaged" in found.problems[-1].en


def test_a_database_without_a_ledger_is_no_damaged_one(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        check(Database(open_sqlite(tmp_path / "store.db")))


def test_many_faults_are_told_in_part(harmed: Callable[..., Database]) -> None:
    found = check(harmed("UPDATE ledger_opening SET actor = 'somebody'"))
    assert len(found.problems) == 101
    assert found.problems[-1].en == "and so on"


def test_a_clock_that_was_set_back_is_noticed_and_is_no_fault(tmp_path: Path) -> None:
    book = merkle.made(tmp_path / "store.db", 5)
    late = merkle.START + timedelta(days=3)
    with book.db.transaction():
        book.append([Act("step", late, "officer"), *merkle.acts(2, 6)])
    found = check(book.db)
    assert found.holds
    (notice,) = found.notices
    assert notice.en.startswith("the clock went back before entry 6: 2026-11-22T12:00:06.000000Z after 2026-11-25T12")
    assert "jam mundur" in notice.id


def test_a_second_in_other_zones_is_the_same_second(tmp_path: Path) -> None:
    book = merkle.made(tmp_path / "store.db")
    (act,) = merkle.acts(1)
    with book.db.transaction():
        book.append([act, replace(act, at=act.at.astimezone(merkle.START.tzinfo))])
    assert not check(book.db).notices


def test_a_restored_old_state_is_sound_in_itself_and_differs_from_what_is_kept_elsewhere(
    sound: Path, tmp_path: Path
) -> None:
    shutil.copy(sound, tmp_path / "store.db")
    book = Ledger(Database(open_sqlite(tmp_path / "store.db")))
    with book.db.transaction():
        book.append(list(merkle.acts(5, SIZE)))
    kept = (book.size(), book.root())
    old = check(Database(open_sqlite(sound)))
    assert old.holds
    assert (old.size, old.root) != kept
    assert old.size < kept[0]  # what a signed head kept outside tells


def test_a_check_while_others_append_and_forget_finds_no_fault(tmp_path: Path) -> None:
    book = merkle.made(tmp_path / "store.db", 5000)
    other = Ledger(Database(open_sqlite(tmp_path / "store.db")))

    def meanwhile(_done: int, _of: int) -> None:
        with other.db.transaction():
            other.append(list(merkle.acts(700, other.size())))
            other.forget("case-1")

    found = check(book.db, progress=meanwhile)
    assert (found.holds, found.size) == (True, 5000)
    assert found.root == book.root(5000)


def test_the_check_needs_no_more_memory_for_a_longer_ledger(tmp_path: Path) -> None:
    peaks = []
    for count in (4_096, 12_288):
        book = merkle.made(tmp_path / f"{count}.db")
        for start in range(0, count, 2048):
            with book.db.transaction():
                book.append(list(merkle.acts(2048, start)))
        tracemalloc.start()
        assert check(book.db).holds
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.3 * peaks[0]
    assert peaks[1] < 8_000_000
