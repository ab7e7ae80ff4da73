"""``telusur rules``: what the rules say of the facts of an act, and what stands in the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from telusur import law
from telusur.cli import rules_book
from telusur.cli.assess import AsJson, Lang
from telusur.cli.batch import is_batch, read_batch, run_batch
from telusur.cli.console import note, print_json, progress, say
from telusur.cli.rule_words import confirmation_lines, determination_lines, rule_lines
from telusur.domain.errors import BadInput
from telusur.dossier import facts_of, read_facts

app = typer.Typer(help="What the rules say of an act; what stands in the catalogue.", no_args_is_help=True)

rules_book.add_to(app)

Known = Annotated[
    datetime | None,
    typer.Option("--known", formats=["%Y-%m-%d"], help="Ask what could be known of the rules on that day."),
]


@app.command(epilog="Example: telusur rules check examples/facts.yaml")
def check(
    facts: Annotated[
        Path,
        typer.Argument(
            help="Facts of one act (YAML, JSON; every field stands in examples/facts.yaml), or of many (JSONL, CSV, "
            "Parquet; one act a row, columns as act.kind)."
        ),
    ],
    out_file: Annotated[Path | None, typer.Option("--out", help="Answers to many, as JSONL.")] = None,
    known: Known = None,
    *,
    lang: Lang = "id",
    force: Annotated[bool, typer.Option("--force", help="Replace an existing --out.")] = False,
    json: AsJson = False,
) -> None:
    """Say what the rules say of the facts as given: never a verdict."""
    known_on = known.date() if known else None
    if is_batch(facts):
        _check_many(facts, out_file, known_on, force=force, json=json)
        return
    determination = law.determine(read_facts(facts), known_on=known_on)
    if json:
        print_json(determination.as_json())
    else:
        for line in determination_lines(determination, lang):
            say(line)


def _check_many(facts: Path, out_file: Path | None, known_on: date | None, *, force: bool, json: bool) -> None:
    if out_file is None:
        raise BadInput("answers to many acts go to a file; add --out ANSWERS.jsonl", where=str(facts))

    def answer(row: Mapping[str, Any]) -> Mapping[str, object]:
        return law.determine(facts_of(row), known_on=known_on).as_json()

    with progress(facts.name) as bar:
        counts = run_batch(read_batch(facts), answer, out_file, force=force, bar=bar)
    note(f"{counts.done} answered, {counts.bad} bad lines → {out_file}")
    if json:
        print_json({"out": str(out_file), "answered": counts.done, "bad": counts.bad})


@app.command(epilog="Example: telusur rules show SKB-2022/E4")
def show(
    rule: Annotated[str, typer.Argument(help="Name of the rule, for instance SKB-2022/E4.")],
    *,
    lang: Lang = "id",
    json: AsJson = False,
) -> None:
    """Show one rule: what it prohibits, since when, on what authority, and how sure that is."""
    found = law.rule(rule)
    checked = law.confirmations(rule)
    if json:
        history = {"confirmations": [one.as_json() for one in checked]} if checked else {}
        print_json({**found.as_json(), "allows_sanction": found.allows_sanction, **history})
        return
    for line in (*rule_lines(found, lang), *confirmation_lines(found, checked, lang)):
        say(line)
