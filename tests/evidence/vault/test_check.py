"""What a check of a vault finds, and says."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from telusur.evidence.database import Database
from telusur.evidence.vault import ObjectAltered, Vault, keys
from telusur.evidence.vault.check import batches
from telusur.evidence.vault.stream import CHUNK, encrypt


def place_of(folder: Path, name: str) -> Path:
    return folder / "objects" / name[:2] / name


def test_a_sound_vault_has_no_problem_and_progress_ends_at_all_of_it(vault: Vault):
    for case in "AB":
        for length in (0, 5, CHUNK, CHUNK + 1):
            vault.put(case, io.BytesIO(os.urandom(length)))
    told: list[tuple[int, int]] = []
    checked = vault.check(lambda done, total: told.append((done, total)))
    assert (checked.objects, checked.bytes) == (8, 2 * (2 * CHUNK + 6))
    assert checked.problems == checked.notices == ()
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1] == (checked.bytes, checked.bytes)


def test_an_empty_folder_is_sound(vault: Vault):
    assert vault.check().problems == vault.check().notices == ()
    assert vault.sweep() == vault.sweep()


def test_every_kind_of_harm_is_named_with_its_object_and_spares_the_others(vault: Vault, folder: Path, db: Database):
    kept = [vault.put(case, io.BytesIO(f"file {n}".encode())) for n, case in enumerate("AAAAABCD")]
    place_of(folder, kept[0].name).unlink()
    place_of(folder, kept[1].name).chmod(0o600)
    with place_of(folder, kept[1].name).open("r+b") as file:
        file.seek(20)
        file.write(b"\0\0\0\0")
    db.execute("UPDATE vault_object SET bytes = 1 WHERE name = ?", (kept[2].name,))
    db.execute("UPDATE vault_object SET wrapped_key = ? WHERE name = ?", (bytes(40), kept[3].name))
    db.execute("PRAGMA foreign_keys=OFF")
    db.execute("DELETE FROM vault_case WHERE case_id = 'B'")
    db.execute("UPDATE vault_case SET wrapped_key = ? WHERE case_id = 'C'", (bytes(40),))
    checked = vault.check()
    assert checked.objects == 8
    said = {next(n for n, one in enumerate(kept) if one.name in problem.en): problem.en for problem in checked.problems}
    assert sorted(said) == [0, 1, 2, 3, 5, 6]
    for number, words in [
        (0, "gone from the folder"),
        (1, "altered, cut short or swapped"),
        (2, "altered, cut short or swapped"),
        (3, "its row was altered"),
        (5, "the key of its case is not in the database"),
        (6, "root key"),
    ]:
        assert words in said[number]


def test_an_object_that_does_not_bear_its_own_name_is_named_though_its_key_opens_it(
    vault: Vault, folder: Path, db: Database
):
    kept = vault.put("A", io.BytesIO(b"what was sealed"))
    (case_key,) = db.row("SELECT wrapped_key FROM vault_case")
    (wrapped,) = db.row("SELECT wrapped_key FROM vault_object")
    key = keys.unwrap_object(keys.unwrap_case(bytes(range(32)), "A", case_key), kept.name, wrapped)
    place_of(folder, kept.name).chmod(0o600)
    with place_of(folder, kept.name).open("wb") as sink:
        encrypt(io.BytesIO(b"what was forged"), sink, key)
    place_of(folder, kept.name).chmod(0o400)
    (problem,) = vault.check().problems
    assert "altered, cut short or swapped" in problem.en
    for _ in range(2):
        with vault.open("A", kept.sha256) as reader, pytest.raises(ObjectAltered):
            reader.read()
    with vault.open("A", kept.sha256) as reader:
        for _ in range(2):
            with pytest.raises(ObjectAltered):
                reader.read()
    with pytest.raises(ObjectAltered):
        vault.export("A", kept.sha256, folder.parent / "out")
    assert [path.name for path in folder.parent.iterdir()] == ["store"]


def test_files_of_others_are_named_and_litter_is_counted(vault: Vault, folder: Path, db: Database):
    kept = vault.put("A", io.BytesIO(b"x"))
    objects = folder / "objects"
    (objects / "notes.txt").touch()
    (objects / "zz").mkdir()
    (objects / "incoming" / "photo.jpg").touch()
    (objects / kept.name[:2] / "readme").touch()
    other = "00" if not kept.name.startswith("00") else "01"
    (objects / other / kept.name).touch()
    (objects / "incoming" / f"{'ab' * 16}.part").touch()
    db.execute("BEGIN")
    vault.put("A", io.BytesIO(b"undone"))
    db.execute("ROLLBACK")
    checked = vault.check()
    assert sorted(problem.en.split(":")[0] for problem in checked.problems) == sorted(
        [
            "objects/incoming/photo.jpg",
            "objects/notes.txt",
            "objects/zz",
            f"objects/{kept.name[:2]}/readme",
            f"objects/{other}/{kept.name}",
        ]
    )
    (notice,) = checked.notices
    assert "1 files without a key and 1 half-written" in notice.en
    assert vault.sweep().unfinished == 1
    assert vault.check().notices == ()
    # A sweep takes nothing that the vault did not put there.
    assert (objects / "notes.txt").exists()
    assert (objects / other / kept.name).exists()


def test_an_object_that_can_be_written_is_worth_a_notice(vault: Vault, folder: Path):
    place_of(folder, vault.put("A", io.BytesIO(b"x")).name).chmod(0o644)
    checked = vault.check()
    assert checked.problems == ()
    assert "it can be written" in checked.notices[0].en


def test_what_is_destroyed_while_it_is_checked_is_no_harm(vault: Vault, folder: Path, db: Database):
    kept = vault.put("A", io.BytesIO(bytes(3 * CHUNK)))

    def destroy(_done: int, _total: int) -> None:
        db.execute("DELETE FROM vault_object WHERE name = ?", (kept.name,))
        place = place_of(folder, kept.name)
        if place.exists():
            os.truncate(place, CHUNK)
            place.unlink()

    assert vault.check(destroy).problems == ()


def test_names_are_looked_up_some_at_a_time():
    assert [list(some) for some in batches("abcde", 2)] == [["a", "b"], ["c", "d"], ["e"]]
    assert list(batches([], 2)) == []
    assert [list(some) for some in batches("ab", 2)] == [["a", "b"]]
