"""Opening a zip or folder for reading, whichever it is."""

from __future__ import annotations

import os
import stat

from telusur.evidence.archive import Archive
from telusur.evidence.folder import Folder
from telusur.evidence.limits import Budget
from telusur.evidence.zip_archive import ZipArchive


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
