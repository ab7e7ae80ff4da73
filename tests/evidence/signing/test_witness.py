"""Witnesses: they vouch for growth and for nothing else, and remember what they saw."""

from __future__ import annotations

import json
import stat
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from signed_logs import AT, NAME, Office, key, opened, witness_key
from telusur.domain.errors import BadInput, MissingZone
from telusur.evidence import ledger, signing
from telusur.evidence.signing import (
    Checkpoint,
    LogChanged,
    Note,
    NoteRefused,
    Witness,
    WitnessRequest,
    check_growth,
    cosign,
    open_note,
    sign,
    verify_cosignature,
)

LATER = AT + timedelta(hours=1)
LOG = key().verify_key


@pytest.fixture
def watcher(tmp_path: Path) -> Witness:
    made = Witness.make(tmp_path / "witness", "pengawas/saksi", None)
    made.trust(LOG, LOG.fingerprint)
    return made


def _asked(office: Office, old: int) -> WitnessRequest:
    return WitnessRequest.parse(office.log.request(old))


@pytest.fixture
def fork(tmp_path: Path) -> Iterator[Office]:
    """A log under the same key that tells another story, as one who owns the key can."""
    with opened(tmp_path / "fork.db") as made:
        made.begin()
        yield made


def test_a_cosignature_signs_the_time_and_the_text_of_the_format(office: Office) -> None:
    note = office.act()
    answer = cosign(note, [LOG], None, (), witness_key(), LATER)
    line = Note.parse(answer).by(witness_key().verify_key)
    assert line is not None

    text = f"cosignature/v1\ntime {int(LATER.timestamp())}\n{Note.parse(note).text}".encode()
    assert line.value == int(LATER.timestamp()).to_bytes(8, "big") + witness_key().sign(text)
    assert line.key_id.hex() == witness_key().vkey.split("+")[1]
    assert verify_cosignature(answer, witness_key().verify_key) == LATER
    assert answer.startswith(note)
    assert open_note(answer, [LOG, witness_key().verify_key]) == Note.parse(note).text


def test_a_plain_signature_of_a_witness_is_no_cosignature(office: Office) -> None:
    plain = key(9, "pengawas/saksi")
    note = sign(Note.parse(office.act()).text, [key(), plain])

    with pytest.raises(NoteRefused):
        verify_cosignature(note, witness_key().verify_key)
    with pytest.raises(NoteRefused, match="not that of a witness"):
        verify_cosignature(note, plain.verify_key)
    with pytest.raises(NoteRefused, match="not that of a witness"):
        cosign(note, [LOG], None, (), plain, LATER)


def test_a_time_that_was_changed_or_makes_no_sense_is_refused(office: Office) -> None:
    answer = Note.parse(cosign(office.act(), [LOG], None, (), witness_key(), LATER))
    own, line = answer.signatures
    later = (int(LATER.timestamp()) + 1).to_bytes(8, "big") + line.value[8:]
    changed = Note(answer.text, (own, signing.Signature(line.name, line.key_id, later))).to_bytes()
    with pytest.raises(NoteRefused, match="does not hold"):
        verify_cosignature(changed, witness_key().verify_key)

    seconds = 2**62
    far = b"cosignature/v1\ntime %d\n" % seconds + answer.text.encode()
    value = seconds.to_bytes(8, "big") + witness_key().sign(far)
    with pytest.raises(NoteRefused, match="makes no sense"):
        verify_cosignature(
            Note(answer.text, (own, signing.Signature(line.name, line.key_id, value))).to_bytes(),
            witness_key().verify_key,
        )


def test_cosigning_again_replaces_the_older_line(office: Office) -> None:
    once = cosign(office.act(), [LOG], None, (), witness_key(), AT)
    seen = Checkpoint.parse(Note.parse(once).text)

    again = cosign(once, [LOG], seen, (), witness_key(), LATER)

    assert verify_cosignature(again, witness_key().verify_key) == LATER
    assert len(Note.parse(again).signatures) == 2
    with pytest.raises(MissingZone):
        cosign(once, [LOG], seen, (), witness_key(), datetime(2026, 1, 1))  # noqa: DTZ001 - what is refused


