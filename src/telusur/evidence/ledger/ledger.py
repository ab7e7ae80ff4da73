"""Writing acts into the ledger, and reading entries, roots and proofs from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from telusur.evidence.database import Database
from telusur.evidence.ledger.entry import Act, Entry, Field, Opening, opened, written
from telusur.evidence.ledger.tree import Tree

#: Rows read at a time.
CHUNK = 2048


class Ledger:
    """The ledger of one database: it only ever grows.

    Parameters
    ----------
    db
        Where `create` made its tables. The ledger keeps nothing in memory, so several may write to one database.
    """

    def __init__(self, db: Database) -> None:
        self.db = db

    def append(self, acts: Sequence[Act]) -> list[Entry]:
        """Write acts at the end, within the transaction that carries them out.

        Parameters
        ----------
        acts
            In their order; many at once where many are done at once.

        Returns
        -------
        list[Entry]
            One for each act.

        Raises
        ------
        RuntimeError
            If no transaction is open: an entry without its act would stand there after a crash.
        BadInput
            If an act cannot be written down. Nothing of this call is written then.
        """
        if not self.db.in_transaction:
            raise RuntimeError("an act is entered in the transaction that carries it out, and none is open")
        self.db.lock()
        first = self.size()
        entries, openings = written(acts, first)
        self.db.executemany(
            "INSERT INTO ledger_entry (seq, body) VALUES (?, ?)", [(entry.seq, entry.body) for entry in entries]
        )
        self.db.executemany(
            "INSERT INTO ledger_opening (seq, actor, case_id, detail, object, salts) VALUES (?, ?, ?, ?, ?, ?)",
            openings,
        )
        Tree(self.db).complete(first, [entry.leaf for entry in entries])
        return entries

    def size(self) -> int:
        """Give the number of entries."""
        row = self.db.row("SELECT MAX(seq) FROM ledger_entry")
        return 0 if row is None or row[0] is None else int(row[0]) + 1

    def entries(self, start: int = 0, stop: int | None = None) -> Iterator[Entry]:
        """Give entries in their order, a few thousand in memory at a time.

        Parameters
        ----------
        start
            Number of the first.
        stop
            Number behind the last; to the end, if ``None``.
        """
        end = self.size() if stop is None else stop
        for chunk in range(start, end, CHUNK):
            for seq, body in self.db.rows(
                "SELECT seq, body FROM ledger_entry WHERE seq >= ? AND seq < ? ORDER BY seq",
                (chunk, min(chunk + CHUNK, end)),
            ):
                yield Entry.of(seq, body)

    def entry(self, seq: int) -> Entry:
        """Give one entry.

        Parameters
        ----------
        seq
            Its number.

        Raises
        ------
        LookupError
            If there is none of that number.
        """
        row = self.db.row("SELECT body FROM ledger_entry WHERE seq = ?", (seq,))
        if row is None:
            raise LookupError(f"the ledger has no entry {seq}")
        return Entry.of(seq, row[0])

    def root(self, size: int | None = None) -> bytes:
        """Give the root of the tree.

        Parameters
        ----------
        size
            Of its first entries, as it was once; of all, if ``None``.

        Returns
        -------
        bytes
            32 bytes.

        Raises
        ------
        ValueError
            If there are fewer entries.
        LedgerBroken
            If what is stored does not fit together.
        """
        return Tree(self.db).root(self._within(size))

    def roots(self, *sizes: int) -> list[bytes]:
        """Give the root of several trees of the ledger, each part of them read once; see `root`.

        Parameters
        ----------
        *sizes
            Of its first entries each.
        """
        tree = Tree(self.db)
        return [tree.root(self._within(size)) for size in sizes]

    def inclusion(self, seq: int, size: int | None = None) -> list[bytes]:
        """Give the proof that an entry stands in the tree, for `verify_inclusion`.

        Parameters
        ----------
        seq
            Number of the entry.
        size
            Of the tree; the whole, if ``None``.

        Raises
        ------
        ValueError
            If the tree has no such entry, or the ledger no such tree.
        LedgerBroken
            If what is stored does not fit together.
        """
        whole = self._within(size)
        if not 0 <= seq < whole:
            raise ValueError(f"a tree of {whole} entries has no entry {seq}")
        return Tree(self.db).inclusion(seq, whole)

    def consistency(self, old: int, new: int | None = None) -> list[bytes]:
        """Give the proof that the tree only grew, for `verify_consistency`.

        Parameters
        ----------
        old, new
            Sizes of both trees, 1 at least; the newer is the whole, if ``None``.

        Raises
        ------
        ValueError
            If there are no such trees.
        LedgerBroken
            If what is stored does not fit together.
        """
        whole = self._within(new)
        if not 0 < old <= whole:
            raise ValueError(f"no tree of {old} entries grew into one of {whole}")
        return Tree(self.db).consistency(old, whole)

    def openings(self, seq: int) -> Mapping[Field, Opening]:
        """Give what opens the commitments of an entry; empty when it has been forgotten.

        Parameters
        ----------
        seq
            Number of the entry.
        """
        row = self.db.row(
            "SELECT e.body, o.actor, o.case_id, o.detail, o.object, o.salts FROM ledger_opening o "
            "JOIN ledger_entry e ON e.seq = o.seq WHERE o.seq = ?",
            (seq,),
        )
        return {} if row is None else opened(row[0], row[1:])

    def of_case(self, case: str) -> list[int]:
        """Give the numbers of the entries of a case, in their order; none when it has been forgotten.

        Parameters
        ----------
        case
            Its id.
        """
        found = self.db.rows("SELECT seq FROM ledger_opening WHERE case_id = ? ORDER BY seq", (case,))
        return [seq for (seq,) in found]

    def forget(self, case: str) -> int:
        """Delete what opens the entries of a case: they stay, all proofs hold, and nobody can tell whose they were.

        Parameters
        ----------
        case
            Its id.

        Returns
        -------
        int
            How many entries were closed.

        Raises
        ------
        RuntimeError
            If no transaction is open.
        """
        if not self.db.in_transaction:
            raise RuntimeError("a case is forgotten in the transaction that erases it, and none is open")
        found = self.of_case(case)
        self.db.executemany("DELETE FROM ledger_opening WHERE seq = ?", [(seq,) for seq in found])
        return len(found)

    def _within(self, size: int | None) -> int:
        there = self.size()
        if size is None:
            return there
        if not 0 <= size <= there:
            raise ValueError(f"the ledger has {there} entries, so that it has no tree of {size}")
        return size
