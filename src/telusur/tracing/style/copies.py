"""Copied texts: a chain letter, campaign line or machine's message has no writer in the sense of style: it is left out.

Short greetings repeat by nature and stay; from five words on, a text that stands elsewhere too is a copy.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"[^\W_]+")
LEAST_WORDS = 5
"""Words from which on a repetition is taken for a copy."""

_MOST_HOLDERS = 64

NEAR = 0.6
"""Jaccard similarity of word pairs from which on two texts are one text."""

_Pairs = frozenset[tuple[str, str]]


def _pairs(folded: str) -> _Pairs:
    words = _WORD.findall(folded)
    return frozenset(pairwise(words)) if len(words) >= LEAST_WORDS else frozenset()


class _Seen:
    """Texts met so far, to tell copies of them."""

    def __init__(self) -> None:
        self._holders: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        self._sizes: list[int] = []
        self._met: set[_Pairs] = set()

    def add(self, pairs: _Pairs) -> None:
        if not pairs or pairs in self._met:
            return
        self._met.add(pairs)
        for pair in pairs:
            # A stock phrase needs no more witnesses than these; without the limit long timelines cost their square.
            if len(self._holders[pair]) < _MOST_HOLDERS:
                self._holders[pair].append(len(self._sizes))
        self._sizes.append(len(pairs))

    def holds(self, pairs: _Pairs) -> bool:
        if pairs in self._met:
            return True
        shared = Counter(holder for pair in pairs for holder in self._holders.get(pair, ()))
        return any(common >= NEAR * (len(pairs) + self._sizes[holder] - common) for holder, common in shared.items())


def copied(questioned: Sequence[str], known: Sequence[str]) -> list[bool]:
    """Tell which questioned texts stand, word for word or nearly, in the known writing or earlier among themselves.

    Parameters
    ----------
    questioned, known
        Normalised, lower-case texts.

    Returns
    -------
    list of bool
        One for each questioned text.
    """
    seen, answers = _Seen(), []
    for text in known:
        seen.add(_pairs(text))
    for pairs in map(_pairs, questioned):
        answers.append(seen.holds(pairs))
        seen.add(pairs)
    return answers


def repeated(texts: Sequence[str]) -> NDArray[np.bool_]:
    """Tell which texts stand earlier among themselves, word for word or nearly, shape (texts,)."""
    return np.array(copied(texts, ()), dtype=bool)
