"""A store of the tests' own, and files to put into it."""

from datetime import UTC, datetime, timedelta

import pytest

from telusur.evidence import store as stores
from telusur.evidence.signing import pkcs8


class Clock:
    """A clock that goes on by a second whenever it is asked."""

    def __init__(self):
        self.at = datetime(2024, 3, 1, 2, 0, tzinfo=UTC)

    def __call__(self):
        self.at += timedelta(seconds=1)
        return self.at


@pytest.fixture(autouse=True)
def _quick_passphrases(monkeypatch):
    """Stretch passphrases a little only: how much is for the tests of signing."""
    monkeypatch.setattr(pkcs8, "_ROUNDS", 2)
    monkeypatch.setattr(pkcs8, "_LANES", 1)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(tmp_path, clock):
    with stores.Store.create(tmp_path / "kantor", name="Kantor", actor="petugas", clock=clock) as made:
        yield made


@pytest.fixture
def put(store, tmp_path):
    """Put files into a case: names and contents."""

    def adds(case, receipt=None, **files):
        folder = tmp_path / "masuk"
        folder.mkdir(exist_ok=True)
        given = []
        for name, content in files.items():
            path = folder / f"{name}.txt"
            path.write_bytes(content)
            given += stores.given([path], receipt or stores.Receipt())
        return stores.add(store, case, given, actor="petugas")

    return adds


@pytest.fixture
def reopened(store):
    """Close the store and open it again, after something was done to its files."""

    def opens():
        store.close()
        return stores.Store.open(store.folder)

    return opens


def everything(folder):
    """Give every byte of a folder: names of files, and what they hold."""
    found = bytearray()
    for path in sorted(folder.rglob("*")):
        found += str(path.relative_to(folder)).encode() + b"\n"
        if path.is_file():
            found += path.read_bytes()
    return bytes(found)


@pytest.fixture
def everything_in():
    return everything
