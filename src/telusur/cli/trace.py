"""``telusur trace``: who acted; the models of style and change; never a sweep of people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from telusur import dossier, evidence, tracing
from telusur.cli.assess import AsJson, Lang
from telusur.cli.batch import read_batch, run_batch
from telusur.cli.console import note, print_json, progress
from telusur.domain import marked_yaml
from telusur.domain.errors import BadInput, nearest
from telusur.domain.moment import Moment
from telusur.domain.proposition import Proposition
from telusur.tracing.changepoint import Post
from telusur.tracing.style import DEFAULT_SEED

app = typer.Typer(help="Who acted: weigh an act; check and fit the models of style.", no_args_is_help=True)

Force = Annotated[bool, typer.Option("--force", help="Replace an existing --out.")]

_COLUMNS = ("account", "time", "text", "client")


@app.command(epilog="Example: telusur trace act examples/diambil-alih")
def act(
    case_dir: Annotated[Path, typer.Argument(help="Case folder.")],
    act_id: Annotated[str | None, typer.Option("--act", help="Which act; needed when the case has several.")] = None,
    *,
    prior: Annotated[
        str | None,
        typer.Option(
            "--prior",
            help="Your own priors: owner=0.5,taken_over=0.3,... or a YAML file of them. Adds a curve over the prior of "
            "the owner; kept nowhere.",
        ),
    ] = None,
    prior_page: Annotated[
        Path | None, typer.Option("--prior-page", help="Also write that curve as a page (HTML) with its picture.")
    ] = None,
    force: Force = False,
    lang: Lang = "id",
    json: AsJson = False,
) -> None:
    """Weigh who did one act, as one JSON document (telusur.tracing/1)."""
    del json  # there is no other form
    if prior_page is not None and prior is None:
        raise BadInput("a curve needs priors; add --prior", field="--prior-page")
    priors = None if prior is None else _priors(prior)
    case = dossier.read_case(case_dir)
    names = [one.id for one in case.acts]
    if act_id is None and len(names) > 1:
        raise BadInput(f"the case has several acts ({', '.join(names)}); add --act", where=str(case_dir))
    chosen = act_id if act_id is not None else names[0]
    if chosen not in names:
        raise BadInput(f"the case has no act {chosen!r}; {nearest(chosen, names)}", where=str(case_dir))
    found = dossier.trace(case, case.acts[names.index(chosen)], dossier.read_records(case))
    if found is None:
        raise BadInput(
            f"act {chosen} was not done with an account, so there is no account to trace", where=str(case_dir)
        )
    document = {"schema": "telusur.tracing/1", "made_by": dossier.made_by(), "act": chosen, **found.as_json(lang)}
    if priors is not None:
        # Only here and only when asked for: the contract's document has no posterior.
        points = tracing.prior.curve(found.combined, priors)
        words = tracing.prior.NOT_OURS.in_language(lang)
        document["over_priors"] = {"note": words, "curve": [point.as_json() for point in points]}
        if prior_page is not None:
            page = dossier.render_prior(points, priors, case=f"{case.id} {chosen}", day=case.reported_on, language=lang)
            with evidence.written_beside(prior_page, force=force) as file:
                file.write(page.encode())
    print_json(document)


def _priors(asked: str) -> dict[Proposition, float]:
    """Read priors as they were typed, or from a file."""
    if "=" not in asked:
        try:
            held = marked_yaml.parse(Path(asked).read_text("utf-8"), asked).value
        except (OSError, UnicodeDecodeError):
            raise BadInput(
                "is no file that can be read; give owner=0.5,taken_over=0.5 or a YAML file of them", where=asked
            ) from None
        if not isinstance(held, dict):
            raise BadInput("expected a prior a line, like owner: 0.5", where=asked)
        return tracing.prior.checked(held, asked)
    given: dict[str, object] = {}
    for part in asked.split(","):
        name, _, value = part.partition("=")
        try:
            given[name.strip()] = float(value)
        except ValueError:
            raise BadInput(f"expected a number, found {value.strip()!r}", where="--prior", field=name.strip()) from None
    return tracing.prior.checked(given)


@app.command(epilog="Example: telusur trace verify pairs.jsonl --out weights.jsonl")
def verify(
    pairs: Annotated[
        Path,
        typer.Argument(
            help='Lines of JSON: {"id": "1", "pair": ["text", "text"]}, or {"id": "1", "known": ["earlier post", ...], '
            '"questioned": ["post", ...]}.'
        ),
    ],
    out_file: Annotated[Path, typer.Option("--out", help="Weights, one line of JSON a pair.")],
    *,
    force: Force = False,
    json: AsJson = False,
) -> None:
    """Weigh whether two writings have one author (PAN interface); each line without looking at the others."""
    with progress(pairs.name) as bar:
        counts = run_batch(read_batch(pairs, words=("id",)), tracing.style.verify_line, out_file, force=force, bar=bar)
    note(f"{counts.done} weighed, {counts.bad} bad lines → {out_file}")
    if json:
        print_json({"out": str(out_file), "weighed": counts.done, "bad": counts.bad})


@app.command(epilog="Example: telusur trace takeover timelines.csv --out changes.jsonl")
def takeover(
    timelines: Annotated[
        Path,
        typer.Argument(
            help="Posts (CSV, JSONL, Parquet): columns account, time with zone (2024-01-20T09:35+07:00), text and "
            "optionally client."
        ),
    ],
    out_file: Annotated[Path, typer.Option("--out", help="One line of JSON an account.")],
    *,
    force: Force = False,
    json: AsJson = False,
) -> None:
    """Find when another person seems to have begun to write; for one case's accounts and validation only."""
    with progress(timelines.name) as bar:
        counts = run_batch(_timelines(timelines), _change, out_file, force=force, bar=bar)
    note(f"{counts.done} accounts, {counts.bad} bad lines → {out_file}")
    if json:
        print_json({"out": str(out_file), "accounts": counts.done, "bad": counts.bad})


