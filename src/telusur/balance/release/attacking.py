"""Trying to find out, from all releases together, what they withhold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal

from telusur.balance.release.figures import Cell, Figure, Release, dims_of, margins_of
from telusur.balance.release.solving import Ranges, Seen, Solver, Wanted
from telusur.balance.release.system import Fact, System, Unknowns, told

What = Literal["cell", "beside", "change"]
"""A withheld count; what a margin holds beside it; how many cases came between a release and the one before."""

Name = tuple[int, What, Cell, Cell]
"""Index of the release, what, the cell, and the margin (of `beside`)."""


@dataclass(frozen=True, slots=True)
class Target:
    """One count that nobody may know, and what can be known of it.

    Parameters
    ----------
    release
        Number of the release in its series.
    what
        What is counted.
    cell
        The withheld cell.
    margin
        For `beside`: the margin that it is taken from.
    lower, upper
        All that is known: at least as wide as this. The ends are exact where the count is `recovered`.
    recovered
        Whether more is known than the rules themselves tell.
    """

    release: int
    what: What
    cell: Cell
    margin: Cell
    lower: int
    upper: int
    recovered: bool


@dataclass(frozen=True, slots=True)
class Attack:
    """What an attack on releases found.

    Parameters
    ----------
    targets
        Every count that nobody may know.
    growing
        Whether it could be used that cases are only added between releases; False where the figures contradict that.
    complete
        Whether all conditions were used; False where tables were too large to be joined by more than their sums.
    consistent
        Whether any counts at all give what the releases show.
    """

    targets: tuple[Target, ...]
    growing: bool
    complete: bool
    consistent: bool

    @property
    def recovered(self) -> tuple[Target, ...]:
        """The counts known beyond what the rules tell."""
        return tuple(target for target in self.targets if target.recovered)


def attack(releases: Sequence[Release]) -> Attack:
    """Try to find out what releases withhold, from all they show and all their rules tell.

    Parameters
    ----------
    releases
        A series in the order of publication.

    Returns
    -------
    Attack
        What can be known of each withheld count, of what its margins hold beside it, and of each change between two
        releases. A count is recovered if it may be small, yet not any small count from 0 up; if it is large and
        fewer counts remain than rounding would have left; a change, if it is known exactly, or to be there and small.
    """
    unknowns = Unknowns(releases)
    wanted = dict(wanted_of(unknowns))
    facts = [*unknowns.agreements()]
    for number in range(len(releases)):
        facts += told(unknowns, number)
    view = look(unknowns, facts, wanted)
    targets = []
    for name, one in wanted.items():
        number, what, cell, margin = name
        seen = view.seen[name]
        low, high = (0, 0) if seen.low is None or seen.high is None else (seen.low, seen.high)
        targets.append(Target(releases[number].number, what, cell, margin, low, high, one.is_known(seen)))
    return Attack(tuple(targets), view.growing, unknowns.complete, view.consistent)


def wanted_of(unknowns: Unknowns) -> Iterator[tuple[Name, Wanted]]:
    """Give what the counts that nobody may know must be able to be."""
    for number, release in enumerate(unknowns.releases):
        below, width = release.rules.below, release.rules.spread
        for cell, figure in release.figures.items():
            if figure.shown is not None:
                continue
            row = unknowns.row(number, cell)
            yield (number, "cell", cell, ()), Wanted(row, below, width, kind=f"{number} {dims_of(cell)}")
            most = min(_most(release, one) for one in (cell, *margins_of(cell)))
            for margin in margins_of(cell):
                if _least(release, margin) - most >= below:
                    # Far more stands beside it, as anybody sees.
                    continue
                beside = unknowns.less(unknowns.row(number, margin), row)
                yield (
                    (number, "beside", cell, margin),
                    Wanted(beside, below, kind=f"{number} {dims_of(cell)} {dims_of(margin)}"),
                )
        yield from _changes(unknowns, number)


def _room(release: Release, figure: Figure) -> int:
    return (release.rules.base if figure.status == "published" else release.rules.moves) - 1


def _least(release: Release, cell: Cell) -> int:
    figure = release.figures[cell]
    return 0 if figure.shown is None else figure.shown - _room(release, figure)


def _most(release: Release, cell: Cell) -> float:
    figure = release.figures[cell]
    if figure.shown is not None:
        return figure.shown + _room(release, figure)
    return release.rules.below - 1 if figure.reason == "small" else inf


def _changes(unknowns: Unknowns, number: int) -> Iterator[tuple[Name, Wanted]]:
    if number == 0 or unknowns.same_day(number):
        return
    before, now = unknowns.releases[number - 1], unknowns.releases[number]
    if before.units != now.units:
        return
    for cell, figure in now.figures.items():
        earlier = before.figures.get(cell)
        if figure.shown is not None and earlier is not None and earlier.shown is not None:
            change = unknowns.less(unknowns.row(number, cell), unknowns.row(number - 1, cell))
            yield (
                (number, "change", cell, ()),
                Wanted(change, now.rules.below, change=True, kind=f"{number} change {dims_of(cell)}"),
            )


@dataclass(frozen=True, slots=True)
class View:
    """The ends of counts as they were seen, and whether what holds between releases was used."""

    seen: Mapping[Name, Seen]
    growing: bool

    @property
    def consistent(self) -> bool:
        """Whether any counts at all give the figures."""
        return all(one.low is not None for one in self.seen.values())


def look(
    unknowns: Unknowns,
    facts: Sequence[Fact],
    wanted: Mapping[Name, Wanted],
    before: Mapping[bool, Mapping[Name, Seen]] | None = None,
) -> View:
    """Look at the ends of counts, with what holds between releases where the figures do not contradict it.

    Parameters
    ----------
    unknowns
        The counts.
    facts
        What is told.
    wanted
        The counts.
    before
        With and without what holds between releases: what was seen under more conditions than these, which still
        can be.
    """
    growth = [*unknowns.growth()]
    for growing in (True, False) if growth else (False,):
        system = System((*facts, *(growth if growing else ())), unknowns.size)
        ranges = Ranges(Solver(system), (before or {}).get(growing, {}))
        ranges.look(wanted)
        view = View({name: ranges.seen[name] for name in wanted}, growing)
        if view.consistent:
            break
    return view
