"""Reading an export inside the limited worker: which platform's it is, and what it says."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from telusur.domain.errors import BadInput
from telusur.evidence import Archive, Opened, open_archive
from telusur.exports.lone import Lone
from telusur.exports.messages import Message
from telusur.exports.platforms import looks_like, single_file_looks_like
from telusur.exports.readers import READERS, Reader

_ASK = "ask for the whole archive as the platform gave it"
_ANEW = "ask for it anew as the platform or app wrote it, or list it as `document` for a person to read"


def read(opened: Opened, **said: Any) -> Iterator[Message]:  # noqa: ANN401 - JSON values, each checked by its reader
    """Give what an export says, message by message.

    Parameters
    ----------
    opened
        The file or folder.
    **said
        What the case says, by the names that readers ask for.

    Raises
    ------
    BadInput
        If no reader knows it; says what it looks like.
    """
    yield from read_with(READERS, opened, said)


def read_with(readers: Sequence[Reader], opened: Opened, said: Mapping[str, Any]) -> Iterator[Message]:
    """Give what the first reader that knows a file says of it.

    Parameters
    ----------
    readers
        In the order in which they are asked.
    opened
        The file or folder.
    said
        What the case says, by the names that readers ask for.

    Raises
    ------
    BadInput
        If no reader knows it; says what it looks like.
    """
    known = ", ".join(reader.title for reader in readers)
    begun = _single(opened)
    if begun is not None and not begun.startswith(b"PK"):
        # A single file is for the readers of single files; any other is told what it is.
        readers = [reader for reader in readers if reader.alone]
        archive: Archive = Lone(opened.descriptor, opened.name)
    else:
        archive = open_archive(opened.descriptor, opened.name)
    names = [member.name for member in archive.members]
    if not names:
        why = "".join(f"; {refused.name}: {refused.why.en}" for refused in archive.refused[:1])
        raise BadInput(f"is an archive without a readable file in it{why}", where=opened.name)
    for reader in readers:
        if reader.recognise(archive):
            yield from reader.read(archive, opened.name, **{key: said.get(key) for key in reader.options})
            return
    if isinstance(archive, Lone):
        found = single_file_looks_like(begun or b"")
        if found:
            raise BadInput(f"looks like {found}; an export is a zip or a folder", where=opened.name)
        if begun and b"PK\x05\x06" not in begun:
            alone = ", ".join(reader.title for reader in readers)
            raise BadInput(
                f"is no zip and no folder, nor is it {alone} in a form that is known; {_ANEW}", where=opened.name
            )
        # It says what is wrong with a file that is empty.
        open_archive(opened.descriptor, opened.name)
    found = looks_like(names)
    if found:
        raise BadInput(f"looks like {found}; this version reads {known}", where=opened.name)
    raise BadInput(f"holds no account data that is known; this version reads {known}; {_ASK}", where=opened.name)


def _single(opened: Opened) -> bytes | None:
    """Give the first bytes of a file; ``None`` of a folder."""
    if not stat.S_ISREG(os.fstat(opened.descriptor).st_mode):
        return None
    return os.pread(opened.descriptor, 512, 0)
