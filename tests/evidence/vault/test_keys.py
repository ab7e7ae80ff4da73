"""What the keys promise: each opens what it was made for, and nothing else."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

import pytest

from telusur.domain.errors import BadInput
from telusur.evidence.vault import KeyLost, StoreReadOnly, VaultTrouble, keys, load_root_key, make_root_key

ROOT, OTHER = bytes(range(32)), bytes(32)
DIGEST = hashlib.sha256(b"a file").digest()


def test_a_case_key_opens_with_its_root_key_alone():
    wrapped = keys.wrap_case(ROOT, "A", OTHER)
    assert keys.unwrap_case(ROOT, "A", wrapped) == OTHER
    with pytest.raises(KeyLost, match="root key of another store"):
        keys.unwrap_case(OTHER, "A", wrapped)


def test_a_wrapped_key_in_another_row_opens_nothing():
    with pytest.raises(KeyLost):
        keys.unwrap_case(ROOT, "B", keys.wrap_case(ROOT, "A", OTHER))
    with pytest.raises(KeyLost, match="its row was altered"):
        keys.unwrap_object(ROOT, "b" * 64, keys.wrap_object(ROOT, "a" * 64, OTHER))


@pytest.mark.parametrize("wrapped", [b"", b"x", bytes(40), bytes(41), keys.wrap_object(ROOT, "a", OTHER)[:-8]])
def test_what_is_no_wrapped_key_is_told_as_such(wrapped):
    with pytest.raises(KeyLost):
        keys.unwrap_object(ROOT, "a", wrapped)


def test_every_flipped_bit_of_a_wrapped_key_is_refused():
    wrapped = keys.wrap_object(ROOT, "a", OTHER)
    assert keys.unwrap_object(ROOT, "a", wrapped) == OTHER
    for at in range(len(wrapped) * 8):
        altered = bytearray(wrapped)
        altered[at // 8] ^= 1 << at % 8
        with pytest.raises(KeyLost):
            keys.unwrap_object(ROOT, "a", bytes(altered))


def test_a_wrapped_key_of_another_length_is_refused():
    wrapped = keys.aes_key_wrap(keys._derived(ROOT, keys._OBJECT, "a"), bytes(16))
    with pytest.raises(KeyLost):
        keys.unwrap_object(ROOT, "a", wrapped)


def test_a_name_betrays_nothing_without_the_key_of_its_case():
    name = keys.name_of(ROOT, DIGEST)
    assert name == keys.name_of(ROOT, DIGEST)
    assert name != keys.name_of(OTHER, DIGEST)
    assert DIGEST.hex() not in name
    assert len(name) == 64


def test_a_root_key_is_kept_for_its_owner_alone_and_read_back(tmp_path: Path):
    path = tmp_path / "root.key"
    key = make_root_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_root_key(path) == key
    assert len(key) == 32
    assert [entry.name for entry in tmp_path.iterdir()] == ["root.key"]


def test_a_root_key_is_never_overwritten(tmp_path: Path):
    path = tmp_path / "root.key"
    key = make_root_key(path)
    with pytest.raises(BadInput, match="never overwritten"):
        make_root_key(path)
    assert load_root_key(path) == key
    assert [entry.name for entry in tmp_path.iterdir()] == ["root.key"]


def test_a_root_key_that_has_no_place_is_told(tmp_path: Path):
    with pytest.raises(VaultTrouble, match="No such file"):
        make_root_key(tmp_path / "nowhere" / "root.key")


def test_a_lost_root_key_is_told_with_what_it_means(tmp_path: Path):
    with pytest.raises(KeyLost, match="without it no file of this store can be opened") as caught:
        load_root_key(tmp_path / "root.key")
    assert "tidak ada berkas" in caught.value.words.id


def test_a_root_key_that_others_can_read_is_refused(tmp_path: Path):
    path = tmp_path / "root.key"
    make_root_key(path)
    path.chmod(0o640)
    with pytest.raises(BadInput, match=r"mode 0640.*chmod 600"):
        load_root_key(path)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda line: line[:-3],
        lambda line: line.replace(b"/1 ", b"/2 "),
        lambda line: line[:30] + (b"0" if line[30:31] != b"0" else b"1") + line[31:],
        lambda line: line * 2,
        lambda _: b"",
        lambda _: b"\xff\xfe",
    ],
)
def test_a_damaged_root_key_is_refused_and_never_quoted(tmp_path: Path, spoil):
    path = tmp_path / "root.key"
    key = make_root_key(path)
    content = spoil(path.read_bytes())
    path.write_bytes(content)
    with pytest.raises(KeyLost, match="no whole root key") as caught:
        load_root_key(path)
    assert key.hex()[:16] not in str(caught.value)


def test_a_folder_is_no_root_key(tmp_path: Path):
    tmp_path.chmod(0o700)
    with pytest.raises(KeyLost):
        load_root_key(tmp_path)


def test_the_key_of_an_own_fault_is_never_told():
    assert not issubclass(KeyLost, StoreReadOnly)
    with pytest.raises(KeyLost) as caught:
        keys.unwrap_case(OTHER, "A", keys.wrap_case(ROOT, "A", OTHER))
    assert ROOT.hex() not in repr(caught.value)
