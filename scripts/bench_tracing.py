"""Measure who-acted tracing on simulated accounts, and on the development cases beside them.

    python scripts/bench_tracing.py --n 900 --seed 1

Accounts, draws of the parameters and writers are none that anything was fitted on: the style model is fitted anew on
half of the development writers (kept in the temporary folder), and the others' words are used. Without the development
data, posts have no words; without the development cases, the simulated accounts stand alone.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from telusur import dossier
from telusur.domain.errors import BadInput
from telusur.domain.proposition import ALTERNATIVES
from telusur.tracing import Tracing
from telusur.validation.simulator import mix_hash
from telusur.validation.simulator.evaluate import STAGED, Evaluation, Row, Share, bans, evaluate, outcomes
from telusur.validation.simulator.texts import refitted

SHARED = Path(__file__).parents[2] / "shared"
DATA = SHARED / "data" / "tracing" / "id_tweets_dev.parquet"
CASES = SHARED / "cases"
SPLIT = 20_231_128
HALF = 0.5

console = Console(width=132)


def cell(share: Share) -> str:
    """Give a share with its interval, in per cent."""
    if not share.of:
        return "-"
    low, high = share.interval
    return f"{100 * share.value:.1f} [{100 * low:.1f}, {100 * high:.1f}]"


def cells(row: Row) -> list[str]:
    """Give the cells of some outcomes."""
    return [str(row.right.of), *(cell(share) for share in (row.right, row.abstained, row.wrong, row.misled))]


def heading(title: str, *first: str) -> Table:
    """Give an empty table."""
    table = Table(title=title, title_justify="left", show_edge=False)
    for name in first:
        table.add_column(name)
    for name in ("n", "right %", "abstains %", "wrong %", "misled > 1 ban %"):
        table.add_column(name, justify="right")
    return table


def show(found: Evaluation) -> None:
    """Print the tables."""
    table = heading("By what lies in the file", "regime")
    for name, row in found.by_regime.items():
        table.add_row(name, *cells(row))
    console.print(table, "")
    grave = Table(title="Grave errors, by a ban", title_justify="left", show_edge=False)
    for name in ("regime", "staged takeover cleared %", "owner wrongly implicated %"):
        grave.add_column(name)
    for name in found.by_regime:
        grave.add_row(name, cell(found.staged_cleared[name]), cell(found.implicated[name]))
    console.print(grave, f"staged: {', '.join(sorted(STAGED))}", "")
    weights = Table(title="Weights against the owner, in bits", title_justify="left", show_edge=False)
    for name in ("regime", "alternative", "n true / owner", "Cllr", "Cllr_min", "calibration loss"):
        weights.add_column(name)
    for (name, alternative), one in found.calibrations.items():
        counts = f"{one.same} / {one.different}"
        weights.add_row(name, alternative.value, counts, f"{one.cllr:.3f}", f"{one.cllr_min:.3f}", f"{one.loss:.3f}")
    console.print(weights, "")
    variants = heading("By variant", "regime", "truth", "variant")
    for (regime, truth, variant), row in found.by_variant.items():
        if regime in {"full_export", "no_export"}:
            variants.add_row(regime, truth, variant, *cells(row))
    console.print(variants, "")


def development_cases(folder: Path) -> None:
    """Print how the development cases come out."""
    truths = yaml.safe_load((folder / "truth.yaml").read_text("utf-8"))["cases"]
    table = Table(title="Development cases", title_justify="left", show_edge=False)
    for name in ("case", "truth", "decidable", "leading", "as it should be", *(p.value for p in ALTERNATIVES)):
        table.add_column(name)
    good = []
    for told in truths:
        truth = str(told.get("proposition", told["scenario"]))
        decidable = bool(told.get("decidable", True))
        try:
            case = dossier.read_case(folder / told["case"])
            traced = dossier.trace(case, case.acts[0], dossier.read_records(case))
        except BadInput as bad:
            good.append(False)
            table.add_row(told["case"], truth, str(decidable), f"not read: {bad}", "no")
            continue
        assert traced is not None
        good.append(as_it_should_be(traced, truth, decidable=decidable))
        leading = traced.combined.leading
        shown = [f"{value:+.2f}" for value in bans(traced).values()]
        table.add_row(
            told["case"], truth, "yes" if decidable else "no", leading.value if leading else "-",
            "yes" if good[-1] else "NO", *shown,
        )  # fmt: skip
    console.print(table, f"as they should be: {sum(good)} of {len(good)}", "")


def as_it_should_be(traced: Tracing, truth: str, *, decidable: bool) -> bool:
    """Whether the truth leads; of what cannot be decided, whether nothing leads and the owner is not excluded."""
    combined = traced.combined
    if decidable:
        return combined.leading is not None and combined.leading.value == truth
    best = sorted([0.0, *bans(traced).values()])
    return combined.leading is None and best[-1] - best[-2] <= HALF and not combined.excludes_owner


def measured(given: Mapping[str, Any]) -> None:
    """Simulate, trace and print."""
    style = texts = None
    start = time.perf_counter()
    with Progress(
        TextColumn("{task.description:32}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        disable=not sys.stderr.isatty(),
        transient=True,
    ) as progress:
        bar = progress.add_task("", total=1.0)
        if given["data"].exists():
            style, texts = refitted(
                given["data"], SPLIT, lambda what, share: progress.update(bar, description=what, completed=share)
            )
        progress.update(bar, description="accounts", completed=0, total=given["n"])
        found = outcomes(
            given["n"],
            given["seed"],
            texts=texts,
            style=style,
            processes=given["processes"],
            step=lambda done: progress.update(bar, completed=done),
        )
    words = f"words of {len(texts.accounts)} unseen writers" if texts else "no words: the development data are absent"
    spent = time.perf_counter() - start
    console.print(f"{given['n']} accounts, {len(found)} questions in {spent:.0f} s; mix {mix_hash()[:12]}; {words}\n")
    show(evaluate(found))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=900, help="accounts (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the accounts (default: %(default)s)")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--data", type=Path, default=DATA, help="Parquet with account, time, text")
    parser.add_argument("--cases", type=Path, default=CASES, help="folder of the development cases")
    given = parser.parse_args(arguments)
    if given.n < 1 or given.processes < 1:
        print("bench_tracing: --n and --processes must be 1 or more", file=sys.stderr)
        return 2
    try:
        measured(vars(given))
        if (given.cases / "truth.yaml").exists():
            development_cases(given.cases)
    except BadInput as problem:
        print(f"bench_tracing: {problem}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
