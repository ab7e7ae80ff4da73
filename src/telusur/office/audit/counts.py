"""Counts of the office's own duties: gates overridden, terms missed, people cleared, reports of mobilisation.

They are tables of the release itself: withheld, rounded and tried against attacks together with all others.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from telusur import process
from telusur.balance import CountTable, release
from telusur.domain.text import Text
from telusur.process import CLEARING

FILE: Final = "office.csv"
#: What the report tells of the office's own duties.
DUTIES: Final = ("gates_overridden", "terms_missed", "cleared", "mobilisation")
_WITHHELD: Final = "withheld"
#: By column: what is counted of it, and every other value.
_TITLES: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "gates": Text("Kasus menurut ada tidaknya syarat yang dilewati", "Cases by whether a condition was let pass"),
        "terms": Text("Kasus menurut ada tidaknya tenggat yang terlewat", "Cases by whether a term was missed"),
        "cleared": Text("Kasus menurut dinyatakan bersih atau tidak", "Cases by whether somebody was cleared"),
        "mobilisation": Text("Kasus menurut ada tidaknya perintah", "Cases by whether an order stood behind them"),
    }
)
_NONE: Final[Mapping[str, str]] = MappingProxyType(
    {"gates": "kept", "terms": "kept", "cleared": "other", "mobilisation": "none"}
)
#: Not the office's to keep: the respondent's own time, what is only waited for, and the time of another body.
_OTHERS: Final = frozenset({"keberatan", "bpasn-banding", "pp94-berlaku", "sbt-ppk", "bpasn-putusan"})


def duties(file: process.File, today: date) -> dict[str, str]:
    """Say of one case, in each column, how it stands with the office's duties."""
    opened = file.opened
    ordered = opened is not None and opened.order is not None
    above = ordered and opened is not None and opened.order_role in ("superior", "institution")
    return {
        "gates": "overridden" if file.overrides else "kept",
        "terms": "missed" if missed(file, today) else "kept",
        "cleared": "cleared" if file.end in CLEARING else "other",
        "mobilisation": "superior" if above else "subordinate" if ordered else "none",
    }


def missed(file: process.File, today: date) -> bool:
    """Say whether a term of the law was missed: one that runs, or one of a stage that the file left too late."""
    held = process.File.empty()
    for step in file.steps:
        if isinstance(step, process.Moved) and _late(held, step.recorded_on):
            return True
        held = process.added(held, step)
    return not file.final and _late(file, today)


def _late(file: process.File, day: date) -> bool:
    return any(one.late and one.kind == "law" and one.id not in _OTHERS for one in process.terms(file, day))


def tables(told: Iterable[Mapping[str, str]]) -> tuple[CountTable, ...]:
    """Count cases by each duty, exactly: not to be published before `telusur.balance.release.protect`."""
    held = list(told)
    return tuple(
        CountTable(f"office_{dim}", title, (dim,), dict(sorted(Counter((one[dim],) for one in held).items())))
        for dim, title in _TITLES.items()
    )


def shown(public: release.Release) -> dict[str, int | None]:
    """Give what a release shows of them; none where it withholds.

    Everything is read from what is published, so that it tells no more than the release does.
    """
    return {
        "cases": _figure(public),
        "gates_overridden": _beside(public, "gates"),
        "terms_missed": _beside(public, "terms"),
        "cleared": _beside(public, "cleared"),
        "mobilisation": _beside(public, "mobilisation"),
        "superiors": _figure(public, ("mobilisation", "superior")),
    }


def _figure(public: release.Release, *cell: tuple[str, str]) -> int | None:
    figure = public.figures.get(tuple(cell))
    return figure.shown if figure else None


def _beside(public: release.Release, dim: str) -> int | None:
    """Give the cases beside those of the common value: values too few to stand alone are among them."""
    whole, common = _figure(public), _figure(public, (dim, _NONE[dim]))
    if whole is None or common is None:
        return None
    return whole - common if whole - common >= public.rules.below else None


def written(shown: Mapping[str, int | None]) -> str:
    """Write them as CSV."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["count", "n"])
    rows.writerows((name, _WITHHELD if n is None else n) for name, n in shown.items())
    return out.getvalue()


def read(text: str) -> dict[str, int | None]:
    """Read back what `written` wrote."""
    return {row["count"]: None if row["n"] == _WITHHELD else int(row["n"]) for row in csv.DictReader(io.StringIO(text))}
