from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

import merkle
from telusur.evidence.ledger import (
    EMPTY_ROOT,
    leaf_hash,
    node_hash,
    verify_consistency,
    verify_inclusion,
)
from telusur.evidence.ledger.hashing import fold_right, perfect_root

# The published vectors of Certificate Transparency: eight entries, the roots of the first one to eight of them, proofs.
BODIES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    bytes.fromhex(text)
    for text in (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    )
]
A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
F = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
G = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
H = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
I = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"  # noqa: E741 - the ninth
INCLUSIONS = [(0, 1, []), (0, 8, [A, B, C]), (5, 8, [D, E, F]), (2, 3, [G]), (1, 5, [H, B, D])]
CONSISTENCIES = [(1, 1, []), (1, 8, [A, B, C]), (6, 8, [I, E, F]), (2, 5, [B, D])]

sizes = st.integers(1, 70)


def leaves(count: int) -> list[bytes]:
    return [leaf_hash(b"%d" % number) for number in range(count)]


def test_the_published_roots_come_out() -> None:
    assert sha256(b"").digest() == EMPTY_ROOT
    hashes = [leaf_hash(body) for body in BODIES]
    assert [merkle.root(hashes[:size]) for size in range(1, 9)] == ROOTS
    assert node_hash(ROOTS[3], bytes.fromhex(C)) == ROOTS[7]
    assert [perfect_root(hashes[:size]) for size in (1, 2, 4, 8)] == [ROOTS[0], ROOTS[1], ROOTS[3], ROOTS[7]]
    assert fold_right([]) == EMPTY_ROOT
    assert fold_right([ROOTS[3], perfect_root(hashes[4:6]), hashes[6]]) == ROOTS[6]


@pytest.mark.parametrize(("seq", "size", "proof"), INCLUSIONS)
def test_the_published_inclusion_proofs_hold(seq: int, size: int, proof: list[str]) -> None:
    path = [bytes.fromhex(each) for each in proof]
    assert verify_inclusion(leaf_hash(BODIES[seq]), seq, size, path, ROOTS[size - 1])
    assert merkle.path(seq, [leaf_hash(body) for body in BODIES[:size]]) == path


@pytest.mark.parametrize(("old", "new", "proof"), CONSISTENCIES)
def test_the_published_consistency_proofs_hold(old: int, new: int, proof: list[str]) -> None:
    path = [bytes.fromhex(each) for each in proof]
    assert verify_consistency(old, new, ROOTS[old - 1], ROOTS[new - 1], path)
    assert merkle.proof(old, [leaf_hash(body) for body in BODIES[:new]]) == path


@given(size=sizes, data=st.data())
def test_an_inclusion_proof_holds_for_its_own_entry_place_size_and_root_only(size: int, data: st.DataObject) -> None:
    hashes = leaves(size)
    seq = data.draw(st.integers(0, size - 1))
    path, root = merkle.path(seq, hashes), merkle.root(hashes)
    assert verify_inclusion(hashes[seq], seq, size, path, root)
    for other in range(-1, size + 2):
        assert verify_inclusion(hashes[seq], other, size, path, root) == (other == seq)
    for other in range(-1, 2 * size + 2):
        if verify_inclusion(hashes[seq], seq, other, path, root):
            # The way up may look alike in trees of other sizes; then the root tells them apart, never the entry.
            assert other > seq
            assert len(merkle.path(seq, leaves(other))) == len(path)
    assert not verify_inclusion(leaf_hash(b"other"), seq, size, path, root)
    assert not verify_inclusion(hashes[seq], seq, size, path, leaf_hash(b"other"))
    _refuses_altered(lambda altered: verify_inclusion(hashes[seq], seq, size, altered, root), path, data)


@given(new=sizes, data=st.data())
def test_a_consistency_proof_holds_for_its_own_sizes_and_roots_only(new: int, data: st.DataObject) -> None:
    hashes = leaves(new)
    old = data.draw(st.integers(1, new))
    path, before, after = merkle.proof(old, hashes), merkle.root(hashes[:old]), merkle.root(hashes)
    assert verify_consistency(old, new, before, after, path)
    for other in range(-1, new + 2):
        if other != old:
            assert not verify_consistency(other, new, before, after, path)
    assert not verify_consistency(old, new, leaf_hash(b"other"), after, path)
    assert not verify_consistency(old, new, before, leaf_hash(b"other"), path)
    assert old == new or not verify_consistency(old, new, after, after, path)
    _refuses_altered(lambda altered: verify_consistency(old, new, before, after, altered), path, data)


