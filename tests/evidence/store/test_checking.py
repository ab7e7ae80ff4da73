"""Whatever somebody changes in a store is found."""

import sqlite3

import pytest

from telusur.evidence import store as stores
from telusur.evidence.store import layout


def changed(store, *statements):
    """Change the database as somebody with a shell would: triggers out of the way, and put back."""
    triggers = store.db.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    for name, _ in triggers:
        store.db.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        assert store.db.execute(statement).rowcount > 0, statement
    for _, made in triggers:
        store.db.execute(made)


@pytest.fixture
def held(store, put):
    put("K-1", stores.Receipt("screenshot", supplied_by="reporter"), a=b"satu", b=b"dua")
    put("K-2", c=b"tiga")
    assert stores.check(store).problems == ()
    return store


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE item SET grade = 'A' WHERE seq = 1",
        "UPDATE item SET name = 'lain.txt' WHERE seq = 2",
        "UPDATE item SET case_id = 'K-9' WHERE seq = 1",
        "UPDATE item SET claimed_at = '2024-01-01' WHERE seq = 3",
        "UPDATE item SET taken_before_officer = 1 WHERE seq = 1",
        "UPDATE item SET sha256 = (SELECT sha256 FROM item WHERE seq = 2) WHERE seq = 1",
        "UPDATE item SET seq = 77 WHERE seq = 1",
        "UPDATE item SET problems = 'rusak' WHERE seq = 1",
        "DELETE FROM item WHERE seq = 1",
        "DELETE FROM ledger_opening WHERE seq = 1",
        "UPDATE ledger_opening SET actor = 'lain' WHERE seq = 1",
        "DELETE FROM ledger_entry WHERE seq = 3",
        "DELETE FROM ledger_entry WHERE seq = 1",
        "UPDATE ledger_entry SET body = replace(CAST(body AS TEXT), 'seal', 'view') WHERE seq = 2",
        "DELETE FROM ledger_checkpoint WHERE size = (SELECT MAX(size) FROM ledger_checkpoint)",
        "UPDATE ledger_key SET vkey = 'x'",
        "DELETE FROM vault_object WHERE rowid = 1",
        "UPDATE vault_object SET case_id = 'K-2' WHERE case_id = 'K-1'",
        "UPDATE vault_case SET wrapped_key = x'00' WHERE case_id = 'K-1'",
    ],
)
def test_a_row_that_was_changed_is_found(held, statement):
    changed(held, statement)
    assert not stores.check(held).holds


def test_a_trigger_that_was_dropped_is_found(held):
    held.db.execute("DROP TRIGGER ledger_entry_stays")
    assert not stores.check(held).holds


def test_an_entry_that_was_put_in_without_a_signature_is_found(held, tmp_path):
    body = held.ledger.entry(3).body.replace(b'"seq":3', b'"seq":4')
    held.db.execute("INSERT INTO ledger_entry (seq, body) VALUES (4, ?)", (body,))
    found = stores.check(held)
    assert not found.holds


@pytest.mark.parametrize("change", ["altered", "cut", "gone", "swapped"])
def test_an_object_that_was_changed_is_found(held, change):
    one, other = sorted((held.folder / "objects").glob("??/*"))[:2]
    if change == "altered":
        content = bytearray(one.read_bytes())
        content[-1] ^= 1
        one.chmod(0o600)
        one.write_bytes(content)
        one.chmod(0o400)
    elif change == "cut":
        one.chmod(0o600)
        one.write_bytes(one.read_bytes()[:-1])
        one.chmod(0o400)
    elif change == "gone":
        one.unlink()
    else:
        content = other.read_bytes()
        one.chmod(0o600)
        one.write_bytes(content)
        one.chmod(0o400)
    assert not stores.check(held).holds
    assert stores.check(held, files=False).holds


def test_another_fingerprint_is_found(held):
    assert not stores.check(held, fingerprint="0" * 64).holds


def test_a_checkpoint_kept_elsewhere_shows_what_was_cut_off_and_what_was_replaced(held, put, tmp_path):
    old, _ = held.checkpoint()
    with sqlite3.connect(tmp_path / "lama.db") as copy:
        held.connection.backup(copy)
    copy.close()
    put("K-3", d=b"empat")
    new, _ = held.checkpoint()
    assert stores.check(held, against=old).holds
    held.close()
    (tmp_path / "lama.db").replace(held.folder / layout.DATABASE)
    for name in ("store.db-wal", "store.db-shm", layout.HEAD):
        (held.folder / name).unlink(missing_ok=True)
    with stores.Store.open(held.folder) as opened:
        # Without the head beside it the older state holds in itself; what was kept elsewhere tells.
        assert stores.check(opened, files=False).holds
        [cut] = stores.check(opened, files=False, against=new).problems
        assert "5 entries" in cut.en
        [other] = stores.check(opened, files=False, against=new.replace(b"\n5\n", b"\n4\n")).problems
        assert "does not hold" in other.en
        (tmp_path / "lain").write_bytes(b"isi")
        stores.add(opened, "K-4", stores.given([tmp_path / "lain"], stores.Receipt()), actor="x")
        [replaced] = stores.check(opened, files=False, against=new).problems
        assert "history was replaced" in replaced.en


def test_progress_is_told(held):
    told = []
    stores.check(held, progress=lambda part, done, whole: told.append((part, done <= whole)))
    assert {part for part, _ in told} == {"ledger", "files listed", "files"}
    assert all(within for _, within in told)