def test_growth_is_shown_by_its_proof_alone() -> None:
    def at(size: int, root: bytes, name: str = NAME) -> Checkpoint:
        return Checkpoint(name, size, root)

    one, two = bytes([1]) * 32, bytes([2]) * 32
    both = ledger.node_hash(one, two)
    check_growth(None, at(2, both), [])
    check_growth(at(0, ledger.EMPTY_ROOT), at(2, both), [])
    check_growth(at(1, one), at(2, both), [two])
    check_growth(at(2, both), at(2, both), [])
    for old, new, proof in (
        (at(1, one), at(2, both), []),
        (at(1, one), at(2, both), [two, two]),
        (at(1, two), at(2, both), [two]),
        (at(2, both), at(1, one), []),
        (at(2, both), at(1, one), [two]),
        (at(2, both), at(2, one), []),
        (at(2, both), at(0, ledger.EMPTY_ROOT), []),
    ):
        with pytest.raises(LogChanged):
            check_growth(old, new, proof)
    for old, new, proof in (
        (None, at(2, both), [two]),
        (None, at(0, one), []),
        (at(1, one, "other"), at(2, both), [two]),
    ):
        with pytest.raises(NoteRefused):
            check_growth(old, new, proof)


def test_a_witness_follows_a_log_as_it_grows(office: Office, watcher: Witness) -> None:
    seen = 0
    for count in (1, 5, 300, 1):
        office.act(count)
        answer = watcher.cosign(_asked(office, seen), LATER)
        seen = Checkpoint.parse(Note.parse(answer).text).size
        assert verify_cosignature(answer, watcher.verify_key) == LATER
        kept = watcher.logs[NAME]
        assert kept.seen is not None
        assert kept.seen.size == seen
        assert kept.note == answer


def test_a_log_that_is_not_watched_is_not_cosigned(office: Office, tmp_path: Path) -> None:
    stranger = Witness.make(tmp_path / "stranger", "lain/saksi", None)

    with pytest.raises(NoteRefused, match="does not watch"):
        stranger.cosign(_asked(office, 0), LATER)


def test_a_smaller_tree_is_an_alarm_and_the_request_is_kept(office: Office, watcher: Witness) -> None:
    early = _asked(office, 0)
    office.act(5)
    watcher.cosign(_asked(office, 0), LATER)

    with pytest.raises(LogChanged, match="shrank from 6 to 1"):
        watcher.cosign(early, LATER)
    (kept,) = (watcher.folder / "refused").iterdir()
    assert kept.read_bytes() == early.to_bytes()


def test_a_forked_log_is_an_alarm_whatever_it_proves(office: Office, fork: Office, watcher: Witness) -> None:
    office.act(4)
    before = watcher.cosign(_asked(office, 0), LATER)
    fork.act(4)
    fork.act(3)
    office.act(3)
    for request in (
        _asked(fork, 5),
        WitnessRequest(5, _asked(office, 5).proof, fork.log.last() or b""),
        WitnessRequest(5, (), fork.log.note(5) or b""),
    ):
        with pytest.raises(LogChanged, match="does not begin with"):
            watcher.cosign(request, LATER)
    assert watcher.logs[NAME].note == before
    assert len(list((watcher.folder / "refused").iterdir())) == 3
    # The true log goes on as if nothing had been asked.
    watcher.cosign(_asked(office, 5), LATER)


def test_a_request_from_another_size_names_the_size_to_ask_from(office: Office, watcher: Witness) -> None:
    office.act(4)
    watcher.cosign(_asked(office, 0), LATER)
    office.act(4)

    for old in (0, 3, 9):
        with pytest.raises(NoteRefused, match="made with --from 5"):
            watcher.cosign(_asked(office, old), LATER)


