"""Posts counted once, so that any window of them can be summed without hashing again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from telusur.tracing.style.grams import BUCKETS, count_characters, count_shapes, count_words
from telusur.tracing.style.normalise import Hand, normalise


@dataclass(frozen=True, eq=False)
class Posts:
    """Posts of one writer or stream, in order.

    Parameters
    ----------
    hands
        Normalised texts.
    counts
        Counts by channel, shape (posts, buckets in use) each.
    buckets
        By channel, the buckets in use, ascending: what the columns of ``counts`` stand for. Sums in the full space
        would cost a walk over a million columns each.
    n_words
        Words of each post.
    """

    hands: tuple[Hand, ...]
    counts: dict[str, sparse.csr_array]
    buckets: dict[str, NDArray[np.int32]]
    n_words: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Posts:
        """Normalise and count texts as published."""
        return cls._counted(normalise(texts))

    def bare(self) -> Posts:
        """Give the same posts without mentions, links and tags."""
        return self._counted(tuple(hand.bare() for hand in self.hands))

    @classmethod
    def _counted(cls, hands: tuple[Hand, ...]) -> Posts:
        n_words = np.array([hand.n_words for hand in hands], dtype=np.int64)
        counts = {
            "characters": count_characters([hand.cased for hand in hands]),
            "shapes": count_shapes([hand.cased for hand in hands]),
            "words": count_words([hand.folded for hand in hands]),
        }
        every = np.arange(BUCKETS, dtype=np.int32)
        return cls._compact(hands, counts, dict.fromkeys(counts, every), n_words)

    @classmethod
    def _compact(
        cls,
        hands: tuple[Hand, ...],
        counts: dict[str, sparse.csr_array],
        buckets: dict[str, NDArray[np.int32]],
        n_words: NDArray[np.int64],
    ) -> Posts:
        """Drop the columns that no post uses."""
        small: dict[str, sparse.csr_array] = {}
        used: dict[str, NDArray[np.int32]] = {}
        for name, wide in counts.items():
            present = np.zeros(wide.shape[1], dtype=bool)
            present[wide.indices] = True
            place = np.cumsum(present, dtype=np.int32) - 1
            used[name] = buckets[name][present]
            small[name] = sparse.csr_array(
                (wide.data, place[wide.indices], wide.indptr), shape=(wide.shape[0], used[name].size)
            )
        return cls(hands, small, used, n_words)

    def take(self, rows: NDArray[np.int64]) -> Posts:
        """Give some of the posts, in the order asked for."""
        return self._compact(
            tuple(self.hands[row] for row in rows),
            {name: sparse.csr_array(counts[rows]) for name, counts in self.counts.items()},
            self.buckets,
            self.n_words[rows],
        )

    def summed(self, windows: Sequence[NDArray[np.int64]]) -> tuple[dict[str, sparse.csr_array], NDArray[np.int64]]:
        """Add up the counts and words of each window, given as positions of its posts."""
        sizes = np.array([window.size for window in windows], dtype=np.int64)
        members = np.concatenate(windows) if windows else np.zeros(0, np.int64)
        if (sizes == 1).all():  # single posts need no adding
            single = {name: self._widened(counts[members], name) for name, counts in self.counts.items()}
            return single, self.n_words[members]
        indptr = np.concatenate([[0], np.cumsum(sizes)])
        adder = sparse.csr_array(
            (np.ones(members.size, np.float32), members, indptr), shape=(sizes.size, len(self.hands))
        )
        words = np.asarray(adder @ self.n_words.astype(np.float64)).astype(np.int64)
        return {name: self._widened(adder @ counts, name) for name, counts in self.counts.items()}, words

    def _widened(self, summed: sparse.csr_array, name: str) -> sparse.csr_array:
        summed.sort_indices()
        columns = self.buckets[name][summed.indices]
        return sparse.csr_array((summed.data, columns, summed.indptr), shape=(summed.shape[0], BUCKETS))
