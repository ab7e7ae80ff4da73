"""How settings, shares and measures are said, the same in every part of the report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from telusur.dossier.render.blocks import (
    Cell,
    cell,
    muted,
    strong,
)
from telusur.dossier.render.speech import Speech
from telusur.validation.intervals import Measured
from telusur.validation.numbers import Outcome
from telusur.validation.protocol import HISTORY, Setting

_PERCENT: Final = "\N{NO-BREAK SPACE}%"


def name_of(setting: Setting, say: Speech) -> str:
    """Say a setting."""
    parts = [say("settings.other")] if setting.other else []
    if setting.tried != "window":
        parts += [say(f"settings.{setting.tried}")]
    else:
        parts += [say("settings.post") if setting.size == 1 else say("settings.posts", n=setting.size)]
    parts += [say(f"settings.{setting.impostor}")]
    parts += [say("settings.stripped")] if setting.stripped else []
    parts += [say("settings.history", n=setting.history)] if setting.history != HISTORY else []
    parts += [say("settings.days", n=setting.days)] if setting.days else []
    return ", ".join(parts)


def share(value: float, say: Speech) -> str:
    """Say a share as a percentage."""
    return f"{say.number(100 * value, 1)}{_PERCENT}"


def with_ends(measured: Measured, name: str, say: Speech) -> Cell:
    """Say a measure with its interval."""
    value, lower, upper = (float(getattr(one, name)) for one in (measured.value, measured.lower, measured.upper))
    if name in {"eer", "cleared", "implicated"}:
        told = share(value, say)
        ends = f"[{say.number(100 * lower, 1)}; {say.number(100 * upper, 1)}]"
    else:
        told, ends = say.number(value, 3), f"[{say.number(lower, 3)}; {say.number(upper, 3)}]"
    return cell(strong(told), muted(ends))


def measured(one: Outcome, names: Sequence[str], say: Speech, system: str = "telusur") -> list[Cell]:
    """Give the cells of a system's measures, or how few the comparisons are."""
    if system not in one.systems:
        count = say.number(min(one.n_same, one.n_different))
        return [cell(muted(say("report.too_little", n=count))), *(cell(say("report.none")) for _ in names[1:])]
    return [with_ends(one.systems[system], name, say) for name in names]
