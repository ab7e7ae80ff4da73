"""A vault of the tests' own, and programs that use it from outside."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from telusur.evidence.database import Database, open_sqlite
from telusur.evidence.vault import Vault, create

ROOT_KEY = bytes(range(32))
#: What every program of these tests begins with: `vault_at` opens the vault of a folder.
_PREAMBLE = """
import io, os, random, signal, sys, time, resource
from pathlib import Path
from telusur.evidence.database import Database, open_sqlite
from telusur.evidence.vault import *
def vault_at(folder):
    db = Database(open_sqlite(Path(folder) / "store.db"))
    create(db)
    return Vault(db, Path(folder), bytes(range(32)))
"""


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    (tmp_path / "store").mkdir()
    connection = open_sqlite(tmp_path / "store" / "store.db")
    database = Database(connection)
    create(database)
    yield database
    connection.close()


@pytest.fixture
def folder(db: Database, tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def vault(db: Database, folder: Path) -> Vault:
    return Vault(db, folder, ROOT_KEY)


@pytest.fixture
def program() -> Callable[..., subprocess.Popen[str]]:
    """Start a program that begins as all do here; its arguments are ``sys.argv[1:]``."""

    def start(body: str, *arguments: object) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", _PREAMBLE + body, *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start


@pytest.fixture
def in_own_mounts() -> Callable[[str, str], subprocess.CompletedProcess[str]]:
    """Run a program below file systems that a few lines of shell mount at ``$1``, seen by nobody else."""
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-Urm", "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount file systems of his own")

    def run(shell: str, body: str, place: Path) -> subprocess.CompletedProcess[str]:
        script = f'{shell}\nexec "$2" -c "$3" "$1"'
        return subprocess.run(
            [unshare, "-Urm", "sh", "-euc", script, "sh", str(place), sys.executable, _PREAMBLE + body],
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run
