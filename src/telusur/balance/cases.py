"""Cases as an audit reads them: one row a case, column by column; what could not be used is counted, not guessed."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from telusur.domain.errors import BadInput

Objects = NDArray[np.object_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

DATES: Final = ("reported", "accepted", "examined", "decided")
"""Days on which a case reached each step, in the order of the procedure."""

REQUIRED: Final = ("case", "beneficiary", "region", "reported", "outcome")
"""Columns without which nothing can be compared."""

WORDS: Final = (
    "beneficiary",
    "region",
    "rank",
    "source",
    "body",
    "order",
    "order_role",
    "relation",
    "phase",
    "handler",
    "appeal",
    "masked",
)
"""Columns of words; all but the required ones may be absent."""

NUMBERS: Final = ("severity", "severity_min", "severity_max", "evidence_strength")
"""Columns of numbers; evidence strength may be words instead."""

HEAVIEST: Final = 5
OUTCOMES: Final = ("dropped", "not_proven", "proven")

_MEANT: Final[Mapping[str, Mapping[str, str]]] = {
    "order_role": {name: name for name in ("superior", "subordinate", "institution")},
    "masked": {"true": "true", "1": "true", "false": "false", "0": "false"},
}
"""What may stand in columns of few words, as written in lower case; another word would be left out in silence."""

Reason = Literal[
    "unreadable",
    "unknown_outcome",
    "dates_out_of_order",
    "after_cut_off",
    "severity_out_of_range",
    "doubled",
    "contradicting",
    "no_beneficiary",
    "no_region",
    "no_outcome",
    "unknown_grade",
]
"""Why rows are left out, or (from `no_beneficiary` on) kept but not compared, or not by what they lack.

