"""What reading an unzipped export promises."""

from __future__ import annotations

import os

import pytest

import x_archive
from telusur.domain.errors import BadInput
from telusur.evidence import Budget, open_archive


@pytest.fixture
def opened(tmp_path):
    descriptors = []

    def open_folder(budget=None):
        descriptors.append(os.open(tmp_path, os.O_RDONLY | os.O_DIRECTORY))
        return open_archive(descriptors[-1], "arsip", budget)

    yield open_folder
    for descriptor in descriptors:
        os.close(descriptor)


def test_a_folder_reads_like_the_zip_that_it_was(tmp_path, opened):
    x_archive.write_folder(tmp_path, x_archive.files())
    archive = opened()
    assert [member.name for member in archive.members] == sorted(x_archive.files())
    for name, content in x_archive.files().items():
        with archive.open(name) as stream:
            assert b"".join(iter(lambda stream=stream: stream.read(1000), b"")) == content


def test_links_pipes_and_odd_names_are_listed_and_not_read(tmp_path, opened):
    (tmp_path / "a.js").write_bytes(b"a")
    (tmp_path / "b.js").symlink_to("a.js")
    (tmp_path / "luar").symlink_to("/etc")
    (tmp_path / "x\\y.js").write_bytes(b"")
    os.mkfifo(tmp_path / "pipa.js")
    archive = opened()
    assert [member.name for member in archive.members] == ["a.js"]
    assert {refused.name: refused.why.en for refused in archive.refused} == {
        "b.js": "it is a symbolic link",
        "luar": "it is a symbolic link",
        "x\\y.js": "its name holds a backslash, which some systems read as a folder",
        "pipa.js": "it is no ordinary file",
    }


def test_too_many_files_are_refused(tmp_path, opened):
    for number in range(5):
        (tmp_path / str(number)).write_bytes(b"")
    with pytest.raises(BadInput, match="holds more than 4 files"):
        opened(Budget(entries=4))


def test_folders_too_deep_are_not_entered(tmp_path, opened):
    (tmp_path / "/".join("abcde")).mkdir(parents=True)
    assert [refused.name for refused in opened(Budget(depth=3)).refused] == ["a/b/c/d"]


def test_a_folder_swapped_for_a_link_after_the_listing_is_not_followed(tmp_path, opened):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "passwd").write_bytes(b"")
    archive = opened()
    (tmp_path / "data" / "passwd").unlink()
    (tmp_path / "data").rmdir()
    (tmp_path / "data").symlink_to("/etc")
    with pytest.raises(BadInput, match="cannot be opened"), archive.open("data/passwd"):
        pass


def test_a_file_swapped_for_a_pipe_after_the_listing_is_not_read(tmp_path, opened):
    (tmp_path / "a.js").write_bytes(b"")
    archive = opened()
    (tmp_path / "a.js").unlink()
    os.mkfifo(tmp_path / "a.js")
    with pytest.raises(BadInput, match="no ordinary file"), archive.open("a.js"):
        pass


def test_the_budget_of_bytes_holds_over_all_files(tmp_path, opened):
    for name in "ab":
        (tmp_path / name).write_bytes(b"x" * 600)
    archive = opened(Budget(total_bytes=1000))
    with archive.open("a") as stream:
        stream.read(600)
    with archive.open("b") as stream, pytest.raises(BadInput, match="unpacks to more than"):
        stream.read(600)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may enter everything")
def test_a_folder_that_may_not_be_entered_is_listed(tmp_path, opened):
    (tmp_path / "tertutup").mkdir(mode=0)
    assert "cannot be opened" in opened().refused[0].why.en
