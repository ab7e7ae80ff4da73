"""What is taken in: an ordinary file that stays as it is while it is read, within its limit."""

from __future__ import annotations

import io
import os
import time
from pathlib import Path

import pytest

from telusur.evidence.vault import SourceChanged, SourceTooLarge, SourceUnfit
from telusur.evidence.vault.source import watched


def read(source, limit=None, between=lambda: None) -> bytes:
    with watched(source, limit) as reader:
        buffer = memoryview(bytearray(1 << 16))
        found = bytes(buffer[: reader.readinto(buffer[:4])])
        between()
        while count := reader.readinto(buffer):
            found += buffer[:count]
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "photo.jpg").write_bytes(b"0123456789")
    return tmp_path / "photo.jpg"


def test_a_file_and_a_stream_are_read_to_their_end(path: Path):
    assert read(path) == read(io.BytesIO(b"0123456789")) == b"0123456789"
    with path.open("rb") as file:
        file.read(3)
        assert read(file) == b"3456789"


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.write_bytes(b"01234x6789"),
        lambda path: path.write_bytes(b"0123456789"),
        lambda path: os.truncate(path, 16),
        lambda path: os.truncate(path, 6),
    ],
    ids=["altered", "written again", "grown", "cut"],
)
def test_a_file_that_changes_while_it_is_read_is_refused_however_soon(path: Path, change):
    # Just written: within the same step of the clock, where the time of the file alone would show nothing.
    path.write_bytes(b"0123456789")
    with pytest.raises(SourceChanged, match="changed while it was read"):
        read(path, between=lambda: change(path))


def test_a_change_shows_even_if_its_time_was_set_back(path: Path):
    before = path.stat()

    def change() -> None:
        path.write_bytes(b"01234x6789")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    with pytest.raises(SourceChanged):
        read(path, between=change)


def test_an_open_file_that_changes_is_refused_too(path: Path):
    with path.open("rb", buffering=0) as file, pytest.raises(SourceChanged):
        read(file, between=lambda: path.write_bytes(b"01234x6789"))


def test_a_file_of_the_future_makes_nobody_wait(path: Path):
    later = time.time() + 1000
    os.utime(path, (later, later))
    started = time.monotonic()
    assert read(path) == b"0123456789"
    assert time.monotonic() - started < 1


@pytest.mark.parametrize("limit", [0, 3, 9])
def test_more_than_the_limit_is_refused(path: Path, limit):
    for source in (path, io.BytesIO(b"0123456789")):
        with pytest.raises(SourceTooLarge, match=f"limit of {limit} bytes"):
            read(source, limit)


def test_the_limit_itself_is_allowed(path: Path):
    assert read(path, 10) == read(io.BytesIO(b"0123456789"), 10) == b"0123456789"


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path):
    with (tmp_path / "large").open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(SourceTooLarge), watched(tmp_path / "large", 1 << 20) as reader:
        pytest.fail(f"read {reader.given}")


def test_a_missing_file_a_link_a_folder_and_a_pipe_are_refused(path: Path, tmp_path: Path):
    (tmp_path / "link").symlink_to(path)
    os.mkfifo(tmp_path / "pipe")
    for name, why in [("nothing", "no such file"), ("link", "link"), ("pipe", "no ordinary file"), ("", "is a folder")]:
        with pytest.raises(SourceUnfit, match=why):
            read(tmp_path / name)


def test_a_file_that_gives_more_than_it_is_long_is_refused():
    with pytest.raises(SourceChanged):
        read(Path("/proc/version"))


@pytest.mark.parametrize("given", [None, "text", bytes(1 << 17)])
def test_a_stream_that_does_not_give_bytes_as_asked_is_refused(given):
    class Odd(io.RawIOBase):
        def read(self, _size=-1, /):
            return given

    with pytest.raises(SourceUnfit, match="does not give bytes"):
        read(Odd())


def test_a_stream_that_fails_is_told_as_its_own_fault():
    class Failing(io.RawIOBase):
        def read(self, _size=-1, /):
            raise OSError(5, "Input/output error")

    with pytest.raises(SourceUnfit, match="cannot be read \\(Input/output error\\)"):
        read(Failing())
    closed = io.BytesIO()
    closed.close()
    with pytest.raises(SourceUnfit, match="ValueError"):
        read(closed)
