"""Refit the tracing models on half of the development accounts, and measure them on the other half.

Prints discrimination and calibration beside plain character n-grams on the same split, the change-point figures, and
posts per CPU second. Run by `make bench`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from telusur.domain.errors import BadInput
from telusur.tracing import changepoint
from telusur.tracing.style.corpus import Corpus
from telusur.tracing.style.fit import fit
from telusur.tracing.style.model import StyleModel
from telusur.tracing.style.posts import Posts
from telusur.validation import metrics, peers, protocol

DATA = Path(__file__).parent.parent.parent / "shared" / "data" / "tracing" / "id_tweets_dev.parquet"
SEED = 20_231_128
SOME = 0.5
"""Bans from which on a weight says something."""

MASKS = r"@\w+|https?://\S+|\bURL\b|#\w+"

console = Console(width=118)
Tick = Callable[[str, float], None]


def row(weights: protocol.Weights) -> list[str]:
    """Give the cells of one system in one setting."""
    same, different = weights.same, weights.different
    wrong_same, wrong_different = metrics.misleading(same, different)
    return [
        f"{metrics.auc(same, different):.3f}",
        f"{100 * metrics.eer(same, different):.1f}",
        f"{metrics.cllr(same, different):.3f}",
        f"{metrics.cllr_min(same, different):.3f}",
        f"{100 * wrong_same:.1f} / {100 * wrong_different:.1f}",
    ]


def table(title: str, first: Iterable[str]) -> Table:
    """Give an empty table of the measures."""
    shown = Table(title=title, title_justify="left", show_edge=False)
    for name in (*first, "AUC", "EER %", "Cllr", "Cllr_min", "misleading > 1 ban, % (same / different)"):
        shown.add_column(name, justify="left" if name in first else "right")
    return shown


def split(frame: pl.DataFrame, seed: int) -> tuple[list[str], list[str]]:
    """Give the accounts to fit on, and those to measure on."""
    names = sorted(frame["account"].unique().to_list())
    order = np.random.default_rng(seed).permutation(len(names))
    half = len(names) // 2
    return [names[i] for i in order[:half]], [names[i] for i in order[half:]]


def texts_of(frame: pl.DataFrame, accounts: Sequence[str]) -> list[str]:
    """Give the texts in the order of a `Corpus` of the same accounts."""
    kept = frame.filter(pl.col("account").is_in(list(accounts)))
    long = kept.group_by("account").len().filter(pl.col("len") >= 60)["account"].to_list()  # noqa: PLR2004 - LEAST_POSTS
    return kept.filter(pl.col("account").is_in(long)).sort(["account", "time", "text"])["text"].to_list()


def discrimination(
    frame: pl.DataFrame, fitted: Sequence[str], unseen: Sequence[str], model: StyleModel, seed: int, tick: Tick
) -> None:
    """Print the style model beside its peers for 1, 5 and 20 posts, and its harder settings."""
    corpora = [Corpus.of(frame, names, copies=True) for names in (fitted, unseen)]
    texts = [texts_of(frame, names) for names in (fitted, unseen)]
    shown = table("Style, 120 earlier posts, random impostor", ("posts", "system"))
    histories = [corpora[0].rows(a, 0, protocol.HISTORY) for a in range(corpora[0].n_accounts)]
    plain, normed = (peers.Cosine.fitted(texts[0], histories, normed=bare) for bare in (False, True))
    for step, size in enumerate((1, 5, 20)):
        tick("style and its peers", step / 6)
        laid = [protocol.trial(corpus, None, size, np.random.default_rng(seed + size)) for corpus in corpora]
        shown.add_row(str(size), "telusur", *row(protocol.style_weights(corpora[1], model, laid[1])))
        for name, peer in (("plain n-gram cosine", plain), ("the same, z-normed", normed)):
            logistic = peers.calibrated(*peer.scores(texts[0], laid[0], own_background=True))
            weights = peers.weights(logistic, *peer.scores(texts[1], laid[1], own_background=False))
            shown.add_row("", name, *row(weights))
    stripped = frame.with_columns(pl.col("text").str.replace_all(MASKS, " "))
    bare = Corpus.of(stripped, unseen, copies=True)
    alike = protocol.nearest(bare, model)
    harder = table("Style, harder settings (telusur)", ("setting",))
    settings = (
        ("5 posts, 120 earlier, look-alike, tags and links stripped", bare, alike, 5, 120),
        ("20 posts, 120 earlier, look-alike, stripped", bare, alike, 20, 120),
        ("5 posts, only 20 earlier, random", corpora[1], None, 5, 20),
    )
    for step, (name, corpus, others, size, history) in enumerate(settings):
        tick("harder settings", 0.5 + step / 6)
        laid_out = protocol.trial(corpus, others, size, np.random.default_rng(seed + size), history=history)
        harder.add_row(name, *row(protocol.style_weights(corpus, model, laid_out)))
    console.print(shown, "", harder, "")


def change_points(frame: pl.DataFrame, unseen: Sequence[str], model: StyleModel, seed: int, tick: Tick) -> None:
    """Print how stretches and takeovers by others are found."""
    corpus = Corpus.of(frame, unseen, copies=True)
    shown = table("A stretch of 6 to 20 posts by another person around a contested post", ("stranger",))
    found = protocol.around_weights(
        corpus, model, np.random.default_rng(seed), lambda share: tick("spliced stretches", share)
    )
    for name, weights in found.items():
        shown.add_row(name, *row(weights))
    control, other = found["both"].different, found["both"].same
    console.print(shown)
    console.print(
        f"owner's streams: median {np.median(control):+.2f} ban, below -0.5: {100 * np.mean(control < -SOME):.0f} %, "
        f"above +0.5: {100 * np.mean(control > SOME):.1f} %; by another: median {np.median(other):+.2f}, "
        f"above +0.5: {100 * np.mean(other > SOME):.0f} %\n"
    )
    taken = protocol.takeovers(corpus, model, np.random.default_rng(seed), lambda share: tick("takeovers", share))
    console.print(
        f"Takeover in 60 posts after 120, at 1 ban: found {100 * taken.found:.0f} %, false alarms "
        f"{100 * taken.false_alarms:.1f} %, found and placed within 3 posts {100 * taken.within_three:.0f} % "
        f"(of {taken.n} taken over, "
        f"{taken.controls} not); interval holds the truth in {100 * taken.covered:.0f} % of those found\n"
    )


def speed(frame: pl.DataFrame, unseen: Sequence[str], model: StyleModel) -> None:
    """Print posts per CPU second, and what a long case costs."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - a peer, not the product

    texts = texts_of(frame, unseen)[:10_000]
    start = time.process_time()
    posts = Posts.of(texts)
    counted = time.process_time() - start
    known = model.known(posts, np.arange(120))
    start = time.process_time()
    model.bans(known, model.questioned(posts, [np.array([at]) for at in range(len(texts))]))
    scored = time.process_time() - start
    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(3, 5), sublinear_tf=True, dtype=np.float32)
    vectorizer.fit(texts[:2_000])
    start = time.process_time()
    vectorizer.transform(texts)
    peer = time.process_time() - start
    console.print("Speed, one core, CPU time")
    console.print(f"  counting n-grams and words        {len(texts) / counted:>9,.0f} posts/s")
    console.print(
        f"  counting, and scoring each post against the background {len(texts) / (counted + scored):>9,.0f} posts/s"
    )
    console.print(f"  scikit-learn TfidfVectorizer, char 3-5, transform only {len(texts) / peer:>9,.0f} posts/s")
    at = datetime(2023, 1, 1, tzinfo=UTC)
    for length in sorted({200, len(texts)}):
        case = [changepoint.Post(text, at + timedelta(hours=n)) for n, text in enumerate(texts[:length])]
        start = time.process_time()
        changepoint.around(case, int(0.85 * length), model)
        model.compare([post.text for post in case[:-30]], [post.text for post in case[-20:]])
        around = time.process_time() - start
        start = time.process_time()
        changepoint.detect(case, model)
        detect = time.process_time() - start
        console.print(
            f"  a case of {length:>6,} posts: around an act and its style {around:.2f} s; whole timeline {detect:.2f} s"
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench; 2 if the data are absent."""
    parser = argparse.ArgumentParser(description=__doc__, epilog="Example: python scripts/bench.py --seed 1")
    parser.add_argument(
        "--data", type=Path, default=DATA, help="Parquet with account, time, text (default: %(default)s)"
    )
    parser.add_argument("--seed", type=int, default=SEED, help="of the split and of every draw (default: %(default)s)")
    options = parser.parse_args(arguments)
    if not options.data.exists():
        print(f"bench: {options.data} is absent; name the development data with --data PATH", file=sys.stderr)
        return 2
    try:
        frame = pl.read_parquet(options.data)
        fitted, unseen = split(frame, options.seed)
        with Progress(
            TextColumn("{task.description:32}"),
            BarColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            disable=not sys.stderr.isatty(),
            transient=True,
        ) as progress:
            bar = progress.add_task("", total=1.0)

            def tick(what: str, share: float) -> None:
                progress.update(bar, description=what, completed=share)

            start = time.process_time()
            model = StyleModel(fit(frame, options.seed, accounts=fitted, progress=tick))
            spent = time.process_time() - start
            console.print(
                f"Fitted on {len(fitted)} accounts in {spent:.0f} s of CPU; measured on {len(unseen)} others.\n"
            )
            discrimination(frame, fitted, unseen, model, options.seed, tick)
            change_points(frame, unseen, model, options.seed, tick)
            speed(frame, unseen, model)
    except (BadInput, pl.exceptions.PolarsError) as problem:
        print(f"bench: {options.data}: {problem}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
