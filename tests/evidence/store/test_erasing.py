"""After erasing nothing of it is anywhere in the store, and everything else still verifies."""

import hashlib
import json
import sqlite3
from datetime import date

import pytest

from telusur.domain.errors import BadInput
from telusur.evidence import ledger, signing, vault
from telusur.evidence import store as stores

SECRET = b"TANDA-RAHASIA-4711 dari pelapor"
RECEIPT = stores.Receipt("platform_export", claimed_at="2019-07-17")


@pytest.fixture
def held(store, put):
    for i in range(30):
        put(f"K-{i % 3}", **{f"f{i}": b"isi %d" % i})
    put("K-PLANTED", RECEIPT, **{"nama-berkas-rahasia": SECRET, "f": SECRET * 50_000})
    stores.hold(store, "K-PLANTED", grounds="alasan-tahan-rahasia", by="orang-penahan-rahasia")
    stores.release(store, "K-PLANTED", grounds="x", by="x")
    put("K-0", zz=b"sesudahnya")
    return store


def test_nothing_of_it_stays_in_any_byte_of_the_store(held, everything_in):
    digest = hashlib.sha256(SECRET).digest()
    planted = [
        b"TANDA-RAHASIA",
        b"nama-berkas-rahasia",
        b"alasan-tahan-rahasia",
        b"orang-penahan-rahasia",
        b"K-PLANTED",
        b"2019-07-17",
        digest.hex().encode(),
        digest,
    ]
    salts = [held.ledger.openings(seq)["case"].salt for seq in held.ledger.of_case("K-PLANTED")]
    salts += [salt.hex().encode() for salt in salts]
    before = everything_in(held.folder)
    assert [one in before for one in planted] == [False, *[True] * 6, False]
    objects = set(held.folder.glob("objects/??/*"))
    stores.erase(held, "K-PLANTED", grounds="JRA 7", by="kepala")
    after = everything_in(held.folder)
    assert [one for one in (*planted, *salts) if one in after] == []
    assert len(objects - set(held.folder.glob("objects/??/*"))) == 2
    held.close()
    assert [one for one in (*planted, *salts) if one in everything_in(held.folder)] == []


def test_everything_else_still_verifies(held):
    old, _ = held.checkpoint()
    stores.erase(held, "K-PLANTED", grounds="JRA 7", by="kepala")
    found = stores.check(held, fingerprint=held.fingerprint, against=old)
    assert found.problems == ()
    assert found.files == 31
    for case in ("K-0", "K-1", "K-2"):
        for seq in held.ledger.of_case(case):
            proof = held.signed.proof(seq)
            signing.verify(proof, held.ledger.entry(seq).leaf, held.verify_keys)


def test_nothing_can_be_opened_or_asked_for_any_more(held):
    [first, *_] = stores.lines(held, "K-PLANTED")
    stores.erase(held, "K-PLANTED", grounds="JRA 7", by="kepala")
    with pytest.raises(BadInput):
        held.vault.open("K-PLANTED", first.object)
    assert list(stores.lines(held, "K-PLANTED")) == []
    closed = [line for line in stores.lines(held) if line.closed]
    assert [line.seq for line in closed] == [31, 32, 33, 34]
    assert {(line.actor, line.case, line.object, line.detail) for line in closed} == {(None,) * 4}
    with pytest.raises(BadInput, match="no case"):
        stores.erase(held, "K-PLANTED", grounds="x", by="x")


def test_a_hold_forbids_it_and_nothing_happens(held, everything_in):
    stores.hold(held, "K-PLANTED", grounds="gugatan", by="kepala")
    size = held.ledger.size()
    with pytest.raises(BadInput, match=r"hold stands.*gugatan"):
        stores.erase(held, "K-PLANTED", grounds="x", by="x")
    assert held.ledger.size() == size
    assert stores.check(held).holds


@pytest.mark.parametrize(("grounds", "by"), [("", "x"), ("x", " ")])
def test_nobody_erases_without_saying_why_and_who(held, grounds, by):
    with pytest.raises(BadInput, match="--grounds, --by"):
        stores.erase(held, "K-PLANTED", grounds=grounds, by=by)


def test_the_same_bytes_in_another_case_stay_there(held, put):
    put("K-1", sama=SECRET)
    stores.erase(held, "K-PLANTED", grounds="x", by="x")
    sha256 = hashlib.sha256(SECRET).hexdigest()
    assert held.vault.open("K-1", sha256).read() == SECRET
    assert stores.check(held).holds


