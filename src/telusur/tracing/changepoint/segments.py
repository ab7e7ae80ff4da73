"""How likely a timeline is when one person wrote all of it, and when another wrote a stretch: exactly, by counting.

Each person has shares of their own of every feature, drawn around those of writing at large (Dirichlet); posts show
features by these shares (multinomial). With the shares integrated out, what one person wrote has a closed likelihood in
which a feature once used is likelier to come again: Madsen, Kauchak, Elkan, "Modeling word burstiness using the
Dirichlet distribution", ICML 2005; as a change-point model, Barry, Hartigan, "Product partition models for change
point problems", Annals of Statistics 20 (1992) 260-279. The person is thus the random effect that all posts of a
segment share, everything before a candidate place is its history, and a stranger's posts are compared with each other
as much as with the owner's.

How far people lie from writing at large is not one number, so each family of features is counted under several
concentrations; which of them counts how much is learned (`telusur.tracing.changepoint_fit`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from telusur.tracing.changepoint import habits
from telusur.tracing.style.copies import repeated
from telusur.tracing.style.grams import BUCKETS
from telusur.tracing.style.posts import Posts
from telusur.tracing.style.space import Channel

CONCENTRATIONS: dict[str, tuple[float, ...]] = {
    "characters": (300, 1_000, 3_000, 30_000, 100_000, 1_000_000),
    "shapes": (300, 1_000, 3_000, 30_000, 100_000, 1_000_000),
    "words": (100, 300, 1_000, 3_000, 30_000, 300_000),
    "habits": (50, 200, 1_000, 5_000),
}
"""Prior counts of each family: small, people differ much; large, hardly at all."""

N_PARTS = sum(len(sizes) for sizes in CONCENTRATIONS.values())

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Family:
    """The features of one kind that the posts of a timeline show, one entry for each post and feature.

    Entries stand feature by feature, each feature's in order of the posts. Those of a feature that is shown once say
    nothing of who wrote it, and are counted in ``shown`` alone.

    Parameters
    ----------
    row
        Post of each entry.
    column
        Feature of each entry, numbered from 0.
    rank
        How often the feature was shown before, and after (both 0-based).
    gain
        What an entry adds to the log likelihood when the person who showed it had shown the feature as often as its
        first rank says, shape (concentrations, entries).
    shown
        Entries before each place, shape (posts + 1,).
    sizes
        The concentrations.
    """

    row: Ints
    column: Ints
    rank: tuple[Ints, Ints]
    gain: Floats
    shown: Floats
    sizes: Floats

    @classmethod
    def of(cls, found: sparse.csr_array, share: Floats, sizes: tuple[float, ...]) -> Family:
        """Prepare counts, shape (posts, features), with each feature's share in writing at large."""
        shown = np.concatenate([[0.0], np.cumsum(np.diff(found.indptr), dtype=np.float64)])
        by_feature = found.tocsc()
        totals = np.diff(by_feature.indptr)
        again = np.flatnonzero(totals > 1)
        total = totals[again]
        row = by_feature.indices[np.repeat(totals > 1, totals)].astype(np.int64)
        column = np.repeat(np.arange(again.size), total)
        before = np.arange(row.size) - np.repeat(np.cumsum(total) - total, total)
        concentrations = np.array(sizes, dtype=np.float64)
        gain = np.log1p((before / share[again][column])[None, :] / concentrations[:, None])
        return cls(row, column, (before, total[column] - 1 - before), gain, shown, concentrations)

    def first(self, n: int) -> Family:
        """Give the same of the first posts alone."""
        inside = self.row < n
        column, before = self.column[inside], self.rank[0][inside]
        total = np.bincount(column, minlength=1)
        gain = self.gain[:, inside]
        rank = before, total[column] - 1 - before
        return Family(self.row[inside], column, rank, gain, self.shown[: n + 1], self.sizes)

    @cached_property
    def early(self) -> Floats:
        """Log likelihood of the posts before each place as one person's, the normaliser left out."""
        return np.pad(np.cumsum(self._summed(self.gain, 0), axis=1), ((0, 0), (1, 0)))

    @cached_property
    def whole(self) -> Floats:
        """Log likelihood of all posts as one person's, shape (concentrations, 1)."""
        return self.early[:, -1:] - self._total(self.shown[-1:])

    def stays(self) -> Floats:
        """Weigh a change at each place that lasts to the end, against none.

        Returns
        -------
        array
            Nats, shape (concentrations, posts + 1).
        """
        before, after = self.rank
        # The entry of the same feature that comes as late as this one comes early.
        late = _from_each_place(self._summed(self.gain[:, np.arange(before.size) - before + after], 0))
        both = self.early - self._total(self.shown) + late - self._total(self.shown[-1] - self.shown)
        return both - self.whole

    def returns(self, start: int) -> Floats:
        """Weigh a change at a place and a return at each later one but the end, against none.

        Returns
        -------
        array
            Nats, shape (concentrations, posts - start - 1), by the place of the return.
        """
        inside = np.flatnonzero(self.row >= start)
        column, row = self.column[inside], self.row[inside]
        n_columns = int(self.column[-1]) + 1 if self.column.size else 0
        seen = np.bincount(self.column, minlength=n_columns) - np.bincount(column, minlength=n_columns)
        earlier, (before, after) = seen[column], (rank[inside] for rank in self.rank)
        first = inside - before
        theirs = np.cumsum(self._summed(self.gain[:, inside - earlier], start, row), axis=1)
        owners = self.early[:, [start]] + _from_each_place(
            self._summed(self.gain[:, first + earlier + after], start, row)
        )
        n_theirs = self.shown[start + 1 :] - self.shown[start]
        both = theirs - self._total(n_theirs) + owners[:, 1:] - self._total(self.shown[-1] - n_theirs)
        return (both - self.whole)[:, :-1]

    def _total(self, shown: Floats) -> Floats:
        from scipy.special import gammaln  # noqa: PLC0415 - a slow and large import that only timelines need

        sizes = self.sizes[:, None]
        return np.asarray(gammaln(shown + sizes) - gammaln(sizes) - shown * np.log(sizes))

    def _summed(self, values: Floats, start: int, row: Ints | None = None) -> Floats:
        """Add up the entries of each post from ``start`` on."""
        at = (self.row if row is None else row) - start
        n = self.shown.size - 1 - start
        return np.stack([np.bincount(at, weights=line, minlength=n) for line in values])


