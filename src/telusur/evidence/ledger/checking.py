"""Recomputing the whole ledger from its entries, in constant memory: what does not fit, and what is to be noticed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from telusur.domain.text import Text
from telusur.evidence.database import Database
from telusur.evidence.ledger.entry import TYPES, VERSION, Opening
from telusur.evidence.ledger.hashing import EMPTY_ROOT, WIDTH, fold_right, leaf_hash, perfect_root
from telusur.evidence.ledger.tables import missing_triggers
from telusur.evidence.ledger.tree import SPAN, TILE

#: Entries read at a time: eight tiles.
_CHUNK: Final = 8 * TILE
#: More than this is not told: who changed a thousand rows changed the ledger.
_TOLD: Final = 100
_HASH: Final = rb"[0-9a-f]{64}"
#: The canonical form of an entry: RFC 8785 leaves one way to write it.
_BODY: Final = re.compile(
    rb'\{"actor":"(' + _HASH + rb')","at":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)",'
    rb'(?:"case":"(' + _HASH + rb')",)?(?:"detail":"(' + _HASH + rb')",)?(?:"object":"(' + _HASH + rb')",)?'
    rb'"seq":(0|[1-9]\d*),"tool":"[ !#-\[\]-~]{1,80}","type":"(' + "|".join(sorted(TYPES)).encode() + rb')",'
    rb'"v":' + str(VERSION).encode() + rb"\}"
)
_GROUPS: Final = {"actor": 1, "case": 3, "detail": 4, "object": 5}


@dataclass(frozen=True, slots=True)
class Checked:
    """What recomputing the ledger gave.

    Parameters
    ----------
    size
        Number of entries that stand without a gap.
    root
        Of the tree of these, recomputed from their bytes.
    problems
        What does not fit together: somebody changed the ledger. Empty if it holds.
    notices
        What is no fault of the ledger and yet to be looked at: a clock that was set back.
    closed
        How many entries have no openings (any more): forgotten with their case.
    """

    size: int
    root: bytes
    problems: tuple[Text, ...]
    notices: tuple[Text, ...]
    closed: int = 0

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against the ledger."""
        return not self.problems


def check(db: Database, *, progress: Callable[[int, int], None] | None = None) -> Checked:
    """Recompute everything that the ledger stores: numbers, form, times, tiles, openings, triggers.

    Parameters
    ----------
    db
        A database with a ledger; nothing is written.
    progress
        Called now and then with the entries done and the entries there are.

    Returns
    -------
    Checked
        A cut at the end, or an older state of everything, cannot be seen from within: compare `root` and `size` with
        a checkpoint that is kept elsewhere.
    """
    return _Checking(db).all(progress)


