"""Whether, and from which post on, somebody else was writing.

Two questions, two doors. `around`: was a stretch of posts that holds one contested post written by another person than
the earlier ones? It is what the tracing of an act weighs. `detect`: did the writer of a timeline change at all, when,
and did the owner come back?

Both weigh *stretches*, never sums of single posts: an author's posts share an offset, so that per-post weights are no
independent news. Every stretch in question is compared as one window with the early, undisputed posts; the average
over all stretches, the strongest counting most, is calibrated on spliced streams of real accounts, together with how
the owner's own earlier posts fare in the same comparison. Where the change lies is read from a random-effects model of
the single posts, exact over all pairs of bounds.

The contested post itself is left out: what is contested is often about another subject, and a change of subject is no
change of person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.tracing.style.model import (
    ITEM_KNOWN_POSTS,
    ITEM_WORDS,
    MOST_KNOWN_POSTS,
    MOST_POSTS,
    TOO_FEW_WORDS,
    TOO_LITTLE_KNOWN,
    Abstention,
    StyleModel,
    load,
)
from telusur.tracing.style.posts import Posts
from telusur.tracing.style.register import UNFAMILIAR, familiar

REACH = 20
"""Posts on either side of the contested one that a stretch by somebody else may reach over."""

SHORTEST, LONGEST = 3, 25
"""Posts of a stretch that `around` weighs."""

REPORTED_FROM = 1.0
"""Bans from which on `detect` says where the change lies (contracts.md, section 3)."""

KNOWN_SHARE = 0.6
"""Share of a timeline, from its start, that `detect` takes as the owner's."""

_GRID = 2
_SHARPNESS = 2.0
_MOST_BOUNDS = 60
_BLOCKS = 4
_FLOOR, _CEILING = -1.0, 2.0
_NEPER = float(np.log(10))
_Z95 = 1.959964
_CLIENT_PRIOR = 0.5
_CLIENT_CAP = 1.0

