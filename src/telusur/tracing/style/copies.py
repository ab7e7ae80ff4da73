"""Copied texts: a chain letter or campaign line has no writer in the sense of style, so it is left out.

Short greetings repeat by nature and stay; from five words on, a text that stands elsewhere too is a copy.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

_WORD = re.compile(r"[^\W_]+")
LEAST_WORDS = 5
"""Words from which on a repetition is taken for a copy."""

_MOST_HOLDERS = 64

NEAR = 0.6
"""Jaccard similarity of word pairs from which on two texts are one text."""


def _pairs(folded: str) -> frozenset[tuple[str, str]]:
    words = _WORD.findall(folded)
    return frozenset(pairwise(words)) if len(words) >= LEAST_WORDS else frozenset()


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
    holders: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    sizes: list[int] = []
    met: set[frozenset[tuple[str, str]]] = set()

    def add(pairs: frozenset[tuple[str, str]]) -> None:
        if not pairs or pairs in met:
            return
        met.add(pairs)
        for pair in pairs:
            # A stock phrase needs no more witnesses than these; without the limit long timelines cost their square.
            if len(holders[pair]) < _MOST_HOLDERS:
                holders[pair].append(len(sizes))
        sizes.append(len(pairs))

    for text in known:
        add(_pairs(text))
    answers: list[bool] = []
    for text in questioned:
        pairs = _pairs(text)
        shared = Counter(holder for pair in pairs for holder in holders.get(pair, ()))
        answers.append(
            pairs in met
            or any(common >= NEAR * (len(pairs) + sizes[holder] - common) for holder, common in shared.items())
        )
        add(pairs)
    return answers
