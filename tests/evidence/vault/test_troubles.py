"""Faults of disk and database, each brought about for real, each with its own sentence."""

from __future__ import annotations

import errno
import io
import os
import sqlite3
from pathlib import Path

import pytest

from telusur.evidence.database import Database
from telusur.evidence.vault import DatabaseDamaged, DiskFull, StoreReadOnly, Vault, VaultTrouble, create, told
from telusur.evidence.vault.troubles import trouble_of

_FULL = """
folder = Path(sys.argv[1])
v = vault_at(folder)
small = v.put("A", io.BytesIO(b"small"))
for size in (8 << 20, 3 << 20):
    try:
        v.put("A", io.BytesIO(os.urandom(size)))
    except DiskFull as error:
        print(size, type(error).__name__, error)
        assert "penuh" in error.words.id
assert v.open("A", small.sha256).read() == b"small"
assert len([path for path in (folder / "objects").rglob("*") if path.is_file()]) == 1
assert v.check().problems == v.check().notices == ()
print(v.put("A", io.BytesIO(b"still room for this")).new)
"""


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path, in_own_mounts):
    done = in_own_mounts('mount -t tmpfs -o size=3m tmpfs "$1"', _FULL, tmp_path)
    assert done.returncode == 0, done.stderr
    first, second, third = done.stdout.splitlines()
    for line in (first, second):
        assert "DiskFull" in line
        assert "the disk is full, so nothing was kept or changed; make room" in line
    assert third == "True"


_DATABASE_FULL = """
folder = Path(sys.argv[1])
v = vault_at(folder / "db")
(folder / "objects").mkdir()
v = Vault(v._db, folder, bytes(range(32)))
kept = []
try:
    for n in range(100000):
        kept.append(v.put("A", io.BytesIO(b"%d" % n)))
except DiskFull as error:
    print(error)
assert len(kept) > 10
assert not v._db.in_transaction
checked = v.check()
assert checked.objects == len(kept) and checked.problems == (), checked.problems[:3]
try:
    v.destroy("A")
except DiskFull as error:
    print(error)
assert v.check().objects in {0, len(kept)}
"""


def test_a_database_that_is_full_is_told_and_holds_what_it_held(tmp_path: Path, in_own_mounts):
    shell = 'mount -t tmpfs tmpfs "$1"; mkdir "$1/db"; mount -t tmpfs -o size=600k tmpfs "$1/db"'
    done = in_own_mounts(shell, _DATABASE_FULL, tmp_path)
    assert done.returncode == 0, done.stderr
    for line in done.stdout.splitlines():
        assert "make room" in line
    assert "the disk is full, so nothing was kept or changed" in done.stdout


_LIMITED = """
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
folder = Path(sys.argv[1])
v = vault_at(folder)
try:
    v.put("A", io.BytesIO(bytes(3 << 20)))
except DiskFull as error:
    print(error)
assert not [path for path in (folder / "objects").rglob("*") if path.is_file()]
"""


def test_a_file_that_the_system_does_not_allow_is_told_and_leaves_nothing(tmp_path: Path, program):
    one = program(_LIMITED, tmp_path)
    out, error = one.communicate(timeout=60)
    assert one.returncode == 0, error
    assert "a file of this size is not allowed" in out
    assert "ulimit -f" in out


_READ_ONLY = """
folder = Path(sys.argv[1])
v = vault_at(folder / "db")
v = Vault(v._db, folder / "ro", bytes(range(32)))
try:
    v.put("A", io.BytesIO(b"x"))
except StoreReadOnly as error:
    print(error)
"""


def test_a_store_that_can_only_be_read_is_told(tmp_path: Path, in_own_mounts):
    shell = 'mount -t tmpfs tmpfs "$1"; mkdir "$1/db" "$1/ro"; mount -t tmpfs -o ro tmpfs "$1/ro"'
    done = in_own_mounts(shell, _READ_ONLY, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "the store can only be read, so nothing was changed" in done.stdout


def test_a_database_that_can_only_be_read_is_told_and_read_all_the_same(vault: Vault, db: Database, folder: Path):
    kept = vault.put("A", io.BytesIO(b"x"))
    connection = sqlite3.connect(f"file:{folder / 'store.db'}?mode=ro", uri=True, isolation_level=None)
    reading = Vault(Database(connection), folder, bytes(range(32)))
    assert reading.open("A", kept.sha256).read() == b"x"
    assert reading.check().problems == ()
    for act in (lambda: reading.put("B", io.BytesIO(b"y")), lambda: reading.destroy("A")):
        with pytest.raises(StoreReadOnly, match="can only be read"):
            act()
    connection.close()
    assert vault.check().problems == ()


def test_a_damaged_database_is_told(tmp_path: Path):
    (tmp_path / "store.db").write_bytes(b"no database at all, but long enough to be taken for one" * 100)
    connection = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    with pytest.raises(DatabaseDamaged, match="restore it from its backup"), told("store.db"):
        create(Database(connection))
    connection.close()


def test_a_disk_that_fails_and_any_other_fault_has_a_sentence():
    trouble = trouble_of(OSError(errno.EIO, "Input/output error"), "objects")
    assert str(trouble) == "objects: the store cannot be used (Input/output error)"
    assert type(trouble) is VaultTrouble
    assert "OSError" in str(trouble_of(OSError()))


@pytest.mark.parametrize(
    ("number", "kind"),
    [(errno.ENOSPC, DiskFull), (errno.EDQUOT, DiskFull), (errno.EROFS, StoreReadOnly), (errno.EACCES, StoreReadOnly)],
)
def test_each_fault_of_the_disk_has_its_own_sentence(number, kind):
    with pytest.raises(kind), told():
        raise OSError(number, os.strerror(number))


@pytest.mark.parametrize(("state", "kind"), [("53100", DiskFull), ("25006", StoreReadOnly), ("XX001", DatabaseDamaged)])
def test_each_fault_of_the_other_database_has_its_own_sentence(state, kind):
    class FromDriver(Exception):
        sqlstate = state

    with pytest.raises(kind), told():
        raise FromDriver


def test_a_fault_without_a_sentence_goes_through_as_it_is():
    class Unknown(Exception):
        sqlstate = "22012"

    for fault in (Unknown(), ZeroDivisionError(), sqlite3.IntegrityError("x")):
        with pytest.raises(type(fault)), told():
            raise fault