TOO_LITTLE_TO_WEIGH = Text(
    "sesudah {least} unggahan pembanding tidak ada cukup unggahan untuk ditimbang",
    "after {least} known posts not enough posts are left to be weighed",
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Post:
    """One post of a timeline.

    Parameters
    ----------
    text
        As published.
    at
        When, with a zone.
    client
        The application it was written with, if known.
    """

    text: str
    at: datetime
    client: str | None = None


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
        Earlier posts that it was compared with.
    n_words
        Words in reach of the contested post, its own left out.
    """

    log10_lr: float
    lower: float
    upper: float
    cap: tuple[float, float]
    uncapped: float
    stretch: tuple[int, int]
    n_known: int
    n_words: int


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
class Compared:
    """A stretch of a timeline compared, post by post and window by window, with what went before.

    Parameters
    ----------
    single
        Weight of each post for the owner, in bans, held within what one post can say; 0 for a post without words.
    speaks
        Whether each post has words.
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

    single: Floats
    speaks: NDArray[np.bool_]
    bounds: Ints
    against: Floats
    baseline: float
    n_known: int
    n_words: int


def compared(
    posts: Posts, known: Ints, weighed: Ints, bounds: Ints, model: StyleModel, out: NDArray[np.int64] | None = None
) -> Compared:
    """Compare posts, singly and in windows, with known ones.

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
    out
        Background pools to leave out, at fitting.
    """
    n_pools = next(iter(model.parameters.channels.values())).levels.shape[0]

    def without(rows: int) -> NDArray[np.bool_] | None:
        return None if out is None else np.broadcast_to(np.isin(np.arange(n_pools), out), (rows, n_pools))

    def singly(history: Ints, tested: Ints) -> Floats:
        questioned = model.questioned(posts, [tested[at : at + 1] for at in range(tested.size)])
        return model.bans(model.known(posts, history), questioned, without(tested.size))[0]

    blocks = np.array_split(np.arange(known.size), _BLOCKS)
    own = np.concatenate([singly(np.delete(known, block), known[block]) for block in blocks])
    own = np.clip(own[posts.n_words[known] > 0], _FLOOR, _CEILING)
    speaks = posts.n_words[weighed] > 0
    single = np.where(speaks, np.clip(singly(known, weighed), _FLOOR, _CEILING), 0.0)
    windows = model.questioned(posts, [weighed[low:high][:MOST_POSTS] for low, high in bounds])
    against = -model.bans(model.known(posts, known), windows, without(bounds.shape[0]))[0]
    against = np.where(windows.n_words > 0, against, 0.0)
    n_known, n_words = int(posts.n_words[known].sum()), int(posts.n_words[weighed].sum())
    return Compared(single, speaks, bounds, against, float(own.mean()), n_known, n_words)


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


def around_design(found: Compared) -> Floats:
    """Give the columns that the calibration of `around` weighs, shape (1, columns)."""
    words = float(np.log1p(found.n_words))
    return np.array([[average(found.against, _SHARPNESS), found.baseline, float(np.log1p(found.n_known)), words]])


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


def _in_time_order(posts: Sequence[Post]) -> list[int]:
    for place, post in enumerate(posts):
        if post.at.tzinfo is None:
            raise BadInput(f"post {place} has a time without a zone", field="time")
    return sorted(range(len(posts)), key=lambda place: posts[place].at)


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
        It abstains with fewer than 30 earlier posts with words, or fewer than 8 words in reach.

    Raises
    ------
    BadInput
        If a time has no zone, or no post stands at ``index``.
    """
    if not 0 <= index < len(posts):
        raise BadInput(f"no post stands at {index}; the timeline has {len(posts)}", field="index")
    fitted = load() if model is None else model
    order = _in_time_order(posts)
    counted = Posts.of([posts[place].text for place in order])
    known, weighed, before = around_span(order.index(index), len(posts))
    n_known, n_words = int((counted.n_words[known] > 0).sum()), int(counted.n_words[weighed].sum())
    if n_known < ITEM_KNOWN_POSTS:
        return Abstention(TOO_LITTLE_KNOWN.filled(n=n_known, least=ITEM_KNOWN_POSTS))
    if n_words < ITEM_WORDS:
        return Abstention(TOO_FEW_WORDS.filled(n=n_words, least=ITEM_WORDS))
    if not familiar(counted, fitted.parameters.channels["characters"]):
        return Abstention(UNFAMILIAR)
    found = compared(counted, known, weighed, around_bounds(before, weighed.size), fitted)
    log_odds, errors = fitted.parameters.calibrations["around"].log_odds(around_design(found))
    bans, error = float(log_odds[0]) / _NEPER, float(errors[0]) / _NEPER
    lowest, highest = fitted.parameters.tables["around_cap"].ravel().tolist()
    value, lower, upper = np.clip([bans, bans - _Z95 * error, bans + _Z95 * error], lowest, highest).tolist()
    low, high = found.bounds[int(found.against.argmax())]
    stretch = (int(weighed[low]), int(weighed[high - 1]))
    return StretchWeight(value, lower, upper, (lowest, highest), bans, stretch, n_known, n_words)


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
    style = float(log_odds[0]) / _NEPER
    if clients is None:
        return ChangeWeight(style, bounds, silent)
    bans = silent + clients
    # What the clients add to the average over all stretches; never more than their own cap.
    return ChangeWeight(style + average(bans) - average(silent), bounds, bans)


def stretches(found: Compared, constants: Floats) -> tuple[Ints, Floats]:
    """Weigh every stretch of single posts as another person's, in a model with an author's offset.

    A person's posts score as that person's mean plus noise. The owner's mean is known from earlier posts, up to drift;
    another person's is unknown, with a known spread between people, and is integrated out.

    Parameters
    ----------
    found
        Posts compared singly.
    constants
        Noise variance of a post, drift variance of the owner, shift of other people's mean against the owner's, and
        its variance between people (bans, bans squared).

    Returns
    -------
    tuple of arrays
        Bounds (first, one past the last; the latter may be the end: no return), shape (stretches, 2), and bans.
    """
    noise, drift, shift, between = constants.ravel()
    bounds = stretch_bounds(found.single.size)
    low, high = bounds.T
    n = np.concatenate([[0], np.cumsum(found.speaks)])
    total = np.concatenate([[0.0], np.cumsum(found.single)])
    size = np.maximum(n[high] - n[low], 0)
    mean = (total[high] - total[low]) / np.maximum(size, 1) - found.baseline
    own, other = drift + noise / np.maximum(size, 1), between + noise / np.maximum(size, 1)
    nats = 0.5 * (np.log(own / other) + mean**2 / own - (mean - shift) ** 2 / other)
    return bounds, np.where(size > 0, nats / _NEPER, 0.0)


def stretch_bounds(n: int) -> Ints:
    """Give the bounds of all stretches of ``n`` posts; in long timelines, those on an even grid of places."""
    places = np.arange(n) if n <= 4 * _MOST_BOUNDS else np.unique(np.linspace(0, n - 1, 4 * _MOST_BOUNDS).astype(int))
    stops = np.append(places[places > 0], n)
    low, high = (grid.ravel() for grid in np.meshgrid(places, stops, indexing="ij"))
    fits = (high - low >= SHORTEST) | (high == n)
    fits &= high > low
    return np.column_stack([low[fits], high[fits]]).astype(np.int64)


def detect_bounds(n: int) -> Ints:
    """Give the windows of `detect`: to the end from a grid of places, and stretches with a return on a coarser one."""
    starts = np.unique(np.linspace(0, max(n - SHORTEST, 0), min(n, _MOST_BOUNDS // 2)).astype(int))
    coarse = np.unique(np.linspace(0, n, min(n, 12) + 1).astype(int))
    pairs = [(int(low), int(high)) for low in coarse for high in coarse if high - low >= SHORTEST and high < n]
    return np.array([*((int(start), n) for start in starts), *pairs], dtype=np.int64)


def detect_design(found: Compared) -> Floats:
    """Give the columns that the calibration of `detect` weighs, shape (1, columns)."""
    return np.array([[average(found.against, _SHARPNESS), found.baseline, float(np.log1p(found.n_known))]])


def detect_span(n: int) -> tuple[Ints, Ints]:
    """Give the positions that count as the owner's, and those that are weighed."""
    cut = int(KNOWN_SHARE * n) if n < MOST_KNOWN_POSTS / KNOWN_SHARE else MOST_KNOWN_POSTS
    cut = max(cut, min(2 * n // 3, 120))
    return np.arange(cut), np.arange(cut, n)


def _client_bans(clients: Sequence[str | None], known: Ints, weighed: Ints, bounds: Ints) -> Floats | None:
    """Weigh each stretch's clients: another person's own habits (half the time) against the owner's.

    Dirichlet-multinomial over the clients seen and one unseen; another person on the owner's device shows the owner's
    clients, hence the half. Elicited, so held within one ban.
    """
    names = sorted({client for client in clients if client is not None})
    if len(names) < 2:  # noqa: PLR2004 - one client tells nobody apart
        return None
    seen = np.array([[client == name for name in names] for client in clients], dtype=np.float64)
    prior = seen[known].sum(0) + _CLIENT_PRIOR
    sums = np.concatenate([np.zeros((1, len(names))), np.cumsum(seen[weighed], axis=0)])
    counts = sums[bounds[:, 1]] - sums[bounds[:, 0]]
    own = _dirichlet_multinomial(counts, prior)
    other = _dirichlet_multinomial(counts, np.full(len(names), _CLIENT_PRIOR))
    either = np.logaddexp(own, other) - np.log(2)
    return np.asarray(np.clip((either - own) / _NEPER, -_CLIENT_CAP, _CLIENT_CAP), dtype=np.float64)


def _dirichlet_multinomial(counts: Floats, prior: Floats) -> Floats:
    from scipy.special import gammaln  # noqa: PLC0415 - only timelines with several clients need it

    total = prior.sum()
    each = (gammaln(counts + prior) - gammaln(prior)).sum(axis=1)
    return np.asarray(each + gammaln(total) - gammaln(counts.sum(axis=1) + total), dtype=np.float64)


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
    order = [posts[place] for place in _in_time_order(posts)]
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
    clients = _client_bans([post.client for post in order], known, weighed, stretch_bounds(weighed.size))
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


def located(bounds: Ints, bans: Floats, n: int) -> tuple[int, tuple[int, int], int | None]:
    """Say where the change lies, given that there is one: the likeliest place, its 95 % interval, and the return.

    Parameters
    ----------
    bounds, bans
        Stretches and their weights (`stretches`).
    n
        Number of weighed posts.
    """
    staying = bounds[:, 1] == n
    # Half the belief on "stayed", half on "left again", each spread evenly over its stretches.
    prior = np.where(staying, 1 / max(int(staying.sum()), 1), 1 / max(int((~staying).sum()), 1))
    belief = prior * 10.0 ** (bans - bans.max())
    belief /= belief.sum()
    starts = np.bincount(bounds[:, 0], weights=belief, minlength=n)
    change = int(starts.argmax())
    below = np.cumsum(starts)
    low = min(int(np.searchsorted(below, 0.025)), change)
    high = max(min(int(np.searchsorted(below, 0.975)), n - 1), change)
    here = bounds[:, 0] == change
    if belief[here & staying].sum() >= belief[here & ~staying].sum():
        return change, (low, high), None
    left = np.flatnonzero(here & ~staying)
    return change, (low, high), int(bounds[left[belief[left].argmax()], 1])
