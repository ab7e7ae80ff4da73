"""Whether a printed table adds up, with the arithmetic written out.

Its door: `read` a table (``telusur.table/1``), `check` it, `document` for machines. What publishers
of Indonesia printed on the neutrality of civil servants is shipped: `shipped` names it, `shipped_table` gives it.
"""

from telusur.balance.printed.border import read
from telusur.balance.printed.checking import Sum, adds_up, check
from telusur.balance.printed.document import document
from telusur.balance.printed.shipping import shipped, shipped_table
from telusur.balance.printed.table import PrintedCell, PrintedTable, Share

__all__ = [
    "PrintedCell",
    "PrintedTable",
    "Share",
    "Sum",
    "adds_up",
    "check",
    "document",
    "read",
    "shipped",
    "shipped_table",
]
