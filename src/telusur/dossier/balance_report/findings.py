"""The chapters on the questions: what is said of each, its picture where there is one, and its table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from telusur.balance import Audit, Finding
from telusur.dossier.balance_report import drawing
from telusur.dossier.balance_report.coarsening import coarse
from telusur.dossier.balance_report.drawing import Point, Stack
from telusur.dossier.render import charts
from telusur.dossier.render.blocks import Block, Column, Figure, Heading, Note, Table, cell
from telusur.dossier.render.charts import Axis, Curve, Dash
from telusur.dossier.render.speech import Speech

CHAPTERS: Final[Mapping[str, tuple[str, ...]]] = {
    "places": ("regions", "bodies"),
    "days": ("days", "days_executed"),
    "severity": ("severity", "severity_range"),
    "evidence": ("grades", "outcome", "thresholds"),
    "sources": ("sources", "flooding"),
    "mobilisation": ("mobilisation",),
    "handling": ("assignment", "handling_order", "open", "missing", "appeals", "executed", "trial"),
}
"""Questions by chapter, in the order of the report."""

_ROWS: Final = 40
_DASHES: Final[tuple[Dash, ...]] = ("", "6 4", "2 3")
_COLOURS: Final = ("ink", "fill", "band", "soft")
#: Columns that tell of single orders stay inside; which rows are silent is told in words.
_INSIDE: Final = frozenset({"order", "silent", "watched", "shrunken"})
#: Columns that are shares, said in whole percent: finer ones would tell what rounded counts hide.
_SHARES: Final = frozenset(
    "rate share lower upper lower95 upper95 lower998 upper998 waiting position fell_back median_rank mean_rank".split()
)
_HEADS: Final = {"group": "first", "q": "screen"}
_STEPS: Final = ("accepted", "examined", "proven", "sanctioned")


def blocks(finding: Finding, audit: Audit, say: Speech) -> Iterator[Block]:
    """Give the blocks of one question."""
    finding = coarse(finding, audit.plan, _SHARES)
    yield Heading(3, say.of(finding.title), f"q-{finding.id}")
    yield Note(cell(say.of(finding.words)), "result" if finding.rung is not None else "empty")
    draw = _PICTURES.get(finding.id)
    if draw is not None and finding.series:
        yield from draw(finding, audit, say)
    table = _table(finding, say)
    if table is not None:
        yield table


def _table(finding: Finding, say: Speech) -> Table | None:
    names = [
        name
        for name, values in finding.series.items()
        if name not in _INSIDE and not _counts(values) and say.knows(f"column.{name}")
    ]
    rows = max((len(finding.series[name]) for name in names), default=0)
    if not names or not rows or finding.id == "mobilisation":
        return None
    shown = range(rows) if rows <= _ROWS else sorted(set(np.linspace(0, rows - 1, _ROWS).round().astype(int).tolist()))
    return Table(
        say("table.some", title=say.of(finding.title), n=len(shown), all=rows)
        if rows > _ROWS
        else say("table.all", title=say.of(finding.title)),
        tuple(
            Column(say(f"column.{_HEADS.get(name, name)}"), number=not isinstance(finding.series[name][0], str))
            for name in names
        ),
        tuple(tuple(cell(_value(name, finding.series[name][row], say)) for name in names) for row in shown),
    )


def _counts(values: Sequence[object]) -> bool:
    """Whether a column counts cases: those stand in the release alone, which attacks itself."""
    return all(value is None or (isinstance(value, int) and not isinstance(value, bool)) for value in values)


def _value(name: str, value: object, say: Speech) -> str:
    if value is None:
        return say("withheld")
    if isinstance(value, bool):
        return say("yes" if value else "no")
    if isinstance(value, str):
        key = f"value.{value}"
        return say(key) if say.knows(key) else value
    assert isinstance(value, int | float)
    if name in _SHARES:
        return f"{say.number(100 * value)}\N{NO-BREAK SPACE}%"
    return say.number(value, 0 if float(value).is_integer() else 2)


def _told(finding: Finding, say: Speech) -> dict[str, str]:
    return {"title": say.of(finding.title).rstrip("?"), "description": say(f"picture.{finding.id}")}


def _places(finding: Finding, _audit: Audit, say: Speech) -> Iterator[Block]:
    series = finding.series
    for step in _STEPS:
        rows = [row for row, name in enumerate(series["step"]) if name == step and series["n"][row] is not None]
        overall = finding.numbers.get(f"overall_{step}")
        if not rows or not isinstance(overall, float):
            continue
        held = [(_number(series["n"][row]), _number(series["rate"][row]), bool(series["outside"][row])) for row in rows]
        limits = sorted(
            (_number(series["n"][row]), _number(series["lower998"][row]), _number(series["upper998"][row]))
            for row in rows
        )
        told = {
            "title": f"{say.of(finding.title).rstrip('?')}: {say(f'step.{step}')}",
            "description": say("picture.places"),
        }
        pictures = drawing.points(
            [Point(*one) for one in held], limits, overall, say, name=f"{finding.id}-{step}", **told
        )
        yield Figure(told["title"], told["description"], *pictures)


def _days(finding: Finding, audit: Audit, say: Speech) -> Iterator[Block]:
    found = []
    for place, group in enumerate(audit.groups):
        rows = [
            row
            for row, name in enumerate(finding.series["group"])
            if name == group and finding.series["waiting"][row] is not None
        ]
        if rows:
            x, y = (np.array([_number(finding.series[key][row]) for row in rows]) for key in ("day", "waiting"))
            dash, colour = _DASHES[place % len(_DASHES)], _COLOURS[place % len(_COLOURS)]
            found.append(Curve(say("column.group", group=group), x, y, dash, colour))
    if not found:
        return
    horizon = max(float(curve.x.max()) for curve in found) or 1.0
    ticks = [round(horizon * part / 4) for part in range(5)]
    across = Axis(say("axis.days"), 0, horizon, ticks)
    up = Axis(say("axis.waiting"), 0, 1, (0, 0.25, 0.5, 0.75, 1), 2)
    told = _told(finding, say)
    yield Figure(told["title"], told["description"], *charts.curves(found, across, up, say, name=finding.id, **told))


def _severity(finding: Finding, audit: Audit, say: Speech) -> Iterator[Block]:
    found = []
    for group in audit.groups:
        shares = [
            (say(f"value.severity_{level}"), _number(share))
            for name, level, share in zip(*(finding.series[key] for key in ("group", "severity", "share")), strict=True)
            if name == group and share is not None
        ]
        if shares:
            found.append(Stack(say("column.group", group=group), shares))
    if found:
        told = _told(finding, say)
        yield Figure(told["title"], told["description"], *drawing.stacks(found, name=finding.id, **told))


def _mix(finding: Finding, audit: Audit, say: Speech) -> Iterator[Block]:
    found = []
    for group in audit.groups:
        shares = [
            (_value("source", source, say), _number(share))
            for name, source, share in zip(*(finding.series[key] for key in ("group", "source", "share")), strict=True)
            if name == group and share is not None
        ]
        if shares:
            found.append(Stack(say("column.group", group=group), shares))
    if found:
        told = _told(finding, say)
        yield Figure(told["title"], told["description"], *drawing.stacks(found, name=finding.id, **told))


def _ladder(finding: Finding, _audit: Audit, say: Speech) -> Iterator[Block]:
    names = ("orders", "superiors", "superiors_examined", "subordinates", "subordinates_sanctioned", "institutions")
    counts = {name: finding.numbers.get(name) for name in names}
    known = {name: value for name, value in counts.items() if isinstance(value, int)}
    if known:
        told = _told(finding, say)
        bars = [drawing.Bar(say(f"column.{name}"), float(value), say.number(value)) for name, value in known.items()]
        yield Figure(told["title"], told["description"], *drawing.bars(bars, name=finding.id, **told))
    yield Table(
        say("table.all", title=say.of(finding.title)),
        (Column(say("column.what"), 2), Column(say("column.cases"), number=True)),
        tuple((cell(say(f"column.{name}")), cell(_value(name, value, say))) for name, value in counts.items()),
        stacks=False,
    )


def _outcome(finding: Finding, _audit: Audit, say: Speech) -> Iterator[Block]:
    series = finding.series
    rows = [row for row, rate in enumerate(series["rate"]) if rate is not None]
    if not rows:
        return
    rates = [_number(series["rate"][row]) for row in rows]
    middle = sum(rates) / len(rates)
    drawn = [
        charts.Row(
            say("column.group", group=series["group"][row]),
            _number(series["rate"][row]), _number(series["lower"][row]), _number(series["upper"][row]), middle,
        )
        for row in rows
    ]  # fmt: skip
    told = _told(finding, say)
    axis = Axis(say("axis.proven"), 0, 1, (0, 0.25, 0.5, 0.75, 1), 2)
    yield Figure(told["title"], told["description"], *charts.intervals(drawn, axis, say, name=finding.id, **told))


def _thresholds(finding: Finding, _audit: Audit, say: Speech) -> Iterator[Block]:
    series = finding.series
    drawn = []
    for family in ("beta", "discriminant"):
        ends = [series[f"{family}_evidence_{end}"] for end in ("mean", "lower", "upper")]
        drawn += [
            charts.Row(f"{first} – {second} ({family})", _number(mean), _number(lower), _number(upper), 0.0)
            for first, second, mean, lower, upper in zip(series["first"], series["second"], *ends, strict=True)
            if None not in (mean, lower, upper)
        ]
    if not drawn:
        return
    far = max(max(abs(row.lower), abs(row.upper)) for row in drawn) or 1.0
    axis = Axis(say("axis.evidence"), -far, far, (-far, 0.0, far), 2, signed=True)
    told = _told(finding, say)
    yield Figure(told["title"], told["description"], *charts.intervals(drawn, axis, say, name=finding.id, **told))


def _number(value: object) -> float:
    assert isinstance(value, int | float)
    return float(value)


_PICTURES: Final[Mapping[str, Callable[[Finding, Audit, Speech], Iterator[Block]]]] = {
    "regions": _places,
    "bodies": _places,
    "days": _days,
    "days_executed": _days,
    "severity": _severity,
    "outcome": _outcome,
    "sources": _mix,
    "thresholds": _thresholds,
    "mobilisation": _ladder,
}
