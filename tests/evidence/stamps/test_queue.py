"""A stamp that was asked for is never forgotten in silence: its state, its tries and its reason are always there."""

import os
from datetime import timedelta

import pytest

from evidence.stamps.conftest import START, note, silent
from evidence.tsa_lab import forge, shifted
from telusur.domain.errors import BadInput
from telusur.evidence.stamps import Authority, create, give_up, queue, size_of, stamps, work
from telusur.evidence.stamps.request import read_request


def states(world):
    return [(one.authority, one.state, one.tries) for one in stamps(world.db)]


def ask(world, **options):
    return work(world.db, world.authorities, world.transport, world.clock, **options)


def test_each_authority_is_asked_for_the_whole_signed_note(world):
    import hashlib  # noqa: PLC0415 - this test alone

    assert queue(world.db, note(7), world.authorities, START) == [1, 2]
    for one in stamps(world.db):
        asked = read_request(one.request)
        assert asked.imprint == hashlib.sha256(note(7)).digest()
        assert asked.algorithm == "2.16.840.1.101.3.4.2.1"
        assert asked.nonce is not None
        assert one.request.endswith(b"\x01\x01\xff")  # certReq
    first, second = (read_request(one.request).nonce for one in stamps(world.db))
    assert first != second


def test_what_is_asked_for_waits_in_plain_sight(world):
    queue(world.db, note(7), world.authorities, START)
    one = stamps(world.db)[0]
    assert (one.state, one.since, one.tries, one.next_try, one.why) == ("waiting", START, 0, START, None)
    assert one.as_json()["since"] == "2026-11-22T12:00:00.000000Z"


def test_the_same_note_is_not_asked_for_twice(world):
    queue(world.db, note(7), world.authorities, START)
    assert queue(world.db, note(7), world.authorities, START) == []
    assert queue(world.db, note(8), world.authorities, START) == [3, 4]


def test_a_stamp_comes_with_all_that_proves_it(world):
    queue(world.db, note(7), world.authorities, START)
    assert ask(world) == [2, 1]
    for one in stamps(world.db):
        assert one.state == "stamped"
        assert one.reply is not None
        assert one.token in one.reply
        assert one.chain == forge().root.pem
        assert (one.stamped_at, one.next_try, one.why, one.policy) == (START, None, None, "1.2.3.4.1")
        assert one.until == forge().signer.certificate.not_valid_after_utc
        assert one.serial == 4711
        assert one.as_json()["serial"] == "1267"


def test_nobody_is_asked_again_for_what_is_stamped(world):
    queue(world.db, note(7), world.authorities, START)
    ask(world)
    world.clock.go(days=3)
    assert ask(world, all_now=True) == []
    assert queue(world.db, note(7), world.authorities, START) == []


def test_one_authority_that_fails_does_not_hold_up_the_other(world):
    world.answers["https://satu.example.org/tsa"] = silent()
    queue(world.db, note(7), world.authorities, START)
    ask(world)
    assert states(world) == [("satu", "waiting", 1), ("dua", "stamped", 0)]
    assert stamps(world.db)[0].why.en == "sunyi"


def test_it_is_asked_again_at_growing_intervals_up_to_a_day_and_then_given_up(world):
    world.answers = {one.url: silent() for one in world.authorities[:1]}
    world.authorities = world.authorities[:1]
    queue(world.db, note(7), world.authorities, START)
    waits = []
    while (one := stamps(world.db)[0]).state == "waiting":
        assert one.tries == len(waits)
        world.clock.now = one.next_try - timedelta(seconds=1)
        assert ask(world) == [] or not waits
        world.clock.now = one.next_try
        asked_at = world.clock.now
        ask(world)
        later = stamps(world.db)[0]
        waits.append(None if later.next_try is None else later.next_try - asked_at)
    # The first was due at once.
    minutes = [wait.total_seconds() / 60 for wait in waits if wait]
    assert minutes[0] in {1, 2}
    assert max(minutes) == 24 * 60
    assert minutes == sorted(minutes)
    assert one.state == "failed"
    assert one.tries == 30
    assert one.next_try is None
    assert one.why is not None


def test_what_was_given_up_can_be_asked_for_anew(world):
    queue(world.db, note(7), world.authorities, START)
    give_up(world.db, "satu")
    assert stamps(world.db)[0].state == "failed"
    assert queue(world.db, note(7), world.authorities, START) == [3]


def test_it_waits_its_turn_unless_a_person_says_now(world):
    world.answers = {one.url: silent() for one in world.authorities}
    queue(world.db, note(7), world.authorities, START)
    ask(world)
    assert ask(world) == []
    assert ask(world, all_now=True) == [2, 1]
    world.clock.go(minutes=2)
    assert ask(world) == [2, 1]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"<html>", "no whole time-stamp reply"),
        (b"", "no whole time-stamp reply"),
        ({"nonce": 5}, "answers another request"),
        ({"nonce": None}, "answers another request"),
        ({"imprint": bytes(32)}, "for another document"),
        ({"status": 1}, "granted with mods"),
        (
            {"status": 2, "with_token": False, "status_words": "badAlg\u202e\n"},
            r"turned the request down .*badAlg\\u202e",
        ),
        ({"at": shifted(START, 10)}, "check this machine's clock"),
        ({"at": shifted(START, -4)}, "check this machine's clock"),
        (bytes(300_000), "larger than"),
        (OSError(111, os.strerror(111)), "did not answer .Connection refused."),
        (TimeoutError(), "did not answer .TimeoutError."),
    ],
)
def test_a_refused_reply_is_not_kept_and_says_why(world, answer, words):
    world.authorities = world.authorities[:1]
    world.answers[world.authorities[0].url] = answer
    queue(world.db, note(7), world.authorities, START)
    ask(world)
    one = stamps(world.db)[0]
    assert (one.state, one.tries, one.reply) == ("waiting", 1, None)
    import re  # noqa: PLC0415 - this test alone

    assert re.search(words, one.why.en)
    assert one.why.id != one.why.en
    # It is taken as soon as the authority answers as it should.
    world.answers.clear()
    world.clock.go(minutes=1)
    ask(world)
    assert stamps(world.db)[0].state == "stamped"


