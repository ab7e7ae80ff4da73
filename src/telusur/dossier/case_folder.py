"""What lies in a case folder, told without following a link or leaving it."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from telusur.domain.errors import nearest
from telusur.dossier.document import is_one_line

#: Folders of a case whose every file should be listed as a source.
KEPT: Final = ("evidence", "known")

#: More files than a case has, fewer than a folder that was named by mistake.
_MOST_FILES = 20_000

#: So many names still help in a sentence.
_HINTED = 12


def tidy(written: str) -> str:
    """Give a path as every part of the program writes it: without ``./`` and doubled strokes."""
    return str(PurePosixPath(written))


def unusable(folder: Path, written: str) -> str | None:
    """Say why a path of a case cannot be used; ``None`` if it is a file or folder within it.

    Parameters
    ----------
    folder
        The case folder.
    written
        The path as the case states it.
    """
    parts = PurePosixPath(written).parts
    if not is_one_line(written) or not parts:
        return f"{written!r} names no file; write a path within the case folder, as evidence/screenshot.png"
    if written.startswith("/") or ".." in parts:
        return f"{written!r} leads out of the case folder; put a copy of the file into its evidence/ folder"
    return _unusable_in(folder, parts, written)


def _unusable_in(folder: Path, parts: tuple[str, ...], written: str) -> str | None:
    place = folder
    try:
        for part in parts:
            place /= part
            mode = place.lstat().st_mode
            if stat.S_ISLNK(mode):
                link = place.relative_to(folder).as_posix()
                return f"{link!r} is a symbolic link; put the file itself there, as it was received"
    except (FileNotFoundError, NotADirectoryError):
        return f"there is no file {written!r} in the case folder{_hint(folder, written)}"
    except OSError as error:
        return f"{written!r} cannot be looked at ({error.strerror})"
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        return f"{written!r} is a pipe or device; evidence is a file"
    return None if os.access(place, os.R_OK) else f"{written!r} may not be read by this user; change its permissions"


def _hint(folder: Path, written: str) -> str:
    present = sorted(path for top in KEPT for path, mode in walk(folder, top) if stat.S_ISREG(mode))
    return f"; {nearest(written, present)}" if 0 < len(present) <= _HINTED else ""


def walk(folder: Path, top: str) -> Iterator[tuple[str, int]]:
    """Give path and mode of everything in a part of a case folder that is no folder itself, in a fixed order.

    Links are named, never followed. A part that is missing, or is itself a link, holds nothing.
    """
    start = folder / top
    if start.is_symlink():
        return
    given = 0
    for place, folders, files in os.walk(start):
        folders.sort()
        inside = Path(place)
        # A link to a folder is among the folders.
        for name in sorted([*files, *(name for name in folders if (inside / name).is_symlink())]):
            if given == _MOST_FILES:
                return
            given += 1
            yield (inside / name).relative_to(folder).as_posix(), (inside / name).lstat().st_mode


def is_listed(path: str, listed: Collection[str]) -> bool:
    """Whether a path, or a folder above it, is among those listed."""
    pure = PurePosixPath(path)
    return path in listed or any(str(above) in listed for above in pure.parents)
