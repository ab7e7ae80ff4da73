"""Refit the tracing models on half of the development accounts, and measure them on the other half.

Tries the settings of `telusur validate tracing`, prints them beside scikit-learn's character n-grams on the same split,
then the change-point figures, and posts per CPU second. Run by `make bench`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table as Shown

from telusur.cli.batch import read_batch
from telusur.domain.errors import BadInput
from telusur.dossier.render.speech import Speech
from telusur.tracing import changepoint
from telusur.tracing.style.corpus import Corpus
from telusur.tracing.style.model import StyleModel
from telusur.tracing.style.parameters import Parameters
from telusur.tracing.style.posts import Posts
from telusur.validation import intervals, metrics, peers, protocol, report, study
from telusur.validation.intervals import Measured
from telusur.validation.numbers import Takeovers
from telusur.validation.protocol import Setting
from telusur.validation.report.saying import name_of
from telusur.validation.table import COLUMNS, Table, gathered
from telusur.validation.validating import Source, Validation, validate

DATA = Path(__file__).parent.parent.parent / "shared" / "data" / "tracing" / "id_tweets_dev.parquet"
SEED = 20_231_128
SOME = 0.5
"""Bans from which on a weight says something."""

MEASURES = ("auc", "eer", "cllr", "cllr_min", "loss", "cleared", "implicated")
SHARES = {"eer", "cleared", "implicated"}
"""Measures that are told in percent."""

console = Console(width=210)
Tick = Callable[[str, float], None]
SAY = Speech("en", report.__name__)


def figure(name: str, value: float) -> str:
    """Write one measure."""
    return f"{100 * value:.1f}" if name in SHARES else f"{value:.3f}"


def row(every: Sequence[Measured]) -> list[str]:
    """Give the cells of one system in one setting.

    One split: the value and the bootstrap's interval by author. Several: their mean, and the least and most of them.
    """
    cells = []
    for name in MEASURES:
        values = [float(getattr(one.value, name)) for one in every]
        low, high = min(values), max(values)
        if len(every) == 1:
            low, high = float(getattr(every[0].lower, name)), float(getattr(every[0].upper, name))
        told = figure(name, float(np.mean(values)))
        cells.append(told if low == high else f"{told} [{figure(name, low)}; {figure(name, high)}]")
    return cells


def table(title: str, first: Iterable[str]) -> Shown:
    """Give an empty table of the measures."""
    shown = Shown(title=title, title_justify="left", show_edge=False)
    for name in first:
        shown.add_column(name, no_wrap=True)
    for name in ("AUC", "EER %", "Cllr", "Cllr_min", "loss", "same < -1 ban, %", "different > 1 ban, %"):
        shown.add_column(name, justify="right")
    return shown


def settings(every: Sequence[Validation]) -> None:
    """Print every setting: as delivered, and the plain baseline of the product."""
    spread = "least and most of the splits" if len(every) > 1 else "95 % by author"
    shown = table(f"Style, every setting, capped as delivered; in brackets: {spread}", ("setting", "system"))
    for place, first in enumerate(every[0].outcomes):
        told = [one.outcomes[place] for one in every if one.outcomes[place].enough]
        name = name_of(first.setting, SAY)
        if not told:
            shown.add_row(name, f"too little data ({min(first.n_same, first.n_different)})")
            continue
        for system in first.systems:
            shown.add_row(name, system, *row([one.systems[system] for one in told if system in one.systems]))
            name = ""
    console.print(shown, "")


def beside_peers(halves: Sequence[Table], found: Validation, seed: int, tick: Tick) -> None:
    """Print the peers for 1, 5 and 20 posts: fitted and calibrated on the fitting half."""
    shown = table("scikit-learn's character n-grams, 120 earlier posts, random impostor", ("posts", "system"))
    fitted, unseen = halves
    histories = [fitted.rows(account, 0, protocol.HISTORY) for account in range(fitted.n_accounts)]
    plain, normed = (peers.Cosine.fitted(fitted.texts, histories, normed=normed) for normed in (False, True))
    draws = intervals.drawn(unseen.n_accounts, seed, intervals.ROUNDS)
    nobody = np.zeros((0, 0), np.int64)
    for step, size in enumerate((1, 5, 20)):
        tick("peers", step / 3)
        setting = Setting(size, "random")
        laid = [study.laid(half, setting, nobody, seed) for half in halves]
        own = next(one for one in found.outcomes if one.setting == setting)
        if own.enough:
            shown.add_row(str(size), "telusur", *row([own.systems["telusur"]]))
        claimed, writer = (
            np.concatenate(sides) for sides in ((laid[1].owner, laid[1].claimed), (laid[1].owner, laid[1].owner))
        )
        for name, peer in (("plain n-gram cosine", plain), ("the same, z-normed", normed)):
            logistic = peers.calibrated(*peer.scores(fitted.texts, laid[0], own_background=True))
            weights = peers.weights(logistic, *peer.scores(unseen.texts, laid[1], own_background=False))
            bans = np.concatenate([weights.same, weights.different])
            shown.add_row("", name, *row([intervals.measured(bans, claimed, writer, draws)]))
    console.print(shown, "")


def spliced(unseen: Table, model: StyleModel, seed: int, tick: Tick) -> None:
    """Print how stretches by others are told from the owner's."""
    corpus = Corpus(Posts.of(unseen.texts), unseen.starts)
    found = protocol.around_weights(
        corpus, model, np.random.default_rng(seed), lambda share: tick("spliced stretches", share)
    )
    shown = Shown(
        title="A stretch of 6 to 20 posts by another person around a contested post",
        title_justify="left",
        show_edge=False,
    )
    for name in ("stranger", "AUC", "EER %", "Cllr", "Cllr_min", "misleading > 1 ban, % (another's / the owner's)"):
        shown.add_column(name)
    for name, weights in found.items():
        same, different = weights.same, weights.different
        others, owners = metrics.misleading(same, different)
        told = [f(same, different) for f in (metrics.auc, metrics.eer, metrics.cllr, metrics.cllr_min)]
        cells = [figure(measure, value) for measure, value in zip(MEASURES[:4], told, strict=True)]
        shown.add_row(name, *cells, f"{100 * others:.1f} / {100 * owners:.1f}")
    control, other = found["both"].different, found["both"].same
    console.print(shown)
    console.print(
        f"owner's streams: median {np.median(control):+.2f} ban, below -0.5: {100 * np.mean(control < -SOME):.0f} %, "
        f"above +0.5: {100 * np.mean(control > SOME):.1f} %; by another: median {np.median(other):+.2f}, "
        f"above +0.5: {100 * np.mean(other > SOME):.0f} %\n"
    )


