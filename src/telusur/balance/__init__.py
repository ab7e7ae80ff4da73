"""Whether enforcement is even-handed, and whether anybody can check that.

The room reads a table of cases (`cases.read`) and the plan they are looked at by (`plan.read_plan`), and answers with
values: tests that compare like with like, further questions, and counts that become publishable only by the rules of
`release`. Groups are opaque codes; nothing here knows who is behind them, and nothing ever says more than the ladder
of words (`result.Rung`) allows.
"""

from telusur.balance.cases import Cases, read
from telusur.balance.plan import Plan, default_plan, read_plan, template
from telusur.balance.result import Audit, CountTable, Finding, Rate, Ratio, Rung, Step, Test

__all__ = [
    "Audit",
    "Cases",
    "CountTable",
    "Finding",
    "Plan",
    "Rate",
    "Ratio",
    "Rung",
    "Step",
    "Test",
    "default_plan",
    "read",
    "read_plan",
    "template",
]
