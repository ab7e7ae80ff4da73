"""The space that writing is compared in: how rare each hashed feature is, and how others write.

A channel (characters, words) keeps for each bucket in how many posts of the fitting accounts it stood; a bucket that
fewer than `LEAST_ACCOUNTS` accounts used counts as rare, and is not listed. The background is a set of profiles, each
pooled over at least `LEAST_ACCOUNTS` accounts, with counts rounded to powers of two: enough to say how like anybody a
text is, too little to say who was in the pool.
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

_RARE_POSTS = 5
_TINY = 1e-6
_FAR = 15.0
"""Standard deviations beyond which a normed score says no more (a window of one rare word can lie anywhere)."""

Floats = NDArray[np.float32]


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
        Background counts as levels (0: none, n: about 2**(n-1)), shape (pools, kept), uint8.
    """

    kept: NDArray[np.int32]
    posts_with: NDArray[np.int32]
    n_posts: int
    levels: NDArray[np.uint8]

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
        """Row of each bucket in the background, -1 where it is not kept."""
        table = np.full(BUCKETS, -1, dtype=np.int32)
        table[self.kept] = np.arange(self.kept.size, dtype=np.int32)
        return table

    @cached_property
    def background(self) -> Floats:
        """Unit-length tf-idf profiles of the pools, shape (kept, pools)."""
        tf = np.concatenate([[0.0], 1 + np.arange(255) * np.log(2.0)]).astype(np.float32)
        profiles = tf[self.levels] * self.idf[self.kept]
        lengths = np.linalg.norm(profiles, axis=1, keepdims=True)
        return np.ascontiguousarray((profiles / np.maximum(lengths, _TINY)).T)

    def weighted(self, counts: sparse.csr_array) -> sparse.csr_array:
        """Turn counts into unit-length tf-idf rows with sublinear tf."""
        data = (1 + np.log(counts.data)) * self.idf[counts.indices]
        squares = np.concatenate([[0.0], np.cumsum(data.astype(np.float64) ** 2)])
        lengths = np.sqrt(np.maximum(squares[counts.indptr[1:]] - squares[counts.indptr[:-1]], _TINY))
        data = (data / np.repeat(lengths, np.diff(counts.indptr))).astype(np.float32)
        return sparse.csr_array((data, counts.indices, counts.indptr), shape=counts.shape)

    def against_background(self, weighted: sparse.csr_array) -> Floats:
        """Give the cosine of each tf-idf row with each pool, shape (rows, pools)."""
        places = self.place[weighted.indices]
        held = places >= 0
        indptr = np.concatenate([[0], np.cumsum(held)])[weighted.indptr]
        inside = sparse.csr_array(
            (weighted.data[held], places[held], indptr), shape=(weighted.shape[0], self.kept.size)
        )
        return np.asarray(inside @ self.background, dtype=np.float32)


@dataclass(frozen=True, eq=False)
class Windows:
    """Questioned writing in one channel: one row a window.

    Parameters
    ----------
    counts
        Sublinear counts (1 + log), shape (windows, buckets).
    weighted
        Unit-length tf-idf.
    cosines
        With each background pool.
    sizes
        Sum of each row of ``counts``.
    """

    counts: sparse.csr_array
    weighted: sparse.csr_array
    cosines: Floats
    sizes: NDArray[np.float64]

    @classmethod
    def of(cls, channel: Channel, counts: sparse.csr_array) -> Windows:
        """Prepare windows from their summed counts."""
        weighted = channel.weighted(counts)
        damped = sparse.csr_array((1 + np.log(counts.data), counts.indices, counts.indptr), shape=counts.shape)
        sizes = np.asarray(damped.sum(axis=1), dtype=np.float64).ravel()
        return cls(damped, weighted, channel.against_background(weighted), sizes)

    def rows(self, which: NDArray[np.int64]) -> Windows:
        """Give some of the windows."""
        return Windows(self.counts[which], self.weighted[which], self.cosines[which], self.sizes[which])


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
    cosines
        With each background pool.
    """

    buckets: NDArray[np.int32]
    values: Floats
    absent: tuple[float, ...]
    cosines: Floats

    @classmethod
    def of(cls, channel: Channel, counts: sparse.csr_array) -> History:
        """Prepare known writing from its summed counts, shape (1, buckets)."""
        counts.sort_indices()
        weighted = channel.weighted(counts)
        size = float(counts.sum())
        # log((c + prior p) / p / (n + prior)), split into what every bucket gets and what a present one gains.
        relative = counts.data / channel.commonness[counts.indices]
        gains = [np.log1p(relative / np.float32(prior)) for prior in SMOOTHING]
        absent = tuple(float(np.log(prior / (size + prior))) for prior in SMOOTHING)
        values = np.column_stack([weighted.data, *gains]).astype(np.float32)
        return cls(counts.indices, values, absent, channel.against_background(weighted)[0])

    def met_by(self, windows: Windows) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Give each window's cosine with the known writing, and what its shared buckets gain under each smoothing."""
        rows = windows.weighted
        if self.buckets.size == 0:
            return np.zeros(rows.shape[0]), np.zeros((rows.shape[0], len(SMOOTHING)))
        places = np.minimum(np.searchsorted(self.buckets, rows.indices), self.buckets.size - 1)
        shared = self.buckets[places] == rows.indices
        indptr = np.concatenate([[0], np.cumsum(shared)])[rows.indptr]
        at, shape = places[shared], (rows.shape[0], self.buckets.size)
        cosine = sparse.csr_array((rows.data[shared], at, indptr), shape=shape) @ self.values[:, 0]
        gains = sparse.csr_array((windows.counts.data[shared], at, indptr), shape=shape) @ self.values[:, 1:]
        return np.asarray(cosine, dtype=np.float64), np.asarray(gains, dtype=np.float64)


def _normed(
    score: NDArray[np.float64], cohort: NDArray[np.float64], without: NDArray[np.bool_] | None
) -> NDArray[np.float64]:
    """Express a score in standard deviations of the cohort's scores, some pools left out."""
    use = np.ones(cohort.shape) if without is None else (~without).astype(np.float64)
    n = use.sum(axis=1)
    mean = (cohort * use).sum(axis=1) / n
    sd = np.sqrt(((cohort - mean[:, None]) ** 2 * use).sum(axis=1) / n)
    return np.asarray(np.clip((score - mean) / np.maximum(sd, _TINY), -_FAR, _FAR))


def scores(history: History, windows: Windows, without: NDArray[np.bool_] | None = None) -> NDArray[np.float64]:
    """Compare windows with known writing in one channel.

    Parameters
    ----------
    history, windows
        Of the same channel.
    without
        Background pools to leave out of each comparison, shape (windows, pools): at fitting, those that hold either
        author; at use, none.

    Returns
    -------
    array
        Shape (windows, 5): cosine; cosine normed by the window's and by the history's likeness to others;
        feature likelihood ratio under either smoothing, over the root of the window's size.
    """
    cosine, gains = history.met_by(windows)
    root = np.sqrt(np.maximum(windows.sizes, 1.0))
    likelihoods = [(gains[:, column] + windows.sizes * absent) / root for column, absent in enumerate(history.absent)]
    cohort = windows.cosines.astype(np.float64)
    known = np.broadcast_to(history.cosines.astype(np.float64), cohort.shape)
    return np.column_stack([cosine, _normed(cosine, cohort, without), _normed(cosine, known, without), *likelihoods])
