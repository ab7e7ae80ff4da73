"""Words on screen: both languages side by side, shown in the one that the reader chose."""

from __future__ import annotations

from typing import Final, cast

from django.utils.functional import lazystr
from django.utils.translation import get_language

from telusur.domain.text import Language, Text

DEFAULT: Final[Language] = "id"


def language() -> Language:
    """Give the reader's language; Indonesian where nothing says otherwise."""
    return "en" if (get_language() or DEFAULT).startswith("en") else "id"


def say(text: Text) -> str:
    """Give the words in the reader's language, now."""
    return text.in_language(language())


class _Late:
    """Words that choose their language when they are shown; what `lazystr` evaluates again and again."""

    def __init__(self, text: Text) -> None:
        self._text = text

    def __str__(self) -> str:
        return say(self._text)


def late(indonesian: str, english: str) -> str:
    """Give words for a label or a message of Django's, which are made before anybody reads them."""
    return cast("str", lazystr(_Late(Text(indonesian, english))))
