"""What is told of a zip's members."""

from __future__ import annotations

import os

import x_archive
from telusur.evidence.inspect_zip import inspect
from telusur.evidence.opening import Opened


def inspected(path):
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return [message["problem"] for message in inspect(Opened(descriptor, "a.zip", {}))]
    finally:
        os.close(descriptor)


def test_a_sound_zip_gives_no_problem(tmp_path):
    assert inspected(x_archive.write_zip(tmp_path / "a.zip", x_archive.files())) == []


def test_members_that_are_not_read_are_named_up_to_a_number_and_then_counted(tmp_path):
    told = inspected(x_archive.write_zip(tmp_path / "a.zip", {f"../{number:02}": b"" for number in range(25)}))
    assert told[0] == {
        "id": "../00 di dalamnya tidak dibaca: namanya menunjuk ke luar arsip (..)",
        "en": "its member ../00 is not read: its name climbs out of the archive (..)",
    }
    assert len(told) == 21
    assert told[-1]["en"] == "and 5 further members are not read"
    assert told[-1]["id"] == "dan 5 berkas lain di dalamnya tidak dibaca"
