"""The tables of what was signed, and the triggers that let nobody change what stands in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from telusur.evidence.database import Database

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS ledger_key (from_size {number} PRIMARY KEY, vkey TEXT NOT NULL, change {blob});
CREATE TABLE IF NOT EXISTS ledger_checkpoint (size {number} PRIMARY KEY, note {blob} NOT NULL, at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS ledger_cosignature (
    size {number} NOT NULL, vkey TEXT NOT NULL, line TEXT NOT NULL, PRIMARY KEY (size, vkey)
);
"""
#: Table -> when a new row is refused, and what its rows are.
_KEPT: Final[Mapping[str, tuple[str, str]]] = {
    "ledger_key": (
        "EXISTS (SELECT 1 FROM ledger_key WHERE from_size >= NEW.from_size)",
        "a key of the log comes behind the one before",
    ),
    "ledger_checkpoint": (
        "EXISTS (SELECT 1 FROM ledger_checkpoint WHERE size >= NEW.size)",
        "a checkpoint comes behind the one before",
    ),
    "ledger_cosignature": (
        "EXISTS (SELECT 1 FROM ledger_cosignature WHERE size = NEW.size AND vkey = NEW.vkey)",
        "a cosignature is written once",
    ),
}
_NEVER: Final = "what was signed is never changed"


def create(db: Database) -> None:
    """Make the tables and triggers where they are missing; in the open transaction, or in one of its own."""
    sqlite = db.kind == "sqlite"
    made = _TABLES.format(number="INTEGER" if sqlite else "BIGINT", blob=db.blob)
    with db.transaction():
        for statement in filter(str.strip, made.split(";\n")):
            db.execute(statement)
        for statement in (_sqlite_triggers() if sqlite else _postgresql_triggers()).values():
            db.execute(statement)


def missing_triggers(db: Database) -> tuple[str, ...]:
    """Name the triggers that are not there, not as they were made, or switched off."""
    if db.kind == "sqlite":
        stand = dict(db.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
        made = _sqlite_triggers()
        # SQLite keeps the statement as it was given, without the "IF NOT EXISTS".
        return tuple(name for name in made if stand.get(name) != made[name].replace("IF NOT EXISTS ", "", 1))
    found = db.rows("SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D' AND tgname LIKE 'ledger%'")
    names = {name for (name,) in found}
    return tuple(name for name in _postgresql_triggers() if name not in names and not name.startswith("function "))


def _sqlite_triggers() -> dict[str, str]:
    made = {}
    for table, (when, why) in _KEPT.items():
        for name, moment, condition, words in (
            ("kept", "UPDATE", "", _NEVER),
            ("stays", "DELETE", "", _NEVER),
            ("follows", "INSERT", f"WHEN {when} ", why),
        ):
            made[f"{table}_{name}"] = (
                f"CREATE TRIGGER IF NOT EXISTS {table}_{name} BEFORE {moment} ON {table} "
                f"{condition}BEGIN SELECT RAISE(ABORT, '{words}'); END"
            )
    return made


def _postgresql_triggers() -> dict[str, str]:
    made = {}
    for table, (when, why) in _KEPT.items():
        for name, body in (
            ("kept", _raised(_NEVER)),
            ("follows", f"IF {when} THEN {_raised(why)} END IF; RETURN NEW;"),
        ):
            made[f"function {table}_{name}"] = (
                f"CREATE OR REPLACE FUNCTION {table}_{name}() RETURNS trigger LANGUAGE plpgsql "
                f"AS $$ BEGIN {body} END $$"
            )
        for name, moment, function in (
            ("kept", "BEFORE UPDATE OR DELETE ON {} FOR EACH ROW", "kept"),
            ("whole", "BEFORE TRUNCATE ON {}", "kept"),
            ("follows", "BEFORE INSERT ON {} FOR EACH ROW", "follows"),
        ):
            made[f"{table}_{name}"] = (
                f"CREATE OR REPLACE TRIGGER {table}_{name} {moment.format(table)} EXECUTE FUNCTION {table}_{function}()"
            )
    return made


def _raised(why: str) -> str:
    return f"RAISE EXCEPTION '{why}' USING ERRCODE = 'integrity_constraint_violation';"
