"""The report for people, in one language: what was measured, how good it is, and what follows from that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Final

import numpy as np

from telusur.domain.text import Language
from telusur.dossier.render.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Figure,
    Heading,
    Note,
    Page,
    Pairs,
    Paragraph,
    Table,
    cell,
    code,
    line,
    muted,
    strong,
)
from telusur.dossier.render.html import render_page
from telusur.dossier.render.speech import Speech
from telusur.validation.intervals import Measured
from telusur.validation.numbers import LEAST_ACCOUNTS, LEAST_COMPARISONS, PLACES, PRIORS, Curves, Outcome, Takeovers
from telusur.validation.protocol import HISTORY, SKIPPED, Setting
from telusur.validation.report import figures
from telusur.validation.report.figures import Axis, Curve
from telusur.validation.table import LEAST_POSTS, MOST_ACCOUNTS
from telusur.validation.table import Table as Posts
from telusur.validation.validating import Source, Validation
from telusur.validation.validating import code as made_by

_MAIN: Final = ("random-5", "stripped-alike-5", "stripped-alike-20", "other-stripped-alike-5")
"""Settings whose curves are drawn."""

_PERCENT: Final = "\N{NO-BREAK SPACE}%"


def render(found: Validation, data: Source, other: Source | None, repeated_by: str, language: Language) -> str:
    """Give the report as one self-contained page."""
    say = Speech(language, __package__)
    return render_page(
        Page(
            title=say("report.title"),
            subtitle=say("report.subtitle", accounts=say.number(found.table.n_accounts), settings=len(found.outcomes)),
            running=say("report.running", data=data.sha256[:12], model=found.model.source.sha256[:12]),
            day=_last_day(found.table),
            language=language,
            blocks=[
                *_summary(found, say),
                *_errors(say),
                *_settings(found.outcomes, found.rounds, say),
                *_curves(found.outcomes, say),
                *_calibration(found.outcomes, say),
                *_caps(found.outcomes, say),
                *_takeovers(found.takeovers, say),
                *_data(found, data, other, say),
                *_measures(say),
                *_card(found, say),
                *_repeat(found, repeated_by, say),
                *_limits(say),
            ],
        )
    )


def _last_day(table: Posts) -> date:
    return datetime.fromtimestamp(int(table.times.max()) / 1e6, UTC).date()


def name_of(setting: Setting, say: Speech) -> str:
    """Say a setting."""
    parts = [say("settings.other")] if setting.other else []
    parts += [say("settings.post") if setting.size == 1 else say("settings.posts", n=setting.size)]
    parts += [say(f"settings.{setting.impostor}")]
    parts += [say("settings.stripped")] if setting.stripped else []
    parts += [say("settings.history", n=setting.history)] if setting.history != HISTORY else []
    parts += [say("settings.days", n=setting.days)] if setting.days else []
    return ", ".join(parts)


def _summary(found: Validation, say: Speech) -> Iterator[Block]:
    yield Heading(2, say("lead.heading"), "summary")
    n = {"accounts": say.number(found.table.n_accounts), "posts": say.number(len(found.table.texts))}
    yield Paragraph(line(say("lead.says", **n)), "lead")
    kind = found.model.refit or "shipped"
    said = say(f"lead.{kind}", file=found.model.source.name, fitted=say.number(found.model.fitted_on), **n)
    lines = [said]
    measured = [one for one in found.outcomes if one.enough]
    if measured:
        by_kind = {}
        for error in ("implicated", "cleared"):
            rates = [float(getattr(one.systems["telusur"].value, error)) for one in measured]
            by_kind[error] = _share(max(rates), say)
            by_kind[f"where_{error}"] = name_of(measured[rates.index(max(rates))].setting, say)
        lines.append(say("lead.worst", **by_kind))
    yield Note(cell(*lines), "result")


def _errors(say: Speech) -> Iterator[Block]:
    yield Heading(2, say("errors.heading"), "errors")
    names = ("implicated", "cleared", "takeover")
    yield Pairs(tuple((say(f"errors.{name}_name"), cell(say(f"errors.{name}"))) for name in names))
    yield Paragraph(line(say("errors.direction")))


def _share(value: float, say: Speech) -> str:
    return f"{say.number(100 * value, 1)}{_PERCENT}"


def _with_ends(measured: Measured, name: str, say: Speech) -> Cell:
    value, lower, upper = (float(getattr(one, name)) for one in (measured.value, measured.lower, measured.upper))
    if name in {"eer", "cleared", "implicated"}:
        told = _share(value, say)
        ends = f"[{say.number(100 * lower, 1)}; {say.number(100 * upper, 1)}]"
    else:
        told, ends = say.number(value, 3), f"[{say.number(lower, 3)}; {say.number(upper, 3)}]"
    return cell(strong(told), muted(ends))


def _settings(every: Sequence[Outcome], rounds: int, say: Speech) -> Iterator[Block]:
    yield Heading(2, say("settings.heading"), "settings")
    yield Paragraph(line(say("settings.lead", rounds=say.number(rounds))))
    rows = [
        figures.Row(
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
        pictures = figures.intervals(rows, axis, say, name="cost", **told)
        yield Figure(told["title"], told["description"], *pictures)
    names = ("auc", "eer", "cllr", "cllr_min", "loss")
    yield Table(
        say("settings.caption"),
        (Column(say("settings.setting"), 2.2), *(Column(say(f"settings.{name}"), 1.2, number=True) for name in names)),
        tuple((cell(name_of(one.setting, say)), *_measured(one, names, say)) for one in every),
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
                *_measured(one, errors, say),
                cell(f"{_silent(one.abstained_same, say)} / {_silent(one.abstained_different, say)}"),
                cell(f"{say.number(one.n_same)} / {say.number(one.n_different)}"),
                cell(say.number(one.accounts)),
            )
            for one in every
        ),
    )


def _silent(share: float | None, say: Speech) -> str:
    return say("report.none") if share is None else _share(share, say)


def _measured(one: Outcome, names: Sequence[str], say: Speech, system: str = "telusur") -> list[Cell]:
    if system not in one.systems:
        count = say.number(min(one.n_same, one.n_different))
        return [cell(muted(say("report.too_little", n=count))), *(cell(say("report.none")) for _ in names[1:])]
    return [_with_ends(one.systems[system], name, say) for name in names]


def _curves(every: Sequence[Outcome], say: Speech) -> Iterator[Block]:
    drawn = [one for one in every if one.setting.key in _MAIN and one.curves is not None]
    if not drawn:
        return
    yield Heading(2, say("curves.heading"), "curves")
    yield Paragraph(line(say("curves.lead")))
    for one in drawn:
        assert one.curves is not None
        label = name_of(one.setting, say)
        yield Heading(3, label[:1].upper() + label[1:], f"curves-{one.setting.key}")
        yield from _tippett(one.curves, one.setting.key, label, say)
        yield from _ece(one.curves, one.setting.key, label, say)
        yield from _pav(one.curves, one.setting.key, label, say)


def _figure(kind: str, key: str, label: str, found: Sequence[Curve], across: Axis, up: Axis, say: Speech) -> Figure:
    told = {"title": say(f"curves.{kind}", setting=label), "description": say(f"curves.{kind}_says")}
    pictures = figures.curves(found, across, up, say, name=f"{kind}-{key}", **told)
    return Figure(told["title"], told["description"], *pictures)


def _tippett(found: Curves, key: str, label: str, say: Speech) -> Iterator[Block]:
    kinds = (("same", found.same, "", "fill"), ("different", found.different, "6 4", "mark"))
    drawn = [Curve(say(f"curves.{name}"), PLACES, values, dash, colour) for name, values, dash, colour in kinds]  # type: ignore[arg-type]
    across = Axis(say("curves.bans_axis"), -3, 3, range(-3, 4), signed=True)
    yield _figure(
        "tippett", key, label, drawn, across, Axis(say("curves.share_axis"), 0, 1, (0, 0.25, 0.5, 0.75, 1), 2), say
    )
    at = [int(np.argmin(np.abs(PLACES - bans))) for bans in (-2, -1, -0.5, 0, 0.5, 1, 2)]
    yield Table(
        say("curves.tippett", setting=label),
        (
            Column(say("curves.bans"), number=True),
            Column(say("curves.same"), number=True),
            Column(say("curves.different"), number=True),
        ),
        tuple(
            (
                cell(say.signed(float(PLACES[i]), 1)),
                cell(_share(float(found.same[i]), say)),
                cell(_share(float(found.different[i]), say)),
            )
            for i in at
        ),
        stacks=False,
    )


def _ece(found: Curves, key: str, label: str, say: Speech) -> Iterator[Block]:
    p = 1 / (1 + 10.0**-PRIORS)
    none = -(p * np.log2(p) + (1 - p) * np.log2(1 - p))
    drawn = [
        Curve(say("curves.ece_actual"), PRIORS, found.ece),
        Curve(say("curves.ece_least"), PRIORS, found.ece_least, "6 4", "mark"),
        Curve(say("curves.ece_none"), PRIORS, none, "2 3", "soft"),
    ]
    across = Axis(say("curves.prior_axis"), -2.5, 2.5, range(-2, 3), signed=True)
    up = Axis(say("settings.cost_axis"), 0, max(1.0, float(found.ece.max())), (0, 0.25, 0.5, 0.75, 1), 2)
    yield _figure("ece", key, label, drawn, across, up, say)
    at = [int(np.argmin(np.abs(PRIORS - bans))) for bans in (-2, -1, 0, 1, 2)]
    yield Table(
        say("curves.ece", setting=label),
        (
            Column(say("curves.prior_axis"), number=True),
            *(Column(say(f"curves.ece_{name}"), number=True) for name in ("actual", "least", "none")),
        ),
        tuple(
            (
                cell(say.signed(float(PRIORS[i]), 0)),
                *(cell(say.number(float(values[i]), 3)) for values in (found.ece, found.ece_least, none)),
            )
            for i in at
        ),
        stacks=False,
    )


def _pav(found: Curves, key: str, label: str, say: Speech) -> Iterator[Block]:
    # A step holds up to where the next one begins.
    x = np.repeat(found.stated, 2)[1:]
    y = np.repeat(found.observed, 2)[:-1]
    drawn = [
        Curve(say("curves.ece_actual"), x, y),
        Curve(say("curves.exact"), np.array([-3.0, 3.0]), np.array([-3.0, 3.0]), "2 3", "soft"),
    ]
    across = Axis(say("curves.stated"), -3, 3, range(-3, 4), signed=True)
    yield _figure("pav", key, label, drawn, across, Axis(say("curves.observed"), -3, 3, range(-3, 4), signed=True), say)
    steps = sorted({float(found.observed[0]), *found.observed.tolist()})
    first = [int(np.argmax(found.observed == step)) for step in steps]
    if len(first) > 9:  # noqa: PLR2004 - as many rows as a table can bear
        first = [first[i] for i in np.unique(np.linspace(0, len(first) - 1, 9).astype(int))]
    yield Table(
        say("curves.pav", setting=label),
        (Column(say("curves.stated"), number=True), Column(say("curves.observed"), number=True)),
        tuple((cell(say.signed(float(found.stated[i]))), cell(say.signed(float(found.observed[i])))) for i in first),
        stacks=False,
    )


def _systems(every: Sequence[Outcome], systems: Sequence[str], where: str, say: Speech) -> Table:
    names = ("auc", "cllr", "loss", "implicated", "cleared")
    rows = [
        (
            cell(name_of(one.setting, say), muted(say(f"{where}.{system}"))),
            *_measured(one, names, say, system),
        )
        for one in every
        for system in systems
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


def _takeovers(every: Sequence[Takeovers], say: Speech) -> Iterator[Block]:
    yield Heading(2, say("takeovers.heading"), "takeovers")
    yield Paragraph(line(say("takeovers.says")))
    names = ("found", "false_alarms", "within_three", "missed_strongly", "covered")
    rows: list[tuple[Cell, ...]] = []
    for one in every:
        told: list[Cell] = []
        for name in names:
            ends = getattr(one, name)
            if one.found is None and name == "found":
                told.append(cell(muted(say("report.too_little", n=say.number(min(one.n, one.controls))))))
            elif ends is None:
                told.append(cell(say("report.none")))
            else:
                bounds = f"[{say.number(100 * ends[1], 1)}; {say.number(100 * ends[2], 1)}]"
                told.append(cell(strong(_share(ends[0], say)), muted(bounds)))
        error = say("report.none") if one.error is None else say.number(one.error, 1)
        count = f"{say.number(one.n)} / {say.number(one.controls)}"
        rows.append(
            (
                cell(say(f"takeovers.{one.stranger}")),
                *told,
                cell(error),
                cell(count),
                cell(say.number(one.abstained)),
            )
        )
    yield Table(
        say("takeovers.caption"),
        (
            Column(say("takeovers.stranger")),
            *(Column(say(f"takeovers.{name}"), number=True) for name in (*names, "error", "n", "abstained")),
        ),
        tuple(rows),
    )


def _data(found: Validation, data: Source, other: Source | None, say: Speech) -> Iterator[Block]:
    yield Heading(2, say("data.heading"), "data")
    yield Pairs(_corpus(data, found.table, say))
    if other is not None and found.other is not None:
        yield Heading(3, say("data.other"), "other")
        yield Pairs(_corpus(other, found.other, say))
    yield Heading(3, say("data.protocol"), "protocol")
    first = HISTORY + SKIPPED + 1
    steps = (
        say("data.steps_disjoint"),
        say("data.steps_time", history=HISTORY, skipped=SKIPPED, first=first),
        say("data.steps_alike"),
        say("data.steps_stripped"),
        say("data.steps_copies"),
        say("data.steps_least", accounts=LEAST_ACCOUNTS, comparisons=LEAST_COMPARISONS),
    )
    yield Bullets(tuple(cell(step) for step in steps))


def _corpus(source: Source, table: Posts, say: Speech) -> tuple[tuple[str, Cell], ...]:
    held = {"least": LEAST_POSTS, "most": say.number(MOST_ACCOUNTS), "first": table.first_bad}
    left = [say(f"data.{reason}", n=say.number(n), **held) for reason, n in sorted(table.left_out.items())]
    return (
        (say("data.file"), cell(code(source.name))),
        (say("data.sha256"), cell(code(source.sha256))),
        (say("data.accounts"), cell(say.number(table.n_accounts))),
        (say("data.posts"), cell(say.number(len(table.texts)))),
        (say("data.left_out"), cell(*(left or [say("data.nothing")]))),
    )


def _measures(say: Speech) -> Iterator[Block]:
    yield Heading(2, say("measures.heading"), "measures")
    names = ("auc", "eer", "cllr", "cllr_min", "loss")
    yield Pairs(tuple((say(f"settings.{name}"), cell(say(f"measures.{name}"))) for name in names))
    yield Paragraph(line(say("measures.sources")), "small")


def _card(found: Validation, say: Speech) -> Iterator[Block]:
    card = found.model.card
    yield Heading(2, say("card.heading"), "card")
    yield Paragraph(line(say("card.says")))
    fields = {name: _counted(card.get(name), say) for name in ("accounts", "posts", "comparisons")}
    rows = [
        (say("card.file"), cell(code(found.model.source.name), code(found.model.source.sha256))),
        (say("card.fields"), cell(say("card.fit", seed=card.get("seed", "?"), **fields))),
        (say("card.data"), cell(code(str(card.get("data_sha256", "?"))))),
    ]
    yield Pairs(tuple(rows))
    measured = card.get("measured")
    if isinstance(measured, Mapping):
        yield Heading(3, say("card.measured"), "card-measured")
        yield Paragraph(line(str(card.get("measured_how", ""))), "small")
        yield Pairs(tuple((str(name), cell(_told(figures_))) for name, figures_ in measured.items()))
    limits = card.get("limits")
    if isinstance(limits, list) and limits:
        yield Heading(3, say("card.limits"), "card-limits")
        yield Bullets(tuple(cell(str(limit)) for limit in limits))


def _told(measured: object) -> str:
    if not isinstance(measured, Mapping):
        return str(measured)
    return ", ".join(f"{name} {value}" for name, value in measured.items())


def _counted(value: object, say: Speech) -> str:
    return say.number(value) if isinstance(value, int) else "?"


def _repeat(found: Validation, repeated_by: str, say: Speech) -> Iterator[Block]:
    yield Heading(2, say("repeat.heading"), "repeat")
    yield Paragraph(line(say("repeat.says")))
    if found.table.left_out.get("future") or (found.other and found.other.left_out.get("future")):
        yield Note(cell(say("repeat.future")))
    made = made_by()
    versions = ", ".join(f"{name} {version}" for name, version in made.items() if name != "code_sha256")
    yield Pairs(
        (
            (say("repeat.command"), cell(code(repeated_by))),
            (say("repeat.code"), cell(code(made["code_sha256"]))),
            (say("repeat.versions"), cell(versions)),
        )
    )
    yield Paragraph(line(say("repeat.files")))


def _limits(say: Speech) -> Iterator[Block]:
    yield Heading(2, say("limits.heading"), "limits")
    names = ("population", "impostors", "windows", "style_alone")
    yield Bullets(tuple(cell(say(f"limits.{name}")) for name in names))
