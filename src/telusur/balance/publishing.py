"""What of the findings may leave the office: whole numbers are counts of cases, and few cases are nobody's business."""

from __future__ import annotations

from dataclasses import replace

from telusur.balance.plan import Plan
from telusur.balance.result import Audit, Finding, Value


def published(audit: Audit) -> Audit:
    """Give an audit whose findings may leave the office; its tables are the release's matter.

    Parameters
    ----------
    audit
        The audit, with exact counts.

    Returns
    -------
    Audit
        In its findings every whole number is a count: one below the plan's smallest cell is withheld, with all that
        stands in its row, and the others are rounded. What is no count is a broken number or a word.
    """
    return replace(audit, findings=tuple(_finding(one, audit.plan) for one in audit.findings))


def _finding(finding: Finding, plan: Plan) -> Finding:
    rows = range(max((len(values) for values in finding.series.values()), default=0))
    small = [any(_is_small(values[row], plan) for values in finding.series.values()) for row in rows]
    series = {
        name: [_hidden(value) if small[row] else _rounded(value, plan) for row, value in enumerate(values)]
        for name, values in finding.series.items()
    }
    numbers = {
        name: None if _is_small(value, plan) else _rounded(value, plan) for name, value in finding.numbers.items()
    }
    return replace(finding, numbers=numbers, series=series)


def _is_small(value: object, plan: Plan) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value < plan.suppress_below


def _hidden(value: object) -> Value:
    return value if isinstance(value, str) else None


def _rounded(value: object, plan: Plan) -> Value:
    if isinstance(value, int) and not isinstance(value, bool):
        return plan.round_to * round(value / plan.round_to)
    assert value is None or isinstance(value, str | float | bool)
    return value
