"""Calibrate `telusur.tracing.changepoint` on streams of real accounts with another account's posts spliced in.

The accepted protocol for takeovers (Trang, Johansson, Rosell 2015): two genuine writers, joined at a known place. Half
of the strangers are look-alikes. Streams without a splice are the controls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from telusur.tracing.changepoint import REACH
from telusur.tracing.changepoint.comparison import Compared, compared
from telusur.tracing.changepoint.stretch import around_bounds, around_design, around_span
from telusur.tracing.changepoint.takeover import detect_bounds, detect_design, detect_span
from telusur.tracing.style.bounds import elub
from telusur.tracing.style.corpus import Corpus
from telusur.tracing.style.fit import lookalikes
from telusur.tracing.style.logistic import Logistic, fit_logistic
from telusur.tracing.style.measures import summary
from telusur.tracing.style.model import ITEM_KNOWN_POSTS, StyleModel

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

SPLICED = (6, 20)
"""Posts of a spliced stretch around a contested post."""

TIMELINE = 180
"""Posts of a takeover timeline, of which the first two thirds are the owner's."""

_AROUND_ROUNDS, _TAKEOVER_ROUNDS = 2, 1
"""Each round gives every owner a stream with a random stranger, one with a look-alike, and two controls."""

_FOLDS = 4
_RIDGE = 1.0
_LEAST_VARIANCE = 1e-3


def spliced(own: Ints, other: Ints, at: int, size: int, rng: np.random.Generator, *, returns: bool = True) -> Ints:
    """Put a run of another account's posts into an owner's stream.

    Parameters
    ----------
    own, other
        Rows of both accounts, in time order.
    at
        Place of the first foreign post.
    size
        Foreign posts.
    rng
        Draws where in the other's stream the run begins.
    returns
        Whether the owner's posts go on afterwards, or the stream ends with the run.
    """
    first = int(rng.integers(0, max(other.size - size, 0) + 1))
    return np.concatenate([own[:at], other[first : first + size], own[at:] if returns else own[:0]])


def around_streams(
    corpus: Corpus, alike: Ints, rng: np.random.Generator, rounds: int
) -> Iterator[tuple[int, int | None, Ints, int]]:
    """Give streams for `around`: owner, stranger (None: a control), rows, and the contested place."""
    for owner in range(corpus.n_accounts):
        own = corpus.rows(owner)
        for turn in range(2 * rounds):
            strangers = alike[owner] if turn % 2 else np.delete(np.arange(corpus.n_accounts), owner)
            stranger = int(strangers[rng.integers(strangers.size)])
            # The contested post stands in the later part; the earlier part is sometimes cut short.
            latest = own.size - 5
            earliest = min(int(0.72 * own.size), latest - 1)
            place, control = (int(value) for value in rng.integers(earliest, latest, 2))
            most = max(earliest - REACH - ITEM_KNOWN_POSTS, 0)
            cut = int(rng.integers(0, most + 1)) if rng.random() < 0.4 else 0  # noqa: PLR2004 - two in five
            size = int(rng.integers(SPLICED[0], SPLICED[1] + 1))
            stream = spliced(own, corpus.rows(stranger), place, size, rng)[cut:]
            size = stream.size + cut - own.size
            yield owner, stranger, stream, place - cut + int(rng.integers(size))
            yield owner, None, own[cut:], control - cut


def takeover_streams(
    corpus: Corpus, alike: Ints, rng: np.random.Generator, rounds: int
) -> Iterator[tuple[int, int | None, Ints, int]]:
    """Give timelines for `detect`: owner, stranger (None: a control), rows, and the first foreign place."""
    for owner in range(corpus.n_accounts):
        own = corpus.rows(owner)
        length = min(TIMELINE, own.size)
        for turn in range(2 * rounds):
            strangers = alike[owner] if turn % 2 else np.delete(np.arange(corpus.n_accounts), owner)
            stranger = int(strangers[rng.integers(strangers.size)])
            theirs = corpus.rows(stranger)
            low = detect_span(length)[0].size
            place = int(rng.integers(low, length - 5))
            returns = bool(rng.random() < 1 / 3)
            size = min(int(rng.integers(8, 31)), length - place) if returns else length - place
            stream = spliced(own, theirs, place, size, rng, returns=returns)[:length]
            shift = int(rng.integers(0, own.size - length + 1))
            yield owner, stranger, stream, place
            yield owner, None, own[shift : shift + length], -1


def compare_around(
    corpus: Corpus, stream: Ints, index: int, model: StyleModel, out: Ints | None = None
) -> Compared | None:
    """Compare as `around` does, on rows of a corpus; None where it would abstain."""
    known, weighed, before = around_span(index, stream.size)
    if (corpus.posts.n_words[stream[known]] > 0).sum() < ITEM_KNOWN_POSTS or weighed.size == 0:
        return None
    bounds = around_bounds(before, weighed.size)
    return compared(corpus.posts.take(stream), known, weighed, bounds, model, out)


