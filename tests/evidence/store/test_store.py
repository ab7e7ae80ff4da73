"""Making and opening a store, and acting in it."""

import os
import sqlite3
import stat

import pytest

from telusur.domain.errors import BadInput
from telusur.evidence import ledger, signing, vault
from telusur.evidence import store as stores
from telusur.evidence.store import layout


def test_a_new_store_begins_with_its_key_and_a_signed_head(store):
    assert [entry.read()["type"] for entry in store.ledger.entries()] == ["key"]
    checkpoint = signing.open_checkpoint(store.head, store.verify_keys)
    assert (checkpoint.size, checkpoint.root) == (1, store.ledger.root())
    assert stores.check(store, fingerprint=store.fingerprint).holds


def test_keys_are_for_their_owner_alone(store):
    for name in (layout.LOG_KEY, layout.ROOT_KEY):
        assert stat.S_IMODE((store.folder / layout.KEYS / name).stat().st_mode) == 0o600
    assert stat.S_IMODE((store.folder / layout.KEYS).stat().st_mode) == 0o700


def test_a_store_is_never_written_over(store, tmp_path):
    before = store.head
    with pytest.raises(BadInput, match="never written over"):
        stores.Store.create(store.folder, name="x", actor="x")
    assert store.head == before
    (tmp_path / "berkas").write_text("x")
    with pytest.raises(BadInput, match="never written over"):
        stores.Store.create(tmp_path / "berkas", name="x", actor="x")


def test_an_empty_folder_is_taken_and_nothing_stays_beside_it(tmp_path):
    (tmp_path / "kosong").mkdir()
    stores.Store.create(tmp_path / "kosong", name="x", actor="x").close()
    assert [path.name for path in tmp_path.iterdir()] == ["kosong"]


def test_what_could_not_be_made_leaves_nothing(tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(signing.SigningKey, "save", full)
    with pytest.raises(BadInput, match="full"):
        stores.Store.create(tmp_path / "kantor", name="x", actor="x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("missing", [".", layout.SETTINGS, layout.DATABASE])
def test_what_is_no_store_is_told(store, missing, tmp_path):
    store.close()
    folder = tmp_path if missing == "." else store.folder
    if missing != ".":
        (store.folder / missing).unlink()
    with pytest.raises(BadInput, match=r"telusur evidence (init|restore)"):
        stores.Store.open(folder)


@pytest.mark.parametrize(
    ("content", "said"),
    [("{", "no description"), ('{"schema": "telusur.case/1"}', "no description"), ("[]", "no description")],
)
def test_a_description_that_was_changed_is_told(store, content, said):
    store.close()
    (store.folder / layout.SETTINGS).write_text(content)
    with pytest.raises(BadInput, match=said):
        stores.Store.open(store.folder)


def test_an_authority_that_cannot_be_read_is_told_with_its_place(store):
    store.close()
    path = store.folder / layout.SETTINGS
    path.write_text(path.read_text().replace('"authorities": []', '"authorities": [{"name": "a"}]'))
    with pytest.raises(BadInput, match="authorities"):
        stores.Store.open(store.folder)


def test_a_file_that_is_no_database_is_told(store):
    store.close()
    (store.folder / layout.DATABASE).write_bytes(b"bukan basis data" * 100)
    with pytest.raises(BadInput, match="database"):
        stores.Store.open(store.folder)


def test_a_key_under_a_passphrase_opens_with_it_and_with_no_other(tmp_path):
    stores.Store.create(tmp_path / "s", name="x", actor="x", passphrase="frasa sandi").close()
    for given, opens in ((None, False), ("salah", False), ("frasa sandi", True)):
        with stores.Store.open(tmp_path / "s", lambda given=given: given) as opened:
            if opens:
                assert opened.key.fingerprint == opened.fingerprint
            else:
                with pytest.raises(signing.WrongPassphrase), opened.acting():
                    pass


def test_the_ledger_verifies_without_any_key(store, put, reopened):
    put("K-1", a=b"isi")
    for name in (layout.LOG_KEY, layout.ROOT_KEY):
        (store.folder / layout.KEYS / name).unlink()
    with reopened() as opened:
        found = stores.check(opened, fingerprint=opened.fingerprint, files=False)
        assert found.holds
        [lost] = stores.check(opened).problems
        assert "root key" in lost.en


@pytest.mark.parametrize(("name", "said"), [(layout.LOG_KEY, "printed backup"), (layout.ROOT_KEY, "key file")])
def test_a_lost_key_has_its_own_sentence_and_nothing_is_recorded(store, put, reopened, tmp_path, name, said):
    put("K-1", a=b"isi")
    (tmp_path / "lain").write_bytes(b"isi")
    (store.folder / layout.KEYS / name).unlink()
    with reopened() as opened:
        given = stores.given([tmp_path / "lain"], stores.Receipt())
        with pytest.raises(BadInput, match=said):
            stores.add(opened, "K-1", given, actor="x")
        assert opened.ledger.size() == 2


def test_an_act_that_fails_is_not_recorded(store):
    head = store.head

    def fails():
        with store.acting():
            store.ledger.append([ledger.Act("view", store.now(), "x")])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert store.ledger.size() == 1
    assert store.head == head


def test_nothing_is_recorded_on_top_of_an_older_state(store, put, reopened):
    put("K-1", a=b"satu")
    with sqlite3.connect(store.folder / "lama.db") as copy:
        store.connection.backup(copy)
    copy.close()
    put("K-1", b=b"dua")
    store.close()
    (store.folder / "lama.db").replace(store.folder / layout.DATABASE)
    for journal in ("store.db-wal", "store.db-shm"):
        (store.folder / journal).unlink(missing_ok=True)
    with reopened() as opened:
        with pytest.raises(BadInput, match=r"older than the head\.note"), opened.acting():
            pass
        assert any("old backup" in words.en for words in stores.check(opened).problems)


def test_rubbish_in_the_head_is_told_and_mended_by_the_next_act(store, put):
    (store.folder / layout.HEAD).write_bytes(b"")
    assert not stores.check(store).holds
    put("K-1", a=b"isi")
    assert stores.check(store).holds


def test_a_missing_head_is_a_notice(store):
    (store.folder / layout.HEAD).unlink()
    found = stores.check(store)
    assert found.holds
    assert any("head.note" in words.en for words in found.notices)


def test_a_database_that_another_program_locks_has_its_own_sentence(store, put):
    store.connection.execute("PRAGMA busy_timeout=50")
    other = sqlite3.connect(store.folder / layout.DATABASE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(vault.DatabaseLocked):
        put("K-1", a=b"isi")
    other.execute("ROLLBACK")
    other.close()
    assert put("K-1", a=b"isi")[0].seq == 1
    assert stores.check(store).notices == stores.check(store).notices


def test_a_store_that_can_only_be_read_still_verifies(store, put, monkeypatch):
    put("K-1", a=b"isi")
    store.close()
    really = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and really(path, mode))
    with stores.Store.open(store.folder) as opened:
        assert stores.check(opened).holds
        with pytest.raises(vault.StoreReadOnly), opened.acting():
            opened.ledger.append([ledger.Act("view", opened.now(), "x")])


def test_authorities_are_kept_in_the_description(store, tmp_path):
    assert stores.Store.open(store.folder).settings == store.settings
    store.set_authorities(())
    assert layout.read_settings(store.folder).authorities == ()


def test_a_checkpoint_is_the_last_signed_state(store, put):
    put("K-1", a=b"isi")
    note, asked = store.checkpoint()
    assert note == store.head
    assert asked == 0
