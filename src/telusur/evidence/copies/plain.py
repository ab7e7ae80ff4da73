"""Plain text, JSON, CSV and what else is text: as it stands, with hidden characters made visible."""

from __future__ import annotations

import os
from collections.abc import Iterator

from telusur.evidence.copies.decoding import decoded
from telusur.evidence.copies.source import size_of
from telusur.evidence.copies.telling import Message, note, words
from telusur.evidence.copies.values import CHARACTERS
from telusur.evidence.opening import Opened

#: No character takes more.
_WIDEST = 4


def copy(opened: Opened) -> Iterator[Message]:
    """Tell the text; a long one from its beginning."""
    most = (CHARACTERS + 1) * _WIDEST
    content = os.pread(opened.descriptor, most, 0)
    if size_of(opened) > most:
        # The cut may fall within a character.
        content = content[:-_WIDEST]
    text = decoded(content)
    if "\ufffd" in text:
        yield note(
            "sebagian bitanya bukan teks dan ditampilkan sebagai U+FFFD",
            "some of its bytes are no text and are shown as U+FFFD",
        )
    yield from words(text)
