"""``telusur validate``: how far the models can be trusted, measured on anyone's data."""

from __future__ import annotations

import json as jsonlib
import os
from pathlib import Path
from typing import Annotated

import typer

from telusur.cli.assess import AsJson
from telusur.cli.batch import read_batch
from telusur.cli.console import note, print_json, progress
from telusur.domain.errors import BadInput
from telusur.tracing.style import DEFAULT_SEED, SHIPPED
from telusur.validation import COLUMNS, Source, Table, check_other, gathered, report, validate

app = typer.Typer(help="How far the models can be trusted.", no_args_is_help=True)


@app.callback()
def _validate() -> None:
    """Keep the name of the one command: others will join it."""


@app.command(epilog="Example: telusur validate tracing --data posts.parquet --out validation")
def tracing(
    data: Annotated[
        Path,
        typer.Option(
            "--data",
            help="Posts by many accounts (Parquet, CSV, JSONL): columns account, time with zone "
            "(2024-01-20T09:35+07:00) and text.",
        ),
    ],
    out: Annotated[Path, typer.Option("--out", help="Folder for the report.")],
    other: Annotated[
        Path | None, typer.Option("--other", help="Another corpus of the same form, tried by the same model.")
    ] = None,
    model: Annotated[
        Path | None, typer.Option("--model", help="Parameter file to try instead of the shipped one.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Same data and seed, same bytes.")] = DEFAULT_SEED,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", min=1, help="Processes; the machine's cores at most.", show_default="all cores"),
    ] = None,
    *,
    refit: Annotated[
        bool,
        typer.Option(
            "--refit",
            help="Fit on one half of the accounts, measure on the other; done anyway where the model knows the data.",
        ),
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace an older report.")] = False,
    json: AsJson = False,
) -> None:
    """Measure tracing by style on your accounts and write a report that a court expert can read and repeat."""
    report.check_place(out, force=force)
    cores = os.cpu_count() or 1
    with progress("reading", 1) as bar:

        def tick(what: str, share: float) -> None:
            if bar:
                bar.update(bar.task_ids[0], description=what, completed=share)

        beside = None
        if other is not None and other.is_file() and data.is_file():
            beside = Source.of(other)
            check_other(beside, Source.of(data), model or SHIPPED, refit=refit)
        table = _table(data, seed)
        found = validate(
            table,
            source := Source.of(data),
            other=None if other is None else _table(other, seed),
            model=model or SHIPPED,
            refit=refit,
            seed=seed,
            jobs=min(jobs or cores, cores),
            tick=tick,
        )
        report.write(found, source, beside, out, model=None if model is None else model.name, force=force)
    few = sum(not one.enough for one in found.outcomes)
    note(f"{found.table.n_accounts} accounts, {len(found.outcomes)} settings ({few} with too little data) → {out}")
    if json:
        print_json(jsonlib.loads((out / "report.json").read_text("utf-8")))


def _table(path: Path, seed: int) -> Table:
    try:
        return gathered(read_batch(path, words=COLUMNS), seed=seed)
    except BadInput as problem:
        raise BadInput(
            problem.message, where=problem.where or str(path), line=problem.line, field=problem.field
        ) from None
