"""Destroying: afterwards nothing of a file, its hash or its keys lies anywhere, and all else is as it was."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path

import pytest

from telusur.evidence.database import Database, open_sqlite
from telusur.evidence.vault import DatabaseLocked, NotKept, Vault, keys, scrub

ROOT_KEY = bytes(range(32))
PLANTED = b"PLANTED: a witness and what she saw"
SHA256 = hashlib.sha256(PLANTED).hexdigest()


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def where_found(folder: Path, secrets: dict[str, bytes]) -> list[str]:
    return [
        f"{what} in {path}"
        for path, held in bytes_of(folder).items()
        for what, secret in secrets.items()
        if secret in held
    ]


def secrets_of(db: Database, case: str) -> dict[str, bytes]:
    """Whatever could lead back to the planted file."""
    (wrapped_case,) = db.row("SELECT wrapped_key FROM vault_case WHERE case_id = ?", (case,))
    case_key = keys.unwrap_case(ROOT_KEY, case, wrapped_case)
    name = keys.name_of(case_key, bytes.fromhex(SHA256))
    (wrapped,) = db.row("SELECT wrapped_key FROM vault_object WHERE name = ?", (name,))
    return {
        "text": PLANTED,
        "hash in hex": SHA256.encode(),
        "hash": bytes.fromhex(SHA256),
        "case key": case_key,
        "object key": keys.unwrap_object(case_key, name, wrapped),
        "wrapped object key": wrapped,
        "name": name.encode(),
    }


def fill(vault: Vault, db: Database, case: str, count: int) -> None:
    """Let the rows of many objects push each other from page to page."""
    with db.transaction():
        vault.put(case, io.BytesIO(b"first of its case"))
        for _ in range(count):
            db.execute(
                "INSERT INTO vault_object (name, case_id, bytes, wrapped_key) VALUES (?, ?, 0, ?)",
                (os.urandom(32).hex(), case, os.urandom(40)),
            )


def with_planted(vault: Vault, db: Database) -> dict[str, bytes]:
    fill(vault, db, "A", 300)
    vault.put("A", io.BytesIO(PLANTED))
    fill(vault, db, "A", 300)
    vault.put("B", io.BytesIO(b"of another case"))
    return secrets_of(db, "A")


@pytest.mark.parametrize("sha256", [SHA256, None], ids=["the file", "the case"])
@pytest.mark.parametrize("transaction", [False, True], ids=["by itself", "in a transaction"])
def test_nothing_of_a_destroyed_file_lies_anywhere(vault: Vault, db: Database, folder: Path, sha256, transaction):
    secrets = with_planted(vault, db)
    if sha256 is None:
        secrets["wrapped case key"] = db.row("SELECT wrapped_key FROM vault_case WHERE case_id = 'A'")[0]
        for name, wrapped in db.rows("SELECT name, wrapped_key FROM vault_object WHERE case_id = 'A'"):
            secrets |= {f"name {name}": name.encode(), f"key of {name}": wrapped}
    if transaction:
        with db.transaction():
            destroyed = vault.destroy("A", sha256)
        assert not destroyed.done
        assert vault.finish(destroyed).done
    else:
        destroyed = vault.destroy("A", sha256)
        assert destroyed.done
    assert where_found(folder, secrets) == []
    assert not vault.has("A", SHA256)
    with pytest.raises(NotKept):
        vault.open("A", SHA256)
    assert not (folder / "objects" / secrets["name"].decode()[:2] / secrets["name"].decode()).exists()
    other = hashlib.sha256(b"of another case").hexdigest()
    assert vault.open("B", other).read() == b"of another case"
    if sha256 is not None:
        assert vault.has("A", hashlib.sha256(b"first of its case").hexdigest())
        assert (destroyed.objects, destroyed.bytes) == (1, len(PLANTED))


def test_the_search_would_find_what_was_not_destroyed(vault: Vault, db: Database, folder: Path):
    secrets = with_planted(vault, db)
    found = where_found(folder, secrets)
    assert any(line.startswith("wrapped object key in") for line in found)
    assert any(line.startswith("name in") for line in found)
    assert not any(line.startswith(("text", "hash", "case key", "object key")) for line in found)


def test_copies_that_a_database_made_while_it_grew_are_wiped_too(folder: Path, db: Database):
    connection = open_sqlite(folder / "store.db")
    # Rows that move between pages leave copies behind, which deleting the row does not reach.
    connection.execute("PRAGMA secure_delete=OFF")
    own = Database(connection)
    careless = Vault(own, folder, ROOT_KEY)
    for _ in range(8):
        for case in "ABC":
            fill(careless, own, case, 60)
        own.execute("DELETE FROM vault_object WHERE bytes = 0 AND case_id = 'C'")
    secrets: dict[str, bytes] = {}
    for name, wrapped in own.rows("SELECT name, wrapped_key FROM vault_object WHERE case_id = 'A'"):
        secrets |= {name: name.encode(), f"key of {name}": wrapped}
    assert careless.destroy("A").objects > 400
    assert where_found(folder, secrets) == []
    connection.close()


def test_whoever_is_ended_before_the_wiping_leaves_a_mark_that_a_sweep_follows(
    vault: Vault, db: Database, folder: Path
):
    secrets = with_planted(vault, db)
    with db.transaction():
        vault.destroy("A")
    assert where_found(folder, secrets)
    assert vault.sweep().orphans == 2
    assert where_found(folder, secrets) == []


def test_a_destruction_that_was_undone_is_never_finished(vault: Vault, db: Database):
    vault.put("A", io.BytesIO(PLANTED))
    db.execute("BEGIN")
    destroyed = vault.destroy("A")
    db.execute("ROLLBACK")
    vault.finish(destroyed)
    assert vault.open("A", SHA256).read() == PLANTED


def test_several_destructions_are_finished_at_once(vault: Vault, db: Database, folder: Path):
    for case in "ABC":
        vault.put(case, io.BytesIO(PLANTED))
    with db.transaction():
        both = [vault.destroy(case) for case in "AB"]
    done = vault.finish(*both)
    assert (done.objects, done.bytes, done.done) == (2, 2 * len(PLANTED), True)
    assert sum(path.is_file() for path in (folder / "objects").rglob("*")) == 1


def test_what_an_undone_transaction_put_is_discarded_and_nothing_that_has_a_row(vault: Vault, db: Database):
    stays = vault.put("A", io.BytesIO(PLANTED))
    db.execute("BEGIN")
    goes = vault.put("A", io.BytesIO(b"undone"))
    db.execute("ROLLBACK")
    assert vault.discard([stays.name, goes.name, "0" * 64]) == 1
    assert vault.open("A", SHA256).read() == PLANTED


def test_what_was_put_again_meanwhile_stays(vault: Vault, db: Database):
    vault.put("A", io.BytesIO(b"another"))
    vault.put("A", io.BytesIO(PLANTED))
    with db.transaction():
        destroyed = vault.destroy("A", SHA256)
    vault.put("A", io.BytesIO(PLANTED))
    vault.finish(destroyed)
    assert vault.open("A", SHA256).read() == PLANTED
    assert vault.check().problems == ()


def test_destroying_nothing_is_no_error_for_a_case_and_one_for_a_file(vault: Vault):
    assert vault.destroy("never seen").objects == 0
    with pytest.raises(NotKept):
        vault.destroy("never seen", SHA256)
    vault.put("A", io.BytesIO(b"another"))
    with pytest.raises(NotKept):
        vault.destroy("A", SHA256)


def test_a_case_starts_anew_with_another_key_after_it_was_destroyed(vault: Vault):
    before = vault.put("A", io.BytesIO(PLANTED))
    vault.destroy("A")
    assert vault.put("A", io.BytesIO(PLANTED)).name != before.name


def test_a_reader_who_stands_in_the_way_is_told_and_a_sweep_ends_it(vault: Vault, db: Database, folder: Path):
    secrets = with_planted(vault, db)
    other = open_sqlite(folder / "store.db")
    other.execute("BEGIN")
    other.execute("SELECT COUNT(*) FROM vault_object").fetchall()
    db.execute("PRAGMA busy_timeout=20")
    with pytest.raises(DatabaseLocked, match="keys were deleted, but another program") as caught:
        vault.destroy("A")
    assert "jurnal" in caught.value.words.id
    assert not vault.has("A", SHA256)
    other.execute("COMMIT")
    other.close()
    assert vault.sweep().orphans == 2
    assert where_found(folder, secrets) == []


def test_a_database_is_not_scrubbed_within_a_transaction(db: Database):
    with db.transaction(), pytest.raises(RuntimeError, match="outside any transaction"):
        scrub(db)


def test_what_others_delete_from_the_same_database_is_wiped_too(vault: Vault, db: Database, folder: Path):
    db.execute("CREATE TABLE item (sha256 TEXT)")
    db.execute("INSERT INTO item VALUES (?)", (SHA256,))
    vault.put("A", io.BytesIO(PLANTED))
    with db.transaction():
        db.execute("DELETE FROM item")
        destroyed = vault.destroy("A")
    vault.finish(destroyed)
    assert where_found(folder, {"hash": SHA256.encode()}) == []
