"""Stretches of a timeline, compared with what went before: what weighing the posts around an act rests on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from telusur.tracing.style.model import MOST_POSTS, StyleModel
from telusur.tracing.style.posts import Posts

SHORTEST = 3
"""Fewest posts of a stretch that is weighed."""

SHARPNESS = 2.0
"""How much the strongest of several stretches counts (`average`)."""

NEPER = float(np.log(10))
"""Natural log units in a ban."""

_BLOCKS = 4
_FLOOR, _CEILING = -1.0, 2.0

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Compared:
    """A stretch of a timeline compared, window by window, with what went before.

    Parameters
    ----------
    bounds
        Windows compared: first and one past the last place among the posts, shape (windows, 2).
    against
        Weight of each window *against* the owner, in bans.
    baseline
        Mean of the owner's own earlier posts in the same comparison, each left out of the history that it is compared
        with, in bans.
    n_known, n_words
        Words of the history, and of the posts weighed.
    """

    bounds: Ints
    against: Floats
    baseline: float
    n_known: int
    n_words: int


def compared(posts: Posts, known: Ints, weighed: Ints, bounds: Ints, model: StyleModel) -> Compared:
    """Compare windows of posts with known ones.

    Parameters
    ----------
    posts
        The timeline, or a corpus that it is part of.
    known, weighed
        Positions of the known and the weighed posts.
    bounds
        Windows of ``weighed``, shape (windows, 2).
    model
        The fitted model.
    """

    def singly(history: Ints, tested: Ints) -> Floats:
        questioned = model.questioned(posts, [tested[at : at + 1] for at in range(tested.size)])
        return model.bans(model.known(posts, history), questioned)[0]

    blocks = np.array_split(np.arange(known.size), _BLOCKS)
    own = np.concatenate([singly(np.delete(known, block), known[block]) for block in blocks])
    own = np.clip(own[posts.n_words[known] > 0], _FLOOR, _CEILING)
    windows = model.questioned(posts, [weighed[low:high][:MOST_POSTS] for low, high in bounds])
    against = -model.bans(model.known(posts, known), windows)[0]
    against = np.where(windows.n_words > 0, against, 0.0)
    n_known, n_words = int(posts.n_words[known].sum()), int(posts.n_words[weighed].sum())
    return Compared(bounds, against, float(own.mean()), n_known, n_words)


def average(bans: Floats, sharpness: float = 1.0) -> float:
    """Give the power mean of ratios, in bans.

    Parameters
    ----------
    bans
        The ratios, in bans.
    sharpness
        1: their mean, the weight when each of them could be the one and all are alike likely. Larger: nearer the
        largest.
    """
    top = float(bans.max())
    return top + float(np.log10(np.mean(10.0 ** (sharpness * (bans - top))))) / sharpness
