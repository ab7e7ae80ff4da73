"""Anyone's posts as a table to measure on: accounts numbered, posts in time order, what was left out counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from telusur.domain.errors import BadInput
from telusur.domain.moment import Moment
from telusur.validation.protocol import HISTORY, SKIPPED

Ints = NDArray[np.int64]

COLUMNS: Final = ("account", "time", "text")

LEAST_POSTS: Final = HISTORY + SKIPPED + 1
"""Posts of an account that can be measured: a history, the posts skipped, and one more."""

MOST_ROWS: Final = 2_000_000
"""Rows that one table may hold: beyond them the texts alone would fill the memory that a measurement may take."""

MOST_ACCOUNTS: Final = 1_000
"""Accounts that are measured; of more, as many are drawn by the seed."""

Reason = Literal["bad", "no_text", "doubled", "future", "short", "beyond"]
"""Why posts are left out: unreadable rows, rows without text, one row twice, times to come, accounts with too few
posts, accounts beyond `MOST_ACCOUNTS`."""

_SLACK = timedelta(days=1)
_MICRO = timedelta(microseconds=1)
_START = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, eq=False)
class Table:
    """Posts of many accounts, account by account, each in time order.

    Parameters
    ----------
    texts
        As published.
    times
        Microseconds since 1970, UTC.
    starts
        First row of each account, and the total at the end.
    left_out
        Posts left out, by reason.
    first_bad
        What is wrong with the first row that could not be read; empty if there is none.
    """

    texts: list[str]
    times: Ints
    starts: Ints
    left_out: Mapping[Reason, int] = field(default_factory=dict)
    first_bad: str = ""

    @property
    def n_accounts(self) -> int:
        """Accounts held."""
        return self.starts.size - 1

    def rows(self, account: int, first: int = 0, last: int | None = None) -> Ints:
        """Give the rows of an account's posts from ``first`` up to ``last``, positions in its own stream."""
        low, high = int(self.starts[account]), int(self.starts[account + 1])
        return np.arange(low + first, high if last is None else min(low + last, high))

    def length(self, account: int) -> int:
        """Give the number of posts of an account."""
        return int(self.starts[account + 1] - self.starts[account])

    def earliest(self, days: int) -> Ints:
        """Give, for each account, the first place that is at least so many days after its history's last post."""
        places = []
        for account in range(self.n_accounts):
            times = self.times[self.rows(account)]
            after = int(times[HISTORY - 1]) + days * 86_400_000_000
            places.append(int(np.searchsorted(times, after)))
        return np.array(places, dtype=np.int64)

    def of_accounts(self, which: Ints) -> Table:
        """Give the table of some accounts, in the order asked for."""
        rows = [self.rows(int(account)) for account in which]
        every = np.concatenate(rows) if rows else np.zeros(0, np.int64)
        starts = np.concatenate([[0], np.cumsum([span.size for span in rows])]).astype(np.int64)
        return replace(self, texts=[self.texts[row] for row in every], times=self.times[every], starts=starts)


def gathered(rows: Iterable[tuple[int, Mapping[str, Any] | BadInput]], *, seed: int) -> Table:
    """Read a table row by row.

    Parameters
    ----------
    rows
        Line and row, or what is wrong with the line; columns `COLUMNS`, others are left aside.
    seed
        Numbers the accounts, so that a number tells nothing of a name, and draws `MOST_ACCOUNTS` of more.

    Returns
    -------
    Table
        The accounts of at least `LEAST_POSTS` posts.

    Raises
    ------
    BadInput
        If a column is missing, no row can be read, there are too many rows, or no account has enough posts.
    """
    read = _Read()
    for line, row in rows:
        read.take(line, row)
    if read.n_rows == 0:
        raise BadInput("there are no rows in it; it needs one row a post, with account, time and text")
    missing = [column for column in COLUMNS if column not in read.met]
    if missing and missing != list(COLUMNS):
        raise BadInput(f"the table has no column {missing[0]!r}; it needs account, time and text", field=missing[0])
    if not read.posts:
        raise BadInput(f"no row can be used; {read.first_bad or 'every row is without text or lies in the future'}")
    return _numbered(read.posts, read.left_out, seed, "" if read.first_bad is None else str(read.first_bad))


class _Read:
    """What has been read of a table so far."""

    def __init__(self) -> None:
        self.posts: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        self.left_out: Counter[Reason] = Counter()
        self.met: set[str] = set()
        self.first_bad: BadInput | None = None
        self.n_rows = 0
        self._latest = datetime.now(UTC) + _SLACK

    def take(self, line: int, row: Mapping[str, Any] | BadInput) -> None:
        self.n_rows += 1
        if self.n_rows > MOST_ROWS:
            raise BadInput(
                f"holds more than {MOST_ROWS:,} posts, the most that one measurement takes; give it a part of the "
                "accounts"
            )
        try:
            if isinstance(row, BadInput):
                raise row
            self.met.update(column for column in COLUMNS if row.get(column) is not None)
            account, at, text = _post(row)
        except BadInput as problem:
            self.left_out["bad"] += 1
            if self.first_bad is None:
                self.first_bad = BadInput(problem.message, line=line, field=problem.field)
            return
        if not text:
            self.left_out["no_text"] += 1
        elif at > self._latest:
            self.left_out["future"] += 1
        else:
            self.posts[account].append(((at - _START) // _MICRO, text))


def _post(row: Mapping[str, Any]) -> tuple[str, datetime, str]:
    for column in ("account", "time"):
        if row.get(column) in {None, ""}:
            raise BadInput("is missing; every post needs an account and a time", field=column)
    for column in ("time", "text"):
        if not isinstance(row.get(column) or "", str):
            raise BadInput(f"expected text, found {row[column]!r}", field=column)
    try:
        at = Moment.parse(row["time"]).utc
    except BadInput as problem:
        raise BadInput(problem.message, field="time") from None
    return str(row["account"]), at, row.get("text") or ""


def _numbered(
    posts: Mapping[str, list[tuple[int, str]]], left_out: Counter[Reason], seed: int, first_bad: str
) -> Table:
    streams: list[list[tuple[int, str]]] = []
    longest = 0
    for name in sorted(posts):
        # Ties in time keep one order whatever order the file has: the text settles them.
        stream = sorted(set(posts[name]))
        left_out["doubled"] += len(posts[name]) - len(stream)
        longest = max(longest, len(stream))
        if len(stream) < LEAST_POSTS:
            left_out["short"] += len(stream)
        else:
            streams.append(stream)
    if not streams:
        raise BadInput(
            f"no account has enough posts: the longest of {len(posts)} has {longest}, and a measurement needs "
            f"{LEAST_POSTS} ({HISTORY} of history, {SKIPPED} skipped, and a window)"
        )
    if len(streams) == 1:
        raise BadInput(
            f"only one account has {LEAST_POSTS} posts or more; a comparison with somebody else needs at least two"
        )
    order = np.random.default_rng([seed, 1]).permutation(len(streams))
    left_out["beyond"] += sum(len(streams[place]) for place in order[MOST_ACCOUNTS:])
    chosen = [streams[place] for place in order[:MOST_ACCOUNTS]]
    starts = np.concatenate([[0], np.cumsum([len(stream) for stream in chosen])]).astype(np.int64)
    times = np.array([at for stream in chosen for at, _ in stream], dtype=np.int64)
    counts: dict[Reason, int] = {reason: n for reason, n in left_out.items() if n}
    return Table([text for stream in chosen for _, text in stream], times, starts, counts, first_bad)
