"""An unzipped export: a folder read like an archive, without following a link."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence.archive import Member, Refused, Spending, Stream, not_plain, shown, why_unsafe
from telusur.evidence.limits import Budget

_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK


class Folder:
    """The files below a folder.

    Parameters
    ----------
    descriptor
        The folder, open for reading.
    name
        What to call it in messages.
    budget
        What it may spend.

    Raises
    ------
    BadInput
        If it holds too many entries.
    """

    def __init__(self, descriptor: int, name: str, budget: Budget) -> None:
        self._descriptor = descriptor
        self._name = name
        self._budget = budget
        self._spending = Spending(budget, name)
        self._left = budget.entries
        self.refused: list[Refused] = []
        self.members: list[Member] = sorted(self._walk(descriptor, ""), key=lambda member: member.name)

    def _walk(self, folder: int, prefix: str) -> Iterator[Member]:
        with os.scandir(folder) as listing:
            entries = sorted((entry.name, entry.stat(follow_symlinks=False)) for entry in listing)
        for leaf, found in entries:
            self._left -= 1
            if self._left < 0:
                raise BadInput(
                    f"holds more than {self._budget.entries} files; hand in the export alone", where=self._name
                )
            name = prefix + leaf
            unsafe = why_unsafe(name, self._budget.depth)
            if unsafe:
                self.refused.append(Refused(shown(name), unsafe))
            elif stat.S_ISDIR(found.st_mode):
                yield from self._below(folder, leaf, name)
            elif stat.S_ISREG(found.st_mode):
                yield Member(name, found.st_size)
            else:
                self.refused.append(Refused(shown(name), not_plain(found.st_mode)))

    def _below(self, folder: int, leaf: str, name: str) -> Iterator[Member]:
        try:
            inner = os.open(leaf, _READ | os.O_DIRECTORY, dir_fd=folder)
        except OSError as error:
            why = Text(f"tidak dapat dibuka ({error.strerror})", f"it cannot be opened ({error.strerror})")
            self.refused.append(Refused(shown(name), why))
            return
        try:
            yield from self._walk(inner, f"{name}/")
        finally:
            os.close(inner)

    @contextmanager
    def open(self, name: str) -> Iterator[Stream]:
        """Open one of the members."""
        descriptor = self._descend(name)
        with os.fdopen(descriptor, "rb", buffering=0) as file:
            yield _Counted(file, self._spending)

    def _descend(self, name: str) -> int:
        """Open part by part, so that no part can be a link, whatever changed since the listing."""
        *folders, leaf = name.split("/")
        here = os.dup(self._descriptor)
        try:
            for part in folders:
                inner = os.open(part, _READ | os.O_DIRECTORY, dir_fd=here)
                os.close(here)
                here = inner
            found = os.open(leaf, _READ, dir_fd=here)
        except OSError as error:
            words = Text(
                f"{shown(name)} tidak dapat dibuka ({error.strerror})",
                f"{shown(name)} cannot be opened ({error.strerror})",
            )
            raise BadInput(words, where=self._name) from None
        finally:
            os.close(here)
        if not stat.S_ISREG(os.fstat(found).st_mode):
            os.close(found)
            words = Text(f"{shown(name)} bukan berkas biasa", f"{shown(name)} is no ordinary file")
            raise BadInput(words, where=self._name)
        return found


class _Counted:
    def __init__(self, stream: Stream, spending: Spending) -> None:
        self._stream = stream
        self._spending = spending

    def read(self, size: int, /) -> bytes:
        found = self._stream.read(size)
        self._spending.take(len(found))
        return found
