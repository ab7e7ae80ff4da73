"""Which phase a contest is in on a day, from the organiser's calendar as data.

Each date has its own source, confidence and the day since when it was known; a later record of the same step replaces
an earlier one, and a record for one region replaces the national one there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from telusur.domain.contest import PhaseName
from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.domain.when import day_words
from telusur.law.wording import label

#: Steps that every calendar needs, in order of time.
NEEDED: Final = ("determination", "campaign", "quiet", "vote")
#: A vote that is held again has no campaign of its own: it is for contestants long determined.
NEEDED_AGAIN: Final = ("determination", "vote")
STEPS: Final = ("registration", "number_draw", "recapitulation", "inauguration", *NEEDED)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a contest as one source dates it.

    Parameters
    ----------
    first, last
        Its days, both included.
    known_from
        Since when the date could be known here.
    region
        Where it holds; ``None`` for the whole country.
    """

    what: str
    first: date
    last: date
    known_from: date
    confidence: str
    sources: tuple[str, ...]
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """The phase of a contest on a day, and why."""

    name: PhaseName
    determined_on: date
    why: Text

    def as_json(self) -> dict[str, str]:
        """Give it as the contract does; the reason in Indonesian, as all texts that have one language."""
        return {"name": self.name, "determined_on": self.determined_on.isoformat(), "why": self.why.id}


@dataclass(frozen=True, slots=True)
class Calendar:
    """The steps of one contest (of one or several kinds held together).

    Parameters
    ----------
    first, last
        The days it covers. Before registration counts as before determination.
    by_region
        Whether the dates can differ by region, so that an unknown region is worth a mark.
    """

    id: str
    title: Text
    contests: tuple[str, ...]
    round: str
    first: date
    last: date
    by_region: bool
    steps: tuple[Step, ...]

    def covers(self, day: date) -> bool:
        """Say whether the day lies in its span."""
        return self.first <= day <= self.last

    def known_by(self, known_on: date | None) -> bool:
        """Say whether the steps that phases need were known on a day."""
        known = {step.what for step in self._known(known_on) if step.region is None}
        return known.issuperset(needed(self.round))

    def in_region(self, region: str | None, known_on: date | None = None) -> Mapping[str, Step]:
        """Give the step of each kind that holds in a region, as known on a day."""
        chosen: dict[str, Step] = {}
        # The latest known comes last and wins; a region's own row wins over the national one.
        for step in sorted(self._known(known_on), key=lambda step: (step.region is not None, step.known_from)):
            if step.region in (None, region):
                chosen[step.what] = step
        return chosen

    def phase(self, day: date, region: str | None = None, known_on: date | None = None) -> Phase:
        """Give the phase of a day within the span; there is exactly one."""
        steps = self.in_region(region, known_on)
        determination = steps["determination"]
        name = _name(day, steps)
        return Phase(name, determination.first, self._why(day, name, determination, region))

    def _known(self, known_on: date | None) -> Sequence[Step]:
        return [step for step in self.steps if known_on is None or step.known_from <= known_on]

    def _why(self, day: date, name: PhaseName, step: Step, region: str | None) -> Text:
        own_row = step.region is not None
        before = name == "before_determination"
        sure, sources = label("confidence", step.confidence), ", ".join(step.sources)
        on, at = day_words(step.first), day_words(day)
        words = Text(
            f"{at.id} adalah {'sebelum' if before else 'pada atau sesudah'} tanggal penetapan {on.id} "
            f"menurut kalender {self.id} (keyakinan: {sure.id}{'; ' if sources else ''}{sources})",
            f"{at.en} is {'before' if before else 'on or after'} the determination of {on.en} "
            f"by the calendar {self.id} (confidence: {sure.en}{'; ' if sources else ''}{sources})",
        )
        if not self.by_region or own_row:
            return words
        mark = (
            Text("wilayah tidak disebut: baris nasional yang dipakai", "region not stated: the national row is used")
            if region is None
            else Text(
                f"tidak ada baris tersendiri untuk wilayah {region}: baris nasional yang dipakai",
                f"no row of its own for region {region}: the national row is used",
            )
        )
        return Text(f"{words.id}; {mark.id}", f"{words.en}; {mark.en}")


def needed(round_: str) -> tuple[str, ...]:
    """Give the steps that the calendar of a round must have."""
    return NEEDED_AGAIN if round_ == "rerun" else NEEDED


def _name(day: date, steps: Mapping[str, Step]) -> PhaseName:
    if day < steps["determination"].first:
        return "before_determination"
    # Each phase lasts until the next step that there is; only a vote that is held again can lack some.
    name: PhaseName = "after_determination"
    begun: tuple[tuple[str, PhaseName], ...] = (("campaign", "campaign"), ("quiet", "quiet"), ("vote", "vote"))
    for what, phase in begun:
        if what in steps and day >= steps[what].first:
            name = phase
    return "after_vote" if day > steps["vote"].last else name


def fault_of(steps: Mapping[str, Step], round_: str = "1") -> str | None:
    """Say what would leave a day without a phase, or with two; ``None`` if nothing does."""
    missing = [what for what in needed(round_) if what not in steps]
    if missing:
        return f"the step {missing[0]!r} is missing; phases need {', '.join(needed(round_))}"
    if "campaign" in steps and "quiet" not in steps:
        return "the step 'quiet' is missing; a campaign ends in quiet days"
    for one, other in pairwise([what for what in NEEDED if what in steps]):
        if steps[one].last >= steps[other].first:
            return f"{other!r} begins on {steps[other].first}, before {one!r} ends on {steps[one].last}"
    for one, other in (("campaign", "quiet"), ("quiet", "vote")):
        if one in steps and steps[one].last + timedelta(days=1) != steps[other].first:
            return f"between {one!r} and {other!r} some days have no phase; let one follow the other without a gap"
    return None


@dataclass(frozen=True, slots=True)
class Calendars:
    """All calendars of a catalogue."""

    all: tuple[Calendar, ...]

    def find(self, kind: str, round_: str, day: date, known_on: date | None = None) -> Calendar:
        """Give the calendar of a contest that covers a day.

        Raises
        ------
        BadInput
            If none does: naming those that exist.
        """
        for calendar in self.all:
            if kind in calendar.contests and round_ == calendar.round and calendar.covers(day):
                if calendar.known_by(known_on):
                    return calendar
                raise BadInput(
                    f"the dates of {calendar.id} were not known on {known_on}; ask for a later day", field="known_on"
                )
        exist = "; ".join(
            f"{calendar.id} ({', '.join(calendar.contests)}; round {calendar.round}) "
            f"from {calendar.first} to {calendar.last}"
            for calendar in self.all
        )
        raise BadInput(
            f"no calendar covers {day} for the contest {kind!r}, round {round_}; "
            f"calendars exist for: {exist or 'none'}",
            field="date",
        )