def _refuses_altered(verify, path: list[bytes], data: st.DataObject) -> None:
    longer = st.integers(0, len(path))
    assert not verify([*path, leaf_hash(b"more")])
    assert not verify([leaf_hash(b"more"), *path])
    at = data.draw(longer)
    assert not verify([*path[:at], b"", *path[at:]])
    if path:
        at = data.draw(st.integers(0, len(path) - 1))
        assert not verify([*path[:at], *path[at + 1 :]])
        bit = data.draw(st.integers(0, 255))
        flipped = bytearray(path[at])
        flipped[bit >> 3] ^= 1 << (bit & 7)
        assert not verify([*path[:at], bytes(flipped), *path[at + 1 :]])
        assert not verify([*path[:at], path[at][:-1], *path[at + 1 :]])
        assert not verify([*path[:at], path[at] + b"\0", *path[at + 1 :]])
        if len(set(path)) > 1:
            assert not verify(path[::-1])


LEAF = leaf_hash(b"")


@pytest.mark.parametrize(
    ("leaf", "seq", "size", "proof", "root"),
    [
        (LEAF, 0, 0, [], EMPTY_ROOT),  # a tree of no entries has no entry
        (EMPTY_ROOT, 0, 0, [], EMPTY_ROOT),
        (LEAF, 1, 1, [], LEAF),
        (LEAF, -1, 1, [], LEAF),
        (LEAF, 0, -1, [], LEAF),
        (b"", 0, 1, [], b""),  # equal, and no hashes
        (LEAF[:31], 0, 1, [], LEAF[:31]),
        (LEAF.hex(), 0, 1, [], LEAF.hex()),
        (LEAF, False, 1, [], LEAF),
        (LEAF, 0, True, [], LEAF),
        (LEAF, 0.0, 1, [], LEAF),
        (LEAF, 0, 1, [LEAF], LEAF),
        (LEAF, 0, 1, [EMPTY_ROOT], node_hash(EMPTY_ROOT, LEAF)),  # a longer way to a root that fits it
        (LEAF, 1, 2, [LEAF, EMPTY_ROOT], node_hash(EMPTY_ROOT, node_hash(LEAF, LEAF))),
        (LEAF, 0, 1, None, LEAF),
        (LEAF, 0, 1, {LEAF}, LEAF),
        (LEAF, 0, 1, [b""], LEAF),
        (LEAF, 0, 2, [LEAF.hex()], LEAF),
        (LEAF, 0, 2, LEAF, LEAF),
        (bytearray(LEAF), 0, 1, [], LEAF),
        (LEAF, 0, 1 << 70, [LEAF] * 3, LEAF),
    ],
)
def test_what_is_no_inclusion_proof_does_not_hold_and_raises_nothing(leaf, seq, size, proof, root) -> None:
    assert verify_inclusion(leaf, seq, size, proof, root) is False


@pytest.mark.parametrize(
    ("old", "new", "before", "after", "proof"),
    [
        (0, 0, EMPTY_ROOT, EMPTY_ROOT, []),  # of no entries nothing can be shown
        (0, 1, EMPTY_ROOT, LEAF, []),
        (0, 1, EMPTY_ROOT, LEAF, [LEAF]),
        (0, 1, LEAF, LEAF, []),
        (2, 1, LEAF, LEAF, []),
        (-1, 1, LEAF, LEAF, []),
        (1, 1, b"", b"", []),  # equal, and no hashes
        (1, 1, LEAF[:31], LEAF[:31], []),
        (1, 1, LEAF, LEAF, [LEAF]),
        (1, 1, LEAF, EMPTY_ROOT, []),
        (1, 2, LEAF, LEAF, []),
        (3, 5, LEAF, LEAF, []),
        (1, 2, LEAF, node_hash(LEAF, LEAF), [LEAF, LEAF]),
        (1, 2, LEAF, node_hash(LEAF, LEAF), [LEAF[:31]]),
        (1, 2, LEAF, node_hash(LEAF, b""), [b""]),
        (True, 1, LEAF, LEAF, []),
        (1, 1.0, LEAF, LEAF, []),
        (1, 1, LEAF, LEAF, None),
    ],
)
def test_what_is_no_consistency_proof_does_not_hold_and_raises_nothing(old, new, before, after, proof) -> None:
    assert verify_consistency(old, new, before, after, proof) is False
