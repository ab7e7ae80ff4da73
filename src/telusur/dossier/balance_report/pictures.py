"""The picture of each question that has one, drawn from what its finding publishes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from telusur.balance import Audit, Finding
from telusur.dossier.balance_report import drawing, scatter, waiting, weeks
from telusur.dossier.balance_report.drawing import Bar, Bars, Stack
from telusur.dossier.balance_report.tables import COUNTED, STEPS, value_told
from telusur.dossier.render import charts
from telusur.dossier.render.blocks import Figure
from telusur.dossier.render.charts import Axis
from telusur.dossier.render.speech import Speech

#: Left and right of an axis, so that its marks are not cut on a telephone.
_ROOM: Final = 0.05
_Drawn = tuple[str, str] | None


def of(finding: Finding, audit: Audit, say: Speech) -> Figure | None:
    """Give the picture of a question; None where it has none, or nothing of it is published."""
    draw = _PICTURES.get(finding.id)
    drawn = None if draw is None else draw(finding, audit, say)
    if drawn is None:
        return None
    told = _told(finding, say)
    return framed(finding.id, drawn, say, title=told["title"], description=told["description"])


def framed(name: str, drawn: tuple[str, str], say: Speech, *, title: str, description: str) -> Figure:
    """Give a figure whose caption says what it shows and how it is read."""
    return Figure(title, f"{description} {say('reading.how')} {say(f'reading.{name}')}", *drawn)


def _told(finding: Finding, say: Speech) -> dict[str, str]:
    return {
        "title": say.of(finding.title).rstrip("?"),
        "description": say(f"picture.{finding.id}"),
        "name": finding.id,
    }


def _places(finding: Finding, _audit: Audit, say: Speech) -> _Drawn:
    series = finding.series
    found = []
    for step in STEPS:
        points = [
            scatter.Point(_number(series["n"][row]), _number(series["rate"][row]), bool(series["outside"][row]))
            for row, name in enumerate(series.get("step", ()))
            if name == step and series["n"][row] is not None
        ]
        overall, dispersion = finding.numbers.get(f"overall_{step}"), finding.numbers.get(f"dispersion_{step}")
        if points and isinstance(overall, float) and isinstance(dispersion, float):
            found.append(scatter.Panel(say(f"step.{step}"), points, overall, dispersion))
    return scatter.panels(found, say, **_told(finding, say)) if found else None


def _days(finding: Finding, audit: Audit, say: Speech) -> _Drawn:
    found = []
    for group in audit.groups:
        rows = [row for row in _rows(finding, group) if finding.series["waiting"][row] is not None]
        if rows:
            held = ([_number(finding.series[key][row]) for row in rows] for key in ("day", "waiting", "lower", "upper"))
            found.append(waiting.Wait(say("column.group", group=group), *held))
    if not found:
        return None
    deadline = finding.numbers.get("deadline")
    term = deadline if isinstance(deadline, float) else None
    return waiting.curves(found, term, say, **_told(finding, say))


def _stacks(kind: str, label: Callable[[object, Speech], str]) -> Callable[[Finding, Audit, Speech], _Drawn]:
    def draw(finding: Finding, audit: Audit, say: Speech) -> _Drawn:
        found = []
        # What is shown of any group stands in one order for all, from pale to dark.
        told = [
            kept
            for kept, share in zip(finding.series.get(kind, ()), finding.series.get("share", ()), strict=True)
            if share is not None
        ]
        order = sorted(set(told), key=list(finding.series.get(kind, ())).index)
        for group in audit.groups:
            shares = [
                (label(finding.series[kind][row], say), _number(finding.series["share"][row]))
                for row in _rows(finding, group)
                if finding.series["share"][row] is not None
            ]
            if shares:
                found.append(Stack(say("column.group", group=group), shares))
        names = [label(one, say) for one in order]
        return drawing.stacks(found, names, rest=say("legend.rest"), **_told(finding, say)) if found else None

    return draw


def _range(finding: Finding, audit: Audit, say: Speech) -> _Drawn:
    rows = [(group, row) for group in audit.groups for row in _rows(finding, group)]
    held = [(group, finding.series["position"][row]) for group, row in rows]
    bars = [
        Bar(say("column.group", group=group), share, f"{say.number(100 * share)}\N{NO-BREAK SPACE}%")
        for group, share in held
        if isinstance(share, float)
    ]
    # The whole range stands there for comparison.
    whole = Bar(say("legend.range"), 1.0, f"{say.number(100)}\N{NO-BREAK SPACE}%")
    return drawing.bars([Bars("", [*bars, whole])], **_told(finding, say)) if bars else None


def _flooding(finding: Finding, audit: Audit, say: Speech) -> _Drawn:
    found = []
    for group in audit.groups:
        shares = [finding.series["share"][row] for row in _rows(finding, group)]
        if any(share is not None for share in shares):
            held = [None if share is None else _number(share) for share in shares]
            found.append(weeks.Weeks(say("column.group", group=group), held))
    return weeks.weekly(found, say, **_told(finding, say)) if found else None


def _ladder(finding: Finding, _audit: Audit, say: Speech) -> _Drawn:
    counts = {name: finding.numbers.get(name) for name in COUNTED}
    bars = [
        Bar(say(f"column.{name}"), float(value), say.number(value))
        for name, value in counts.items()
        if isinstance(value, int)
    ]
    return drawing.bars([Bars("", bars)], **_told(finding, say)) if bars else None


def _outcome(finding: Finding, _audit: Audit, say: Speech) -> _Drawn:
    series = finding.series
    rows = [row for row, rate in enumerate(series.get("rate", ())) if rate is not None]
    if not rows:
        return None
    rates = [_number(series["rate"][row]) for row in rows]
    middle = sum(rates) / len(rates)
    drawn = [
        charts.Row(
            say("column.group", group=series["group"][row]),
            _number(series["rate"][row]), _number(series["lower"][row]), _number(series["upper"][row]), middle,
        )
        for row in rows
    ]  # fmt: skip
    axis = Axis(say("axis.proven"), -_ROOM, 1 + _ROOM, (0, 0.25, 0.5, 0.75, 1), 2)
    return charts.intervals(drawn, axis, say, **_told(finding, say))


def _thresholds(finding: Finding, _audit: Audit, say: Speech) -> _Drawn:
    drawn = list(_bans(finding))
    if not drawn:
        return None
    far = max(max(abs(row.lower), abs(row.upper)) for row in drawn) or 1.0
    axis = Axis(say("axis.evidence"), -far * (1 + 2 * _ROOM), far * (1 + 2 * _ROOM), (-far, 0.0, far), 2, signed=True)
    return charts.intervals(drawn, axis, say, **_told(finding, say))


def _bans(finding: Finding) -> Iterator[charts.Row]:
    series = finding.series
    for family in ("beta", "discriminant"):
        ends = [series.get(f"{family}_evidence_{end}", ()) for end in ("mean", "lower", "upper")]
        for first, second, mean, lower, upper in zip(
            series.get("first", ()), series.get("second", ()), *ends, strict=True
        ):
            if None not in (mean, lower, upper):
                told = f"{first} – {second} ({family})"
                yield charts.Row(told, _number(mean), _number(lower), _number(upper), 0.0)


def _rows(finding: Finding, group: str) -> list[int]:
    return [row for row, name in enumerate(finding.series.get("group", ())) if name == group]


def _number(value: object) -> float:
    assert isinstance(value, int | float)
    return float(value)


_PICTURES: Final[Mapping[str, Callable[[Finding, Audit, Speech], _Drawn]]] = {
    "regions": _places,
    "bodies": _places,
    "days": _days,
    "days_executed": _days,
    "severity": _stacks("severity", lambda level, say: say(f"value.severity_{level}")),
    "severity_range": _range,
    "outcome": _outcome,
    "sources": _stacks("source", lambda source, say: value_told("source", source, say)),
    "flooding": _flooding,
    "thresholds": _thresholds,
    "mobilisation": _ladder,
}
