"""Verifying all heads: each kind of change is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import merkle
from signed_logs import AT, Office, key, opened, witness_key
from telusur.evidence import signing
from telusur.evidence.ledger import Ledger
from telusur.evidence.signing import Checkpoint, cosign
from telusur.evidence.signing.log_check import _roots


def test_roots_of_every_size_are_those_of_the_definition(tmp_path: Path) -> None:
    book: Ledger = merkle.made(tmp_path / "ledger.db", 70)
    leaves = [entry.leaf for entry in book.entries()]

    found = list(_roots(book.db, list(range(71))))

    assert found == [(size, merkle.root(leaves[:size])) for size in range(71)]
    book.db.connection.close()


def test_roots_far_apart_are_those_of_the_ledger(tmp_path: Path) -> None:
    book: Ledger = merkle.made(tmp_path / "ledger.db", 5000)
    sizes = [1, 255, 256, 257, 1024, 4095, 4096, 4097, 4999, 5000]

    assert list(_roots(book.db, sizes)) == [(size, book.root(size)) for size in sizes]
    assert list(_roots(book.db, [5000, 5001])) == [(5000, book.root()), (5000, None)]
    book.db.connection.close()


@pytest.mark.parametrize("seq", [0, 3, 8])
def test_a_changed_entry_is_told_with_the_first_head_it_spoils(office: Office, seq: int) -> None:
    for _ in range(8):
        office.act()
    with office.unguarded() as db:
        db.execute("UPDATE ledger_entry SET body = ? WHERE seq = ?", (b"{}", seq))

    assert f"the entries up to number {seq} are no longer what was signed" in office.check()
    assert f"({9 - seq} of 9 checkpoints do not fit)" in office.check()


def test_a_body_that_is_no_longer_bytes_is_a_changed_entry(office: Office) -> None:
    office.act()
    with office.unguarded() as db:
        db.execute("UPDATE ledger_entry SET body = 'text' WHERE seq = 1")

    assert "no longer what was signed" in office.check()


def test_removed_entries_are_told(office: Office) -> None:
    for _ in range(4):
        office.act()
    with office.unguarded() as db:
        db.execute("DELETE FROM ledger_entry WHERE seq >= 2")

    assert office.check() == "the ledger has 2 entries, but 5 were signed: entries were removed"


def test_an_old_backup_is_known_by_the_head_kept_outside(tmp_path: Path) -> None:
    with opened(tmp_path / "store.db") as office:
        office.begin()
        office.act()
        office.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(tmp_path / "store.db", tmp_path / "old.db")
        head = office.act()
    with opened(tmp_path / "old.db") as restored:
        assert restored.check(key().fingerprint) == ""
        told = restored.check(key().fingerprint, head)
    assert "has checkpoints up to 2 entries, but 3 were signed: it is an old backup" in told


def test_a_ledger_that_went_another_way_is_known_by_the_head_kept_outside(office: Office, tmp_path: Path) -> None:
    with opened(tmp_path / "fork.db") as fork:
        fork.begin()
        head = fork.act(3)
    office.act(3)

    assert "no longer what was signed" in office.check(key().fingerprint, head)


@pytest.mark.parametrize(
    "head", [b"", b"rubbish\n", signing.sign(Checkpoint(key().name, 1, bytes(32)).text(), [key(2)])]
)
def test_a_head_outside_that_does_not_hold_is_told(office: Office, head: bytes) -> None:
    assert "the note kept outside the database does not hold" in office.check(None, head)


def test_an_older_head_outside_is_no_fault(office: Office) -> None:
    head = office.act()
    office.act()
    office.rotate(key(2))
    office.act()

    assert office.check(key().fingerprint, head) == ""


def test_another_fingerprint_is_told(office: Office) -> None:
    assert office.check("0" * 64) == f"no key of this log has the fingerprint {'0' * 64}"


def test_a_log_signed_anew_with_another_key_is_known_by_the_fingerprint(office: Office, tmp_path: Path) -> None:
    with opened(tmp_path / "forged.db") as forged:
        forged.log = signing.Log(forged.db, forged.log.ledger, key(5))
        forged.begin()
        assert forged.check() == ""
        assert "no key of this log" in forged.check(key().fingerprint)
        assert "does not hold" in forged.check(None, office.log.last())


def test_every_changed_head_is_told_not_only_the_last(office: Office) -> None:
    for _ in range(3):
        office.act()
    for size in (1, 2, 3, 4):
        note = office.log.note(size) or b""
        forged = signing.sign(Checkpoint(key().name, size, bytes(32)).text(), [key()])
        other = signing.sign(Checkpoint(key().name, 9, bytes(32)).text(), [key()])
        for changed in (note.replace(b"=", b"A", 1), forged, other, b"\xff"):
            with office.unguarded() as db:
                db.execute("UPDATE ledger_checkpoint SET note = ? WHERE size = ?", (changed, size))
            assert f"checkpoint at {size} entries does not hold" in office.check() or "do not fit" in office.check()
            with office.unguarded() as db:
                db.execute("UPDATE ledger_checkpoint SET note = ? WHERE size = ?", (note, size))
    assert office.check() == ""


def test_a_change_of_keys_that_was_tampered_with_is_told(office: Office) -> None:
    office.rotate(key(2))
    office.act()
    (change,) = office.log.changes()
    forged = signing.KeyChange(key().name, 2, key(3).verify_key).signed([key(3)])
    elsewhere = signing.KeyChange(key().name, 3, key(2).verify_key).signed([key(1), key(2)])
    for changed in (None, forged, elsewhere, change.replace(b"=\n", b"A\n", 1)):
        with office.unguarded() as db:
            db.execute("UPDATE ledger_key SET change = ? WHERE from_size = 2", (changed,))
        assert "change of keys at 2 entries does not hold" in office.check() or "damaged" in office.check()
    with office.unguarded() as db:
        db.execute("UPDATE ledger_key SET change = ? WHERE from_size = 2", (change,))
    assert office.check() == ""


def test_a_key_slipped_in_by_who_owns_the_database_is_told(office: Office) -> None:
    office.act()
    thief = key(5)
    with office.unguarded() as db:
        change = signing.KeyChange(key().name, 2, thief.verify_key).signed([thief])
        db.execute("INSERT INTO ledger_key (from_size, vkey, change) VALUES (2, ?, ?)", (thief.vkey, change))
    office.log = signing.Log(office.db, office.log.ledger, thief)

    assert "change of keys at 2 entries does not hold" in office.check()
    with pytest.raises(signing.NoteRefused):
        signing.follow(key().verify_key, office.log.changes())


def test_a_broken_key_ends_the_check_with_a_sentence(office: Office) -> None:
    with office.unguarded() as db:
        db.execute("UPDATE ledger_key SET vkey = 'x'")

    assert "a key of the log is damaged" in office.check()


def test_a_signature_stripped_from_where_keys_changed_is_told(office: Office) -> None:
    note = office.rotate(key(2))
    lines = note.decode().splitlines(keepends=True)
    for left_out in (-1, -2):
        kept = "".join(line for line in lines if line != lines[left_out]).encode()
        with office.unguarded() as db:
            db.execute("UPDATE ledger_checkpoint SET note = ? WHERE size = 2", (kept,))
        assert "not signed by the key in force" in office.check()


def test_a_cosignature_that_was_changed_is_told(office: Office) -> None:
    answer = cosign(office.act(), [key().verify_key], None, (), witness_key(), AT)
    with office.db.transaction():
        office.log.take_cosigned(answer, witness_key().verify_key)
    assert office.check() == ""
    for statement in (
        "UPDATE ledger_cosignature SET line = replace(line, '— ', '')",
        "UPDATE ledger_cosignature SET line = replace(line, 'a', 'b')",
        "UPDATE ledger_cosignature SET size = 1",
        "UPDATE ledger_cosignature SET size = 77",
    ):
        with office.unguarded() as db:
            db.execute("SAVEPOINT before")
            db.execute(statement)
            told = office.check()
            db.execute("ROLLBACK TO before")
            db.execute("RELEASE before")
        assert "cosignature at" in told


def test_a_trigger_that_was_taken_away_is_told(office: Office) -> None:
    office.db.execute("DROP TRIGGER ledger_checkpoint_kept")

    assert office.check() == "the trigger ledger_checkpoint_kept is missing or was altered"


def test_a_head_of_another_size_in_the_place_of_one_is_told(office: Office) -> None:
    office.act()
    office.act()
    with office.unguarded() as db:
        db.execute(
            "UPDATE ledger_checkpoint SET note = (SELECT note FROM ledger_checkpoint WHERE size = 3) WHERE size = 2"
        )

    assert "the checkpoint at 2 entries does not hold: another size" in office.check()


def test_heads_without_a_key_are_told(office: Office) -> None:
    with office.unguarded() as db:
        db.execute("DELETE FROM ledger_key")

    assert "no key is in force" in office.check()
