"""A place without a network: requests are carried out, replies carried in, and checked all the same."""

import os
import subprocess

import pytest

from evidence.stamps.conftest import START, note, silent
from evidence.tsa_lab import forge, make_authority
from telusur.domain.errors import BadInput
from telusur.evidence.stamps import (
    Authority,
    give_up,
    queue,
    stamps,
    take_replies,
    work,
    write_requests,
)


@pytest.fixture
def out(tmp_path):
    return tmp_path / "keluar"


@pytest.fixture
def back(tmp_path):
    (tmp_path / "masuk").mkdir()
    return tmp_path / "masuk"


def take(world, folder):
    return take_replies(world.db, folder, world.authorities, world.clock.now)


def answered(world, back, **changes):
    for one in stamps(world.db, "state = 'waiting'"):
        (back / f"{one.id}.tsr").write_bytes(world.reply(one.request, **changes))


def test_requests_go_out_with_a_note_that_says_how(world, out):
    queue(world.db, note(7), world.authorities, START)
    written = write_requests(world.db, out, world.authorities)
    assert [path.name for path in written] == ["1-satu.tsq", "2-dua.tsq"]
    assert [path.read_bytes() for path in written] == [one.request for one in stamps(world.db)]
    words = (out / "BACA-SAYA.txt").read_text()
    assert words.startswith("PERMINTAAN STEMPEL WAKTU")
    assert "titik periksa (checkpoint) 7, satu" in words
    assert "--data-binary @1-satu.tsq" in words
    assert "-o 2-dua.tsr 'https://dua.example.org/tsa'" in words
    assert "REQUESTS FOR TIME STAMPS" in words


def test_openssl_reads_the_requests(world, out):
    queue(world.db, note(7), world.authorities, START)
    path = write_requests(world.db, out, world.authorities)[0]
    told = subprocess.run(["openssl", "ts", "-query", "-in", path, "-text"], capture_output=True, text=True, check=True)
    assert "Hash Algorithm: sha256" in told.stdout
    assert "Certificate required: yes" in told.stdout
    assert "Nonce: 0x" in told.stdout


def test_writing_twice_is_no_fault_but_foreign_files_are_left_alone(world, out):
    queue(world.db, note(7), world.authorities, START)
    assert write_requests(world.db, out, world.authorities) == write_requests(world.db, out, world.authorities)
    (out / "1-satu.tsq").write_bytes(b"lain")
    with pytest.raises(BadInput, match="lies here already"):
        write_requests(world.db, out, world.authorities)


def test_where_nothing_waits_nothing_is_written(world, out):
    assert write_requests(world.db, out, world.authorities) == []
    assert not out.exists()


def test_a_folder_that_cannot_be_made_is_told(world, tmp_path):
    queue(world.db, note(7), world.authorities, START)
    with pytest.raises(BadInput, match="cannot be made"):
        write_requests(world.db, tmp_path / "tidak" / "ada", world.authorities)
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "1-satu.tsq").mkdir()
    with pytest.raises(BadInput, match="cannot be read"):
        write_requests(world.db, tmp_path / "x", world.authorities)


def test_replies_of_openssl_find_their_requests_whatever_they_are_called(world, out, back, tmp_path):
    real = [make_authority(tmp_path / name, name) for name in ("satu", "dua")]
    world.authorities = tuple(Authority(**one.as_configured()) for one in real)
    from datetime import UTC, datetime  # noqa: PLC0415 - openssl stamps with the time that it is

    world.clock.now = datetime.now(UTC)
    queue(world.db, note(7), world.authorities, world.clock.now)
    requests = write_requests(world.db, out, world.authorities)
    (back / "b.tsr").write_bytes(real[0].reply(requests[0].read_bytes()))
    (back / "A.TSR").write_bytes(real[1].reply(requests[1].read_bytes()))
    (back / "catatan.txt").write_text("bukan balasan")
    assert [(one.name, one.stamp, one.taken) for one in take(world, back)] == [("A.TSR", 2, True), ("b.tsr", 1, True)]
    assert {one.state for one in stamps(world.db)} == {"stamped"}


