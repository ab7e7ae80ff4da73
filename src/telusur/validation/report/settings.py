"""Every setting with its measures: cost and errors, as evaluation campaigns measure, and other systems beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from telusur.dossier.render import charts
from telusur.dossier.render.blocks import (
    Block,
    Column,
    Figure,
    Heading,
    Paragraph,
    Table,
    cell,
    line,
    muted,
)
from telusur.dossier.render.charts import Axis
from telusur.dossier.render.speech import Speech
from telusur.validation.numbers import Outcome
from telusur.validation.report.saying import measured, name_of, share


def blocks(every: Sequence[Outcome], rounds: int, say: Speech) -> Iterator[Block]:
    """Give the blocks of all settings; ``rounds`` is the number of draws that intervals rest on."""
    yield from _settings(every, rounds, say)
    yield from _campaigns(every, say)


def beside(every: Sequence[Outcome], say: Speech) -> Iterator[Block]:
    """Give the blocks on other systems: calibrated otherwise, without caps, and plain."""
    yield from _calibration(every, say)
    yield from _caps(every, say)


def _settings(every: Sequence[Outcome], rounds: int, say: Speech) -> Iterator[Block]:
    yield Heading(2, say("settings.heading"), "settings")
    yield Paragraph(line(say("settings.lead", rounds=say.number(rounds))))
    rows = [
        charts.Row(
            name_of(one.setting, say),
            one.systems["telusur"].value.cllr,
            one.systems["telusur"].lower.cllr,
            one.systems["telusur"].upper.cllr,
            one.systems["telusur"].value.cllr_min,
        )
        for one in every
        if one.enough
    ]
    if rows:
        high = max(1.0, *(row.upper for row in rows))
        axis = Axis(say("settings.cost_axis"), 0.0, high, [tick / 10 for tick in range(0, int(10 * high) + 1, 2)], 1)
        told = {"title": say("settings.picture"), "description": say("settings.picture_says")}
        pictures = charts.intervals(rows, axis, say, name="cost", **told)
        yield Figure(told["title"], told["description"], *pictures)
    names = ("auc", "eer", "cllr", "cllr_min", "loss")
    yield Table(
        say("settings.caption"),
        (Column(say("settings.setting"), 2.2), *(Column(say(f"settings.{name}"), 1.2, number=True) for name in names)),
        tuple((cell(name_of(one.setting, say)), *measured(one, names, say)) for one in every),
    )
    errors = ("implicated", "cleared")
    yield Table(
        say("settings.errors_caption"),
        (
            Column(say("settings.setting"), 2.2),
            *(Column(say(f"settings.{name}"), 1.4, number=True) for name in errors),
            Column(say("settings.abstained"), 1.1, number=True),
            Column(say("settings.n"), 1.1, number=True),
            Column(say("settings.accounts"), 0.7, number=True),
        ),
        tuple(
            (
                cell(name_of(one.setting, say)),
                *measured(one, errors, say),
                cell(f"{_silent(one.abstained_same, say)} / {_silent(one.abstained_different, say)}"),
                cell(f"{say.number(one.n_same)} / {say.number(one.n_different)}"),
                cell(say.number(one.accounts)),
            )
            for one in every
        ),
    )


def _campaigns(every: Sequence[Outcome], say: Speech) -> Iterator[Block]:
    shown = [(one, one.pan) for one in every if one.pan is not None]
    if not shown:
        return
    yield Heading(3, say("pan.heading"), "pan")
    yield Paragraph(line(say("pan.says")))
    names = ("auc", "c_at_1", "f05u", "f1", "brier", "overall")
    yield Table(
        say("pan.caption"),
        (Column(say("settings.setting"), 2.2), *(Column(say(f"pan.{name}"), number=True) for name in names)),
        tuple(
            (cell(name_of(one.setting, say)), *(cell(say.number(getattr(told, name), 3)) for name in names))
            for one, told in shown
        ),
    )


def _silent(part: float | None, say: Speech) -> str:
    return say("report.none") if part is None else share(part, say)


def _systems(every: Sequence[Outcome], systems: Sequence[str], where: str, say: Speech) -> Table:
    names = ("auc", "cllr", "loss", "implicated", "cleared")
    rows = [
        (
            cell(name_of(one.setting, say), muted(say(f"{where}.{system}"))),
            *measured(one, names, say, system),
        )
        for one in every
        for system in systems
        if system in one.systems
    ]
    return Table(
        say(f"{where}.caption"),
        (
            Column(f"{say('settings.setting')} · {say('calibration.system')}", 2.2),
            *(Column(say(f"settings.{name}"), 1.2, number=True) for name in names),
        ),
        tuple(rows),
    )


def _calibration(every: Sequence[Outcome], say: Speech) -> Iterator[Block]:
    systems = ("telusur", "random_calibrated", "alike_calibrated")
    shown = [one for one in every if "random_calibrated" in one.systems]
    if not shown:
        return
    yield Heading(2, say("calibration.heading"), "calibration")
    yield Paragraph(line(say("calibration.says")))
    yield _systems(shown, systems, "calibration", say)


def _caps(every: Sequence[Outcome], say: Speech) -> Iterator[Block]:
    shown = [one for one in every if one.enough]
    if not shown:
        return
    yield Heading(2, say("caps.heading"), "caps")
    yield Paragraph(line(say("caps.says")))
    yield _systems(shown, ("telusur", "uncapped", "plain"), "caps", say)