`no_outcome`: no row at all has one. `unknown_grade`: a word where most grades are numbers.
"""


@dataclass(frozen=True, eq=False)
class Cases:
    """Cases of one audit.

    Parameters
    ----------
    case
        Opaque id of each.
    columns
        Words by column, shape (n,); None where a row has none. A column that no row has is absent.
    days
        Proleptic ordinals of the days by step (`DATES`, and ``executed`` where given), shape (n,); NaN where the step
        was not reached, or the case is open.
    outcome
        One of `OUTCOMES`, or None while it is open, shape (n,).
    numbers
        Numbers by column, shape (n,); NaN where a row has none. A column that no row has is absent.
    censored_on
        The cut-off: what is open on this day is open.
    left_out
        Rows left out or not compared, by reason.
    first_bad
        What is wrong with the first row that could not be read; empty if there is none.
    """

    case: tuple[str, ...]
    columns: Mapping[str, Objects]
    days: Mapping[str, Floats]
    outcome: Objects
    numbers: Mapping[str, Floats]
    censored_on: date
    left_out: Mapping[Reason, int] = field(default_factory=dict)
    first_bad: str = ""

    @property
    def n(self) -> int:
        """Cases held."""
        return len(self.case)

    def has(self, column: str) -> bool:
        """Whether any row has a value in a column."""
        return column in self.columns or column in self.numbers or column in self.days

    def take(self, mask: Bools) -> Cases:
        """Give the cases that a mask chooses, shape (n,)."""
        rows = np.flatnonzero(mask)
        return Cases(
            tuple(self.case[row] for row in rows.tolist()),
            {name: values[rows] for name, values in self.columns.items()},
            {name: values[rows] for name, values in self.days.items()},
            self.outcome[rows],
            {name: values[rows] for name, values in self.numbers.items()},
            self.censored_on,
            self.left_out,
            self.first_bad,
        )


def read(rows: Iterable[tuple[int, Mapping[str, object] | BadInput]], *, censored_on: date | None = None) -> Cases:
    """Read cases row by row.

    Parameters
    ----------
    rows
        Line and row, or what is wrong with the line.
    censored_on
        The cut-off; the latest day in the rows if it is not given. Rows with a later day are left out.

    Returns
    -------
    Cases
        In the order of the rows, but for those left out.

    Raises
    ------
    BadInput
        If no row can be used, or none has one of the `REQUIRED` columns.
    """
    counted: Counter[Reason] = Counter()
    first_bad = ""
    found: dict[str, _Row] = {}
    contradicting: set[str] = set()
    seen: set[str] = set()
    for line, given in rows:
        try:
            if isinstance(given, BadInput):
                raise given
            seen |= given.keys()
            row = _Row.of(given)
        except BadInput as problem:
            counted[problem.reason if isinstance(problem, _Odd) else "unreadable"] += 1
            first_bad = first_bad or f"line {line}: {problem}"
            continue
        if row.case in found:
            same = found[row.case] == row
            counted["doubled" if same else "contradicting"] += 1
            if not same:
                contradicting.add(row.case)
            continue
        found[row.case] = row
    # Early in a season every case is open, and a column that is empty cannot be told from one that is not there.
    missing = [column for column in REQUIRED if column not in seen and column != "outcome"]
    if missing and (found or not first_bad or seen):
        raise BadInput(f"no row has the column {missing[0]!r}; expected {', '.join(REQUIRED)}", field=missing[0])
    # Of rows that contradict each other nobody knows which is right.
    counted["contradicting"] += len(contradicting)
    kept = [row for name, row in found.items() if name not in contradicting]
    cut_off = censored_on or max((row.last for row in kept), default=None)
    if cut_off is not None:
        late = sum(row.last > cut_off for row in kept)
        counted["after_cut_off"] += late
        kept = [row for row in kept if row.last <= cut_off] if late else kept
    if not kept or cut_off is None:
        raise BadInput(f"no case can be used{_why(first_bad, counted['after_cut_off'], cut_off)}")
    columns = {name: _objects([row.words.get(name) for row in kept]) for name in WORDS}
    numbers = {name: np.array([row.numbers.get(name, math.nan) for row in kept]) for name in NUMBERS}
    # Grades in words and in numbers cannot be laid on one scale.
    grades, counted["unknown_grade"] = _on_one_scale([row.grade for row in kept])
    if any(isinstance(grade, str) for grade in grades):
        columns["evidence_strength"] = _objects([None if grade is None else str(grade) for grade in grades])
    else:
        numbers["evidence_strength"] = np.array([math.nan if grade is None else grade for grade in grades])
    counted["no_beneficiary"] = sum(value is None for value in columns["beneficiary"])
    counted["no_region"] = sum(value is None for value in columns["region"])
    counted["no_outcome"] = 0 if "outcome" in seen else len(kept)
    return Cases(
        tuple(row.case for row in kept),
        {name: held for name, held in columns.items() if any(value is not None for value in held)},
        {
            name: held
            for name in (*DATES, "executed")
            if not np.isnan(held := np.array([_ordinal(row.days.get(name)) for row in kept])).all() or name in DATES
        },
        _objects([row.outcome for row in kept]),
        {name: held for name, held in numbers.items() if not np.isnan(held).all()},
        cut_off,
        {reason: number for reason, number in sorted(counted.items()) if number},
        first_bad,
    )


def _on_one_scale(grades: list[str | float | None]) -> tuple[list[str | float | None], int]:
    """Take words for unknown where most grades are numbers, and count them: one stray word must not undo a scale."""
    known = [grade for grade in grades if grade is not None]
    words = sum(isinstance(grade, str) for grade in known)
    if 2 * words >= len(known):
        return grades, 0
    return [None if isinstance(grade, str) else grade for grade in grades], words


def _why(first_bad: str, late: int, cut_off: date | None) -> str:
    said = f"; {first_bad}" if first_bad else ""
    return said + (f"; {late} go on after the cut-off {cut_off}, name a later one" if late else "")


class _Odd(BadInput):
    """A row that can be read and cannot be meant."""

    def __init__(self, reason: Reason, message: str, field: str) -> None:
        super().__init__(message, field=field)
        self.reason: Reason = reason


@dataclass(frozen=True, slots=True)
class _Row:
    case: str
    words: Mapping[str, str]
    days: Mapping[str, date]
    numbers: Mapping[str, float]
    grade: str | float | None
    outcome: str | None

    @property
    def last(self) -> date:
        return max(self.days.values())

    @classmethod
    def of(cls, given: Mapping[str, object]) -> _Row:
        case = _word(given, "case")
        if case is None:
            raise BadInput("is empty; every case needs an id of its own", field="case")
        days = {name: day for name in (*DATES, "executed") if (day := _day(given, name)) is not None}
        if "reported" not in days:
            raise BadInput("is empty; every case was reported on some day", field="reported")
        outcome = _word(given, "outcome")
        if outcome is not None and outcome not in OUTCOMES:
            raise _Odd("unknown_outcome", f"{outcome!r} is none of {', '.join(OUTCOMES)}, or empty", "outcome")
        in_order = [days[name] for name in DATES if name in days]
        before_decision = "decided" in days and "executed" in days and days["executed"] < days["decided"]
        if in_order != sorted(in_order) or before_decision:
            raise _Odd("dates_out_of_order", "the days do not follow each other as the steps do", "reported")
        numbers = {name: value for name in NUMBERS[:3] if (value := _number(given, name)) is not None}
        if any(value not in range(HEAVIEST + 1) for value in numbers.values()):
            raise _Odd("severity_out_of_range", f"a severity is a whole number from 0 to {HEAVIEST}", "severity")
        words = {name: word for name in WORDS if (word := _word(given, name)) is not None}
        for name, meant in _MEANT.items():
            if name in words:
                words[name] = _one_of(meant, words[name], name)
        return cls(case, words, days, numbers, _grade(given), outcome)


def _word(given: Mapping[str, object], name: str) -> str | None:
    value = given.get(name)
    if value is None:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, str | int | float):
        raise BadInput("expected a word or a number, found a list or fields", field=name)
    return str(value).strip() or None


def _one_of(meant: Mapping[str, str], word: str, name: str) -> str:
    found = meant.get(word.lower())
    if found is None:
        raise BadInput(f"{word[:40]!r} is none of {', '.join(dict.fromkeys(meant.values()))}, or empty", field=name)
    return found


def _day(given: Mapping[str, object], name: str) -> date | None:
    value = given.get(name)
    if value is None or value == "":
        return None
    try:
        # A day with a time of day is its day, in the zone it was written in.
        return datetime.fromisoformat(str(value).strip()).date()
    except ValueError:
        raise BadInput(f"{str(value)[:20]!r} is no day; write it as 2024-04-01", field=name) from None


def _number(given: Mapping[str, object], name: str) -> float | None:
    value = given.get(name)
    if value is None or value == "":
        return None
    try:
        number = float(str(value))
    except ValueError:
        raise BadInput(f"{str(value)[:20]!r} is no number", field=name) from None
    if not math.isfinite(number):
        return None
    return number


def _grade(given: Mapping[str, object]) -> str | float | None:
    word = _word(given, "evidence_strength")
    if word is None:
        return None
    try:
        number = float(word)
    except ValueError:
        return word
    return number if math.isfinite(number) else None


def _ordinal(day: date | None) -> float:
    return math.nan if day is None else float(day.toordinal())


def _objects(values: list[str | None]) -> Objects:
    held = np.empty(len(values), dtype=object)
    held[:] = values
    return held
