"""Hashing an export as received, inside the limited worker: every member, and the file as a whole."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from telusur.domain.errors import BadInput
from telusur.evidence import Archive, Budget, Opened, open_archive
from telusur.exports.lone import Lone

_CHUNK = 1 << 20
#: Pictures and videos are hashed too, and may be many times larger than what is read.
_BUDGET = replace(Budget(), total_bytes=1 << 40)


def hashes(opened: Opened) -> Iterator[dict[str, Any]]:
    """Give name, size and hash of every member, those that cannot be read without a hash, and then of the whole.

    Parameters
    ----------
    opened
        The export as received.
    """
    whole: str | None = None
    archive: Archive
    if stat.S_ISREG(os.fstat(opened.descriptor).st_mode):
        whole = _whole(opened.descriptor)
        single = os.pread(opened.descriptor, 2, 0) != b"PK"
        archive = Lone(opened.descriptor, opened.name) if single else _opened(opened)
    else:
        archive = _opened(opened)
    for member in archive.members:
        size, sha256 = _member(archive, member.name)
        yield {"member": [member.name, size, sha256]}
    for refused in archive.refused:
        yield {"member": [refused.name, 0, None]}
    yield {"whole": [os.fstat(opened.descriptor).st_size if whole else None, whole]}


def _opened(opened: Opened) -> Archive:
    return open_archive(opened.descriptor, opened.name, _BUDGET)


def _whole(descriptor: int) -> str:
    found, at = hashlib.sha256(), 0
    while chunk := os.pread(descriptor, _CHUNK, at):
        found.update(chunk)
        at += len(chunk)
    return found.hexdigest()


def _member(archive: Archive, name: str) -> tuple[int, str | None]:
    """Give a member's size and hash; no hash where its bytes are damaged."""
    found, size = hashlib.sha256(), 0
    try:
        with archive.open(name) as stream:
            while chunk := stream.read(_CHUNK):
                found.update(chunk)
                size += len(chunk)
    except BadInput:
        return size, None
    return size, found.hexdigest()
