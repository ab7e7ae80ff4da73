"""The folder that the command line works on: ledger, keys, vault and stamps as one."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Final, Self

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence import ledger, signing, stamps, vault
from telusur.evidence.database import Database, open_sqlite
from telusur.evidence.store import layout, tables
from telusur.evidence.store.layout import Settings
from telusur.evidence.vault import Swept

Ask = Callable[[], str | None]
Clock = Callable[[], datetime]

_EXISTS: Final = Text(
    "di sini sudah ada isinya; tempat penyimpanan tidak pernah ditimpa. Sebut folder lain",
    "something lies here already; a store is never written over. Name another folder",
)
OLDER: Final = Text(
    "basis datanya lebih lama daripada head.note di sampingnya: cadangan lama telah dipulihkan atau entri dihapus. "
    "Tidak ada yang dicatat di atasnya; cari keadaan yang lebih baru, atau periksa dengan "
    "`telusur evidence ledger --verify`",
    "its database is older than the head.note beside it: an old backup was put back, or entries were removed. "
    "Nothing is recorded on top of that; find the newer state, or look with `telusur evidence ledger --verify`",
)


def _now() -> datetime:
    return datetime.now(UTC)


class Store:
    """A store that is open.

    Parameters
    ----------
    folder
        Where it lies.
    settings
        Its description.
    connection
        Of its database.
    ask
        Gives the passphrase of its keys when one is needed; ``None`` from it means that there is none.
    clock
        Gives the time.
    """

    def __init__(
        self, folder: Path, settings: Settings, connection: sqlite3.Connection, ask: Ask, clock: Clock = _now
    ) -> None:
        self.folder = folder
        self.settings = settings
        self.connection = connection
        self.db = Database(connection)
        self.ledger = ledger.Ledger(self.db)
        self.now = clock
        self._ask = ask

    @classmethod
    def create(
        cls,
        folder: Path,
        *,
        name: str,
        actor: str,
        passphrase: str | None = None,
        authorities: tuple[stamps.Authority, ...] = (),
        clock: Clock = _now,
    ) -> Self:
        """Make a store with new keys; its ledger begins with the key that signs it.

        Parameters
        ----------
        folder
            To be made; an empty one is taken.
        name
            What its office calls it.
        actor
            Who makes it.
        passphrase
            For its signing key; without one the key lies open in a file that only its owner reads.
        authorities
            Who stamps its checkpoints.
        clock
            Gives the time.

        Raises
        ------
        BadInput
            If something lies there, or it cannot be made.
        """
        if os.path.lexists(folder) and (folder.is_symlink() or not folder.is_dir() or any(folder.iterdir())):
            raise BadInput(_EXISTS, where=str(folder))
        beside = folder.parent / f".{folder.name}.{os.getpid()}.part"
        with vault.told(str(folder)):
            folder.parent.mkdir(parents=True, exist_ok=True)
            beside.mkdir(mode=0o700)
            try:
                cls._fill(beside, name, actor, passphrase, authorities, clock)
                # An empty folder gives way to it; one that somebody filled meanwhile does not.
                beside.rename(folder)
            except BaseException:
                shutil.rmtree(beside, ignore_errors=True)
                raise
        return cls.open(folder, lambda: passphrase, clock=clock)

    @classmethod
    def _fill(
        cls,
        beside: Path,
        name: str,
        actor: str,
        passphrase: str | None,
        authorities: tuple[stamps.Authority, ...],
        clock: Clock,
    ) -> None:
        (beside / layout.OBJECTS).mkdir(mode=0o700)
        (beside / layout.KEYS).mkdir(mode=0o700)
        key = signing.SigningKey.make()
        key.save(beside / layout.KEYS / layout.LOG_KEY, passphrase)
        vault.make_root_key(beside / layout.KEYS / layout.ROOT_KEY)
        settings = Settings(name, key.vkey, authorities)
        layout.put(beside / layout.SETTINGS, settings.as_bytes())
        store = cls(beside, settings, open_sqlite(beside / layout.DATABASE), lambda: passphrase, clock)
        try:
            tables.create(store.db)
            with store.db.transaction():
                note = store.log.begin(store.now(), actor)
            store._put_head(note)
        finally:
            store.close()

    @classmethod
    def open(cls, folder: Path, ask: Ask = lambda: None, *, clock: Clock = _now) -> Self:
        """Open a store; its keys are read when they are needed.

        Parameters
        ----------
        folder
            Where it lies.
        ask
            Gives the passphrase of its signing key.
        clock
            Gives the time.

        Raises
        ------
        BadInput
            If it is no store, or its database is missing, damaged or locked.
        """
        settings = layout.read_settings(folder)
        path = folder / layout.DATABASE
        if not path.is_file():
            raise BadInput(layout.NO_DATABASE, where=str(folder))
        with vault.told(str(folder)):
            connection = _connect(folder, path)
            try:
                connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
            except BaseException:
                connection.close()
                raise
        return cls(folder, settings, connection, ask, clock)

    def close(self) -> None:
        """Close the database."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @cached_property
    def key(self) -> signing.SigningKey:
        """The key that signs the log.

        Raises
        ------
        BadInput
            If it is missing, or the passphrase does not open it.
        """
        path = self.folder / layout.KEYS / layout.LOG_KEY
        return signing.SigningKey.load(path, self._ask() if layout.is_locked_key(path) else None)

    @property
    def fingerprint(self) -> str:
        """Lower-case hex SHA-256 of the key that signs now, as every official record names it."""
        return self.verify_keys[-1].fingerprint

    @property
    def verify_keys(self) -> list[signing.VerifyKey]:
        """The keys that have signed the log, the first one first."""
        chain = self.signed.keys()
        return [link.key for link in chain]

    @cached_property
    def signed(self) -> signing.Log:
        """What was signed of the ledger; to be read without any key."""
        return signing.Log(self.db, self.ledger)

    @cached_property
    def log(self) -> signing.Log:
        """What signs the ledger's states."""
        return signing.Log(self.db, self.ledger, self.key)

    @cached_property
    def vault(self) -> vault.Vault:
        """Where the files lie, encrypted.

        Raises
        ------
        BadInput
            If the key of the files is missing.
        """
        root = vault.load_root_key(self.folder / layout.KEYS / layout.ROOT_KEY)
        return vault.Vault(self.db, self.folder, root)

    @property
    def head(self) -> bytes | None:
        """The signed state that was written beside the database last; ``None`` if the file is gone."""
        try:
            return (self.folder / layout.HEAD).read_bytes()
        except FileNotFoundError:
            return None

    @contextmanager
    def acting(self) -> Iterator[None]:
        """Hold one transaction in which acts are recorded; signed at its end, or nothing of it happens.

        Raises
        ------
        BadInput
            If a key, the disk or the database refuses, or the database is older than what was signed before.
        """
        # A wrong passphrase is told before any work.
        log = self.log
        with vault.told(str(self.folder)), layout.alone(self.folder):
            self._refuse_older()
            with self.db.transaction():
                yield
                note = log.sign(self.now())
            self._put_head(note)

    def checkpoint(self) -> tuple[bytes, int]:
        """Give the signed state as it is now, and how many stamps were asked for it.

        Raises
        ------
        BadInput
            If something keeps it from being signed or written down.
        """
        note = self.signed.last()
        if note is None or signing.Checkpoint.parse(signing.Note.parse(note).text).size < self.ledger.size():
            with self.acting():
                pass
            note = self.signed.last()
        assert note is not None
        if not self.settings.authorities:
            return note, 0
        with vault.told(str(self.folder)), layout.alone(self.folder):
            return note, len(stamps.queue(self.db, note, self.settings.authorities, self.now()))

    def sweep(self) -> Swept:
        """Remove what a crash left behind: objects that no row names, files never written to their end."""
        with vault.told(str(self.folder)), layout.alone(self.folder):
            for part in (*self.folder.glob(".*.part"), *(self.folder / layout.KEYS).glob(".*.part")):
                part.unlink()
            return self.vault.sweep()

    def discard(self, names: Sequence[str]) -> None:
        """Remove objects that an act which failed had put there; one that has a row by now stays.

        Parameters
        ----------
        names
            Of the objects.
        """
        if names:
            # It failed already; what cannot be removed now is left to `sweep`.
            with suppress(BadInput, OSError), vault.told(str(self.folder)), layout.alone(self.folder):
                self.vault.discard(names)

    def _refuse_older(self) -> None:
        head = self.head
        if head is None:
            return
        try:
            stated = signing.open_checkpoint(head, self.verify_keys)
        except BadInput:
            # Cut short by a crash, or rubbish: verifying tells of it, and the next act writes it anew.
            return
        if stated.size > self.ledger.size() or self.ledger.root(stated.size) != stated.root:
            raise BadInput(OLDER, where=str(self.folder))

    def _put_head(self, note: bytes) -> None:
        layout.put(self.folder / layout.HEAD, note, lasting=False)

    def set_authorities(self, authorities: tuple[stamps.Authority, ...]) -> None:
        """Have the checkpoints stamped by these from now on."""
        self.settings = replace(self.settings, authorities=authorities)
        with vault.told(str(self.folder)), layout.alone(self.folder):
            layout.put(self.folder / layout.SETTINGS, self.settings.as_bytes())


def _connect(folder: Path, path: Path) -> sqlite3.Connection:
    if os.access(folder, os.W_OK) and os.access(path, os.W_OK):
        return open_sqlite(path)
    # A store on a disk that is mounted read-only is verified all the same.
    journal = path.with_name(path.name + "-wal")
    if journal.exists() and journal.stat().st_size:
        raise sqlite3.OperationalError("attempt to write a readonly database")
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
