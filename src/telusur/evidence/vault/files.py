"""The folder of a vault: where an object lies, and how a file comes to lie there whole or not at all."""

from __future__ import annotations

import errno
import fcntl
import io
import os
import re
import secrets
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from telusur.domain.text import Text
from telusur.evidence.vault.troubles import MISSING, ObjectMissing, VaultTrouble

_NAME: Final = re.compile(r"[0-9a-f]{64}")
_SHELF: Final = re.compile(r"[0-9a-f]{2}")
_PART: Final = re.compile(r"[0-9a-f]{32}\.part")
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def sync_folder(folder: Path) -> None:
    """Have a folder's own entries lie on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Objects:
    """The folder ``objects``: a file an object at ``ab/<name>``, and ``incoming`` for what is being written.

    Parameters
    ----------
    folder
        The folder of the store; ``objects`` is made in it when something is first written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "objects"
        self._incoming = self.folder / "incoming"

    def place_of(self, name: str) -> Path:
        """Give the path of an object."""
        return self.folder / name[:2] / name

    def shown(self, name: str) -> str:
        """Give an object's path within the store, for messages; it betrays nothing of the object."""
        return f"objects/{name[:2]}/{name}"

    @contextmanager
    def incoming(self) -> Iterator[tuple[BinaryIO, Path]]:
        """Give a new file to be written; it is removed at the end of the block unless it was placed.

        Its writer holds a lock on it, so that nobody sweeps it away meanwhile; the lock of one who was killed is gone.
        """
        if not self._incoming.is_dir():
            self._incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
            sync_folder(self.folder)
            sync_folder(self.folder.parent)
        path, descriptor = self._new()
        file = open(descriptor, "wb", buffering=0)  # noqa: PTH123, SIM115 - of a descriptor; closed below
        try:
            yield file, path
        finally:
            with suppress(FileNotFoundError):
                path.unlink()
            file.close()

    def _new(self) -> tuple[Path, int]:
        while True:
            path = self._incoming / f"{secrets.token_hex(16)}.part"
            descriptor = os.open(path, _NEW, 0o600)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            # A sweep may have taken it for a leftover in the moment before it was locked.
            if os.fstat(descriptor).st_nlink:
                return path, descriptor
            os.close(descriptor)

    def place(self, beside: Path, name: str) -> None:
        """Give a written, synced file its place; whatever lies there without a row is replaced."""
        place = self._shelved(name)
        beside.replace(place)
        sync_folder(place.parent)

    def _shelved(self, name: str) -> Path:
        place = self.place_of(name)
        if not place.parent.is_dir():
            # All shelves at once: each made on its own would have to be synced on its own.
            for number in range(256):
                (self.folder / f"{number:02x}").mkdir(mode=0o700, exist_ok=True)
            sync_folder(self.folder)
        return place

    def also(self, name: str, other: str) -> None:
        """Let an object lie under a second name, too."""
        place = self._shelved(other)
        with suppress(FileNotFoundError):
            place.unlink()
        os.link(self.place_of(name), place, follow_symlinks=False)
        sync_folder(place.parent)

    def open(self, name: str) -> io.FileIO:
        """Open an object's file, which is never a link.

        Raises
        ------
        ObjectMissing
            If it is gone, or what lies there is no ordinary file.
        VaultTrouble
            If it cannot be read.
        """
        where = self.shown(name)
        try:
            descriptor = os.open(self.place_of(name), os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
        except OSError as error:
            if error.errno in {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENXIO}:
                raise ObjectMissing(MISSING, where=where) from None
            words = Text(f"tidak dapat dibaca ({error.strerror})", f"cannot be read ({error.strerror})")
            raise VaultTrouble(words, where=where) from None
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise ObjectMissing(MISSING, where=where)
        return open(descriptor, "rb", buffering=0)  # noqa: PTH123 - of a descriptor

    def remove(self, names: Sequence[str]) -> int:
        """Remove objects; give how many there were."""
        removed = 0
        shelves: set[Path] = set()
        for name in names:
            place = self.place_of(name)
            with suppress(FileNotFoundError):
                place.unlink()
                shelves.add(place.parent)
                removed += 1
        for shelf in shelves:
            sync_folder(shelf)
        return removed

    def names(self) -> Iterator[str]:
        """Give the names of all objects' files, shelf by shelf."""
        for shelf in self._shelves():
            with os.scandir(shelf) as entries:
                yield from sorted(entry.name for entry in entries if _NAME.fullmatch(entry.name))

    def strangers(self) -> Iterator[str]:
        """Give the paths within the store of whatever is in the folder and was not put there by a vault."""
        if not self.folder.is_dir():
            return
        for entry in sorted(self.folder.iterdir()):
            coming = entry.name == "incoming"
            if not (coming or _SHELF.fullmatch(entry.name)) or entry.is_symlink() or not entry.is_dir():
                yield f"objects/{entry.name}"
                continue
            for inner in sorted(path.name for path in entry.iterdir()):
                if not (_PART if coming else _NAME).fullmatch(inner) or not (coming or inner.startswith(entry.name)):
                    yield f"objects/{entry.name}/{inner}"

    def _shelves(self) -> list[Path]:
        if not self.folder.is_dir():
            return []
        return sorted(entry for entry in self.folder.iterdir() if _SHELF.fullmatch(entry.name) and entry.is_dir())

    def leftovers(self, *, remove: bool) -> int:
        """Count, and remove if asked, what others began to write and never ended because they were killed."""
        if not self._incoming.is_dir():
            return 0
        found = 0
        for path in [path for path in self._incoming.iterdir() if _PART.fullmatch(path.name)]:
            with suppress(FileNotFoundError, BlockingIOError):
                descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
                try:
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    if remove:
                        path.unlink()
                    found += 1
                finally:
                    os.close(descriptor)
        return found
