"""What a store gives to a bundle is all that proves a case."""

import shutil
import subprocess

import pytest

from telusur.domain.errors import BadInput
from telusur.evidence import bundle, ledger
from telusur.evidence import store as stores


@pytest.fixture
def made(store, put, tmp_path):
    put("K-1", stores.Receipt("screenshot"), a=b"satu", b=b"dua")
    put("K-2", c=b"tiga")
    stores.hold(store, "K-1", grounds="gugatan", by="kepala")
    return bundle.make(stores.gather(store, "K-1"), tmp_path / "bundel")


def test_a_bundle_of_a_case_holds_by_both_verifiers(store, made):
    assert bundle.verify(made.folder, store.fingerprint).holds
    run = subprocess.run(["sh", "verify.sh", store.fingerprint], cwd=made.folder, capture_output=True, check=False)
    assert run.returncode == 0, run.stderr


def test_it_holds_the_files_and_every_entry_of_the_case_and_no_others(store, made):
    found = stores.gather(store, "K-1")
    assert [(piece.name, piece.grade) for piece in found.pieces] == [("a.txt", "E"), ("b.txt", "E")]
    assert [record.seq for record in found.records] == [1, 2, 4]
    for record in found.records:
        assert ledger.verify_inclusion(
            ledger.leaf_hash(record.body), record.seq, made.size, list(record.proof), made.root
        )
    with found.pieces[0].open() as file:
        assert file.read() == b"satu"


def test_the_same_store_gives_the_same_bytes(store, made, tmp_path, everything_in):
    bundle.make(stores.gather(store, "K-1"), tmp_path / "lagi")
    assert everything_in(tmp_path / "lagi") == everything_in(made.folder)


def test_that_it_left_is_recorded(store, made):
    seq = stores.exported(store, "K-1", made, actor="petugas", withheld=["b.txt"])
    [*_, line] = stores.lines(store, "K-1")
    assert (line.seq, line.type, line.actor) == (seq, "export", "petugas")
    assert line.detail == {"what": "bundle", "tree_size": 5, "root": made.root.hex(), "withheld": ["b.txt"]}
    assert bundle.verify(made.folder, store.fingerprint).holds


def test_a_bundle_still_verifies_after_its_store_was_lost_restored_and_went_on(store, put, made, tmp_path):
    stores.backup(store, tmp_path / "c.tar", actor="x", passphrase="p", with_keys=True)
    fingerprint = store.fingerprint
    store.close()
    shutil.rmtree(store.folder)
    assert stores.restore(tmp_path / "c.tar", store.folder, ask=lambda: "p").holds
    assert bundle.verify(made.folder, fingerprint).holds
    with stores.Store.open(store.folder, lambda: "p") as opened:
        again = bundle.make(stores.gather(opened, "K-1"), tmp_path / "lagi")
    assert bundle.verify(again.folder, fingerprint).holds


def test_a_bundle_still_verifies_after_another_case_was_erased(store, made):
    stores.erase(store, "K-2", grounds="x", by="x")
    assert bundle.verify(made.folder, store.fingerprint).holds
    assert stores.gather(store, "K-1").pieces


def test_what_is_not_there_cannot_be_gathered(store, put):
    with pytest.raises(BadInput, match="no case"):
        stores.gather(store, "K-9")
    with store.acting():
        store.ledger.append([ledger.Act("decision", store.now(), "x", case="K-3")])
    with pytest.raises(BadInput, match="no files"):
        stores.gather(store, "K-3")
