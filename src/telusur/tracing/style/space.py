"""The space that texts are compared in: weighted hashed counts, and how anybody's texts of such a length look.

Two models of different kind score each comparison. The *centred cosine* asks what the two sides share beyond what
texts of their lengths share whoever wrote them: each side's vector less the expected one. The *feature likelihood*
(Dirichlet-multinomial, as in Carne and Ishihara 2020) asks how much likelier the known writing makes each feature of
the window than writing at large does.

What is known of others are means over all fitting accounts, never a profile of one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from telusur.tracing.style.grams import BUCKETS

LEAST_ACCOUNTS = 5
SMOOTHING = (300.0, 30_000.0)
"""Prior counts of the two feature likelihoods: a nearby and a far-reaching look at the known writing."""

N_SCORES = 1 + len(SMOOTHING)
"""Scores of each channel (`scores`), the centred cosine first."""

ANCHORS = (1, 5, 20, 120)
"""Posts of the texts whose expected vectors are kept; between them it is interpolated by words."""

_RARE_POSTS = 5
_TINY = 1e-6
_STEPS = 12.0
"""Levels of an expected value to a factor of two: three per cent each."""

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Channel:
    """One kind of feature.

    Parameters
    ----------
    kept
        Buckets that enough accounts used, ascending.
    posts_with
        In how many posts of the fitting accounts each kept bucket stood.
    n_posts
        Posts the figures come from.
    levels
        Expected tf-idf of each kept bucket in anybody's text of each anchor's length, as levels (0: none, n:
        2**-((n-1)/12)), shape (anchors, kept), uint8.
    words
        Mean words of the texts of each anchor, shape (anchors,).
    """

    kept: NDArray[np.int32]
    posts_with: NDArray[np.int32]
    n_posts: int
    levels: NDArray[np.uint8]
    words: Doubles

    @cached_property
    def idf(self) -> Floats:
        """Inverse document frequency of every bucket, smoothed; a rare bucket counts as standing in five posts."""
        table = np.full(BUCKETS, np.log((1 + self.n_posts) / (1 + _RARE_POSTS)) + 1, dtype=np.float32)
        table[self.kept] = np.log((1 + self.n_posts) / (1 + self.posts_with)) + 1
        return table

    @cached_property
    def commonness(self) -> Floats:
        """Share of every bucket in writing at large."""
        table = np.full(BUCKETS, 1.0, dtype=np.float32)
        table[self.kept] = self.posts_with
        return (table / np.float32(max(int(self.posts_with.sum()), 1))).astype(np.float32)

    @cached_property
    def place(self) -> NDArray[np.int32]:
        """Row of each bucket among the kept ones, -1 where it is not kept."""
        table = np.full(BUCKETS, -1, dtype=np.int32)
        table[self.kept] = np.arange(self.kept.size, dtype=np.int32)
        return table

    @cached_property
    def expected(self) -> Floats:
        """Expected vectors, shape (kept, anchors)."""
        values = np.where(self.levels > 0, 2.0 ** ((1.0 - self.levels) / _STEPS), 0.0)
        return np.ascontiguousarray(values.T, dtype=np.float32)

    @cached_property
    def overlap(self) -> Doubles:
        """Products of the expected vectors, shape (anchors, anchors)."""
        wide = self.expected.astype(np.float64)
        return wide.T @ wide

    def weighted(self, counts: sparse.csr_array) -> sparse.csr_array:
        """Turn counts into unit-length tf-idf rows with sublinear tf."""
        damped = _damped(counts)
        damped.data *= self.idf[counts.indices]
        return _unit(damped)

    def against_expected(self, weighted: sparse.csr_array) -> Doubles:
        """Give the product of each tf-idf row with each expected vector, shape (rows, anchors)."""
        places = self.place[weighted.indices]
        held = np.flatnonzero(places >= 0)
        indptr = np.searchsorted(held, weighted.indptr)
        inside = sparse.csr_array(
            (weighted.data[held], places[held], indptr), shape=(weighted.shape[0], self.kept.size)
        )
        return np.asarray(inside @ self.expected, dtype=np.float64)

    def shares(self, n_words: NDArray[np.int64]) -> Doubles:
        """Give how much each anchor counts for texts of so many words, shape (texts, anchors)."""
        at = np.log(np.maximum(n_words, 1))
        anchors = np.log(np.maximum(self.words, 1.0))
        return np.column_stack([np.interp(at, anchors, row) for row in np.eye(anchors.size)])


def _damped(counts: sparse.csr_array) -> sparse.csr_array:
    """Give 1 + log of counts."""
    return sparse.csr_array((1 + np.log(counts.data), counts.indices, counts.indptr), shape=counts.shape)


def _unit(rows: sparse.csr_array) -> sparse.csr_array:
    """Scale rows to unit length."""
    squares = sparse.csr_array((rows.data * rows.data, rows.indices, rows.indptr), shape=rows.shape).sum(axis=1)
    scale = 1 / np.sqrt(np.maximum(np.asarray(squares, dtype=np.float64).ravel(), _TINY))
    rows.data *= np.repeat(scale.astype(np.float32), np.diff(rows.indptr))
    return rows


def as_levels(expected: Doubles) -> NDArray[np.uint8]:
    """Round expected values, at most 1, to the levels that are shipped."""
    with np.errstate(divide="ignore"):
        levels = np.rint(1 - _STEPS * np.log2(expected))
    return np.where(levels <= 255, levels, 0).astype(np.uint8)  # noqa: PLR2004 - what a byte holds


@dataclass(frozen=True, eq=False)
class _Centred:
    """Rows, less what anybody's text of such a length holds.

    Parameters
    ----------
    products
        With each expected vector, shape (rows, anchors).
    shares
        How much each of those counts, shape (rows, anchors).
    lengths
        Of each row less its expected vector.
    """

    products: Doubles
    shares: Doubles
    lengths: Doubles

    @classmethod
    def of(cls, channel: Channel, weighted: sparse.csr_array, n_words: NDArray[np.int64]) -> _Centred:
        products, shares = channel.against_expected(weighted), channel.shares(n_words)
        own = (np.diff(weighted.indptr) > 0).astype(np.float64)
        squares = own - 2 * (products * shares).sum(1) + ((shares @ channel.overlap) * shares).sum(1)
        return cls(products, shares, np.sqrt(np.maximum(squares, _TINY)))

    def rows(self, which: NDArray[np.int64]) -> _Centred:
        return _Centred(self.products[which], self.shares[which], self.lengths[which])


@dataclass(frozen=True, eq=False)
class Windows:
    """Questioned writing in one channel: one row a window.

    Parameters
    ----------
    counts
        Sublinear counts (1 + log), shape (windows, buckets).
    weighted
        Unit-length tf-idf.
    centred
        The same, less the expected.
    sizes
        Sum of each row of ``counts``.
    """

    counts: sparse.csr_array
    weighted: sparse.csr_array
    centred: _Centred
    sizes: Doubles

    @classmethod
    def of(cls, channel: Channel, counts: sparse.csr_array, n_words: NDArray[np.int64]) -> Windows:
        """Prepare windows from their summed counts and their words."""
        weighted = channel.weighted(counts)
        damped = _damped(counts)
        sizes = np.asarray(damped.sum(axis=1), dtype=np.float64).ravel()
        return cls(damped, weighted, _Centred.of(channel, weighted, n_words), sizes)

    def rows(self, which: NDArray[np.int64]) -> Windows:
        """Give some of the windows."""
        return Windows(self.counts[which], self.weighted[which], self.centred.rows(which), self.sizes[which])


@dataclass(frozen=True, eq=False)
class History:
    """Known writing in one channel, ready to be compared with many windows.

    Parameters
    ----------
    buckets
        Buckets that stand in the known writing, ascending.
    values
        For each: unit-length tf-idf, and the gain under either smoothing, shape (buckets, 3).
    absent
        Log likelihood ratio of a bucket that the known writing lacks, for either smoothing.
    centred
        Its one row, less the expected.
    overlap
        Products of the channel's expected vectors.
    """

    buckets: NDArray[np.int32]
    values: Floats
    absent: tuple[float, ...]
    centred: _Centred
    overlap: Doubles

    @classmethod
    def of(cls, channel: Channel, counts: sparse.csr_array, n_words: int) -> History:
        """Prepare known writing from its summed counts, shape (1, buckets), and its words."""
        counts.sort_indices()
        weighted = channel.weighted(counts)
        size = float(counts.sum())
        # log((c + prior p) / p / (n + prior)), split into what every bucket gets and what a present one gains.
        relative = counts.data / channel.commonness[counts.indices]
        gains = [np.log1p(relative / np.float32(prior)) for prior in SMOOTHING]
        absent = tuple(float(np.log(prior / (size + prior))) for prior in SMOOTHING)
        values = np.column_stack([weighted.data, *gains]).astype(np.float32)
        centred = _Centred.of(channel, weighted, np.array([n_words]))
        return cls(counts.indices, values, absent, centred, channel.overlap)

    def met_by(self, windows: Windows) -> tuple[Doubles, Doubles]:
        """Give each window's cosine with the known writing, and what its shared buckets gain under each smoothing."""
        rows = windows.weighted
        if self.buckets.size == 0:
            return np.zeros(rows.shape[0]), np.zeros((rows.shape[0], len(SMOOTHING)))
        table = np.full(BUCKETS, -1, dtype=np.int32)
        table[self.buckets] = np.arange(self.buckets.size, dtype=np.int32)
        places = table[rows.indices]
        shared = np.flatnonzero(places >= 0)
        indptr = np.searchsorted(shared, rows.indptr)
        at, shape = places[shared], (rows.shape[0], self.buckets.size)
        cosine = sparse.csr_array((rows.data[shared], at, indptr), shape=shape) @ self.values[:, 0]
        gains = sparse.csr_array((windows.counts.data[shared], at, indptr), shape=shape) @ self.values[:, 1:]
        return np.asarray(cosine, dtype=np.float64), np.asarray(gains, dtype=np.float64)


def scores(history: History, windows: Windows) -> Doubles:
    """Compare windows with known writing in one channel.

    Parameters
    ----------
    history, windows
        Of the same channel.

    Returns
    -------
    array
        Shape (windows, 3): centred cosine; feature likelihood ratio under either smoothing, over the root of the
        window's size.
    """
    cosine, gains = history.met_by(windows)
    root = np.sqrt(np.maximum(windows.sizes, 1.0))
    likelihoods = [(gains[:, column] + windows.sizes * absent) / root for column, absent in enumerate(history.absent)]
    mine, theirs = history.centred, windows.centred
    expected = theirs.shares @ (history.overlap @ mine.shares[0])
    shared = cosine - theirs.shares @ mine.products[0] - theirs.products @ mine.shares[0] + expected
    return np.column_stack([shared / (mine.lengths[0] * theirs.lengths), *likelihoods])
