"""Fit the style model: the space from all accounts, the calibration from comparisons inside and between them.

Accounts are dealt into folds; those of one fold are compared with each other in a space that the other folds alone
made, so that at fitting, as at use, nobody is compared in a space that knows them.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from telusur.domain.errors import BadInput
from telusur.tracing.style.calibrating import LOOKALIKE_SHARE, Comparisons, windows
from telusur.tracing.style.corpus import FOLDS, LEAST_POSTS, Corpus, Samples, channel, folds
from telusur.tracing.style.design import design
from telusur.tracing.style.model import StyleModel
from telusur.tracing.style.parameters import CHANNELS, Parameters
from telusur.tracing.style.space import LEAST_ACCOUNTS

if TYPE_CHECKING:
    import polars as pl

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Progress = Callable[[str, float], None]
"""Told what is being done and the share of it that is done, 0 to 1."""

DEFAULT_SEED = 20_231_128

_HISTORIES = (10, 20, 40, 60, 120, 150)
"""Known posts of the calibration's comparisons."""

_WINDOWS = {1: 10, 2: 8, 3: 8, 5: 8, 10: 4, 20: 2, 40: 1}
"""Posts of a window, and how many windows of that size each account gives."""

_SKIPPED = 10
"""Posts skipped between history and window: neighbouring posts share a conversation, not only a writer."""

LOOKALIKES = 5
_NEAR = 2
"""Most alike of a fold that count as look-alikes: as near as five among three times as many."""


