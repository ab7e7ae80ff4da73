"""The table behind each picture: groups beside each other, and only what the finding publishes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np

from telusur.balance import Audit, Finding
from telusur.dossier.render.blocks import Cell, Column, Table, cell, muted
from telusur.dossier.render.speech import Speech

STEPS: Final = ("accepted", "examined", "proven", "sanctioned")
COUNTED: Final = (
    "orders", "superiors", "superiors_examined", "subordinates", "subordinates_sanctioned", "institutions",
)  # fmt: skip
"""What is counted of orders, in the order that it is told."""

SHARES: Final = frozenset(
    "rate share lower upper lower95 upper95 lower998 upper998 waiting position fell_back median_rank mean_rank".split()
)
"""Columns that are shares, said in whole percent: finer ones would tell what rounded counts hide."""

_DAYS: Final = 14
_CARDS: Final = 8
#: Columns that tell of single orders stay inside; which rows are silent is told in words.
_INSIDE: Final = frozenset({"order", "silent", "watched", "shrunken"})
_LABELS: Final = frozenset({"group", "column", "place", "step", "handler", "masked", "first", "second", "source"})
_HEADS: Final = {"group": "first", "q": "screen"}
_Row = Mapping[str, object]
_Made = Callable[[Finding, Audit, Speech], Table | None]


def of(finding: Finding, audit: Audit, say: Speech) -> Table | None:
    """Give the table of a question; None where it has nothing to tell."""
    return _TABLES.get(finding.id, _plain)(finding, audit, say)


def value_told(name: str, value: object, say: Speech) -> str:
    """Say a value of a column."""
    if value is None:
        return say("withheld")
    if isinstance(value, bool):
        return say("yes" if value else "no")
    if isinstance(value, str):
        key = f"value.{value}"
        return say(key) if say.knows(key) else value
    assert isinstance(value, int | float)
    if name in SHARES:
        return _percent(value, say)
    return say.number(value, 0 if float(value).is_integer() else 2)


def _percent(value: object, say: Speech) -> str:
    assert isinstance(value, int | float)
    # Adding nothing makes nought of minus nought.
    return f"{say.number(round(100 * value) + 0.0)}\N{NO-BREAK SPACE}%"


def _interval(row: _Row, name: str, say: Speech) -> str:
    lower, upper = (_percent(row[end], say).rstrip("%").strip() for end in ("lower", "upper"))
    return f"{_percent(row[name], say)} [{lower}–{upper}]"


def _rows(finding: Finding) -> list[_Row]:
    names = tuple(finding.series)
    return [dict(zip(names, row, strict=True)) for row in zip(*finding.series.values(), strict=True)]


def _plain(finding: Finding, _audit: Audit, say: Speech) -> Table | None:
    names = [
        name
        for name, values in finding.series.items()
        if name not in _INSIDE and not _counts(values) and say.knows(f"column.{name}")
    ]
    rows = max((len(finding.series[name]) for name in names), default=0)
    if not rows or not set(names) - _LABELS:
        return None
    return Table(
        _caption(finding, say),
        tuple(
            Column(say(f"column.{_HEADS.get(name, name)}"), number=not isinstance(finding.series[name][0], str))
            for name in names
        ),
        tuple(tuple(cell(value_told(name, finding.series[name][row], say)) for name in names) for row in range(rows)),
    )


def _counts(values: Sequence[object]) -> bool:
    """Whether a column counts cases: those stand in the release alone, which attacks itself."""
    return all(value is None or (isinstance(value, int) and not isinstance(value, bool)) for value in values)


def _caption(finding: Finding, say: Speech) -> str:
    return say("table.all", title=say.of(finding.title))


def _pivot(
    finding: Finding,
    say: Speech,
    rows: Sequence[object],
    columns: Sequence[str],
    *,
    head: str,
    down: Callable[[object], str],
    across: Callable[[str], str],
    told: Callable[[object, str], Cell],
    caption: str = "all",
) -> Table | None:
    """Lay out a table with one kind of value down and another across."""
    if not rows or not columns:
        return None
    return Table(
        say(f"table.{caption}", title=say.of(finding.title)),
        (Column(head), *(Column(across(one), number=True) for one in columns)),
        tuple((cell(down(row)), *(told(row, one) for one in columns)) for row in rows),
        # A few rows make cards on a telephone; many are scrolled.
        stacks=len(rows) <= _CARDS,
    )


def _by_group(kind: str, told: Callable[[_Row, Speech], Cell], name: Callable[[object, Speech], str]) -> _Made:
    def table(finding: Finding, audit: Audit, say: Speech) -> Table | None:
        held = {(row[kind], row["group"]): row for row in _rows(finding)}
        if all(row["share"] is None for row in held.values()):
            return None
        return _pivot(
            finding, say, list(dict.fromkeys(one for one, _ in held)), _groups(finding, audit),
            head=say(f"column.{kind}"),
            down=lambda one: name(one, say),
            across=lambda group: say("column.group", group=group),
            told=lambda one, group: told(held.get((one, group), {}), say),
        )  # fmt: skip

    return table


def _groups(finding: Finding, audit: Audit) -> list[str]:
    return [group for group in audit.groups if group in finding.series.get("group", ())]


def _share(row: _Row, say: Speech) -> Cell:
    share = row.get("share")
    return cell(muted(say("withheld")) if share is None else _percent(share, say))


def _source(row: _Row, say: Speech) -> Cell:
    if row.get("share") is None or row.get("rate") is None:
        return _share(row, say)
    return (*_share(row, say), *cell(muted(say("table.accepted", rate=_interval(row, "rate", say)))))


def _places(finding: Finding, _audit: Audit, say: Speech) -> Table | None:
    held = {(row["place"], row["step"]): row for row in _rows(finding)}
    # Of places without any figure it is enough to know that they are there.
    known = {place for (place, _), row in held.items() if row["rate"] is not None}

    def told(place: object, step: str) -> Cell:
        row = held.get((place, step), {})
        if row.get("rate") is None:
            return cell(muted(say("withheld")))
        share = _percent(row["rate"], say)
        return cell(share, say("table.outside")) if row["outside"] else cell(share)

    places = [place for place in dict.fromkeys(place for place, _ in held) if place in known]
    return _pivot(
        finding, say, places, [step for step in STEPS if any(one == step for _, one in held)],
        caption="places", head=say("column.place"), down=str, across=lambda step: say(f"step.{step}"), told=told,
    )  # fmt: skip


def _days(finding: Finding, audit: Audit, say: Speech) -> Table | None:
    held = {(row["day"], row["group"]): row for row in _rows(finding) if row["waiting"] is not None}
    days = sorted({float(str(day)) for day, _ in held})
    if not days:
        return None
    chosen = [days[at] for at in sorted(set(np.linspace(0, len(days) - 1, _DAYS).round().astype(int).tolist()))]
    deadline = finding.numbers.get("deadline")
    if deadline in days and deadline not in chosen:
        chosen = sorted([*chosen, float(str(deadline))])

    def told(day: object, group: str) -> Cell:
        row = held.get((day, group))
        if row is None:
            return cell(muted(say("withheld")))
        return cell(_interval(row, "waiting", say))

    return _pivot(
        finding, say, chosen, _groups(finding, audit),
        caption="waits",
        head=say("column.day"),
        down=lambda day: say("table.term" if day == deadline else "table.day", day=say.number(float(str(day)))),
        across=lambda group: say("column.group", group=group), told=told,
    )  # fmt: skip


def _weeks(finding: Finding, audit: Audit, say: Speech) -> Table | None:
    groups = _groups(finding, audit)
    shares = {group: [row["share"] for row in _rows(finding) if row["group"] == group] for group in groups}
    count = max((len(held) for held in shares.values()), default=0)
    known = [week for week in range(count) if any(held[week] is not None for held in shares.values())]
    return _pivot(
        finding, say, known, groups,
        head=say("column.week"),
        down=lambda week: say.number(int(str(week)) + 1),
        across=lambda group: say("column.group", group=group),
        told=lambda week, group: _share({"share": shares[group][int(str(week))]}, say),
    )  # fmt: skip


def _ladder(finding: Finding, _audit: Audit, say: Speech) -> Table | None:
    if not any(name in finding.numbers for name in COUNTED):
        return None
    return Table(
        _caption(finding, say),
        (Column(say("column.what"), 2), Column(say("column.cases"), number=True)),
        tuple(
            (cell(say(f"column.{name}")), cell(value_told(name, finding.numbers.get(name), say))) for name in COUNTED
        ),
        stacks=False,
    )


def _thresholds(finding: Finding, _audit: Audit, say: Speech) -> Table | None:
    rows = _rows(finding)
    if not rows:
        return None

    def bans(row: _Row, family: str) -> Cell:
        ends = [row[f"{family}_evidence_{end}"] for end in ("mean", "lower", "upper")]
        mean, lower, upper = (say.signed(end, 2) if isinstance(end, float) else say("withheld") for end in ends)
        return cell(say("forest.ratio", value=mean, lower=lower, upper=upper))

    return Table(
        _caption(finding, say),
        tuple(Column(say(f"column.{name}")) for name in ("first", "second", "beta", "discriminant", "verdict")),
        tuple(
            (
                cell(str(row["first"])),
                cell(str(row["second"])),
                bans(row, "beta"),
                bans(row, "discriminant"),
                cell(value_told("verdict", row["verdict"], say)),
            )
            for row in rows
        ),
    )


_TABLES: Final[Mapping[str, Callable[[Finding, Audit, Speech], Table | None]]] = {
    "regions": _places,
    "bodies": _places,
    "days": _days,
    "days_executed": _days,
    "severity": _by_group("severity", _share, lambda level, say: say(f"value.severity_{level}")),
    "grades": _by_group("grade", _share, lambda grade, say: value_told("grade", grade, say)),
    "sources": _by_group("source", _source, lambda one, say: value_told("source", one, say)),
    "open": _by_group("column", _share, lambda one, say: value_told("column", one, say)),
    "missing": _by_group("column", _share, lambda one, say: value_told("column", one, say)),
    "flooding": _weeks,
    "thresholds": _thresholds,
    "mobilisation": _ladder,
}
