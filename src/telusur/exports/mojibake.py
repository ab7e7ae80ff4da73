"""Mending the text of Meta's exports: UTF-8 whose bytes were written as if each were a character (Latin-1)."""

from __future__ import annotations

import re
from typing import Final

#: A byte of UTF-8 beyond ASCII, read as a character.
_SIGN: Final = re.compile("[\u00c2-\u00f4][\u0080-\u00bf]")


def mended(text: str) -> str:
    """Give what a mis-encoded text says; a text that is not mis-encoded is given as it is.

    Notes
    -----
    Only stretches that are valid UTF-8 are mended, so that a text half mended by another tool, or one that truly holds
    such characters beside others, loses nothing.
    """
    if text.isascii() or _SIGN.search(text) is None:
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return re.sub("[\u0080-\u00ff]{2,}", _stretch, text)


def _stretch(found: re.Match[str]) -> str:
    try:
        return found[0].encode("latin-1").decode("utf-8")
    except UnicodeError:
        return found[0]
