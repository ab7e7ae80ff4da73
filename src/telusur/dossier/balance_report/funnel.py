"""The first three figures: how far cases came, the ratios of each step, and what pooling would have shown."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Final

from telusur import balance
from telusur.balance import STATES, Audit, Rung, Step
from telusur.balance.release import Release
from telusur.dossier.balance_report import drawing, pictures
from telusur.dossier.balance_report.drawing import Bar, Bars, Ratio
from telusur.dossier.render.blocks import (
    Block,
    Cell,
    Column,
    Heading,
    Note,
    Paragraph,
    Table,
    cell,
    line,
    muted,
)
from telusur.dossier.render.speech import Speech

#: So many took a step at least: the counts themselves stand in the release alone.
_LEAST: Final = (30, 50, *(part * 10**power for power in range(2, 7) for part in (1, 2, 5)))
_PERCENT: Final = "\N{NO-BREAK SPACE}%"


def blocks(audit: Audit, release: Release, say: Speech) -> Iterator[Block]:
    """Give the chapters on the steps."""
    yield Heading(2, say("funnel.heading"), "funnel")
    yield Paragraph(line(say("funnel.says")))
    yield from _states(audit, release, say)
    yield _rates(audit, say)
    yield Heading(2, say("forest.heading"), "forest")
    yield Paragraph(line(say("forest.says")))
    yield from _forest(audit, say)
    yield Heading(2, say("simpson.heading"), "simpson")
    yield Paragraph(line(say("simpson.says")))
    yield from _simpson(audit, say)


def _states(audit: Audit, release: Release, say: Speech) -> Iterator[Block]:
    counts = {state: _count(release, state) for state in STATES}
    known = {state: count for state, count in counts.items() if count}
    passages = _passages(audit, say)
    day = say.day(audit.censored_on)
    told = {"title": say("funnel.title", day=day), "description": say("funnel.describes")}
    drawn = []
    if known:
        bars = [Bar(say(f"state.{state}"), float(count), say.number(count)) for state, count in known.items()]
        drawn.append(Bars(say("funnel.until", day=day), bars))
    if passages:
        bars = [Bar(name, days, say("funnel.days_of", days=say.number(round(days)), n=n)) for name, days, n in passages]
        drawn.append(Bars(say("funnel.days"), bars, pale=True))
    if drawn:
        yield pictures.framed("funnel", drawing.bars(drawn, name="funnel", **told), say, **told)
    if not known:
        yield Note(cell(say("funnel.nothing")), "empty")
    yield Table(
        told["title"],
        (Column(say("column.state"), 2), Column(say("column.cases"), number=True)),
        tuple((cell(say(f"state.{state}")), cell(_shown(count, say))) for state, count in counts.items()),
        stacks=False,
    )
    if passages:
        columns = (Column(say("column.step"), 2), *(Column(say(f"column.{one}"), number=True) for one in ("days", "n")))
        yield Table(
            say("funnel.days"),
            columns,
            tuple((cell(name), cell(say.number(round(days))), cell(n)) for name, days, n in passages),
            stacks=False,
        )


def _passages(audit: Audit, say: Speech) -> list[tuple[str, float, str]]:
    """Give each step whose days can be told: its name, the median, and how many cases took it at least."""
    numbers = next((one.numbers for one in audit.findings if one.id == "days"), {})
    found = []
    for step in ("accepted", "examined", "decided", "executed"):
        days, n = numbers.get(f"step_days_{step}"), numbers.get(f"step_n_{step}")
        if isinstance(days, float) and isinstance(n, int):
            # The count is rounded already; what is said of it holds for each that it may be.
            least = n - audit.plan.round_to
            told = say("funnel.at_least", n=say.number(max((one for one in _LEAST if one <= least), default=_LEAST[0])))
            found.append((say(f"passage.{step}"), days, told))
    return found


def _count(release: Release, state: str) -> int | None:
    figure = release.figures.get((("state", state),))
    return None if figure is None else figure.shown


def _shown(count: int | None, say: Speech) -> str:
    return say("withheld") if count is None else say.number(count)


def _rates(audit: Audit, say: Speech) -> Table:
    """Rates in whole percent: finer ones would tell what the rounded counts hide."""

    def told(step: Step) -> Mapping[str, Cell]:
        least = audit.plan.suppress_below
        return {
            rate.group: cell(
                say("withheld")
                if min(rate.passed, rate.n - rate.passed) < least
                else say(
                    "funnel.rate",
                    rate=f"{100 * rate.rate:.0f}{_PERCENT}",
                    lower=f"{100 * rate.lower:.0f}",
                    upper=f"{100 * rate.upper:.0f}",
                )
            )
            for rate in step.groups
        }

    return Table(
        say("funnel.rates"),
        (Column(say("column.step")), *(Column(say("column.group", group=group)) for group in audit.groups)),
        tuple((cell(say(f"step.{step.step}")), *told(step).values()) for step in audit.steps),
    )


def _forest(audit: Audit, say: Speech) -> Iterator[Block]:
    said = [step for step in audit.steps if step.rung is not Rung.TOO_LITTLE_DATA and step.test is not None]
    told = {"title": say("forest.title"), "description": say("forest.describes")}
    ratios = [
        Ratio(say("forest.row", step=say(f"step.{step.step}"), group=group), one.value, one.lower, one.upper, seen)
        for step in said
        if step.test is not None
        for seen in (step.test.detectable,)
        for group, one in step.test.ratios.items()
    ]
    if ratios:
        drawn = drawing.ratios(ratios, say, name="forest", **told)
        yield pictures.framed("forest", drawn, say, **told)
    else:
        yield Note(cell(say("forest.nothing")), "empty")
    yield Table(
        told["title"],
        tuple(Column(say(f"column.{name}")) for name in ("step", "tested", "ratio", "q", "detectable", "says")),
        tuple(_row(step, say) for step in audit.steps),
    )


def _row(step: Step, say: Speech) -> tuple[Cell, ...]:
    test = step.test
    name = cell(say(f"step.{step.step}"))
    if test is None or step.rung is Rung.TOO_LITTLE_DATA:
        return (name, *(cell(muted("–")) for _ in range(4)), cell(say.of(step.words)))
    ratio = _interval(test.effect, test.lower, test.upper, say)
    return (
        name,
        cell(say("column.group", group=test.group)),
        cell(ratio),
        cell(_p(test.q, say)),
        cell(say.number(test.detectable, 2)),
        cell(say.of(step.words)),
    )


def _ratio(ratio: balance.Ratio, say: Speech) -> str:
    return _interval(ratio.value, ratio.lower, ratio.upper, say)


def _interval(value: float, lower: float, upper: float, say: Speech) -> str:
    told = say("forest.ratio", value=_end(value, say), lower=say.number(lower, 2), upper=_end(upper, say))
    return told.replace(" ", "\N{NO-BREAK SPACE}")


def _end(value: float, say: Speech) -> str:
    return say.number(value, 2) if math.isfinite(value) else "∞"


def _p(value: float, say: Speech) -> str:
    least = 0.001
    return f"< {say.number(least, 3)}" if value < least else say.number(value, 3)


def _simpson(audit: Audit, say: Speech) -> Iterator[Block]:
    rows = []
    ratios = [
        Ratio(
            say("simpson.row", step=say(f"step.{step.step}"), how=say(f"column.{how}"), group=test.group),
            one.value, one.lower, one.upper, 1.0,
        )
        for step in audit.steps
        for test in (step.test,)
        if test is not None and step.rung is not Rung.TOO_LITTLE_DATA
        for how, one in (("pooled", test.pooled), ("within", test.within))
    ]  # fmt: skip
    if ratios:
        told = {"title": say("simpson.title"), "description": say("simpson.describes")}
        drawn = drawing.ratios(ratios, say, name="simpson", **told)
        yield pictures.framed("simpson", drawn, say, **told)
    for step in audit.steps:
        test = step.test
        if test is None or step.rung is Rung.TOO_LITTLE_DATA:
            rows.append((cell(say(f"step.{step.step}")), *(cell(muted("–")) for _ in range(4))))
            continue
        reverses = (test.pooled.value - 1) * (test.within.value - 1) < 0
        rows.append(
            (
                cell(say(f"step.{step.step}")),
                cell(say("column.group", group=test.group)),
                cell(_ratio(test.pooled, say)),
                cell(_ratio(test.within, say)),
                cell(say("simpson.reverses" if reverses else "simpson.keeps")),
            )
        )
    yield Table(
        say("simpson.title"),
        tuple(Column(say(f"column.{name}")) for name in ("step", "tested", "pooled", "within", "direction")),
        tuple(rows),
    )
