"""The key as a file: under a passphrase that openssl knows too, and for nobody else's eyes."""

from __future__ import annotations

import stat
import subprocess
from pathlib import Path

import pytest

from telusur.domain.errors import BadInput
from telusur.evidence.signing import COSIGNATURE, SigningKey, WrongPassphrase, new_origin

PASSPHRASE = "rahasia kantor é"


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> tuple[SigningKey, Path]:
    path = tmp_path_factory.mktemp("keys") / "log.key"
    made = SigningKey.make()
    made.save(path, PASSPHRASE)
    return made, path


def test_a_key_comes_back_with_its_passphrase_and_no_other(saved: tuple[SigningKey, Path]) -> None:
    made, path = saved

    assert SigningKey.load(path, PASSPHRASE).vkey == made.vkey
    assert SigningKey.load(path, "rahasia kantor e\u0301").vkey == made.vkey
    with pytest.raises(WrongPassphrase, match="does not open the key"):
        SigningKey.load(path, PASSPHRASE.upper())
    for none in (None, ""):
        with pytest.raises(WrongPassphrase, match="none was given"):
            SigningKey.load(path, none)


def test_whose_key_a_file_is_can_be_told_without_its_passphrase(saved: tuple[SigningKey, Path]) -> None:
    made, path = saved

    assert SigningKey.public_half(path) == made.verify_key
    assert SigningKey.is_locked(path)


def test_only_its_owner_reads_the_file_and_the_secret_is_not_in_it(saved: tuple[SigningKey, Path]) -> None:
    made, path = saved

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"ENCRYPTED" in path.read_bytes()
    assert made._private.private_bytes_raw().hex() not in path.read_bytes().hex()
    assert made._private.private_bytes_raw().hex() not in repr(made)


def test_openssl_reads_the_file_with_the_passphrase_and_finds_scrypt(saved: tuple[SigningKey, Path]) -> None:
    made, path = saved
    done = subprocess.run(
        ["openssl", "pkey", "-in", path, "-passin", f"pass:{PASSPHRASE}", "-pubout", "-outform", "DER"],
        capture_output=True,
        check=True,
    )
    der = subprocess.run(["openssl", "asn1parse", "-in", path], capture_output=True, check=True, text=True).stdout

    assert done.stdout[-32:] == made.verify_key.public
    assert ":scrypt" in der
    assert ":aes-256-cbc" in der
    # N, r and p: 2^14, 8 and 5.
    assert [line.split(":")[-1] for line in der.splitlines() if "INTEGER" in line][:3] == ["4000", "08", "05"]


def test_openssl_makes_the_same_signature(saved: tuple[SigningKey, Path], tmp_path: Path) -> None:
    made, path = saved
    (tmp_path / "text").write_bytes(b"a\n1\n")
    done = subprocess.run(
        [
            "openssl",
            "pkeyutl",
            "-sign",
            "-rawin",
            "-inkey",
            path,
            "-passin",
            f"pass:{PASSPHRASE}",
            "-in",
            tmp_path / "text",
        ],
        capture_output=True,
        check=True,
    )

    assert done.stdout == made.sign(b"a\n1\n")


def test_a_key_without_a_passphrase_is_open_and_keeps_its_kind(tmp_path: Path) -> None:
    made = SigningKey.make("pengawas/saksi", kind=COSIGNATURE)
    made.save(tmp_path / "key", None)
    assert not SigningKey.is_locked(tmp_path / "key")

    back = SigningKey.load(tmp_path / "key", "whatever stands in the environment")

    assert back.verify_key == made.verify_key


def test_a_key_that_lies_there_is_not_written_over(tmp_path: Path) -> None:
    SigningKey.make().save(tmp_path / "key", None)
    before = (tmp_path / "key").read_bytes()

    with pytest.raises(BadInput, match="lies here already"):
        SigningKey.make().save(tmp_path / "key", None)
    assert (tmp_path / "key").read_bytes() == before


def test_a_key_whose_public_half_was_exchanged_is_refused(tmp_path: Path) -> None:
    made, other = SigningKey.make("kantor/a"), SigningKey.make("kantor/b")
    made.save(tmp_path / "key", None)
    changed = (tmp_path / "key").read_bytes().replace(made.vkey.encode(), other.vkey.encode())
    (tmp_path / "key").write_bytes(changed)

    with pytest.raises(BadInput, match="not the file of a signing key"):
        SigningKey.load(tmp_path / "key", None)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Key: \n-----BEGIN PRIVATE KEY-----\n",
        b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        SigningKey("a", bytes(32)).vkey.encode(),
        f"Key: {SigningKey('a', bytes(32)).vkey}\n-----BEGIN PRIVATE KEY-----\nAAAA\n".encode(),
        bytes(1 << 17),
    ],
    ids=["empty", "no key", "no public half", "a public key", "cut off", "large"],
)
def test_other_files_are_no_keys(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(content)

    with pytest.raises(BadInput, match="not the file of a signing key"):
        SigningKey.load(tmp_path / "key", None)


def test_a_key_of_another_algorithm_is_refused(tmp_path: Path) -> None:
    made = subprocess.run(["openssl", "genpkey", "-algorithm", "ed448"], capture_output=True, check=True).stdout
    (tmp_path / "key").write_bytes(f"Key: {SigningKey('a', bytes(32)).vkey}\n".encode() + made)

    with pytest.raises(BadInput, match="not the file of a signing key"):
        SigningKey.load(tmp_path / "key", None)


def test_a_missing_key_points_to_the_printed_sheet(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="printed backup sheet"):
        SigningKey.load(tmp_path / "key", None)
    with pytest.raises(BadInput, match="cannot be read"):
        SigningKey.load(tmp_path, None)


def test_no_two_logs_have_one_name() -> None:
    names = {new_origin() for _ in range(100)}

    assert len(names) == 100
    assert all(len(name) == len("telusur/") + 16 for name in names)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u2003b", "a\nb", "a\x07"])
def test_a_name_that_no_signature_line_can_hold_is_refused(name: str) -> None:
    with pytest.raises(BadInput, match="key name"):
        SigningKey.make(name)
