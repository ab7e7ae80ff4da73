from __future__ import annotations

import sqlite3
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import merkle
from telusur.domain.errors import BadInput
from telusur.evidence.database import Database, open_sqlite
from telusur.evidence.ledger import (
    EMPTY_ROOT,
    Act,
    Ledger,
    LedgerBroken,
    check,
    verify_consistency,
    verify_inclusion,
)

# Around the borders of tiles; 66,000 entries fill 257 tiles and one above them.
BORDERS = (1, 2, 3, 255, 256, 257, 511, 512, 513, 770)
LARGE = 66_000


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return merkle.made(tmp_path_factory.mktemp("ledger") / "store.db", 770)


@pytest.fixture(scope="module")
def leaves(book: Ledger) -> list[bytes]:
    return [entry.leaf for entry in book.entries()]


@pytest.fixture
def small(tmp_path: Path) -> Ledger:
    return merkle.made(tmp_path / "store.db", 30)


def test_an_empty_ledger_has_the_empty_root(tmp_path: Path) -> None:
    book = merkle.made(tmp_path / "store.db")
    assert (book.size(), book.root(), list(book.entries()), book.openings(0)) == (0, EMPTY_ROOT, [], {})
    with pytest.raises(ValueError, match="no entry 0"):
        book.inclusion(0)
    with pytest.raises(ValueError, match="no tree of 0"):
        book.consistency(0)
    with book.db.transaction():
        assert book.append([]) == []


def test_roots_are_those_of_the_plain_recursion(book: Ledger, leaves: list[bytes]) -> None:
    assert book.size() == len(leaves) == 770
    for size in (0, *BORDERS):
        assert book.root(size) == merkle.root(leaves[:size])
    assert book.root() == merkle.root(leaves)


@given(data=st.data())
def test_proofs_are_those_of_the_plain_recursion(book: Ledger, leaves: list[bytes], data: st.DataObject) -> None:
    size = data.draw(st.sampled_from(BORDERS) | st.integers(1, 770))
    seq = data.draw(st.integers(0, size - 1))
    old = data.draw(st.sampled_from([border for border in BORDERS if border <= size]) | st.integers(1, size))
    shown = book.inclusion(seq, size)
    assert shown == merkle.path(seq, leaves[:size])
    assert verify_inclusion(leaves[seq], seq, size, shown, book.root(size))
    grown = book.consistency(old, size)
    assert grown == merkle.proof(old, leaves[:size])
    assert verify_consistency(old, size, book.root(old), book.root(size), grown)


def test_tiles_above_tiles_change_nothing(tmp_path: Path) -> None:
    book = merkle.made(tmp_path / "store.db")
    acts = [Act("step", merkle.START, "officer")] * LARGE
    at = 0
    # Whatever the size of the appendings: the tiles are the same.
    for count in (1, 255, 600, 40_000, 25_000, LARGE):
        with book.db.transaction():
            book.append(acts[: min(count, LARGE - at)])
        at = min(at + count, LARGE)
    assert book.size() == LARGE
    leaves = [entry.leaf for entry in book.entries()]
    assert book.db.rows("SELECT level, COUNT(*), MAX(idx) FROM ledger_tile GROUP BY level") == [
        (0, 257, 256),
        (1, 1, 0),
    ]
    for size, seq, old in ((65_535, 255, 256), (65_536, 65_535, 1), (65_537, 65_535, 65_536), (LARGE, 65_900, 65_535)):
        assert book.root(size) == merkle.root(leaves[:size])
        assert book.inclusion(seq, size) == merkle.path(seq, leaves[:size])
        assert book.consistency(old, size) == merkle.proof(old, leaves[:size])
    found = check(book.db)
    assert (found.holds, found.size, found.root) == (True, LARGE, book.root())


def test_entries_stand_in_their_order_and_are_read_in_parts(book: Ledger) -> None:
    whole = list(book.entries())
    assert [entry.seq for entry in whole] == [entry.read()["seq"] for entry in whole] == list(range(770))
    assert list(book.entries(250, 260)) == whole[250:260]
    assert book.entry(300) == whole[300]
    with pytest.raises(LookupError, match="no entry 770"):
        book.entry(770)


def test_openings_are_found_by_entry_and_by_case(book: Ledger) -> None:
    acts = list(merkle.acts(770))
    for seq in range(0, 770, 7):
        said, openings = book.entry(seq).read(), book.openings(seq)
        assert openings["actor"].value == acts[seq].actor
        for field, opening in openings.items():
            made = opening.commitment(field)
            assert (made is None) == (field == "detail" and not acts[seq].keep_detail)
            assert made is None or made.hex() == said[field]
    assert book.of_case("case-3") == [seq for seq, act in enumerate(acts) if act.case == "case-3"]
    assert book.of_case("case-99") == []


@pytest.mark.parametrize("size", [-1, 771])
def test_a_tree_that_never_was_has_no_root_and_no_proofs(book: Ledger, size: int) -> None:
    with pytest.raises(ValueError, match="770 entries"):
        book.root(size)
    with pytest.raises(ValueError, match="770 entries"):
        book.consistency(1, size)
    with pytest.raises(ValueError, match="770 entries"):
        book.inclusion(0, size)
    with pytest.raises(ValueError, match="no entry 5"):
        book.inclusion(5, 5)
    with pytest.raises(ValueError, match="no tree of 6"):
        book.consistency(6, 5)


