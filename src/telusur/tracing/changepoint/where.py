"""Where a change of writer lies: every stretch weighed by a model of single posts, and by the clients it came from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from telusur.tracing.changepoint.comparison import NEPER, SHORTEST, Compared

MOST_BOUNDS = 60
"""Places that stretches may begin or end at, before they are thinned to a grid; four times as many for single posts."""

_CLIENT_PRIOR = 0.5
_CLIENT_CAP = 1.0

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def stretches(found: Compared, constants: Floats) -> tuple[Ints, Floats]:
    """Weigh every stretch of single posts as another person's, in a model with an author's offset.

    A person's posts score as that person's mean plus noise. The owner's mean is known from earlier posts, up to drift;
    another person's is unknown, with a known spread between people, and is integrated out.

    Parameters
    ----------
    found
        Posts compared singly.
    constants
        Noise variance of a post, drift variance of the owner, shift of other people's mean against the owner's, and
        its variance between people (bans, bans squared).

    Returns
    -------
    tuple of arrays
        Bounds (first, one past the last; the latter may be the end: no return), shape (stretches, 2), and bans.
    """
    noise, drift, shift, between = constants.ravel()
    bounds = stretch_bounds(found.single.size)
    low, high = bounds.T
    n = np.concatenate([[0], np.cumsum(found.speaks)])
    total = np.concatenate([[0.0], np.cumsum(found.single)])
    size = np.maximum(n[high] - n[low], 0)
    mean = (total[high] - total[low]) / np.maximum(size, 1) - found.baseline
    own, other = drift + noise / np.maximum(size, 1), between + noise / np.maximum(size, 1)
    nats = 0.5 * (np.log(own / other) + mean**2 / own - (mean - shift) ** 2 / other)
    return bounds, np.where(size > 0, nats / NEPER, 0.0)


def stretch_bounds(n: int) -> Ints:
    """Give the bounds of all stretches of ``n`` posts; in long timelines, those on an even grid of places."""
    places = np.arange(n) if n <= 4 * MOST_BOUNDS else np.unique(np.linspace(0, n - 1, 4 * MOST_BOUNDS).astype(int))
    stops = np.append(places[places > 0], n)
    low, high = (grid.ravel() for grid in np.meshgrid(places, stops, indexing="ij"))
    fits = (high - low >= SHORTEST) | (high == n)
    fits &= high > low
    return np.column_stack([low[fits], high[fits]]).astype(np.int64)


def client_bans(clients: Sequence[str | None], known: Ints, weighed: Ints, bounds: Ints) -> Floats | None:
    """Weigh each stretch's clients: another person's own habits (half the time) against the owner's.

    Dirichlet-multinomial over the clients seen and one unseen; another person on the owner's device shows the owner's
    clients, hence the half. Elicited, so held within one ban.
    """
    names = sorted({client for client in clients if client is not None})
    if len(names) < 2:  # noqa: PLR2004 - one client tells nobody apart
        return None
    seen = np.array([[client == name for name in names] for client in clients], dtype=np.float64)
    prior = seen[known].sum(0) + _CLIENT_PRIOR
    sums = np.concatenate([np.zeros((1, len(names))), np.cumsum(seen[weighed], axis=0)])
    counts = sums[bounds[:, 1]] - sums[bounds[:, 0]]
    own = _dirichlet_multinomial(counts, prior)
    other = _dirichlet_multinomial(counts, np.full(len(names), _CLIENT_PRIOR))
    either = np.logaddexp(own, other) - np.log(2)
    return np.asarray(np.clip((either - own) / NEPER, -_CLIENT_CAP, _CLIENT_CAP), dtype=np.float64)


def _dirichlet_multinomial(counts: Floats, prior: Floats) -> Floats:
    from scipy.special import gammaln  # noqa: PLC0415 - only timelines with several clients need it

    total = prior.sum()
    each = (gammaln(counts + prior) - gammaln(prior)).sum(axis=1)
    return np.asarray(each + gammaln(total) - gammaln(counts.sum(axis=1) + total), dtype=np.float64)


def located(bounds: Ints, bans: Floats, n: int) -> tuple[int, tuple[int, int], int | None]:
    """Say where the change lies, given that there is one: the likeliest place, its 95 % interval, and the return.

    Parameters
    ----------
    bounds, bans
        Stretches and their weights (`stretches`).
    n
        Number of weighed posts.
    """
    staying = bounds[:, 1] == n
    # Half the belief on "stayed", half on "left again", each spread evenly over its stretches.
    prior = np.where(staying, 1 / max(int(staying.sum()), 1), 1 / max(int((~staying).sum()), 1))
    belief = prior * 10.0 ** (bans - bans.max())
    belief /= belief.sum()
    starts = np.bincount(bounds[:, 0], weights=belief, minlength=n)
    change = int(starts.argmax())
    below = np.cumsum(starts)
    low = min(int(np.searchsorted(below, 0.025)), change)
    high = max(min(int(np.searchsorted(below, 0.975)), n - 1), change)
    here = bounds[:, 0] == change
    if belief[here & staying].sum() >= belief[here & ~staying].sum():
        return change, (low, high), None
    left = np.flatnonzero(here & ~staying)
    return change, (low, high), int(bounds[left[belief[left].argmax()], 1])
