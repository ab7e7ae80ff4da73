"""Trying to find out, from all releases together, what they withhold."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import Literal, Self

import numpy as np

from telusur.balance.release.figures import Cell, Figure, Release, dims_of, margins_of
from telusur.balance.release.solving import Floats, Ranges, Seen, Solver, Wanted
from telusur.balance.release.system import System, Unknowns, told

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
    whole
        Whether solutions in whole numbers show how far it is open; else only solutions in fractions were found.
    """

    release: int
    what: What
    cell: Cell
    margin: Cell
    lower: int
    upper: int
    recovered: bool
    whole: bool


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
        releases. A count is recovered if it may be small, yet not any small count from 0 up (unless it may well be
        large, where it is not known which cells are small); if it is large and fewer counts remain than rounding
        would have left; a change, if it is known exactly, or to be there and small.
    """
    found: dict[Name, Target] = {}
    complete = consistent = True
    for number, release in enumerate(releases):
        alone = Scene.of([release], guessed=True, growing=False)
        view = alone.look()
        complete, consistent = complete and alone.unknowns.complete, consistent and view.consistent
        found |= _targets(alone, view, number)
    growing = False
    if len(releases) > 1:
        together = Scene.of(releases, guessed=False, growing=True)
        growing = together.possible
        if not growing:
            together = Scene.of(releases, guessed=False, growing=False)
        view = together.look({name for name, target in found.items() if target.recovered})
        for name, target in _targets(together, view, 0).items():
            if name not in found or target.recovered:
                found[name] = target
    return Attack(tuple(found.values()), growing, complete, consistent)


def _targets(scene: Scene, view: View, first: int) -> dict[Name, Target]:
    found = {}
    for name, seen in view.seen.items():
        number, what, cell, margin = name
        low, high = (0, 0) if seen.low is None or seen.high is None else (seen.low, seen.high)
        known = scene.wanted[name].is_known(seen)
        release = scene.unknowns.releases[number]
        found[number + first, what, cell, margin] = Target(
            release.number, what, cell, margin, low, high, known, seen.whole
        )
    return found


@dataclass(frozen=True, slots=True)
class View:
    """The ends of counts as they were seen, and the last solution."""

    seen: Mapping[Name, Seen]
    solution: Floats | None = None

    @property
    def consistent(self) -> bool:
        """Whether any counts at all give the figures."""
        return all(one.low is not None for one in self.seen.values())


@dataclass(frozen=True, eq=False)
class Scene:
    """What an attacker has before him.

    Parameters
    ----------
    unknowns
        The counts.
    system
        What he knows of them.
    wanted
        What he wants to know.
    growing
        Whether he knows that cases are only added.

    Notes
    -----
    Of one release alone he may have guessed which cells are small. Of several he uses that cases are only added; where
    the figures contradict that, releases tell of each other by their changes alone.
    """

    unknowns: Unknowns
    system: System
    wanted: Mapping[Name, Wanted]
    growing: bool

    @classmethod
    def of(cls, releases: Sequence[Release], *, guessed: bool, growing: bool, strict: bool = False) -> Self:
        """Set up what releases show; `strict` as for `wanted_of`."""
        unknowns = Unknowns(releases)
        facts = [*unknowns.agreements(), *(unknowns.growth() if growing else ())]
        for number in range(len(releases)):
            facts += told(unknowns, number, guessed=guessed)
        held = dict(wanted_of(unknowns, guessed=guessed, strict=strict))
        if not guessed and not growing:
            held = {name: one for name, one in held.items() if one.change}
        return cls(unknowns, System(tuple(facts), unknowns.size), held, growing)

    @cached_property
    def solver(self) -> Solver:
        """What solves its programs."""
        return Solver(self.system)

    @property
    def possible(self) -> bool:
        """Whether any counts at all give what is shown."""
        return self.solver.solve(np.zeros(self.system.size)) is not None

    def look(self, without: Collection[Name] = (), before: View | None = None) -> View:
        """Look at the ends of counts.

        Parameters
        ----------
        without
            Counts not looked at.
        before
            What was seen under more conditions than these, which still can be.
        """
        wanted = {name: one for name, one in self.wanted.items() if name not in without}
        earlier = before or View({})
        ranges = Ranges(self.solver, self.unknowns.around, earlier.seen, earlier.solution)
        ranges.look(wanted)
        return View({name: ranges.seen[name] for name in wanted}, ranges.solution)


def wanted_of(unknowns: Unknowns, *, guessed: bool, strict: bool) -> Iterator[tuple[Name, Wanted]]:
    """Give what the counts that nobody may know must be able to be.

    Parameters
    ----------
    unknowns
        The counts.
    guessed
        Whether it is known which cells are small.
    strict
        Whether what may be small must be able to be nought even for somebody who does not know whether it is: more
        than an attack asks, for whoever makes a release.
    """
    for number, release in enumerate(unknowns.releases):
        below, width = release.rules.below, release.rules.spread
        for cell, figure in release.figures.items():
            if figure.shown is not None:
                continue
            row = unknowns.row(number, cell)
            # Who does not know which cells are small learns nothing from what may well be large.
            large = inf if strict or (guessed and figure.reason is not None) else below + width
            yield (
                (number, "cell", cell, ()),
                Wanted(row, below, width, kind=f"{number} {dims_of(cell)}", cell=cell, large=large),
            )
            most = min(_most(release, one, guessed=guessed) for one in (cell, *margins_of(cell)))
            for margin in margins_of(cell):
                if _least(release, margin) - most >= below:
                    # Far more stands beside it, as anybody sees.
                    continue
                beside = unknowns.less(unknowns.row(number, margin), row)
                yield (
                    (number, "beside", cell, margin),
                    Wanted(beside, below, kind=f"{number} {dims_of(cell)} {dims_of(margin)}", large=large),
                )
        yield from _changes(unknowns, number)


def _room(release: Release, figure: Figure) -> int:
    return (release.rules.base if figure.status == "published" else release.rules.moves) - 1


def _least(release: Release, cell: Cell) -> int:
    figure = release.figures[cell]
    return 0 if figure.shown is None else figure.shown - _room(release, figure)


def _most(release: Release, cell: Cell, *, guessed: bool) -> float:
    figure = release.figures[cell]
    if figure.shown is not None:
        return figure.shown + _room(release, figure)
    return release.rules.below - 1 if guessed and figure.reason == "small" else inf


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
