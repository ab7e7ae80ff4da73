"""Weigh many comparisons and timelines, account by account, in as many processes as wanted.

Work is cut into tasks of a few accounts that carry their own texts, so that memory grows with a task and not with the
table, and the same table gives the same weights whatever the number of processes.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from telusur.tracing import changepoint
from telusur.tracing.changepoint import Post
from telusur.tracing.style.copies import copied, repeated
from telusur.tracing.style.model import LEAST_KNOWN_POSTS, LEAST_WORDS, StyleModel, load
from telusur.tracing.style.posts import Posts
from telusur.tracing.style.register import familiar, written_otherwise

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

A_TASK: Final = 8
"""Accounts of one task."""

_AT_ONCE: Final = 8_000
"""Posts that are counted at once."""

_START = datetime(1970, 1, 1, tzinfo=UTC)
_Asked = TypeVar("_Asked")
_Answered = TypeVar("_Answered")


@dataclass(frozen=True, eq=False)
class Ask:
    """Windows to be weighed against one history.

    Parameters
    ----------
    history
        Positions of its posts among the task's texts.
    windows
        Positions of each window's posts.
    """

    history: Ints
    windows: list[Ints]


@dataclass(frozen=True, eq=False)
class Task:
    """Comparisons of a few accounts.

    Parameters
    ----------
    texts
        All that the comparisons need.
    asks
        One a history.
    rarity
        Inverse document frequency of each bucket of character n-grams, for the plain baseline.
    """

    texts: list[str]
    asks: list[Ask]
    rarity: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Weighed:
    """What the model and the plain baseline say of windows.

    Parameters
    ----------
    bans, uncapped
        Weight for "the same author", in bans, with and without the cap; 0 where the model abstains.
    words
        Words of each window that are used.
    speaks
        Whether the model weighs it at all.
    cosine
        Likeness by the plain baseline: cosine of character n-grams, 0 to 1.
    """

    bans: Floats
    uncapped: Floats
    words: Ints
    speaks: Bools
    cosine: Floats

    @classmethod
    def joined(cls, parts: Sequence[Weighed]) -> Weighed:
        """Put answers one after the other."""
        fields = ("bans", "uncapped", "words", "speaks", "cosine")
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in fields))

    @classmethod
    def nothing(cls) -> Weighed:
        """Give no answer."""
        none = np.zeros(0)
        return cls(none, none, none.astype(np.int64), none.astype(bool), none)

    def rows(self, which: Ints) -> Weighed:
        """Give some of the answers."""
        return Weighed(
            self.bans[which], self.uncapped[which], self.words[which], self.speaks[which], self.cosine[which]
        )


def weigh(posts: Posts, model: StyleModel, history: Ints, windows: Sequence[Ints]) -> tuple[Floats, Floats, Ints]:
    """Weigh windows against a history as `StyleModel.compare_posts` does, all in one go.

    Parameters
    ----------
    posts
        What the positions point into.
    model
        The fitted model.
    history, windows
        Positions of known and of questioned posts.

    Returns
    -------
    tuple of arrays
        Bans with the cap, without it, and words used; without enough words, known posts, or writing that the model
        knows, 0 bans and 0 words.
    """
    mine = posts.take(history)
    channel = model.parameters.channels["characters"]
    bans, uncapped, words = np.zeros(len(windows)), np.zeros(len(windows)), np.zeros(len(windows), np.int64)
    if int((mine.n_words > 0).sum()) < LEAST_KNOWN_POSTS or not familiar(mine, channel):
        return bans, uncapped, words
    left = _without_copies(posts, mine, windows)
    enough = [
        place
        for place, window in enumerate(left)
        if posts.n_words[window].sum() >= LEAST_WORDS
        and not written_otherwise(mine.n_words, posts.n_words[windows[place]])
        and familiar(posts.take(windows[place]), channel)
    ]
    if not enough:
        return bans, uncapped, words
    which = np.array(enough)
    questioned = model.questioned(posts, [left[place] for place in enough])
    distinct = history[~repeated([hand.folded for hand in mine.hands])]
    uncapped[which] = model.bans(model.known(posts, distinct), questioned)[0]
    words[which] = questioned.n_words
    bans[which] = model.held(uncapped[which], words[which])
    return bans, uncapped, words


def _without_copies(posts: Posts, mine: Posts, windows: Sequence[Ints]) -> list[Ints]:
    """Leave out of each window what stands in the history or earlier in the window itself."""
    known = [hand.folded for hand in mine.hands]
    rows = list(dict.fromkeys(int(row) for window in windows for row in window))
    # Only posts that are copies among all of them can be copies within a window: few windows are looked at again.
    suspects = {
        row for row, copy in zip(rows, copied([posts.hands[r].folded for r in rows], known), strict=True) if copy
    }
    left = []
    for window in windows:
        if suspects.isdisjoint(window.tolist()):
            left.append(window)
        else:
            left.append(window[~np.array(copied([posts.hands[row].folded for row in window], known), dtype=bool)])
    return left


def answered(task: Task, model: StyleModel) -> list[Weighed]:
    """Do one task; one answer an ask."""
    posts = Posts.of(task.texts)
    found = []
    for ask in task.asks:
        bans, uncapped, words = weigh(posts, model, ask.history, ask.windows)
        cosine = _cosine(posts, ask, task.rarity)
        found.append(Weighed(bans, uncapped, words, words >= LEAST_WORDS, cosine))
    return found


def rarity(texts: Sequence[str]) -> NDArray[np.float32]:
    """Give the inverse document frequency of each bucket of character n-grams, from posts."""
    held = np.zeros(0, np.int64)
    for first in range(0, len(texts), _AT_ONCE):
        some = texts[first : first + _AT_ONCE]
        counts = Posts.of(some).summed([np.array([row]) for row in range(len(some))])[0]["characters"]
        here = np.bincount(counts.indices, minlength=counts.shape[1])
        held = held + here if held.size else here
    return np.asarray(np.log((1 + len(texts)) / (1 + held)) + 1, dtype=np.float32)


def _cosine(posts: Posts, ask: Ask, rare: NDArray[np.float32]) -> Floats:
    counts = posts.summed([ask.history, *ask.windows])[0]["characters"]
    data = ((1 + np.log(counts.data)) * rare[counts.indices]).astype(np.float64)
    profiles = sparse.csr_array((data, counts.indices, counts.indptr), shape=counts.shape)
    norms = np.sqrt(np.asarray(profiles.multiply(profiles).sum(axis=1)).ravel())
    dots = (profiles[1:] @ profiles[[0]].T).toarray().ravel()
    return np.asarray(np.divide(dots, norms[1:] * norms[0], out=np.zeros(dots.size), where=norms[1:] * norms[0] > 0))


@dataclass(frozen=True, eq=False)
class Timeline:
    """A stream that may have been taken over.

    Parameters
    ----------
    texts, times
        Its posts in time order; microseconds since 1970, UTC.
    """

    texts: list[str]
    times: Ints


@dataclass(frozen=True, slots=True)
class Change:
    """What a timeline says of a change of writer.

    Parameters
    ----------
    bans
        For a change, against none; 0 where nothing is weighed.
    at, interval
        First post by another and its 95 % interval; None below one ban.
    abstained
        Whether nothing was weighed.
    """

    bans: float
    at: int | None
    interval: tuple[int, int] | None
    abstained: bool


def changes(timelines: Sequence[Timeline], model: StyleModel) -> list[Change]:
    """Look for a change of writer in each timeline, as ``telusur trace takeover`` does."""
    found = []
    for line in timelines:
        posts = [
            Post(text, _START + timedelta(microseconds=int(at)))
            for text, at in zip(line.texts, line.times, strict=True)
        ]
        one = changepoint.detect(posts, model)
        found.append(Change(one.log10_bf, one.change_index, one.interval_index, one.abstained is not None))
    return found


class Workers:
    """Processes that hold the model, or this process alone.

    Parameters
    ----------
    model
        Parameter file.
    pool
        The processes; None to do all here.
    """

    def __init__(self, model: Path, pool: ProcessPoolExecutor | None) -> None:
        self._model = model
        self._pool = pool

    def map(
        self, work: Callable[[_Asked, StyleModel], _Answered], tasks: Iterable[_Asked], limit: int = 8
    ) -> Iterator[_Answered]:
        """Do tasks and give their answers in order; no more than ``limit`` wait at a time."""
        if self._pool is None:
            model = load(self._model)
            for task in tasks:
                yield work(task, model)
            return
        waiting = []
        for task in tasks:
            waiting.append(self._pool.submit(_do, work, task, self._model))
            if len(waiting) >= limit:
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()


@contextmanager
def workers(model: Path, jobs: int) -> Iterator[Workers]:
    """Give workers that hold a model.

    Parameters
    ----------
    model
        Parameter file.
    jobs
        Processes; with 1, none is started.
    """
    if jobs == 1:
        yield Workers(model, None)
        return
    # Afresh, not forked: the table reader's threads do not survive a fork.
    with _single_threads(), ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        try:
            yield Workers(model, pool)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


@contextmanager
def _single_threads() -> Iterator[None]:
    """Let processes that are started meanwhile do their algebra on one thread each: they share the cores already."""
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(dict.fromkeys(names, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _do(work: Callable[[_Asked, StyleModel], _Answered], task: _Asked, model: Path) -> _Answered:
    return work(task, load(model))
