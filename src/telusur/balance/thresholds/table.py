"""The table of a threshold test: how many were examined in a place and a group, and how many of these proved true."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from telusur.balance.cases import Cases
from telusur.balance.plan import Plan
from telusur.domain.errors import BadInput
from telusur.domain.text import Text

Ints = NDArray[np.int64]

LEAST_GROUPS: Final = 3
LEAST_PLACES: Final = 5
"""Fewer of either leave bar and evidence inseparable; the study's own program refuses them too."""

LEAST_EXAMINED: Final = 1000
"""Examined in all; with fewer the answer would be that of the priors."""

#: Above this a count is no count.
_MOST: Final = 10**12


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of the columns.

    Parameters
    ----------
    place, group
        What a row is about.
    n
        Those who could have been examined: stopped drivers, accepted cases.
    examined, hits
        Those who were, and those of them that proved true.
    part
        Optional: rows of different values are tables of their own.
    """

    place: str = "location_variable"
    group: str = "driver_race"
    n: str = "num_stops"
    examined: str = "num_searches"
    hits: str = "num_hits"
    part: str = "state"

    @property
    def required(self) -> tuple[str, ...]:
        """The columns every row must have."""
        return (self.place, self.group, self.n, self.examined, self.hits)


@dataclass(frozen=True, eq=False)
class ThresholdTable:
    """One table.

    Parameters
    ----------
    name
        Its part of the file; empty where the file has one only.
    places
        In the order of their size, the largest first: it is the one whose effects are held at nought.
    groups
        In the order of their names.
    place, group
        Of each row, as a number, shape (rows,).
    n, examined, hits
        Counts, shape (rows,).
    left_out
        Rows left out, by reason: ``empty`` (nobody could be examined) and ``nobody_examined`` (in the whole place).
    """

    name: str
    places: tuple[str, ...]
    groups: tuple[str, ...]
    place: Ints
    group: Ints
    n: Ints
    examined: Ints
    hits: Ints
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """Rows held."""
        return self.n.size

    def lacking(self, least: int = LEAST_EXAMINED) -> Text | None:
        """Say of what there is too little for the test; None where there is enough.

        Parameters
        ----------
        least
            Examined cases that are needed.
        """
        if len(self.groups) < LEAST_GROUPS or len(self.places) < LEAST_PLACES:
            return Text(
                f"{len(self.groups)} kelompok di {len(self.places)} tempat yang ada pemeriksaannya; perlu sedikitnya "
                f"{LEAST_GROUPS} kelompok dan {LEAST_PLACES} tempat",
                f"{len(self.groups)} groups in {len(self.places)} places where anybody was examined; at least "
                f"{LEAST_GROUPS} groups and {LEAST_PLACES} places are needed",
            )
        if len(set(zip(self.place.tolist(), self.group.tolist(), strict=True))) < len(self.places) + len(self.groups):
            return Text(
                "kelompok-kelompok hampir tidak berada di tempat yang sama",
                "the groups hardly ever stand in the same places",
            )
        total = int(self.examined.sum())
        if total < least:
            return Text(
                f"{total:,} kasus yang diperiksa; perlu sedikitnya {least:,}".replace(",", "."),
                f"{total:,} examined cases; at least {least:,} are needed",
            )
        return None


def read_tables(
    rows: Iterable[tuple[int, Mapping[str, object] | BadInput]], columns: Columns | None = None
) -> tuple[ThresholdTable, ...]:
    """Read the tables of a file.

    Parameters
    ----------
    rows
        Line and row, or what is wrong with the line, as `telusur.cli.batch.read_batch` gives them.
    columns
        Names of the columns; those of the open study of police stops where none are given.

    Returns
    -------
    tuple of ThresholdTable
        One a value of the column that parts the file, in the order of their names; a single one where it is absent.

    Raises
    ------
    BadInput
        At the first line that cannot be used: a column missing, a count that is none, more examined than there were,
        more hits than examined, a place and group twice; or if there are no rows.
    """
    columns = columns or Columns()
    parts: dict[str, dict[tuple[str, str], tuple[int, int, int]]] = {}
    lines: dict[tuple[str, str, str], int] = {}
    for line, given in rows:
        if isinstance(given, BadInput):
            raise BadInput(given.words, line=line, field=given.field)
        place, group = (_name(given, column, line) for column in (columns.place, columns.group))
        n, examined, hits = (_count(given, column, line) for column in (columns.n, columns.examined, columns.hits))
        if examined > n:
            raise BadInput(
                f"{examined:,} examined of {n:,}; a part is never more than its whole: mend one of the two",
                line=line, field=columns.examined,
            )  # fmt: skip
        if hits > examined:
            raise BadInput(
                f"{hits:,} hits among {examined:,} examined; a part is never more than its whole: mend one of the two",
                line=line, field=columns.hits,
            )  # fmt: skip
        part = _name(given, columns.part, line) if given.get(columns.part) is not None else ""
        if (part, place, group) in lines:
            raise BadInput(
                f"{place!r} and {group!r} stand here and in line {lines[part, place, group]}; "
                "give one row for each place and group",
                line=line, field=columns.place,
            )  # fmt: skip
        lines[part, place, group] = line
        parts.setdefault(part, {})[place, group] = (n, examined, hits)
    if not parts:
        raise BadInput(f"there are no rows in it; expected the columns {', '.join(columns.required)}")
    if "" in parts and len(parts) > 1:
        line = min(line for (part, _, _), line in lines.items() if not part)
        raise BadInput(
            "is empty here and not in other rows; fill it in all rows or none", line=line, field=columns.part
        )
    return tuple(table(counts, name) for name, counts in sorted(parts.items()))


def from_cases(cases: Cases, plan: Plan) -> ThresholdTable:
    """Make the table of an audit's cases: regions, the groups its plan compares, examined of those accepted.

    Parameters
    ----------
    cases
        The cases; of those without a group or a region nothing can be said here. An examination counts as a hit once
        the violation is proven; cases still open after examination are left out, as are accepted cases that are
        neither examined nor closed.
    plan
        Which column holds the groups.

    Raises
    ------
    BadInput
        If no accepted case is settled in a group and a region.
    """
    groups = cases.columns.get(plan.groups)
    regions = cases.columns.get("region")
    counts: dict[tuple[str, str], list[int]] = {}
    accepted = ~np.isnan(cases.days["accepted"])
    examined = ~np.isnan(cases.days["examined"])
    settled = np.array([outcome is not None for outcome in cases.outcome], dtype=bool)
    if groups is not None and regions is not None:
        for row in np.flatnonzero(accepted & settled).tolist():
            if groups[row] is None or regions[row] is None:
                continue
            cell = counts.setdefault((str(regions[row]), str(groups[row])), [0, 0, 0])
            cell[0] += 1
            cell[1] += bool(examined[row])
            cell[2] += bool(examined[row]) and cases.outcome[row] == "proven"
    if not counts:
        raise BadInput("no accepted case is settled and has a group and a region", field=plan.groups)
    return table({key: (n, looked, hits) for key, (n, looked, hits) in counts.items()})


def table(counts: Mapping[tuple[str, str], tuple[int, int, int]], name: str = "") -> ThresholdTable:
    """Make a table of counts that are sound.

    Parameters
    ----------
    counts
        Number, examined and hits by place and group.
    name
        Name of the table.
    """
    sizes, looked = Counter[str](), Counter[str]()
    for (place, _), (n, examined, _) in counts.items():
        sizes[place] += n
        looked[place] += examined
    kept = {key: cell for key, cell in counts.items() if cell[0] and looked[key[0]]}
    left_out = {
        "empty": sum(not n for n, _, _ in counts.values()),
        "nobody_examined": sum(n > 0 and not looked[place] for (place, _), (n, _, _) in counts.items()),
    }
    places = sorted({place for place, _ in kept}, key=lambda place: (-sizes[place], place))
    groups = sorted({group for _, group in kept})
    ordered = sorted(kept, key=lambda key: (places.index(key[0]), key[1]))
    held = np.array([kept[key] for key in ordered], dtype=np.int64).reshape(-1, 3)
    return ThresholdTable(
        name,
        tuple(places),
        tuple(groups),
        np.array([places.index(place) for place, _ in ordered], dtype=np.int64),
        np.array([groups.index(group) for _, group in ordered], dtype=np.int64),
        held[:, 0],
        held[:, 1],
        held[:, 2],
        {reason: number for reason, number in left_out.items() if number},
    )


def _name(given: Mapping[str, object], column: str, line: int) -> str:
    value = given.get(column)
    if value is None:
        raise BadInput(_missing(given, column), line=line, field=column)
    if isinstance(value, list | dict) or not str(value).strip():
        raise BadInput("expected a name", line=line, field=column)
    return str(value).strip()


def _count(given: Mapping[str, object], column: str, line: int) -> int:
    value = given.get(column)
    if value is None:
        raise BadInput(_missing(given, column), line=line, field=column)
    try:
        number = math.nan if isinstance(value, bool) else float(str(value))
    except ValueError:
        number = math.nan
    if not (math.isfinite(number) and number.is_integer() and 0 <= number <= _MOST):
        raise BadInput(
            f"{str(value)[:20]!r} is no count; expected a whole number from 0 on", line=line, field=column
        )  # fmt: skip
    return int(number)


def _missing(given: Mapping[str, object], column: str) -> str:
    others = ", ".join(name for name in given if name != column) or "none"
    return f"is absent or empty; columns found here: {others}. Name yours if they are called otherwise"


def cells(table: ThresholdTable) -> Iterator[tuple[str, str, int, int, int]]:
    """Give place, group, number, examined and hits, row by row."""
    for row in range(table.rows):
        yield (
            table.places[table.place[row]],
            table.groups[table.group[row]],
            int(table.n[row]),
            int(table.examined[row]),
            int(table.hits[row]),
        )
