"""Contested posts tried as the tracing of an act weighs them: the stretch around one, and the hours it stands in.

An owner's timeline, in which somebody else writes a run of posts and goes again; one of them is the contested one. The
control is the owner's own timeline. Hours and weekdays stay: what comes later is moved by whole weeks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from telusur.tracing import changepoint
from telusur.tracing.changepoint import Post, StretchWeight
from telusur.tracing.style.model import StyleModel
from telusur.validation.protocol import HISTORY, Impostor, Setting, Tried
from telusur.validation.study import TIMELINE, Compared, Tick
from telusur.validation.table import Table
from telusur.validation.weighing import A_TASK, Weighed, Workers

Ints = NDArray[np.int64]

RUN: Final = (6, 20)
"""Posts that the stranger writes, least and most: as many as in the streams that the weight is calibrated on."""

ACTS: Final[tuple[Tried, ...]] = ("stretch", "hours")

_FIRST: Final = HISTORY + changepoint.REACH
_WEEK: Final = 7 * 86_400_000_000
_START: Final = datetime(1970, 1, 1, tzinfo=UTC)
_KINDS: Final[tuple[Impostor, ...]] = ("random", "alike")


@dataclass(frozen=True, eq=False)
class Act:
    """A timeline with a contested post.

    Parameters
    ----------
    texts, times
        Its posts in time order; microseconds since 1970, UTC.
    place
        The contested one.
    """

    texts: list[str]
    times: Ints
    place: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What one item says of an act, in bans, positive for the owner; 0 where it does not speak.

    Parameters
    ----------
    bans, uncapped
        With and without the cap.
    words
        Words of the stretch.
    speaks
        Whether it weighs anything.
    """

    bans: float
    uncapped: float
    words: int
    speaks: bool


def answers(acts: Sequence[Act], model: StyleModel) -> list[tuple[Answer, ...]]:
    """Weigh acts; one answer for each of `ACTS`."""
    told = []
    for act in acts:
        posts = [
            Post(text, _START + timedelta(microseconds=int(at))) for text, at in zip(act.texts, act.times, strict=True)
        ]
        found = (changepoint.around(posts, act.place, model), changepoint.behaviour(posts, act.place, model))
        told.append(tuple(_answer(one, act) for one in found))
    return told


def _answer(found: object, act: Act) -> Answer:
    if not isinstance(found, StretchWeight):
        return Answer(0.0, 0.0, 0, speaks=False)
    first, last = found.stretch
    words = sum(len(text.split()) for text in act.texts[first : last + 1])
    # What supports another person speaks against the owner.
    return Answer(-found.log10_lr, -found.uncapped, words, speaks=True)


def compare_acts(table: Table, near: Ints, workers: Workers, seed: int, tick: Tick) -> list[Compared]:
    """Try both items against strangers at random and look-alikes.

    Parameters
    ----------
    table
        Accounts that the model was not fitted on.
    near
        Each account's most alike, nearest first.
    workers, seed, tick
        As for the other settings (`telusur.validation.study.compare`).
    """
    rng = np.random.default_rng([seed, 4])
    owners = [account for account in range(table.n_accounts) if table.length(account) >= TIMELINE]
    acts: list[Act] = []
    writers: list[int] = []
    for owner in owners:
        own = table.rows(owner, 0, TIMELINE)
        place = int(rng.integers(_FIRST, TIMELINE - RUN[0]))
        acts.append(Act([table.texts[row] for row in own], table.times[own], place))
        writers.append(owner)
        for kind in _KINDS:
            stranger = (
                int((owner + rng.integers(1, table.n_accounts)) % table.n_accounts)
                if kind == "random"
                else int(near[owner, rng.integers(near.shape[1])])
            )
            acts.append(_spliced(table, own, table.rows(stranger), rng))
            writers.append(stranger)
    found: list[tuple[Answer, ...]] = []
    tasks = [acts[at : at + 3 * A_TASK] for at in range(0, len(acts), 3 * A_TASK)]
    for done, some in enumerate(workers.map(answers, tasks), start=1):
        found += some
        tick("acts", done / len(tasks))
    claimed, writer = np.repeat(np.array(owners, dtype=np.int64), 3), np.array(writers, dtype=np.int64)
    return [_compared(item, kind, claimed, writer, found, turn) for turn, item in enumerate(ACTS) for kind in _KINDS]


def _compared(
    item: Tried, kind: Impostor, claimed: Ints, writer: Ints, found: Sequence[tuple[Answer, ...]], turn: int
) -> Compared:
    """Put the controls and one kind of stranger together."""
    rows = np.flatnonzero(np.isin(np.arange(claimed.size) % 3, (0, 1 + _KINDS.index(kind))))
    some = [found[row][turn] for row in rows.tolist()]
    weighed = Weighed(
        np.array([one.bans for one in some], dtype=np.float64),
        np.array([one.uncapped for one in some], dtype=np.float64),
        np.array([one.words for one in some], dtype=np.int64),
        np.array([one.speaks for one in some], dtype=bool),
        np.zeros(len(some)),
    )
    return Compared(Setting(0, kind, tried=item), claimed[rows], writer[rows], weighed)


def _spliced(table: Table, own: Ints, other: Ints, rng: np.random.Generator) -> Act:
    """Let a stranger write a run in an owner's timeline; one post of the run is contested."""
    size = int(rng.integers(RUN[0], RUN[1] + 1))
    start = int(rng.integers(_FIRST, TIMELINE - RUN[0]))
    size = min(size, TIMELINE - start)
    first = int(rng.integers(0, other.size - size + 1))
    run, before, after = other[first : first + size], own[:start], own[start : TIMELINE - size]
    times = [table.times[before]]
    for rows in (run, after):
        if rows.size:
            times.append(_following(table.times[rows], int(times[-1][-1])))
    texts = [table.texts[row] for row in np.concatenate([before, run, after])]
    return Act(texts, np.concatenate(times), start + int(rng.integers(size)))


def _following(times: Ints, last: int) -> Ints:
    """Move times by whole weeks so that the first comes after another time."""
    weeks = -((int(times[0]) - last) // _WEEK) if int(times[0]) <= last else 0
    return np.asarray(times + weeks * _WEEK)
