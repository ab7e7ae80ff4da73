"""Counts that need no code: gates overridden, terms missed, people cleared, reports of mobilisation."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Final

from telusur import process
from telusur.process import CLEARING

FILE: Final = "office.csv"
#: What the report tells of the office's own duties.
DUTIES: Final = ("gates_overridden", "terms_missed", "cleared", "mobilisation")
_WITHHELD: Final = "withheld"


def counts(files: Iterable[process.File], today: date) -> Counter[str]:
    """Count cases, exactly: not to be published before `rounded`."""
    found: Counter[str] = Counter(dict.fromkeys(("cases", *DUTIES, "superiors"), 0))
    for file in files:
        found["cases"] += 1
        found.update(f"gate:{gate}" for gate in {one.step.gate for one in file.overrides})
        found["gates_overridden"] += bool(file.overrides)
        found["terms_missed"] += not file.final and any(one.late for one in process.terms(file, today))
        found["cleared"] += file.end in CLEARING
        found["mobilisation"] += file.opened is not None and file.opened.order is not None
        found["superiors"] += file.opened is not None and file.opened.order_role in ("superior", "institution")
    return found


def rounded(found: Counter[str], *, below: int, base: int) -> dict[str, int | None]:
    """Give counts that may be published.

    Parameters
    ----------
    below
        Smallest count that is shown; one below it, or one that leaves fewer than it of all cases, is none.
    base
        What counts are rounded to, always alike: a count that did not change is not shown otherwise later.
    """
    whole = found["cases"]
    return {
        name: base * round(count / base) if count >= below and (name == "cases" or whole - count >= below) else None
        for name, count in sorted(found.items())
    }


def written(shown: dict[str, int | None]) -> str:
    """Write them as CSV."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["count", "n"])
    rows.writerows((name, _WITHHELD if n is None else n) for name, n in shown.items())
    return out.getvalue()


def read(text: str) -> dict[str, int | None]:
    """Read back what `written` wrote."""
    return {row["count"]: None if row["n"] == _WITHHELD else int(row["n"]) for row in csv.DictReader(io.StringIO(text))}
