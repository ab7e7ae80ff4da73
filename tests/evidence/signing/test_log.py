"""The signed heads of a ledger: none contradicts another."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

import postgres
from signed_logs import AT, Office, key, opened, witness_key
from telusur.domain.errors import BadInput, MissingZone
from telusur.evidence import ledger, signing
from telusur.evidence.database import Database
from telusur.evidence.signing import (
    Checkpoint,
    KeyFrom,
    Log,
    Note,
    NoteRefused,
    ProofFile,
    WitnessRequest,
    cosign,
    follow,
    open_checkpoint,
    verify,
)


def test_a_signed_ledger_holds_and_its_entries_are_proved(office: Office) -> None:
    note = office.act()

    assert office.check(key().fingerprint, note) == ""
    proof = ProofFile.parse(office.log.proof(1).to_bytes())
    assert verify(proof, office.log.ledger.entry(1).leaf, key().verify_key).size == 2


def test_a_log_begins_with_an_entry_that_names_its_key(office: Office) -> None:
    opening = office.log.ledger.openings(0)["detail"]

    assert office.log.ledger.entry(0).read()["type"] == "key"
    assert key().vkey in (opening.value or "")
    with pytest.raises(RuntimeError, match="begins once"):
        office.begin()


def test_where_nothing_came_the_last_note_is_given_again(office: Office) -> None:
    note = office.act()

    assert office.act(work=lambda: office.log.sign(AT)) == note == office.log.last()
    assert office.log.sizes() == [1, 2]


def test_a_log_whose_first_transaction_only_signs_has_its_key_from_the_start(tmp_path: Path) -> None:
    with opened(tmp_path / "store.db") as office:
        note = office.act()
        (only,) = office.log.keys()
        assert only.from_size == 0
        assert open_checkpoint(note, [key().verify_key]).size == 1
        assert office.check(key().fingerprint, note) == ""


def test_nothing_is_signed_outside_a_transaction(office: Office) -> None:
    note = office.log.last()
    assert note is not None
    for work in (
        lambda: office.log.sign(AT),
        lambda: office.log.rotate(key(2), AT, "officer"),
        lambda: office.log.replace_lost(key(2), AT, "officer"),
        lambda: office.log.take_cosigned(note, witness_key().verify_key),
    ):
        with pytest.raises(RuntimeError, match="none is open"):
            work()


def test_a_transaction_that_fails_leaves_no_head(office: Office) -> None:
    before = office.log.last()

    def signed_and_failed() -> bytes:
        office.log.ledger.append([ledger.Act("view", AT, "officer")])
        office.log.sign(AT)
        raise ZeroDivisionError

    def rotated_and_failed() -> bytes:
        office.log.rotate(key(2), AT, "officer")
        raise ZeroDivisionError

    for work in (signed_and_failed, rotated_and_failed):
        with pytest.raises(ZeroDivisionError):
            office.act(work=work)
    assert office.log.last() == before
    # The old key is still the one in force, and still at hand.
    assert Note.parse(office.act()).by(key().verify_key) is not None


def test_a_head_names_a_time_with_a_zone(office: Office) -> None:
    with office.db.transaction():
        office.log.ledger.append([ledger.Act("view", AT, "officer")])
        with pytest.raises(MissingZone):
            office.log.sign(datetime(2026, 1, 1))  # noqa: DTZ001 - what is refused


def test_another_key_does_not_sign_the_log(office: Office) -> None:
    for other in (Log(office.db, office.log.ledger, key(2)), Log(office.db, office.log.ledger)):
        with pytest.raises(BadInput, match=key().fingerprint), office.db.transaction():
            other.sign(AT)


@pytest.mark.parametrize("seq", [0, 5, 9])
def test_an_entry_that_was_changed_stops_the_signing(office: Office, seq: int) -> None:
    office.act(9)
    with office.unguarded() as db:
        db.execute("UPDATE ledger_entry SET body = ? WHERE seq = ?", (b'{"v":1}', seq))

    with pytest.raises(ledger.LedgerBroken, match="no longer what was signed at 10"):
        office.act()


def test_entries_that_were_removed_stop_the_signing(office: Office) -> None:
    office.act(9)
    with office.unguarded() as db:
        db.execute("DELETE FROM ledger_entry WHERE seq > 6")
        db.execute("DELETE FROM ledger_opening WHERE seq > 6")

    for count in (1, 9):
        with pytest.raises(ledger.LedgerBroken, match="no longer what was signed"):
            office.act(count)


def test_a_head_that_was_changed_stops_the_signing(office: Office) -> None:
    note = office.act(3)
    forged = signing.sign(Checkpoint(key().name, 4, bytes(32)).text(), [key(2)])
    for changed in (forged, note.replace(b"\n4\n", b"\n3\n"), b"", note + b"\n"):
        with office.unguarded() as db:
            db.execute("UPDATE ledger_checkpoint SET note = ? WHERE size = 4", (changed,))
        with pytest.raises((ledger.LedgerBroken, NoteRefused)):
            office.act()


def test_what_was_signed_is_neither_changed_nor_deleted_nor_put_before(office: Office) -> None:
    office.act(3)
    for statement in (
        "UPDATE ledger_checkpoint SET at = ''",
        "DELETE FROM ledger_checkpoint",
        "INSERT INTO ledger_checkpoint (size, note, at) VALUES (2, x'00', '')",
        "INSERT OR REPLACE INTO ledger_checkpoint (size, note, at) VALUES (4, x'00', '')",
        "UPDATE ledger_key SET vkey = ''",
        "DELETE FROM ledger_key",
        "INSERT OR REPLACE INTO ledger_key (from_size, vkey) VALUES (0, '')",
    ):
        with pytest.raises(Exception, match=r"never changed|comes behind"):
            office.db.execute(statement)


def test_both_keys_sign_where_one_hands_over_and_the_new_one_from_then_on(office: Office) -> None:
    office.act(4)
    note = office.rotate(key(2))
    later = office.act()

    assert Note.parse(note).by(key(1).verify_key)
    assert Note.parse(note).by(key(2).verify_key)
    assert Note.parse(later).by(key(1).verify_key) is None
    assert office.log.keys() == (KeyFrom(0, key(1).verify_key), KeyFrom(6, key(2).verify_key))
    assert office.check(key(1).fingerprint, later) == office.check(key(2).fingerprint, later) == ""
    # What was signed before keeps verifying under its key, and the old key leads to the new one.
    assert open_checkpoint(office.log.note(5) or b"", [key(1).verify_key]).size == 5
    assert follow(key(1).verify_key, office.log.changes()) == office.log.keys()


def test_the_change_of_keys_is_an_entry_that_can_be_proved(office: Office) -> None:
    office.rotate(key(2))
    said = office.log.ledger.openings(1)["detail"].value or ""

    assert office.log.ledger.entry(1).read()["type"] == "key"
    assert key(2).vkey in said
    # Proved under the old key too, for it has signed that head.
    assert verify(office.log.proof(1, 2), office.log.ledger.entry(1).leaf, key(1).verify_key).size == 2


@pytest.mark.parametrize("new", [key(1), key(2, "telusur/another")], ids=["the same", "of another log"])
def test_a_log_hands_over_to_a_new_key_of_its_name_only(office: Office, new: signing.SigningKey) -> None:
    with pytest.raises(BadInput, match="must be new"):
        office.rotate(new)


def test_a_log_does_not_return_to_a_key_it_had(office: Office) -> None:
    office.rotate(key(2))
    with pytest.raises(BadInput, match="must be new"):
        office.rotate(key(1))


def test_a_log_goes_on_where_its_key_is_lost_and_only_the_new_fingerprint_vouches(office: Office) -> None:
    office.act(4)
    note = office.lose(key(2))
    later = office.act()

    assert Note.parse(note).by(key(1).verify_key) is None
    assert office.check(key(2).fingerprint, later) == office.check(None, later) == ""
    assert f"verify with the fingerprint of the new one, {key(2).fingerprint}" in office.check(key(1).fingerprint)
    with pytest.raises(NoteRefused, match="the key before was lost"):
        follow(key(1).verify_key, office.log.changes())
    assert [link.key for link in follow(key(2).verify_key, office.log.changes())] == [key(2).verify_key]


def test_a_cosigned_note_is_taken_in_once_and_given_with_the_own_line_first(office: Office) -> None:
    note = office.act(3)
    watcher = witness_key()
    answer = cosign(note, [key().verify_key], None, (), watcher, AT)

    for _ in range(2):
        with office.db.transaction():
            assert office.log.take_cosigned(answer, watcher.verify_key) == 4
    assert office.log.cosigned(4) == answer
    assert office.log.last() == note
    assert office.log.seen_by(watcher.verify_key) == 4
    assert office.log.seen_by(witness_key(8).verify_key) == 0
    assert office.check(key().fingerprint) == ""


def test_what_a_witness_saw_of_another_log_is_not_taken_in(office: Office, tmp_path: Path) -> None:
    office.act(3)
    watcher = witness_key()
    with opened(tmp_path / "fork.db") as fork:
        fork.begin()
        forked = cosign(fork.act(3), [key().verify_key], None, (), watcher, AT)
    ahead = cosign(
        signing.sign(Checkpoint(key().name, 99, bytes(32)).text(), [key()]), [key().verify_key], None, (), watcher, AT
    )
    for answer in (forked, ahead):
        with pytest.raises(NoteRefused, match="another log"), office.db.transaction():
            office.log.take_cosigned(answer, watcher.verify_key)
    with pytest.raises(NoteRefused, match="no key that is known"), office.db.transaction():
        office.log.take_cosigned(office.log.last() or b"", watcher.verify_key)


def test_a_log_is_no_witness_of_its_own(office: Office) -> None:
    own = key(1, "pengawas/saksi", signing.COSIGNATURE)
    answer = cosign(office.log.last() or b"", [key().verify_key], None, (), own, AT)

    with pytest.raises(NoteRefused, match="no witness of its own"), office.db.transaction():
        office.log.take_cosigned(answer, own.verify_key)


def test_a_request_proves_the_growth_since_any_size(office: Office) -> None:
    office.act(7)
    roots = {size: office.log.ledger.root(size) for size in range(9)}
    for old in range(9):
        request = WitnessRequest.parse(office.log.request(old))
        seen = Checkpoint(key().name, old, roots[old]) if old else None
        assert cosign(request.note, [key().verify_key], seen, request.proof, witness_key(), AT)
    for old in (-1, 9):
        with pytest.raises(BadInput, match="last checkpoint has 8"):
            office.log.request(old)


def test_a_log_without_a_head_gives_none_and_asks_for_nothing(tmp_path: Path) -> None:
    with opened(tmp_path / "store.db") as office:
        assert office.log.last() is None
        assert office.log.note(1) is None
        assert office.log.cosigned(1) is None
        with pytest.raises(LookupError):
            office.log.proof(0)
        with pytest.raises(BadInput, match="no checkpoint"):
            office.log.request(0)
        assert office.check() == ""


def test_the_log_is_kept_on_postgresql_as_well(postgresql: str) -> None:
    psycopg = pytest.importorskip("psycopg")
    assert postgres.programs()
    with psycopg.connect(postgresql, autocommit=True) as connection:
        db = Database(connection)
        ledger.create(db)
        for _ in range(2):
            signing.create(db)
        office = Office(db)
        office.begin()
        office.act(300)
        note = office.rotate(key(2))
        answer = cosign(note, [key().verify_key], None, (), witness_key(), AT)
        with db.transaction():
            office.log.take_cosigned(answer, witness_key().verify_key)
        last = office.act()
        assert office.check(key(1).fingerprint, last) == ""
        for statement in (
            "UPDATE ledger_checkpoint SET at = ''",
            "DELETE FROM ledger_checkpoint",
            "TRUNCATE ledger_key",
            "INSERT INTO ledger_key (from_size, vkey) VALUES (0, '')",
            "UPDATE ledger_cosignature SET line = ''",
        ):
            with pytest.raises(psycopg.Error, match=r"never changed|comes behind"):
                db.execute(statement)
        db.execute("ALTER TABLE ledger_key DISABLE TRIGGER ledger_key_kept")
        assert office.check() == "the trigger ledger_key_kept is missing or was altered"
