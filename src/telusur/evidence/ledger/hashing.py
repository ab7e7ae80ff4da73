"""The tree hashing of RFC 6962, and the verifying of its proofs; knows bytes and no database."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

#: Bytes of one hash.
WIDTH: Final = 32
#: The root of the tree of no entries.
EMPTY_ROOT: Final = sha256(b"").digest()


def leaf_hash(body: bytes) -> bytes:
    """Give the hash of one entry: SHA-256 of a zero byte and the entry (RFC 6962, 2.1)."""
    return sha256(b"\0" + body).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Give the hash above two others: SHA-256 of a one byte and both (RFC 6962, 2.1)."""
    return sha256(b"\1" + left + right).digest()


def perfect_root(hashes: Sequence[bytes]) -> bytes:
    """Give the root above a number of hashes that is a power of two."""
    while len(hashes) > 1:
        pairs = iter(hashes)
        hashes = [sha256(b"\1" + left + right).digest() for left, right in zip(pairs, pairs, strict=True)]
    return hashes[0]


def fold_right(hashes: Sequence[bytes]) -> bytes:
    """Give the root above perfect subtrees that grow smaller from left to right; of none, the empty root."""
    if not hashes:
        return EMPTY_ROOT
    found = hashes[-1]
    for left in reversed(hashes[:-1]):
        found = node_hash(left, found)
    return found


def verify_inclusion(leaf: bytes, seq: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Say whether an entry stands at its place in the tree with that root (RFC 9162, 2.1.3.2).

    Parameters
    ----------
    leaf
        Hash of the entry, as `leaf_hash` gives it.
    seq
        Number of the entry, from 0.
    size
        Number of entries of the tree.
    proof
        Hashes beside the way from the entry to the root, the lowest first.
    root
        Of the tree of `size` entries.

    Returns
    -------
    bool
        Never an error: whatever is not a proof of exactly this does not hold.
    """
    if not (_whole(seq, size) and 0 <= seq < size and _hashes((leaf, root)) and _hashes(proof)):
        return False
    at, last, found = seq, size - 1, leaf
    for beside in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node_hash(beside, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, beside)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Say whether one tree is another with entries added, and nothing else changed (RFC 9162, 2.1.4.2).

    Parameters
    ----------
    old, new
        Numbers of entries. Of a tree of no entries nothing can be shown: it does not hold.
    old_root, new_root
        Of both trees.
    proof
        As `Ledger.consistency` gives it; empty for equal sizes.

    Returns
    -------
    bool
        Never an error: whatever is not a proof of exactly this does not hold.
    """
    if not (_whole(old, new) and 0 < old <= new and _hashes((old_root, new_root)) and _hashes(proof)):
        return False
    if old == new:
        return not proof and old_root == new_root
    path = list(proof)
    if old & (old - 1) == 0:  # the old tree is itself a node of the new one, and is left out
        path.insert(0, old_root)
    if not path:
        return False
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    before = after = path[0]
    for beside in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            before, after = node_hash(beside, before), node_hash(beside, after)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            after = node_hash(after, beside)
        at, last = at >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


def _whole(*numbers: object) -> bool:
    return all(type(number) is int for number in numbers)


def _hashes(found: object) -> bool:
    return isinstance(found, Sequence) and all(type(each) is bytes and len(each) == WIDTH for each in found)
