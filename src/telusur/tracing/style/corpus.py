"""The fitting accounts, counted once: who wrote which rows, in time order, copied texts left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from telusur.domain.errors import BadInput
from telusur.tracing.style.copies import LEAST_WORDS, repeated
from telusur.tracing.style.posts import Posts
from telusur.tracing.style.space import ANCHORS, LEAST_ACCOUNTS, Channel, as_levels

if TYPE_CHECKING:
    import polars as pl

LEAST_POSTS = 60
"""Posts that an account needs to be fitted on."""

FOLDS = 3
"""Parts of the fitting accounts: what is compared in one is compared in a space that the others alone made."""

_LEAST_IN_A_FOLD = 7

_TEXTS = (40, 20, 8, 2)
"""Texts that an account gives for each anchor."""


@dataclass(frozen=True, eq=False)
class Corpus:
    """Counted posts of many accounts.

    Parameters
    ----------
    posts
        All posts, account by account, each in time order.
    starts
        First row of each account, and the total at the end.
    times
        When each post was written, in seconds since 1970; None where the table's times are no times.
    """

    posts: Posts
    starts: NDArray[np.int64]
    times: NDArray[np.int64] | None = None

    @property
    def n_accounts(self) -> int:
        """Accounts held."""
        return self.starts.size - 1

    def rows(self, account: int, first: int = 0, last: int | None = None) -> NDArray[np.int64]:
        """Give the rows of an account's posts from ``first`` up to ``last``, positions in its own stream."""
        low, high = int(self.starts[account]), int(self.starts[account + 1])
        return np.arange(low + first, high if last is None else min(low + last, high))

    def length(self, account: int) -> int:
        """Give the number of posts of an account."""
        return int(self.starts[account + 1] - self.starts[account])

    def bare(self) -> Corpus:
        """Give the same posts without mentions, links and tags."""
        return Corpus(self.posts.bare(), self.starts, self.times)

    @classmethod
    def of(cls, frame: pl.DataFrame, accounts: Sequence[str] | None = None, *, copies: bool = False) -> Corpus:
        """Count a table with columns ``account``, ``time``, ``text``.

        Parameters
        ----------
        frame
            One row a post.
        accounts
            Accounts to keep; all if left out. Their order does not matter.
        copies
            Whether copied texts stay: a validation counts posts as they were published.

        Raises
        ------
        BadInput
            If a column is missing or too few accounts are long enough.
        """
        for column in ("account", "time", "text"):
            if column not in frame.columns:
                raise BadInput(f"the table has no column {column!r}; it needs account, time and text", field=column)
        frame = frame.drop_nulls(["account", "time", "text"])
        if accounts is not None:
            frame = frame.filter(frame["account"].cast(str).is_in(list(accounts)))
        # Ties in time keep one order whatever order the file has: the text settles them.
        frame = frame.select("account", "time", "text").sort(["account", "time", "text"])
        names: list[str] = frame["account"].cast(str).to_list()
        posts = Posts.of(frame["text"].to_list())
        own = np.arange(len(names)) if copies else np.flatnonzero(_not_copied(posts, names))
        chosen = np.array([names[row] for row in own], dtype=object)
        first = np.flatnonzero(np.append(True, chosen[1:] != chosen[:-1])) if own.size else np.zeros(0, np.int64)
        spans = zip(first, np.append(first[1:], own.size)[: first.size], strict=True)
        long = [own[low:high] for low, high in spans if high - low >= LEAST_POSTS]
        if len(long) < FOLDS * _LEAST_IN_A_FOLD:
            raise BadInput(
                f"only {len(long)} accounts have {LEAST_POSTS} posts or more; fitting needs at least "
                f"{FOLDS * _LEAST_IN_A_FOLD}"
            )
        rows = np.concatenate(long)
        starts = np.concatenate([[0], np.cumsum([span.size for span in long])]).astype(np.int64)
        times = _seconds(frame["time"])
        return cls(posts.take(rows), starts, None if times is None else times[rows])


def _seconds(times: pl.Series) -> NDArray[np.int64] | None:
    if str(times.dtype) == "String":
        times = times.str.to_datetime(strict=False, time_zone="UTC")
    if not times.dtype.is_temporal() or times.null_count():
        return None
    return times.dt.epoch("s").to_numpy().astype(np.int64)


