"""Stamps are renewed before the certificates that they rest on end."""

import hashlib
import subprocess
from datetime import UTC, datetime, timedelta

from evidence.stamps.conftest import START, note
from evidence.tsa_lab import certify, forge, openssl_says
from telusur.evidence.stamps import (
    check,
    document_name,
    lapsed,
    queue,
    queue_renewals,
    stamps,
    with_renewals,
    work,
)

SOON = START + timedelta(days=100)
LATER = datetime(2040, 1, 1, tzinfo=UTC)


def by(until):
    own = forge()
    signer = certify(f"Otoritas {until:%Y%m}", own.link, until=until)
    return {"signer": signer, "certificates": (signer.der, own.link.der)}


def ask(world):
    return work(world.db, world.authorities, world.transport, world.clock)


def stamped_for_a_while(world, *sizes):
    world.answers = {one.url: by(SOON) for one in world.authorities}
    for size in sizes or (7,):
        queue(world.db, note(size), world.authorities, world.clock.now)
        ask(world)


def test_long_before_the_end_nothing_is_renewed(world):
    stamped_for_a_while(world)
    assert queue_renewals(world.db, world.authorities, START) == []


def test_before_the_end_all_of_them_are_renewed_together_by_each_authority(world):
    stamped_for_a_while(world, 7, 9)
    world.clock.go(days=20)
    assert queue_renewals(world.db, world.authorities, world.clock.now) == [5, 6]
    assert queue_renewals(world.db, world.authorities, world.clock.now) == []
    world.answers = {one.url: by(LATER) for one in world.authorities}
    ask(world)
    renewals = stamps(world.db)[-2:]
    assert [(one.state, one.size, one.renews, one.until) for one in renewals] == [
        ("stamped", None, (1, 2, 3, 4), LATER)
    ] * 2
    assert queue_renewals(world.db, world.authorities, world.clock.now) == []
    assert check(world.db) == ()


def test_what_is_stamped_is_a_list_that_sha256sum_and_openssl_verify(world, tmp_path):
    stamped_for_a_while(world)
    world.clock.go(days=20)
    queue_renewals(world.db, world.authorities, world.clock.now)
    world.answers = {one.url: by(LATER) for one in world.authorities}
    ask(world)
    first, second, renewal, _ = stamps(world.db)
    for one in (first, second):
        (tmp_path / document_name(one)).write_bytes(one.document)
        (tmp_path / f"{one.id}.tsr").write_bytes(one.reply)
    (tmp_path / document_name(renewal)).write_bytes(renewal.document)
    assert (document_name(first), document_name(renewal)) == ("1.note", "3.sha256")
    done = subprocess.run(
        ["sha256sum", "--strict", "-c", document_name(renewal)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == ["1.note: OK", "1.tsr: OK", "2.note: OK", "2.tsr: OK"]
    assert openssl_says(tmp_path, renewal.reply, renewal.document, forge().root.pem, renewal.request)


def test_a_certificate_that_ends_no_later_renews_nothing_and_waits_aloud(world):
    stamped_for_a_while(world)
    world.clock.go(days=20)
    queue_renewals(world.db, world.authorities, world.clock.now)
    ask(world)
    waiting = stamps(world.db)[-1]
    assert (waiting.state, waiting.tries) == ("waiting", 1)
    assert "ends no later" in waiting.why.en


def test_renewals_are_renewed_in_their_turn(world):
    stamped_for_a_while(world)
    world.clock.now = SOON - timedelta(days=10)
    queue_renewals(world.db, world.authorities, world.clock.now)
    world.answers = {one.url: by(LATER) for one in world.authorities}
    ask(world)
    world.clock.now = LATER - timedelta(days=10)
    assert queue_renewals(world.db, world.authorities, world.clock.now) == [5, 6]
    world.answers = {}
    ask(world)
    assert [one.renews for one in stamps(world.db)] == [(), (), (1, 2), (1, 2), (3, 4), (3, 4)]
    assert [one.id for one in with_renewals(world.db, 7)] == [1, 2, 3, 4, 5, 6]
    assert with_renewals(world.db, 8) == []
    assert check(world.db) == ()


def test_what_ended_without_a_renewal_is_told_and_not_renewed_any_more(world):
    stamped_for_a_while(world)
    world.clock.now = SOON + timedelta(seconds=1)
    assert [one.id for one in lapsed(world.db, world.clock.now)] == [1, 2]
    assert queue_renewals(world.db, world.authorities, world.clock.now) == []
    # It still proves what it proved; how much, a person says.
    assert check(world.db) == ()


def test_what_was_renewed_in_time_never_lapses(world):
    stamped_for_a_while(world)
    world.clock.go(days=20)
    queue_renewals(world.db, world.authorities, world.clock.now)
    world.answers = {one.url: by(LATER) for one in world.authorities}
    ask(world)
    assert lapsed(world.db, SOON + timedelta(days=1)) == []


def test_the_list_names_both_the_document_and_the_reply(world):
    stamped_for_a_while(world)
    world.clock.go(days=20)
    queue_renewals(world.db, world.authorities, world.clock.now)
    first, renewal = stamps(world.db)[0], stamps(world.db)[2]
    lines = renewal.document.decode().splitlines()
    assert lines[0] == f"{hashlib.sha256(first.document).hexdigest()}  1.note"
    assert lines[1] == f"{hashlib.sha256(first.reply).hexdigest()}  1.tsr"
