"""Who came to each step of the funnel, and who passed it.

A case that is still open at a step has neither passed nor failed it, and is not counted there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from telusur.balance.cases import Bools, Cases, Objects
from telusur.balance.result import StepName

STEPS: Final[tuple[StepName, ...]] = ("accepted", "examined", "proven", "sanctioned")


STATES: Final = ("open", "not_accepted", "not_examined", "not_proven", "not_sanctioned", "sanctioned", "unsettled")
"""How far a case has come, each case in one: open; failed at a step; sanctioned; proven, of unknown severity."""


@dataclass(frozen=True, eq=False)
class Population:
    """Cases at one step; both masks have shape (n,).

    Parameters
    ----------
    reached
        Cases that came to it.
    settled
        Of these, those that passed or failed.
    passed
        Of these, those that passed.
    """

    reached: Bools
    settled: Bools
    passed: Bools


def populations(cases: Cases) -> Mapping[StepName, Population]:
    """Give the population of each step, in their order.

    Parameters
    ----------
    cases
        The cases.

    Notes
    -----
    A later step shows that the earlier ones were passed, even where their day is missing. A case dropped before a step
    failed it; a proven case of unknown severity is open at the last.
    """
    decided = np.isin(cases.outcome, ["not_proven", "proven"])
    dropped = cases.outcome == "dropped"
    examined = ~np.isnan(cases.days["examined"]) | decided
    accepted = ~np.isnan(cases.days["accepted"]) | examined
    proven = cases.outcome == "proven"
    severity = cases.numbers.get("severity", np.full(cases.n, np.nan))
    everyone = np.ones(cases.n, dtype=bool)
    found = {
        "accepted": (everyone, accepted | dropped, accepted),
        "examined": (accepted, examined | dropped, examined),
        "proven": (examined, decided | dropped, proven),
        "sanctioned": (proven, ~np.isnan(severity), severity > 0),
    }
    return {
        step: Population(reached, reached & settled, reached & settled & passed)
        for step, (reached, settled, passed) in ((name, found[name]) for name in STEPS)
    }


def states(cases: Cases) -> Objects:
    """Give how far each case has come, one of `STATES`, shape (n,)."""
    found = populations(cases)
    state = np.full(cases.n, "open", dtype=object)
    for step in STEPS:
        state[found[step].settled & ~found[step].passed] = f"not_{step}"
    state[found["sanctioned"].passed] = "sanctioned"
    state[found["sanctioned"].reached & ~found["sanctioned"].settled] = "unsettled"
    return state
