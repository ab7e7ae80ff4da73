"""One simulated account: its ordinary life, and what was done with it."""

from __future__ import annotations

import numpy as np

from telusur.domain.proposition import Proposition
from telusur.validation.simulator.account import World
from telusur.validation.simulator.deeds import Deeds
from telusur.validation.simulator.mix import Draw, choose


def world(drawn: Draw, seed: int, truth: Proposition | None = None) -> World:
    """Make one account.

    Parameters
    ----------
    drawn
        Values of the parameters.
    seed
        Same draw and seed, same account.
    truth
        Who acted; by the seed if left out, all alike often.
    """
    random = np.random.default_rng([2, drawn.seed, seed])
    chosen = truth if truth is not None else tuple(Proposition)[seed % len(Proposition)]
    variant, platform = choose(random, chosen)
    return _Maker(drawn, random, seed, chosen, variant, platform).made()


class _Maker(Deeds):
    def made(self) -> World:
        """Give the account."""
        w = self._w
        self._owner_life()
        getattr(self, f"_{w.truth.value}")()
        self._clean()
        self._posts_of_owner()
        w.rows.sort(key=lambda row: row.at)
        w.changes.sort(key=lambda change: change.at)
        w.posts.sort(key=lambda post: post.at)
        w.notices.sort(key=lambda notice: notice.at)
        return w
