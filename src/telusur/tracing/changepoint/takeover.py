"""Whether the writer of a timeline changed, from which post on, and whether the owner came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from telusur.domain.text import Text
from telusur.tracing.changepoint.comparison import NEPER, SHORTEST
from telusur.tracing.changepoint.parts import from_table, joined, likeliest, spans
from telusur.tracing.changepoint.segments import Features, Segments
from telusur.tracing.changepoint.timeline import Post, in_time_order
from telusur.tracing.changepoint.where import believed, client_bans, located, priors
from telusur.tracing.style.model import (
    ITEM_KNOWN_POSTS,
    ITEM_WORDS,
    TOO_LITTLE_KNOWN,
    StyleModel,
    load,
)
from telusur.tracing.style.posts import Posts
from telusur.tracing.style.register import UNFAMILIAR, familiar

REPORTED_FROM = 1.0
"""Bans from which on `detect` says where the change lies (contracts.md, section 3)."""

HELD = 0.99
"""What a change counts as that weighs a ban, but no more than owners' own timelines sometimes do at fitting (table
``takeover_above``): short of being reported."""

KNOWN_SHARE = 0.6
"""Share of a timeline, from its start, that `detect` takes as the owner's."""

TOO_LITTLE_TO_WEIGH = Text(
    "sesudah {least} unggahan pembanding tidak ada cukup unggahan untuk ditimbang",
    "after {least} known posts not enough posts are left to be weighed",
)

_MOST_STARTS = 20
_AT_ONCE = 50
"""Timelines counted at a time, so that a million posts need no more memory than some thousand."""

