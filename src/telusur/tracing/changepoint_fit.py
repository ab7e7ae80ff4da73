"""Calibrate `telusur.tracing.changepoint` on streams of real accounts with another account's posts spliced in.

The accepted protocol for takeovers (Trang, Johansson, Rosell 2015): two genuine writers, joined at a known place. Half
of the strangers are look-alikes. Streams without a splice are the controls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from telusur.tracing.changepoint import REACH, conduct, habits
from telusur.tracing.changepoint.comparison import Compared, compared
from telusur.tracing.changepoint.learning import Calibrated, part_weights
from telusur.tracing.changepoint.parts import TIMELINE, as_table
from telusur.tracing.changepoint.segments import Features, Segments
from telusur.tracing.changepoint.stretch import around_bounds, around_design, around_span, without_copies
from telusur.tracing.changepoint.takeover import Changes, changes, detect_design, detect_span
from telusur.tracing.style.corpus import Corpus
from telusur.tracing.style.fit import lookalikes
from telusur.tracing.style.logistic import Logistic
from telusur.tracing.style.model import ITEM_KNOWN_POSTS, StyleModel

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

SPLICED = (6, 20)
"""Posts of a spliced stretch around a contested post."""

_AROUND_ROUNDS, _TAKEOVER_ROUNDS = 2, 2
"""Each round gives every owner a stream with a random stranger, one with a look-alike, and two controls."""

_NEAR = 2
_WIB, _MONDAY = 7, 4 * 24
"""Hours of WIB before UTC, and from the beginning of 1970, a Thursday, until Monday."""

_SUBJECT = (20, 40)
"""Posts on one subject at the end of a control."""


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
    corpus: Corpus, alike: Ints, rng: np.random.Generator, rounds: int, accounts: Ints | None = None
) -> Iterator[tuple[int, int | None, Ints, int]]:
    """Give streams for `around`: owner, stranger (None: a control), rows, and the contested place."""
    among = np.arange(corpus.n_accounts) if accounts is None else accounts
    for owner, near in zip(among.tolist(), alike, strict=True):
        own = corpus.rows(owner)
        for turn in range(2 * rounds):
            strangers = near if turn % 2 else among[among != owner]
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
    corpus: Corpus, alike: Ints, rng: np.random.Generator, rounds: int, accounts: Ints | None = None
) -> Iterator[tuple[int, int | None, Ints, int]]:
    """Give timelines for `detect`: owner, stranger (None: a control), rows, and the first foreign place.

    Two thirds are of `TIMELINE` posts, the others shorter; a third of the strangers leave again. Every fourth control
    ends in the owner's posts on one subject (`on_one_subject`).
    """
    among = np.arange(corpus.n_accounts) if accounts is None else accounts
    for owner, near in zip(among.tolist(), alike, strict=True):
        own = corpus.rows(owner)
        for turn in range(2 * rounds):
            strangers = near if turn % 2 else among[among != owner]
            stranger = int(strangers[rng.integers(strangers.size)])
            theirs = corpus.rows(stranger)
            length = min(TIMELINE if rng.random() < 2 / 3 else int(rng.integers(90, TIMELINE + 1)), own.size)
            low = detect_span(length)[0].size
            place = int(rng.integers(low, length - 5))
            returns = bool(rng.random() < 1 / 3)
            size = min(int(rng.integers(8, 31)), length - place) if returns else length - place
            stream = spliced(own, theirs, place, size, rng, returns=returns)[:length]
            yield owner, stranger, stream, place
            shift = int(rng.integers(0, own.size - length + 1))
            control = own[shift : shift + length]
            if turn % 4 == 1:
                control = on_one_subject(corpus, control, int(rng.integers(_SUBJECT[0], _SUBJECT[1] + 1)), rng)
            yield owner, None, control, -1


def on_one_subject(corpus: Corpus, stream: Ints, size: int, rng: np.random.Generator) -> Ints:
    """Move the posts that share most words with one of them to the end of a stream: a change of subject, no more."""
    counts = corpus.posts.counts["words"][stream]
    rare = np.log(len(stream) / np.maximum(np.bincount(counts.indices, minlength=counts.shape[1]), 1))
    shown = sparse.csr_array((rare[counts.indices], counts.indices, counts.indptr), shape=counts.shape)
    likeness = np.asarray((shown @ shown[[int(rng.integers(stream.size))]].T).todense()).ravel()
    last = np.sort(np.argsort(-likeness, kind="stable")[: min(size, stream.size // 3)])
    return np.concatenate([np.delete(stream, last), stream[last]])


def compare_around(corpus: Corpus, stream: Ints, index: int, model: StyleModel) -> Compared | None:
    """Compare as `around` does, on rows of a corpus; None where it would abstain."""
    folded = [corpus.posts.hands[row].folded for row in stream]
    known, weighed, before = without_copies(folded, *around_span(index, stream.size))
    if (corpus.posts.n_words[stream[known]] > 0).sum() < ITEM_KNOWN_POSTS or weighed.size == 0:
        return None
    bounds = around_bounds(before, weighed.size)
    return compared(corpus.posts.take(stream), known, weighed, bounds, model)


def compare_timeline(corpus: Corpus, stream: Ints, features: Features) -> Changes | None:
    """Weigh all changes as `detect` does, on rows of a corpus; None where it would abstain."""
    known, _ = detect_span(stream.size)
    if (corpus.posts.n_words[stream[known]] > 0).sum() < ITEM_KNOWN_POSTS:
        return None
    return changes(Segments.of(features, stream), known.size)


def calibrate(
    corpus: Corpus,
    models: Sequence[StyleModel],
    fold_of: Ints,
    rng: np.random.Generator,
    progress: Callable[[str, float], None],
) -> tuple[dict[str, Logistic], dict[str, Floats], dict[str, dict[str, float]]]:
    """Fit the calibrations and constants of both doors.

    Parameters
    ----------
    corpus
        The fitting accounts.
    models
        One for each fold: a space that its accounts had no part in, with the calibration of windows.
    fold_of
        Fold of each account; strangers come from the owner's.
    rng
        Of the streams.
    progress
        Told how far it is.
    """
    rows, changed, owners, streams = [], [], [], []
    lines: list[_Line] = []
    for fold, model in enumerate(models):
        accounts = np.flatnonzero(fold_of == fold)
        alike = lookalikes(corpus, model, 0.6, accounts, n=_NEAR)
        progress("splicing stretches", fold / len(models))
        for owner, stranger, stream, index in around_streams(corpus, alike, rng, _AROUND_ROUNDS, accounts):
            found = compare_around(corpus, stream, index, model)
            if found is not None:
                rows.append(around_design(found))
                changed.append(stranger is not None)
                owners.append(owner)
                streams.append((stream, index))
        progress("splicing timelines", fold / len(models))
        lines.extend(_timelines(corpus, model, alike, accounts, rng))
    around = Calibrated.of(np.vstack(rows), np.array(changed), np.array(owners), fold_of)
    habit, habit_tables, habit_measured = _hours(corpus, streams, np.array(changed), np.array(owners), fold_of)
    weights, takeover, parts = _timelines_calibrated(lines, fold_of)
    shares = habits.shares(habits.shown(corpus.posts.hands)).astype(np.float32).astype(np.float64)
    return (
        {"around": around.logistic, "takeover": takeover.logistic, **habit},
        {
            "around_cap": around.cap,
            "takeover_cap": takeover.cap,
            "takeover_above": np.array([takeover.above, parts.above]),
            "takeover_parts": as_table(parts.logistic),
            "segments": weights,
            "habits": shares,
            **habit_tables,
        },
        {"around": around.measured, "takeover": takeover.measured, **habit_measured},
    )


def _timelines_calibrated(lines: Sequence[_Line], fold_of: Ints) -> tuple[Floats, Calibrated, Calibrated]:
    """Weigh the parts of the likelihood, and calibrate timelines with returns and without.

    What a calibration is fitted on is weighed by parts that were fitted without the owner's fold: at use, too, they
    have not seen the owner.
    """

    def fitted(some: Sequence[_Line]) -> Floats:
        return part_weights([(line.found.staying().parts, line.place) for line in some if line.lasts])

    without = [fitted([line for line in lines if fold_of[line.owner] != fold]) for fold in np.unique(fold_of)]
    changed, owner = np.array([line.changed for line in lines]), np.array([line.owner for line in lines])

    def calibrated(every: Sequence[Changes]) -> Calibrated:
        columns = [detect_design(one, without[fold_of[at]]) for one, at in zip(every, owner, strict=True)]
        return Calibrated.of(np.vstack(columns), changed, owner, fold_of)

    whole = calibrated([line.found for line in lines])
    return fitted(lines), whole, calibrated([line.found.staying() for line in lines])


def _hours(
    corpus: Corpus, streams: list[tuple[Ints, int]], changed: NDArray[np.bool_], owner: Ints, fold_of: Ints
) -> tuple[dict[str, Logistic], dict[str, Floats], dict[str, dict[str, float]]]:
    """Calibrate the hours around an act; nothing where the table's times are no times."""
    if corpus.times is None:
        return {}, {}, {}
    found = conduct.shown((corpus.times // 3600 + _WIB - _MONDAY) % (7 * 24))
    share = conduct.shares(found).astype(np.float32).astype(np.float64)
    columns = np.vstack([conduct.design(found[stream], index, share) for stream, index in streams])
    one = Calibrated.of(columns, changed, owner, fold_of)
    return {"behaviour": one.logistic}, {"behaviour": share, "behaviour_cap": one.cap}, {"behaviour": one.measured}


@dataclass(frozen=True, eq=False)
class _Line:
    """A timeline that was looked through.

    Parameters
    ----------
    owner
        Whose it is.
    changed
        Whether somebody else took over.
    lasts
        Whether to the end, at a place that is looked at.
    place
        The true place, counted from the first weighed post.
    found
        All changes, weighed.
    """

    owner: int
    changed: bool
    lasts: bool
    place: int
    found: Changes


def _timelines(
    corpus: Corpus, model: StyleModel, alike: Ints, accounts: Ints, rng: np.random.Generator
) -> Iterator[_Line]:
    """Look through the takeover streams of a fold."""
    features = Features.of(corpus.posts, model.parameters.channels)
    for owner, stranger, stream, first in takeover_streams(corpus, alike, rng, _TAKEOVER_ROUNDS, accounts):
        found = compare_timeline(corpus, stream, features)
        if found is None:
            continue
        place = first - detect_span(stream.size)[0].size
        returned = corpus.starts[owner] <= stream[-1] < corpus.starts[owner + 1]
        line = _Line(owner, stranger is not None, False, place, found)
        yield replace(line, lasts=line.changed and not returned and place < line.found.staying().bounds.shape[0])
