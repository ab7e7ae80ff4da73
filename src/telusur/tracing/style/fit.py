"""Fit the style model: the space from all accounts, the calibration from comparisons inside and between them.

Each comparison leaves out the background pools that hold either of its authors, so that at fitting, as at use, nobody
is compared with a background that knows them.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from telusur.domain.errors import BadInput
from telusur.tracing.style.bounds import elub
from telusur.tracing.style.corpus import LEAST_POSTS, Corpus, channel, pools
from telusur.tracing.style.design import design
from telusur.tracing.style.logistic import Logistic, fit_logistic
from telusur.tracing.style.measures import summary
from telusur.tracing.style.model import StyleModel
from telusur.tracing.style.parameters import CHANNELS, Parameters
from telusur.tracing.style.space import LEAST_ACCOUNTS

if TYPE_CHECKING:
    import polars as pl

Progress = Callable[[str, float], None]
"""Told what is being done and the share of it that is done, 0 to 1."""

DEFAULT_SEED = 20_231_128

_HISTORIES = (10, 20, 40, 60, 120, 150)
"""Known posts of the calibration's comparisons."""

_WINDOWS = {1: 10, 2: 8, 3: 8, 5: 8, 10: 4, 20: 2, 40: 1}
"""Posts of a window, and how many windows of that size each account gives."""

_SKIPPED = 10
"""Posts skipped between history and window: neighbouring posts share a conversation, not only a writer."""

_LOOKALIKES = 5
_LOOKALIKE_SHARE = 0.3
"""Share of impostors taken from the five most alike: those who have access to an account are seldom strangers."""

_RIDGE = 1.0
_FOLDS = 4
_CAP_WORDS = (0, 8, 16, 40, 80, 160)


MEASURED_HOW = (
    "four-fold over authors within the fitting accounts: the calibration is unseen, the n-gram statistics are not; "
    "three in ten impostors are look-alikes, half of the spliced strangers are; before caps; independent figures stand "
    "in docs/models/style.md"
)

LIMITS = (
    (
        "fitted on short public posts in colloquial Indonesian, 2012 to 2020; other scripts and letter-sized texts are "
        "refused, other languages in Latin letters are not, and are not validated"
    ),
    "people with access to an account may write more alike than random strangers do",
    "copied or machine-written texts have no writer in the sense of style; exact and near copies are left out",
    "a weight is evidence of who wrote, never a probability that somebody did",
)
"""What every reader of the parameters must know."""


def _described(path: Path, frame: pl.DataFrame) -> dict[str, Any]:
    """Name the data by what they are, never by whose."""
    return {
        "data_sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "data_rows": frame.height,
        "python": platform.python_version(),
    }


def _silent(_what: str, _share: float) -> None:
    return None


@dataclass(frozen=True, eq=False)
class _Comparisons:
    """Comparisons to calibrate on."""

    columns: NDArray[np.float64]
    same: NDArray[np.bool_]
    author: NDArray[np.int64]
    posts: NDArray[np.int64]
    words: NDArray[np.int64]

    @classmethod
    def joined(cls, parts: Sequence[_Comparisons]) -> _Comparisons:
        return cls(
            *(np.concatenate([getattr(p, f) for p in parts]) for f in ("columns", "same", "author", "posts", "words"))
        )


def lookalikes(corpus: Corpus, model: StyleModel, pool_of: NDArray[np.int64], share: float) -> NDArray[np.int64]:
    """Give the accounts most alike each account, nearest first, by the symmetric normed likeness of their histories.

    Parameters
    ----------
    corpus, model, pool_of
        Accounts, the space, and each account's background pool (-1: in none).
    share
        Share of each stream, from its start, that counts as history.

    Returns
    -------
    array
        Shape (accounts, `_LOOKALIKES`).
    """
    spans = [corpus.rows(a, 0, int(share * corpus.length(a))) for a in range(corpus.n_accounts)]
    channels = model.parameters.channels["characters"]
    counts, _ = corpus.posts.summed(spans)
    weighted = channels.weighted(counts["characters"])
    cohort = channels.against_background(weighted).astype(np.float64)
    use = np.arange(cohort.shape[1])[None, :] != pool_of[:, None]
    mean = (cohort * use).sum(1) / use.sum(1)
    sd = np.sqrt(((cohort - mean[:, None]) ** 2 * use).sum(1) / use.sum(1))
    normed = ((weighted @ weighted.T).toarray() - mean[:, None]) / np.maximum(sd, 1e-6)[:, None]
    likeness = normed + normed.T
    np.fill_diagonal(likeness, -np.inf)
    return np.argsort(-likeness, axis=1, kind="stable")[:, :_LOOKALIKES].astype(np.int64)