MEASURED_HOW = (
    "three-fold over authors: neither the space nor the calibration has seen those that are compared; half of the "
    "impostors are look-alikes, half of the spliced strangers are; before caps; figures on accounts kept apart stand "
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


def lookalikes(
    corpus: Corpus, model: StyleModel, share: float, accounts: Ints | None = None, *, n: int = LOOKALIKES
) -> Ints:
    """Give the accounts most alike each account, nearest first, by the symmetric normed likeness of their histories.

    Parameters
    ----------
    corpus, model
        Accounts, and the space.
    share
        Share of each stream, from its start, that counts as history.
    accounts
        Among which to look, ascending; all if left out.
    n
        How many for each.

    Returns
    -------
    array
        Shape (accounts looked at, at most n).
    """
    chosen = np.arange(corpus.n_accounts) if accounts is None else accounts
    counts, _ = corpus.posts.summed([corpus.rows(a, 0, int(share * corpus.length(a))) for a in chosen])
    weighted = model.parameters.channels["characters"].weighted(counts["characters"])
    cosines = (weighted @ weighted.T).toarray().astype(np.float64)
    np.fill_diagonal(cosines, np.nan)
    normed = (cosines - np.nanmean(cosines, axis=1)[:, None]) / np.maximum(np.nanstd(cosines, axis=1), 1e-6)[:, None]
    likeness = np.where(np.isnan(cosines), -np.inf, normed + normed.T)
    nearest = np.argsort(-likeness, axis=1, kind="stable")[:, : min(n, chosen.size - 1)]
    return chosen[nearest].astype(np.int64)


def _spans(length: int, first: int) -> list[tuple[int, int]]:
    """Give (start, posts) of the windows of a stream from ``first`` on, spread evenly."""
    spans: list[tuple[int, int]] = []
    for size, wanted in _WINDOWS.items():
        room = length - first - size
        if room >= 0:
            starts = np.unique(np.linspace(first, first + room, wanted).astype(int))
            spans.extend((int(start), size) for start in starts)
    return spans


def _compare_all(
    corpus: Corpus, models: Sequence[StyleModel], fold_of: Ints, rng: np.random.Generator, progress: Progress
) -> Comparisons:
    parts: list[Comparisons] = []
    for fold, model in enumerate(models):
        accounts = np.flatnonzero(fold_of == fold)
        alike = dict(zip(accounts.tolist(), lookalikes(corpus, model, 0.6, accounts, n=_NEAR), strict=True))
        for step, (end_share, histories) in enumerate(((0.6, _HISTORIES[:-1]), (0.75, _HISTORIES[-1:]))):
            progress("comparing accounts", (fold + step / 2) / len(models))
            ends = {a: int(end_share * corpus.length(a)) for a in accounts.tolist()}
            spans = [(a, *span) for a, end in ends.items() for span in _spans(corpus.length(a), end + _SKIPPED)]
            owner, sizes = (np.array([span[at] for span in spans], dtype=np.int64) for at in (0, 2))
            questioned = model.questioned(corpus.posts, [corpus.rows(a, at, at + size) for a, at, size in spans])
            usable = questioned.n_words >= 3  # noqa: PLR2004 - as at use: LEAST_WORDS
            by_size = {size: np.flatnonzero((sizes == size) & usable) for size in _WINDOWS}
            for a, end in ends.items():
                mine = np.flatnonzero((owner == a) & usable)
                for n_known in histories:
                    if n_known > end:
                        continue
                    others = _impostors(mine, sizes, owner, by_size, alike[a], a, rng)
                    which = np.concatenate([mine, others])
                    known = model.known(corpus.posts, corpus.rows(a, end - n_known, end))
                    parts.append(
                        Comparisons(
                            design(known, questioned.rows(which)),
                            owner[which] == a,
                            np.isin(owner[which], alike[a]),
                            np.full(which.size, a),
                            sizes[which],
                            questioned.n_words[which],
                            questioned.bare[which] & known.bare,
                        )
                    )
    return Comparisons.joined(parts)


def _impostors(
    mine: Ints, sizes: Ints, owner: Ints, by_size: dict[int, Ints], alike: Ints, account: int, rng: np.random.Generator
) -> Ints:
    """Draw for each of an account's windows two of its size by others, the second by a look-alike."""
    drawn: list[int] = []
    for window in mine:
        candidates = by_size[int(sizes[window])]
        others = candidates[owner[candidates] != account]
        near = candidates[np.isin(owner[candidates], alike)]
        drawn.extend(int(pool[rng.integers(pool.size)]) for pool in (others, near) if pool.size)
    return np.array(drawn, dtype=np.int64)


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
    fold_of = folds(corpus.n_accounts, rng)
    samples = Samples.of(corpus)
    progress("learning how people write", 0.0)
    *spaces, channels = [
        {name: channel(corpus, name, samples, learned) for name in CHANNELS}
        for learned in (*(fold_of != fold for fold in range(FOLDS)), fold_of >= 0)
    ]
    bare = [StyleModel(Parameters(space, {}, {}, {})) for space in spaces]
    # As published, and without mentions, links and tags: who moves in one circle shares those.
    draws = (corpus, rng), (corpus.bare(), rng.spawn(1)[0])
    both = [_compare_all(texts, bare, fold_of, some, progress) for texts, some in draws]
    found = Comparisons.joined(both)
    calibrations, caps, measured = windows(found, fold_of)
    models = [StyleModel(Parameters(space, calibrations, {"caps": caps}, {})) for space in spaces]
    takeover, tables, changes = changepoint_fit.calibrate(corpus, models, fold_of, rng, progress)
    described = {
        "measured": {**measured, **changes},
        "measured_how": MEASURED_HOW,
        "limits": list(LIMITS),
        "accounts": corpus.n_accounts,
        "posts": len(corpus.posts.hands),
        "folds": FOLDS,
        "least_accounts_a_bucket": LEAST_ACCOUNTS,
        "least_posts_an_account": LEAST_POSTS,
        "comparisons": int(found.same.size),
        "lookalike_share": LOOKALIKE_SHARE,
        "seed": seed,
        **(card or {}),
    }
    return Parameters(channels, {**calibrations, **takeover}, {"caps": caps, **tables}, described)


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
