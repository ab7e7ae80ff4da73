"""However large a file is, it is kept, read and checked in the same small memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from telusur.evidence.vault.stream import sealed_length

MEGABYTE = 1 << 20
_MEASURED = """
import hashlib
def most_so_far():
    # Not `ru_maxrss`, which still knows the program that started this one.
    return int(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
folder, size = Path(sys.argv[1]), int(sys.argv[2])
with open(folder / "large", "wb") as file:
    file.truncate(size)
v = vault_at(folder)
v.put("A", io.BytesIO(b"warm"))
v.check()
before = most_so_far()
kept = v.put("A", folder / "large")
with v.open("A", kept.sha256) as reader:
    assert hashlib.file_digest(reader, "sha256").hexdigest() == kept.sha256
v.destroy("A", kept.sha256) if size > (1 << 31) else v.check()
after = most_so_far()
print(kept.bytes, after - before, after)
"""


def grown(program, folder: Path, size: int) -> tuple[int, int]:
    one = program(_MEASURED, folder, size)
    out, error = one.communicate(timeout=600)
    assert one.returncode == 0, error
    kept, more, most = map(int, out.split())
    assert kept == size
    return more, most


def test_64_megabytes_take_no_more_memory_than_a_few_chunks(tmp_path: Path, program):
    more, most = grown(program, tmp_path, 64 * MEGABYTE)
    assert more < 12 * 1024
    assert most < 64 * 1024


@pytest.mark.long
def test_4_gigabytes_take_no_more_memory_than_a_few_chunks(tmp_path: Path, program):
    more, most = grown(program, tmp_path, 4096 * MEGABYTE)
    assert more < 12 * 1024
    assert most < 64 * 1024


def test_the_length_of_20_gigabytes_is_foretold():
    assert sealed_length(20 << 30) == (20 << 30) + 16 + 16 * (20 << 10)