def _not_copied(posts: Posts, names: Sequence[str]) -> NDArray[np.bool_]:
    """Keep a post unless its text, of some length, stands in several accounts, or nearly so earlier in any."""
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for hand, name in zip(posts.hands, names, strict=True):
        if hand.n_words >= LEAST_WORDS:
            holders[hand.folded].add(name)
    shared = np.array([len(holders.get(hand.folded, ())) > 1 for hand in posts.hands], dtype=bool)
    return ~shared & ~repeated([hand.folded for hand in posts.hands])


def folds(n_accounts: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Deal the accounts into `FOLDS` folds of like size, at random; give each account's fold."""
    return (np.arange(n_accounts) % FOLDS)[rng.permutation(n_accounts)].astype(np.int64)


@dataclass(frozen=True, eq=False)
class Samples:
    """Texts of every anchor's length, from all over each account's stream.

    Parameters
    ----------
    account
        Who wrote each text, by anchor.
    counts
        Counts of each text by channel, by anchor.
    words
        Words of each text, by anchor.
    """

    account: tuple[NDArray[np.int64], ...]
    counts: tuple[dict[str, sparse.csr_array], ...]
    words: tuple[NDArray[np.int64], ...]

    @classmethod
    def of(cls, corpus: Corpus) -> Samples:
        """Cut them, evenly spread; an account too short for an anchor gives its whole stream."""
        accounts, counts, words = [], [], []
        for posts, wanted in zip(ANCHORS, _TEXTS, strict=True):
            spans = [
                (account, corpus.rows(account, int(start), int(start) + posts))
                for account in range(corpus.n_accounts)
                for start in np.unique(np.linspace(0, max(corpus.length(account) - posts, 0), wanted).astype(int))
            ]
            summed, n_words = corpus.posts.summed([rows for _, rows in spans])
            accounts.append(np.array([account for account, _ in spans], dtype=np.int64))
            counts.append(summed)
            words.append(n_words)
        return cls(tuple(accounts), tuple(counts), tuple(words))


def channel(corpus: Corpus, name: str, samples: Samples, accounts: NDArray[np.bool_]) -> Channel:
    """Fit one channel: which buckets enough accounts use, how often, and what texts of each length hold of them.

    Parameters
    ----------
    corpus
        The fitting accounts.
    name
        Which channel.
    samples
        Texts of the corpus.
    accounts
        Which accounts to learn from; each counts the same, however much it wrote.
    """
    counts = corpus.posts.counts[name]
    account_of = np.repeat(np.arange(corpus.n_accounts), np.diff(corpus.starts))
    mine = np.flatnonzero(accounts[account_of])
    counts = sparse.csr_array(counts[mine])
    by_account = _summed(counts, account_of[mine], corpus.n_accounts)
    accounts_with = np.bincount(by_account.indices, minlength=counts.shape[1])
    kept = np.flatnonzero(accounts_with >= LEAST_ACCOUNTS)
    posts_with = np.bincount(counts.indices, minlength=counts.shape[1])[kept].astype(np.int32)
    buckets = corpus.posts.buckets[name][kept]
    nothing = np.zeros((len(ANCHORS), kept.size), dtype=np.uint8)
    words = np.array([texts[accounts[who]].mean() for who, texts in zip(samples.account, samples.words, strict=True)])
    bare = Channel(buckets, posts_with, mine.size, nothing, words)
    levels = np.zeros_like(nothing)
    for at, (who, texts) in enumerate(zip(samples.account, samples.counts, strict=True)):
        chosen = np.flatnonzero(accounts[who])
        share = 1 / np.bincount(who[chosen], minlength=corpus.n_accounts)[who[chosen]] / accounts.sum()
        weighted = bare.weighted(sparse.csr_array(texts[name][chosen]))
        levels[at] = as_levels(np.asarray(share @ weighted, dtype=np.float64)[buckets])
    return Channel(buckets, posts_with, mine.size, levels, words.astype(np.float32).astype(np.float64))


def _summed(counts: sparse.csr_array, group_of: NDArray[np.int64], n_groups: int) -> sparse.csr_array:
    adder = sparse.csr_array(
        (np.ones(group_of.size, np.float32), (group_of, np.arange(group_of.size))), shape=(n_groups, group_of.size)
    )
    return sparse.csr_array(adder @ counts)
