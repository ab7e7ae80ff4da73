"""Finding a file within the case folder, and nothing outside it."""

from __future__ import annotations

import os
import stat
from pathlib import Path, PurePosixPath

from telusur.domain.errors import BadInput
from telusur.evidence.archive import shown
from telusur.evidence.limited import open_plain

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def parts_of(name: str) -> tuple[str, ...]:
    """Give the parts of a path within the case folder.

    Raises
    ------
    BadInput
        If it is absolute or climbs out of the folder.
    """
    path = PurePosixPath(name)
    if not name or "\0" in name or path.is_absolute() or ".." in path.parts or not path.parts:
        raise BadInput(
            "lies outside the case folder; copy it into the case folder and name it from there", where=shown(name, 300)
        )
    return path.parts


def open_within(case_dir: Path, name: str) -> int:
    """Open a file or folder of the case for reading; no part of its path below the case folder may be a link.

    Raises
    ------
    BadInput
        If it lies outside, is missing, unreadable, a link, a device or a pipe.
    """
    *folders, leaf = parts_of(name)
    try:
        here = os.open(case_dir, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise BadInput(f"cannot be opened ({error.strerror})", where=str(case_dir)) from None
    try:
        for part in folders:
            try:
                inner = os.open(part, _FOLDER, dir_fd=here)
            except OSError as error:
                raise BadInput(_why(part, here, error), where=shown(name, 300)) from None
            os.close(here)
            here = inner
        return open_plain(leaf, shown(name, 300), dir_fd=here)
    finally:
        os.close(here)


def _why(part: str, folder: int, error: OSError) -> str:
    try:
        if stat.S_ISLNK(os.stat(part, dir_fd=folder, follow_symlinks=False).st_mode):
            return f"its folder {shown(part)} is a symbolic link; put the folder itself in its place"
    except OSError:
        return "there is no such file; check the path"
    return f"its folder {shown(part)} cannot be opened ({error.strerror})"
