"""What a worker is given to read, and opening it as a zip or folder, whichever it is."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass

from telusur.evidence.archive import Archive
from telusur.evidence.folder import Folder
from telusur.evidence.limits import Budget
from telusur.evidence.zip_archive import ZipArchive


@dataclass(frozen=True, slots=True)
class Opened:
    """The file a task works on.

    Parameters
    ----------
    descriptor
        Open for reading.
    name
        What the user calls it.
    held
        Which measures confine this process.
    """

    descriptor: int
    name: str
    held: Mapping[str, bool]


def open_archive(descriptor: int, name: str, budget: Budget | None = None) -> Archive:
    """Open a zip or folder by its descriptor.

    Parameters
    ----------
    descriptor
        Open for reading; it stays open and belongs to the caller.
    name
        What to call it in messages.
    budget
        What it may spend.

    Raises
    ------
    BadInput
        If it is neither a folder nor a zip that can be read in one way only.
    """
    if stat.S_ISDIR(os.fstat(descriptor).st_mode):
        return Folder(descriptor, name, budget or Budget())
    return ZipArchive(descriptor, name, budget or Budget())
