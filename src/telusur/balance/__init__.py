"""Whether enforcement is even-handed, and whether anybody can check that.

The room reads a table of cases (`read`) and the plan they are looked at by (`read_plan`), and answers with values
(`audit`): tests that compare like with like, further questions, and counts that become publishable only by the rules
of `release` (`published` for what stands beside them, `funnel_limits` for the limits it is drawn within); `document`
is the contract's JSON. `thresholds`, `printed` and `registering` have doors of their own. Groups are opaque codes;
nothing here knows who is behind them, and nothing ever says more than the ladder of words (`Rung`) allows.
"""

from telusur.balance.auditing import Tick, audit
from telusur.balance.cases import Cases, read
from telusur.balance.counting import bodies
from telusur.balance.document import document
from telusur.balance.plan import Plan, default_plan, read_plan, template
from telusur.balance.publishing import published
from telusur.balance.questions.places import limits as funnel_limits
from telusur.balance.result import Audit, CountTable, Finding, Rate, Ratio, Rung, Step, Test
from telusur.balance.steps import STATES

__all__ = [
    "STATES",
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
    "Tick",
    "audit",
    "bodies",
    "default_plan",
    "document",
    "funnel_limits",
    "published",
    "read",
    "read_plan",
    "template",
]
