"""One audit: every step tested by the plan, all steps judged together, and the questions beside them."""

from __future__ import annotations

from collections.abc import Callable

from telusur.balance import counting
from telusur.balance.cases import Cases
from telusur.balance.judging import judged
from telusur.balance.plan import Plan
from telusur.balance.questions import all_questions
from telusur.balance.result import Audit, Finding
from telusur.balance.steps import populations
from telusur.domain.errors import BadInput
from telusur.domain.text import Text

Tick = Callable[[str, float], None]


def audit(
    cases: Cases,
    plan: Plan,
    *,
    data_sha256: str = "",
    post_hoc: Text | None = None,
    thresholds: Finding | None = None,
    tick: Tick = lambda _what, _share: None,
) -> Audit:
    """Audit cases by a plan.

    Parameters
    ----------
    cases
        The cases.
    plan
        What is compared with what.
    data_sha256
        Of the file they come from.
    post_hoc
        Why the plan cannot count as made before the data were seen; None where it can.
    thresholds
        The threshold test's answer, where it was run.
    tick
        Told what is done, and how far it is, 0 to 1.

    Raises
    ------
    BadInput
        If no case has a value in the column that the plan compares.
    """
    if plan.groups not in cases.columns:
        raise BadInput(
            f"no case has a value in the column {plan.groups!r}, whose groups the plan compares", field=plan.groups
        )
    tick("steps", 0.0)
    found = populations(cases)
    steps = judged(cases, found, plan, thresholds)
    tick("questions", 0.4)
    uneven = frozenset(step.step for step in steps if step.rung.verdict == "uneven")
    findings = all_questions(cases, plan, found, uneven=uneven)
    if thresholds is not None:
        findings = (*findings, thresholds)
    tick("counts", 0.9)
    groups = tuple(rate.group for rate in steps[0].groups)
    left_out = {str(reason): number for reason, number in cases.left_out.items()}
    counts = counting.tables(cases, plan)
    return Audit(
        plan, data_sha256, cases.censored_on, cases.n, left_out, groups, steps, findings, counts, post_hoc
    )  # fmt: skip
