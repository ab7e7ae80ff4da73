"""A vault whose rows are on a real PostgreSQL server."""

from __future__ import annotations

import hashlib
import io
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from telusur.evidence.database import Database
from telusur.evidence.vault import DatabaseLocked, StoreReadOnly, Vault, create
from telusur.evidence.vault.stream import CHUNK

pytestmark = pytest.mark.long

ROOT_KEY = bytes(range(32))
CONTENT = b"a picture of a banner"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def connected(conninfo: str) -> Database:
    psycopg = pytest.importorskip("psycopg")
    return Database(psycopg.connect(conninfo, autocommit=True))


@pytest.fixture
def server(postgresql: str) -> Iterator[Database]:
    db = connected(postgresql)
    create(db)
    create(db)
    yield db
    db.connection.close()


@pytest.fixture
def kept(server: Database, tmp_path: Path) -> Vault:
    return Vault(server, tmp_path, ROOT_KEY)


def test_files_are_kept_moved_checked_and_destroyed(kept: Vault, server: Database, tmp_path: Path):
    large = os.urandom(CHUNK + 5)
    one = kept.put("A", io.BytesIO(large))
    kept.put("A", io.BytesIO(CONTENT))
    assert not kept.put("A", io.BytesIO(CONTENT)).new
    assert kept.open("A", one.sha256).read() == large
    kept.move("A", SHA256, "B")
    assert kept.rewrap(bytes(32)) == 2
    checked = kept.check()
    assert (checked.objects, checked.problems, checked.notices) == (2, (), ())
    with server.transaction():
        destroyed = kept.destroy("A")
    assert kept.finish(destroyed).objects == 1
    assert kept.destroy("B", SHA256).done
    assert not [path for path in (tmp_path / "objects").rglob("*") if path.is_file()]


def test_an_undone_act_leaves_a_file_that_is_swept(kept: Vault, server: Database):
    kept.put("A", io.BytesIO(b"another"))
    server.execute("BEGIN")
    kept.put("A", io.BytesIO(CONTENT))
    kept.destroy("A", hashlib.sha256(b"another").hexdigest())
    server.execute("ROLLBACK")
    assert kept.sweep().orphans == 1
    assert kept.open("A", hashlib.sha256(b"another").hexdigest()).read() == b"another"


def test_nothing_of_a_destroyed_key_lies_in_the_tables_files(
    kept: Vault, server: Database, postgresql_host: str, tmp_path: Path
):
    kept.put("A", io.BytesIO(CONTENT))
    kept.put("B", io.BytesIO(CONTENT))
    secrets = [bytes(row[0]) for row in server.rows("SELECT wrapped_key FROM vault_object WHERE case_id = 'A'")]
    secrets += [bytes(row[0]) for row in server.rows("SELECT wrapped_key FROM vault_case WHERE case_id = 'A'")]

    def found() -> int:
        server.execute("CHECKPOINT")
        files = [path for path in (Path(postgresql_host) / "data" / "base").rglob("*") if path.is_file()]
        return sum(secret in path.read_bytes() for path in files for secret in secrets)

    assert found() == 2
    kept.destroy("A")
    assert found() == 0
    assert kept.open("B", SHA256).read() == CONTENT


def test_those_who_put_the_same_files_at_once_meet_without_harm(kept: Vault, postgresql: str, tmp_path: Path):
    new: list[bool] = []
    faults: list[BaseException] = []
    ready = threading.Barrier(4)

    def work() -> None:
        db = connected(postgresql)
        try:
            own = Vault(db, tmp_path, ROOT_KEY)
            ready.wait()
            new.extend(own.put("A", io.BytesIO(b"%d" % number)).new for number in range(10))
        except BaseException as fault:  # noqa: BLE001 - told below
            faults.append(fault)
        finally:
            db.connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert sum(new) == 10
    assert kept.check().objects == 10
    assert kept.check().problems == kept.check().notices == ()


def test_one_who_waits_in_vain_or_may_not_write_is_told(kept: Vault, server: Database, postgresql: str):
    other = connected(postgresql)
    server.execute("SET lock_timeout = '50ms'")
    with other.transaction():
        other.lock()
        with pytest.raises(DatabaseLocked, match="another program is writing"):
            kept.put("A", io.BytesIO(CONTENT))
    other.connection.close()
    server.execute("SET default_transaction_read_only = on")
    with pytest.raises(StoreReadOnly):
        kept.put("A", io.BytesIO(CONTENT))
