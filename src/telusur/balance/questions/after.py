"""What comes after a decision, by group: appeals and execution. Counts; there are too few to test."""

from __future__ import annotations

from typing import Final

import numpy as np

from telusur.balance.passage import tables
from telusur.balance.questions import asking, speaking
from telusur.balance.questions.asking import Answer, Ground

CHANGED: Final = frozenset({"changed", "overturned", "reduced", "increased", "annulled"})
"""Words of the column ``appeal`` by which a decision was changed; every other word is an appeal that left it."""


def appeals(ground: Ground) -> Answer:
    """Ask how many decisions were appealed against and changed, by group."""
    if "appeal" not in ground.cases.columns:
        return asking.absent("appeals", "appeal")
    appeal = ground.cases.columns["appeal"]
    decided = np.isin(ground.cases.outcome, ["not_proven", "proven"])
    appealed = decided & (appeal != np.array(None))
    changed = appealed & np.isin(appeal, sorted(CHANGED))
    keys = ("group", "decided", "appealed", "changed", "unchanged", "share", "lower", "upper")
    series: dict[str, list[object]] = {key: [] for key in keys}
    for name in ground.names:
        ours = ground.group == name
        n, of = int((ours & appealed).sum()), int((ours & changed).sum())
        rate = tables.rate(name, n, of)
        row = (name, int((ours & decided).sum()), n, of, n - of, rate.rate if n else None, rate.lower, rate.upper)
        for key, value in zip(keys, row, strict=True):
            series[key].append(value)
    told = speaking.say(
        "appeals.told", n=ground.count(int(appealed.sum())), changed=ground.count(int(changed.sum()))
    )  # fmt: skip
    numbers = {"appealed": int(appealed.sum()), "changed": int(changed.sum())}
    return Answer("appeals", told=told, numbers=numbers, series=series)


def executed(ground: Ground) -> Answer:
    """Ask how many sanctions were executed by the cut-off, by group."""
    if "executed" not in ground.cases.days:
        return asking.absent("executed", "executed")
    sanctioned = ground.found["sanctioned"].passed
    done = sanctioned & ~np.isnan(ground.cases.days["executed"])
    keys = ("group", "sanctioned", "executed", "not_executed", "share", "lower", "upper")
    series: dict[str, list[object]] = {key: [] for key in keys}
    for name in ground.names:
        ours = ground.group == name
        n, of = int((ours & sanctioned).sum()), int((ours & done).sum())
        rate = tables.rate(name, n, of)
        row = (name, n, of, n - of, rate.rate if n else None, rate.lower, rate.upper)
        for key, value in zip(keys, row, strict=True):
            series[key].append(value)
    told = speaking.say("executed.told", n=ground.count(int(sanctioned.sum())), done=ground.count(int(done.sum())))
    numbers = {"sanctioned": int(sanctioned.sum()), "executed": int(done.sum())}
    return Answer("executed", told=told, numbers=numbers, series=series)
