"""What is not in the data, by group; and whose cases are still open."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from telusur.balance.cases import Bools
from telusur.balance.passage import test
from telusur.balance.questions import speaking
from telusur.balance.questions.asking import Answer, Ground
from telusur.balance.result import Value
from telusur.balance.steps import Population

_WORDS: Final = ("region", "rank", "source", "body", "evidence_strength", "phase", "relation", "handler")
_DAYS: Final = (("accepted", "accepted"), ("examined", "examined"))


def missing(ground: Ground) -> Answer:
    """Ask whether more is missing in the records of one group, like against like.

    Notes
    -----
    A day is missing where a later step shows that it came. Each column has its own test; the least p counts as often
    as there are tests.
    """
    lacks = _lacks(ground)
    series = _shown(ground, lacks)
    unnamed = int((ground.group == np.array(None)).sum())
    numbers: dict[str, Value] = {"without_group": unnamed}
    tried = {}
    for name, (asked, lack) in lacks.items():
        if name == "region" and "region" in ground.plan.strata:
            continue
        # A column that is missing cannot make the cases alike that it is missing in.
        plan = replace(ground.plan, adjust=tuple(one for one in ground.plan.adjust if one != name))
        if (lack & asked).any():
            tried[name] = test.of(ground.cases, Population(asked, asked, lack), plan)
    return _least("missing", ground.plan.least.detectable, tried, numbers, series, nothing_lacks=not tried)


def still_open(ground: Ground) -> Answer:
    """Ask whether one group's cases stay open more often than others of the same day, like against like."""
    everyone = np.ones(ground.cases.n, dtype=bool)
    is_open = np.asarray(ground.cases.outcome == np.array(None), dtype=bool)
    adjust = ground.plan.adjust if "reported" in ground.plan.adjust else (*ground.plan.adjust, "reported")
    tried = test.of(ground.cases, Population(everyone, everyone, is_open), replace(ground.plan, adjust=adjust))
    series = _shown(ground, {"open": (everyone, is_open)})
    return _least(
        "open",
        ground.plan.least.detectable,
        {"open": tried},
        {"open": int(is_open.sum())},
        series,
        nothing_lacks=not is_open.any(),
    )


def _lacks(ground: Ground) -> dict[str, tuple[Bools, Bools]]:
    """Give by column which cases should have it, and which lack it; what no case has is absent, not missing."""
    cases = ground.cases
    everyone = np.ones(cases.n, dtype=bool)
    found: dict[str, tuple[Bools, Bools]] = {}
    for name in _WORDS:
        if name in cases.columns:
            found[name] = (everyone, np.asarray(cases.columns[name] == np.array(None), dtype=bool))
        elif name in cases.numbers:
            found[name] = (everyone, np.isnan(cases.numbers[name]))
    for name, step in _DAYS:
        passed = ground.found["accepted" if step == "accepted" else "examined"].passed
        if passed.any():
            found[name] = (passed, np.isnan(cases.days[name]))
    closed = np.asarray(cases.outcome != np.array(None), dtype=bool)
    if closed.any():
        found["decided"] = (closed, np.isnan(cases.days["decided"]))
    proven = np.asarray(cases.outcome == "proven", dtype=bool)
    if proven.any() and "severity" in cases.numbers:
        found["severity"] = (proven, np.isnan(cases.numbers["severity"]))
    return found


def _shown(ground: Ground, lacks: dict[str, tuple[Bools, Bools]]) -> dict[str, list[object]]:
    series: dict[str, list[object]] = {key: [] for key in ("column", "group", "n", "missing", "present", "share")}
    for column, (asked, lack) in lacks.items():
        for name in ground.names:
            ours = asked & (ground.group == name)
            n, gone = int(ours.sum()), int((ours & lack).sum())
            for key, value in zip(series, (column, name, n, gone, n - gone, gone / n if n else None), strict=True):
                series[key].append(value)
    return series


def _least(
    question: str,
    limit: float,
    tried: dict[str, test.Tried],
    numbers: dict[str, Value],
    series: dict[str, list[object]],
    *,
    nothing_lacks: bool,
) -> Answer:
    if nothing_lacks:
        return Answer(question, told=speaking.say(f"{question}.none"), numbers=numbers, series=series)
    tests = {name: one.test for name, one in tried.items() if one.test is not None}
    if not tests:
        lacking = next(one.lacking for one in tried.values())
        assert lacking is not None
        return Answer(question, lacking=lacking, numbers=numbers, series=series)
    column = min(tests, key=lambda name: tests[name].p)
    found = tests[column]
    side = "more" if found.effect > 1 else "less"
    numbers = numbers | {
        "column": column, "group": found.group, "odds_ratio": found.effect, "lower": found.lower,
        "upper": found.upper, "detectable": found.detectable, "pooled_p": found.pooled.p,
    }  # fmt: skip
    return Answer(
        question,
        p=min(1.0, found.p * len(tests)),
        crude=found.pooled.p,
        difference=speaking.say(
            f"{question}.{side}", column=column, group=found.group, effect=found.effect, lower=found.lower,
            upper=found.upper,
        ),
        nothing=speaking.say("missed.odds", detectable=found.detectable),
        blind=found.detectable > limit,
        numbers=numbers,
        series=series,
    )  # fmt: skip
