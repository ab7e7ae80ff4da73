"""Where a change of writer lies, and what the clients of a stretch add."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from telusur.tracing.changepoint.comparison import NEPER

STAYS = 2 / 3
"""Share of the belief, given a change, that the other person stayed to the end; elicited."""

_CLIENT_PRIOR = 0.5
_CLIENT_CAP = 1.0

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def priors(bounds: Ints) -> Floats:
    """Give each change its share of the belief, given that there is one.

    Two thirds on "stayed to the end", one third on "left again", each spread evenly.
    """
    staying = bounds[:, 1] == bounds[:, 1].max()
    if staying.all():
        return np.full(staying.size, 1 / staying.size)
    return np.asarray(np.where(staying, STAYS / staying.sum(), (1 - STAYS) / (~staying).sum()))


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


def believed(bounds: Ints, bans: Floats) -> Floats:
    """Say how likely each change is, given that there is one.

    Parameters
    ----------
    bounds, bans
        Changes and how well each explains the timeline, in bans.
    """
    belief = priors(bounds) * 10.0 ** (bans - bans.max())
    return np.asarray(belief / belief.sum())


def located(bounds: Ints, belief: Floats, staying: NDArray[np.bool_]) -> tuple[int, tuple[int, int], int | None]:
    """Say where the change lies, given that there is one: the likeliest place, its 95 % interval, and the return.

    Parameters
    ----------
    bounds, belief
        Changes and how likely each is.
    staying
        Which of them have no return.
    """
    starts = np.bincount(bounds[:, 0], weights=belief)
    change = int(starts.argmax())
    below = np.cumsum(starts) / starts.sum()
    low = min(int(np.searchsorted(below, 0.025)), change)
    high = max(min(int(np.searchsorted(below, 0.975)), starts.size - 1), change)
    here = bounds[:, 0] == change
    if belief[here & staying].sum() >= belief[here & ~staying].sum():
        return change, (low, high), None
    left = np.flatnonzero(here & ~staying)
    return change, (low, high), int(bounds[left[belief[left].argmax()], 1])
