"""An office that acts without end until it is killed: every act with its entry, in one transaction.

``python acting.py sqlite|postgresql PLACE SEED [ACTS]``: tells ``ready``, then the number of each act that it was told
is done; the last are those that a person would have seen as done.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import merkle
from telusur.evidence import ledger
from telusur.evidence.database import Database, open_sqlite
from telusur.evidence.ledger import Ledger, check


def opened(kind: str, place: str) -> Database:
    if kind == "sqlite":
        return Database(open_sqlite(Path(place)))
    import psycopg  # noqa: PLC0415 - only where there is a server

    return Database(psycopg.connect(place, autocommit=True))


def create(db: Database) -> None:
    """Make an empty ledger, and the table of the acts beside it."""
    with db.transaction():
        for table in ("ledger_entry", "ledger_tile", "ledger_opening", "act"):
            db.execute(f"DROP TABLE IF EXISTS {table}")
        ledger.create(db)
        db.execute("CREATE TABLE act (name TEXT NOT NULL, seq BIGINT NOT NULL)")


def act(db: Database, names: list[str], *, act_first: bool) -> None:
    """Do acts and enter them, in either order, in one transaction."""
    book = Ledger(db)
    with db.transaction():
        first = book.size()
        if act_first:
            db.executemany("INSERT INTO act (name, seq) VALUES (?, ?)", [*zip(names, range(first, first + len(names)))])  # noqa: B905 - one is as long as the other
        entries = book.append([merkle.named(name, first + at) for at, name in enumerate(names)])
        if not act_first:
            db.executemany(
                "INSERT INTO act (name, seq) VALUES (?, ?)",
                [(name, entry.seq) for name, entry in zip(names, entries, strict=True)],
            )


def faults(db: Database, done: set[str]) -> list[str]:
    """Say what is wrong after a crash: acts without entries, entries without acts, what was told as done and is not."""
    found = check(db)
    told = [problem.en for problem in found.problems]
    acts = dict(db.rows("SELECT seq, name FROM act"))
    book = Ledger(db)
    entered = dict(db.rows("SELECT seq, object FROM ledger_opening"))
    told += [f"the entry {seq} is of no known act" for seq in range(book.size()) if seq not in entered]
    if len(acts) != db.rows("SELECT COUNT(*) FROM act")[0][0]:
        told.append("two acts have one entry")
    told += [f"the act {acts[seq]} has no entry" for seq in acts if seq not in entered]
    told += [f"the entry {seq} has no act" for seq in entered if seq not in acts]
    told += [
        f"the entry {seq} is another act's"
        for seq in entered
        if seq in acts and merkle.hashed(acts[seq]) != entered[seq]
    ]
    told += [f"the act {name} was told as done and is gone" for name in done - set(acts.values())]
    return told


def main() -> None:
    kind, place, seed, *count = sys.argv[1:]
    drawn = random.Random(seed)
    db = opened(kind, place)
    print("ready", flush=True)
    number, left = 0, int(count[0]) if count else 1 << 60
    while left > 0:
        many = min(left, drawn.choice([1, 1, 1, 2, 5, 40, 300]))
        names = [f"{seed}-{number + at}" for at in range(many)]
        act(db, names, act_first=drawn.random() < 0.5)
        number, left = number + many, left - many
        print(*names, sep="\n", flush=True)


if __name__ == "__main__":
    main()
