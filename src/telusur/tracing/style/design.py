"""From scores to one weight: which columns the calibration sees, and how the length of both sides enters."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from telusur.tracing.style.grams import shapes_held
from telusur.tracing.style.normalise import MARKS
from telusur.tracing.style.space import N_SCORES, Channel, History, Windows, scores

KNOWN_WORDS = (60, 1_600)
"""Words of known writing that the calibration has seen; longer or shorter counts as the nearer end."""

QUESTIONED_WORDS = (3, 400)
"""Words of a window that the calibration has seen."""

_FEW_MARKS = 0.01
"""Mentions, links and tags to a word up to which writing counts as bare of them."""

_LEAST_COSINE = 0.003
"""Below it a centred cosine is noise, and its log counts as this one's."""


def log_words(words: NDArray[np.int64], seen: tuple[int, int]) -> NDArray[np.float64]:
    """Give the logs of numbers of words, held within what the calibration has seen."""
    return np.log(np.clip(words.astype(np.float64), *seen))


def bare(counts: Mapping[str, sparse.csr_array], n_words: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell of each text whether it is bare of mentions, links and tags.

    Parameters
    ----------
    counts
        Summed counts by channel, shape (texts, buckets) each.
    n_words
        Words of each text.
    """
    return np.asarray(shapes_held(counts["shapes"], MARKS) <= _FEW_MARKS * n_words)


class Known:
    """Known writing of one author, ready to be compared.

    Parameters
    ----------
    channels
        The space.
    counts
        Summed counts by channel, shape (1, buckets) each.
    n_words
        Words of the known writing.
    """

    def __init__(self, channels: Mapping[str, Channel], counts: Mapping[str, sparse.csr_array], n_words: int) -> None:
        self.n_words = n_words
        self.bare = bool(bare(counts, np.array([n_words]))[0])
        self.histories = {name: History.of(channel, counts[name], n_words) for name, channel in channels.items()}


class Questioned:
    """Windows of questioned writing, ready to be compared with any known writing.

    Parameters
    ----------
    channels
        The space.
    counts
        Summed counts by channel, shape (windows, buckets) each.
    n_words
        Words of each window.
    """

    def __init__(
        self, channels: Mapping[str, Channel], counts: Mapping[str, sparse.csr_array], n_words: NDArray[np.int64]
    ) -> None:
        self.n_words = n_words
        self.bare = bare(counts, n_words)
        self.windows = {name: Windows.of(channel, counts[name], n_words) for name, channel in channels.items()}

    def rows(self, which: NDArray[np.int64]) -> Questioned:
        """Give some of the windows."""
        some = object.__new__(Questioned)
        some.n_words, some.bare = self.n_words[which], self.bare[which]
        some.windows = {name: windows.rows(which) for name, windows in self.windows.items()}
        return some


def columns(
    found: NDArray[np.float64], window_words: NDArray[np.int64], history_words: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Give the columns that the calibration weighs, one row a comparison.

    Scores of all channels; the log of both lengths; and each score times each log length, because a score of a short
    window or a short history says less. Squares of the scores, and logs of the centred cosines, let what one more step
    of a score says depend on how high it is already.

    Parameters
    ----------
    found
        Scores of all channels (`telusur.tracing.style.space.scores`), side by side.
    window_words, history_words
        Words of the two sides of each comparison.
    """
    window, history = log_words(window_words, QUESTIONED_WORDS), log_words(history_words, KNOWN_WORDS)
    logs = np.log(np.maximum(found[:, ::N_SCORES], _LEAST_COSINE))
    by_length = [some * length[:, None] for some in (found, logs) for length in (window, history)]
    return np.column_stack([found, window, history, window * history, *by_length, found**2, logs])


def design(known: Known, questioned: Questioned) -> NDArray[np.float64]:
    """Give the `columns` of each window of questioned writing against known writing.

    Parameters
    ----------
    known, questioned
        The two sides.
    """
    found = np.hstack([scores(known.histories[name], questioned.windows[name]) for name in known.histories])
    return columns(found, questioned.n_words, np.full(questioned.n_words.shape, known.n_words))