def test_an_act_is_entered_in_a_transaction_only(small: Ledger) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        small.append(list(merkle.acts(1)))
    with pytest.raises(RuntimeError, match="transaction"):
        small.forget("case-1")
    assert small.size() == 30


def test_what_is_undone_leaves_neither_entry_nor_opening_nor_tile(small: Ledger) -> None:
    before = small.root()
    small.db.execute("BEGIN IMMEDIATE")
    small.append(list(merkle.acts(600, 30)))
    small.db.execute("ROLLBACK")
    assert (small.size(), small.root()) == (30, before)
    assert small.db.row("SELECT COUNT(*) FROM ledger_opening") == (30,)
    assert small.db.row("SELECT COUNT(*) FROM ledger_tile") == (0,)
    with small.db.transaction():
        small.append(list(merkle.acts(600, 30)))
    assert check(small.db).holds


def test_one_act_that_cannot_be_written_keeps_all_of_its_call_out(small: Ledger) -> None:
    with small.db.transaction(), pytest.raises(BadInput):
        small.append([*merkle.acts(3), Act("view", merkle.START, "")])
    assert small.size() == 30


def test_two_writers_take_turns(small: Ledger, tmp_path: Path) -> None:
    other = Ledger(Database(open_sqlite(tmp_path / "store.db")))
    for turn in range(20):
        for book in (small, other):
            with book.db.transaction():
                book.append(list(merkle.acts(turn % 3)))
    other.db.connection.execute("PRAGMA busy_timeout = 1")
    with small.db.transaction():
        small.append(list(merkle.acts(1)))
        with pytest.raises(sqlite3.OperationalError, match="locked"), other.db.transaction():
            other.append(list(merkle.acts(1)))
    found = check(small.db)
    assert found.holds
    assert found.size == small.size() == other.size()


def test_a_writer_who_began_before_another_wrote_is_refused_instead_of_forking(small: Ledger, tmp_path: Path) -> None:
    late = Ledger(Database(open_sqlite(tmp_path / "store.db")))
    late.db.execute("BEGIN")  # as a site does that begins its transactions without IMMEDIATE
    assert late.size() == 30
    with small.db.transaction():
        small.append(list(merkle.acts(1, 30)))
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        late.append(list(merkle.acts(1, 30)))
    late.db.execute("ROLLBACK")
    assert check(small.db).holds


def test_what_is_forgotten_cannot_be_told_and_all_proofs_hold(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    book = merkle.made(path)
    planted = [f"planted-{number}-Siti-di-pasar" for number in range(4)]
    with book.db.transaction():
        book.append(list(merkle.acts(300)))
        secret = [
            Act("intake", merkle.START, planted[0], case=planted[1], object="5e" * 32, detail={"a": planted[2]}),
            Act("view", merkle.START, planted[3], case=planted[1]),
        ]
        entries = book.append(secret * 150)
    opened = [opening for entry in entries for opening in book.openings(entry.seq).values()]
    root, size = book.root(), book.size()
    shown = {entry.seq: book.inclusion(entry.seq) for entry in entries}
    assert any(planted[1].encode() in part.read_bytes() for part in tmp_path.iterdir())
    with book.db.transaction():
        assert book.forget(planted[1]) == 300
    book.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    stored = b"".join(part.read_bytes() for part in tmp_path.iterdir())
    assert not [name for name in planted if name.encode() in stored]
    assert not [opening for opening in opened if opening.salt in stored or opening.salt.hex().encode() in stored]
    assert b"5e" * 32 not in stored
    assert bytes.fromhex("5e" * 32) not in stored
    assert b"officer-1" in stored  # what was not forgotten is still there
    assert (book.of_case(planted[1]), book.openings(entries[0].seq)) == ([], {})
    for entry in entries:
        assert book.entry(entry.seq) == entry
        assert verify_inclusion(entry.leaf, entry.seq, size, shown[entry.seq], book.root())
    with book.db.transaction():
        book.append([Act("destroy", merkle.START, "officer", detail={"entries": 300})])
    assert verify_consistency(size, size + 1, root, book.root(), book.consistency(size))
    found = check(book.db)
    assert (found.holds, found.closed, found.problems) == (True, 300, ())


def test_a_root_above_missing_or_odd_rows_is_refused(tmp_path: Path) -> None:
    harms = (
        "DELETE FROM ledger_entry WHERE seq = 600",
        "UPDATE ledger_entry SET body = 'text' WHERE seq = 600",
        "UPDATE ledger_tile SET hashes = substr(hashes, 2) WHERE idx = 1",
        "UPDATE ledger_tile SET hashes = 'text' WHERE idx = 0",
        "UPDATE ledger_tile SET root = 5 WHERE idx = 1",
        "DELETE FROM ledger_tile WHERE idx = 0",
    )
    for number, harm in enumerate(harms):
        book = merkle.made(tmp_path / f"{number}.db", 610)
        for (name,) in book.db.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            book.db.execute(f"DROP TRIGGER {name}")
        book.db.execute(harm)
        refused = 0
        for question in (book.root, partial(book.inclusion, 256), partial(book.inclusion, 0)):
            try:
                question()
            except LedgerBroken as error:
                refused += "changed without the ledger" in str(error)
        assert refused, harm