def test_clocks_that_differ_a_little_are_no_fault(world):
    world.answers = {one.url: {"at": START - timedelta(minutes=50)} for one in world.authorities}
    queue(world.db, note(7), world.authorities, START)
    ask(world)
    assert {one.state for one in stamps(world.db)} == {"stamped"}


def test_an_authority_has_to_follow_the_policy_that_people_chose(world):
    own = Authority("satu", "https://satu.example.org/tsa", forge().root.pem, "1.2.3.4.2")
    world.authorities = (own,)
    queue(world.db, note(7), world.authorities, START)
    ask(world)
    assert "under policy 1.2.3.4.1, not 1.2.3.4.2" in stamps(world.db)[0].why.en


def test_a_later_checkpoint_covers_an_earlier_one_and_says_so(world):
    world.answers = {one.url: silent() for one in world.authorities}
    queue(world.db, note(7), world.authorities, START)
    ask(world)
    del world.answers["https://satu.example.org/tsa"]
    queue(world.db, note(8), world.authorities, START)
    world.clock.go(days=1)
    ask(world)
    assert [(one.size, one.authority, one.state) for one in stamps(world.db)] == [
        (7, "satu", "covered"),
        (7, "dua", "waiting"),
        (8, "satu", "stamped"),
        (8, "dua", "waiting"),
    ]
    assert "checkpoint 8, which holds all that this one holds" in stamps(world.db)[0].why.en


def test_an_earlier_checkpoint_covers_nothing_that_is_later(world):
    world.authorities = world.authorities[:1]
    queue(world.db, note(7), world.authorities, START)
    queue(world.db, note(8), world.authorities, START)
    late = stamps(world.db)[1].request

    def transport(url, request):
        if request == late:
            raise silent()
        return world.reply(request)

    work(world.db, world.authorities, transport, world.clock)
    assert [(one.size, one.state) for one in stamps(world.db)] == [(7, "stamped"), (8, "waiting")]


def test_an_authority_that_is_no_longer_configured_is_given_up_aloud(world):
    queue(world.db, note(7), world.authorities, START)
    world.authorities = world.authorities[:1]
    ask(world)
    gone = stamps(world.db)[1]
    assert (gone.state, gone.next_try) == ("failed", None)
    assert "no longer configured" in gone.why.en


def test_an_authority_added_later_is_asked_too(world):
    queue(world.db, note(7), world.authorities[:1], START)
    assert queue(world.db, note(7), world.authorities, START) == [2]


def test_no_transaction_is_held_while_an_authority_is_asked(world):
    held = []

    def transport(url, request):
        held.append(world.db.in_transaction)
        return world.reply(request)

    queue(world.db, note(7), world.authorities, START)
    work(world.db, world.authorities, transport, world.clock)
    assert held == [False, False]
    with world.db.transaction(), pytest.raises(RuntimeError, match="no transaction"):
        ask(world)


def test_two_that_ask_at_once_keep_one_stamp(world):
    world.authorities = world.authorities[:1]
    queue(world.db, note(7), world.authorities, START)

    def transport(url, request):
        # Somebody else asks, and is answered first.
        work(world.db, world.authorities, lambda _, again: world.reply(again, serial=1), world.clock)
        return world.reply(request, serial=2)

    work(world.db, world.authorities, transport, world.clock)
    one = stamps(world.db)[0]
    assert (one.state, one.serial) == ("stamped", 1)


def test_being_killed_while_asking_leaves_it_waiting(world):
    def killed(url, request):
        raise KeyboardInterrupt

    queue(world.db, note(7), world.authorities, START)
    with pytest.raises(KeyboardInterrupt):
        work(world.db, world.authorities, killed, world.clock)
    assert states(world) == [("satu", "waiting", 0), ("dua", "waiting", 0)]


def test_it_joins_the_transaction_of_whoever_calls(world):
    world.db.execute("BEGIN IMMEDIATE")
    queue(world.db, note(7), world.authorities, START)
    assert world.db.in_transaction
    world.db.execute("ROLLBACK")
    assert stamps(world.db) == []


def test_tables_are_made_once(world):
    create(world.db)
    create(world.db)


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"telusur/1\n7\nroot\n",
        b"telusur/1\n07\nroot\n\n\xe2\x80\x94 x y\n",
        b"telusur/1\n-7\nroot\n\n\xe2\x80\x94 x y\n",
        b"telusur/1\n7\nroot\n\n- x y\n",
        b"telusur/1\r\n7\r\nroot\r\n\r\n\xe2\x80\x94 x y\r\n",
        note(7) + b"x",
        note(7)[:-1],
    ],
)
def test_only_a_whole_signed_checkpoint_is_stamped(world, written):
    with pytest.raises(BadInput, match="no signed checkpoint"):
        queue(world.db, written, world.authorities, START)


def test_a_note_tells_its_size():
    assert size_of(note(0)) == 0
    assert size_of(note(123456)) == 123456