class _Checking:
    def __init__(self, db: Database) -> None:
        self._db = db
        self._problems: list[Text] = []
        self._notices: list[Text] = []
        self._days: set[bytes] = set()
        self._last = b""
        self._closed = 0
        # Of each level: the hashes that no complete tile has taken up yet, and the number of the next tile.
        self._open: list[list[bytes]] = [[]]
        self._next: list[int] = [0]

    def all(self, progress: Callable[[int, int], None] | None) -> Checked:
        row = self._db.row("SELECT COUNT(*), COALESCE(MIN(seq), 0), COALESCE(MAX(seq), -1) FROM ledger_entry")
        count, lowest, highest = row or (0, 0, -1)
        size = highest + 1
        if lowest != 0 or count != size:
            self._problem(
                f"nomor entri tidak berurutan: {count} entri bernomor {lowest} sampai {highest}",
                f"the entries are not numbered without gaps: {count} entries from {lowest} to {highest}",
            )
            size = self._unbroken()
        for start in range(0, size, _CHUNK):
            stop = min(start + _CHUNK, size)
            self._chunk(start, stop)
            if progress:
                progress(stop, size)
        self._tiles(size)
        stray = self._db.row("SELECT COUNT(*) FROM ledger_opening WHERE seq < 0 OR seq > ?", (highest,))
        if stray and stray[0]:
            self._problem(
                f"{stray[0]} pembuka komitmen tidak mempunyai entri", f"{stray[0]} openings belong to no entry"
            )
        for name in missing_triggers(self._db):
            self._problem(
                f"pemicu {name}, yang menolak perubahan, tidak ada atau diubah",
                f"the trigger {name}, which refuses changes, is missing or changed",
            )
        return Checked(size, self._root(), tuple(self._problems), tuple(self._notices), self._closed)

    def _unbroken(self) -> int:
        """Give the number of entries before the first gap."""
        row = self._db.row(
            "SELECT MIN(e.seq) FROM ledger_entry e WHERE e.seq >= 0 "
            "AND NOT EXISTS (SELECT 1 FROM ledger_entry f WHERE f.seq = e.seq + 1)"
        )
        first = self._db.row("SELECT 1 FROM ledger_entry WHERE seq = 0")
        return row[0] + 1 if first and row else 0

    def _chunk(self, start: int, stop: int) -> None:
        rows = self._db.rows(
            "SELECT seq, body FROM ledger_entry WHERE seq >= ? AND seq < ? ORDER BY seq", (start, stop)
        )
        openings = _by_entry(
            self._db.execute(
                "SELECT seq, field, salt, value FROM ledger_opening WHERE seq >= ? AND seq < ? ORDER BY seq",
                (start, stop),
            )
        )
        leaves = []
        for seq, body in rows:
            found = _BODY.fullmatch(body) if type(body) is bytes else None
            if found is None:
                self._problem(f"entri {seq} tidak berbentuk kanonik", f"entry {seq} does not have the canonical form")
            else:
                self._form(seq, found)
            self._openings(seq, found, openings.get(seq, []))
            leaves.append(leaf_hash(body if type(body) is bytes else repr(body).encode()))
        self._grow(0, leaves)

    def _form(self, seq: int, found: re.Match[bytes]) -> None:
        if int(found[6]) != seq:
            self._problem(
                f"entri {seq} menyebut dirinya entri {int(found[6])}",
                f"entry {seq} calls itself entry {int(found[6])}",
            )
        at = found[2]
        if at[:19] not in self._days:
            # Most entries share their second with others; a moment that does not exist is told once.
            try:
                datetime.fromisoformat(at[:19].decode())
            except ValueError:
                self._problem(
                    f"entri {seq} menyebut waktu yang tidak ada", f"entry {seq} names a time that does not exist"
                )
            self._days = {at[:19]}
        if at < self._last:
            self._notice(
                f"jam mundur sebelum entri {seq}: {at.decode()} sesudah {self._last.decode()}",
                f"the clock went back before entry {seq}: {at.decode()} after {self._last.decode()}",
            )
        self._last = at

    def _openings(self, seq: int, found: re.Match[bytes] | None, rows: list[tuple[Any, Any, Any]]) -> None:
        if not rows:
            self._closed += 1
            return
        said = {field: found[at] for field, at in _GROUPS.items() if found[at]} if found else {}
        if {field for field, _, _ in rows} != set(said):
            self._problem(
                f"pembuka komitmen entri {seq} tidak sesuai dengan isinya",
                f"the openings of entry {seq} are not those of its fields",
            )
            return
        for field, salt, value in rows:
            if not _opens(field, salt, value, said[field]):
                self._problem(
                    f"pembuka komitmen {field!r} entri {seq} diubah",
                    f"the opening of {field!r} of entry {seq} was changed",
                )

    def _grow(self, level: int, hashes: list[bytes]) -> None:
        """Take up hashes of a level, and compare each tile that they complete."""
        if level == len(self._open):
            self._open.append([])
            self._next.append(0)
        waiting = self._open[level]
        waiting += hashes
        full = len(waiting) >> SPAN
        if not full:
            return
        first = self._next[level]
        stored = {
            index: (root, hashes)
            for index, root, hashes in self._db.rows(
                "SELECT idx, root, hashes FROM ledger_tile WHERE level = ? AND idx >= ? AND idx < ?",
                (level, first, first + full),
            )
        }
        roots = []
        for number in range(full):
            tile = waiting[number << SPAN : (number + 1) << SPAN]
            roots.append(perfect_root(tile))
            if stored.get(first + number) != (roots[-1], b"".join(tile)):
                self._problem(
                    f"simpul {level}/{first + number} tidak sesuai dengan entri di bawahnya",
                    f"tile {level}/{first + number} does not fit the entries below it",
                )
        del waiting[: full << SPAN]
        self._next[level] += full
        self._grow(level + 1, roots)

    def _tiles(self, size: int) -> None:
        """See that no tiles are stored but the complete ones."""
        expected, below = 0, size >> SPAN
        while below:
            expected, below = expected + below, below >> SPAN
        row = self._db.row("SELECT COUNT(*) FROM ledger_tile")
        if row and row[0] > expected:
            self._problem(
                f"{row[0]} simpul disimpan, seharusnya {expected}", f"{row[0]} tiles are stored instead of {expected}"
            )

    def _root(self) -> bytes:
        """Give the root above what no complete tile has taken up, the leftmost and largest first."""
        parts = []
        for hashes in reversed(self._open):
            start = 0
            while start < len(hashes):
                width = 1 << (len(hashes) - start).bit_length() - 1
                parts.append(perfect_root(hashes[start : start + width]))
                start += width
        return fold_right(parts) if parts else EMPTY_ROOT

    def _problem(self, indonesian: str, english: str) -> None:
        _tell(self._problems, indonesian, english)

    def _notice(self, indonesian: str, english: str) -> None:
        _tell(self._notices, indonesian, english)


def _tell(told: list[Text], indonesian: str, english: str) -> None:
    if len(told) < _TOLD:
        told.append(Text(indonesian, english))
    elif len(told) == _TOLD:
        told.append(Text("dan seterusnya", "and so on"))


def _by_entry(rows: Iterator[tuple[Any, Any, Any, Any]]) -> dict[int, list[tuple[Any, Any, Any]]]:
    found: dict[int, list[tuple[Any, Any, Any]]] = {}
    for seq, field, salt, value in rows:
        found.setdefault(seq, []).append((field, salt, value))
    return found


def _opens(field: Any, salt: Any, value: Any, commitment: bytes) -> bool:  # noqa: ANN401 - whatever somebody wrote into the row
    if type(salt) is not bytes or len(salt) != WIDTH or not (value is None or isinstance(value, str)):
        return False
    try:
        found = Opening(salt, value).commitment(field)
    except ValueError:
        return False
    return found is None or found.hex().encode() == commitment
