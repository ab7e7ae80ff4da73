"""The two families of the threshold test.

Each case carries a signal; who is examined is decided by a bar that the signal must pass; what is found tells how much
signal there was. The beta model (Simoiu, Corbett-Davies and Goel 2017) takes the chance of being true for the signal,
beta distributed over the cases of a place and group. The discriminant model (Pierson, Corbett-Davies and Goel 2018)
takes two normal distributions, of the true and of the untrue. All parameters are standardised, normal(0, 1) before the
counts are seen but for the logarithms of scales; those of rows are given by their distance from the group's
(non-centred).
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Final

import numpy as np
from scipy.special import expit, log_expit, log_ndtr, ndtri_exp

from telusur.balance.thresholds.beta_tail import LARGEST, tail
from telusur.balance.thresholds.hmc import Floats
from telusur.balance.thresholds.priors import BetaPriors, DiscriminantPriors
from telusur.balance.thresholds.table import ThresholdTable

_LN10: Final = math.log(10)
#: Examined cases with which a row of the discriminant model says as much of its own bar as its group does. The beta
#: model's rows never do: its bars may hardly scatter at all, and only distances from the group's bar bear that.
_HALF: Final = 50.0
#: Newton's steps to a root; they double its digits each.
_NEWTON: Final = 10
_LOG_SQRT_2PI: Final = 0.5 * math.log(2 * math.pi)


class Model(ABC):
    """One family over one table.

    Parameters
    ----------
    table
        The counts.
    """

    def __init__(
        self, table: ThresholdTable, blocks: dict[str, int], *, scale: float, spread: float, half: float
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
        self._centred = seen / (seen + half)

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
        scatter = math.log(self.scale) + np.log(_half_normal(at[:, self.block["scatter"]]))
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
        half = _half_normal(score)
        growth = np.exp(_log_density(score) - _log_density(half)) / (2 * half)
        slope[:, self.block["scatter"]] += growth * (
            (by_bar * (1 - weight) * widened * away + weight * (raw**2 - 1)) @ self._by_group
        )


class Beta(Model):
    """The beta model; the largest place's shifts are held at nought.

    Parameters
    ----------
    table
        The counts.
    priors
        Before they are seen.
    """

    def __init__(self, table: ThresholdTable, priors: BetaPriors) -> None:
        groups, places = len(table.groups), len(table.places) - 1
        super().__init__(
            table,
            {"scatter": groups, "bar": groups, "row": table.rows, "true": groups, "true_place": places,
             "size": groups, "size_place": places},
            scale=priors.scatter, spread=priors.bar_spread, half=math.inf,
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
        return expit(bar), (bar - mean) / _LN10

    def rates(self, at: Floats) -> tuple[Floats, Floats]:
        """Give the rates (see `Model.rates`)."""
        found = tail(*self._parts(at))
        share = np.logaddexp(found.true, found.untrue)
        return np.exp(share), np.exp(found.true - share)


class Discriminant(Model):
    """The discriminant model, alike for all groups and places.

    Parameters
    ----------
    table
        The counts.
    priors
        Before they are seen.
    """

    def __init__(self, table: ThresholdTable, priors: DiscriminantPriors) -> None:
        groups, places = len(table.groups), len(table.places)
        super().__init__(
            table,
            {"scatter": groups, "bar": groups, "row": table.rows,
             "true": 1, "true_group": groups, "true_place": places,
             "apart": 1, "apart_group": groups, "apart_place": places},
            scale=priors.scatter, spread=priors.bar, half=_HALF,
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
            steep_true, steep_untrue = np.exp(_log_density(apart - bar) - far), np.exp(_log_density(bar) - near)
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
        hazard_true = np.exp(log_share + _log_density(far) - hit)
        hazard_untrue = np.exp(log_rest + _log_density(near) - miss)
        rise_true = np.exp(log_share + _log_density(far) - below)
        rise_untrue = np.exp(log_rest + _log_density(near) - below)
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
        return expit(true + ratio), ratio / _LN10

    def rates(self, at: Floats) -> tuple[Floats, Floats]:
        """Give the rates (see `Model.rates`)."""
        true, apart, bar = self._parts(at)
        hit, miss = log_expit(true) + log_ndtr(apart - bar), log_expit(-true) + log_ndtr(-bar)
        share = np.logaddexp(hit, miss)
        return np.exp(share), np.exp(hit - share)


def _half_normal(score: Floats) -> Floats:
    """Turn a standard normal score into the half-normal number of the same rank."""
    number: Floats = -ndtri_exp(log_ndtr(-score) - math.log(2))
    return number


def _log_density(at: Floats) -> Floats:
    density: Floats = -0.5 * at**2 - _LOG_SQRT_2PI
    return density


def names(model: Model) -> Iterator[str]:
    """Give a name to each parameter."""
    for name, part in model.block.items():
        yield from (f"{name}[{place}]" for place in range(part.stop - part.start))
