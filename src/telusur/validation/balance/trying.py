"""Audits of many invented worlds: how often one accuses falsely, and how often it finds what was planted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

from telusur.balance.judging import judged
from telusur.balance.passage import tables
from telusur.balance.plan import Plan, default_plan
from telusur.balance.result import Rate, StepName
from telusur.balance.steps import populations
from telusur.validation.balance.worlds import Setting, draw

_ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class Tried:
    """What audits of one world came to.

    Parameters
    ----------
    setting
        The world.
    accusing
        Audits in which a step is called uneven that is not.
    finding
        Audits in which the planted step is; None in a fair world.
    pooled
        Audits in which Fisher's test without strata, each step at 5 %, would have accused falsely.
    by_step
        Audits in which each step is called uneven.
    too_little
        Audits in which each step is called too little data.
    """

    setting: Setting
    accusing: Rate
    finding: Rate | None
    pooled: Rate
    by_step: Mapping[StepName, int]
    too_little: Mapping[StepName, int]


def tried(settings: Iterable[Setting], times: int, seed: int, jobs: int) -> Iterator[Tried]:
    """Audit each world so many times.

    Parameters
    ----------
    settings
        The worlds.
    times
        Audits of each.
    seed
        The same seed, the same worlds.
    jobs
        Processes.

    Yields
    ------
    Tried
        In the order of the settings.
    """
    plan = default_plan()
    with ProcessPoolExecutor(jobs) as pool:
        for setting in settings:
            seeds = [seed * 1_000_003 + place for place in range(times)]
            answers = list(pool.map(partial(_one, setting, plan), seeds, chunksize=8))
            yield _summed(setting, answers)


def _one(setting: Setting, plan: Plan, seed: int) -> tuple[dict[StepName, str], bool]:
    cases = draw(setting, seed)
    found = populations(cases)
    verdicts = {step.step: step.rung.verdict for step in judged(cases, found, plan)}
    member = cases.columns[plan.groups] == "A"
    crude = [
        tables.pooled(population.passed[population.settled], member[population.settled]).p <= _ALPHA
        for step, population in found.items()
        if step not in {setting.planted, "sanctioned"}
    ]
    return {step: str(verdict) for step, verdict in verdicts.items()}, any(crude)


def _summed(setting: Setting, answers: list[tuple[dict[StepName, str], bool]]) -> Tried:
    n = len(answers)
    uneven, little = Counter[StepName](), Counter[StepName]()
    accusing = finding = 0
    for verdicts, _ in answers:
        called = {step for step, verdict in verdicts.items() if verdict == "uneven"}
        uneven.update(called)
        little.update(step for step, verdict in verdicts.items() if verdict == "too_little_data")
        accusing += bool(called - {setting.planted})
        finding += setting.planted in called
    return Tried(
        setting,
        tables.rate("accusing", n, accusing),
        None if setting.planted is None else tables.rate("finding", n, finding),
        tables.rate("pooled", n, sum(crude for _, crude in answers)),
        dict(uneven),
        dict(little),
    )
