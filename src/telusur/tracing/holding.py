"""What items say together is held to what the files that they rest on can support.

Whoever can edit one row of a file can edit ten, and the posts beside them: however much of a file agrees, it supports
no more than its capture grade does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from telusur.domain.evidence import Grade
from telusur.domain.proposition import Proposition
from telusur.domain.weight import Weight
from telusur.tracing.item import Item

Caps = Mapping[Grade, float]

#: Holding one set of items may let another one weigh more, where it weighed against it; this often settles it.
_ROUNDS: Final = 50
_SLACK: Final = 1e-9


def held(items: Sequence[Item], caps: Caps) -> list[Item]:
    """Hold items by group and grade, and by the files that they rest on, whatever their group.

    Parameters
    ----------
    items
        As they count within their groups.
    caps
        What each capture grade can support at most, in bans.

    Notes
    -----
    From the best grade to the worst, all items of a group that rest on that grade or a worse one are weakened by one
    factor, for every proposition alike, so that which of them is the better supported stays. Of the items that rest on
    the same files, across groups, those propositions that the files support are weakened by one factor, and those that
    they speak against by another: that an account is clearly the reported one makes it no less clear who logged in.
    What is not known (a weight of nought with an interval) is known no better for it.
    """
    found = list(items)
    groups, sources = list(_groups(items, caps)), list(_sources(items, caps))
    for _ in range(_ROUNDS):
        before = list(found)
        for places, cap in groups:
            _hold_all(found, places, cap)
        for places, cap in sources:
            _hold_sides(found, places, cap)
        if found == before:
            break
    return found


def _groups(items: Sequence[Item], caps: Caps) -> Iterator[tuple[list[int], float]]:
    for grade in sorted(caps):
        for group in dict.fromkeys(item.group for item in items):
            yield [i for i, item in enumerate(items) if item.group == group and item.grade >= grade], caps[grade]


def _sources(items: Sequence[Item], caps: Caps) -> Iterator[tuple[list[int], float]]:
    for source in dict.fromkeys(item.source for item in items if item.source):
        places = [i for i, item in enumerate(items) if item.source == source]
        yield places, max(caps[items[i].grade] for i in places)


def _sums(items: Sequence[Item], places: Sequence[int]) -> dict[Proposition, float]:
    sums: dict[Proposition, float] = {}
    for i in places:
        for p, weight in items[i].weights.items():
            sums[p] = sums.get(p, 0.0) + weight.log10_lr
    return sums


def _hold_all(items: list[Item], places: Sequence[int], cap: float) -> None:
    sums = _sums(items, places)
    most = max(map(abs, sums.values()), default=0.0)
    if most > cap + _SLACK:
        _weaken(items, places, dict.fromkeys(sums, cap / most))


def _hold_sides(items: list[Item], places: Sequence[int], cap: float) -> None:
    sums = _sums(items, places)
    most = max(sums.values(), default=0.0), max((-bans for bans in sums.values()), default=0.0)
    if max(most) > cap + _SLACK:
        supported, against = (min(1.0, cap / bans) if bans > 0 else 1.0 for bans in most)
        _weaken(items, places, {p: supported if bans > 0 else against for p, bans in sums.items()})


def _weaken(items: list[Item], places: Sequence[int], factors: Mapping[Proposition, float]) -> None:
    for i in places:
        weights = {p: _weakened(weight, factors[p]) for p, weight in items[i].weights.items()}
        items[i] = replace(items[i], weights=weights)


def _weakened(weight: Weight, factor: float) -> Weight:
    return weight.times(factor) if weight.log10_lr else weight
