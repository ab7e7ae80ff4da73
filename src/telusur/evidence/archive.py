"""One way to read the members of a zip or of a folder: by name, as streams, within a budget; nothing is ever written.

A member's name is data. It is compared and shown, and never becomes a path.
"""

from __future__ import annotations

import codecs
import stat
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence.limits import Budget

# A confined worker cannot load a codec any more when it first needs one.
codecs.lookup("unicode_escape")


@dataclass(frozen=True, slots=True)
class Member:
    """A member that can be read.

    Parameters
    ----------
    name
        Its name within the archive, with ``/`` between folders.
    size
        Unpacked bytes, as the archive states them.
    """

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A member that is not read, and why.

    Parameters
    ----------
    name
        Its name, fit for display.
    why
        One sentence.
    """

    name: str
    why: Text


class Stream(Protocol):
    """Bytes of one member."""

    def read(self, size: int, /) -> bytes:
        """Give up to `size` further bytes; none at the end."""


class Archive(Protocol):
    """The members of a zip or folder."""

    @property
    def members(self) -> Sequence[Member]:
        """What can be read, in the archive's order."""

    @property
    def refused(self) -> Sequence[Refused]:
        """What is not read."""

    def open(self, name: str) -> AbstractContextManager[Stream]:
        """Open one of the members.

        Raises
        ------
        BadInput
            If the archive's budget is spent or its bytes are damaged.
        """


class Spending:
    """Counts the bytes that were unpacked, over all members of one archive."""

    def __init__(self, budget: Budget, name: str) -> None:
        self._left = budget.total_bytes
        self._budget = budget
        self._name = name

    def take(self, count: int) -> None:
        """Count some bytes.

        Raises
        ------
        BadInput
            If the archive unpacks to more than its budget.
        """
        self._left -= count
        if self._left < 0:
            megabytes = self._budget.total_bytes >> 20
            raise BadInput(
                Text(
                    f"hasil ekstraknya lebih dari {megabytes} MB; "
                    "mintalah ekspor tanpa gambar dan video kepada pihak yang menyerahkan",
                    f"unpacks to more than {megabytes} MB; ask the supplier for an export without pictures and videos",
                ),
                where=self._name,
            )


def why_unsafe(name: str, depth: int) -> Text | None:
    """Say why a member's name is refused; ``None`` if it is an ordinary relative name."""
    parts = name.removesuffix("/").split("/")
    if "\0" in name:
        return Text("namanya memuat bita NUL", "its name holds a NUL byte")
    if "\\" in name:
        return Text(
            "namanya memuat garis miring terbalik, yang oleh sebagian sistem dibaca sebagai folder",
            "its name holds a backslash, which some systems read as a folder",
        )
    if name.startswith("/") or (len(name) > 1 and name[1] == ":" and name[0].isalpha()):
        return Text("namanya merupakan jalur absolut", "its name is an absolute path")
    if ".." in parts:
        return Text("namanya menunjuk ke luar arsip (..)", "its name climbs out of the archive (..)")
    if "" in parts or "." in parts:
        return Text("namanya memiliki bagian yang kosong", "its name has an empty part")
    if len(parts) > depth:
        return Text(f"letaknya lebih dari {depth} folder ke dalam", f"it lies more than {depth} folders deep")
    return None


def not_plain(mode: int) -> Text:
    """Say of something that is no ordinary file what it is."""
    if stat.S_ISLNK(mode):
        return Text("berupa tautan simbolik", "it is a symbolic link")
    return Text("bukan berkas biasa", "it is no ordinary file")


def shown(name: str, length: int = 120) -> str:
    """Give a name fit for display: control and direction characters escaped, long names cut."""
    safe = "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in name)
    return safe if len(safe) <= length else f"{safe[: length - 1]}…"
