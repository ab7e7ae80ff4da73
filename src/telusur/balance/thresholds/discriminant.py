"""The discriminant model (Pierson, Corbett-Davies and Goel 2018): the signal of the true lies higher than the others'.

Both are normal, one standard deviation wide; how many are true, and how far they lie apart, are sums of what is
common, the group's and the place's.
"""

from __future__ import annotations

import math
from typing import ClassVar, Final

import numpy as np
from scipy.special import expit, log_expit, log_ndtr, ndtri_exp

from telusur.balance.thresholds.hmc import Floats
from telusur.balance.thresholds.model import LN10, Model, log_density
from telusur.balance.thresholds.priors import DiscriminantPriors
from telusur.balance.thresholds.table import ThresholdTable

#: Newton's steps to a root; they double its digits each.
_NEWTON: Final = 10


class Discriminant(Model):
    """The discriminant model, alike for all groups and places.

    Parameters
    ----------
    table
        The counts.
    priors
        Before they are seen.
    alone
        Whether rows with large counts stand for their own bars (see `Model`).
    """

    HALF: ClassVar[float] = 50.0

    def __init__(self, table: ThresholdTable, priors: DiscriminantPriors, *, alone: bool = False) -> None:
        groups, places = len(table.groups), len(table.places)
        super().__init__(
            table,
            {"scatter": groups, "bar": groups, "row": table.rows,
             "true": 1, "true_group": groups, "true_place": places,
             "apart": 1, "apart_group": groups, "apart_place": places},
            scale=priors.scatter, spread=priors.bar, alone=alone,
        )  # fmt: skip
        self.priors = priors
        examined, hits = table.examined.sum() + 1, table.hits.sum() + 0.5
        share = examined / (table.n.sum() + 2)
        self._logs = math.log(share * hits / examined), math.log(share * (1 - hits / examined))

    def straight(self, at: Floats) -> Floats:
        """Move bars and how many are true along with the distance, so that the pooled rates stay what they are.

        What the rates tell lies on a bent line of these three; along it all other parameters would have to follow.
        The move depends on the distance alone, so that volumes stay as they are.
        """
        bar, true, _, _ = self._line(at)
        moved = at.copy()
        moved[:, self.block["true"]] += true / self.priors.true
        moved[:, self.block["bar"]] += bar / self.priors.bar
        moved[:, self.block["row"]] += bar * self._centred
        return moved

    def _bent(self, held: Floats, slope: Floats) -> Floats:
        _, _, by_bar, by_true = self._line(held)
        bars = slope[:, self.block["bar"]].sum(1, keepdims=True) / self.priors.bar
        bars = bars + (slope[:, self.block["row"]] * self._centred).sum(1, keepdims=True)
        trues = slope[:, self.block["true"]] / self.priors.true
        bent = slope.copy()
        bent[:, self.block["apart"]] += by_bar * bars + by_true * trues
        return bent

    def _line(self, at: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """Give bar and log odds of being true that give the pooled rates at a distance, and their slopes in it."""
        apart = np.exp(self.priors.apart * at[:, self.block["apart"]])
        hit, miss = self._logs
        # The equation's logarithm is bent upwards: from above, Newton's steps never pass its root.
        bar = np.full_like(apart, -ndtri_exp(miss))
        for _ in range(_NEWTON):
            far, near = log_ndtr(apart - bar), log_ndtr(-bar)
            true, untrue = hit - far, miss - near
            steep_true, steep_untrue = np.exp(log_density(apart - bar) - far), np.exp(log_density(bar) - near)
            total = np.logaddexp(true, untrue)
            weight = np.exp(true - total)
            bar = bar - total / (weight * steep_true + (1 - weight) * steep_untrue)
        by_bar = weight * steep_true / (weight * steep_true + (1 - weight) * steep_untrue)
        by_true = -steep_true * (1 - by_bar) - steep_untrue * by_bar
        growth = self.priors.apart * apart
        return bar, true - untrue, by_bar * growth, by_true * growth

    def _parts(self, at: Floats) -> tuple[Floats, Floats, Floats]:
        """Give log odds of being true, distance and bar."""
        p, block = self.priors, self.block

        def shifted(name: str, common: float, group: float, place: float) -> Floats:
            summed: Floats = (
                common * at[:, block[name]]
                + group * at[:, block[f"{name}_group"]][:, self.table.group]
                + place * at[:, block[f"{name}_place"]][:, self.table.place]
            )
            return summed

        true = shifted("true", p.true, p.true_group, p.true_place)
        apart = np.exp(shifted("apart", p.apart, p.apart_group, p.apart_place))
        return true, apart, self._bar(at)

    def _likelihood(self, at: Floats, slope: Floats) -> Floats:
        p, block = self.priors, self.block
        true, apart, bar = self._parts(at)
        share, rest = expit(true), expit(-true)
        # log of the weight above and below the bar, of the true (its distance off) and of the untrue; and of densities.
        far, near = bar - apart, bar
        log_share, log_rest = log_expit(true), log_expit(-true)
        hit, miss = log_share + log_ndtr(-far), log_rest + log_ndtr(-near)
        below_true, below_untrue = log_share + log_ndtr(far), log_rest + log_ndtr(near)
        below = np.logaddexp(below_true, below_untrue)
        told = self._summed((below, hit, miss))
        hazard_true = np.exp(log_share + log_density(far) - hit)
        hazard_untrue = np.exp(log_rest + log_density(near) - miss)
        rise_true = np.exp(log_share + log_density(far) - below)
        rise_untrue = np.exp(log_rest + log_density(near) - below)
        part_true = np.exp(below_true - below)
        by_bar = self._weighed(np.stack([rise_true + rise_untrue, -hazard_true, -hazard_untrue]))
        by_apart = apart * self._weighed(np.stack([-rise_true, hazard_true, np.zeros_like(far)]))
        by_true = self._weighed(np.stack([part_true * rest - (1 - part_true) * share, rest, -share]))
        for name, by, scales in (
            ("true", by_true, (p.true, p.true_group, p.true_place)),
            ("apart", by_apart, (p.apart, p.apart_group, p.apart_place)),
        ):
            slope[:, block[name]] += scales[0] * by.sum(1, keepdims=True)
            slope[:, block[f"{name}_group"]] += scales[1] * (by @ self._by_group)
            slope[:, block[f"{name}_place"]] += scales[2] * (by @ self._by_place)
        self._bar_slopes(at, slope, by_bar)
        return told

    def bars(self, at: Floats) -> tuple[Floats, Floats]:
        """Give the bars (see `Model.bars`)."""
        true, apart, bar = self._parts(at)
        ratio = apart * bar - 0.5 * apart**2
        return expit(true + ratio), ratio / LN10

    def rates(self, at: Floats) -> tuple[Floats, Floats]:
        """Give the rates (see `Model.rates`)."""
        true, apart, bar = self._parts(at)
        hit, miss = log_expit(true) + log_ndtr(apart - bar), log_expit(-true) + log_ndtr(-bar)
        share = np.logaddexp(hit, miss)
        return np.exp(share), np.exp(hit - share)
