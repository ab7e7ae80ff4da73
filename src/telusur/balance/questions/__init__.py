"""What is asked beside the steps of the funnel: each question a module, all judged together.

Doors: `all_questions`; `trial.assign` draws which reports are triaged with their group hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from telusur.balance.cases import Cases
from telusur.balance.plan import Plan
from telusur.balance.questions import after, asking, days, grades, handling, missing, mobilisation, places, severity
from telusur.balance.questions import outcome as hits
from telusur.balance.questions import sources as origins
from telusur.balance.questions import trial as masked
from telusur.balance.questions.asking import Answer, Ground
from telusur.balance.result import Finding, StepName
from telusur.balance.steps import Population

QUESTIONS: Final[tuple[Callable[[Ground], Answer], ...]] = (
    days.decided,
    days.executed,
    severity.severity,
    severity.within_range,
    hits.outcome,
    places.regions,
    places.bodies,
    handling.assignment,
    handling.order,
    mobilisation.mobilisation,
    origins.sources,
    origins.flooding,
    grades.grades,
    missing.missing,
    missing.still_open,
    after.appeals,
    after.executed,
    masked.trial,
)
"""Every question, in the order of a report."""


def all_questions(
    cases: Cases, plan: Plan, population: Mapping[StepName, Population], *, uneven: frozenset[str] = frozenset()
) -> tuple[Finding, ...]:
    """Ask every question.

    Parameters
    ----------
    cases
        The cases; at least one has a value in the plan's column of groups.
    plan
        What is compared with what. Its `alpha` is the chance that any question says a false difference, all together.
    population
        Who came to each step, and passed it.
    uneven
        Steps that the audit calls uneven: where none is, no region is shown to be.

    Returns
    -------
    tuple of Finding
        In the order of `QUESTIONS`; what the data cannot answer says so.
    """
    ground = Ground(cases, plan, population, uneven)
    found = asking.judged([ask(ground) for ask in QUESTIONS], plan.alpha)
    return tuple(hits.said(ground, one) if one.id == "outcome" else one for one in found)
