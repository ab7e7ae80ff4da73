"""Reading an export inside the limited worker: which platform's it is, and what it says."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

from telusur.domain.errors import BadInput
from telusur.evidence import Opened, open_archive
from telusur.exports.messages import Message
from telusur.exports.platforms import looks_like, single_file_looks_like
from telusur.exports.readers import READERS

_ASK = "ask for the whole archive as the platform gave it"


def read(opened: Opened) -> Iterator[Message]:
    """Give what an export says, message by message.

    Raises
    ------
    BadInput
        If no reader knows it; says what it looks like.
    """
    _check_single_file(opened)
    archive = open_archive(opened.descriptor, opened.name)
    names = [member.name for member in archive.members]
    if not names:
        why = "".join(f"; {refused.name}: {refused.why.en}" for refused in archive.refused[:1])
        raise BadInput(f"is an archive without a readable file in it{why}", where=opened.name)
    for reader in READERS:
        if reader.recognise(archive):
            yield from reader.read(archive, opened.name)
            return
    known = " and ".join(reader.title for reader in READERS)
    found = looks_like(names)
    if found:
        raise BadInput(f"looks like {found}; this version reads {known}", where=opened.name)
    raise BadInput(f"holds no account data that is known; this version reads {known}; {_ASK}", where=opened.name)


def _check_single_file(opened: Opened) -> None:
    """Say of a file that is no zip what it looks like."""
    if not stat.S_ISREG(os.fstat(opened.descriptor).st_mode):
        return
    begun = os.pread(opened.descriptor, 512, 0)
    found = single_file_looks_like(begun)
    if found:
        raise BadInput(f"looks like {found}; an export is a zip or a folder", where=opened.name)
