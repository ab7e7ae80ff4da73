"""A queue in a database of its own, authorities that answer, and a clock that the tests turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from evidence.tsa_lab import Forge, forge
from telusur.evidence import Database, open_sqlite
from telusur.evidence.stamps import Authority, NoAnswer, create
from telusur.evidence.stamps.request import read_request

START = datetime(2026, 11, 22, 12, tzinfo=UTC)


def note(size: int) -> bytes:
    """Write a note of the right form; who signed it is no matter of this room."""
    return f"telusur/0011223344556677\n{size}\nc2ltcHVs\n\n\u2014 telusur/0011223344556677 dGFuZGE=\n".encode()


@dataclass
class Clock:
    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def go(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class World:
    """Two authorities behind a transport: each answers as the test wants."""

    db: Database
    clock: Clock
    authorities: tuple[Authority, ...]
    asked: list[str] = field(default_factory=list)
    #: What an address answers: changes to a sound reply, bytes, or an error; none: a sound reply.
    answers: dict[str, object] = field(default_factory=dict)

    def transport(self, url: str, request: bytes) -> bytes:
        self.asked.append(url)
        answer = self.answers.get(url, {})
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, bytes):
            return answer
        return self.reply(request, **answer)

    def reply(self, request: bytes, **changes) -> bytes:
        asked = read_request(request)
        options = {"nonce": asked.nonce, "imprint": asked.imprint, "at": self.clock.now} | changes
        return forge().good(b"", **options).reply()


@pytest.fixture
def own() -> Forge:
    return forge()


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    connection = open_sqlite(tmp_path / "stamps.db")
    database = Database(connection)
    create(database)
    yield database
    connection.close()


@pytest.fixture
def world(db: Database) -> World:
    pem = forge().root.pem
    names = ("satu", "dua")
    return World(db, Clock(), tuple(Authority(name, f"https://{name}.example.org/tsa", pem) for name in names))


def silent(words: str = "sunyi") -> NoAnswer:
    from telusur.domain.text import Text  # noqa: PLC0415 - rare

    return NoAnswer(Text(words, words))
