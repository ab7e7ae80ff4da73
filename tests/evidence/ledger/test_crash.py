"""Whatever the moment at which an office is killed: no act without its entry, and no entry without its act."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

import acting
import merkle
from telusur.evidence import ledger
from telusur.evidence.database import Database


def kill(kind: str, place: str, seeds: list[str], seconds: float) -> set[str]:
    """Let offices act on one database, and kill them after a while; give what they told as done."""
    offices = [
        subprocess.Popen(
            [sys.executable, str(Path(acting.__file__)), kind, place, seed], stdout=subprocess.PIPE, text=True
        )
        for seed in seeds
    ]
    for office in offices:
        assert office.stdout.readline() == "ready\n"
    time.sleep(seconds)
    for office in offices:
        office.kill()
    done: set[str] = set()
    for office in offices:
        # A line that was cut off is none.
        told, _ = office.communicate()
        done.update(told.rpartition("\n")[0].split())
        assert office.returncode == -9
    return done


def killed_often(kind: str, place: str, db: Database, moments: int) -> int:
    """Kill one or two offices again and again, and see after each time that acts and entries are the same."""
    drawn = random.Random(moments)
    done: set[str] = set()
    count = 0
    for moment in range(moments):
        if moment % 20 == 0:  # what is checked after each kill is not to grow for ever
            acting.create(db)
            count, done = count + len(done), set()
        seeds = [f"{moment}.{writer}" for writer in range(1 + moment % 2)]
        done |= kill(kind, place, seeds, drawn.uniform(0, 0.12))
        assert acting.faults(db, done) == []
    return count + len(done)


@pytest.fixture
def db(tmp_path: Path) -> Database:
    db = acting.opened("sqlite", str(tmp_path / "store.db"))
    acting.create(db)
    return db


def test_an_office_killed_at_any_moment_leaves_every_act_with_its_entry(db: Database, tmp_path: Path) -> None:
    assert killed_often("sqlite", str(tmp_path / "store.db"), db, 12) > 12


@pytest.mark.long
def test_an_office_killed_two_hundred_times_leaves_every_act_with_its_entry(db: Database, tmp_path: Path) -> None:
    assert killed_often("sqlite", str(tmp_path / "store.db"), db, 200) > 1000


@pytest.mark.long
def test_an_office_on_postgresql_killed_two_hundred_times_leaves_every_act_with_its_entry(postgresql: str) -> None:
    db = acting.opened("postgresql", postgresql)
    acting.create(db)
    assert killed_often("postgresql", postgresql, db, 200) > 1000
    db.connection.close()


def test_what_is_looked_for_after_a_kill_would_be_seen(db: Database) -> None:
    acting.act(db, ["a", "b"], act_first=True)
    assert acting.faults(db, {"a"}) == []
    assert acting.faults(db, {"c"}) == ["the act c was told as done and is gone"]
    db.execute("INSERT INTO act VALUES ('c', 2)")  # in a transaction of its own
    assert acting.faults(db, set()) == ["the act c has no entry"]
    with db.transaction():
        ledger.Ledger(db).append([merkle.named("other", 2), merkle.named("d", 3)])
    assert acting.faults(db, set()) == ["the entry 3 has no act", "the entry 2 is another act's"]
    db.execute("INSERT INTO act VALUES ('d', 3), ('d', 3)")
    assert "two acts have one entry" in acting.faults(db, set())
