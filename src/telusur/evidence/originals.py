"""Keeping the originals: unchanged, read-only, named by their hash."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import stat
from collections.abc import Iterable
from pathlib import Path

from telusur.domain.errors import BadInput
from telusur.domain.evidence import EvidenceItem
from telusur.evidence.archive import Stream, shown
from telusur.evidence.folder import Folder
from telusur.evidence.limits import Budget
from telusur.evidence.places import open_within
from telusur.evidence.sealing import listing

_CHUNK = 1 << 20
_UNBOUNDED = Budget(total_bytes=1 << 62)
_CHANGED = "has changed since it was sealed; seal the case again"


def keep_originals(items: Iterable[EvidenceItem], case_dir: Path, out_dir: Path) -> None:
    """Copy sealed files to ``originals/<sha256>`` within the output folder, read-only.

    Of a folder, each file is kept by its own hash, and the list that the folder's hash is of beside them; no file is
    ever written under the name it came with.

    Parameters
    ----------
    items
        What was sealed.
    case_dir
        Where the files lie.
    out_dir
        Where the output goes.

    Raises
    ------
    BadInput
        If a file is gone or has changed since it was sealed.
    """
    folder = out_dir / "originals"
    folder.mkdir(parents=True, exist_ok=True)
    for item in items:
        descriptor = open_within(case_dir, item.path)
        try:
            if stat.S_ISDIR(os.fstat(descriptor).st_mode):
                _keep_folder(descriptor, item, folder)
            else:
                _keep(_Raw(descriptor), item.sha256, folder, item.path)
        finally:
            os.close(descriptor)
    _sync_folder(folder)


class _Raw:
    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def read(self, size: int, /) -> bytes:
        return os.read(self._descriptor, size)


class _Bytes:
    def __init__(self, held: bytes) -> None:
        self._held = held

    def read(self, size: int, /) -> bytes:
        found, self._held = self._held[:size], self._held[size:]
        return found


def _keep_folder(descriptor: int, item: EvidenceItem, folder: Path) -> None:
    lines, _ = listing(descriptor, item.path)
    if hashlib.sha256(lines).hexdigest() != item.sha256:
        raise BadInput(_CHANGED, where=shown(item.path, 300))
    contents = Folder(descriptor, item.path, _UNBOUNDED)
    hashes = [line.removeprefix(b"\\")[:64].decode("ascii") for line in lines.split(b"\n") if line]
    for member, sha256 in zip(contents.members, hashes, strict=True):
        with contents.open(member.name) as stream:
            _keep(stream, sha256, folder, f"{item.path}/{member.name}")
    _keep(_Bytes(lines), item.sha256, folder, item.path)


def _keep(stream: Stream, sha256: str, folder: Path, name: str) -> None:
    """Write beside, compare the hash, and rename, so that nothing half-written or altered ever bears the name."""
    kept = folder / sha256
    if kept.is_file() and not kept.is_symlink() and _hash_of(kept) == sha256:
        return
    # A name of its own: two who keep the same file at once must not meet in it.
    beside = folder / f".{sha256}.{secrets.token_hex(8)}.part"
    digest = hashlib.sha256()
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fchmod(file.fileno(), 0o444)
            os.fsync(file.fileno())
        if digest.hexdigest() != sha256:
            raise BadInput(_CHANGED, where=shown(name, 300))
        beside.rename(kept)
    finally:
        with contextlib.suppress(FileNotFoundError):
            beside.unlink()


def _hash_of(kept: Path) -> str:
    with kept.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
