"""How fine a finding may be shown: a share drawn to a tenth of a pixel tells the counts that were rounded or withheld.

So shares follow from the rounded counts beside them, or stand in steps of at least the share that those leave open.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from telusur.balance import Finding, Plan

_PARTS: Final = ("passed", "accepted", "proven", "missing")
#: Where the rest is a column of its own, `balance.published` has withheld the row for it.
_RESTS: Final = ("failed", "not_accepted", "not_proven", "present")
_CURVE: Final = ("waiting", "lower", "upper")
_Z: Final = 1.959964
_PERCENT: Final = 0.01
#: Decimals of numbers that limits are drawn by.
_TOLD: Final = {"overall": 2, "dispersion": 1}

_Row = dict[str, object]


def coarse(finding: Finding, plan: Plan, shares: frozenset[str]) -> Finding:
    """Give a finding whose shares tell no more than its rounded counts.

    Parameters
    ----------
    finding
        As `balance.published` lets it out: its counts are rounded, its shares are not.
    plan
        Names the smallest cell and the step of the rounding.
    shares
        Columns that are shares.
    """
    names = tuple(finding.series)
    rows: list[_Row] = [
        dict(zip(names, row, strict=True)) for row in zip(*(finding.series[name] for name in names), strict=True)
    ]
    if "watched" in names:
        rows = _curves(rows, plan)
    elif "week" in names:
        rows, names = _weeks(rows, plan), (*names, "share")
    else:
        told = next((name for name in _PARTS if name in names and "n" in names), None)
        totals: dict[object, int] = {}
        for row in rows:
            if isinstance(n := row.get("n"), int):
                totals[row.get("group")] = totals.get(row.get("group"), 0) + n
        rows = [_row(row, told, totals.get(row.get("group"), 0), plan) for row in rows]
    rows = [_rounded(row, shares) for row in rows]
    numbers = {
        name: round(value, _TOLD[kind]) if (kind := name.split("_")[0]) in _TOLD and isinstance(value, float) else value
        for name, value in finding.numbers.items()
    }
    return replace(finding, numbers=numbers, series={name: [row[name] for row in rows] for name in names})


def _row(row: _Row, told: str | None, total: int, plan: Plan) -> _Row:
    n, share = row.get("n"), row.get("share")
    if not isinstance(n, int) or n == 0:
        return row
    part = row[told] if told is not None else None
    # Of sources only the settled could be accepted.
    base = row.get("settled", n)
    if isinstance(part, int) and isinstance(base, int) and base > 0:
        guarded = any(name in row for name in _RESTS)
        if not guarded and base - part < plan.suppress_below + plan.round_to:
            # Those that did not pass are a cell as well, and nobody else withholds it.
            return {name: value if isinstance(value, str) else None for name, value in row.items()}
        rate = min(part / base, 1.0)
        row = row | {"rate" if "rate" in row else "share": rate}
        if isinstance(row.get("lower"), float):
            row["lower"], row["upper"] = _interval(rate, base)
    if isinstance(share, float) and (told is None or "rate" in row):
        row = row | {"share": _steps(plan.round_to / total)(share)}
    return row


def _curves(rows: list[_Row], plan: Plan) -> list[_Row]:
    """Hold curves to steps of the rounded number that each began with."""
    most: dict[object, int] = {}
    for row in rows:
        if isinstance(watched := row["watched"], int):
            most[row["group"]] = max(watched, most.get(row["group"], 0))

    def held(row: _Row) -> _Row:
        stepped = _steps(plan.round_to / most[row["group"]]) if most.get(row["group"]) else None
        return row | {name: stepped(value) for name in _CURVE if stepped and isinstance(value := row.get(name), float)}

    return [held(row) for row in rows]


def _weeks(rows: list[_Row], plan: Plan) -> list[_Row]:
    """Hold what came in a week to shares of what came, in steps of the smallest cell."""
    totals: dict[object, int] = {}
    for row in rows:
        if isinstance(n := row["n"], int):
            totals[row["group"]] = totals.get(row["group"], 0) + n

    def held(row: _Row) -> _Row:
        n, total = row["n"], totals.get(row["group"], 0)
        share = _steps(plan.suppress_below / total)(n / total) if isinstance(n, int) and total else None
        return row | {"share": share}

    return [held(row) for row in rows]


def _rounded(row: _Row, shares: frozenset[str]) -> _Row:
    return {
        name: round(value, 2) if name in shares and isinstance(value, float) else value for name, value in row.items()
    }


def _steps(step: float) -> Callable[[float], float]:
    whole = max(math.ceil(step / _PERCENT - 1e-9), 1) * _PERCENT

    def stepped(share: float) -> float:
        return min(max(whole * round(share / whole), 0.0), 1.0)

    return stepped


def _interval(rate: float, n: int) -> tuple[float, float]:
    """Give Wilson's 95 % interval."""
    middle = (rate + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z * math.sqrt(rate * (1 - rate) / n + _Z**2 / (4 * n**2)) / (1 + _Z**2 / n)
    return middle - half, middle + half
