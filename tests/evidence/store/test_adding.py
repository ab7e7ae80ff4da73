"""Keeping files: all of one call or none, each with what is known of it."""

import multiprocessing
import os
import zipfile
from pathlib import Path

import pytest

from telusur.domain.errors import BadInput, SeveralProblems
from telusur.domain.evidence import Grade
from telusur.evidence import store as stores
from telusur.evidence.store import adding, items

RECEIPT = stores.Receipt(
    "screenshot",
    Grade.E,
    "reporter",
    taken_before_officer=False,
    claimed_at="2024-01-20",
    captured_at="2024-02-01T09:00+07:00",
)


def test_a_file_is_kept_sealed_and_recorded(store, put):
    [item] = put("K-1", RECEIPT, a=b"isi berkas")
    assert (item.seq, item.name, item.size, item.type) == (1, "a.txt", 10, "text/plain")
    assert store.vault.open("K-1", item.sha256).read() == b"isi berkas"
    entry = store.ledger.entry(1)
    assert entry.read()["type"] == "seal"
    assert store.ledger.openings(1)["object"].value == item.sha256
    assert store.ledger.openings(1)["actor"].value == "petugas"
    assert items.of_case(store.db, "K-1") == [item]


def test_four_dates_are_kept_apart(put):
    [item] = put("K-1", RECEIPT, a=b"isi")
    assert (item.claimed_at, item.captured_at) == ("2024-01-20", "2024-02-01T09:00+07:00")
    assert item.uploaded_at.startswith("2024-03-01T02:00")
    assert item.embedded_at is None


def test_the_same_bytes_twice_are_one_object_and_two_entries(store, put):
    put("K-1", a=b"sama", b=b"sama")
    put("K-1", c=b"sama")
    assert store.db.row("SELECT COUNT(*) FROM vault_object") == (1,)
    assert store.ledger.of_case("K-1") == [1, 2, 3]
    assert stores.check(store).holds


def test_the_same_bytes_in_two_cases_share_nothing(store, put):
    put("K-1", a=b"sama")
    put("K-2", a=b"sama")
    names = store.db.rows("SELECT name FROM vault_object")
    assert len({name for (name,) in names}) == 2


def test_many_files_are_one_transaction(store, put):
    put("K-1", **{f"f{i}": str(i).encode() for i in range(20)})
    assert [size for (size,) in store.db.rows("SELECT size FROM ledger_checkpoint ORDER BY size")] == [1, 21]


def test_a_folder_is_walked_in_the_order_of_names(store, tmp_path):
    for name in ("b/2.txt", "b/1.txt", "a.txt"):
        path = tmp_path / "ekspor" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    kept = stores.add(store, "K-1", stores.given([tmp_path / "ekspor"], stores.Receipt()), actor="x")
    assert [item.name for item in kept] == ["ekspor/a.txt", "ekspor/b/1.txt", "ekspor/b/2.txt"]


def test_a_file_that_cannot_be_kept_leaves_nothing_of_the_others(store, put, tmp_path, everything_in):
    files = []
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(name.encode() * 9)
        files += stores.given([tmp_path / name], stores.Receipt())
    (tmp_path / "b").unlink()
    with pytest.raises(BadInput, match="no such file"):
        stores.add(store, "K-1", files, actor="x")
    assert store.ledger.size() == 1
    assert list((store.folder / "objects").glob("??/*")) == []
    assert stores.check(store).notices == stores.check(store).notices[-1:]


@pytest.mark.parametrize("kind", ["link", "pipe", "missing"])
def test_what_is_no_plain_file_is_refused_before_anything_is_kept(store, tmp_path, kind):
    path = tmp_path / "apa"
    if kind == "link":
        path.symlink_to(tmp_path)
    elif kind == "pipe":
        os.mkfifo(path)
    with pytest.raises(BadInput, match="apa"):
        stores.given([path], stores.Receipt())