def _left_out(pool_of: NDArray[np.int64], one: int, others: NDArray[np.int64]) -> NDArray[np.bool_]:
    every = np.arange(int(pool_of.max()) + 1)[None, :]
    return np.asarray((every == pool_of[one]) | (every == pool_of[others][:, None]))


def _windows(length: int, first: int) -> list[tuple[int, int]]:
    """Give (start, posts) of the windows of a stream from ``first`` on, spread evenly."""
    spans: list[tuple[int, int]] = []
    for size, wanted in _WINDOWS.items():
        room = length - first - size
        if room >= 0:
            starts = np.unique(np.linspace(first, first + room, wanted).astype(int))
            spans.extend((int(start), size) for start in starts)
    return spans


def _compare_all(
    corpus: Corpus, model: StyleModel, pool_of: NDArray[np.int64], rng: np.random.Generator, progress: Progress
) -> _Comparisons:
    alike = lookalikes(corpus, model, pool_of, 0.6)
    parts: list[_Comparisons] = []
    for step, (end_share, histories) in enumerate(((0.6, _HISTORIES[:-1]), (0.75, _HISTORIES[-1:]))):
        ends = [int(end_share * corpus.length(a)) for a in range(corpus.n_accounts)]
        spans = [
            (a, start, size)
            for a in range(corpus.n_accounts)
            for start, size in _windows(corpus.length(a), ends[a] + _SKIPPED)
        ]
        owner = np.array([a for a, _, _ in spans])
        sizes = np.array([size for _, _, size in spans])
        questioned = model.questioned(corpus.posts, [corpus.rows(a, start, start + size) for a, start, size in spans])
        usable = questioned.n_words >= 3  # noqa: PLR2004 - as at use: LEAST_WORDS
        by_size = {size: np.flatnonzero((sizes == size) & usable) for size in _WINDOWS}
        for a in range(corpus.n_accounts):
            progress("comparing accounts", (step + a / corpus.n_accounts) / 2)
            mine = np.flatnonzero((owner == a) & usable)
            for n_known in histories:
                if n_known > ends[a]:
                    continue
                others = _impostors(mine, sizes, owner, by_size, alike[a], a, rng)
                which = np.concatenate([mine, others])
                known = model.known(corpus.posts, corpus.rows(a, ends[a] - n_known, ends[a]))
                columns = design(known, questioned.rows(which), _left_out(pool_of, a, owner[which]))
                same = owner[which] == a
                parts.append(
                    _Comparisons(columns, same, np.full(which.size, a), sizes[which], questioned.n_words[which])
                )
    return _Comparisons.joined(parts)


def _impostors(
    mine: NDArray[np.int64],
    sizes: NDArray[np.int64],
    owner: NDArray[np.int64],
    by_size: dict[int, NDArray[np.int64]],
    alike: NDArray[np.int64],
    account: int,
    rng: np.random.Generator,
) -> NDArray[np.int64]:
    """Draw for each of an account's windows one of the same size by somebody else."""
    drawn: list[int] = []
    for window in mine:
        candidates = by_size[int(sizes[window])]
        near = candidates[np.isin(owner[candidates], alike)]
        pool = near if near.size and rng.random() < _LOOKALIKE_SHARE else candidates[owner[candidates] != account]
        if pool.size:
            drawn.append(int(pool[rng.integers(pool.size)]))
    return np.array(drawn, dtype=np.int64)


