"""Reading what a platform sent to the authority, inside the limited worker: tables and whole exports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from telusur.evidence import Opened
from telusur.exports.messages import Message
from telusur.exports.provider import reader as provider_reader
from telusur.exports.readers import READERS, Reader
from telusur.exports.task import read_with

_RECORDS: Final = (
    # A chat is nothing that a platform sends. Whole exports are known by more than a table is: they come first.
    *(reader for reader in READERS if reader.platforms != ("whatsapp",)),
    Reader(("other",), "a table of logins", provider_reader.recognise, provider_reader.read, ("account",), alone=True),
)


def read(opened: Opened, **said: Any) -> Iterator[Message]:  # noqa: ANN401 - JSON values, each checked by its reader
    """Give what a provider's record says, message by message.

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
    yield from read_with(_RECORDS, opened, said)
