"""Proof files: read strictly, and no alteration of one, or of a note, is believed."""

from __future__ import annotations

import base64
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from signed_logs import Office, key
from telusur.evidence import ledger
from telusur.evidence.signing import (
    Checkpoint,
    Note,
    NoteRefused,
    ProofFile,
    SigningKey,
    VerifyKey,
    open_checkpoint,
    sign,
    verify,
)

HEAD = "c2sp.org/tlog-proof@v1"
KEY = key().verify_key


def _alterations(data: bytes, values: range | None = None) -> Iterator[bytes]:
    """Every byte changed, left out, doubled, moved; every line left out, doubled, moved, ended otherwise."""
    for at, byte in enumerate(data):
        begun, rest = data[:at], data[at + 1 :]
        for other in values if values is not None else (byte ^ 1, byte ^ 0x20):
            if other != byte:
                yield begun + bytes([other]) + rest
        yield begun + rest
        yield data[: at + 1] + data[at:]
        yield begun
        if rest and rest[0] != byte:
            yield begun + rest[:1] + bytes([byte]) + rest[1:]
    lines = data.splitlines(keepends=True)
    for at, line in enumerate(lines):
        for changed in (
            b"",
            line * 2,
            line[:-1] + b"\r\n",
            b" " + line,
            line[:-1] + b" \n",
            line.upper(),
            b"\n" + line,
        ):
            if changed != line:
                yield b"".join([*lines[:at], changed, *lines[at + 1 :]])
        for other in range(at):
            if lines[other] != line:
                moved = list(lines)
                moved[at], moved[other] = moved[other], moved[at]
                yield b"".join(moved)


def _believed(data: bytes, leaf: bytes | None) -> bool:
    try:
        if leaf is None:
            open_checkpoint(data, [KEY])
        else:
            verify(ProofFile.parse(data), leaf, KEY)
    except NoteRefused:
        return False
    return True


def _made(office: Office) -> tuple[bytes, bytes, bytes]:
    note = office.act(300)
    return note, office.log.proof(77).to_bytes(), office.log.ledger.entry(77).leaf


def test_no_alteration_of_a_checkpoint_or_a_proof_is_believed(office: Office) -> None:
    note, proof, leaf = _made(office)
    assert _believed(note, None)
    assert _believed(proof, leaf)

    notes, proofs = list(_alterations(note)), list(_alterations(proof))

    assert len(notes) + len(proofs) > 3000
    assert [each for each in notes if _believed(each, None)] == []
    assert [each for each in proofs if _believed(each, leaf)] == []


@pytest.mark.long
def test_no_byte_of_a_checkpoint_or_a_proof_can_be_any_other(office: Office) -> None:
    note, proof, leaf = _made(office)
    tried = 0
    for data, of in ((note, None), (proof, leaf)):
        for altered in _alterations(data, range(256)):
            tried += 1
            assert not _believed(altered, of), altered
    chance = random.Random(1)
    for _ in range(100_000):
        altered = bytearray(proof)
        for _ in range(chance.randint(2, 6)):
            altered[chance.randrange(len(altered))] = chance.randrange(256)
        tried += 1
        assert bytes(altered) == proof or not _believed(bytes(altered), leaf), bytes(altered)
    assert tried > 250_000


def test_every_entry_of_small_logs_is_proved_and_no_other_in_its_place(office: Office) -> None:
    for _ in range(11):
        office.act()
    leaves = [entry.leaf for entry in office.log.ledger.entries()]
    for size in office.log.sizes():
        for seq in range(size):
            proof = ProofFile.parse(office.log.proof(seq, size).to_bytes())
            believed = [leaf for leaf in leaves if _believed(proof.to_bytes(), leaf)]
            assert believed == [leaves[seq]]


def test_what_is_extra_is_carried_and_vouched_for_by_nobody(office: Office) -> None:
    plain = office.log.proof(0)
    proof = ProofFile(plain.index, plain.hashes, plain.checkpoint_note, b"salt and more")

    assert ProofFile.parse(proof.to_bytes()) == proof
    assert proof.to_bytes().split(b"\n")[:3] == [HEAD.encode(), b"extra c2FsdCBhbmQgbW9yZQ==", b"index 0"]
    assert verify(proof, office.log.ledger.entry(0).leaf, KEY).size == 1


def _proof(*lines: str, size: int = 9) -> bytes:
    note = sign(Checkpoint("kantor/log", size, bytes(32)).text(), [SigningKey("kantor/log", bytes(32))])
    return "\n".join([*lines, "", ""]).encode() + note


