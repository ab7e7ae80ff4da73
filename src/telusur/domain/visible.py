"""Text from a hostile hand, made visible: what would hide, reverse or break it is written out as its number.

A right-to-left override can make a reader see another name than the one that stands there (Unicode UTR 36); a lone
surrogate cannot be written to a file at all.
"""

from __future__ import annotations

import re
import unicodedata

_KEPT = "\n\t\u200c\u200d"  # joiners belong to Javanese, Arabic and emoji
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
#: The last two code points of each plane will never be characters, nor will U+FDD0 to U+FDEF.
_LAST_TWO = 0xFFFE
#: A quick first look: most text holds nothing of the kind. Soft hyphen, controls, and all above the letters.
_SUSPECT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u0600-\uffff\U00010000-\U0010ffff]")


def number_of(character: str) -> str:
    """Write a character as its number: ``‹U+202E›``."""
    return f"‹U+{ord(character):04X}›"


def visible(text: str) -> str:
    """Give the text with every character that hides itself or steers others written as its number.

    Line ends become plain line feeds; letters of any script, emoji and their joiners stay.
    """
    text = text.replace("\r\n", "\n")
    return _SUSPECT.sub(_shown, text)


def _shown(found: re.Match[str]) -> str:
    character = found.group()
    if character not in _KEPT and (unicodedata.category(character) in _INVISIBLE or _is_no_character(character)):
        return number_of(character)
    return character


def _is_no_character(character: str) -> bool:
    # Unassigned ones may be newer than this Python (emoji are added each year); these will never be anything.
    return ord(character) & 0xFFFE == _LAST_TWO or "\ufdd0" <= character <= "\ufdef"
