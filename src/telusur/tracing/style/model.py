"""Style as evidence: how much better "the same writer" explains a window of posts than "somebody else"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from telusur.domain.text import Text
from telusur.tracing.style.bounds import held_at_one
from telusur.tracing.style.copies import copied, repeated
from telusur.tracing.style.design import Known, Questioned, design
from telusur.tracing.style.logistic import Logistic
from telusur.tracing.style.parameters import Parameters
from telusur.tracing.style.posts import Posts
from telusur.tracing.style.register import REGISTERS_DIFFER, UNFAMILIAR, familiar, written_otherwise

SHIPPED = Path(__file__).parent.parent / "params" / "style-id.npz"

LEAST_KNOWN_POSTS, LEAST_WORDS = 10, 3
"""Below either, any comparison abstains (contracts.md, section 3)."""

ITEM_KNOWN_POSTS, ITEM_WORDS = 30, 8
"""Below either, style is no item of a dossier."""

MOST_KNOWN_POSTS = 200
"""The newest known posts that are used: the calibration has seen no longer history, and people change."""

MOST_POSTS = 40
"""Longer windows are weighed in parts of this many posts and the parts averaged: never summed, they share a writer."""

_NEPER = float(np.log(10))
_Z95 = 1.959964

TOO_LITTLE_KNOWN = Text(
    "hanya {n} unggahan pembanding yang dapat dipakai; gaya tulisan baru dapat ditimbang mulai {least}",
    "only {n} known posts can be used; style can be weighed from {least} on",
)
TOO_FEW_WORDS = Text(
    "hanya {n} kata yang dapat dipakai dalam tulisan yang dipersoalkan; diperlukan sedikitnya {least}",
    "only {n} words can be used in the questioned writing; at least {least} are needed",
)


@dataclass(frozen=True, slots=True)
class StyleResult:
    """Weight of a window's style for "written by the author of the known posts" against "by somebody else".

    Parameters
    ----------
    log10_lr
        In bans, within the cap; positive supports the same author.
    lower, upper
        Its 95 % interval, in bans, within the cap: uncertainty of the calibration, clustered by author.
    cap
        What the validation comparisons of such lengths support at most (ELUB), in bans.
    uncapped
        The weight before the cap, in bans.
    n_known
        Known posts used.
    n_words
        Words of the questioned window used.
    n_copied
        Questioned posts left out because they stand elsewhere too.
    """

    log10_lr: float
    lower: float
    upper: float
    cap: tuple[float, float]
    uncapped: float
    n_known: int
    n_words: int
    n_copied: int = 0


@dataclass(frozen=True, slots=True)
class Abstention:
    """No weight, and why.

    Parameters
    ----------
    reason
        In both languages.
    """

    reason: Text


def within(bans: float, error: float, cap: tuple[float, float]) -> tuple[float, float, float]:
    """Give a weight and the two ends of its 95 % interval, all held by a cap, in bans.

    Parameters
    ----------
    bans, error
        The weight and its standard error, in bans.
    cap
        What validation supports, in bans.
    """
    value, lower, upper = np.clip([bans, bans - _Z95 * error, bans + _Z95 * error], *cap).tolist()
    return value, lower, upper


@dataclass(frozen=True, eq=False)
class StyleModel:
    """The fitted model.

    Parameters
    ----------
    parameters
        What it has learned.
    sha256
        Of the parameter file, which names the model; empty for one that was never written.
    """

    parameters: Parameters
    sha256: str = ""

    def known(self, posts: Posts, which: NDArray[np.int64] | None = None) -> Known:
        """Prepare known posts (all, or those at the positions given) for comparison."""
        window = np.arange(len(posts.hands)) if which is None else which
        counts, words = posts.summed([window])
        return Known(self.parameters.channels, counts, int(words[0]))

    def questioned(self, posts: Posts, windows: Sequence[NDArray[np.int64]]) -> Questioned:
        """Prepare windows of posts for comparison."""
        counts, words = posts.summed(windows)
        return Questioned(self.parameters.channels, counts, words)

    def bans(self, known: Known, questioned: Questioned) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Give the weight of each window and its standard error, in bans, before any cap."""
        columns = design(known, questioned)
        bare = questioned.bare & known.bare
        log_odds, error = self.calibration(bare=False).log_odds(columns)
        if bare.any():
            log_odds[bare], error[bare] = self.calibration(bare=True).log_odds(columns[bare])
        return log_odds / _NEPER, error / _NEPER

    def calibration(self, *, bare: bool) -> Logistic:
        """Give the calibration of windows: a score says less where both sides are bare of mentions, links and tags."""
        every = self.parameters.calibrations
        return every["bare"] if bare and "bare" in every else every["window"]

    def cap(self, n_words: int) -> tuple[float, float]:
        """Give what validation supports for a window of so many words, in bans."""
        lower, upper = self._caps(np.array([n_words]))[0, :2].tolist()
        return lower, upper

    def held(self, bans: NDArray[np.float64], n_words: NDArray[np.int64]) -> NDArray[np.float64]:
        """Give weights as they count: no more than a ban where that would mislead too often, and within the cap.

        Parameters
        ----------
        bans
            Weights before any cap (`bans`).
        n_words
            Words of each window.
        """
        lower, upper, below, above = self._caps(n_words).T
        return np.asarray(np.clip(held_at_one(bans, below, above), lower, upper))

    def _caps(self, n_words: NDArray[np.int64]) -> NDArray[np.float64]:
        """Give lower and upper cap, and from where on a weight may pass one ban, shape (windows, 4)."""
        table = self.parameters.tables["caps"]
        places = np.maximum(np.searchsorted(table[:, 0], n_words, side="right") - 1, 0)
        return np.asarray(table[places, 1:])

    def compare(
        self,
        known: Sequence[str],
        questioned: Sequence[str],
        *,
        least_known: int = LEAST_KNOWN_POSTS,
        least_words: int = LEAST_WORDS,
        known_register: str = "post",
        questioned_register: str = "post",
    ) -> StyleResult | Abstention:
        """Weigh the style of a window of posts against known posts of one author.

        Parameters
        ----------
        known
            Known posts in time order, before the window.
        questioned
            The window: posts that, if one person wrote one of them, that person wrote all.
        least_known, least_words
            Known posts and questioned words below which the comparison abstains; `ITEM_KNOWN_POSTS` and `ITEM_WORDS`
            for an item of a dossier.
        known_register, questioned_register
            Kind of writing (`post`, `chat`, `letter`, `other`); unlike kinds are not compared.
        """
        if known_register != questioned_register:
            return Abstention(REGISTERS_DIFFER)
        mine, theirs = Posts.of(known[-MOST_KNOWN_POSTS:]), Posts.of(questioned)
        return self.compare_posts(mine, theirs, least_known=least_known, least_words=least_words)

    def compare_posts(
        self, known: Posts, questioned: Posts, *, least_known: int = LEAST_KNOWN_POSTS, least_words: int = LEAST_WORDS
    ) -> StyleResult | Abstention:
        """Weigh as `compare` does, from posts counted before."""
        if written_otherwise(known.n_words, questioned.n_words):
            return Abstention(REGISTERS_DIFFER)
        folded = [hand.folded for hand in known.hands]
        copies = np.array(copied([hand.folded for hand in questioned.hands], folded), dtype=bool)
        window = np.flatnonzero(~copies)
        n_words = int(questioned.n_words[window].sum())
        if n_words < least_words:
            return Abstention(TOO_FEW_WORDS.filled(n=n_words, least=least_words))
        n_known = int((known.n_words > 0).sum())
        if n_known < least_known:
            return Abstention(TOO_LITTLE_KNOWN.filled(n=n_known, least=least_known))
        characters = self.parameters.channels["characters"]
        if not (familiar(known, characters) and familiar(questioned, characters)):
            return Abstention(UNFAMILIAR)
        parts = np.array_split(window, -(-window.size // MOST_POSTS))
        history = np.flatnonzero(~repeated(folded))
        bans, error = self.bans(self.known(known, history), self.questioned(questioned, parts))
        return self.result(float(bans.mean()), float(error.mean()), n_known, n_words, int(copies.sum()))

    def result(self, bans: float, error: float, n_known: int, n_words: int, n_copied: int) -> StyleResult:
        """Give a weight with its interval, both held by the cap of its length."""
        ends = np.array([bans, bans - _Z95 * error, bans + _Z95 * error])
        value, lower, upper = self.held(ends, np.full(ends.size, n_words)).tolist()
        return StyleResult(value, lower, upper, self.cap(n_words), bans, n_known, n_words, n_copied)


@lru_cache(maxsize=4)
def load(path: Path = SHIPPED) -> StyleModel:
    """Give the fitted model, the shipped one unless another file is named.

    Parameters
    ----------
    path
        Parameter file written by `telusur trace fit`.

    Raises
    ------
    BadInput
        If the file is missing or no parameter file.
    """
    return StyleModel(*Parameters.read(path))
