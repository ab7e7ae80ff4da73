"""The threshold test: how much evidence is asked of each group before a case is examined.

Doors: `read_tables` (rows of a file) or `from_cases` (an audit's own), then `answer` for each table; `finding` hands
it to the audit, `document` and `bars_csv` to files. `fit` runs one family, `compare` sets two against each other.
Levels of bars depend on the family; only differences are told, and only where both families see them, on the scale of
chances and on that of evidence.
"""

from telusur.balance.thresholds.comparing import Comparison, Pair, answer, compare, finding
from telusur.balance.thresholds.document import SCHEMA, bars_csv, document
from telusur.balance.thresholds.posterior import Bar, Difference, Interval, Posterior, Row, fit
from telusur.balance.thresholds.table import Columns, ThresholdTable, from_cases, read_tables

__all__ = [
    "SCHEMA",
    "Bar",
    "Columns",
    "Comparison",
    "Difference",
    "Interval",
    "Pair",
    "Posterior",
    "Row",
    "ThresholdTable",
    "answer",
    "bars_csv",
    "compare",
    "document",
    "finding",
    "fit",
    "from_cases",
    "read_tables",
]
