"""What keeping the originals promises."""

from __future__ import annotations

import hashlib
import os
import stat
import subprocess

import pytest

import x_archive
from telusur.domain.errors import BadInput
from telusur.domain.evidence import Grade
from telusur.evidence import keep_originals, seal


@pytest.fixture
def case(tmp_path):
    case = tmp_path / "K"
    case.mkdir()
    (case / "surat.txt").write_bytes(b"isi")
    return case


def names(folder):
    return [path.name for path in folder.iterdir()]


def sealed(case, name):
    return seal(case / name, name=name, kind=None, grade=Grade.C)


def test_an_original_is_kept_by_its_hash_unchanged_and_read_only(case, tmp_path):
    item = sealed(case, "surat.txt")
    keep_originals([item], case, tmp_path / "out")
    kept = tmp_path / "out" / "originals" / item.sha256
    assert kept.read_bytes() == b"isi"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o444
    assert names(kept.parent) == [item.sha256]


def test_the_same_bytes_twice_are_kept_once(case, tmp_path):
    (case / "salinan.txt").write_bytes(b"isi")
    items = [sealed(case, "surat.txt"), sealed(case, "salinan.txt")]
    keep_originals(items, case, tmp_path / "out")
    keep_originals(items, case, tmp_path / "out")
    assert len(names(tmp_path / "out" / "originals")) == 1


def test_a_file_changed_after_sealing_is_refused_and_nothing_is_left_half_written(case, tmp_path):
    item = sealed(case, "surat.txt")
    (case / "surat.txt").write_bytes(b"lain")
    with pytest.raises(BadInput, match=r"surat.txt: has changed since it was sealed"):
        keep_originals([item], case, tmp_path / "out")
    assert names(tmp_path / "out" / "originals") == []


def test_a_file_replaced_by_a_link_after_sealing_is_refused(case, tmp_path):
    item = sealed(case, "surat.txt")
    (case / "surat.txt").rename(case / "asli.txt")
    (case / "surat.txt").symlink_to("asli.txt")
    with pytest.raises(BadInput, match="symbolic link"):
        keep_originals([item], case, tmp_path / "out")


def test_a_folder_is_kept_file_by_file_beside_the_list_that_its_hash_is_of(case, tmp_path):
    x_archive.write_folder(case / "arsip", x_archive.files())
    item = sealed(case, "arsip")
    keep_originals([item], case, tmp_path / "out")
    kept = tmp_path / "out" / "originals"
    listed = (kept / item.sha256).read_bytes()
    assert hashlib.sha256(listed).hexdigest() == item.sha256
    for line in listed.decode().splitlines():
        sha256, name = line.split("  ", 1)
        assert (kept / sha256).read_bytes() == x_archive.files()[name]
    assert all(len(name) == 64 for name in names(kept))


def test_a_folder_changed_after_sealing_is_refused(case, tmp_path):
    x_archive.write_folder(case / "arsip", x_archive.files())
    item = sealed(case, "arsip")
    (case / "arsip" / "baru.txt").write_bytes(b"")
    with pytest.raises(BadInput, match="has changed"):
        keep_originals([item], case, tmp_path / "out")


def test_an_altered_copy_in_the_output_folder_is_replaced(case, tmp_path):
    item = sealed(case, "surat.txt")
    kept = tmp_path / "out" / "originals" / item.sha256
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"palsu")
    keep_originals([item], case, tmp_path / "out")
    assert kept.read_bytes() == b"isi"


def test_a_folder_s_files_are_kept_whatever_their_names(case, tmp_path):
    (case / "ekspor").mkdir()
    for name in (b"dua\nbaris", b"bukan\xffteks", b"biasa"):
        (case / "ekspor" / os.fsdecode(name)).write_bytes(name)
    item = sealed(case, "ekspor")
    keep_originals([item], case, tmp_path / "out")
    kept = tmp_path / "out" / "originals"
    assert len(names(kept)) == 4
    checked = subprocess.run(["sha256sum", "--check", "--status", kept / item.sha256], cwd=case / "ekspor", check=False)
    assert checked.returncode == 0
