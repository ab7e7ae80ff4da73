"""A whole study of the style model on a table: every setting laid out, weighed and kept comparison by comparison."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import partial
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from telusur.tracing.style.corpus import Corpus
from telusur.tracing.style.fit import lookalikes
from telusur.tracing.style.logistic import fit_logistic
from telusur.tracing.style.model import StyleModel
from telusur.tracing.style.posts import Posts
from telusur.validation.protocol import HISTORY, STRIPPED, Impostor, Setting, Trial, trial
from telusur.validation.table import Table
from telusur.validation.weighing import A_TASK, Ask, Change, Task, Timeline, Weighed, Workers, answered, changes, rarity

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Tick = Callable[[str, float], None]

TIMELINE: Final = 180
"""Posts of a takeover timeline: 120 of the owner, and 60 in which another may begin to write."""

_FIRST, _LEAST = HISTORY + 2, 10
"""First place of a takeover, and the least posts that the stranger writes."""

_WEEK: Final = 7 * 86_400_000_000
_FOLDS: Final = 4
_NEPER: Final = float(np.log(10))
_One = TypeVar("_One")


@dataclass(frozen=True, eq=False)
class Compared:
    """All comparisons of one setting.

    Parameters
    ----------
    setting
        Which one.
    claimed
        Account whose history each window is held against.
    writer
        Account that wrote the window; the claimed one where the comparison is of one author.
    weighed
        What model and baseline say.
    """

    setting: Setting
    claimed: Ints
    writer: Ints
    weighed: Weighed

    @property
    def same(self) -> Bools:
        """Whether each comparison is of one author."""
        return np.asarray(self.claimed == self.writer)


@dataclass(frozen=True, eq=False)
class Streams:
    """Timelines looked at for a change of writer.

    Parameters
    ----------
    stranger
        Who takes over: an account at random, or a look-alike; None where nobody does.
    owner
        Account of each timeline.
    place
        First post by the stranger; -1 where there is none.
    found
        What was found.
    """

    stranger: Impostor | None
    owner: Ints
    place: Ints
    found: list[Change]


def alike(texts: Sequence[str], table: Table, model: StyleModel) -> tuple[Ints, NDArray[np.float32]]:
    """Give each account's five most alike by their histories, nearest first, and how rare each n-gram is in them.

    Parameters
    ----------
    texts
        The table's texts, stripped or not.
    table
        Whose accounts.
    model
        Whose space.
    """
    rows = [table.rows(account, 0, HISTORY) for account in range(table.n_accounts)]
    histories = [texts[row] for span in rows for row in span]
    starts = np.concatenate([[0], np.cumsum([span.size for span in rows])]).astype(np.int64)
    near = lookalikes(Corpus(_InParts.over(histories), starts), model, 1.0)
    return near[:, : table.n_accounts - 1], rarity(histories)


@dataclass(frozen=True, eq=False)
class _InParts(Posts):
    """Posts that are only ever summed, and counted a part at a time: all at once would fill the memory."""

    texts: list[str]

    @classmethod
    def over(cls, texts: list[str]) -> _InParts:
        nothing = Posts.of([])
        return cls(**{one.name: getattr(nothing, one.name) for one in fields(Posts)}, texts=texts)

    def summed(self, windows: Sequence[Ints]) -> tuple[dict[str, sparse.csr_array], Ints]:
        parts: list[dict[str, sparse.csr_array]] = []
        words: list[Ints] = []
        for some in _parts(windows, 8 * A_TASK):
            ends = np.cumsum([window.size for window in some])
            posts = Posts.of([self.texts[row] for window in some for row in window])
            counts, n_words = posts.summed(np.split(np.arange(ends[-1]), ends[:-1]))
            parts.append(counts)
            words.append(n_words)
        every = {name: sparse.vstack([part[name] for part in parts], format="csr") for name in parts[0]}
        return every, np.concatenate(words)


def compare(
    table: Table, settings: Sequence[Setting], workers: Workers, model: StyleModel, seed: int, tick: Tick
) -> tuple[list[Compared], Ints]:
    """Try settings on a table; give also each account's most alike by text as published.

    Parameters
    ----------
    table
        Accounts that the model was not fitted on.
    settings
        What to try.
    workers, model
        Who weighs, and with what.
    seed
        Of every draw.
    tick
        Told what is being done and the share of it that is done.
    """
    found: dict[Setting, Compared] = {}
    published = np.zeros((0, 0), np.int64)
    for stripped in (False, True):
        some = [setting for setting in settings if setting.stripped is stripped]
        if not some:
            continue
        what = "stripped text" if stripped else "text as published"
        tick(what, 0.0)
        texts = [re.sub(STRIPPED, " ", text) for text in table.texts] if stripped else table.texts
        near, rare = alike(texts, table, model)
        published = published if stripped else near
        trials = {setting: laid(table, setting, near, seed) for setting in some}
        found.update(_weighed(table, texts, trials, rare, workers, partial(tick, what)))
    return [found[setting] for setting in settings], published


def laid(table: Table, setting: Setting, near: Ints, seed: int) -> Trial:
    """Lay out the comparisons of one setting; its draws are its own, whatever else is tried."""
    rng = np.random.default_rng([seed, zlib.crc32(setting.key.encode())])
    others = None if setting.impostor == "random" else near
    earliest = table.earliest(setting.days) if setting.days else None
    return trial(table, others, setting.size, rng, history=setting.history, earliest=earliest)


def _weighed(
    table: Table,
    texts: Sequence[str],
    trials: dict[Setting, Trial],
    rare: NDArray[np.float32],
    workers: Workers,
    tick: Callable[[float], None],
) -> Iterator[tuple[Setting, Compared]]:
    """Weigh each window once against each history that any setting holds it against."""
    wanted: dict[tuple[int, int], dict[tuple[int, int], int]] = {}
    for setting, one in trials.items():
        for claimed in (one.owner, one.claimed):
            for account, window in zip(claimed.tolist(), one.windows, strict=True):
                places = wanted.setdefault((account, setting.history), {})
                places.setdefault((int(window[0]), window.size), len(places))
    accounts = sorted({account for account, _ in wanted})
    tasks: list[list[tuple[int, int]]] = [
        [key for key in sorted(wanted) if key[0] in some] for some in _parts(accounts)
    ]
    answers: list[Weighed] = []
    work = workers.map(answered, (_task(table, texts, keys, wanted, rare) for keys in tasks))
    for done, parts in enumerate(work, start=1):
        answers += parts
        tick(done / len(tasks))
    if not answers:
        answers = [Weighed.nothing()]
    every = Weighed.joined(answers)
    order = [key for keys in tasks for key in keys]
    first = dict(zip(order, np.cumsum([0, *(len(wanted[key]) for key in order)]).tolist(), strict=False))
    for setting, one in trials.items():
        claimed, writer = np.concatenate([one.owner, one.claimed]), np.concatenate([one.owner, one.owner])
        index = [
            first[account, setting.history] + wanted[account, setting.history][int(window[0]), window.size]
            for account, window in zip(claimed.tolist(), [*one.windows, *one.windows], strict=True)
        ]
        yield setting, Compared(setting, claimed, writer, every.rows(np.array(index, dtype=np.int64)))


def _parts(every: Sequence[_One], size: int = A_TASK) -> Iterator[Sequence[_One]]:
    return (every[at : at + size] for at in range(0, len(every), size))


def _task(
    table: Table,
    texts: Sequence[str],
    keys: Sequence[tuple[int, int]],
    wanted: dict[tuple[int, int], dict[tuple[int, int], int]],
    rare: NDArray[np.float32],
) -> Task:
    spans: list[tuple[Ints, list[Ints]]] = []
    for account, history in keys:
        windows = [np.arange(first, first + size) for first, size in wanted[account, history]]
        spans.append((table.rows(account, HISTORY - history, HISTORY), windows))
    rows = np.unique(np.concatenate([part for known, windows in spans for part in (known, *windows)]))
    asks = [
        Ask(np.searchsorted(rows, known), [np.searchsorted(rows, window) for window in windows])
        for known, windows in spans
    ]
    return Task([texts[row] for row in rows], asks, rare)


def takeovers(table: Table, near: Ints, workers: Workers, seed: int, tick: Callable[[float], None]) -> list[Streams]:
    """Look for takeovers in timelines of 120 posts and 60 more: the owner's own, and two taken over in the latter.

    A stranger stays to the end. The stranger's posts keep their hours and weekdays: they are moved by whole weeks.
    """
    rng = np.random.default_rng([seed, 2])
    owners = [account for account in range(table.n_accounts) if table.length(account) >= TIMELINE]
    kinds: tuple[Impostor | None, ...] = (None, "random", "alike")
    places = {kind: np.full(len(owners), -1) for kind in kinds}
    timelines: list[list[Timeline]] = []
    for number, owner in enumerate(owners):
        own = table.rows(owner, 0, TIMELINE)
        lines = [Timeline([table.texts[row] for row in own], table.times[own])]
        for kind in ("random", "alike"):
            place = int(rng.integers(_FIRST, TIMELINE - _LEAST))
            if kind == "random":
                stranger = int((owner + rng.integers(1, table.n_accounts)) % table.n_accounts)
            else:
                stranger = int(near[owner, rng.integers(near.shape[1])])
            places[kind][number] = place
            lines.append(_taken(table, own, table.rows(stranger), place, rng))
        timelines.append(lines)
    found: list[list[Change]] = []
    tasks = [[line for lines in some for line in lines] for some in _parts(timelines)]
    for done, answers in enumerate(workers.map(changes, tasks), start=1):
        found.extend(answers[at : at + len(kinds)] for at in range(0, len(answers), len(kinds)))
        tick(done / len(tasks))
    every = np.array(owners, dtype=np.int64)
    return [Streams(kind, every, places[kind], [one[turn] for one in found]) for turn, kind in enumerate(kinds)]


def _taken(table: Table, own: Ints, other: Ints, place: int, rng: np.random.Generator) -> Timeline:
    size = own.size - place
    first = int(rng.integers(0, other.size - size + 1))
    run = other[first : first + size]
    last = int(table.times[own[place - 1]])
    weeks = -((int(table.times[run[0]]) - last) // _WEEK)
    times = np.concatenate([table.times[own[:place]], table.times[run] + weeks * _WEEK])
    rows = np.concatenate([own[:place], run])
    return Timeline([table.texts[row] for row in rows], times)


def recalibrated(score: Floats, found: Compared, score_fitted: Floats, fitted: Compared) -> Floats:
    """Calibrate a score on the comparisons of one setting and apply it to another's, four-fold by account.

    No account's comparisons are calibrated by its own.

    Parameters
    ----------
    score, found
        What is to be calibrated.
    score_fitted, fitted
        What the calibration is fitted on; may be the same.

    Returns
    -------
    array
        Weights in bans; 0 where a fold has comparisons of one kind only.
    """
    bans = np.zeros(score.size)
    for fold in range(_FOLDS):
        inside = (fitted.claimed % _FOLDS != fold) & (fitted.writer % _FOLDS != fold)
        outside = found.claimed % _FOLDS == fold
        truth = fitted.same[inside]
        if not outside.any() or truth.all() or not truth.any():
            continue
        logistic = fit_logistic(score_fitted[inside][:, None], truth, fitted.claimed[inside], ridge=1e-6)
        bans[outside] = logistic.log_odds(score[outside][:, None])[0] / _NEPER
    return bans
