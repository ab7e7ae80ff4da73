"""The drill: a store is lost, put back from its backup, and all of it verifies."""

import contextlib
import io
import shutil
import tarfile

import pytest

from telusur.domain.errors import BadInput
from telusur.evidence import signing, vault
from telusur.evidence import store as stores
from telusur.evidence.store import layout, rootwrap

PASS = "frasa cadangan"


@pytest.fixture
def made(store, put, tmp_path):
    put("K-1", a=b"satu", b=b"dua")
    stores.backup(store, tmp_path / "c.tar", actor="petugas", passphrase=PASS, with_keys=True)
    return tmp_path / "c.tar"


def restored(made, out, **options):
    return stores.restore(made, out, ask=lambda: PASS, **options)


def test_a_store_that_was_lost_is_put_back_whole(store, put, made, tmp_path):
    store.close()
    shutil.rmtree(store.folder)
    assert restored(made, store.folder).holds
    with stores.Store.open(store.folder, lambda: PASS) as opened:
        assert stores.check(opened).holds
        [first, _] = stores.keeping(opened, "K-1").files
        assert opened.vault.open("K-1", first.item.sha256).read() == b"satu"
        given = stores.given([made], stores.Receipt())
        stores.add(opened, "K-2", given, actor="x")
        assert stores.check(opened).holds
    assert sorted(path.name for path in tmp_path.iterdir()) == ["c.tar", "kantor", "masuk"]


def test_making_one_is_recorded_and_the_copy_holds_the_record(store, made, tmp_path):
    last = list(stores.lines(store))[-1]
    assert (last.type, last.detail) == ("export", {"what": "backup", "keys": True})
    assert restored(made, tmp_path / "lain").size == store.ledger.size()


def test_no_key_is_in_it_unless_asked_for_and_then_under_the_passphrase(store, made, tmp_path):
    root = vault.load_root_key(store.folder / layout.KEYS / layout.ROOT_KEY)
    held = made.read_bytes()
    assert root not in held
    assert root.hex().encode() not in held
    assert b"BEGIN PRIVATE KEY" not in held
    assert b"BEGIN ENCRYPTED PRIVATE KEY" in held
    stores.backup(store, tmp_path / "tanpa.tar", actor="x")
    assert b"PRIVATE KEY" not in (tmp_path / "tanpa.tar").read_bytes()
    with pytest.raises(BadInput, match="passphrase"):
        stores.backup(store, tmp_path / "x.tar", actor="x", with_keys=True)


def test_without_keys_the_ledger_verifies_and_the_files_wait_for_theirs(store, put, tmp_path):
    put("K-1", a=b"satu")
    stores.backup(store, tmp_path / "c.tar", actor="x")
    found = restored(tmp_path / "c.tar", tmp_path / "lain")
    assert found.holds
    assert any("holds no keys" in words.en for words in found.notices)
    for name in (layout.LOG_KEY, layout.ROOT_KEY):
        shutil.copy(store.folder / layout.KEYS / name, tmp_path / "lain" / layout.KEYS / name)
    with stores.Store.open(tmp_path / "lain") as opened:
        assert stores.check(opened).holds


def test_an_older_backup_is_detected_by_a_newer_checkpoint_and_not_put_back(store, put, made, tmp_path):
    put("K-1", c=b"tiga")
    newest, _ = store.checkpoint()
    found = restored(made, tmp_path / "lain", against=newest)
    assert not found.holds
    assert "old backup" in found.problems[0].en
    assert not (tmp_path / "lain").exists()
    assert restored(made, tmp_path / "lain").holds


def test_a_store_is_never_written_over_by_its_backup(store, made, tmp_path):
    with pytest.raises(BadInput, match="never written over"):
        restored(made, store.folder)


@pytest.mark.parametrize("given", [None, "salah"])
def test_a_wrong_passphrase_puts_nothing_back(made, tmp_path, given):
    with pytest.raises(BadInput, match="passphrase"):
        stores.restore(made, tmp_path / "lain", ask=lambda: given)
    assert not (tmp_path / "lain").exists()


