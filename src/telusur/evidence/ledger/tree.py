"""The tree above the stored entries: its complete tiles are read, what is not complete is computed.

A tile holds 256 neighbouring hashes (C2SP tlog-tiles): on level 0 those of entries, above it the roots of full tiles.
It is written once, when it is complete, so that nothing stored ever changes; of entries without a tile there are at
most 255, and of tiles without a tile above them too, so that any root or proof needs a few hundred hashes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence.database import Database
from telusur.evidence.ledger.hashing import WIDTH, fold_right, leaf_hash, perfect_root

#: Levels of the tree that one level of tiles spans; hashes of one tile.
SPAN: Final = 8
TILE: Final = 1 << SPAN


class LedgerBroken(BadInput):
    """What is stored of the ledger does not fit together: somebody changed it without the ledger."""


class Tree:
    """What is stored of the tree, for one question or one appending.

    Parameters
    ----------
    db
        A database with a ledger.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._tiles: dict[tuple[int, int], Sequence[bytes]] = {}
        self._nodes: dict[tuple[int, int], bytes] = {}

    def root(self, size: int) -> bytes:
        """Give the root of the tree of the first entries."""
        return self._range(0, size)

    def inclusion(self, seq: int, size: int) -> list[bytes]:
        """Give what shows that an entry stands in the tree of a size, the lowest hash first (RFC 9162, 2.1.3.1)."""
        path: list[bytes] = []
        start, stop = 0, size
        while stop - start > 1:
            middle = start + _split(stop - start)
            if seq < middle:
                path.append(self._range(middle, stop))
                stop = middle
            else:
                path.append(self._range(start, middle))
                start = middle
        path.reverse()
        return path

    def consistency(self, old: int, new: int) -> list[bytes]:
        """Give what shows that a tree only grew, the lowest hash first (RFC 9162, 2.1.4.1)."""
        path: list[bytes] = []
        start, stop = 0, new
        while old != stop:
            middle = start + _split(stop - start)
            if old <= middle:
                path.append(self._range(middle, stop))
                stop = middle
            else:
                path.append(self._range(start, middle))
                start = middle
        if start:  # otherwise this is the old root itself, which the verifier holds
            path.append(self._range(start, stop))
        path.reverse()
        return path

    def complete(self, first: int, leaves: Sequence[bytes]) -> None:
        """Store the tiles that new entries have completed.

        Parameters
        ----------
        first
            Number of the first new entry.
        leaves
            Hashes of the new entries, which are stored already.
        """
        start, level, fresh = first, 0, leaves
        while start + len(fresh) >> SPAN > start >> SPAN:
            tiles = range(start >> SPAN, start + len(fresh) >> SPAN)
            known = [*self._hashes(level, tiles[0] << SPAN, start), *fresh]
            filled = [known[at : at + TILE] for at in range(0, len(tiles) << SPAN, TILE)]
            roots = [perfect_root(hashes) for hashes in filled]
            self._db.executemany(
                "INSERT INTO ledger_tile (level, idx, root, hashes) VALUES (?, ?, ?, ?)",
                [
                    (level, index, root, b"".join(hashes))
                    for index, root, hashes in zip(tiles, roots, filled, strict=True)
                ],
            )
            start, level, fresh = tiles[0], level + 1, roots

    def _range(self, start: int, stop: int) -> bytes:
        """Give the root above the entries of a range that begins where a subtree of its size may begin."""
        parts = []
        while start < stop:
            height = (stop - start).bit_length() - 1
            parts.append(self._node(height, start >> height))
            start += 1 << height
        return fold_right(parts)

    def _node(self, height: int, index: int) -> bytes:
        if (height, index) not in self._nodes:
            level, rest = divmod(height, SPAN)
            self._nodes[height, index] = perfect_root(self._hashes(level, index << rest, (index + 1) << rest))
        return self._nodes[height, index]

    def _hashes(self, level: int, start: int, stop: int) -> Sequence[bytes]:
        """Give neighbouring hashes of one tile, complete or not."""
        if start == stop:
            return []
        tile = start >> SPAN
        if (level, tile) not in self._tiles:
            self._tiles[level, tile] = self._tile(level, tile) or self._growing(level, tile)
        found = self._tiles[level, tile][start - (tile << SPAN) : stop - (tile << SPAN)]
        if len(found) != stop - start:
            raise _broken()
        return found

    def _tile(self, level: int, index: int) -> Sequence[bytes] | None:
        row = self._db.row("SELECT hashes FROM ledger_tile WHERE level = ? AND idx = ?", (level, index))
        if row is None:
            return None
        hashes = row[0]
        if type(hashes) is not bytes or len(hashes) != TILE * WIDTH:
            raise _broken()
        return [hashes[at : at + WIDTH] for at in range(0, len(hashes), WIDTH)]

    def _growing(self, level: int, index: int) -> Sequence[bytes]:
        """Compute what there is so far of a tile that is not complete."""
        start, stop = index << SPAN, (index + 1) << SPAN
        if level == 0:
            rows = self._db.rows(
                "SELECT seq, body FROM ledger_entry WHERE seq >= ? AND seq < ? ORDER BY seq", (start, stop)
            )
        else:
            rows = self._db.rows(
                "SELECT idx, root FROM ledger_tile WHERE level = ? AND idx >= ? AND idx < ? ORDER BY idx",
                (level - 1, start, stop),
            )
        if [number for number, _ in rows] != list(range(start, start + len(rows))):
            raise _broken()
        if any(type(each) is not bytes or (level > 0 and len(each) != WIDTH) for _, each in rows):
            raise _broken()
        return [each if level else leaf_hash(each) for _, each in rows]


def _split(size: int) -> int:
    """Give the largest power of two below a size."""
    return 1 << (size - 1).bit_length() - 1


def _broken() -> LedgerBroken:
    return LedgerBroken(
        Text(
            "entri atau simpul catatan bukti tidak lengkap: isinya diubah tanpa melalui catatan; jalankan pemeriksaan "
            "catatan dan pulihkan dari cadangan",
            "entries or nodes of the ledger are missing: it was changed without the ledger; run the ledger's check and "
            "restore a backup",
        )
    )
