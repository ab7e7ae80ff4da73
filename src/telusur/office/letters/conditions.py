"""What may be so or not so of a file, for texts that say one thing here and another there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from telusur.office.letters.making import Making

CONDITIONS: Final[Mapping[str, Callable[[Making], bool]]] = {
    # -- Who writes --
    "bawaslu": lambda made: made.file.flow.body == "bawaslu",
    "bkn": lambda made: made.file.flow.body == "bkn",
    "agency": lambda made: made.file.flow.body == "agency",
    # -- What is alleged --
    "account": lambda made: any(act.stated.on_account for act in made.file.acts.values()),
    "ordered": lambda made: made.file.ordered,
    # -- Notice and answer --
    "served": lambda made: bool(made.file.served),
    "answered": lambda made: bool(made.file.answers),
    "reply_set": lambda made: made.file.reply_until is not None,
    # -- Who acted --
    "untraced": lambda made: made.untraced,
    # -- The decision --
    "draft": lambda made: made.file.draft is not None,
    "sanction": lambda made: made.file.draft is not None and made.file.draft.step.sanction is not None,
    "moral": lambda made: _level(made) == "moral",
    "overridden": lambda made: bool(made.file.overrides),
    "remedy": lambda made: made.remedy is not None,
    # -- Others --
    "told": lambda made: bool(made.bodies_told),
    "voted": lambda made: any(getattr(step, "ballot", None) for step in made.file.steps),
    "address": lambda made: bool(made.person.address),
}


def _level(made: Making) -> str | None:
    draft = made.file.draft
    return draft.step.sanction.level if draft and draft.step.sanction else None


def holds(made: Making, when: Iterable[str], unless: Iterable[str]) -> bool:
    """Say whether all of the first are so, and none of the second."""
    return all(_is(made, one) for one in when) and not any(_is(made, one) for one in unless)


def _is(made: Making, condition: str) -> bool:
    if not condition.startswith("typed:"):
        return CONDITIONS[condition](made)
    name, _, value = condition.removeprefix("typed:").partition("=")
    typed = made.typed.get(name, "").strip()
    return typed == value if value else bool(typed)
