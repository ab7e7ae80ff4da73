"""One family's answer: bars by place and group, by group, and between groups, each with its interval."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Final, Literal

import numpy as np

from telusur.balance.thresholds import convergence, mode
from telusur.balance.thresholds.beta import Beta
from telusur.balance.thresholds.discriminant import Discriminant
from telusur.balance.thresholds.hmc import Floats, Sampler
from telusur.balance.thresholds.model import Model
from telusur.balance.thresholds.priors import BETA, DISCRIMINANT, Setting
from telusur.balance.thresholds.table import Ints, ThresholdTable
from telusur.domain.errors import BadInput

Family = Literal["beta", "discriminant"]
Tick = Callable[[float], None]

HIGHEST_R_HAT: Final = 1.01
"""Above this chains do not tell the same, and nothing is said."""

LEAST_SAMPLE: Final = 400.0
"""Effective draws of every quantity, below which drawing goes on (Vehtari et al. 2021)."""

_WARM_UP: Final = (100, 150, 250, 150)
_WIDE: Final = 1.5
_MOST_ROUNDS: Final = 16
#: Share of the draws that convergence seems to need still, after which it is looked at again.
_SOON: Final = 0.8
#: Scale of the bars' scatter from which rows may stand for their own bars, and the score of a scatter that is none.
_SCATTERED: Final = 0.5
_FALLEN: Final = -2.5
#: Rows from which coordinates matter; the draws that tell which, and how low how few of their scatters may be, in units
#: of the prior's scale, for rows to stand for themselves.
_MANY: Final = 60
_LOOK: Final = (100, 100)
_LOWEST, _SCATTERS = 0.01, 0.3


@dataclass(frozen=True, slots=True)
class Interval:
    """A number with its 95 % interval.

    Parameters
    ----------
    mean
        Posterior mean.
    lower, upper
        Quantiles 2.5 % and 97.5 %.
    """

    mean: float
    lower: float
    upper: float

    @property
    def sign(self) -> int:
        """1 or -1 where the interval excludes nought, else 0."""
        return (self.lower > 0) - (self.upper < 0)

    @classmethod
    def of(cls, draws: Floats) -> Interval:
        """Take it from draws, shape (n,)."""
        low, high = np.quantile(draws, [0.025, 0.975]).tolist()
        return cls(float(draws.mean()), low, high)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar on both scales.

    Parameters
    ----------
    chance
        As the chance of being true at which a case is examined.
    evidence
        As the weight of the evidence that is asked for beyond how often reports are true, in bans.
    """

    chance: Interval
    evidence: Interval


@dataclass(frozen=True, slots=True)
class Row:
    """One place and group: its counts and its bar."""

    place: str
    group: str
    n: int
    examined: int
    hits: int
    bar: Bar


@dataclass(frozen=True, slots=True)
class Difference:
    """The first group's bar less the second's."""

    first: str
    second: str
    bar: Bar


@dataclass(frozen=True, slots=True)
class Posterior:
    """What one family says of one table.

    Parameters
    ----------
    family
        Which.
    setting
        Whose priors.
    table
        The counts.
    rows
        Bars by place and group, in the order of the table.
    groups
        Bars by group, averaged over places by how many could have been examined there.
    differences
        Between the groups, of the same averages.
    examined_rms, hits_rms
        Root mean square of shares examined and hit rates less what the model expects, rows weighed by their size.
    r_hat
        Largest of all parameters and bars.
    sample
        Smallest effective sample size of them.
    chains, draws
        How many, and how many of each.
    divergent
        Paths that went astray.
    seed
        Of the draws.
    """

    family: Family
    setting: Setting
    table: ThresholdTable
    rows: tuple[Row, ...]
    groups: tuple[tuple[str, Bar], ...]
    differences: tuple[Difference, ...]
    examined_rms: float
    hits_rms: float
    r_hat: float
    sample: float
    chains: int
    draws: int
    divergent: int
    seed: int

    @property
    def converged(self) -> bool:
        """Whether the chains tell the same."""
        return self.r_hat <= HIGHEST_R_HAT


def fit(
    table: ThresholdTable,
    *,
    family: Family,
    setting: Setting = "stops",
    seed: int = 0,
    chains: int = 8,
    draws: int = 500,
    tick: Tick = lambda _share: None,
) -> Posterior:
    """Run the threshold test of one family.

    Parameters
    ----------
    table
        The counts.
    family
        ``beta`` or ``discriminant``.
    setting
        ``stops``: the priors of the open study of police stops; ``cases``: those for reports that are often true.
    seed
        The same seed, the same answer.
    chains
        Chains.
    draws
        Draws of each chain at a time; drawing goes on, up to sixteen times as many, until the chains agree.
    tick
        Told the share that is done.

    Raises
    ------
    BadInput
        If the table has too few groups or places for the model.
    """
    lacking = table.lacking(0)
    if lacking is not None:
        raise BadInput(lacking)
    rng = np.random.default_rng(seed)
    model, at = _prepared(table, family, setting)
    root = mode.spread(model, at)
    sampler = _sampler(model, _starts(model, at, root, chains, rng), at, root, rng)
    if family == "beta" and table.rows >= _MANY:
        model, sampler = _recoordinated(Beta(table, BETA[setting], alone=True), model, sampler)
    sampler.warm_up(_WARM_UP, lambda share: tick(0.3 * share))
    held: list[Floats] = []
    divergent, look = 0, 1
    for turn in range(1, _MOST_ROUNDS + 1):
        drawn = sampler.draw(draws)
        held.append(drawn.values)
        divergent += drawn.divergent
        tick(0.3 + 0.7 * turn / _MOST_ROUNDS)
        if turn < min(look, _MOST_ROUNDS):
            continue
        values = np.concatenate(held, axis=1)
        bars, evidence, examined, hits = _described(model, values)
        parameters = model.straight(values.reshape(-1, model.size)).reshape(values.shape)
        every = np.concatenate([parameters, bars, evidence], axis=2)
        r_hat = float(convergence.r_hat(every).max())
        last = turn == _MOST_ROUNDS
        if r_hat <= HIGHEST_R_HAT or last:
            sample = float(convergence.sample_size(every).min())
            if sample >= LEAST_SAMPLE or last:
                break
        # Its distance from 1 falls as draws grow; looking is dear where there are many.
        away = min(r_hat - 1, 1.0) / (HIGHEST_R_HAT - 1)
        look = turn + max(1, int(_SOON * turn * (away - 1)))
    tick(1.0)
    return _summary(
        table, bars, evidence, (examined, hits),
        family=family, setting=setting, r_hat=r_hat, sample=sample, divergent=divergent, seed=seed,
    )  # fmt: skip


def _prepared(table: ThresholdTable, family: Family, setting: Setting) -> tuple[Model, Floats]:
    """Give the model in the coordinates that suit the table, and its mode."""
    if family == "discriminant" and DISCRIMINANT[setting].scatter >= _SCATTERED:
        model: Model = Discriminant(table, DISCRIMINANT[setting], alone=True)
        at = mode.highest(model, model.start())
        # Where bars hardly scatter, the climb falls into the hole at no scatter at all.
        if at[model.block["scatter"]].min() > _FALLEN:
            return model, at
    model = Beta(table, BETA[setting]) if family == "beta" else Discriminant(table, DISCRIMINANT[setting])
    return model, mode.highest(model, model.start())


def _recoordinated(other: Model, model: Model, sampler: Sampler) -> tuple[Model, Sampler]:
    """Go over to coordinates in which rows stand for themselves, if the first draws show that bars scatter."""
    sampler.warm_up(_LOOK)
    seen = sampler.draw(_LOOK[-1]).values
    if np.quantile(model.scatter(seen.reshape(-1, model.size)), _LOWEST, axis=0).min() < _SCATTERS:
        return model, sampler
    at = other.taken(model, sampler.at)
    root = mode.spread(other, at.mean(0))
    return other, _sampler(other, at, at.mean(0), root, sampler.rng)


def _sampler(model: Model, at: Floats, centre: Floats, root: Floats, rng: np.random.Generator) -> Sampler:
    return Sampler(model, at, centre, root, rng, partial(mode.covariance, model))


def _starts(model: Model, at: Floats, root: Floats, chains: int, rng: np.random.Generator) -> Floats:
    """Begin wider than the target is, or R-hat would tell nothing; nearer where that is impossible."""
    away = rng.standard_normal((chains, at.size)) @ root.T * _WIDE
    for _ in range(20):
        density, slope = model.density(at + away)
        lost = ~(np.isfinite(density) & np.isfinite(slope).all(1))
        if not lost.any():
            break
        away[lost] /= 2
    return at + away


def _described(model: Model, values: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Give bars on both scales, shape (chains, draws, rows), and the mean rates, shape (rows,)."""
    flat = model.straight(values.reshape(-1, values.shape[2]))
    bars, evidence = model.bars(flat)
    # Rates of a part of the draws are enough for their mean.
    thinned = flat[:: max(1, len(flat) // 1000)]
    examined, hits = model.rates(thinned)
    shape = (*values.shape[:2], model.rows)
    return bars.reshape(shape), evidence.reshape(shape), examined.mean(0), hits.mean(0)


def _summary(
    table: ThresholdTable, bars: Floats, evidence: Floats, rates: tuple[Floats, Floats], *,
    family: Family, setting: Setting, r_hat: float, sample: float, divergent: int, seed: int,
) -> Posterior:  # fmt: skip
    chains, draws = bars.shape[:2]
    chance, weight = bars.reshape(-1, table.rows), evidence.reshape(-1, table.rows)
    sizes = np.bincount(table.place, table.n, len(table.places))[table.place]
    shares = np.where(table.group[:, None] == np.arange(len(table.groups)), sizes[:, None], 0.0)
    shares = shares / shares.sum(0)
    of_chance, of_weight = chance @ shares, weight @ shares
    looked = np.maximum(table.examined, 1)
    return Posterior(
        family,
        setting,
        table,
        tuple(
            Row(
                table.places[table.place[row]], table.groups[table.group[row]],
                int(table.n[row]), int(table.examined[row]), int(table.hits[row]),
                Bar(Interval.of(chance[:, row]), Interval.of(weight[:, row])),
            )
            for row in range(table.rows)
        ),
        tuple(
            (group, Bar(Interval.of(of_chance[:, place]), Interval.of(of_weight[:, place])))
            for place, group in enumerate(table.groups)
        ),
        tuple(
            Difference(
                table.groups[one], table.groups[two],
                Bar(
                    Interval.of(of_chance[:, one] - of_chance[:, two]),
                    Interval.of(of_weight[:, one] - of_weight[:, two]),
                ),
            )
            for one, two in combinations(range(len(table.groups)), 2)
        ),
        _rms(table.examined / table.n - rates[0], table.n),
        _rms(table.hits / looked - rates[1], table.examined),
        r_hat, sample, chains, draws, divergent, seed,
    )  # fmt: skip


def _rms(errors: Floats, weights: Ints) -> float:
    return float(np.sqrt(np.average(errors**2, weights=weights)))