def rewritten(made, out, change):
    with tarfile.open(made) as old, tarfile.open(out, "w") as new:
        for member in old:
            for info, content in change(member, old.extractfile(member).read()):
                info.size = len(content)
                new.addfile(info, io.BytesIO(content))


def altered(name):
    def change(member, content):
        if name in member.name:
            content = bytes([*content[:-1], content[-1] ^ 1])
        yield member, content

    return change


def left_out(name):
    def change(member, content):
        if name not in member.name:
            yield member, content

    return change


def twice(member, content):
    yield member, content
    yield member, content


def escaping(member, content):
    yield member, content
    if member.name == layout.SETTINGS:
        yield tarfile.TarInfo("../keluar.txt"), content


@pytest.mark.parametrize(
    "change",
    [
        altered("objects/"),
        altered("head.note"),
        left_out("objects/"),
        left_out(layout.DATABASE),
        left_out(layout.SETTINGS),
        left_out("telusur-backup.json"),
        altered("root.key.wrapped"),
        twice,
        escaping,
    ],
)
def test_a_backup_that_was_changed_is_not_put_back(made, tmp_path, change):
    rewritten(made, tmp_path / "rusak.tar", change)
    with contextlib.suppress(BadInput):
        assert not restored(tmp_path / "rusak.tar", tmp_path / "baru" / "lain").holds
    assert list((tmp_path / "baru").iterdir()) == []
    assert not (tmp_path / "keluar.txt").exists()


@pytest.mark.parametrize("content", [b"", b"bukan tar" * 200])
def test_what_is_no_backup_is_told(tmp_path, content):
    (tmp_path / "x.tar").write_bytes(content)
    with pytest.raises(BadInput, match="no backup"):
        restored(tmp_path / "x.tar", tmp_path / "lain")
    with pytest.raises(BadInput, match="no such file"):
        restored(tmp_path / "tiada.tar", tmp_path / "lain")
    with pytest.raises(BadInput, match="no backup"):
        restored(tmp_path, tmp_path / "lain")


def test_a_backup_that_was_cut_short_is_told(made, tmp_path):
    (tmp_path / "x.tar").write_bytes(made.read_bytes()[:-20_000])
    with pytest.raises(BadInput, match="no backup"):
        restored(tmp_path / "x.tar", tmp_path / "lain")


def test_a_backup_goes_on_another_disk(store, made, tmp_path):
    with pytest.raises(BadInput, match="in the store itself"):
        stores.backup(store, store.folder / "c.tar", actor="x")
    with pytest.raises(BadInput, match="--force"):
        stores.backup(store, made, actor="x")
    stores.backup(store, made, actor="x", force=True)
    assert [path.name for path in store.folder.glob(".*")] == [".lock"]


def test_the_own_schedule_goes_along(store, put, tmp_path):
    put("K-1", a=b"satu")
    (store.folder / "retention.yaml").write_text("schema: telusur.retention/1\n")
    stores.backup(store, tmp_path / "c.tar", actor="x")
    restored(tmp_path / "c.tar", tmp_path / "lain")
    assert (tmp_path / "lain" / "retention.yaml").is_file()


def test_a_wrapped_key_that_was_damaged_is_told():
    written = rootwrap.wrapped(b"k" * 32, PASS)
    assert rootwrap.unwrapped(written, PASS) == b"k" * 32
    with pytest.raises(BadInput, match="damaged"):
        rootwrap.unwrapped(written[:-2], PASS)


def test_what_was_signed_before_verifies_after_the_drill(store, made, tmp_path):
    proof = store.signed.proof(1)
    restored(made, tmp_path / "lain")
    with stores.Store.open(tmp_path / "lain") as opened:
        signing.verify(proof, opened.ledger.entry(1).leaf, opened.verify_keys)
