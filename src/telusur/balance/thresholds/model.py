"""What both families of the threshold test share: counts, groups, places, and bars that scatter around their group's.

All parameters are standardised, normal(0, 1) before the counts are seen, the scatter of bars by its rank among the
half-normal numbers. A row's bar is given by its distance from the group's, or by itself as far as its counts tell it
(partly centred).
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from typing import ClassVar, Final, Self

import numpy as np
from scipy.special import log_ndtr, ndtri_exp

from telusur.balance.thresholds.hmc import Floats
from telusur.balance.thresholds.table import ThresholdTable

_LOG_SQRT_2PI: Final = 0.5 * math.log(2 * math.pi)
LN10: Final = math.log(10)


class Model(ABC):
    """One family over one table.

    Parameters
    ----------
    table
        The counts.
    blocks
        Parameters by name.
    scale
        Half-normal scale of how bars scatter around their group's.
    spread
        Standard deviation of the groups' bars before the counts are seen.
    alone
        Whether rows stand for their own bars as far as their counts tell them: quick where bars are seen to scatter,
        and a trap where they hardly do, for bars without any scatter have no bound to their density. Else every row
        is given by its distance from the group's bar.
    """

    #: Examined cases with which a row says about as much of its own bar as its group does.
    HALF: ClassVar[float]

    def __init__(
        self, table: ThresholdTable, blocks: dict[str, int], *, scale: float, spread: float, alone: bool
    ) -> None:
        self.table, self.scale, self.spread = table, scale, spread
        self.groups, self.places, self.rows = len(table.groups), len(table.places), table.rows
        starts = np.cumsum([0, *blocks.values()]).tolist()
        self.block = {
            name: slice(start, start + size) for (name, size), start in zip(blocks.items(), starts, strict=False)
        }
        self.size: int = starts[-1]
        self._unseen = (table.n - table.examined).astype(float)
        self._hits = table.hits.astype(float)
        self._misses = (table.examined - table.hits).astype(float)
        # One row a parameter, one column a row of the table: who shares what.
        self._by_group = np.eye(self.groups)[table.group]
        self._by_place = np.eye(self.places)[table.place]
        seen = np.minimum(table.examined, table.n - table.examined).astype(float)
        self._centred = seen / (seen + self.HALF) if alone else np.zeros(self.rows)

    def start(self) -> Floats:
        """Give where to begin the climb: the means of the priors."""
        return np.zeros(self.size)

    def density(self, at: Floats) -> tuple[Floats, Floats]:
        """Give the log density and its slopes.

        Parameters
        ----------
        at
            Shape (chains, parameters).
        """
        with np.errstate(all="ignore"):
            held = at
            at = self.straight(held)
            slope = -at
            row = self.block["row"]
            slope[:, row] = 0.0
            plain = (at**2).sum(1) - (at[:, row] ** 2).sum(1)
            density = -0.5 * plain + self._rows_prior(at) + self._likelihood(at, slope)
            slope = self._bent(held, slope)
        return np.where(np.isfinite(density), density, -np.inf), slope

    def straight(self, at: Floats) -> Floats:
        """Turn the coordinates that are drawn in into parameters, shape (chains, parameters)."""
        return at

    def _bent(self, held: Floats, slope: Floats) -> Floats:  # noqa: ARG002 - a straight model bends nothing
        """Turn slopes in parameters into slopes in the coordinates that are drawn in."""
        return slope

    def scatter(self, at: Floats) -> Floats:
        """Give how bars scatter around their group's, in units of the prior's scale, shape (chains, groups)."""
        return half_normal(self.straight(at)[:, self.block["scatter"]])

    def taken(self, before: Self, at: Floats) -> Floats:
        """Take over parameters from the same model in other coordinates, shape (chains, parameters)."""
        log_scatter, shift = self._scatters(at)
        raw = (at[:, self.block["row"]] - before._centred * shift) * np.exp(-before._centred * log_scatter)
        moved = at.copy()
        moved[:, self.block["row"]] = self._centred * shift + raw * np.exp(self._centred * log_scatter)
        return moved

    @abstractmethod
    def _likelihood(self, at: Floats, slope: Floats) -> Floats:
        """Give the log likelihood, shape (chains,), and add its slopes to those given."""

    @abstractmethod
    def bars(self, at: Floats) -> tuple[Floats, Floats]:
        """Give bars as chances of being true, and as log10 likelihood ratios (bans), each shape (chains, rows)."""

    @abstractmethod
    def rates(self, at: Floats) -> tuple[Floats, Floats]:
        """Give the shares examined and the hit rates, each shape (chains, rows)."""

    def _summed(self, parts: tuple[Floats, Floats, Floats]) -> Floats:
        below, true, untrue = parts
        # A count of nought says nothing, even of an impossible event.
        total = sum(
            np.where(count > 0, count * part, 0.0)
            for count, part in ((self._unseen, below), (self._hits, true), (self._misses, untrue))
        )
        summed: Floats = np.sum(total, axis=1)
        return summed

    def _weighed(self, slopes: Floats) -> Floats:
        """Sum slopes of the three parts, shape (3, ...), by the counts."""
        counts = (self._unseen, self._hits, self._misses)
        return sum(
            (np.where(count > 0, count * part, 0.0) for count, part in zip(counts, slopes, strict=True)), np.zeros(())
        )

    def _scatters(self, at: Floats) -> tuple[Floats, Floats]:
        """Give log of the bars' scatter, and the shift of the group's bar, of each row."""
        scatter = math.log(self.scale) + np.log(half_normal(at[:, self.block["scatter"]]))
        return scatter[:, self.table.group], self.spread * at[:, self.block["bar"]][:, self.table.group]

    def _bar(self, at: Floats) -> Floats:
        """Give each row's distance from the mean that all bars have before the counts are seen."""
        log_scatter, shift = self._scatters(at)
        bar: Floats = shift + np.exp((1 - self._centred) * log_scatter) * (
            at[:, self.block["row"]] - self._centred * shift
        )
        return bar

    def _rows_prior(self, at: Floats) -> Floats:
        log_scatter, shift = self._scatters(at)
        raw = (at[:, self.block["row"]] - self._centred * shift) * np.exp(-self._centred * log_scatter)
        density: Floats = (-0.5 * raw**2 - self._centred * log_scatter).sum(1)
        return density

    def _bar_slopes(self, at: Floats, slope: Floats, by_bar: Floats) -> None:
        """Hand the slopes in the rows' bars on to the groups' bars, their scatter and the rows."""
        log_scatter, shift = self._scatters(at)
        weight = self._centred
        away = at[:, self.block["row"]] - weight * shift
        narrowed, widened = np.exp(-weight * log_scatter), np.exp((1 - weight) * log_scatter)
        raw = away * narrowed
        slope[:, self.block["row"]] += by_bar * widened - raw * narrowed
        slope[:, self.block["bar"]] += self.spread * (
            (by_bar * (1 - weight * widened) + raw * weight * narrowed) @ self._by_group
        )
        score = at[:, self.block["scatter"]]
        half = half_normal(score)
        growth = np.exp(log_density(score) - log_density(half)) / (2 * half)
        slope[:, self.block["scatter"]] += growth * (
            (by_bar * (1 - weight) * widened * away + weight * (raw**2 - 1)) @ self._by_group
        )


def half_normal(score: Floats) -> Floats:
    """Turn a standard normal score into the half-normal number of the same rank."""
    number: Floats = -ndtri_exp(log_ndtr(-score) - math.log(2))
    return number


def log_density(at: Floats) -> Floats:
    """Give the log density of the standard normal distribution."""
    density: Floats = -0.5 * at**2 - _LOG_SQRT_2PI
    return density