def _timelines(path: Path) -> Iterator[tuple[int, Mapping[str, Any] | BadInput]]:
    """Give one row an account, in the order of their first posts; bad lines first, each with its line."""
    accounts: dict[str, list[Post]] = {}
    lines: dict[str, int] = {}
    for line, row in read_batch(path, words=_COLUMNS):
        try:
            if isinstance(row, BadInput):
                raise row
            account, post = _post(row)
        except BadInput as problem:
            yield line, problem
            continue
        accounts.setdefault(account, []).append(post)
        lines.setdefault(account, line)
    for account, posts in accounts.items():
        yield lines[account], {"account": account, "posts": posts}


def _post(row: Mapping[str, Any]) -> tuple[str, Post]:
    unknown = set(row) - set(_COLUMNS)
    if unknown:
        raise BadInput(f"the column {min(unknown)!r} is not known; {nearest(min(unknown), _COLUMNS)}")
    for column in ("account", "time"):
        if not row.get(column):
            raise BadInput("is missing; every post needs an account and a time", field=column)
    for column in ("time", "text", "client"):
        if not isinstance(row.get(column) or "", str):
            raise BadInput(f"expected text, found {row[column]!r}", field=column)
    return str(row["account"]), Post(row.get("text") or "", Moment.parse(row["time"]).utc, row.get("client") or None)


def _change(row: Mapping[str, Any]) -> Mapping[str, object]:
    found = tracing.changepoint.detect(row["posts"])
    return {"account": row["account"], **found.as_json()}


@app.command(epilog="Example: telusur trace fit posts.parquet --out style.npz")
def fit(
    data: Annotated[Path, typer.Argument(help="Posts by many authors: columns account, time, text (Parquet or CSV).")],
    out_file: Annotated[Path, typer.Option("--out", help="Parameter file to write.")],
    seed: Annotated[int, typer.Option("--seed", help="Same data and seed, same bytes.")] = DEFAULT_SEED,
    *,
    force: Force = False,
    json: AsJson = False,
) -> None:
    """Fit the style model: parameters only, no text and no account can be read from them."""
    with evidence.written_beside(out_file, force=force) as file, progress("fit", 1) as bar:

        def step(what: str, share: float) -> None:
            if bar:
                bar.update(bar.task_ids[0], description=what, completed=share)

        fitted = tracing.style.fit_file(data, seed=seed, progress=step)
        file.write(fitted.as_bytes())
    if json:
        print_json({"out": str(out_file), **fitted.card})
    else:
        note(f"→ {out_file}")