NOT_FITTED = Text(
    "berkas parameter tidak memuat kalibrasi pergantian penulis; hitung ulang dengan `telusur trace fit`",
    "the parameter file holds no calibration of a change of writer; fit it again with `telusur trace fit`",
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
class Changes:
    """All ways in which a timeline can have changed its writer, each weighed against no change.

    Parameters
    ----------
    bounds
        First post by somebody else, and first by the owner again (the end: never), counted from the first weighed
        post; shape (changes, 2).
    parts
        What each part of the likelihood says, in nats, shape (parts, changes).
    owner
        The same for changes inside the part of the timeline that counts as the owner's: how restless it is itself.
    returns
        Whether changes after which the owner comes back are among them.
    """

    bounds: Ints
    parts: Floats
    owner: Floats
    returns: bool = True

    def staying(self) -> Changes:
        """Give those after which the owner does not come back alone."""
        which = np.flatnonzero(self.bounds[:, 1] == self.bounds[:, 1].max())
        return Changes(self.bounds[which], self.parts[:, which], self.owner, returns=False)


@dataclass(frozen=True, eq=False)
class ChangeWeight:
    """Weight of a change of writer, and where it may lie.

    Parameters
    ----------
    log10_bf
        In bans: a change, against none.
    bounds, bans
        Changes and how well each explains the timeline, in bans.
    """

    log10_bf: float
    bounds: Ints
    bans: Floats


def detect_span(n: int) -> tuple[Ints, Ints]:
    """Give the positions that count as the owner's, and those that are weighed, of a timeline of ``n`` posts."""
    cut = max(int(KNOWN_SHARE * n), min(2 * n // 3, 120))
    return np.arange(cut), np.arange(cut, n)


def changes(segments: Segments, cut: int, *, returns: bool = True) -> Changes:
    """Weigh all changes of a timeline.

    Parameters
    ----------
    segments
        The timeline.
    cut
        Posts at its beginning that count as the owner's (`detect_span`).
    returns
        Whether changes after which the owner comes back are weighed too.
    """
    n = segments.n
    starts = np.arange(cut, max(n - SHORTEST, cut) + 1)
    bounds, parts = [np.column_stack([starts, np.full(starts.size, n)])], [segments.stays()[:, starts]]
    last = n - SHORTEST - 1
    if returns and last >= cut:
        for start in np.unique(np.linspace(cut, last, min(last - cut + 1, _MOST_STARTS)).astype(int)):
            ends = np.arange(start + SHORTEST, n)
            bounds.append(np.column_stack([np.full(ends.size, start), ends]))
            parts.append(segments.returns(int(start))[:, SHORTEST - 1 :])
    within = np.arange(cut // 2, max(cut - SHORTEST, cut // 2) + 1)
    owner = segments.first(cut).stays()[:, within]
    return Changes(np.vstack(bounds) - cut, np.hstack(parts), owner, returns=returns)


def expected(parts: Floats, weights: Floats, prior: Floats | None = None) -> Floats:
    """Give what each part says of the change, averaged over where it may lie, in nats."""
    nats = weights @ parts + (0.0 if prior is None else np.log(prior))
    return np.asarray(parts @ np.exp(nats - np.logaddexp.reduce(nats)), dtype=np.float64)


def detect_design(found: Changes, weights: Floats) -> Floats:
    """Give the columns that the calibration of `detect` weighs, shape (1, columns).

    Parameters
    ----------
    found
        The changes.
    weights
        Of the parts (table ``segments``).
    """
    here = expected(found.parts, weights, priors(found.bounds))
    return np.concatenate([here, expected(found.owner, weights)])[None, :]


def weighed_change(found: Changes, model: StyleModel, clients: Floats | None = None) -> ChangeWeight:
    """Weigh a change of writer.

    Parameters
    ----------
    found
        The changes of a timeline, or of a part of one, all without a return.
    model
        The fitted model.
    clients
        Weight of the clients of each stretch, in bans, in the order of the changes.
    """
    tables = model.parameters.tables
    weights, calibration, at = tables["segments"], model.parameters.calibrations["takeover"], 0
    # What is looked at without returns is calibrated without them.
    if not found.returns and "takeover_parts" in tables:
        calibration, at = from_table(tables["takeover_parts"]), 1
    log_odds, _ = calibration.log_odds(detect_design(found, weights))
    style, bans = float(log_odds[0]) / NEPER, weights @ found.parts / NEPER
    above = tables["takeover_above"].ravel()[at] if "takeover_above" in tables else REPORTED_FROM
    if HELD < style <= above:
        style = HELD
    if clients is None:
        return ChangeWeight(style, found.bounds, bans)
    # What the clients add to the average over all changes; never more than their own cap.
    prior = np.log(priors(found.bounds))
    added = np.logaddexp.reduce(prior + NEPER * (bans + clients)) - np.logaddexp.reduce(prior + NEPER * bans)
    return ChangeWeight(style + float(added) / NEPER, found.bounds, bans + clients)


def _weighed(
    order: Sequence[Post], features: Features, rows: Ints, model: StyleModel, *, returns: bool
) -> ChangeWeight:
    known, weighed = detect_span(rows.size)
    found = changes(Segments.of(features, rows), known.size, returns=returns)
    clients = client_bans([post.client for post in order], known, weighed, found.bounds)
    return weighed_change(found, model, clients)


def detect(posts: Sequence[Post], model: StyleModel | None = None) -> TakeoverResult:
    """Weigh whether the writer of a timeline changed, against no change, and say where.

    The first part of the timeline (`KNOWN_SHARE`, at least as much as 120 posts of 180) is taken as the owner's: a
    change inside it is not looked for. A long timeline is looked through in parts, each with the posts before it as the
    owner's; its Bayes factor is the average of theirs, as a change is as likely to lie in any, and its place is read
    from all parts, each counting by its Bayes factor.

    Parameters
    ----------
    posts
        The timeline; any order, and posts of one time may come in any.
    model
        The shipped one if left out.

    Raises
    ------
    BadInput
        If a time has no zone.
    """
    fitted = load() if model is None else model
    if not {"segments", "habits"} <= fitted.parameters.tables.keys():
        return TakeoverResult(0.0, abstained=NOT_FITTED)
    order = [posts[place] for place in in_time_order(posts)]
    parts = list(spans(len(order)))
    reason: Text | None = None
    found: list[tuple[int, int, float]] = []
    for batch in (parts[at : at + _AT_ONCE] for at in range(0, len(parts), _AT_ONCE)):
        low, high = batch[0][0], batch[-1][1]
        counted = Posts.of([post.text for post in order[low:high]])
        features = Features.of(counted, fitted.parameters.channels, fitted.parameters.tables["habits"])
        for first, last in batch:
            rows = np.arange(first - low, last - low)
            says = _too_little(counted, rows, fitted)
            if says is None:
                weight = _weighed(order[first:last], features, rows, fitted, returns=len(parts) == 1)
                found.append((first, last, weight.log10_bf))
            else:
                reason = reason or says
    if not found:
        return TakeoverResult(0.0, abstained=reason)
    return _answered(order, found, len(parts), fitted)


def _too_little(counted: Posts, rows: Ints, model: StyleModel) -> Text | None:
    """Say why a timeline is not weighed, if so."""
    known, weighed = detect_span(rows.size)
    n_known, n_words = int((counted.n_words[rows[known]] > 0).sum()), int(counted.n_words[rows[weighed]].sum())
    if n_known < ITEM_KNOWN_POSTS:
        return TOO_LITTLE_KNOWN.filled(n=n_known, least=ITEM_KNOWN_POSTS)
    if n_words < ITEM_WORDS or weighed.size < SHORTEST:
        return TOO_LITTLE_TO_WEIGH.filled(least=known.size)
    if not familiar(counted.take(rows), model.parameters.channels["characters"]):
        return UNFAMILIAR
    return None


def _answered(
    order: Sequence[Post], found: Sequence[tuple[int, int, float]], n_parts: int, model: StyleModel
) -> TakeoverResult:
    """Join the parts of a timeline, and say where in them the change lies."""
    lowest, highest = model.parameters.tables["takeover_cap"].ravel().tolist()
    bans = np.array([weight for *_, weight in found])
    result = TakeoverResult(joined(bans, n_parts), cap=(lowest, highest))
    if result.log10_bf < REPORTED_FROM:
        return result
    bounds, belief, staying = [], [], []
    for part, share in likeliest(bans):
        first, last, _ = found[part]
        posts = order[first:last]
        features = Features.of(
            Posts.of([post.text for post in posts]), model.parameters.channels, model.parameters.tables["habits"]
        )
        weight = _weighed(posts, features, np.arange(last - first), model, returns=True)
        belief.append(share * believed(weight.bounds, weight.bans))
        bounds.append(weight.bounds + first + detect_span(last - first)[0].size)
        staying.append(bounds[-1][:, 1] == last)
    change, interval, back = located(np.vstack(bounds), np.concatenate(belief), np.concatenate(staying))
    return replace(result, change_index=change, change_at=order[change].at, interval_index=interval, return_index=back)