def compare_timeline(corpus: Corpus, stream: Ints, model: StyleModel, out: Ints | None = None) -> Compared | None:
    """Compare as `detect` does, on rows of a corpus; None where it would abstain."""
    known, weighed = detect_span(stream.size)
    if (corpus.posts.n_words[stream[known]] > 0).sum() < ITEM_KNOWN_POSTS:
        return None
    return compared(corpus.posts.take(stream), known, weighed, detect_bounds(weighed.size), model, out)


def _offsets(own: list[Compared], other: list[tuple[Compared, int]]) -> Floats:
    """Estimate the constants of the random-effects model from controls and from taken-over timelines."""
    residuals = np.concatenate([c.single[c.speaks] - c.single[c.speaks].mean() for c in own if c.speaks.any()])
    noise = float(residuals.var())

    def shifts(parts: list[tuple[Compared, int]]) -> tuple[float, float]:
        means, sizes = [], []
        for c, first in parts:
            spoken = c.single[first:][c.speaks[first:]]
            if spoken.size >= 5:  # noqa: PLR2004 - a mean of fewer says little of the person
                means.append(spoken.mean() - c.baseline)
                sizes.append(spoken.size)
        between = float(np.var(means)) - noise * float(np.mean(1 / np.array(sizes)))
        return float(np.mean(means)), max(between, _LEAST_VARIANCE)

    _, drift = shifts([(c, 0) for c in own])
    shift, between = shifts(other)
    return np.array([noise, drift, shift, between])


def _calibrated(
    columns: Floats, changed: NDArray[np.bool_], owner: Ints, rng: np.random.Generator
) -> tuple[Logistic, Floats, dict[str, float]]:
    """Fit a calibration; bound and measure it by owners outside its fit."""
    whole = fit_logistic(columns, changed, owner, ridge=_RIDGE)
    fold = rng.permutation(int(owner.max()) + 1)[owner] % _FOLDS
    unseen = np.zeros(owner.size)
    for number in range(_FOLDS):
        inside, outside = fold != number, fold == number
        part = fit_logistic(columns[inside], changed[inside], owner[inside], ridge=_RIDGE)
        unseen[outside] = part.log_odds(columns[outside])[0] / np.log(10)
    same, different = unseen[changed], unseen[~changed]
    return whole, np.array(elub(same, different)), summary(same, different)


def calibrate(
    corpus: Corpus,
    model: StyleModel,
    pool_of: Ints,
    rng: np.random.Generator,
    progress: Callable[[str, float], None],
) -> tuple[dict[str, Logistic], dict[str, Floats], dict[str, dict[str, float]]]:
    """Fit the calibrations and constants of both doors.

    Parameters
    ----------
    corpus
        The fitting accounts.
    model
        With the space and the calibration of windows.
    pool_of
        Background pool of each account, left out where it takes part.
    rng
        Of the streams.
    progress
        Told how far it is.
    """
    alike = lookalikes(corpus, model, pool_of, 0.6)

    def left_out(owner: int, stranger: int | None) -> Ints:
        return pool_of[[owner] if stranger is None else [owner, stranger]]

    rows, changed, owners = [], [], []
    for done, (owner, stranger, stream, index) in enumerate(around_streams(corpus, alike, rng, _AROUND_ROUNDS)):
        progress("splicing stretches", done / (4 * _AROUND_ROUNDS * corpus.n_accounts))
        found = compare_around(corpus, stream, index, model, left_out(owner, stranger))
        if found is not None:
            rows.append(around_design(found))
            changed.append(stranger is not None)
            owners.append(owner)
    around, around_cap, around_measured = _calibrated(np.vstack(rows), np.array(changed), np.array(owners), rng)

    lines: list[tuple[int, int, Compared]] = []
    for done, (owner, stranger, stream, first) in enumerate(takeover_streams(corpus, alike, rng, _TAKEOVER_ROUNDS)):
        progress("splicing timelines", done / (4 * _TAKEOVER_ROUNDS * corpus.n_accounts))
        found = compare_timeline(corpus, stream, model, left_out(owner, stranger))
        if found is not None:
            lines.append((owner, first - detect_span(stream.size)[0].size if stranger is not None else -1, found))
    constants = _offsets([c for _, first, c in lines if first < 0], [(c, first) for _, first, c in lines if first >= 0])
    columns = np.vstack([detect_design(c) for _, _, c in lines])
    takeover, takeover_cap, takeover_measured = _calibrated(
        columns, np.array([first >= 0 for _, first, _ in lines]), np.array([owner for owner, _, _ in lines]), rng
    )
    return (
        {"around": around, "takeover": takeover},
        {"around_cap": around_cap, "takeover_cap": takeover_cap, "offsets": constants},
        {"around": around_measured, "takeover": takeover_measured},
    )
