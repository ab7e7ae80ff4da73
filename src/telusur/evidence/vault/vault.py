"""Files kept encrypted, each under a key of its own, in the folder of a store and the rows of its database."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence.atomic import written_beside
from telusur.evidence.database import Database
from telusur.evidence.vault import keys, stream
from telusur.evidence.vault.check import batches, check, without_row
from telusur.evidence.vault.files import Objects
from telusur.evidence.vault.reader import open_object
from telusur.evidence.vault.scrub import overwrite_deleted, scrub
from telusur.evidence.vault.source import Watched, watched
from telusur.evidence.vault.troubles import NOT_KEPT, NotKept, told
from telusur.evidence.vault.values import Checked, Destroyed, Kept, Received, Swept


def create(db: Database) -> None:
    """Make the tables of a vault, if they are not there."""
    db.execute(
        f"CREATE TABLE IF NOT EXISTS vault_case (case_id TEXT PRIMARY KEY, wrapped_key {db.blob} NOT NULL, "
        "made_at TEXT NOT NULL)"
    )
    db.execute(
        "CREATE TABLE IF NOT EXISTS vault_object (name TEXT PRIMARY KEY, case_id TEXT NOT NULL "
        f"REFERENCES vault_case (case_id), bytes BIGINT NOT NULL, wrapped_key {db.blob} NOT NULL)"
    )
    db.execute("CREATE INDEX IF NOT EXISTS vault_object_of_case ON vault_object (case_id, name)")


class Vault:
    """The kept files of all cases of a store.

    Every method tells a full disk, a store that cannot be written, a locked database, a lost key and a missing or
    altered object by a `VaultTrouble` of its own.

    Parameters
    ----------
    db
        Open, with the tables of `create`.
    folder
        The folder of the store.
    root_key
        32 bytes, from `keys.load_root_key`.
    """

    def __init__(self, db: Database, folder: Path, root_key: bytes) -> None:
        if len(root_key) != keys.KEY:
            raise ValueError("a root key has 32 bytes")
        self._db = db
        self._root = root_key
        self._files = Objects(folder)

    # Keeping

    def put(
        self,
        case: str,
        source: BinaryIO | Path,
        *,
        limit: int | None = None,
        progress: Callable[[int], object] | None = None,
    ) -> Kept:
        """Keep a file in a case; a second time changes nothing.

        Within the caller's transaction the database stays locked while the file is read; for a large one take
        `receive` before the transaction and `keep` within it.

        Parameters
        ----------
        case
            The case's id.
        source
            An ordinary file by its path, or an open stream, read from where it stands.
        limit
            Most bytes; ``None`` for no limit.
        progress
            Told of the bytes read so far.

        Raises
        ------
        VaultTrouble
            If the source is unfit, too large or changed while it was read, or the store cannot take it. Nothing stays.
        """
        with self.receive(source, limit=limit, progress=progress) as received:
            return self.keep(case, received)

    @contextmanager
    def receive(
        self,
        source: BinaryIO | Path,
        *,
        limit: int | None = None,
        progress: Callable[[int], object] | None = None,
    ) -> Iterator[Received]:
        """Hash, encrypt and write a file for which `keep` then names the case; dropped at the end of the block if not.

        Parameters
        ----------
        source, limit, progress
            As `put` takes them.

        Raises
        ------
        VaultTrouble
            As `put` does.
        """
        with ExitStack() as until_the_end:
            with told("objects"):
                sink, beside = until_the_end.enter_context(self._files.incoming())
                key = keys.new_key()
                digest = hashlib.sha256()
                with watched(source, limit) as reader:
                    size = stream.encrypt(reader, _Whole(sink), key, seen=_seen(digest, reader, progress))
                os.fchmod(sink.fileno(), 0o400)
                os.fsync(sink.fileno())
            yield Received(digest.hexdigest(), size, key, beside)

    def keep(self, case: str, received: Received) -> Kept:
        """Give a received file its place in a case: the file first, then the row, in the caller's transaction if any.

        If that transaction is undone, the file is left without a row, and `sweep` takes it.

        Parameters
        ----------
        case
            The case's id.
        received
            From `receive`, within its block.

        Raises
        ------
        VaultTrouble
            If the store cannot take it.
        """
        if received.beside is None:
            raise ValueError("a received file is kept once")
        with told("objects"), self._db.transaction():
            self._write_lock()
            case_key = self._case_key(case, make=True)
            name = keys.name_of(case_key, bytes.fromhex(received.sha256))
            if self._db.row("SELECT 1 FROM vault_object WHERE name = ?", (name,)):
                self._open(case, received.sha256).close()
                return Kept(received.sha256, received.bytes, name, new=False)
            self._files.place(received.beside, name)
            received.beside = None
            wrapped = keys.wrap_object(case_key, name, received.key)
            self._db.execute(
                "INSERT INTO vault_object (name, case_id, bytes, wrapped_key) VALUES (?, ?, ?, ?)",
                (name, case, received.bytes, wrapped),
            )
        return Kept(received.sha256, received.bytes, name)

    # Reading

    def has(self, case: str, sha256: str) -> bool:
        """Tell whether a case holds a file."""
        with told("objects"):
            try:
                self._row(case, sha256)
            except NotKept:
                return False
            return True

    def open(self, case: str, sha256: str) -> io.BufferedReader:
        """Open a file for reading, from any place in it.

        Raises
        ------
        NotKept
            If the case does not hold it.
        KeyLost
            If its key does not open.
        ObjectMissing, ObjectAltered
            If the object is gone, or is not what was written; the latter also while it is read.
        """
        with told("objects"):
            return self._open(case, sha256)

    def export(self, case: str, sha256: str, path: Path, *, force: bool = False) -> None:
        """Write a file out as it came in; nothing lies there unless all of it was found unaltered.

        Parameters
        ----------
        case, sha256
            The file.
        path
            Where it is to lie.
        force
            Whether a file that lies there may be replaced.

        Raises
        ------
        BadInput
            If it cannot be written there, or as `open` does.
        """
        with self.open(case, sha256) as reader, told(str(path)), written_beside(path, force=force) as sink:
            while chunk := reader.read(stream.CHUNK):
                sink.write(chunk)

    # Moving and destroying

    def move(self, case: str, sha256: str, to_case: str) -> Kept:
        """Give a file to another case, under that case's key; the first holds it no longer.

        Parameters
        ----------
        case, sha256
            The file.
        to_case
            The id of the case that is to hold it.

        Raises
        ------
        NotKept
            If the first case does not hold it.
        """
        if case == to_case:
            raise BadInput(Text("perkara asal dan tujuannya sama", "it is to move to the case it is in"))
        with told("objects"):
            own = not self._db.in_transaction
            with self._db.transaction():
                self._write_lock()
                name, size, key = self._row(case, sha256)
                self._open(case, sha256).close()
                to_key = self._case_key(to_case, make=True)
                to_name = keys.name_of(to_key, bytes.fromhex(sha256))
                held = self._db.row("SELECT 1 FROM vault_object WHERE name = ?", (to_name,))
                self._db.execute("DELETE FROM vault_object WHERE name = ?", (name,))
                if held:
                    self._open(to_case, sha256).close()
                else:
                    # The old name goes only once the transaction has ended well.
                    self._files.also(name, to_name)
                    self._db.execute(
                        "INSERT INTO vault_object (name, case_id, bytes, wrapped_key) VALUES (?, ?, ?, ?)",
                        (to_name, to_case, size, keys.wrap_object(to_key, to_name, key)),
                    )
            if own:
                self._remove([name])
            return Kept(sha256, size, to_name, new=not held)

    def destroy(self, case: str, sha256: str | None = None) -> Destroyed:
        """Destroy a file, or all that a case holds with the case's key: keys first, then files. It cannot be undone.

        Within the caller's transaction only the rows go; call `finish` once it has ended.

        Parameters
        ----------
        case
            The case's id.
        sha256
            The file; ``None`` for all.

        Raises
        ------
        NotKept
            If the case does not hold that file; a case that holds nothing is no error.
        DatabaseLocked
            If the keys are gone but somebody who reads the database keeps them from being wiped; `sweep` ends it.
        """
        with told("objects"):
            own = not self._db.in_transaction
            with self._db.transaction():
                self._write_lock()
                overwrite_deleted(self._db)
                if sha256 is None:
                    rows = self._db.rows("SELECT name, bytes FROM vault_object WHERE case_id = ?", (case,))
                    self._db.execute("DELETE FROM vault_object WHERE case_id = ?", (case,))
                    self._db.execute("DELETE FROM vault_case WHERE case_id = ?", (case,))
                else:
                    name = self._name(case, sha256)
                    rows = self._db.rows("SELECT name, bytes FROM vault_object WHERE name = ?", (name,))
                    if not rows:
                        raise NotKept(NOT_KEPT)
                    self._db.execute("DELETE FROM vault_object WHERE name = ?", (name,))
            found = Destroyed(len(rows), sum(row[1] for row in rows), tuple(row[0] for row in rows), done=False)
            return self.finish(found) if own else found

    def finish(self, *destroyed: Destroyed) -> Destroyed:
        """Wipe the keys of what was destroyed from the database's files, and remove the objects' files.

        To be called outside any transaction; an object that has a row again is left alone.

        Parameters
        ----------
        *destroyed
            From `destroy`; several are best finished at once, for the database is written anew each time.

        Returns
        -------
        Destroyed
            All of it together.

        Raises
        ------
        DatabaseLocked
            If somebody who reads the database keeps its journal from being emptied; call it again, or `sweep`.
        """
        names = tuple(name for one in destroyed for name in one.names)
        with told("objects"):
            # The files stand until the keys are wiped: whoever is ended in between leaves them as a mark for `sweep`.
            scrub(self._db)
            self._remove(names)
        return Destroyed(sum(one.objects for one in destroyed), sum(one.bytes for one in destroyed), names, done=True)

    def discard(self, names: Sequence[str]) -> int:
        """Remove the files of objects whose transaction was undone; one that has a row stays.

        Parameters
        ----------
        names
            Of the objects, as `Kept` gave them.
        """
        with told("objects"):
            return self._remove(names)

    def sweep(self) -> Swept:
        """Remove what has no row, and what was never written to its end; to be called outside any transaction."""
        with told("objects"):
            unfinished = self._files.leftovers(remove=True)
            orphans = list(without_row(self._db, self._files.names()))
            if orphans:
                # They may be the remains of a destruction that was cut short before its keys were wiped.
                scrub(self._db)
            return Swept(self._remove(orphans), unfinished)

    def check(self, progress: Callable[[int, int], object] | None = None) -> Checked:
        """Read every object through, and name what is wrong.

        Parameters
        ----------
        progress
            Told of the plain bytes read so far, and of all there are.
        """
        with told("objects"):
            return check(self._db, self._files, self._root, progress)

    def rewrap(self, root_key: bytes) -> int:
        """Wrap the keys of all cases under another root key, which the vault uses from then on; give their number.

        Parameters
        ----------
        root_key
            The new one; keep it before, for nothing opens without it afterwards.
        """
        with told("objects"), self._db.transaction():
            cases = self._db.rows("SELECT case_id, wrapped_key FROM vault_case")
            rows = [
                (keys.wrap_case(root_key, case, keys.unwrap_case(self._root, case, bytes(wrapped))), case)
                for case, wrapped in cases
            ]
            self._db.executemany("UPDATE vault_case SET wrapped_key = ? WHERE case_id = ?", rows)
        self._root = root_key
        return len(rows)

    # Within

    def _write_lock(self) -> None:
        """Be the one writer before anything is looked up, even in a transaction that was begun without meaning to."""
        self._db.execute("DELETE FROM vault_object WHERE name = ''")

    def _case_key(self, case: str, *, make: bool = False) -> bytes:
        row = self._db.row("SELECT wrapped_key FROM vault_case WHERE case_id = ?", (case,))
        if row is not None:
            return keys.unwrap_case(self._root, case, bytes(row[0]))
        if not make:
            raise NotKept(NOT_KEPT)
        key = keys.new_key()
        self._db.execute(
            "INSERT INTO vault_case (case_id, wrapped_key, made_at) VALUES (?, ?, ?)",
            (case, keys.wrap_case(self._root, case, key), datetime.now(UTC).isoformat(timespec="seconds")),
        )
        return key

    def _name(self, case: str, sha256: str) -> str:
        return keys.name_of(self._case_key(case), _digest(sha256))

    def _row(self, case: str, sha256: str) -> tuple[str, int, bytes]:
        digest = _digest(sha256)
        case_key = self._case_key(case)
        name = keys.name_of(case_key, digest)
        row = self._db.row("SELECT bytes, wrapped_key FROM vault_object WHERE name = ? AND case_id = ?", (name, case))
        if row is None:
            raise NotKept(NOT_KEPT)
        return name, row[0], keys.unwrap_object(case_key, name, bytes(row[1]))

    def _open(self, case: str, sha256: str) -> io.BufferedReader:
        name, size, key = self._row(case, sha256)
        where = self._files.shown(name)
        file = self._files.open(name)
        try:
            return open_object(file, key, size, _digest(sha256), where)
        except BaseException:
            file.close()
            raise

    def _remove(self, names: Sequence[str]) -> int:
        """Remove the files of objects that have no row; nobody can be giving one a row meanwhile."""
        removed = 0
        for some in batches(names):
            with self._db.transaction():
                self._write_lock()
                removed += self._files.remove(list(without_row(self._db, some)))
        return removed


def _digest(sha256: str) -> bytes:
    try:
        found = bytes.fromhex(sha256)
    except ValueError:
        found = b""
    if len(found) != hashlib.sha256().digest_size:
        words = Text("bukan SHA-256 (64 angka heksadesimal)", "is no SHA-256 (64 hexadecimal digits)")
        raise BadInput(words, where=sha256[:80])
    return found


def _seen(
    digest: hashlib._Hash, reader: Watched, progress: Callable[[int], object] | None
) -> Callable[[memoryview], object]:
    if progress is None:
        return digest.update

    def see(chunk: memoryview) -> None:
        digest.update(chunk)
        progress(reader.given)

    return see


class _Whole:
    """A sink that takes all of what it is given: a system may take only a part at a time."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, data: bytes | bytearray | memoryview, /) -> None:
        left = memoryview(data)
        while left:
            left = left[self._file.write(left) :]
