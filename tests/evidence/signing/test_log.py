"""The signed heads of a ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from telusur.evidence import ledger, signing
from telusur.evidence.database import Database, open_sqlite

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    connection = open_sqlite(tmp_path / "store.db")
    made = Database(connection)
    ledger.create(made)
    signing.create(made)
    yield made
    connection.close()


def test_a_signed_ledger_holds_and_its_entries_are_proved(db: Database) -> None:
    key = signing.SigningKey.make()
    log = signing.Log(db, ledger.Ledger(db), key)
    with db.transaction():
        log.begin(AT, "officer")
    with db.transaction():
        log.ledger.append([ledger.Act("view", AT, "officer", case="c1")])
        note = log.sign(AT)

    assert signing.check_log(db, key.fingerprint, note) == ()
    proof = signing.ProofFile.parse(log.proof(1).to_bytes())
    assert signing.verify(proof, log.ledger.entry(1).leaf, key.verify_key).size == 2
