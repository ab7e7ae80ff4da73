"""What the worker tells of a copy, message by message; `making` takes it in."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.domain.visible import visible
from telusur.evidence.copies.values import CHARACTERS

Message = Mapping[str, object]

#: Bytes of a picture in one message: their base64 stays below the length of a message.
_PIECE = 600_000
#: Characters in one message: each takes at most twelve bytes as JSON.
_WORDS = 64_000
_CUT = Text(
    f"hanya {CHARACTERS} karakter pertama yang ditampilkan; unduh aslinya untuk selebihnya",
    f"only the first {CHARACTERS} characters are shown; download the original for the rest",
)


def note(indonesian: str, english: str) -> Message:
    """Tell what a reader should know."""
    return {"note": Text(indonesian, english).as_json()}


def count(pages: int) -> Message:
    """Tell how many pages there are."""
    return {"pages": pages}


def page(number: int, media_type: str, content: bytes) -> Iterator[Message]:
    """Tell a picture, piece by piece."""
    for start in range(0, len(content), _PIECE):
        piece = base64.b64encode(content[start : start + _PIECE]).decode("ascii")
        yield {"page": number, "type": media_type, "piece": piece, "last": start + _PIECE >= len(content)}


def words(text: str) -> Iterator[Message]:
    """Tell a text, made visible and cut at the length of a copy."""
    if len(text) > CHARACTERS:
        yield {"note": _CUT.as_json()}
        text = text[:CHARACTERS]
    text = visible(text.replace("\r\n", "\n"))
    for start in range(0, max(1, len(text)), _WORDS):
        yield {"words": text[start : start + _WORDS]}


def no_copy(indonesian: str, english: str) -> BadInput:
    """Give the error by which a reader says that there will be no copy."""
    return BadInput(Text(indonesian, english))


def fact(key: str, value: object) -> Message:
    """Tell something that an original says of its maker or making: for cleared eyes alone."""
    if isinstance(value, bytes):
        printable = value.decode("latin-1")
        value = printable if printable.isprintable() else f"{len(value)} B: {_words_in(value)}"
    return {"key": visible(str(key))[:_FACT], "value": visible(str(value))[:_FACT]}


#: Characters of one fact.
_FACT = 2000


def _words_in(content: bytes) -> str:
    """Give the words that stand among other bytes, as ``strings`` does."""
    return " ".join(found.decode("ascii") for found in re.findall(rb"[\x20-\x7e]{4,}", content[: 1 << 16]))
