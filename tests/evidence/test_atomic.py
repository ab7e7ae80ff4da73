"""What writing beside and renaming promises: the whole file or none, and never another's place."""

import errno
import os

import pytest

from telusur.domain.errors import BadInput
from telusur.evidence import atomic
from telusur.evidence.atomic import check_place, write_bytes, written_beside


def test_a_file_is_there_only_when_it_is_whole(tmp_path):
    path = tmp_path / "answers.jsonl"
    with written_beside(path) as file:
        file.write(b"half")
        file.flush()
        assert not path.exists()
    assert path.read_bytes() == b"half"
    assert list(tmp_path.iterdir()) == [path]


def test_an_error_on_the_way_leaves_nothing(tmp_path):
    def fail():
        with written_beside(tmp_path / "a") as file:
            file.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_is_replaced_only_by_force(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"old")
    with pytest.raises(BadInput, match="--force"):
        write_bytes(path, b"new")
    assert path.read_bytes() == b"old"
    write_bytes(path, b"new", force=True)
    assert path.read_bytes() == b"new"


def test_a_link_is_replaced_and_not_written_through(tmp_path):
    (tmp_path / "target").write_bytes(b"kept")
    (tmp_path / "a").symlink_to(tmp_path / "target")
    with pytest.raises(BadInput, match="--force"):
        check_place(tmp_path / "a")
    write_bytes(tmp_path / "a", b"new", force=True)
    assert (tmp_path / "target").read_bytes() == b"kept"


def test_a_file_that_comes_meanwhile_is_kept(tmp_path):
    path = tmp_path / "a"

    def race():
        with written_beside(path) as file:
            file.write(b"ours")
            path.write_bytes(b"theirs")

    with pytest.raises(BadInput, match="meanwhile"):
        race()
    assert path.read_bytes() == b"theirs"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(("place", "words"), [("folder", "is a folder"), ("none/a", "its folder does not exist")])
def test_a_place_that_is_none_is_told_before_any_work(tmp_path, place, words):
    (tmp_path / "folder").mkdir()
    with pytest.raises(BadInput, match=words):
        check_place(tmp_path / place, force=True)


def refusing(number):
    def refuse(*_, **__):
        raise OSError(number, os.strerror(number))

    return refuse


def test_a_file_system_without_links_still_takes_files(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "link", refusing(errno.EPERM))
    write_bytes(tmp_path / "a", b"x")
    assert (tmp_path / "a").read_bytes() == b"x"


@pytest.mark.parametrize("step", ["open", "fsync", "link"])
def test_a_disk_that_is_full_is_told_and_left_clean(tmp_path, monkeypatch, step):
    monkeypatch.setattr(atomic.os, step, refusing(errno.ENOSPC))
    with pytest.raises(BadInput, match=r"cannot be written \(No space left on device\)"):
        write_bytes(tmp_path / "a", b"x")
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == []
