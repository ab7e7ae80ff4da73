"""Invented tables in which it is known what evidence is asked of whom, and threshold tests of many of them.

Six regions, three groups; the signal of the true lies one and a half standard deviations above that of the untrue. A
group whose reports are weak is not treated unfairly for it, whether the bar is one chance of being true for all, or
one strength of evidence: these are the worlds in which hit rates alone accuse falsely.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

import numpy as np
from scipy.special import expit, logit

from telusur.balance.passage import tables
from telusur.balance.result import Rate
from telusur.balance.thresholds import ThresholdTable, compare, fit
from telusur.balance.thresholds.table import table

World = Literal["even", "weak_same_evidence", "weak_same_chance", "lower_bar"]
FAIR: Final[tuple[World, ...]] = ("even", "weak_same_evidence", "weak_same_chance")
UNFAIR: Final[tuple[World, ...]] = ("lower_bar",)

GROUPS: Final = ("A", "B", "C")
REGIONS: Final = 6
_SHARES: Final = (0.40, 0.35, 0.25)
_APART: Final = 1.5
_BAR: Final = 0.75
_TRUE: Final = 0.45
_WEAK: Final = 0.28
_LOWER: Final = 0.56
"""How much less is asked of group A where it is treated unfairly, in standard deviations of the signal."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One world: which, and how many accepted cases."""

    world: World
    n: int


@dataclass(frozen=True, slots=True)
class Tried:
    """What the tests of one world came to.

    Parameters
    ----------
    setting
        The world.
    different
        Tests that tell a difference: false accusations in the fair worlds.
    verdicts
        Tests by verdict.
    r_hat
        The largest of all.
    """

    setting: Setting
    different: Rate
    verdicts: Mapping[str, int]
    r_hat: float


def draw(setting: Setting, seed: int) -> ThresholdTable:
    """Draw one world's table.

    Parameters
    ----------
    setting
        Which, and how large.
    seed
        Of the draws.
    """
    rng = np.random.default_rng(seed)
    sizes = 1 / np.arange(1, REGIONS + 1)
    region = rng.choice(REGIONS, setting.n, p=sizes / sizes.sum())
    group = rng.choice(len(GROUPS), setting.n, p=_SHARES)
    first = group == 0
    weak = setting.world in {"weak_same_evidence", "weak_same_chance"}
    share = np.where(first & weak, logit(_WEAK), logit(_TRUE)) + rng.normal(0, 0.2, REGIONS)[region]
    true = rng.random(setting.n) < expit(share)
    bar = _BAR + rng.normal(0, 0.15, REGIONS)[region]
    if setting.world == "weak_same_chance":
        bar = bar + first * (logit(_TRUE) - logit(_WEAK)) / _APART
    if setting.world == "lower_bar":
        bar = bar - first * _LOWER
    examined = rng.normal(0, 1, setting.n) + _APART * true > bar
    counts: dict[tuple[str, str], tuple[int, int, int]] = {}
    for place in range(REGIONS):
        for number, name in enumerate(GROUPS):
            here = (region == place) & (group == number)
            counts[f"{11 + place}", name] = (
                int(here.sum()), int((here & examined).sum()), int((here & examined & true).sum())
            )  # fmt: skip
    return table(counts, f"{setting.world} {setting.n}")


def tried(settings: Iterable[Setting], times: int, seed: int, jobs: int, *, least: int = 0) -> Iterator[Tried]:
    """Test each world so many times.

    Parameters
    ----------
    settings
        The worlds.
    times
        Tests of each.
    seed
        The same seed, the same worlds.
    jobs
        Processes.
    least
        Examined cases that are needed; nought, so that the test itself is tried and not the rule that keeps it quiet.

    Yields
    ------
    Tried
        In the order of the settings.
    """
    seeds = [seed * 1_000_003 + place for place in range(times)]
    with ProcessPoolExecutor(jobs) as pool:
        for setting in settings:
            answers = list(pool.map(partial(one, setting, least), seeds))
            verdicts = Counter(verdict for verdict, _ in answers)
            yield Tried(
                setting,
                tables.rate("different", times, verdicts["different"]),
                dict(sorted(verdicts.items())),
                max(r_hat for _, r_hat in answers),
            )


def one(setting: Setting, least: int, seed: int) -> tuple[str, float]:
    """Test one table; give the verdict and the larger R-hat.

    Parameters
    ----------
    setting
        Its world.
    least
        Examined cases that are needed.
    seed
        Of the table and of the test.
    """
    held = draw(setting, seed)
    beta = fit(held, family="beta", setting="cases", seed=seed)
    other = fit(held, family="discriminant", setting="cases", seed=seed)
    return compare(beta, other, least=least).verdict, max(beta.r_hat, other.r_hat)