def test_an_answer_that_was_lost_is_given_again(office: Office, watcher: Witness) -> None:
    office.act(4)
    request = _asked(office, 0)

    first, second = watcher.cosign(request, LATER), watcher.cosign(request, LATER + timedelta(days=1))

    assert Note.parse(first).text == Note.parse(second).text
    assert verify_cosignature(second, watcher.verify_key) == LATER + timedelta(days=1)


def test_a_clock_that_went_back_stops_the_witness(office: Office, watcher: Witness) -> None:
    watcher.cosign(_asked(office, 0), LATER)
    office.act()

    with pytest.raises(NoteRefused, match="clock of this machine went back"):
        watcher.cosign(_asked(office, 1), LATER - timedelta(seconds=2))


def test_a_forged_head_is_not_cosigned(office: Office, watcher: Witness) -> None:
    forged = sign(Checkpoint(NAME, 1, bytes(32)).text(), [key(5)])

    with pytest.raises(NoteRefused, match="no key that is known"):
        watcher.cosign(WitnessRequest(0, (), forged), LATER)


def test_a_witness_is_shown_the_fingerprint_before_it_watches(tmp_path: Path) -> None:
    watcher = Witness.make(tmp_path / "witness", "pengawas/saksi", None)

    with pytest.raises(NoteRefused, match="has the fingerprint"):
        watcher.trust(LOG, key(2).fingerprint)
    with pytest.raises(NoteRefused):
        watcher.trust(witness_key().verify_key, witness_key().fingerprint)
    assert watcher.logs == {}
    for _ in range(2):
        watcher.trust(LOG, LOG.fingerprint)
    with pytest.raises(NoteRefused, match="with another key already"):
        watcher.trust(key(2).verify_key, key(2).fingerprint)


def test_a_witness_follows_the_keys_of_a_log(office: Office, watcher: Witness) -> None:
    office.act()
    watcher.cosign(_asked(office, 0), LATER)
    office.rotate(key(2))
    office.act()
    (change,) = office.log.changes()

    with pytest.raises(NoteRefused, match="no key that is known"):
        watcher.cosign(_asked(office, 2), LATER)
    for _ in range(2):
        assert watcher.take_change(change).key == key(2).verify_key
    watcher.cosign(_asked(office, 2), LATER)
    # Whoever has the old key cannot go on with it.
    office.act()
    stolen = sign(Note.parse(office.log.last() or b"").text, [key(1)])
    with pytest.raises(NoteRefused, match="no key that is known"):
        watcher.cosign(WitnessRequest(4, _asked(office, 4).proof, stolen), LATER)


def test_a_change_of_keys_behind_what_was_seen_is_refused(office: Office, watcher: Witness) -> None:
    office.act(9)
    watcher.cosign(_asked(office, 0), LATER)
    late = signing.KeyChange(NAME, 10, key(5).verify_key).signed([key(1), key(5)])

    with pytest.raises(NoteRefused, match="older than what was seen"):
        watcher.take_change(late)
    with pytest.raises(NoteRefused, match="does not watch"):
        watcher.take_change(signing.KeyChange("other", 99, key(5, "other").verify_key).signed([key(5, "other")]))


def test_where_a_key_was_lost_the_new_fingerprint_has_to_be_told(office: Office, watcher: Witness) -> None:
    office.act()
    watcher.cosign(_asked(office, 0), LATER)
    office.lose(key(2))
    (change,) = office.log.changes()

    for fingerprint in (None, LOG.fingerprint):
        with pytest.raises(NoteRefused, match="the key before was lost"):
            watcher.take_change(change, fingerprint)
    watcher.take_change(change, key(2).fingerprint)
    assert watcher.logs[NAME].keys[-1].lost
    watcher.cosign(_asked(office, 2), LATER)


