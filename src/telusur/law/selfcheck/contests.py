"""The contests that an act of a day may concern, as the calendars of the catalogue hold them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from telusur.domain.contest import PhaseName
from telusur.domain.facts import Value
from telusur.domain.vocabulary import FIELDS
from telusur.law.calendars import Calendar
from telusur.law.model import Catalogue

#: The axis on which contest, round and region stand together, since together they tell the phase.
AXIS: Final = "contest"
#: The region of everybody whose region has no row of its own; the Indonesian word stands in the reason for the phase.
ELSEWHERE: Final = "lain"
#: Stands for a contest that no calendar here covers, or that the person cannot name.
OTHER: Final = "other"


@dataclass(frozen=True, slots=True)
class Place:
    """One contest, in one region where the regions' phases differ.

    Parameters
    ----------
    kind, round, region
        As in the facts; `OTHER` for a contest that is not held here.
    phase
        Its phase that day; ``None`` without a contest, or where it is unknown.
    held
        Whether a calendar covers it.
    """

    kind: str
    round: str
    region: str | None
    phase: PhaseName | None
    held: bool = True

    @property
    def facts(self) -> Mapping[str, Value]:
        """Give what it states."""
        if not self.held:
            return {"contest.kind": None}
        stated: dict[str, Value] = {"contest.kind": self.kind}
        if self.kind != "none":
            stated |= {"contest.round": self.round}
        if self.region is not None:
            stated |= {"contest.region": self.region}
        return stated


def places(catalogue: Catalogue, day: date) -> tuple[Place, ...]:
    """Give the contests whose calendars cover a day, then "none", then one that no calendar covers, if there may be."""
    found = [
        place
        for kind in FIELDS["contest.kind"].values
        for round_ in FIELDS["contest.round"].values
        for calendar in catalogue.calendars.all
        if kind in calendar.contests and round_ == calendar.round and calendar.covers(day)
        for place in _in_regions(calendar, kind, day)
    ]
    missing = set(FIELDS["contest.kind"].values) - {"none"} - {place.kind for place in found}
    other = [Place(OTHER, "1", None, None, held=False)] if missing else []
    return (*found, Place("none", "1", None, None), *other)


def _in_regions(calendar: Calendar, kind: str, day: date) -> list[Place]:
    national = calendar.phase(day).name
    regions = sorted({step.region for step in calendar.steps if step.region is not None})
    phases = {region: calendar.phase(day, region).name for region in regions}
    own = [Place(kind, calendar.round, region, phase) for region, phase in phases.items() if phase != national]
    return [*own, Place(kind, calendar.round, ELSEWHERE if own else None, national)]