_HASH = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(_proof(HEAD), id="no index"),
        pytest.param(_proof("index 1"), id="no first line"),
        pytest.param(_proof("c2sp.org/tlog-proof@v2", "index 1"), id="another version"),
        pytest.param(_proof(HEAD, "index 01"), id="a leading zero"),
        pytest.param(_proof(HEAD, "index -1"), id="a sign"),
        pytest.param(_proof(HEAD, "index  1"), id="two spaces"),
        pytest.param(_proof(HEAD, "Index 1"), id="a capital"),
        pytest.param(_proof(HEAD, "index 9"), id="an entry behind the tree"),
        pytest.param(_proof(HEAD, "index 0", size=0), id="an entry of the empty tree"),
        pytest.param(_proof(HEAD, "extra ", "index 1"), id="empty extra data"),
        pytest.param(_proof(HEAD, "extra", "index 1"), id="extra without data"),
        pytest.param(_proof(HEAD, "extra YR==", "index 1"), id="extra data with spare bits"),
        pytest.param(_proof(HEAD, "index 1", "extra YQ=="), id="extra data behind the index"),
        pytest.param(_proof(HEAD, "extra YQ==", "extra YQ==", "index 1"), id="extra data twice"),
        pytest.param(_proof(HEAD, "index 1", "index 1"), id="the index twice"),
        pytest.param(_proof(HEAD, "index 1", *[_HASH] * 64), id="64 hashes"),
        pytest.param(_proof(HEAD, "index 1", _HASH[:-2] + "B="), id="a hash with spare bits"),
        pytest.param(_proof(HEAD, "index 1", "AAAA"), id="a short hash"),
        pytest.param(_proof(HEAD, "index 1", base64.b64encode(bytes(33)).decode()), id="a long hash"),
        pytest.param(_proof(HEAD, "index 1", " " + _HASH), id="a space before a hash"),
        pytest.param(_proof(HEAD, "index 1", ""), id="an empty line more"),
        pytest.param(_proof(HEAD, "index 1").split(b"\n\n")[0] + b"\n", id="no checkpoint"),
        pytest.param(_proof(HEAD, "index 1")[:-1], id="no last newline"),
        pytest.param(_proof(HEAD, "index 1").replace(b"\n", b"\r\n"), id="CRLF"),
        pytest.param(_proof(HEAD, "index 1") + b"\n", id="a newline more"),
        pytest.param(b"\xef\xbb\xbf" + _proof(HEAD, "index 1"), id="a byte order mark"),
        pytest.param(_proof(HEAD, f"index 1{chr(10)}" + "A" * (2 << 20)), id="more than two mebibytes"),
    ],
)
def test_what_is_not_written_as_a_proof_is_refused(data: bytes) -> None:
    with pytest.raises(NoteRefused):
        ProofFile.parse(data)


def test_a_proof_too_long_or_too_short_by_one_hash_does_not_hold(office: Office) -> None:
    office.act(20)
    proof = office.log.proof(5)
    leaf = office.log.ledger.entry(5).leaf
    for hashes in (proof.hashes[:-1], (*proof.hashes, bytes(32)), (), (proof.hashes[0], *proof.hashes)):
        with pytest.raises(NoteRefused, match="entry 5 is not in the log"):
            verify(ProofFile(5, hashes, proof.checkpoint_note), leaf, KEY)


def test_a_node_of_the_tree_is_no_entry(office: Office) -> None:
    office.act(7)
    leaves = [entry.leaf for entry in office.log.ledger.entries()]
    above = ledger.node_hash(leaves[0], leaves[1])
    whole = office.log.proof(0)
    # The proof of the node above entries 0 and 1, passed off as that of an entry in a tree half as large.
    for index in range(4):
        with pytest.raises(NoteRefused):
            verify(ProofFile(index, whole.hashes[1:], whole.checkpoint_note), above, KEY)


def _openssl(public: bytes, text: bytes, signature: bytes, folder: Path) -> bool:
    prefix = bytes.fromhex("302a300506032b6570032100")
    (folder / "key.der").write_bytes(prefix + public)
    (folder / "text").write_bytes(text)
    (folder / "signature").write_bytes(signature)
    done = subprocess.run(
        [
            "openssl",
            "pkeyutl",
            "-verify",
            "-rawin",
            "-pubin",
            "-keyform",
            "DER",
            "-inkey",
            "key.der",
            "-in",
            "text",
            "-sigfile",
            "signature",
        ],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    return done.returncode == 0


def _second_opinions(folder: Path, count: int) -> None:
    chance = random.Random(count)
    signer = SigningKey("kantor/log", bytes(32))
    for number in range(count):
        text = f"kantor/log\n{number}\nx\n".encode()
        signature, public = bytearray(signer.sign(text)), bytearray(signer.verify_key.public)
        if number % 2:
            target = chance.choice([signature, public])
            target[chance.randrange(len(target))] ^= 1 << chance.randrange(8)
        mine = VerifyKey("kantor/log", bytes(public)).holds(text, bytes(signature))
        assert mine is _openssl(bytes(public), text, bytes(signature), folder) is (number % 2 == 0)


def test_openssl_agrees_on_signatures_sound_and_altered(tmp_path: Path) -> None:
    _second_opinions(tmp_path, 24)


@pytest.mark.long
def test_openssl_agrees_on_many_signatures(tmp_path: Path) -> None:
    _second_opinions(tmp_path, 1000)


def test_openssl_verifies_a_head_taken_apart_by_hand(office: Office, tmp_path: Path) -> None:
    text, _, line = office.log.last().decode().rpartition("\n\n")
    signature = base64.b64decode(line.split(" ")[2])[4:]

    assert _openssl(KEY.public, f"{text}\n".encode(), signature, tmp_path)
    assert Note.parse(office.log.last()).text == f"{text}\n"