def share(every: Sequence[Takeovers], name: str) -> str:
    """Write one share of the takeovers, with its interval."""
    told = [ends for one in every if (ends := getattr(one, name)) is not None]
    if not told:
        return "too little data"
    values = [value for value, _, _ in told]
    low, high = (told[0][1], told[0][2]) if len(told) == 1 else (min(values), max(values))
    return f"{100 * np.mean(values):.1f} % [{100 * low:.1f}; {100 * high:.1f}]"


def takeovers(every: Sequence[Validation]) -> None:
    """Print how takeovers are found, by kind of stranger."""
    for place, first in enumerate(every[0].takeovers):
        told = [one.takeovers[place] for one in every]
        console.print(
            f"Takeover in 60 posts after 120, stranger {first.stranger}, at 1 ban: found {share(told, 'found')}, false "
            f"alarms {share(told, 'false_alarms')}, found and placed within 3 posts {share(told, 'within_three')} (of "
            f"{sum(one.n for one in told)} taken over, {sum(one.controls for one in told)} not); interval holds the "
            f"truth in {share(told, 'covered')} of those found; denied by a ban {share(told, 'missed_strongly')}\n"
        )


def speed(texts: Sequence[str], model: StyleModel) -> None:
    """Print posts per CPU second, and what a long case costs."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - a peer, not the product

    texts = texts[:10_000]
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


def measure(options: argparse.Namespace, tick: Tick) -> None:
    """Do everything and print it."""
    data = Source.of(options.data)
    every: list[Validation] = []
    halves: list[Table] = []
    for turn in range(options.repeats):
        seed = options.seed + turn
        whole = gathered(read_batch(options.data, words=COLUMNS), seed=seed)
        other = gathered(read_batch(options.other, words=COLUMNS), seed=seed) if options.other else None
        start = time.process_time()
        every.append(validate(whole, data, other=other, refit=True, seed=seed, jobs=options.jobs, tick=tick))
        spent = time.process_time() - start
        done = every[-1]
        console.print(
            f"Seed {seed}: fitted on {done.model.fitted_on} accounts, measured on {done.table.n_accounts} others; "
            f"{spent:.0f} s of CPU here.\n"
        )
        halves = [whole.of_accounts(np.arange(done.model.fitted_on)), done.table]
    settings(every)
    seed = options.seed + options.repeats - 1
    beside_peers(halves, every[-1], seed, tick)
    model = StyleModel(Parameters.from_bytes(every[-1].model.content, where="the fit"))
    spliced(halves[1], model, seed, tick)
    takeovers(every)
    speed(halves[1].texts, model)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench; 2 if the data are absent."""
    parser = argparse.ArgumentParser(description=__doc__, epilog="Example: python scripts/bench.py --seed 1")
    parser.add_argument("--data", type=Path, default=DATA, help="account, time, text (default: %(default)s)")
    parser.add_argument("--other", type=Path, help="another corpus of the same form, for rows of its own")
    parser.add_argument("--seed", type=int, default=SEED, help="of the split and of every draw (default: %(default)s)")
    parser.add_argument("--repeats", type=int, default=1, help="splits, each with the next seed (default: 1)")
    parser.add_argument("--jobs", type=int, default=1, help="processes (default: 1)")
    options = parser.parse_args(arguments)
    if options.repeats < 1 or options.jobs < 1:
        parser.error("--repeats and --jobs begin at 1")
    for path in filter(None, (options.data, options.other)):
        if not path.exists():
            print(f"bench: {path} is absent; name the development data with --data PATH", file=sys.stderr)
            return 2
    try:
        with Progress(
            TextColumn("{task.description:32}"),
            BarColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            disable=not sys.stderr.isatty(),
            transient=True,
        ) as progress:
            bar = progress.add_task("", total=1.0)
            measure(options, lambda what, share: progress.update(bar, description=what, completed=share))
    except BadInput as problem:
        print(f"bench: {options.data}: {problem}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
