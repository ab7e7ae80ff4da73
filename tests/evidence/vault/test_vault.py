"""What a vault promises of the files it keeps."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import zipfile
from pathlib import Path

import pytest

from telusur.domain.errors import BadInput
from telusur.evidence.database import Database, open_sqlite
from telusur.evidence.vault import (
    DatabaseLocked,
    KeyLost,
    NotKept,
    ObjectAltered,
    ObjectMissing,
    SourceChanged,
    SourceTooLarge,
    Vault,
    create,
)
from telusur.evidence.vault.stream import CHUNK, HEADER, TAG

CONTENT = b"a picture of a banner"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "objects").rglob("*") if path.is_file())


def object_of(folder: Path, name: str) -> Path:
    return folder / "objects" / name[:2] / name


def alter(path: Path, change) -> None:
    content = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(change(content))


# Keeping


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, 2 * CHUNK + 1])
def test_a_file_comes_back_as_it_came_in(vault: Vault, tmp_path: Path, length):
    plain = os.urandom(length)
    (tmp_path / "in").write_bytes(plain)
    kept = vault.put("A", tmp_path / "in")
    assert (kept.sha256, kept.bytes, kept.new) == (hashlib.sha256(plain).hexdigest(), length, True)
    with vault.open("A", kept.sha256) as reader:
        assert reader.read() == plain
    vault.export("A", kept.sha256, tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == plain


def test_an_object_is_read_only_lies_under_its_name_and_shows_nothing(vault: Vault, folder: Path):
    kept = vault.put("A", io.BytesIO(CONTENT * 1000))
    (only,) = files_of(folder)
    assert only == object_of(folder, kept.name)
    assert stat.S_IMODE(only.stat().st_mode) == 0o400
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    for secret in (CONTENT, kept.sha256.encode(), bytes.fromhex(kept.sha256)):
        assert secret not in everything


def test_a_second_time_changes_nothing(vault: Vault, folder: Path):
    first = vault.put("A", io.BytesIO(CONTENT))
    before = [(path, path.stat().st_mtime_ns) for path in files_of(folder)]
    second = vault.put("A", io.BytesIO(CONTENT))
    assert (first.name, second.new) == (second.name, False)
    assert [(path, path.stat().st_mtime_ns) for path in files_of(folder)] == before


def test_two_cases_share_no_object(vault: Vault, folder: Path):
    names = {vault.put(case, io.BytesIO(CONTENT)).name for case in "AB"}
    assert len(names) == len(files_of(folder)) == 2


def test_a_file_that_is_there_no_more_is_not_taken_for_kept_a_second_time(vault: Vault, folder: Path):
    kept = vault.put("A", io.BytesIO(CONTENT))
    object_of(folder, kept.name).unlink()
    with pytest.raises(ObjectMissing):
        vault.put("A", io.BytesIO(CONTENT))
    assert files_of(folder) == []


def test_what_is_received_belongs_to_no_case_until_it_is_kept(vault: Vault, folder: Path, db: Database):
    with vault.receive(io.BytesIO(CONTENT)) as received:
        assert (received.sha256, received.bytes) == (SHA256, len(CONTENT))
        assert not db.in_transaction
        with db.transaction():
            kept = vault.keep("A", received)
        with pytest.raises(ValueError, match="once"):
            vault.keep("B", received)
    assert files_of(folder) == [object_of(folder, kept.name)]
    with vault.receive(io.BytesIO(b"dropped")):
        pass
    assert files_of(folder) == [object_of(folder, kept.name)]


def test_the_key_of_what_is_received_is_never_printed(vault: Vault):
    with vault.receive(io.BytesIO(CONTENT)) as received:
        assert received.key.hex() not in repr(received)
        assert "key=" not in repr(received)


def test_an_error_of_the_callers_own_stays_as_it_is(vault: Vault, folder: Path):
    with pytest.raises(OSError, match="mine"), vault.receive(io.BytesIO(CONTENT)):
        raise OSError(28, "mine")
    assert files_of(folder) == []


def test_a_source_over_the_limit_or_changed_leaves_nothing(vault: Vault, folder: Path, db: Database, tmp_path: Path):
    path = tmp_path / "in"
    path.write_bytes(bytes(3 * CHUNK))
    with pytest.raises(SourceTooLarge):
        vault.put("A", io.BytesIO(bytes(3 * CHUNK)), limit=2 * CHUNK)
    with pytest.raises(SourceChanged):
        vault.put("A", path, progress=lambda _: path.write_bytes(bytes(3 * CHUNK)))
    assert files_of(folder) == []
    assert db.rows("SELECT * FROM vault_case") == db.rows("SELECT * FROM vault_object") == []


def test_progress_is_told_in_bytes_and_ends_at_all_of_them(vault: Vault):
    told: list[int] = []
    vault.put("A", io.BytesIO(bytes(2 * CHUNK + 3)), progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 2 * CHUNK + 3


def test_an_undone_transaction_leaves_no_row_and_a_file_that_is_swept(vault: Vault, folder: Path, db: Database):
    def act() -> None:
        with db.transaction():
            vault.put("A", io.BytesIO(CONTENT))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act()
    assert not vault.has("A", SHA256)
    assert len(files_of(folder)) == 1
    assert (vault.sweep().orphans, files_of(folder)) == (1, [])


def test_after_an_undone_transaction_the_same_file_is_kept_anew(vault: Vault, db: Database):
    vault.put("A", io.BytesIO(b"something else"))
    db.execute("BEGIN IMMEDIATE")
    vault.put("A", io.BytesIO(CONTENT))
    db.execute("ROLLBACK")
    assert vault.put("A", io.BytesIO(CONTENT)).new
    assert vault.open("A", SHA256).read() == CONTENT
    assert vault.sweep().orphans == 0


def test_a_transaction_that_only_meant_to_read_becomes_the_writer(vault: Vault, db: Database):
    db.execute("BEGIN")
    vault.put("A", io.BytesIO(CONTENT))
    db.execute("COMMIT")
    assert vault.has("A", SHA256)


def test_the_tables_are_made_once(db: Database):
    create(db)


def test_a_root_key_has_32_bytes(db: Database, folder: Path):
    with pytest.raises(ValueError, match="32"):
        Vault(db, folder, b"short")


# Reading


def test_a_reader_reads_from_any_place(vault: Vault):
    plain = os.urandom(2 * CHUNK + 100)
    kept = vault.put("A", io.BytesIO(plain))
    with vault.open("A", kept.sha256) as reader:
        for at in (CHUNK - 5, 0, 2 * CHUNK + 99, CHUNK, 2 * CHUNK + 100, 3 * CHUNK):
            assert reader.seek(at) == reader.tell() == at
            assert reader.read(10) == plain[at : at + 10]
        assert reader.seek(-3, io.SEEK_END) == len(plain) - 3
        assert reader.read() == plain[-3:]
        reader.seek(5)
        assert reader.seek(2, io.SEEK_CUR) == 7
        assert reader.read(1) == plain[7:8]
        with pytest.raises(ValueError, match="before the beginning"):
            reader.raw.seek(-1)
        assert reader.readable()
        assert reader.seekable()


def test_a_zip_is_read_in_place(vault: Vault):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("large", os.urandom(CHUNK + 7))
        archive.writestr("posts.json", "[]")
    packed.seek(0)
    kept = vault.put("A", packed)
    with vault.open("A", kept.sha256) as reader, zipfile.ZipFile(reader) as archive:
        assert archive.read("posts.json") == b"[]"
        assert archive.testzip() is None


def test_a_case_opens_its_own_files_alone(vault: Vault):
    vault.put("A", io.BytesIO(CONTENT))
    vault.put("B", io.BytesIO(b"another"))
    assert vault.has("A", SHA256)
    for case in ("B", "never seen"):
        assert not vault.has(case, SHA256)
        with pytest.raises(NotKept, match="never received, was moved, or was destroyed"):
            vault.open(case, SHA256)


@pytest.mark.parametrize("sha256", ["", "xyz", "ab", SHA256 + "00"])
def test_what_is_no_hash_is_refused(vault: Vault, sha256):
    with pytest.raises(BadInput, match="no SHA-256"):
        vault.has("A", sha256)


def test_an_export_takes_no_files_place_unless_told(vault: Vault, tmp_path: Path):
    vault.put("A", io.BytesIO(CONTENT))
    (tmp_path / "out").write_bytes(b"mine")
    with pytest.raises(BadInput, match="lies here already"):
        vault.export("A", SHA256, tmp_path / "out")
    vault.export("A", SHA256, tmp_path / "out", force=True)
    assert (tmp_path / "out").read_bytes() == CONTENT


# Altered and missing objects


def test_a_missing_object_a_folder_and_a_link_in_its_place_are_told(vault: Vault, folder: Path, tmp_path: Path):
    place = object_of(folder, vault.put("A", io.BytesIO(CONTENT)).name)
    place.rename(tmp_path / "away")
    for lay in (lambda: None, place.mkdir, lambda: (place.rmdir(), place.symlink_to(tmp_path / "away"))):
        lay()
        with pytest.raises(
            ObjectMissing, match=f"objects/{place.parent.name}/.*gone from the folder objects"
        ) as caught:
            vault.open("A", SHA256)
        assert SHA256 not in str(caught.value)


STEP = CHUNK + TAG
ALTERATIONS = {
    "magic": lambda held: b"X" + held[1:],
    "version": lambda held: held[:8] + b"\x02" + held[9:],
    "prefix": lambda held: held[:12] + bytes([held[12] ^ 1]) + held[13:],
    "first byte": lambda held: held[:HEADER] + bytes([held[HEADER] ^ 1]) + held[HEADER + 1 :],
    "middle": lambda held: held[: STEP + 99] + bytes([held[STEP + 99] ^ 128]) + held[STEP + 100 :],
    "last tag": lambda held: held[:-1] + bytes([held[-1] ^ 1]),
    "one byte off": lambda held: held[:-1],
    "one byte on": lambda held: held + b"\0",
    "first chunk alone": lambda held: held[: HEADER + STEP],
    "two chunks alone": lambda held: held[: HEADER + 2 * STEP],
    "no chunk": lambda held: held[:HEADER],
    "nothing": lambda _: b"",
    "swapped": lambda held: (
        held[:HEADER]
        + held[HEADER + STEP : HEADER + 2 * STEP]
        + held[HEADER : HEADER + STEP]
        + held[HEADER + 2 * STEP :]
    ),
    "last repeated": lambda held: held + held[HEADER + 2 * STEP :],
    "plain": lambda held: bytes(len(held)),
}


@pytest.mark.parametrize("change", ALTERATIONS.values(), ids=ALTERATIONS)
def test_an_altered_object_never_passes_for_whole(vault: Vault, folder: Path, tmp_path: Path, change):
    plain = os.urandom(2 * CHUNK + 100)
    kept = vault.put("A", io.BytesIO(plain))
    alter(object_of(folder, kept.name), change)

    def read_by(size: int) -> None:
        with vault.open("A", kept.sha256) as reader:
            while reader.read(size):
                pass

    for size in (-1, 1000, CHUNK, 3 * CHUNK):
        with pytest.raises(ObjectAltered, match="altered, cut short or swapped"):
            read_by(size)
    with pytest.raises(ObjectAltered):
        vault.export("A", kept.sha256, tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["store"]
    (problem,) = vault.check().problems
    assert kept.name in problem.en
    assert "telah diubah" in problem.id


def test_the_end_of_a_cut_object_is_not_believed_though_its_row_was_cut_too(vault: Vault, folder: Path, db: Database):
    plain = os.urandom(3 * CHUNK)
    kept = vault.put("A", io.BytesIO(plain))
    alter(object_of(folder, kept.name), lambda held: held[: HEADER + 2 * STEP])
    db.execute("UPDATE vault_object SET bytes = ? WHERE name = ?", (2 * CHUNK, kept.name))
    with vault.open("A", kept.sha256) as reader:
        assert reader.read(10) == plain[:10]
        reader.seek(0, io.SEEK_END)
        with pytest.raises(ObjectAltered):
            reader.read(1)
        reader.seek(0)
        with pytest.raises(ObjectAltered):
            reader.read()
        # Nor at a second try.
        with pytest.raises(ObjectAltered):
            reader.read()


def test_an_object_in_anothers_place_is_refused(vault: Vault, folder: Path, db: Database):
    one, other = (vault.put("A", io.BytesIO(content)) for content in (CONTENT, CONTENT[::-1]))
    places = object_of(folder, one.name), object_of(folder, other.name)
    contents = [place.read_bytes() for place in places]
    for place, content in zip(places, reversed(contents), strict=True):
        alter(place, lambda _, content=content: content)
    with pytest.raises(ObjectAltered):
        vault.open("A", one.sha256).read()
    # With the wrapped keys swapped as well, the keys do not open any more.
    rows = dict(db.rows("SELECT name, wrapped_key FROM vault_object"))
    db.execute("UPDATE vault_object SET wrapped_key = ? WHERE name = ?", (rows[other.name], one.name))
    with pytest.raises(KeyLost, match="its row was altered"):
        vault.open("A", one.sha256)


def test_a_row_given_to_another_case_opens_nothing(vault: Vault, db: Database):
    kept = vault.put("A", io.BytesIO(CONTENT))
    vault.put("B", io.BytesIO(b"another"))
    db.execute("UPDATE vault_object SET case_id = 'B' WHERE name = ?", (kept.name,))
    for case in "AB":
        with pytest.raises(NotKept):
            vault.open(case, SHA256)
    (problem,) = vault.check().problems
    assert "its row was altered" in problem.en


# Moving


def test_a_moved_file_opens_in_its_new_case_alone(vault: Vault, folder: Path, db: Database):
    vault.put("A", io.BytesIO(CONTENT))
    moved = vault.move("A", SHA256, "B")
    assert moved.new
    assert not vault.has("A", SHA256)
    assert files_of(folder) == [object_of(folder, moved.name)]
    vault.destroy("A")
    assert vault.open("B", SHA256).read() == CONTENT
    assert vault.check().problems == vault.check().notices == ()
    assert not db.in_transaction


def test_a_file_that_the_other_case_holds_already_goes_from_the_first(vault: Vault, folder: Path):
    vault.put("A", io.BytesIO(CONTENT))
    vault.put("B", io.BytesIO(CONTENT))
    assert not vault.move("A", SHA256, "B").new
    assert len(files_of(folder)) == 1
    assert vault.open("B", SHA256).read() == CONTENT


def test_a_file_is_not_given_up_for_a_copy_that_is_gone(vault: Vault, folder: Path):
    vault.put("A", io.BytesIO(CONTENT))
    object_of(folder, vault.put("B", io.BytesIO(CONTENT)).name).unlink()
    with pytest.raises(ObjectMissing):
        vault.move("A", SHA256, "B")
    assert vault.open("A", SHA256).read() == CONTENT


@pytest.mark.parametrize("end", ["COMMIT", "ROLLBACK"])
def test_a_move_follows_its_transaction(vault: Vault, db: Database, end):
    vault.put("A", io.BytesIO(CONTENT))
    db.execute("BEGIN IMMEDIATE")
    vault.move("A", SHA256, "B")
    db.execute(end)
    holder, other = ("B", "A") if end == "COMMIT" else ("A", "B")
    assert vault.open(holder, SHA256).read() == CONTENT
    assert not vault.has(other, SHA256)
    assert vault.sweep().orphans == 1
    assert vault.open(holder, SHA256).read() == CONTENT
    assert vault.check().problems == ()


def test_a_file_is_not_moved_to_where_it_is_or_from_where_it_is_not(vault: Vault):
    vault.put("A", io.BytesIO(CONTENT))
    with pytest.raises(BadInput, match="the case it is in"):
        vault.move("A", SHA256, "A")
    with pytest.raises(NotKept):
        vault.move("B", SHA256, "A")


# Root key


def test_another_root_key_opens_nothing_and_says_so(vault: Vault, db: Database, folder: Path):
    vault.put("A", io.BytesIO(CONTENT))
    stranger = Vault(db, folder, bytes(32))
    for act in (
        lambda: stranger.open("A", SHA256),
        lambda: stranger.put("A", io.BytesIO(b"more")),
        lambda: stranger.destroy("A", SHA256),
        lambda: stranger.rewrap(bytes(32)),
    ):
        with pytest.raises(KeyLost, match="root key of another store"):
            act()
    assert len(stranger.check().problems) == 1
    assert vault.check().problems == ()


def test_what_was_wrapped_anew_opens_with_the_new_root_key_alone(vault: Vault, db: Database, folder: Path):
    for case in "AB":
        vault.put(case, io.BytesIO(CONTENT))
    new = os.urandom(32)
    assert vault.rewrap(new) == 2
    assert vault.open("A", SHA256).read() == CONTENT
    assert Vault(db, folder, new).check().problems == ()
    assert len(Vault(db, folder, bytes(range(32))).check().problems) == 2


def test_a_case_is_destroyed_even_when_the_root_key_is_lost(vault: Vault, db: Database, folder: Path):
    vault.put("A", io.BytesIO(CONTENT))
    assert Vault(db, folder, bytes(32)).destroy("A").objects == 1
    assert files_of(folder) == []


# Two at once

_RACE = """
v = vault_at(sys.argv[1])
print("ready", flush=True)
while not os.path.exists(sys.argv[2]): time.sleep(0.001)
for n in range(15):
    kept = v.put("A", io.BytesIO(b"%d" % n * (1 + n * 20000)))
    assert v.open("A", kept.sha256).read(1), n
    print(kept.name, kept.new)
