"""The phases that the organiser's calendar gives a contest."""

from __future__ import annotations

from typing import Final, Literal

PhaseName = Literal["before_determination", "after_determination", "campaign", "quiet", "vote", "after_vote"]

#: The phases in the order in which a contest passes through them.
PHASES: Final[tuple[PhaseName, ...]] = (
    "before_determination",
    "after_determination",
    "campaign",
    "quiet",
    "vote",
    "after_vote",
)
