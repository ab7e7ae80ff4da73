"""Invented worlds of enforcement, in which it is known whether anybody is treated differently.

Thirty-eight regions of unequal size judge each in its own way; three groups of cases, two fifths, seven twentieths and
a quarter. The worlds are those of the benchmarks in the research that the room was designed by: plain, confounded by
region, weakly mass-reported, and late in the season; and an odds ratio planted at one step against one group.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import numpy as np
from scipy.special import expit

from telusur.balance.cases import Cases, Floats, Ints
from telusur.balance.result import StepName

World = Literal["plain", "confounded", "weak_reports", "late_season"]
WORLDS: Final[tuple[World, ...]] = ("plain", "confounded", "weak_reports", "late_season")
"""Fair worlds: nobody is treated differently in any of them."""

PLANTED: Final[tuple[StepName, ...]] = ("accepted", "examined", "proven")
REGIONS: Final = 38
GROUPS: Final = ("A", "B", "C")
_SHARES: Final = (0.40, 0.35, 0.25)
_SPREAD: Final = 0.6
"""Standard deviation of the regions' habits, natural log odds."""

_PASS: Final = (0.9, 0.9, 0.5)
"""Log odds of passing each step where nothing else matters."""

_WEIGHT: Final = 1.0
"""How much a standard deviation of evidence moves the log odds."""

_START: Final = date(2024, 8, 1)
_SEASON: Final = 120
"""Days of the season."""

_LATE: Final = 90.0
"""Day after which the late season's group has most of its reports."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One world.

    Parameters
    ----------
    world
        Which.
    n
        Cases.
    planted
        Step at which group A is let pass more often; None in a fair world.
    odds_ratio
        By how much.
    """

    world: World
    n: int
    planted: StepName | None = None
    odds_ratio: float = 2.0


def draw(setting: Setting, seed: int) -> Cases:
    """Draw one world's cases.

    Parameters
    ----------
    setting
        Which world, and how large.
    seed
        Of the draws.
    """
    rng = np.random.default_rng(seed)
    n = setting.n
    sizes = 1 / np.arange(1, REGIONS + 1)
    habits = rng.normal(0, _SPREAD, (3, REGIONS))
    region = rng.choice(REGIONS, n, p=sizes / sizes.sum())
    group = rng.choice(3, n, p=_SHARES)
    if setting.world == "confounded":
        # The group is strong where bodies are strict, at every step.
        habits = np.tile(rng.normal(0, _SPREAD, REGIONS), (3, 1))
        lean = expit(-0.4 + 1.5 * habits[0][region] / _SPREAD)
        group = np.where(rng.random(n) < lean, 0, rng.choice([1, 2], n, p=[0.58, 0.42]))
    strength: Floats = rng.normal(0, 1, n)
    if setting.world == "weak_reports":
        strength = strength - 0.75 * (group == 0)
    day: Floats = rng.uniform(0, _SEASON, n)
    season: Floats = np.zeros(n)
    if setting.world == "late_season":
        # Late reports are many, of one group, judged in haste, and often still open at the cut-off.
        late = (group == 0) & (rng.random(n) < 0.6)  # noqa: PLR2004 - share of its reports
        day = np.where(late, rng.uniform(_LATE, _SEASON, n), day)
        season = np.where(day > _LATE, -0.8, 0.0)
    against = (group == 0) * np.log(setting.odds_ratio)
    passed = np.ones(n, dtype=bool)
    through: list[Floats] = []
    for place, step in enumerate(PLANTED):
        planted = against if step == setting.planted else 0.0
        chance = expit(_PASS[place] + habits[place][region] + _WEIGHT * strength + season + planted)
        passed = passed & (rng.random(n) < chance)
        through.append(passed.astype(float))
    return _cases(rng, day, region, group, strength, through)


def _cases(
    rng: np.random.Generator, day: Floats, region: Ints, group: Ints, strength: Floats, through: list[Floats]
) -> Cases:
    n = day.size
    start = float(_START.toordinal())
    reported = start + np.floor(day)
    waits = [rng.gamma(2.0, mean / 2, n) for mean in (5.0, 12.0, 25.0)]
    reached, when = np.ones(n, dtype=bool), reported
    days = {"reported": reported}
    cut_off = start + _SEASON + 30
    outcome = np.full(n, None, dtype=object)
    decided = np.full(n, np.nan)
    for place, (name, gone) in enumerate(zip(("accepted", "examined", "proven"), through, strict=True)):
        when = when + np.ceil(waits[place])
        known = reached & (when <= cut_off)
        outcome[known & (gone == 0)] = "not_proven" if name == "proven" else "dropped"
        if name == "proven":
            outcome[known & (gone == 1)] = "proven"
        else:
            days[name] = np.where(known & (gone == 1), when, np.nan)
        ended = known & ((gone == 0) | (name == "proven"))
        decided[ended] = when[ended]
        reached = known & (gone == 1)
    severity = np.where(outcome == "proven", rng.choice(5, n, p=[0.1, 0.45, 0.25, 0.15, 0.05]), np.nan)
    columns = {
        "beneficiary": np.array(GROUPS, dtype=object)[group],
        "region": np.array([f"{11 + place}" for place in range(REGIONS)], dtype=object)[region],
        "source": rng.choice(np.array(["report", "finding", "media"], dtype=object), n, p=[0.5, 0.4, 0.1]),
        "rank": rng.choice(np.array(["functional", "executor", "leader"], dtype=object), n, p=[0.4, 0.4, 0.2]),
        "body": np.array(["regional", "provincial"], dtype=object)[(region % 2)],
    }
    return Cases(
        tuple(f"{place:06d}" for place in range(n)), columns, {**days, "decided": decided}, outcome,
        {"severity": severity, "evidence_strength": strength}, date.fromordinal(int(cut_off)),
    )  # fmt: skip


def rows(cases: Cases) -> Iterator[dict[str, str]]:
    """Give cases as the rows of a table, for a file."""
    for place, name in enumerate(cases.case):
        words = {column: values[place] for column, values in cases.columns.items()}
        days = {
            step: "" if np.isnan(values[place]) else date.fromordinal(int(values[place])).isoformat()
            for step, values in cases.days.items()
        }
        severity, strength = (cases.numbers[column][place] for column in ("severity", "evidence_strength"))
        yield {
            "case": name,
            **words,
            **days,
            "outcome": cases.outcome[place] or "",
            "severity": "" if np.isnan(severity) else f"{severity:.0f}",
            "evidence_strength": f"{strength:.2f}",
        }
