"""How a post is put together, whatever it says: length, capitals, ending, tagging, links, laughter, language.

Each post shows one value of each habit. The values are few, so that a person's shares of them are soon known; n-grams
say the rest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from telusur.tracing.style.normalise import Hand

MENTION, LINK, HASHTAG = "\ue001", "\ue002", "\ue003"
"""What `telusur.tracing.style.normalise` puts for each."""

_EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")
_LAUGH = re.compile(r"(?:wk){2,}w?|(?:ha){2,}|(?:he){2,}|(?:hi){2,}|x(?:ix)+i?|\blol\b|awok")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1\1")
_DOUBLED = re.compile(r"[^\W\d_]0\b")
_WORD = re.compile(r"[^\W\d_]+")
_GAPS = re.compile(rf"[{MENTION}{LINK}{HASHTAG}\s]+")

# Words that hardly any other of the three languages has; the share of each tells which one a post is in.
_LANGUAGES = (
    frozenset("yang di dan itu ini aku gue gua gw saya kamu lo lu ga gak nggak ya yg aja udah sudah ada kalo".split()),
    frozenset("the and is are you of to my your it this that for with was what just be not so have me we".split()),
    frozenset("aku iki kok ora ra opo koe kowe wes wis karo nek yo ojo sing neng ning tenan iso mung wae ae".split()),
)

_LEVELS = (13, 13, 4, 2, 3, 4, 3, 6, 7, 4, 4, 3, 4, 4, 3, 2, 2, 3, 18, 4, 2, 2, 5)
"""Values of each habit, in the order of `_values`."""

_FIRST = (0, *accumulate(_LEVELS))

N_VALUES = _FIRST[-1]
"""Values of all habits together."""

_SHOUTED, _SOME = 0.9, 0.3


def language(folded: str) -> int:
    """Say which language a post's function words are of.

    Returns
    -------
    int
        0 none, 1 Indonesian, 2 English, 3 Javanese, 4 more than one alike.
    """
    words = _WORD.findall(folded)
    hits = [sum(word in known for word in words) for known in _LANGUAGES]
    most = max(hits)
    if most == 0:
        return 0
    return 4 if hits.count(most) > 1 else 1 + hits.index(most)


def _ending(text: str) -> int:
    bare = _GAPS.sub("", text)
    if not bare:
        return 0
    last = bare[-1]
    if last in ".!?":
        return 1 + ".!?".index(last)
    return 4 if last.isalpha() else 5 if _EMOJI.match(last) else 6


def _capitals(letters: Sequence[str]) -> int:
    upper = sum(letter.isupper() for letter in letters)
    if not letters or upper < 2:  # noqa: PLR2004 - none, or only the first
        return min(upper, 1) + (1 if letters else 0)
    share = upper / len(letters)
    return 3 if share < _SOME else 4 if share < _SHOUTED else 5


def _values(hand: Hand) -> list[int]:
    text, folded, n = hand.cased, hand.folded, hand.n_words
    letters = [character for character in text if character.isalpha()]
    words = _WORD.findall(folded)
    mean = sum(map(len, words)) / len(words) if words else 0.0
    return [
        min(int(1.5 * np.log2(len(text) + 1)), 12),
        n if n < 6 else min(6 + (n - 6) // 4, 12),  # noqa: PLR2004 - short posts to the word, longer ones in steps
        min(text.count(MENTION), 3),
        int(text.startswith(MENTION)),
        min(text.count(LINK), 2),
        min(text.count(HASHTAG), 3),
        int(letters[0].isupper()) if letters else 2,
        _capitals(letters),
        _ending(text),
        min(len(_EMOJI.findall(text)), 3),
        ("..." in text) + 2 * (".." in text),
        min(text.count("?"), 2),
        min(text.count("!"), 3),
        min(text.count(","), 3),
        min(len(_LAUGH.findall(folded)), 2),
        int(_DRAWN_OUT.search(folded) is not None),
        int(_DOUBLED.search(folded) is not None),
        min(text.count("0"), 2),
        min(int(2 * mean), 17),
        min(sum(len(word) <= 2 for word in words), 3),  # noqa: PLR2004 - yg, ga, lo, di
        int('"' in text),
        int("(" in text),
        language(folded),
    ]


def shown(hands: Sequence[Hand]) -> sparse.csr_array:
    """Give the value of each habit that each post shows.

    Returns
    -------
    sparse array
        Ones, shape (posts, `N_VALUES`).
    """
    places = np.array([_values(hand) for hand in hands], dtype=np.int32).reshape(len(hands), len(_LEVELS))
    columns = (places + np.array(_FIRST[:-1], dtype=np.int32)).ravel()
    indptr = np.arange(len(hands) + 1, dtype=np.int32) * len(_LEVELS)
    return sparse.csr_array((np.ones(columns.size, np.float32), columns, indptr), shape=(len(hands), N_VALUES))


def shares(found: sparse.csr_array) -> NDArray[np.float64]:
    """Give how common each value is, half a post added to each."""
    counted = np.bincount(found.indices, minlength=N_VALUES) + 0.5
    return np.asarray(counted / counted.sum(), dtype=np.float64)