def test_handing_in_twice_is_no_fault(world, back):
    queue(world.db, note(7), world.authorities, START)
    answered(world, back)
    take(world, back)
    again = take(world, back)
    assert [one.taken for one in again] == [True, True]
    assert "was taken before" in again[0].words.en


def test_another_reply_to_what_is_stamped_already_changes_nothing(world, back):
    queue(world.db, note(7), world.authorities, START)
    requests = [one.request for one in stamps(world.db)]
    work(world.db, world.authorities, world.transport, world.clock)
    before = stamps(world.db)
    (back / "x.tsr").write_bytes(world.reply(requests[0], serial=99))
    assert [(one.stamp, one.taken) for one in take(world, back)] == [(1, False)]
    assert stamps(world.db) == before


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"nonce": 12345}, "answers no request"),
        ({"nonce": None}, "answers no request"),
        ({"imprint": bytes(32)}, "answers no request"),
        ({"status": 1}, "granted with mods"),
        ({"signer": forge().evil_signer, "certificates": (forge().evil_signer.der,)}, "no chain of certificates"),
    ],
)
def test_a_reply_that_proves_nothing_is_refused_and_the_request_goes_on_waiting(world, back, changes, words):
    queue(world.db, note(7), world.authorities, START)
    answered(world, back, **changes)
    found = take(world, back)
    assert [one.taken for one in found] == [False, False]
    assert words in found[0].words.en
    assert {one.state for one in stamps(world.db)} == {"waiting"}


def test_the_reply_of_one_authority_is_no_stamp_of_another(world, back):
    evil = Authority("dua", "https://dua.example.org/tsa", forge().evil_root.pem)
    world.authorities = (world.authorities[0], evil)
    queue(world.db, note(7), world.authorities, START)
    answered(world, back)
    assert [one.taken for one in take(world, back)] == [True, False]


def test_what_is_no_reply_is_told_file_by_file(world, back, tmp_path):
    queue(world.db, note(7), world.authorities, START)
    (back / "a.tsr").write_bytes(b"<html>")
    os.mkfifo(back / "b.tsr")
    (back / "c.tsr").symlink_to("/dev/zero")
    (back / "d.tsr").mkdir()
    with (back / "e.tsr").open("wb") as large:
        large.truncate(100_000_000)
    (back / "f\u202e.tsr").write_bytes(b"")
    found = take(world, back)
    assert [one.taken for one in found] == [False] * 6
    assert [one.words.en.split()[0] for one in found[1:4]] == ["is", "is", "is"]
    assert "larger than" in found[4].words.en
    assert found[5].name == r"f\u202e.tsr"


def test_a_link_is_not_followed(world, back, tmp_path):
    queue(world.db, note(7), world.authorities, START)
    (tmp_path / "baik.tsr").write_bytes(world.reply(stamps(world.db)[0].request))
    (back / "a.tsr").symlink_to(tmp_path / "baik.tsr")
    assert [one.taken for one in take(world, back)] == [False]


def test_an_empty_or_missing_folder_is_told(world, back, tmp_path):
    with pytest.raises(BadInput, match="holds no replies"):
        take(world, back)
    with pytest.raises(BadInput, match="cannot be read"):
        take(world, tmp_path / "tiada")


def test_replies_for_an_authority_that_is_gone_are_told(world, back):
    queue(world.db, note(7), world.authorities, START)
    answered(world, back)
    world.authorities = world.authorities[:1]
    found = take(world, back)
    assert [one.taken for one in found] == [True, False]
    assert "no longer configured" in found[1].words.en
    give_up(world.db, "dua")
    assert "answers no request" in take(world, back)[1].words.en


def test_a_request_that_was_damaged_in_the_database_is_answered_by_nothing(world, back):
    queue(world.db, note(7), world.authorities, START)
    answered(world, back)
    world.db.execute("UPDATE stamp SET request = ?", (b"rusak",))
    assert [one.taken for one in take(world, back)] == [False, False]


def test_what_is_carried_out_can_still_be_asked_for_over_a_network(world, out, back):
    world.answers = {one.url: silent() for one in world.authorities}
    queue(world.db, note(7), world.authorities, START)
    work(world.db, world.authorities, world.transport, world.clock)
    write_requests(world.db, out, world.authorities)
    answered(world, back)
    assert [one.taken for one in take(world, back)] == [True, True]
