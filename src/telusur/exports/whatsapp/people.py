"""Whether a name in a chat is one that the case gives."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from telusur.exports.whatsapp.lines import MARKS

_NUMBER: Final = re.compile(r"[+\d\s().\u00a0\u2010-\u2015-]{7,30}")
_SHORTEST: Final = 8


def key_of(name: str) -> str:
    """Give what is compared of a name: the last digits of a number, the letters and digits of any other.

    Parameters
    ----------
    name
        As a chat or a case writes it.
    """
    plain = MARKS.sub("", unicodedata.normalize("NFKC", name)).strip().lstrip("~@").strip()
    digits = "".join(c for c in plain if c.isdigit())
    if _NUMBER.fullmatch(plain) and len(digits) >= _SHORTEST:
        # 0812..., 62812... and +62 812-... are one number.
        return "+" + re.sub(r"^(?:00|0)?(?:62)?0?", "", digits)
    return " ".join(re.findall(r"\w+", plain.casefold()))


class People:
    """The respondent's names.

    Parameters
    ----------
    names
        As the case gives them.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._keys = {key for name in names if (key := key_of(name))}
        self._words = [re.compile(rf"(?<!\w){re.escape(key)}(?!\w)") for key in self._keys if not key.startswith("+")]
        self._numbers = [key[1:] for key in self._keys if key.startswith("+")]
        self._known: dict[str, bool] = {}

    def are(self, sender: str) -> bool:
        """Whether a sender is the respondent."""
        if sender not in self._known:
            self._known[sender] = key_of(sender) in self._keys
        return self._known[sender]

    def in_words(self, line: str) -> bool:
        """Whether a line of WhatsApp's own speaks of the respondent."""
        words = " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", line).casefold()))
        digits = "".join(c for c in line if c.isdigit())
        return any(sign.search(words) for sign in self._words) or any(number in digits for number in self._numbers)
