"""What of a post's text counts as its writer's hand, and what is masked.

Names of others, links and hashtags say what a post is about and whom it answers; each becomes one mark, so that how
often someone tags, links or answers is kept while whom and what is not. Digits become one digit. Case is kept for
characters (some people never use a capital) and folded for words.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_MENTION = re.compile(r"@\w+")
# One after the other, each from letters that it begins with: several times as fast as one pattern of three.
_LINKS = (
    re.compile(r"URL\b(?<!\wURL)"),
    re.compile(r"https?://[^\s\0]+"),
    re.compile(r"www\.[^\s\0]+"),
)
_HASHTAG = re.compile(r"#\w+")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]+")

# Private-use characters: they occur in no text, and are neither letters nor digits.
MARKS = _MENTION_MARK, _LINK_MARK, _HASHTAG_MARK = "\ue001", "\ue002", "\ue003"
"""What stands for a mention, a link and a hashtag in masked text."""

_NO_MARKS = str.maketrans(dict.fromkeys(MARKS, " "))


@dataclass(frozen=True, slots=True)
class Hand:
    """One text, ready for counting.

    Parameters
    ----------
    cased
        Masked text as written, for characters.
    folded
        The same in lower case, for words.
    n_words
        Words left after masking; a word has a letter.
    """

    cased: str
    folded: str
    n_words: int

    def bare(self) -> Hand:
        """Give the same text without its marks: they tell of topic and circle as well as of the writer."""
        cased, folded = (" ".join(text.translate(_NO_MARKS).split()) for text in (self.cased, self.folded))
        return Hand(cased, folded, self.n_words)


def normalise(texts: Sequence[str]) -> tuple[Hand, ...]:
    """Give the parts of posts that their writer's habits show in.

    Parameters
    ----------
    texts
        Posts as published (HTML entities of platform archives are resolved; Unicode is composed, NFC).
    """
    if not texts:
        return ()
    # One pass over all of them: a NUL keeps them apart, and no pattern reaches over it.
    whole = "\0".join(unicodedata.normalize("NFC", html.unescape(text).replace("\0", " ")) for text in texts)
    for link in _LINKS:
        whole = link.sub(_LINK_MARK, whole)
    whole = _HASHTAG.sub(_HASHTAG_MARK, _MENTION.sub(_MENTION_MARK, whole))
    cased = [" ".join(text.split()) for text in _DIGIT.sub("0", whole).split("\0")]
    folded = [text.lower() for text in cased]
    return tuple(Hand(one, low, len(_WORD.findall(low))) for one, low in zip(cased, folded, strict=True))


def shown(masked: str) -> str:
    """Give a masked piece of text as people can read it: the marks as "@…", "URL" and "#…"."""
    return masked.replace(_MENTION_MARK, "@…").replace(_LINK_MARK, "URL").replace(_HASHTAG_MARK, "#…")
