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
from telusur.tracing.style.copies import LEAST_WORDS
from telusur.tracing.style.posts import Posts
from telusur.tracing.style.space import LEAST_ACCOUNTS, Channel

if TYPE_CHECKING:
    import polars as pl

LEAST_POSTS = 60
"""Posts that an account needs to be fitted on."""

LEAST_POOLS = 4


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
        if len(long) < LEAST_POOLS * LEAST_ACCOUNTS:
            raise BadInput(
                f"only {len(long)} accounts have {LEAST_POSTS} posts or more; fitting needs at least "
                f"{LEAST_POOLS * LEAST_ACCOUNTS}, so that every background profile pools {LEAST_ACCOUNTS} accounts"
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
    """Keep a post unless its text, of some length, stands in several accounts, or earlier in its own."""
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for hand, name in zip(posts.hands, names, strict=True):
        if hand.n_words >= LEAST_WORDS:
            holders[hand.folded].add(name)
    keep = np.ones(len(names), dtype=bool)
    seen: set[tuple[str, str]] = set()
    for row, (hand, name) in enumerate(zip(posts.hands, names, strict=True)):
        if hand.n_words >= LEAST_WORDS:
            keep[row] = len(holders[hand.folded]) == 1 and (name, hand.folded) not in seen
            seen.add((name, hand.folded))
    return keep


def pools(n_accounts: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Put every account into one pool of at least `LEAST_ACCOUNTS`, at random; give each account's pool."""
    n_pools = n_accounts // LEAST_ACCOUNTS
    places = np.arange(n_accounts) % n_pools
    return places[rng.permutation(n_accounts)].astype(np.int64)


def channel(corpus: Corpus, name: str, pool_of: NDArray[np.int64]) -> Channel:
    """Fit one channel: which buckets enough accounts use, how often, and the pooled background."""
    counts = corpus.posts.counts[name]
    account_of = np.repeat(np.arange(corpus.n_accounts), np.diff(corpus.starts))
    by_account = _summed(counts, account_of, corpus.n_accounts)
    accounts_with = np.bincount(by_account.indices, minlength=counts.shape[1])
    kept = np.flatnonzero(accounts_with >= LEAST_ACCOUNTS)
    posts_with = np.bincount(counts.indices, minlength=counts.shape[1])[kept].astype(np.int32)
    pooled = _summed(by_account, pool_of, int(pool_of.max()) + 1)[:, kept].toarray()
    levels = np.where(pooled > 0, 1 + np.floor(np.log2(np.maximum(pooled, 1.0))), 0).astype(np.uint8)
    return Channel(corpus.posts.buckets[name][kept], posts_with, counts.shape[0], levels)


def _summed(counts: sparse.csr_array, group_of: NDArray[np.int64], n_groups: int) -> sparse.csr_array:
    adder = sparse.csr_array(
        (np.ones(group_of.size, np.float32), (group_of, np.arange(group_of.size))), shape=(n_groups, group_of.size)
    )
    return sparse.csr_array(adder @ counts)
