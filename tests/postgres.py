"""A PostgreSQL server of the tests' own: in a temporary folder, on a Unix socket, gone when they end."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "telusur"
#: What a server may lack that is thrown away; the disk is not what these tests are about.
LOOSE = ("-c", "fsync=off", "-c", "full_page_writes=off")


def programs() -> Path | None:
    """Give the folder of the server's programs, if it is installed."""
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else []
    # Debian keeps them beside the path, one folder a version.
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "postgres").exists() and (place / "initdb").exists()), None)


@contextmanager
def server(*options: str) -> Iterator[str]:
    """Run a server; give the folder of its socket, which is its host. It refuses to run as root, and need not."""
    place = programs()
    assert place is not None
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    user = _nobody() if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    quiet = {"user": user, "stdout": subprocess.DEVNULL, "cwd": folder, "env": {**os.environ, "LC_ALL": "C"}}
    data = folder / "data"
    try:
        subprocess.run(
            [place / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
            check=True,
            stderr=subprocess.DEVNULL,
            **quiet,
        )
        running = subprocess.Popen(
            [place / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses=", *options],
            stderr=subprocess.DEVNULL,
            **quiet,
        )
        try:
            _wait(folder, running)
            yield str(folder)
        finally:
            running.terminate()
            running.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _nobody() -> str:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _wait(folder: Path, running: subprocess.Popen[bytes]) -> None:
    import psycopg  # noqa: PLC0415 - only where there is a server

    for _ in range(300):
        assert running.poll() is None, "the server ended at once"
        try:
            psycopg.connect(host=str(folder), user=USER, dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not answer within 30 seconds")
