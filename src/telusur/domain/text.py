"""Words on screen: Indonesian first, English beside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Self

Language = Literal["id", "en"]


def is_whole(words: str) -> bool:
    """Whether words can be written down: half a character (a lone surrogate) is no text."""
    return words.isascii() or not any("\ud800" <= character <= "\udfff" for character in words)


@dataclass(frozen=True, slots=True)
class Text:
    """One thing said in both languages.

    Parameters
    ----------
    id
        Indonesian.
    en
        English.
    """

    id: str
    en: str

    def in_language(self, language: Language) -> str:
        """Give the words of one language."""
        return self.id if language == "id" else self.en

    def filled(self, **values: object) -> Self:
        """Give the same words with the named places filled, as `str.format` does."""
        return type(self)(self.id.format(**values), self.en.format(**values))

    def as_json(self) -> dict[str, str]:
        """Give ``{"id": ..., "en": ...}``."""
        return {"id": self.id, "en": self.en}

    @classmethod
    def of(cls, words: Mapping[str, str]) -> Self:
        """Take ``{"id": ..., "en": ...}`` as data files write it."""
        return cls(words["id"], words["en"])
