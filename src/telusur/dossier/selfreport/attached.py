"""The files that a self-report names: size and hash, read once, kept nowhere."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from telusur.dossier.document import opened

_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that the owner has.

    Parameters
    ----------
    name
        Its name, without any folder.
    size
        Bytes.
    sha256
        Lower-case hex.
    """

    name: str
    size: int
    sha256: str

    def as_json(self) -> dict[str, object]:
        """Give it for a document."""
        return {"name": self.name, "bytes": self.size, "sha256": self.sha256}


class Hashing:
    """A file that comes chunk by chunk."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()
        self._size = 0

    def take(self, chunk: bytes) -> None:
        """Take the next part."""
        self._digest.update(chunk)
        self._size += len(chunk)

    def named(self, name: str) -> Attached:
        """Give the file, now that it is whole.

        Parameters
        ----------
        name
            As its owner calls it; folders before it are left out.
        """
        plain = name.replace("\\", "/").rsplit("/", 1)[-1]
        return Attached(plain, self._size, self._digest.hexdigest())


def attach(path: Path) -> Attached:
    """Read a file once.

    Raises
    ------
    BadInput
        If it is missing, no plain file, or cannot be read.
    """
    hashing = Hashing()
    with opened(path, str(path)) as file:
        while chunk := file.read(_CHUNK):
            hashing.take(chunk)
    return hashing.named(path.name)
