"""Stamps that somebody changed in the database no longer hold."""

import pytest

from evidence.stamps.conftest import START, note
from evidence.tsa_lab import forge
from telusur.evidence.stamps import check, queue, queue_renewals, stamps, work


@pytest.fixture
def stamped(world):
    queue(world.db, note(7), world.authorities, START)
    work(world.db, world.authorities, world.transport, world.clock)
    return world


def test_what_was_taken_holds(stamped):
    assert check(stamped.db) == ()
    assert check(stamped.db, {7: note(7)}) == ()


def test_a_note_that_the_log_does_not_have_is_a_fork(stamped):
    found = check(stamped.db, {7: note(7).replace(b"c2lt", b"c2lU")})
    assert [words.en for words in found] == [
        f"stamp {number} ({name}): it is not for the checkpoint 7 that is kept"
        for number, name in ((1, "satu"), (2, "dua"))
    ]
    assert len(check(stamped.db, {})) == 2


def test_what_waits_is_no_fault(world):
    queue(world.db, note(7), world.authorities, START)
    assert check(world.db) == ()


@pytest.mark.parametrize(
    ("change", "value", "words"),
    [
        ("reply", b"rusak", "no whole time-stamp reply"),
        ("document", note(8), "for another document"),
        ("request", b"rusak", "not for this document"),
        ("token", b"rusak", "recorded otherwise"),
        ("chain", "rusak", "certificates kept with it are damaged"),
        ("chain", None, "certificates kept with it are damaged"),
        ("chain", forge().evil_root.pem, "no chain of certificates"),
        ("stamped_at", "2020-01-01T00:00:00.000000Z", "recorded otherwise"),
        ("until", "2099-01-01T00:00:00.000000Z", "recorded otherwise"),
        ("serial", "1", "recorded otherwise"),
        ("policy", "1.2", "recorded otherwise"),
        ("size", 8, "not for the checkpoint 8"),
    ],
)
def test_each_changed_column_is_found(stamped, change, value, words):
    stamped.db.execute(f"UPDATE stamp SET {change} = ? WHERE id = 1", (value,))
    found = check(stamped.db)
    assert len(found) == 1
    assert found[0].en.startswith("stamp 1 (satu): ")
    assert words in found[0].en


def test_a_renewal_of_other_stamps_than_it_lists_is_found(stamped):
    margin = stamps(stamped.db)[0].until - START
    queue_renewals(stamped.db, stamped.authorities[:1], START, margin=margin)
    # The lab's certificates all end on one day, so the end of what is renewed is moved for this test.
    stamped.db.execute("UPDATE stamp SET until = '2030-01-01T00:00:00.000000Z' WHERE size IS NOT NULL")
    work(stamped.db, stamped.authorities, stamped.transport, stamped.clock)
    stamped.db.execute("UPDATE stamp SET until = '2089-01-01T00:00:00.000000Z'")
    assert check(stamped.db) == ()
    stamped.db.execute("DELETE FROM stamp_renews WHERE renewed = 2")
    assert ["the list that it renews does not fit" in words.en for words in check(stamped.db)] == [True]
