"""From scores to one weight: which columns the calibration sees, and how the length of both sides enters."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from telusur.tracing.style.space import Channel, History, Windows, scores

KNOWN_WORDS = (60, 1_600)
"""Words of known writing that the calibration has seen; longer or shorter counts as the nearer end."""

QUESTIONED_WORDS = (3, 400)
"""Words of a window that the calibration has seen."""


def log_words(words: NDArray[np.int64], seen: tuple[int, int]) -> NDArray[np.float64]:
    """Give the logs of numbers of words, held within what the calibration has seen."""
    return np.log(np.clip(words.astype(np.float64), *seen))


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
        self.windows = {name: Windows.of(channel, counts[name], n_words) for name, channel in channels.items()}

    def rows(self, which: NDArray[np.int64]) -> Questioned:
        """Give some of the windows."""
        some = object.__new__(Questioned)
        some.n_words = self.n_words[which]
        some.windows = {name: windows.rows(which) for name, windows in self.windows.items()}
        return some


def design(known: Known, questioned: Questioned) -> NDArray[np.float64]:
    """Give the columns that the calibration weighs, one row a window.

    Scores of all channels; the log of both lengths; and each score times each log length, because a score of a short
    window or a short history says less.

    Parameters
    ----------
    known, questioned
        The two sides.
    """
    columns = np.hstack([scores(known.histories[name], questioned.windows[name]) for name in known.histories])
    window = log_words(questioned.n_words, QUESTIONED_WORDS)
    history = np.full(window.shape, log_words(np.array([known.n_words]), KNOWN_WORDS)[0])
    return np.column_stack(
        [columns, window, history, window * history, columns * window[:, None], columns * history[:, None]]
    )
