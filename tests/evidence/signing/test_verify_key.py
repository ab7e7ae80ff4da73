"""Keys as one word: every slip in copying one is found."""

from __future__ import annotations

import base64
import hashlib

import pytest

from telusur.evidence.signing import NoteRefused, SigningKey, VerifyKey
from telusur.evidence.signing.verify_key import cosigned_text

VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"


def test_no_part_of_a_key_is_a_key() -> None:
    for start in range(len(VKEY)):
        for stop in range(start + 1, len(VKEY) + 1):
            if stop - start < len(VKEY):
                with pytest.raises(NoteRefused):
                    VerifyKey.parse(VKEY[start:stop])


def test_no_slip_of_one_character_gives_a_key() -> None:
    for at, character in enumerate(VKEY):
        for other in {chr(ord(character) + 1), character.swapcase(), " ", "0", "\n"} - {character}:
            with pytest.raises(NoteRefused):
                VerifyKey.parse(VKEY[:at] + other + VKEY[at + 1 :])


@pytest.mark.parametrize(
    "vkey",
    [
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        VKEY.replace("c74f20a3", "C74F20A3"),
        f"{VKEY}\n\n",
        f" {VKEY}",
    ],
    ids=["too long, with its id", "an unknown kind, with its id", "capitals", "two newlines", "a space"],
)
def test_keys_of_another_form_are_refused(vkey: str) -> None:
    with pytest.raises(NoteRefused):
        VerifyKey.parse(vkey)


def test_a_key_comes_back_with_and_without_its_newline() -> None:
    for number in range(64):
        key = SigningKey("kantor/log", bytes([number]) * 32, 1 if number % 2 else 4).verify_key
        assert VerifyKey.parse(key.vkey) == VerifyKey.parse(f"{key.vkey}\n") == key


def test_the_fingerprint_is_the_hash_of_the_public_key_alone() -> None:
    key = VerifyKey.parse(VKEY)

    assert key.fingerprint == hashlib.sha256(base64.b64decode(VKEY.split("+", 2)[2])[1:]).hexdigest()
    assert VerifyKey("another", key.public).fingerprint == key.fingerprint


@pytest.mark.parametrize("length", [0, 7, 8, 63, 64, 65, 71, 72, 73])
def test_a_signature_of_another_length_does_not_hold(length: int) -> None:
    for kind in (1, 4):
        assert not VerifyKey("a", VerifyKey.parse(VKEY).public, kind).holds(b"a\n", bytes(length))


def test_a_time_beyond_63_bits_does_not_hold() -> None:
    witness = SigningKey("a", bytes(32), 4)
    for seconds, holds in ((2**63 - 1, True), (2**63, False)):
        signature = seconds.to_bytes(8, "big") + witness.sign(cosigned_text(b"x\n", seconds))
        assert witness.verify_key.holds(b"x\n", signature) is holds
