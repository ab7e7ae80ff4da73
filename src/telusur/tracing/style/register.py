"""Unlike kinds of writing are not compared: how people write posts says little about how they write letters.

Across kinds of writing, verification falls to chance (PAN 2022, cross-discourse: best AUC .598).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from telusur.domain.text import Text
from telusur.tracing.style.posts import Posts
from telusur.tracing.style.space import Channel

REGISTERS_DIFFER = Text(
    "kedua tulisan berlainan ragam (misalnya unggahan dan surat); gaya tulisannya tidak dapat dibandingkan",
    "the two are unlike kinds of writing (such as posts and letters); their style cannot be compared",
)

UNFAMILIAR = Text(
    "tulisan ini berbahasa atau beraksara lain daripada bahan dasar model; gaya tulisannya tidak dapat ditimbang",
    "this is written in another language or script than the model was fitted on; its style cannot be weighed",
)

LEAST_FAMILIAR = 0.5
"""Share of character n-grams that the model must know; 99.5 % of windows of five dev posts have .66 or more."""

LONG_TEXT_WORDS = 100
"""Median words from which on texts cannot be posts of the size that the model knows."""

TIMES_LONGER = 6
"""How many times longer one side's texts must be, by median, to be another kind of writing."""


def familiar(posts: Posts, characters: Channel) -> bool:
    """Tell whether the model knows this kind of writing: whether most character n-grams stood in the fitted posts.

    Parameters
    ----------
    posts
        One side of a comparison.
    characters
        The model's space.
    """
    counts, buckets = posts.counts["characters"], posts.buckets["characters"]
    met = characters.place[buckets] >= 0
    total = float(counts.sum())
    return total == 0 or float((counts @ met.astype("float32")).sum()) >= LEAST_FAMILIAR * total


def written_otherwise(known_words: NDArray[np.int64], questioned_words: NDArray[np.int64]) -> bool:
    """Tell whether the sizes of the texts betray unlike kinds of writing.

    Parameters
    ----------
    known_words, questioned_words
        Words of each text.
    """
    mine, theirs = known_words[known_words > 0], questioned_words[questioned_words > 0]
    if mine.size == 0 or theirs.size == 0:
        return False
    short, long = sorted((float(np.median(mine)), float(np.median(theirs))))
    return long >= LONG_TEXT_WORDS and long >= TIMES_LONGER * short
