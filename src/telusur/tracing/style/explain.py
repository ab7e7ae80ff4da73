"""What moved a weight: words and ways of setting them, from the case's own posts only, never from other people's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from telusur.tracing.feature import Feature, Kind
from telusur.tracing.style.copies import repeated
from telusur.tracing.style.design import Known, Questioned, columns
from telusur.tracing.style.grams import bucket_of_shape, bucket_of_word, shape
from telusur.tracing.style.model import MOST_KNOWN_POSTS, MOST_POSTS, StyleModel
from telusur.tracing.style.normalise import shown
from telusur.tracing.style.posts import Posts
from telusur.tracing.style.space import N_SCORES, Channel, History, Windows, scores

_RUN = re.compile(r"[^\W_]+")
_LONGEST_SHAPE = 5
_COMMON = 0.004
"""Share of posts at large that a word must stand in to be shown: how somebody writes, never whom they write of."""
_LOW = 0.03
"""A low centred cosine: most of two authors are below."""
_NEPER = float(np.log(10))


def explain(known: Sequence[str], questioned: Sequence[str], model: StyleModel, *, most: int = 6) -> list[Feature]:
    """Give the features of the questioned posts that moved their weight most, either way.

    Parameters
    ----------
    known, questioned
        Posts as published; of each the newest, `MOST_KNOWN_POSTS` and `MOST_POSTS`.
    model
        The fitted model.
    most
        Features to give of either direction.

    Returns
    -------
    list of Feature
        Largest support for the same author first. They show what the likeness rests on and do not add up to the
        weight: pieces of words, which are many and say little each, are left out, and so are the likelihoods.
    """
    mine, theirs = Posts.of(known[-MOST_KNOWN_POSTS:]), Posts.of(questioned[-MOST_POSTS:])
    if not theirs.n_words.sum() or not mine.n_words.sum():
        return []
    history = model.known(mine, np.flatnonzero(~repeated([hand.folded for hand in mine.hands])))
    window = model.questioned(theirs, [np.arange(len(theirs.hands))])
    slopes = _slopes(model, history, window)

    def moved(kind: Kind, name: str, labels: Iterable[str], bucket: Callable[[str], int]) -> list[Feature]:
        channel = model.parameters.channels[name]
        distinct = list(dict.fromkeys(labels))
        buckets = np.array([bucket(label) for label in distinct], dtype=np.int64)
        place = channel.place[buckets]
        often = np.where(place >= 0, channel.posts_with[place], 0) >= _COMMON * channel.n_posts
        bans = (
            _parts(channel, history.histories[name], window.windows[name], buckets) * slopes[name] / _NEPER
        ).tolist()
        return [
            Feature(shown(label), value, kind)
            for label, value, common in zip(distinct, bans, often, strict=True)
            if common or kind == "setting"
        ]

    found = [
        *moved("word", "words", (w for hand in theirs.hands for w in _RUN.findall(hand.folded)), bucket_of_word),
        *moved("setting", "shapes", (s for hand in theirs.hands for s in _settings(hand.cased)), bucket_of_shape),
    ]
    typical = sorted((f for f in found if f.bans > 0), key=lambda f: (-f.bans, f.label))
    untypical = sorted((f for f in found if f.bans < 0), key=lambda f: (f.bans, f.label))
    return [*_distinct(typical, most), *reversed(_distinct(untypical, most))]


def _settings(cased: str) -> list[str]:
    """Give the shapes in a text that hold something else than letters and spaces."""
    text = shape(f" {cased} ")
    spans = (text[at : at + n] for n in range(1, _LONGEST_SHAPE + 1) for at in range(len(text) - n + 1))
    return [gram for gram in spans if gram.strip(" aA")]


def _distinct(features: Sequence[Feature], most: int) -> list[Feature]:
    """Give the first few that are not one sign with more or fewer letters around it."""
    kept: dict[tuple[Kind, str], Feature] = {}
    for feature in features:
        core = feature.label.strip(" aA") if feature.kind == "setting" else feature.label
        kept.setdefault((feature.kind, core), feature)
        if len(kept) == most:
            break
    return list(kept.values())


def _slopes(model: StyleModel, history: Known, window: Questioned) -> dict[str, float]:
    """Give what a unit of each channel's centred cosine adds to the log odds, on average from nought up to where it is.

    A cosine near nought or below counts as a low one: a sign that speaks against shall not seem to speak for.
    """
    logistic = model.calibration(bare=history.bare and bool(window.bare[0]))
    names = list(model.parameters.channels)
    found = [float(scores(history.histories[name], window.windows[name])[0, 0]) for name in names]
    n, step = len(names) * N_SCORES, np.maximum(found, _LOW)
    raised = np.zeros((1 + len(names), n))
    raised[np.arange(len(names)), np.arange(len(names)) * N_SCORES] = step
    lengths = [np.full(1 + len(names), n_words) for n_words in (window.n_words[0], history.n_words)]
    odds = (columns(raised, *lengths) / logistic.spread) @ logistic.weights[1:]
    return dict(zip(names, ((odds[:-1] - odds[-1]) / step).tolist(), strict=True))


def _parts(channel: Channel, history: History, windows: Windows, buckets: NDArray[np.int64]) -> NDArray[np.float64]:
    """Give what each bucket adds to the centred cosine of the one window."""
    weighted = windows.weighted[[0]]
    weighted.sort_indices()
    place = channel.place[buckets]
    typical = np.where(place[:, None] >= 0, channel.expected[place], 0.0)
    mine = _looked_up(history.buckets, history.values[:, 0], buckets) - typical @ history.centred.shares[0]
    theirs = _looked_up(weighted.indices, weighted.data, buckets) - typical @ windows.centred.shares[0]
    return np.asarray(mine * theirs / (history.centred.lengths[0] * windows.centred.lengths[0]))


def _looked_up(at: NDArray[np.int32], values: NDArray[np.float32], buckets: NDArray[np.int64]) -> NDArray[np.float64]:
    """Give the value of each bucket, 0 where it has none."""
    if not at.size:
        return np.zeros(buckets.size)
    places = np.minimum(np.searchsorted(at, buckets), at.size - 1)
    return np.where(at[places] == buckets, values[places], 0.0).astype(np.float64)
