"""Whether the writer of a timeline changed, from which post on, and whether the owner came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from telusur.domain.text import Text
from telusur.tracing.changepoint.comparison import NEPER, SHARPNESS, SHORTEST, Compared, average, compared
from telusur.tracing.changepoint.timeline import Post, in_time_order
from telusur.tracing.changepoint.where import MOST_BOUNDS, client_bans, located, stretch_bounds, stretches
from telusur.tracing.style.model import (
    ITEM_KNOWN_POSTS,
    ITEM_WORDS,
    MOST_KNOWN_POSTS,
    TOO_LITTLE_KNOWN,
    StyleModel,
    load,
)
from telusur.tracing.style.posts import Posts
from telusur.tracing.style.register import UNFAMILIAR, familiar

REPORTED_FROM = 1.0
"""Bans from which on `detect` says where the change lies (contracts.md, section 3)."""

KNOWN_SHARE = 0.6
"""Share of a timeline, from its start, that `detect` takes as the owner's."""

TOO_LITTLE_TO_WEIGH = Text(
    "sesudah {least} unggahan pembanding tidak ada cukup unggahan untuk ditimbang",
    "after {least} known posts not enough posts are left to be weighed",
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TakeoverResult:
    """What a timeline says of a change of writer (``telusur trace takeover``).

    Parameters
    ----------
    log10_bf
        In bans: a change of writer, against none; before any cap. 0 when the timeline is too short to be weighed.
    change_index, change_at
        First post by another person, 0-based in time order, and its time; None below `REPORTED_FROM`.
    interval_index
        95 % credible interval of the change, inclusive; None likewise.
    return_index
        First post by the owner again, if that is likelier than not; None likewise.
    abstained
        Why nothing was weighed, if so.
    cap
        What the validation timelines support at most (ELUB), in bans; for whoever adds the weight to others.
    """

    log10_bf: float
    change_index: int | None = None
    change_at: datetime | None = None
    interval_index: tuple[int, int] | None = None
    return_index: int | None = None
    abstained: Text | None = None
    cap: tuple[float, float] = (0.0, 0.0)

    def as_json(self) -> dict[str, Any]:
        """Give the fields of a line of ``telusur trace takeover``, the account left to the caller."""
        return {
            "log10_bf": self.log10_bf,
            "change_index": self.change_index,
            "change_at": None if self.change_at is None else self.change_at.isoformat(),
            "interval_index": None if self.interval_index is None else list(self.interval_index),
            "return_index": self.return_index,
        }


@dataclass(frozen=True, eq=False)
class ChangeWeight:
    """Weight of a change of writer, and where it may lie.

    Parameters
    ----------
    log10_bf
        In bans: a change, against none.
    bounds, bans
        Stretches and their weights (`stretches`).
    """

    log10_bf: float
    bounds: Ints
    bans: Floats


def weighed_change(found: Compared, model: StyleModel, clients: Floats | None = None) -> ChangeWeight:
    """Weigh a change of writer from a compared timeline.

    Parameters
    ----------
    found
        Windows of `detect_bounds`, compared.
    model
        The fitted model.
    clients
        Weight of each stretch's clients, in bans, in the order of `stretch_bounds`.
    """
    bounds, silent = stretches(found, model.parameters.tables["offsets"])
    log_odds, _ = model.parameters.calibrations["takeover"].log_odds(detect_design(found))
    style = float(log_odds[0]) / NEPER
    if clients is None:
        return ChangeWeight(style, bounds, silent)
    bans = silent + clients
    # What the clients add to the average over all stretches; never more than their own cap.
    return ChangeWeight(style + average(bans) - average(silent), bounds, bans)


def detect_bounds(n: int) -> Ints:
    """Give the windows of `detect`: to the end from a grid of places, and stretches with a return on a coarser one."""
    starts = np.unique(np.linspace(0, max(n - SHORTEST, 0), min(n, MOST_BOUNDS // 2)).astype(int))
    coarse = np.unique(np.linspace(0, n, min(n, 12) + 1).astype(int))
    pairs = [(int(low), int(high)) for low in coarse for high in coarse if high - low >= SHORTEST and high < n]
    return np.array([*((int(start), n) for start in starts), *pairs], dtype=np.int64)


def detect_design(found: Compared) -> Floats:
    """Give the columns that the calibration of `detect` weighs, shape (1, columns)."""
    return np.array([[average(found.against, SHARPNESS), found.baseline, float(np.log1p(found.n_known))]])


def detect_span(n: int) -> tuple[Ints, Ints]:
    """Give the positions that count as the owner's, and those that are weighed."""
    cut = int(KNOWN_SHARE * n) if n < MOST_KNOWN_POSTS / KNOWN_SHARE else MOST_KNOWN_POSTS
    cut = max(cut, min(2 * n // 3, 120))
    return np.arange(cut), np.arange(cut, n)


def detect(posts: Sequence[Post], model: StyleModel | None = None) -> TakeoverResult:
    """Weigh whether the writer of a timeline changed, against no change, and say where.

    The first part of the timeline (`KNOWN_SHARE`, at least as much as 120 posts of 180) is taken as the owner's: a
    change inside it is not looked for.

    Parameters
    ----------
    posts
        The timeline; any order, ties in time keep theirs.
    model
        The shipped one if left out.

    Raises
    ------
    BadInput
        If a time has no zone.
    """
    fitted = load() if model is None else model
    order = [posts[place] for place in in_time_order(posts)]
    counted = Posts.of([post.text for post in order])
    known, weighed = detect_span(len(order))
    n_known, n_words = int((counted.n_words[known] > 0).sum()), int(counted.n_words[weighed].sum())
    if n_known < ITEM_KNOWN_POSTS:
        return TakeoverResult(0.0, abstained=TOO_LITTLE_KNOWN.filled(n=n_known, least=ITEM_KNOWN_POSTS))
    if n_words < ITEM_WORDS or weighed.size < SHORTEST:
        return TakeoverResult(0.0, abstained=TOO_LITTLE_TO_WEIGH.filled(least=known.size))
    if not familiar(counted, fitted.parameters.channels["characters"]):
        return TakeoverResult(0.0, abstained=UNFAMILIAR)
    found = compared(counted, known, weighed, detect_bounds(weighed.size), fitted)
    clients = client_bans([post.client for post in order], known, weighed, stretch_bounds(weighed.size))
    change_weight = weighed_change(found, fitted, clients)
    lowest, highest = fitted.parameters.tables["takeover_cap"].ravel().tolist()
    if change_weight.log10_bf < REPORTED_FROM:
        return TakeoverResult(change_weight.log10_bf, cap=(lowest, highest))
    change, interval, back = located(change_weight.bounds, change_weight.bans, weighed.size)
    return TakeoverResult(
        change_weight.log10_bf,
        int(weighed[change]),
        order[int(weighed[change])].at,
        (int(weighed[interval[0]]), int(weighed[interval[1]])),
        None if back is None else int(weighed[back]),
        cap=(lowest, highest),
    )
