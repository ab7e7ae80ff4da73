"""All tables of a store: those of its parts, and its own."""

from __future__ import annotations

from typing import Final

from telusur.evidence import ledger, signing, stamps, vault
from telusur.evidence.database import Database

#: The files of all cases, and the salts under which destructions commit to the names of theirs.
_TABLES: Final = (
    """CREATE TABLE IF NOT EXISTS item (
    seq BIGINT PRIMARY KEY,
    case_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size BIGINT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    kind TEXT,
    grade TEXT NOT NULL,
    supplied_by TEXT,
    taken_before_officer INTEGER,
    claimed_at TEXT,
    embedded_at TEXT,
    uploaded_at TEXT NOT NULL,
    captured_at TEXT,
    problems TEXT NOT NULL
)""",
    "CREATE INDEX IF NOT EXISTS item_of_case ON item (case_id, seq)",
    "CREATE TABLE IF NOT EXISTS destroyed (seq BIGINT PRIMARY KEY, salt {blob} NOT NULL)",
)


def create(db: Database) -> None:
    """Make what is missing; nothing happens where it is there."""
    for part in (ledger, signing, vault, stamps):
        part.create(db)
    for statement in _TABLES:
        db.execute(statement.replace("{blob}", db.blob))
