"""The bytes of an opened original, for libraries that want a file or all bytes at once."""

from __future__ import annotations

import io
import os

from telusur.evidence.copies.telling import no_copy
from telusur.evidence.opening import Opened


def size_of(opened: Opened) -> int:
    """Give the bytes of the original."""
    return os.fstat(opened.descriptor).st_size


def all_bytes(opened: Opened, most: int) -> bytes:
    """Read the original.

    Raises
    ------
    BadInput
        If it has more bytes than a reader of its type takes.
    """
    size = size_of(opened)
    if size > most:
        raise no_copy(
            f"berukuran {size >> 20} MB, lebih dari {most >> 20} MB yang dibaca untuk jenis ini; unduh aslinya",
            f"has {size >> 20} MB, more than the {most >> 20} MB that are read of this type; download the original",
        )
    found = bytearray()
    while len(found) < size and (chunk := os.pread(opened.descriptor, min(1 << 20, size - len(found)), len(found))):
        found += chunk
    return bytes(found)


def as_file(opened: Opened, most: int) -> io.BytesIO:
    """Give the original as a file in memory; see `all_bytes`."""
    return io.BytesIO(all_bytes(opened, most))
