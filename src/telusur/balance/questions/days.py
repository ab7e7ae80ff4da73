"""How long cases take, by group: from report to decision, and from decision to execution."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from telusur.balance.cases import Bools, Floats
from telusur.balance.passage import adjusting
from telusur.balance.questions import asking, hazards, speaking, survival
from telusur.balance.questions.asking import Answer, Ground
from telusur.balance.result import Value

_LEAST: Final = 30
"""Closings of each group compared."""

_HORIZON: Final = 0.9
_POINTS: Final = 40
_STEPS: Final = (
    ("accepted", "reported", "accepted"),
    ("examined", "accepted", "examined"),
    ("decided", "examined", "decided"),
    ("executed", "decided", "executed"),
)
_NOTHING: Final = 1e-9


def decided(ground: Ground) -> Answer:
    """Ask after the days from report to decision.

    Notes
    -----
    Open cases are censored at the cut-off. A case dropped was not decided: it ends the waiting on its day as an event
    of its own, and its day says how long it was waited for, not that it would have been decided.
    """
    cases = ground.cases
    start, end = cases.days["reported"], cases.days["decided"]
    closed = np.isin(cases.outcome, ["not_proven", "proven"]) & ~np.isnan(end)
    gone = cases.outcome == "dropped"
    # Of what is closed on an unknown day nothing can be said about days.
    known = ~((cases.outcome != np.array(None)) & np.isnan(end))
    found = _asked("days", ground, start, end, closed, gone, known, ground.plan.deadline_days)
    return replace(found, numbers={**found.numbers, **_between(ground)})


def executed(ground: Ground) -> Answer:
    """Ask after the days from decision to execution of what was proven."""
    cases = ground.cases
    if "executed" not in cases.days:
        return asking.absent("days_executed", "executed")
    start, end = cases.days["decided"], cases.days["executed"]
    severity = cases.numbers.get("severity", np.full(cases.n, np.nan))
    # Where nothing was imposed there is nothing to execute.
    known = (cases.outcome == "proven") & ~np.isnan(start) & ~(severity == 0)
    return _asked("days_executed", ground, start, end, ~np.isnan(end), np.zeros(cases.n, dtype=bool), known)


def _between(ground: Ground) -> dict[str, Value]:
    """Give the median days of each step among all cases that took it, and how many those are."""
    cases = ground.cases
    decided = np.isin(cases.outcome, ["not_proven", "proven"])
    found: dict[str, Value] = {}
    for name, start, end in _STEPS:
        if end not in cases.days:
            continue
        took = cases.days[end] - cases.days[start]
        took = took[~np.isnan(took) & (decided if name in {"decided", "executed"} else True)]
        found[f"step_n_{name}"] = int(took.size)
        found[f"step_days_{name}"] = float(np.median(took)) if took.size >= _LEAST else None
    return found


def _asked(
    question: str,
    ground: Ground,
    start: Floats,
    end: Floats,
    closed: Bools,
    gone: Bools,
    known: Bools,
    deadline: int | None = None,
) -> Answer:
    cut_off = float(ground.cases.censored_on.toordinal())
    mask = known & ground.comparable
    held = np.where(closed | gone, end, cut_off)
    time, event = np.maximum(np.where(mask, held - start, 0.0), 0.0), closed & mask
    names = ground.large(event, _LEAST)
    numbers, series, horizon = _described(ground, time, event, gone & mask, mask, deadline)
    if len(names) < 2:  # noqa: PLR2004 - it takes two to differ
        counts = [int((event & (ground.group == name)).sum()) for name in ground.names]
        seen = float(np.exp(asking.POWER * np.sqrt(asking.split(counts))))
        return asking.few(
            question, "closings", n=ground.count(max(counts, default=0)), least=_LEAST,
            missed=speaking.say("missed.hazard", detectable=seen), numbers=numbers, series=series,
        )  # fmt: skip
    members = ground.members(names)[mask]
    columns = ground.like(mask)
    clock = hazards.Clock(time[mask], event[mask], ground.strata[mask])
    scored = hazards.scores(clock, columns, members, None if ground.clusters is None else ground.clusters[mask])
    if not (np.diag(scored.covariance) > _NOTHING).all():
        # Where each stratum holds one group, nothing can be compared however many there are.
        return asking.few(question, "closings", n=ground.count(0), least=_LEAST, numbers=numbers, series=series)
    place = int(np.abs(scored.z).argmax())
    name, member = names[place], members[:, place]
    value, error, proportional = hazards.ratio(clock, columns, member)
    error *= float(np.sqrt(scored.inflation))
    pooled = hazards.Clock(time[mask], event[mask], np.zeros(int(mask.sum()), dtype=np.int64))
    crude = hazards.scores(pooled, np.zeros((int(mask.sum()), 0)), members)
    gap, reach = _gap(time[mask], event[mask], member > 0, horizon)
    detectable = float(np.exp(asking.POWER * scored.errors[place]))
    ends = [float(np.exp(value + side * asking.Z * error)) for side in (-1, 0, 1)]
    numbers |= {
        "group": name, "hazard_ratio": ends[1], "lower": ends[0], "upper": ends[2], "detectable": detectable,
        "proportional_p": proportional, "pooled_p": adjusting.largest(crude.z, crude.covariance, ground.seed(question)),
        "rmst_difference": gap, "rmst_lower": gap - reach, "rmst_upper": gap + reach,
    }  # fmt: skip
    side = "later" if value < 0 else "sooner"
    return Answer(
        question,
        p=adjusting.largest(scored.z, scored.covariance, ground.seed(question)),
        crude=float(numbers["pooled_p"] or 0.0),
        difference=speaking.say(f"{question}.{side}", group=name, effect=ends[1], lower=ends[0], upper=ends[2]),
        nothing=speaking.say("missed.hazard", detectable=detectable),
        blind=detectable > ground.plan.least.detectable,
        told=speaking.say(
            "days.mean" if deadline is None else "days.mean_term",
            group=name, gap=gap, lower=gap - reach, upper=gap + reach, horizon=horizon,
        ),
        numbers=numbers,
        series=series,
    )  # fmt: skip


def _gap(time: Floats, event: Bools, member: Bools, horizon: float) -> tuple[float, float]:
    ours, spread = survival.waiting(time[member], event[member]).mean_to(horizon)
    theirs, other = survival.waiting(time[~member], event[~member]).mean_to(horizon)
    return ours - theirs, asking.Z * float(np.sqrt(spread + other))


def _described(
    ground: Ground, time: Floats, event: Bools, gone: Bools, mask: Bools, deadline: int | None
) -> tuple[dict[str, Value], dict[str, list[object]], float]:
    numbers: dict[str, Value] = {}
    series: dict[str, list[object]] = {name: [] for name in ("group", "day", "waiting", "lower", "upper", "watched")}
    horizon = float(np.ceil(np.quantile(time[event], _HORIZON))) if event.any() else 0.0
    grid = np.linspace(0, horizon, _POINTS).round()
    if deadline is not None:
        # Days until the term are those that count; the curve is drawn as far as either.
        numbers["deadline"] = horizon = float(deadline)
        grid = np.r_[grid, np.linspace(0, horizon, _POINTS).round()]
    grid = np.unique(grid)
    numbers["horizon"] = horizon
    for name in ground.names:
        member = mask & (ground.group == name)
        numbers |= {
            f"closed_{name}": int((member & event).sum()),
            f"dropped_{name}": int((member & gone).sum()),
            f"open_{name}": int((member & ~event & ~gone).sum()),
        }
        curve = survival.waiting(time[member], event[member])
        numbers[f"median_{name}"] = curve.median() if (member & event).sum() >= _LEAST else None
        share, lower, upper, watched = curve.at(grid)
        series["group"] += [name] * grid.size
        for key, values in zip(("day", "waiting", "lower", "upper"), (grid, share, lower, upper), strict=True):
            series[key] += [float(value) for value in values]
        series["watched"] += [int(value) for value in watched]
    return numbers, series, horizon
