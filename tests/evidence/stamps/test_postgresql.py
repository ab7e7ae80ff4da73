"""The queue on a real PostgreSQL server does what it does on SQLite."""

from datetime import timedelta

import pytest

from evidence.stamps.conftest import START, Clock, World, note, silent
from evidence.tsa_lab import certify, forge
from telusur.evidence import Database
from telusur.evidence.stamps import (
    Authority,
    check,
    create,
    lapsed,
    queue,
    queue_renewals,
    stamps,
    take_replies,
    with_renewals,
    work,
    write_requests,
)

pytestmark = pytest.mark.long


def test_stamps_wait_come_are_renewed_and_checked(postgresql, tmp_path):
    psycopg = pytest.importorskip("psycopg")
    own = forge()
    with psycopg.connect(postgresql, autocommit=True) as connection:
        db = Database(connection)
        create(db)
        create(db)
        authorities = tuple(Authority(name, f"https://{name}.example.org/", own.root.pem) for name in ("satu", "dua"))
        world = World(db, Clock(), authorities)
        with db.transaction():
            queue(db, note(3), authorities, START)
        world.answers = {one.url: silent() for one in authorities}
        work(db, authorities, world.transport, world.clock)
        assert [(one.state, one.tries) for one in stamps(db)] == [("waiting", 1)] * 2
        soon = certify("Otoritas Singkat", own.link, until=START + timedelta(days=50))
        world.answers = {one.url: {"signer": soon, "certificates": (soon.der, own.link.der)} for one in authorities}
        queue(db, note(2**40), authorities, START)
        world.clock.go(minutes=2)
        work(db, authorities, world.transport, world.clock)
        assert [one.state for one in stamps(db)] == ["covered", "covered", "stamped", "stamped"]
        assert queue_renewals(db, authorities, world.clock.now) == [5, 6]
        write_requests(db, tmp_path / "keluar", authorities)
        (tmp_path / "masuk").mkdir()
        for one in stamps(db, "state = 'waiting'"):
            (tmp_path / "masuk" / f"{one.id}.tsr").write_bytes(world.reply(one.request))
        assert all(one.taken for one in take_replies(db, tmp_path / "masuk", authorities, world.clock.now))
        assert [one.id for one in with_renewals(db, 2**40)] == [3, 4, 5, 6]
        assert lapsed(db, START + timedelta(days=60)) == []
        assert check(db) == ()
        db.execute("UPDATE stamp SET serial = '1' WHERE id = 3")
        assert len(check(db)) == 1