def test_two_who_ask_at_once_are_answered_one_after_the_other(office: Office, watcher: Witness) -> None:
    office.act(3)
    small = _asked(office, 0)
    office.act(3)
    large = _asked(office, 0)
    done: list[int] = []

    def ask(request: WitnessRequest) -> None:
        try:
            answer = Witness(watcher.folder).cosign(request, LATER)
        except NoteRefused:
            return
        done.append(Checkpoint.parse(Note.parse(answer).text).size)

    threads = [threading.Thread(target=ask, args=(request,)) for request in (small, large) * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    # Whichever came first: never a smaller one after a larger one, nor from a size that was not seen last.
    assert set(done) in ({4}, {7})
    kept = watcher.logs[NAME].seen
    assert kept is not None
    assert kept.size == done[0]


def test_the_state_is_on_the_disk_before_the_answer_is_out(
    office: Office, watcher: Witness, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise BadInput("cannot be written (No space left on device)")

    monkeypatch.setattr("telusur.evidence.signing.witness_folder.write_bytes", full)
    with pytest.raises(BadInput, match="No space left"):
        watcher.cosign(_asked(office, 0), LATER)
    assert watcher.logs[NAME].seen is None


def test_a_record_that_was_changed_by_hand_stops_the_witness(office: Office, watcher: Witness) -> None:
    office.act()
    watcher.cosign(_asked(office, 0), LATER)
    path = watcher.folder / "telusur-witness.json"
    written = path.read_text()
    document = json.loads(written)
    forged = json.loads(written)
    forged["logs"][NAME]["seen"] = sign(Checkpoint(NAME, 1, bytes(32)).text(), [key()]).decode()
    for content in ("", "{}", written[:-20], written.replace("\\n2\\n", "\\n1\\n"), json.dumps(forged), "[" * 100_000):
        path.write_text(content)
        with pytest.raises(BadInput, match="is damaged"):
            Witness(watcher.folder)
    path.write_text(written)
    assert Witness(watcher.folder).logs[NAME].seen is not None
    assert document["schema"] == "telusur.witness/1"


def test_another_key_in_the_folder_is_noticed(office: Office, watcher: Witness) -> None:
    witness_key().save(watcher.folder / "witness.key", None, force=True)

    with pytest.raises(BadInput, match="not the one of this witness"):
        watcher.cosign(_asked(office, 0), LATER)
    assert watcher.logs[NAME].seen is None


def test_a_folder_is_made_once_and_for_its_owner(tmp_path: Path) -> None:
    made = Witness.make(tmp_path / "deep" / "witness", "pengawas/saksi", None)

    assert stat.S_IMODE(made.folder.stat().st_mode) == 0o700
    with pytest.raises(BadInput, match="lies here already"):
        Witness.make(made.folder, "pengawas/saksi", None)
    with pytest.raises(BadInput, match="key name"):
        Witness.make(tmp_path / "other", "pengawas saksi", None)
    assert not (tmp_path / "other").exists()
    (tmp_path / "file").write_text("x")
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(BadInput):
            Witness.make(place, "pengawas/saksi", None)
    for place in (tmp_path, tmp_path / "missing", tmp_path / "file"):
        with pytest.raises(BadInput, match="not the folder of a witness"):
            Witness(place)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"old 0\n",
        b"0\n\n",
        b"old 00\n\n",
        b"old -1\n\n",
        b"old 0\nAAAA\n\n",
        b"old 0\n\n\n",
        b"Old 0\n\n",
        b"old 0\r\n\r\n",
        b"old 1\n" + b"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n" * 64 + b"\n",
    ],
)
def test_what_is_not_written_as_a_request_is_refused(data: bytes) -> None:
    note = sign(Checkpoint(NAME, 1, bytes(32)).text(), [key()])
    assert WitnessRequest.parse(b"old 0\n\n" + note).note == note

    with pytest.raises(NoteRefused):
        WitnessRequest.parse(data + note if data else data)
