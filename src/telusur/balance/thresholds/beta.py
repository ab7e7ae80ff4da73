"""The beta model (Simoiu, Corbett-Davies and Goel 2017): the signal is the chance of being true.

Over the cases of a place and group it is beta distributed; its mean and its size are sums of what is the group's and
what is the place's.
"""

from __future__ import annotations

import math
from typing import ClassVar

import numpy as np
from scipy.special import expit

from telusur.balance.thresholds.beta_tail import LARGEST, tail
from telusur.balance.thresholds.hmc import Floats
from telusur.balance.thresholds.model import LN10, Model
from telusur.balance.thresholds.priors import BetaPriors
from telusur.balance.thresholds.table import ThresholdTable


class Beta(Model):
    """The beta model; the largest place's shifts are held at nought.

    Parameters
    ----------
    table
        The counts.
    priors
        Before they are seen.
    alone
        Whether rows with large counts stand for their own bars (see `Model`).
    """

    HALF: ClassVar[float] = 30.0

    def __init__(self, table: ThresholdTable, priors: BetaPriors, *, alone: bool = False) -> None:
        groups, places = len(table.groups), len(table.places) - 1
        super().__init__(
            table,
            {"scatter": groups, "bar": groups, "row": table.rows, "true": groups, "true_place": places,
             "size": groups, "size_place": places},
            scale=priors.scatter, spread=priors.bar_spread, alone=alone,
        )  # fmt: skip
        self.priors = priors
        self._by_place = self._by_place[:, 1:]

    def _parts(self, at: Floats) -> tuple[Floats, Floats, Floats]:
        """Give log size, logit mean and logit bar."""
        p, block = self.priors, self.block
        size = (p.size + p.size_spread * at[:, block["size"]])[:, self.table.group]
        size = size + p.size_place * (at[:, block["size_place"]] @ self._by_place.T)
        mean = (p.true + p.true_spread * at[:, block["true"]])[:, self.table.group]
        mean = mean + p.true_place * (at[:, block["true_place"]] @ self._by_place.T)
        return size, mean, p.bar + self._bar(at)

    def _likelihood(self, at: Floats, slope: Floats) -> Floats:
        p, block = self.priors, self.block
        size, mean, bar = self._parts(at)
        found = tail(size, mean, bar)
        told = self._summed((found.below, found.true, found.untrue))
        by_size, by_mean, by_bar = (self._weighed(found.slopes[:, place]) for place in range(3))
        slope[:, block["size"]] += p.size_spread * (by_size @ self._by_group)
        slope[:, block["size_place"]] += p.size_place * (by_size @ self._by_place)
        slope[:, block["true"]] += p.true_spread * (by_mean @ self._by_group)
        slope[:, block["true_place"]] += p.true_place * (by_mean @ self._by_place)
        self._bar_slopes(at, slope, by_bar)
        return np.where((size < math.log(LARGEST)).all(1), told, -np.inf)

    def bars(self, at: Floats) -> tuple[Floats, Floats]:
        """Give the bars (see `Model.bars`): the signal is the chance; the evidence, its odds over the mean's."""
        _, mean, bar = self._parts(at)
        return expit(bar), (bar - mean) / LN10

    def rates(self, at: Floats) -> tuple[Floats, Floats]:
        """Give the rates (see `Model.rates`)."""
        found = tail(*self._parts(at))
        share = np.logaddexp(found.true, found.untrue)
        return np.exp(share), np.exp(found.true - share)
