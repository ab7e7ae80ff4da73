"""A file written beside its place and renamed, so that nothing is ever half-written."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from telusur.domain.errors import BadInput


def check_place(path: Path, *, force: bool = False) -> None:
    """Refuse a place that a file cannot go to, before any work is done.

    Parameters
    ----------
    path
        Where the file is to lie.
    force
        Whether a file that lies there may be replaced.

    Raises
    ------
    BadInput
        If a file lies there already, the place is a folder, or its folder is missing.
    """
    if path.is_dir():
        raise BadInput("is a folder; name a file", where=str(path))
    if os.path.lexists(path) and not force:
        raise BadInput("a file lies here already; add --force to replace it, or name another", where=str(path))
    if not path.parent.is_dir():
        raise BadInput("its folder does not exist; make it first", where=str(path))


@contextmanager
def written_beside(path: Path, *, force: bool = False) -> Iterator[BinaryIO]:
    """Give an open file that takes its place only when the block ends without an error.

    Parameters
    ----------
    path
        Where the file is to lie.
    force
        Whether a file that lies there may be replaced.

    Raises
    ------
    BadInput
        If it cannot be written, or a file lies there and may not be replaced.
    """
    check_place(path, force=force)
    beside = path.with_name(f".telusur-{secrets.token_hex(8)}.part")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise BadInput(f"cannot be written ({error.strerror})", where=str(path)) from None
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            _keep(file, path)
        _put(beside, path, force=force)
    finally:
        beside.unlink(missing_ok=True)


def write_bytes(path: Path, content: bytes, *, force: bool = False) -> None:
    """Write a file beside its place and rename it; see `written_beside`."""
    with written_beside(path, force=force) as file:
        file.write(content)


def _keep(file: BinaryIO, path: Path) -> None:
    try:
        file.flush()
        os.fsync(file.fileno())
    except OSError as error:
        raise BadInput(f"cannot be written ({error.strerror})", where=str(path)) from None


def _put(beside: Path, path: Path, *, force: bool) -> None:
    try:
        if force:
            beside.replace(path)
        else:
            # A link, unlike a renaming, never takes the place of a file that came in the meantime.
            os.link(beside, path)
    except FileExistsError:
        raise BadInput("a file came to lie here meanwhile; name another", where=str(path)) from None
    except OSError as error:
        if error.errno not in {errno.EPERM, errno.ENOTSUP, errno.EMLINK} or os.path.lexists(path):
            raise BadInput(f"cannot be written ({error.strerror})", where=str(path)) from None
        # File systems of memory sticks know no links.
        beside.replace(path)
