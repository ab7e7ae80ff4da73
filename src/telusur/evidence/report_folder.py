"""A folder that holds one report and nothing else: refused, replaced and written as a whole."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from telusur.domain.errors import BadInput
from telusur.evidence.atomic import write_bytes


def check_report_folder(out: Path, names: Collection[str], *, what: str, force: bool) -> None:
    """Refuse a folder that a report must not go to, before any work is done.

    Parameters
    ----------
    out
        Where it is to lie.
    names
        All that a report may consist of; ``*`` stands for any part of a name, ``/`` leads into a folder.
    what
        What it is called: ``a validation``.
    force
        Whether an older report may be replaced.

    Raises
    ------
    BadInput
        If it is no folder, holds something else, or holds a report that may not be replaced.
    """
    if not os.path.lexists(out):
        if not out.parent.is_dir():
            raise BadInput("its folder does not exist; make it first", where=str(out))
        return
    if not out.is_dir():
        raise BadInput("this exists and is no folder; name another --out", where=str(out))
    held = list(_files(out))
    if any(not any(fnmatch.fnmatchcase(name, pattern) for pattern in names) for name in held):
        raise BadInput(f"this folder holds something that is no part of {what}; name another --out", where=str(out))
    if held and not force:
        raise BadInput(f"{what} lies here already; add --force to replace it", where=str(out))


def write_report_folder(out: Path, contents: Mapping[str, bytes]) -> None:
    """Write all files of a report; the last one stands there only when all others do.

    Parameters
    ----------
    out
        The folder, checked by `check_report_folder`; made if there is none.
    contents
        Bytes by name, in the order of writing.
    """
    out.mkdir(exist_ok=True)
    for name in reversed(list(_files(out))):
        # What an older report left and this one has not would be taken for a part of it.
        (out / name).unlink(missing_ok=True)
    for name, content in contents.items():
        (out / name).parent.mkdir(exist_ok=True)
        write_bytes(out / name, content)


def _files(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if not path.is_dir() or path.is_symlink():
            yield path.relative_to(folder).as_posix()