def test_who_knows_the_name_of_a_case_learns_that_it_was_destroyed(held, put):
    proof = stores.erase(held, "K-PLANTED", grounds="x", by="x")
    seq = held.ledger.size() - 1
    assert stores.earlier(held, "K-PLANTED") == [seq]
    assert stores.earlier(held, "K-LAIN") == []
    again = stores.proof_of(held, seq, "K-PLANTED")
    assert again.as_json() == proof.as_json()
    with pytest.raises(BadInput, match="destroyed no case"):
        stores.proof_of(held, seq, "K-LAIN")
    put("K-PLANTED", baru=b"baru")
    assert stores.check(held).holds


def test_only_what_is_due_goes(held, put, everything_in):
    put("K-PLANTED", stores.Receipt("screenshot"), gambar=b"tinggal di sini")
    stores.close(held, "K-PLANTED", stage="cleared", on=date(2023, 11, 30), by="kepala")
    day = date(2024, 3, 1)
    planned = stores.plan(held, "K-PLANTED", due_on=day)
    assert not planned.whole
    assert [item.name for item in planned.files] == ["nama-berkas-rahasia.txt", "f.txt"]
    proof = stores.erase(held, "K-PLANTED", grounds="JRA", by="kepala", due_on=day)
    assert proof.said["whole"] is False
    held_bytes = everything_in(held.folder)
    assert b"nama-berkas-rahasia" not in held_bytes
    assert hashlib.sha256(SECRET).hexdigest().encode() not in held_bytes
    [left] = stores.keeping(held, "K-PLANTED").files
    assert held.vault.open("K-PLANTED", left.item.sha256).read() == b"tinggal di sini"
    assert stores.check(held).holds
    with pytest.raises(BadInput, match="nothing of the case"):
        stores.erase(held, "K-PLANTED", grounds="JRA", by="kepala", due_on=day)


def test_a_file_that_is_also_kept_under_another_kind_stays(store, put):
    put("K-1", RECEIPT, a=b"sama")
    put("K-1", stores.Receipt("screenshot"), b=b"sama")
    stores.close(store, "K-1", stage="cleared", on=date(2023, 11, 30), by="kepala")
    with pytest.raises(BadInput, match="nothing of the case"):
        stores.plan(store, "K-1", due_on=date(2024, 3, 1))
    assert stores.plan(store, "K-1", due_on=date(2024, 6, 1)).whole


def test_a_reader_in_the_way_is_told_and_erasing_is_ended_by_sweeping(held, everything_in):
    held.connection.execute("PRAGMA busy_timeout=50")
    reader = sqlite3.connect(held.folder / "store.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT COUNT(*) FROM item").fetchone()
    with pytest.raises(vault.DatabaseLocked):
        stores.erase(held, "K-PLANTED", grounds="x", by="x")
    reader.execute("ROLLBACK")
    reader.close()
    assert held.sweep().orphans == 2
    assert b"nama-berkas-rahasia" not in everything_in(held.folder)
    assert stores.check(held).holds


def test_what_was_deleted_without_a_destruction_is_found(held):
    held.db.execute("DELETE FROM ledger_opening WHERE seq IN (31, 32)")
    assert any("no destruction was recorded" in words.en for words in stores.check(held).problems)


def test_a_destruction_cannot_be_claimed_by_another_entry(held):
    stores.erase(held, "K-PLANTED", grounds="x", by="x")
    held.db.execute("UPDATE destroyed SET seq = 1")
    assert not stores.check(held).holds


def test_the_proof_holds_without_the_store_and_says_nothing_else_holds(held):
    proof = stores.erase(held, "K-PLANTED", grounds="JRA 7", by="kepala")
    document = json.loads(json.dumps(proof.as_json()))
    assert stores.verify(stores.Proof.of(document), held.fingerprint) == ()
    assert document["objects"] == 2
    assert document["entries"] == [[31, 34]]
    assert document["bytes"] == 50_001 * len(SECRET)
    assert ledger.commit(b"K-PLANTED", bytes.fromhex(document["salts"]["case"])).hex() in document["detail"]
    assert stores.verify(stores.Proof.of(document), "0" * 64)
