"""Answers to many acts from a table: the folded space of each kind of act, worked out once.

A row whose facts are known (of who acted and what the record is worth, unknown has a place too) is looked up: one
number a fact, added up, is its place. Other rows are asked rule by rule, each kind of act by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from math import prod
from typing import Final

import numpy as np
from numpy.typing import NDArray

from telusur.domain.vocabulary import FIELDS
from telusur.law.compiled.arrays import MET, NO_CONTEST, OUTCOMES, Answers, Codes, Columns, Flags, answers, boundaries
from telusur.law.compiled.space import ASKED, Setting, Space, contest_atoms, days, space, told_apart
from telusur.law.conditions import values_of
from telusur.law.model import TRACKS, Catalogue, Track

#: Less than any sum of places can make up for.
_NOWHERE: Final = np.int32(-(2**27))
#: Rows that are worked on at once, so that they stay in the processor's cache.
_BLOCK: Final = 1 << 15
_CONTESTED: Final = np.uint8(4)
_FIRST_TRACK: Final = 3


@dataclass(frozen=True, slots=True)
class Brief:
    """Answers to many acts without their reasons.

    Parameters
    ----------
    packed
        A byte a row: outcome (place in `OUTCOMES`), whether contested, and a bit for each of `TRACKS` that is met.
    """

    packed: Codes

    @property
    def outcome(self) -> Codes:
        """Place in `OUTCOMES`."""
        return self.packed & np.uint8(len(OUTCOMES) - 1)

    @property
    def contested(self) -> Flags:
        """Whether readings differ on it."""
        found: Flags = (self.packed & _CONTESTED) != 0
        return found

    def on(self, track: Track) -> Flags:
        """Say of each row whether it meets a rule on a track."""
        found: Flags = (self.packed & np.uint8(1 << (_FIRST_TRACK + TRACKS.index(track)))) != 0
        return found


class Tables:
    """A catalogue, compiled for many acts at once.

    Parameters
    ----------
    catalogue
        The rules; a few seconds are spent on them, once.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._acts = FIELDS["act.kind"].values
        self._eras = np.array(boundaries(catalogue), np.int32)
        shape = (len(self._acts) + 1,)
        places = {name: np.zeros((*shape, len(values_of(name)) + 1), np.int32) for name in ASKED if name != "act.kind"}
        when = np.full((*shape, len(values_of("contest.kind")) + 1, NO_CONTEST + 2, len(self._eras) + 1), _NOWHERE)
        stretches, parts, start = list(days(catalogue)), [], 0
        for i, act in enumerate(self._acts):
            one = space(act, catalogue.by_act[act], stretches)
            self._place(one, i, places)
            when[i] = self._settings(one, stretches) + start
            parts.append(np.broadcast_to(packed(answers(one.rules, one.columns())), one.shape).ravel())
            start += prod(one.shape)
        self._places = {name: held for name, held in places.items() if held.any()}
        self._when = when
        self._packed = np.concatenate(parts)

    def _place(self, one: Space, i: int, places: Mapping[str, NDArray[np.int32]]) -> None:
        for name, classes in one.axes.items():
            stride = prod(one.shape[one.axis(name) + 1 :])
            known = values_of(name)
            places[name][i] = _NOWHERE
            for j, held in enumerate(classes):
                for value in held:
                    places[name][i, len(known) if value is None else known.index(value)] = j * stride

    def _settings(self, one: Space, stretches: list[Setting]) -> NDArray[np.int32]:
        """Give the place of each contest, phase and era; of those that no calendar has, none."""
        contest = contest_atoms(one.rules, one.act)
        stride = prod(one.shape[1:])
        at = {
            told_apart(one.rules, contest, held.contest, held.phase, held.day): i * stride
            for i, held in enumerate(one.settings)
        }
        found = np.full(self._when_shape(), _NOWHERE)
        phases = {held.phase for held in stretches}
        starts = [1, *self._eras.tolist()]
        for (i, kind), phase, (k, day) in product(enumerate(values_of("contest.kind")), phases, enumerate(starts)):
            key = told_apart(one.rules, contest, str(kind), phase, date.fromordinal(day))
            found[i, phase, k] = at.get(key, _NOWHERE)
        return found

    def _when_shape(self) -> tuple[int, int, int]:
        return (len(values_of("contest.kind")) + 1, NO_CONTEST + 2, len(self._eras) + 1)

    def brief(self, at: Columns) -> Brief:
        """Answer many acts; each row as `determine` would."""
        found = np.empty(len(at.day), np.uint8)
        for first in range(0, len(at.day), _BLOCK):
            rows = slice(first, first + _BLOCK)
            act, day = at.codes["act.kind"][rows], at.day[rows]
            era = np.searchsorted(self._eras, day, side="right")
            place = self._when[act, at.codes["contest.kind"][rows], at.phase[rows], era]
            place[day == 0] = _NOWHERE
            row = act.astype(np.intp)
            for name, table in self._places.items():
                place += table.ravel()[row * table.shape[1] + at.codes[name][rows]]
            found[rows] = self._packed[np.maximum(place, 0)]
            unknown = np.flatnonzero(place < 0)
            if len(unknown):
                found[first + unknown] = self._by_rule(at, first + unknown)
        return Brief(found)

    def _by_rule(self, at: Columns, rows: NDArray[np.intp]) -> Codes:
        """Answer rows that have no place in the table, each kind of act by itself."""
        found = np.empty(len(rows), np.uint8)
        act = at.codes["act.kind"][rows]
        for i in np.unique(act):
            mine = np.flatnonzero(act == i)
            chosen = rows[mine]
            rules = (
                tuple(self._catalogue.rules.values()) if i == len(self._acts) else self._catalogue.by_act[self._acts[i]]
            )
            codes = {name: held[chosen] for name, held in at.codes.items()}
            part = Columns(codes, at.phase[chosen], at.day[chosen], at.phase_needs[chosen])
            found[mine] = packed(answers(rules, part))
        return found


def packed(found: Answers) -> Codes:
    """Pack answers, a byte each, as `Brief` has them."""
    whole = found.outcome.astype(np.uint8) | np.where(found.contested, _CONTESTED, np.uint8(0))
    for one in found.judged.values():
        bit = np.uint8(1 << (_FIRST_TRACK + TRACKS.index(one.rule.track)))
        whole = whole | np.where(one.status == MET, bit, np.uint8(0))
    return whole