def _calibrated(
    found: _Comparisons, rng: np.random.Generator
) -> tuple[Logistic, NDArray[np.float64], dict[str, dict[str, float]]]:
    """Fit the calibration; bound and measure it by comparisons of authors that it was not fitted on."""
    weight = 1 / np.bincount(found.posts)[found.posts].astype(np.float64)
    whole = fit_logistic(found.columns, found.same, found.author, weight=weight, ridge=_RIDGE)
    fold = rng.permutation(int(found.author.max()) + 1)[found.author] % _FOLDS
    unseen = np.zeros(found.same.size)
    for number in range(_FOLDS):
        inside, outside = fold != number, fold == number
        part = fit_logistic(
            found.columns[inside], found.same[inside], found.author[inside], weight=weight[inside], ridge=_RIDGE
        )
        unseen[outside] = part.log_odds(found.columns[outside])[0] / np.log(10)
    edges = [*_CAP_WORDS, np.inf]
    caps, measured = [], {}
    for low, high in pairwise(edges):
        here = (found.words >= low) & (found.words < high)
        if found.same[here].any() and not found.same[here].all():
            same, different = unseen[here & found.same], unseen[here & ~found.same]
            caps.append((low, *elub(same, different)))
            measured[f"window_from_{low}_words"] = summary(same, different)
    return whole, np.array(caps), measured


def fit(
    frame: pl.DataFrame,
    seed: int = DEFAULT_SEED,
    *,
    accounts: Sequence[str] | None = None,
    progress: Progress = _silent,
    card: dict[str, Any] | None = None,
) -> Parameters:
    """Fit all parameters.

    Parameters
    ----------
    frame
        Columns ``account``, ``time``, ``text``: one row a post.
    seed
        Of every random choice; the same table and seed give the same parameters.
    accounts
        Accounts to fit on; all if left out.
    progress
        Told how far it is.
    card
        More fields for the model card inside the file.

    Raises
    ------
    BadInput
        If the table lacks a column or enough accounts.
    """
    from telusur.tracing import changepoint_fit  # noqa: PLC0415 - it builds on the model that is fitted here

    rng = np.random.default_rng(seed)
    progress("counting posts", 0.0)
    corpus = Corpus.of(frame, accounts)
    pool_of = pools(corpus.n_accounts, rng)
    channels = {name: channel(corpus, name, pool_of) for name in CHANNELS}
    bare = StyleModel(Parameters(channels, {}, {}, {}))
    found = _compare_all(corpus, bare, pool_of, rng, progress)
    window, caps, measured = _calibrated(found, rng)
    styled = StyleModel(Parameters(channels, {"window": window}, {"caps": caps}, {}))
    takeover, tables, changes = changepoint_fit.calibrate(corpus, styled, pool_of, rng, progress)
    described = {
        "measured": {**measured, **changes},
        "measured_how": MEASURED_HOW,
        "limits": list(LIMITS),
        "accounts": corpus.n_accounts,
        "posts": len(corpus.posts.hands),
        "pools": int(pool_of.max()) + 1,
        "least_accounts_a_pool": int(np.bincount(pool_of).min()),
        "least_accounts_a_bucket": LEAST_ACCOUNTS,
        "least_posts_an_account": LEAST_POSTS,
        "comparisons": int(found.same.size),
        "lookalike_share": _LOOKALIKE_SHARE,
        "seed": seed,
        **(card or {}),
    }
    return Parameters(channels, {"window": window, **takeover}, {"caps": caps, **tables}, described)


def fit_file(path: Path, *, seed: int = DEFAULT_SEED, progress: Progress = _silent) -> Parameters:
    """Fit from a Parquet, CSV or JSONL file.

    Parameters
    ----------
    path
        Table with columns ``account``, ``time``, ``text``.
    seed, progress
        As in `fit`.

    Raises
    ------
    BadInput
        If the file cannot be read or does not suffice.
    """
    import polars as pl  # noqa: PLC0415 - a third of a second that only fitting needs

    readers: dict[str, Callable[[Path], pl.DataFrame]] = {
        ".parquet": pl.read_parquet,
        ".csv": lambda file: pl.read_csv(file, infer_schema_length=0),
        ".jsonl": pl.read_ndjson,
    }
    if path.suffix not in readers:
        raise BadInput(f"has the ending {path.suffix!r}; expected {', '.join(readers)}", where=str(path))
    try:
        frame = readers[path.suffix](path)
    except (OSError, pl.exceptions.PolarsError) as problem:
        raise BadInput(f"cannot be read as a table ({problem})", where=str(path)) from problem
    try:
        return fit(frame, seed, progress=progress, card=_described(path, frame))
    except BadInput as problem:
        raise BadInput(problem.message, where=str(path), field=problem.field) from problem
