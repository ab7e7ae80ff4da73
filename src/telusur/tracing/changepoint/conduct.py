"""Whether the posts around a contested one keep the hours and weekdays of the earlier ones.

Counted as `telusur.tracing.changepoint.segments` counts, over all stretches that hold the contested post. Tags, links,
hashtags and language are no part of it: style knows them (a tag is a mark in the text), and beside style they were
measured to add nothing. Hours do (docs/decisions/0114).

Hours are those of western Indonesia (WIB, UTC+7) for everybody: a person of another zone keeps other hours, but the
same ones before and in the stretch.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from telusur.domain.text import Text
from telusur.tracing.changepoint.comparison import NEPER, SHORTEST
from telusur.tracing.changepoint.segments import Family
from telusur.tracing.changepoint.stretch import LONGEST, StretchWeight, around_span
from telusur.tracing.changepoint.timeline import Post, in_time_order
from telusur.tracing.style.model import ITEM_KNOWN_POSTS, Abstention, StyleModel, load, within

WIB = timezone(timedelta(hours=7), "WIB")

CONCENTRATIONS = (5.0, 20.0, 100.0)
"""Prior counts: how far people's hours lie from everybody's."""

LEAST_AROUND = 5
"""Posts around the contested one, below which they show no hours."""

DISTINCT = 0.5
"""Share of posts with a time of their own, below which times are no hours of anybody."""

TOO_FEW = Text(
    "hanya {known} unggahan sebelumnya dan {n} di sekitar perbuatan yang menunjukkan jam kebiasaan; diperlukan "
    "sedikitnya {least_known} dan {least}",
    "only {known} earlier posts and {n} around the act show habitual hours; {least_known} and {least} are needed",
)
TIMES_ALIKE = Text(
    "banyak unggahan memiliki waktu yang sama ({n} waktu berbeda dari {posts} unggahan), sehingga jam kebiasaan tidak "
    "dapat dibaca darinya",
    "many posts share one time ({n} different times for {posts} posts), so that they show no habitual hours",
)
TIMES_AHEAD = Text(
    "{n} unggahan bertanggal sesudah rekaman dibuat; waktu di dalamnya tidak dapat dipegang",
    "{n} posts are dated after the record was made; its times cannot be relied on",
)
ZONE_ASSUMED = Text(
    "{n} unggahan bertanggal tanpa zona waktu; zonanya hanya diperkirakan, sehingga jam kebiasaan tidak dapat dibaca "
    "darinya",
    "{n} posts are dated without a time zone; theirs was only assumed, so that they show no habitual hours",
)

_BINS, _HOURS, _SATURDAY = 8, 24, 5

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def hours_of_week(times: Sequence[datetime]) -> Ints:
    """Give the hour of the week of each time, Monday 0:00 WIB being 0."""
    local = [time.astimezone(WIB) for time in times]
    return np.array([_HOURS * time.weekday() + time.hour for time in local], dtype=np.int64)


def shown(hours: Ints) -> sparse.csr_array:
    """Give the eighth of the day of each post, and whether it is a weekend: ones, shape (posts, 10)."""
    day, hour = hours // _HOURS, hours % _HOURS
    columns = np.column_stack([hour * _BINS // _HOURS, _BINS + (day >= _SATURDAY)]).astype(np.int32).ravel()
    indptr = np.arange(hours.size + 1, dtype=np.int32) * 2
    return sparse.csr_array((np.ones(columns.size, np.float32), columns, indptr), shape=(hours.size, _BINS + 2))


def shares(found: sparse.csr_array) -> Floats:
    """Give how common every value is, half a post added to each (table ``behaviour``)."""
    counted = np.bincount(found.indices, minlength=found.shape[1]) + 0.5
    return np.asarray(counted / counted.sum(), dtype=np.float64)


def design(found: sparse.csr_array, index: int, share: Floats) -> Floats:
    """Give the columns that the calibration weighs, shape (1, columns).

    Parameters
    ----------
    found
        What the posts of a timeline show (`shown`).
    index
        The contested post, which is left out.
    share
        From `shares`.
    """
    known, weighed, before = around_span(index, found.shape[0])
    both, owners = (
        Family.of(sparse.csr_array(found[rows]), share, CONCENTRATIONS)
        for rows in (np.concatenate([known, weighed]), known)
    )
    restless = _mean(owners.stays()[:, known.size // 2 : -SHORTEST])
    return np.concatenate([_averaged(both, known.size, before), restless])[None, :]


def _averaged(family: Family, cut: int, before: int) -> Floats:
    """Average the likelihood ratios of all stretches of the weighed posts that hold the contested place."""
    n = family.shown.size - 1
    stays, found = family.stays(), []
    for start in range(cut, cut + before + 1):
        first, stop = max(cut + before, start + SHORTEST), min(start + LONGEST, n)
        if first <= stop:
            ends = np.column_stack([family.returns(start), stays[:, start]])
            found.append(ends[:, first - start - 1 : stop - start])
    return _mean(np.hstack(found))


def _mean(nats: Floats) -> Floats:
    top = nats.max(axis=1, keepdims=True)
    return np.asarray((top + np.log(np.exp(nats - top).mean(axis=1, keepdims=True))).ravel() / NEPER)


def behaviour(
    posts: Sequence[Post], index: int, model: StyleModel | None = None, now: datetime | None = None
) -> StretchWeight | Abstention | None:
    """Weigh whether another person than before kept the hours of a stretch that holds a contested post.

    Parameters
    ----------
    posts
        The timeline; any order.
    index
        Which of ``posts`` is contested; its own time does not count.
    model
        The shipped one if left out.
    now
        The newest time that a post can have; any if left out.

    Returns
    -------
    StretchWeight, Abstention or None
        It abstains with fewer than 30 earlier posts or 5 in reach, and where most posts share their time with others or
        some lie in the future or were dated without a zone. None where the model was fitted on a table without times.
    """
    fitted = load() if model is None else model
    calibration = fitted.parameters.calibrations.get("behaviour")
    if calibration is None:
        return None
    order = in_time_order(posts)
    place = order.index(index)
    known, weighed, _ = around_span(place, len(posts))
    if known.size < ITEM_KNOWN_POSTS or weighed.size < LEAST_AROUND:
        least = {"least_known": ITEM_KNOWN_POSTS, "least": LEAST_AROUND}
        return Abstention(TOO_FEW.filled(known=known.size, n=weighed.size, **least))
    times = [posts[order[at]].at.astimezone(UTC) for at in (*known, *weighed)]
    assumed = sum(not posts[order[at]].zoned for at in (*known, *weighed))
    if assumed:
        return Abstention(ZONE_ASSUMED.filled(n=assumed))
    ahead = 0 if now is None else sum(time > now for time in times)
    if ahead:
        return Abstention(TIMES_AHEAD.filled(n=ahead))
    if len(set(times)) < DISTINCT * len(times):
        return Abstention(TIMES_ALIKE.filled(n=len(set(times)), posts=len(times)))
    first, last = int(known[0]), max(int(weighed[-1]), place) + 1
    found = shown(hours_of_week([posts[at].at for at in order[first:last]]))
    log_odds, errors = calibration.log_odds(design(found, place - first, fitted.parameters.tables["behaviour"]))
    bans, error = float(log_odds[0]) / NEPER, float(errors[0]) / NEPER
    lowest, highest = fitted.parameters.tables["behaviour_cap"].ravel().tolist()
    cap = (lowest, highest)
    stretch = (int(weighed[0]), int(weighed[-1]))
    return StretchWeight(*within(bans, error, cap), cap, bans, stretch, int(known.size), 0)