"""


def test_two_who_put_the_same_files_at_once_meet_without_harm(vault: Vault, folder: Path, tmp_path: Path, program):
    both = [program(_RACE, folder, tmp_path / "go") for _ in range(2)]
    for one in both:
        assert one.stdout.readline() == "ready\n"
    (tmp_path / "go").touch()
    told = []
    for one in both:
        out, error = one.communicate(timeout=60)
        assert one.returncode == 0, error
        told.append([line.split() for line in out.splitlines()])
    assert [name for name, _ in told[0]] == [name for name, _ in told[1]]
    for (_, first), (_, second) in zip(*told, strict=True):
        assert {first, second} == {"True", "False"}
    checked = vault.check()
    assert (checked.objects, checked.problems, checked.notices) == (15, (), ())
    assert vault.sweep().orphans == 0


def test_a_sweep_takes_nothing_from_who_is_still_writing(vault: Vault):
    with vault.receive(io.BytesIO(CONTENT)) as received:
        assert vault.sweep().unfinished == 0
        assert vault.keep("A", received).new


def test_one_who_waits_in_vain_for_another_is_told(vault: Vault, db: Database, folder: Path):
    other = open_sqlite(folder / "store.db")
    other.execute("BEGIN IMMEDIATE")
    db.execute("PRAGMA busy_timeout=20")
    try:
        for act in (
            lambda: vault.put("A", io.BytesIO(CONTENT)),
            lambda: vault.destroy("A"),
            lambda: vault.move("A", SHA256, "B"),
            lambda: vault.rewrap(bytes(32)),
        ):
            with pytest.raises(DatabaseLocked, match="another program is writing") as caught:
                act()
            assert "sedang ditulis" in caught.value.words.id
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert files_of(folder) == []


def test_one_who_cannot_write_lays_nothing_down_even_in_a_transaction_that_meant_to_read(
    vault: Vault, db: Database, folder: Path
):
    other = open_sqlite(folder / "store.db")
    other.execute("BEGIN IMMEDIATE")
    db.execute("PRAGMA busy_timeout=20")
    db.execute("BEGIN")
    with pytest.raises(DatabaseLocked):
        vault.put("A", io.BytesIO(CONTENT))
    db.execute("ROLLBACK")
    other.execute("ROLLBACK")
    other.close()
    assert files_of(folder) == []
