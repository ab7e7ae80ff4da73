"""Whether another person wrote a stretch of posts that holds a contested one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from telusur.domain.errors import BadInput
from telusur.tracing.changepoint.comparison import NEPER, SHARPNESS, SHORTEST, Compared, average, compared
from telusur.tracing.changepoint.timeline import Post, in_time_order
from telusur.tracing.style.copies import repeated
from telusur.tracing.style.model import (
    ITEM_KNOWN_POSTS,
    ITEM_WORDS,
    MOST_KNOWN_POSTS,
    TOO_FEW_WORDS,
    TOO_LITTLE_KNOWN,
    Abstention,
    StyleModel,
    load,
    within,
)
from telusur.tracing.style.posts import Posts
from telusur.tracing.style.register import UNFAMILIAR, familiar

REACH = 20
"""Posts on either side of the contested one that a stretch by somebody else may reach over."""

LONGEST = 25
"""Most posts of a stretch that `around` weighs."""

MOST_BANS = 1.0
"""What a stretch can support at most, either way."""

_GRID = 2

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class StretchWeight:
    """Weight of "another person wrote a stretch that holds the contested post" against "nobody else did".

    Parameters
    ----------
    log10_lr
        In bans, within the cap; positive supports another person.
    lower, upper
        Its 95 % interval, in bans, within the cap.
    cap
        What the validation streams support at most (ELUB), in bans.
    uncapped
        The weight before the cap, in bans.
    stretch
        First and last position (inclusive, in time order) of the stretch least like the earlier posts.
    n_known
        Earlier posts that it was compared with; copied ones are left out.
    n_words
        Words in reach of the contested post, its own and copied ones left out.
    """

    log10_lr: float
    lower: float
    upper: float
    cap: tuple[float, float]
    uncapped: float
    stretch: tuple[int, int]
    n_known: int
    n_words: int


def around_design(found: Compared) -> Floats:
    """Give the columns that the calibration of `around` weighs, shape (1, columns)."""
    words = float(np.log1p(found.n_words))
    return np.array([[average(found.against, SHARPNESS), found.baseline, float(np.log1p(found.n_known)), words]])


def around_bounds(place: int, n: int) -> Ints:
    """Give the windows of `around`: all that hold ``place`` (where the contested post was taken out), on a grid.

    Parameters
    ----------
    place
        Number of weighed posts before the contested one.
    n
        Number of weighed posts.
    """
    first = np.unique(np.append(np.arange(place % _GRID, place + 1, _GRID), 0))
    last = np.append(np.arange(place, n, _GRID), n)
    low, high = (grid.ravel() for grid in np.meshgrid(first, np.unique(last), indexing="ij"))
    fits = (high - low >= min(SHORTEST, n)) & (high - low <= LONGEST)
    return np.column_stack([low[fits], high[fits]]).astype(np.int64)


def around_span(index: int, n: int) -> tuple[Ints, Ints, int]:
    """Give the known and the weighed positions for a contested post, and how many weighed ones come before it."""
    first = max(index - REACH, 0)
    known = np.arange(max(first - MOST_KNOWN_POSTS, 0), first)
    weighed = np.delete(np.arange(first, min(index + REACH + 1, n)), index - first)
    return known, weighed, index - first


def without_copies(folded: Sequence[str], known: Ints, weighed: Ints, before: int) -> tuple[Ints, Ints, int]:
    """Leave out the posts that stand earlier among the compared ones too, word for word or nearly.

    Parameters
    ----------
    folded
        Normalised, lower-case texts of the timeline.
    known, weighed, before
        From `around_span`. The contested post is none of them: what is copied from it stays.
    """
    again = repeated([folded[place] for place in (*known, *weighed)])
    copied = again[known.size :]
    return known[~again[: known.size]], weighed[~copied], before - int(copied[:before].sum())


def around(posts: Sequence[Post], index: int, model: StyleModel | None = None) -> StretchWeight | Abstention:
    """Weigh whether a stretch of posts around a contested one was written by another person than the earlier posts.

    Parameters
    ----------
    posts
        The timeline; any order.
    index
        Which of ``posts`` is contested. Its own text does not count.
    model
        The shipped one if left out.

    Returns
    -------
    StretchWeight or Abstention
        It abstains with fewer than 30 earlier posts with words, or fewer than 8 words in reach, copies left out.

    Raises
    ------
    BadInput
        If a time has no zone, or no post stands at ``index``.
    """
    if not 0 <= index < len(posts):
        raise BadInput(f"no post stands at {index}; the timeline has {len(posts)}", field="index")
    fitted = load() if model is None else model
    order = in_time_order(posts)
    known, weighed, before = around_span(order.index(index), len(posts))
    first = int(known[0]) if known.size else int(weighed[0]) if weighed.size else 0
    # Only what is compared is counted, however long the timeline.
    counted = Posts.of([posts[place].text for place in order[first : int(weighed[-1]) + 1 if weighed.size else first]])
    folded = [hand.folded for hand in counted.hands]
    known, weighed, before = without_copies(folded, known - first, weighed - first, before)
    n_known, n_words = int((counted.n_words[known] > 0).sum()), int(counted.n_words[weighed].sum())
    if n_known < ITEM_KNOWN_POSTS:
        return Abstention(TOO_LITTLE_KNOWN.filled(n=n_known, least=ITEM_KNOWN_POSTS))
    if n_words < ITEM_WORDS:
        return Abstention(TOO_FEW_WORDS.filled(n=n_words, least=ITEM_WORDS))
    if not familiar(counted, fitted.parameters.channels["characters"]):
        return Abstention(UNFAMILIAR)
    found = compared(counted, known, weighed, around_bounds(before, weighed.size), fitted)
    log_odds, errors = fitted.parameters.calibrations["around"].log_odds(around_design(found))
    bans, error = float(log_odds[0]) / NEPER, float(errors[0]) / NEPER
    # Validation has no threshold for stretches beyond which a ban misleads seldom enough: they count as one at most.
    lowest, highest = np.clip(fitted.parameters.tables["around_cap"].ravel(), -MOST_BANS, MOST_BANS).tolist()
    cap = (lowest, highest)
    low, high = found.bounds[int(found.against.argmax())]
    stretch = (first + int(weighed[low]), first + int(weighed[high - 1]))
    return StretchWeight(*within(bans, error, cap), cap, bans, stretch, n_known, n_words)
