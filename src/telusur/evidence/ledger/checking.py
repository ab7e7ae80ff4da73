"""Recomputing the whole ledger from its entries, in constant memory: what does not fit, and what is to be noticed."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from telusur.domain.text import Text
from telusur.evidence.database import Database
from telusur.evidence.ledger.entry import LABEL, TYPES, VERSION, remembering
from telusur.evidence.ledger.hashing import EMPTY_ROOT, WIDTH, fold_right, perfect_root
from telusur.evidence.ledger.tables import missing_triggers
from telusur.evidence.ledger.tree import SPAN, TILE

#: Entries read at a time: eight tiles.
_CHUNK: Final = 8 * TILE
#: Levels of tiles above any ledger that fits a machine.
_HIGHEST: Final = 7
#: More than this is not told: who changed a thousand rows changed the ledger.
_TOLD: Final = 100
_HASH: Final = "([0-9a-f]{64})"
#: Where the time stands in an entry.
_AT: Final = slice(82, 109)
#: How many forms of what follows the number are kept in mind.
_FORMS: Final = 1000
#: The canonical form of an entry: RFC 8785 leaves one way to write it.
_BODY: Final = re.compile(
    rf'\{{"actor":"{_HASH}","at":"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}\.[0-9]{{6}}Z)",'
    rf'(?:"case":"{_HASH}",)?(?:"detail":"{_HASH}",)?(?:"object":"{_HASH}",)?"seq":(0|[1-9][0-9]{{0,15}}),'
    rf'("tool":"[ !#-\[\]-~]{{1,80}}","type":"({"|".join(sorted(TYPES))})","v":{VERSION}\}})'
)


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
    checking = _Checking(db)
    try:
        return checking.all(progress)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise
        return checking.unreadable()


class _Checking:
    def __init__(self, db: Database) -> None:
        self._db = db
        self._problems: list[Text] = []
        self._notices: list[Text] = []
        self._last = ""
        self._digest = remembering()
        self._digests = (self._digest, self._digest, _of_detail, _of_object)
        #: What comes behind the number in entries that were seen to be canonical.
        self._tails: set[str] = set()
        self._closed = 0
        # Of each level: the hashes that no complete tile has taken up yet, and the number of the next tile.
        self._open: list[list[bytes]] = [[]]
        self._next: list[int] = [0]

    def all(self, progress: Callable[[int, int], None] | None) -> Checked:
        row = self._db.row("SELECT COALESCE(MIN(seq), 0), COALESCE(MAX(seq), -1) FROM ledger_entry")
        lowest, highest = row or (0, -1)
        if lowest < 0:
            self._problem(f"ada entri bernomor {lowest}", f"there is an entry of the number {lowest}")
        size = 0
        for start in range(0, highest + 1, _CHUNK):
            stop = min(start + _CHUNK, highest + 1)
            size = start + self._chunk(start, stop)
            if progress:
                progress(size, highest + 1)
            if size < stop:
                self._problem(
                    f"entri {size} tidak ada, padahal ada entri {highest}",
                    f"entry {size} is missing, although there is an entry {highest}",
                )
                break
        self._beside()
        for name in missing_triggers(self._db):
            self._problem(
                f"pemicu {name}, yang menolak perubahan, tidak ada atau diubah",
                f"the trigger {name}, which refuses changes, is missing or changed",
            )
        return Checked(size, self._root(), tuple(self._problems), tuple(self._notices), self._closed)

    def unreadable(self) -> Checked:
        """Give what was found in a file that SQLite itself cannot read to its end."""
        self._problem(
            "berkas basis data rusak dan tidak dapat dibaca sampai akhir",
            "the file of the database is damaged and cannot be read to its end",
        )
        return Checked(0, EMPTY_ROOT, tuple(self._problems), tuple(self._notices), self._closed)

    def _chunk(self, start: int, stop: int) -> int:
        """Take up entries as far as they follow each other; give how many did."""
        leaves: list[bytes] = []
        for expected, row in enumerate(self._rows(start, stop), start):
            seq, body = row[0], row[1]
            if seq != expected:
                break
            # Whoever changed a row may have left something there that is not even bytes.
            raw = body if type(body) is bytes else repr(body).encode()
            leaves.append(sha256(b"\0" + raw).digest())
            if raw is not body or not self._as_written(row):
                self._look(seq, raw if raw is body else b"", row[2:])
        self._grow(0, leaves)
        return len(leaves)

    def _as_written(self, row: tuple[Any, ...]) -> bool:
        """Say whether an entry is just what appending makes of its openings; if not, `_look` finds out what it is."""
        seq, body, actor, case, detail, of, salts = row
        try:
            said = body.decode("ascii")
            at = said[_AT]
            head = f'{{"actor":"{sha256(LABEL + salts[:WIDTH] + self._digest(actor)).hexdigest()}","at":"{at}",'
            used = WIDTH
            if case is not None:
                commitment = sha256(LABEL + salts[used : used + WIDTH] + self._digest(case))
                head += f'"case":"{commitment.hexdigest()}",'
                used += WIDTH
            if detail is not None:
                commitment = sha256(LABEL + salts[used : used + WIDTH] + _of_detail(detail))
                head += f'"detail":"{commitment.hexdigest()}",'
                used += WIDTH
            if of is not None:
                commitment = sha256(LABEL + salts[used : used + WIDTH] + _of_object(of))
                head += f'"object":"{commitment.hexdigest()}",'
                used += WIDTH
            head += f'"seq":{seq},'
        except (TypeError, ValueError, AttributeError):
            return False
        # What follows is the tool and the type: a handful of forms, each of which `_look` has found to be canonical.
        if len(salts) != used or not said.startswith(head) or said[len(head) :] not in self._tails:
            return False
        if at != self._last:
            self._time(seq, at)
        return True

    def _look(self, seq: int, body: bytes, opening: Sequence[Any]) -> None:
        """Take an entry apart: forgotten, with a detail kept elsewhere, of a form not seen yet, or changed."""
        said = body.decode("ascii", "replace")
        found = _BODY.fullmatch(said)
        if found is None:
            self._problem(f"entri {seq} tidak berbentuk kanonik", f"entry {seq} does not have the canonical form")
            return
        actor, at, case, detail, of, number, tail, _ = found.groups()
        if len(self._tails) < _FORMS:
            self._tails.add(tail)
        if number != str(seq):
            self._problem(f"entri {seq} menyebut dirinya entri {number}", f"entry {seq} calls itself entry {number}")
        if at != self._last:
            self._time(seq, at)
        if opening[-1] is None:
            self._closed += 1
        elif not self._opens(opening, (actor, case, detail, of)):
            self._problem(
                f"pembuka komitmen entri {seq} tidak sesuai dengan isinya",
                f"what is kept to open the commitments of entry {seq} does not open them",
            )

    def _rows(self, start: int, stop: int) -> list[tuple[Any, ...]]:
        question = (
            "SELECT e.seq, e.body, o.actor, o.case_id, o.detail, o.object, o.salts FROM ledger_entry e "
            "LEFT JOIN ledger_opening o ON o.seq = e.seq WHERE e.seq >= ? AND e.seq < ? ORDER BY e.seq"
        )
        try:
            found: list[tuple[Any, ...]] = self._db.execute(question, (start, stop)).fetchall()
        except sqlite3.OperationalError:
            # Somebody left text there that is none: it is read so that it fits nothing, and is told with its number.
            connection = self._db.connection
            before, connection.text_factory = connection.text_factory, lambda raw: raw.decode(errors="surrogateescape")
            try:
                found = self._db.execute(question, (start, stop)).fetchall()
            finally:
                connection.text_factory = before
        return found

    def _time(self, seq: int, at: str) -> None:
        try:
            datetime.fromisoformat(at[:-1])
        except ValueError:
            self._problem(f"entri {seq} menyebut waktu yang tidak ada", f"entry {seq} names a time that does not exist")
        if at < self._last:
            self._notice(
                f"jam mundur sebelum entri {seq}: {at} sesudah {self._last}",
                f"the clock went back before entry {seq}: {at} after {self._last}",
            )
        self._last = at

    def _opens(self, row: Sequence[Any], commitments: Sequence[str | None]) -> bool:
        """Say whether a row of openings opens exactly these commitments."""
        salts = row[-1]
        used = 0
        try:
            for value, commitment, digest in zip(row, commitments, self._digests, strict=False):
                if commitment is None:
                    if value is not None:
                        return False
                    continue
                salt = salts[used : used + WIDTH]
                used += WIDTH
                if value is None and digest is _of_detail:  # kept elsewhere
                    continue
                if commitment != sha256(LABEL + salt + digest(value)).hexdigest():
                    return False
        except (TypeError, ValueError, AttributeError):  # somebody wrote something there that is not even text
            return False
        return len(salts) == used

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

    def _beside(self) -> None:
        """See that only complete tiles and openings of entries are stored; the size last, as others may append."""
        tiles = self._db.rows("SELECT level, MIN(idx), MAX(idx) FROM ledger_tile GROUP BY level")
        opened = self._db.row("SELECT COALESCE(MIN(seq), 0), COALESCE(MAX(seq), -1) FROM ledger_opening") or (0, -1)
        row = self._db.row("SELECT COALESCE(MAX(seq) + 1, 0) FROM ledger_entry")
        size = row[0] if row else 0
        if opened[0] < 0 or opened[1] >= size:
            self._problem("ada pembuka komitmen tanpa entri", "there are openings that belong to no entry")
        for level, lowest, highest in tiles:
            numbers = type(level) is type(lowest) is type(highest) is int and 0 <= level <= _HIGHEST
            if not numbers or lowest < 0 or highest >= size >> SPAN * (level + 1):
                self._problem(
                    f"ada simpul tingkat {level} yang tidak mempunyai entri",
                    f"there are tiles of level {level} that have no entries below them",
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


def _of_detail(value: str) -> bytes:
    return sha256(value.encode()).digest()


def _of_object(value: str) -> bytes:
    digest = bytes.fromhex(value)
    if digest.hex() != value:
        raise ValueError
    return digest
