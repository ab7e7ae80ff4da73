"""The tables of the ledger, and the triggers that let nobody change what stands in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from telusur.evidence.database import Database

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS ledger_entry (seq {number} PRIMARY KEY, body {blob} NOT NULL);
CREATE TABLE IF NOT EXISTS ledger_tile (
    level INTEGER NOT NULL, idx {number} NOT NULL, root {blob} NOT NULL, hashes {blob} NOT NULL,
    PRIMARY KEY (level, idx)
);
CREATE TABLE IF NOT EXISTS ledger_opening (
    seq {number} PRIMARY KEY, actor TEXT NOT NULL, case_id TEXT, detail TEXT, object TEXT, salts {blob} NOT NULL
);
CREATE INDEX IF NOT EXISTS ledger_of_case ON ledger_opening (case_id) WHERE case_id IS NOT NULL;
"""

#: Name -> table, moment, condition under which the statement is refused, and why.
_REFUSED: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "ledger_entry_kept": ("ledger_entry", "UPDATE", "", "an entry of the ledger is never changed"),
    "ledger_entry_stays": ("ledger_entry", "DELETE", "", "an entry of the ledger is never deleted"),
    "ledger_entry_follows": (
        "ledger_entry",
        "INSERT",
        "NEW.seq <> (SELECT COALESCE(MAX(seq) + 1, 0) FROM ledger_entry)",
        "an entry of the ledger is added behind the last one and nowhere else",
    ),
    "ledger_tile_kept": ("ledger_tile", "UPDATE", "", "a tile of the ledger is never changed"),
    "ledger_tile_stays": ("ledger_tile", "DELETE", "", "a tile of the ledger is never deleted"),
    # `INSERT OR REPLACE` of SQLite deletes without asking the triggers for DELETE.
    "ledger_tile_once": (
        "ledger_tile",
        "INSERT",
        "EXISTS (SELECT 1 FROM ledger_tile WHERE level = NEW.level AND idx = NEW.idx)",
        "a tile of the ledger is written once",
    ),
    "ledger_opening_kept": ("ledger_opening", "UPDATE", "", "an opening of the ledger is deleted or left as it is"),
}
_TRUNCATED: Final = ("ledger_entry", "ledger_tile")
#: How PostgreSQL's catalogue writes down the moments: before (2) each row (1), on INSERT (4), DELETE (8), UPDATE (16).
_KINDS: Final[Mapping[str, int]] = {"INSERT": 7, "DELETE": 11, "UPDATE": 19, "TRUNCATE": 34}


def create(db: Database) -> None:
    """Make the tables and triggers of the ledger where they are missing.

    Parameters
    ----------
    db
        Where; in the open transaction, or in one of its own.
    """
    sqlite = db.kind == "sqlite"
    made = _TABLES.format(number="INTEGER" if sqlite else "BIGINT", blob=db.blob)
    with db.transaction():
        for statement in filter(str.strip, made.split(";\n")):
            db.execute(statement)
        for statement in _sqlite_triggers().values() if sqlite else _postgresql_statements():
            db.execute(statement)


def missing_triggers(db: Database) -> tuple[str, ...]:
    """Name the triggers that are not there, not as they were made, or switched off.

    Parameters
    ----------
    db
        A database with a ledger.
    """
    if db.kind == "sqlite":
        # SQLite keeps the statement as it was given, without the "IF NOT EXISTS".
        stand = dict(db.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
        return tuple(
            name
            for name, made in _sqlite_triggers().items()
            if stand.get(name) != made.replace("IF NOT EXISTS ", "", 1)
        )
    # Standing, before each row or statement, without a condition, never switched off, and doing what it was made to do.
    found = db.rows(
        "SELECT t.tgname, c.relname, t.tgtype, p.prosrc FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "JOIN pg_proc p ON p.oid = t.tgfoid WHERE t.tgenabled IN ('O', 'A') AND t.tgqual IS NULL "
        "AND t.tgrelid IN (to_regclass('ledger_entry'), to_regclass('ledger_tile'), to_regclass('ledger_opening'))"
    )
    there = {name: (table, kind, source) for name, table, kind, source in found}
    return tuple(
        name
        for name, (table, moment, function) in _postgresql_triggers().items()
        if there.get(name) != (table, _KINDS[moment], _postgresql_sources()[function])
    )


def _sqlite_triggers() -> dict[str, str]:
    return {
        name: f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {moment} ON {table} "
        f"{f'WHEN {when} ' if when else ''}BEGIN SELECT RAISE(ABORT, '{why}'); END"
        for name, (table, moment, when, why) in _REFUSED.items()
    }


def _postgresql_sources() -> dict[str, str]:
    """Give the function that each trigger calls, by its name."""
    made = {}
    for name, (_, _, when, why) in _REFUSED.items():
        refuse = f"RAISE EXCEPTION '{why}' USING ERRCODE = 'integrity_constraint_violation';"
        refused = f"IF {when} THEN {refuse} END IF; RETURN NEW;" if when else refuse
        made[name] = f" BEGIN {refused} END "
    return made


def _postgresql_triggers() -> dict[str, tuple[str, str, str]]:
    """Give table, moment and function of each trigger, by its name."""
    made = {name: (table, moment, name) for name, (table, moment, _, _) in _REFUSED.items()}
    return made | {f"{table}_whole": (table, "TRUNCATE", f"{table}_stays") for table in _TRUNCATED}


def _postgresql_statements() -> Iterator[str]:
    for name, source in _postgresql_sources().items():
        yield f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${source}$$"
    for name, (table, moment, function) in _postgresql_triggers().items():
        each = "STATEMENT" if moment == "TRUNCATE" else "ROW"
        yield (
            f"CREATE OR REPLACE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH {each} EXECUTE FUNCTION {function}()"
        )