def test_all_faults_are_told_at_once_and_a_folder_of_nothing_too(tmp_path):
    with pytest.raises(SeveralProblems) as several:
        stores.given([tmp_path / "a", tmp_path / "b"], stores.Receipt())
    assert len(several.value.problems) == 2
    with pytest.raises(BadInput, match="no file"):
        stores.given([tmp_path], stores.Receipt())


def test_a_link_within_a_folder_is_refused(tmp_path):
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "tautan").symlink_to("/etc/hostname")
    with pytest.raises(BadInput, match="tautan"):
        stores.given([tmp_path / "f"], stores.Receipt())


def test_what_is_wrong_with_a_file_is_kept_with_it(store, tmp_path):
    path = tmp_path / "arsip.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("../keluar.txt", "x")
    [item] = stores.add(store, "K-1", stores.given([path], stores.Receipt()), actor="x")
    assert item.type == "application/zip"
    assert item.problems
    assert stores.check(store).holds


def test_a_name_that_is_no_text_is_written_out(store, tmp_path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt"))
    path.write_bytes(b"isi")
    [item] = stores.add(store, "K-1", stores.given([path], stores.Receipt()), actor="x")
    assert item.name == "\\xff.txt"


@pytest.mark.parametrize("case", ["", " K", "K\n1", "x" * 121])
def test_a_case_needs_a_name(store, put, case):
    with pytest.raises(BadInput, match="--case"):
        put(case, a=b"isi")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("claimed_at", "2024-02-30", "no day"),
        ("claimed_at", "2024-02-01T09:00", "zone"),
        ("captured_at", "kemarin", "--captured-at"),
        ("kind", "foto", "--kind"),
        ("supplied_by", "kawan", "--supplied-by"),
    ],
)
def test_what_is_told_of_files_is_read_strictly(field, value, said):
    with pytest.raises(BadInput, match=said):
        stores.Receipt(**{field: value})


def test_large_files_are_read_before_the_database_is_locked(store, put, monkeypatch):
    monkeypatch.setattr(adding, "_LARGE", 3)
    locked = []
    receive = type(store.vault).receive

    def watched(self, *arguments, **options):
        locked.append(store.db.in_transaction)
        return receive(self, *arguments, **options)

    monkeypatch.setattr(type(store.vault), "receive", watched)
    kept = put("K-1", a=b"kecil"[:2], b=b"besar")
    assert locked == [False, True]
    assert [item.name for item in kept] == ["a.txt", "b.txt"]
    assert stores.check(store).holds


def _adds(folder, path, case):
    with stores.Store.open(folder) as opened:
        for _ in range(5):
            stores.add(opened, case, stores.given([path], stores.Receipt()), actor=case)


def test_two_processes_that_add_at_once_both_succeed(store, tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"isi")
    spawn = multiprocessing.get_context("fork")
    both = [spawn.Process(target=_adds, args=(store.folder, path, case)) for case in ("K-1", "K-2")]
    for one in both:
        one.start()
    for one in both:
        one.join(60)
    assert [one.exitcode for one in both] == [0, 0]
    assert store.ledger.size() == 11
    assert stores.check(store).holds


def test_a_file_that_is_rewritten_while_it_is_read_is_refused(store, put, tmp_path, monkeypatch):
    path = tmp_path / "masuk" / "a.txt"
    read = adding._Watched.read

    def rewrites(watched, size=-1, /):
        chunk = read(watched, size)
        if chunk:
            # As long as before, so that its length alone shows nothing.
            path.write_bytes(b"B" * path.stat().st_size)
        return chunk

    monkeypatch.setattr(adding._Watched, "read", rewrites)
    with pytest.raises(BadInput, match="it changed while it was read"):
        put("K-1", a=b"A" * 3_000_000)
    assert store.ledger.size() == 1
    assert store.db.row("SELECT COUNT(*) FROM vault_object") == (0,)
