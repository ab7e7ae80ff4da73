"""What is promised of days and small files as people hand them over."""

import os
import threading
from datetime import date
from pathlib import Path

import pytest

from telusur.cli.inputs import LARGEST, check_file, read_day, read_text
from telusur.domain.errors import BadInput


def test_a_day_is_read_in_one_way_only():
    assert read_day("2024-02-29", "--on") == date(2024, 2, 29)


@pytest.mark.parametrize("words", ["2023-02-29", "20240101", "2024-W03-1", "2024-1-2", "", "kemarin", "9" * 10_000])
def test_another_way_is_refused_with_the_option_and_the_right_one(words):
    with pytest.raises(BadInput, match="write it as 2024-04-01") as caught:
        read_day(words, "--on")
    assert caught.value.field == "--on"
    assert len(str(caught.value)) < 120


@pytest.fixture
def bad(tmp_path):
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipa")
    with (tmp_path / "besar").open("wb") as file:
        file.truncate(LARGEST + 1)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "says"),
    [("tiada", "no such file"), ("folder", "is a folder"), ("pipa", "pipe or device"), ("besar", "is larger than")],
)
def test_what_is_no_small_plain_file_is_refused_before_it_is_read(bad, name, says):
    with pytest.raises(BadInput, match=says) as caught:
        check_file(bad / name, field="--agencies")
    assert (caught.value.where, caught.value.field) == (str(bad / name), "--agencies")


def test_a_device_without_an_end_is_not_read():
    with pytest.raises(BadInput, match="pipe or device"):
        read_text(Path("/dev/zero"), field="--examples")


def test_text_that_is_no_utf_8_is_told_with_its_line(tmp_path):
    path = tmp_path / "jawaban"
    path.write_bytes(b"ya\n\xff\n")
    with pytest.raises(BadInput, match="not UTF-8") as caught:
        read_text(path, field="--answers")
    assert caught.value.line == 2


def test_a_pipe_that_ends_is_read():
    read, write = os.pipe()
    os.write(write, "\ufeffya\n".encode())
    os.close(write)
    try:
        assert read_text(Path(f"/dev/fd/{read}"), field="--answers") == "ya\n"
    finally:
        os.close(read)


def test_a_pipe_that_hands_over_too_much_is_refused(tmp_path):
    path = tmp_path / "pipa"
    os.mkfifo(path)

    def pour():
        with path.open("wb") as file:
            file.write(b"x" * (LARGEST + 1))

    writer = threading.Thread(target=pour)
    writer.start()
    with pytest.raises(BadInput, match="is larger than"):
        read_text(path, field="--answers")
    writer.join()
