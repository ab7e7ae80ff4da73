"""A checked table for machines: ``telusur.table_check/1``."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

import telusur
from telusur.balance.printed.checking import Sum
from telusur.balance.printed.table import PrintedTable

SCHEMA: Final = "telusur.table_check/1"


def document(table: PrintedTable, sums: Sequence[Sum]) -> dict[str, Any]:
    """Give a checked table as JSON.

    Parameters
    ----------
    table
        The table.
    sums
        As `check` found them.
    """
    return {
        "schema": SCHEMA,
        "made_by": {"telusur": telusur.__version__, "catalogue": None, "models": None},
        "table": {
            "title": table.title.as_json(),
            "body": table.body,
            "date": table.date,
            "source": table.source or None,
            "url": table.url or None,
            "note": None if table.note is None else table.note.as_json(),
        },
        "adds_up": all(one.holds for one in sums),
        "checks": [
            {
                "cell": one.cell,
                "kind": one.kind,
                "holds": one.holds,
                "printed": _number(one.printed),
                "computed": _number(one.computed),
                "difference": _number(one.difference),
                "tolerance": _number(one.tolerance),
                "arithmetic": one.arithmetic.as_json(),
                "words": one.words.id,
                "words_en": one.words.en,
            }
            for one in sums
        ],
    }


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
