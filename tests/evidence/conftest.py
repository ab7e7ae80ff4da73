"""What the tests of custody share: databases on a real PostgreSQL server."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest

import postgres


@pytest.fixture(scope="session")
def postgresql_host() -> Iterator[str]:
    if postgres.programs() is None:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    with postgres.server(*postgres.LOOSE) as host:
        yield host


@pytest.fixture
def postgresql(postgresql_host: str) -> str:
    """Give the connection string of an empty database."""
    psycopg = pytest.importorskip("psycopg")
    name = f"t{uuid.uuid4().hex}"
    with psycopg.connect(host=postgresql_host, user=postgres.USER, dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"host={postgresql_host} user={postgres.USER} dbname={name}"
