"""Orders: whether those who gave them are examined as well as those who followed are sanctioned."""

from __future__ import annotations

from typing import Final

import numpy as np

from telusur.balance.cases import Bools, Floats
from telusur.balance.questions import asking, speaking
from telusur.balance.questions.asking import Answer, Ground
from telusur.balance.result import Value

_MANY: Final = 5
"""Sanctioned subordinates of one order from which an unexamined superior is a finding."""

_DRAWS: Final = 2_000
_LEAST: Final = 10
"""Orders from which an interval can be told."""


def mobilisation(ground: Ground) -> Answer:
    """Ask of each order how many superiors were examined, and how many subordinates sanctioned.

    Notes
    -----
    Intervals are drawn over orders, since cases of one order stand or fall together.
    """
    columns = ground.cases.columns
    for column in ("order", "order_role"):
        if column not in columns:
            return asking.absent("mobilisation", column)
    mask = columns["order"] != np.array(None)
    orders, where = np.unique(columns["order"][mask].astype(str), return_inverse=True)
    role = columns["order_role"][mask]
    examined = ground.found["examined"].passed[mask]
    sanctioned = ground.found["sanctioned"].passed[mask]

    def per_order(chosen: Bools) -> Floats:
        return np.bincount(where[chosen], minlength=orders.size).astype(float)

    superior, subordinate, institution = (role == name for name in ("superior", "subordinate", "institution"))
    counts = {
        "superiors": per_order(superior),
        "superiors_examined": per_order(superior & examined),
        "subordinates": per_order(subordinate),
        "subordinates_sanctioned": per_order(subordinate & sanctioned),
        "institutions": per_order(institution),
    }
    silent = (counts["superiors_examined"] == 0) & (counts["subordinates_sanctioned"] >= _MANY)
    total = {name: int(values.sum()) for name, values in counts.items()}
    numbers: dict[str, Value] = {"orders": int(orders.size), "orders_silent": int(silent.sum()), **total}
    numbers |= _intervals(counts, ground.seed("mobilisation"))
    series: dict[str, list[object]] = {"order": orders.tolist()}
    series |= {name: [int(value) for value in values] for name, values in counts.items()}
    series["silent"] = [bool(one) for one in silent]
    told = [
        speaking.say(
            "mobilisation.told",
            orders=ground.count(orders.size),
            superiors=ground.count(total["superiors_examined"]),
            subordinates=ground.count(total["subordinates_sanctioned"]),
        )
    ]
    if total["superiors_examined"] == 0 and total["subordinates_sanctioned"] >= _MANY:
        told.append(speaking.say("mobilisation.all_silent", n=ground.count(total["subordinates_sanctioned"])))
    elif silent.any():
        told.append(speaking.say("mobilisation.silent", n=ground.count(int(silent.sum())), least=float(_MANY)))
    if total["institutions"]:
        told.append(speaking.say("mobilisation.institutions", n=ground.count(total["institutions"])))
    return Answer("mobilisation", told=speaking.joined(*told), numbers=numbers, series=series)


def _intervals(counts: dict[str, Floats], seed: int) -> dict[str, Value]:
    """Give the two shares and the ratio of sanctioned subordinates to examined superiors, each with its interval."""
    n = counts["superiors"].size
    drawn = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), _DRAWS).astype(float)
    found: dict[str, Value] = {}
    for name, above, below in (
        ("superiors_examined_share", "superiors_examined", "superiors"),
        ("subordinates_sanctioned_share", "subordinates_sanctioned", "subordinates"),
        ("sanctioned_per_examined", "subordinates_sanctioned", "superiors_examined"),
    ):
        top, bottom = counts[above].sum(), counts[below].sum()
        found[name] = float(top / bottom) if bottom else None
        tops, bottoms = drawn @ counts[above], drawn @ counts[below]
        # Where a draw may hold no denominator, or orders are few, an interval would be invented.
        told = n >= _LEAST and bool((bottoms > 0).all())
        ends = np.quantile(tops / bottoms, [0.025, 0.975]).tolist() if told else [None, None]
        found[f"{name}_lower"], found[f"{name}_upper"] = ends
    return found