def _from_each_place(by_post: Floats) -> Floats:
    return np.pad(np.cumsum(by_post[:, ::-1], axis=1)[:, ::-1], ((0, 0), (0, 1)))


_RARE = 1 / 34_000
"""How often a bucket that is not kept counts as used, in posts that show it of all posts. It is the same whatever
accounts a space was made from: with a count of its own in each, calibrations of the smaller spaces at fitting would not
hold in the larger one at use."""


def _shares(channel: Channel) -> Floats:
    """Give the share of every bucket in writing at large; together they are 1, as those of a Dirichlet prior are."""
    table = np.full(BUCKETS, _RARE * channel.n_posts)
    table[channel.kept] = channel.posts_with
    return np.asarray(table / table.sum(), dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Features:
    """What each post of a timeline, or of a corpus, shows.

    Parameters
    ----------
    found
        By family: entries, shape (posts, features), and each feature's share in writing at large.
    folded
        Texts in lower case, by which copies are known.
    """

    found: Mapping[str, tuple[sparse.csr_array, Floats]]
    folded: Sequence[str]

    @classmethod
    def of(cls, posts: Posts, channels: Mapping[str, Channel], habit_shares: Floats | None = None) -> Features:
        """Gather from counted posts; the shares of habits are those of the posts themselves if left out."""
        found = {
            name: (posts.counts[name], _shares(channel)[posts.buckets[name]])
            for name, channel in channels.items()
            if name in CONCENTRATIONS
        }
        shown = habits.shown(posts.hands)
        found["habits"] = (shown, habits.shares(shown) if habit_shares is None else habit_shares)
        return cls(found, [hand.folded for hand in posts.hands])


@dataclass(frozen=True, eq=False)
class Segments:
    """A timeline, ready to be cut into one person's posts and another's.

    Parameters
    ----------
    families
        What its posts show.
    n
        Posts.
    """

    families: tuple[Family, ...]
    n: int

    @classmethod
    def of(cls, features: Features, rows: Ints) -> Segments:
        """Prepare a timeline of some of the posts; what is copied from earlier in it shows nothing of a writer."""
        keep = np.flatnonzero(~repeated([features.folded[row] for row in rows]))
        chosen = sparse.csr_array(
            (np.ones(keep.size, np.float32), (keep, rows[keep])), shape=(rows.size, len(features.folded))
        )
        families = (
            Family.of(sparse.csr_array(chosen @ features.found[name][0]), features.found[name][1], sizes)
            for name, sizes in CONCENTRATIONS.items()
        )
        return cls(tuple(families), int(rows.size))

    def first(self, n: int) -> Segments:
        """Give the first posts alone."""
        return Segments(tuple(family.first(n) for family in self.families), n)

    def stays(self) -> Floats:
        """Weigh a change at each place that lasts to the end (`Family.stays`), shape (`N_PARTS`, posts + 1)."""
        return np.vstack([family.stays() for family in self.families])

    def returns(self, start: int) -> Floats:
        """Weigh a change at a place and each return (`Family.returns`), shape (`N_PARTS`, posts - start - 1)."""
        return np.vstack([family.returns(start) for family in self.families])
