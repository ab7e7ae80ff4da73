"""``telusur rules``: what the rules say of the facts of an act, and what stands in the catalogue."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

import telusur
from telusur import law
from telusur.cli import rules_book
from telusur.cli.assess import AsJson, Lang
from telusur.cli.batch import is_batch
from telusur.cli.console import print_json, say
from telusur.cli.determination_words import show_determination
from telusur.cli.inputs import read_day
from telusur.cli.rule_words import confirmation_lines, history_lines, rule_lines
from telusur.cli.rules_check import check_many
from telusur.domain.errors import BadInput, SeveralProblems
from telusur.dossier import line_of_fact, read_facts

app = typer.Typer(help="What the rules say of an act; what stands in the catalogue.", no_args_is_help=True)

rules_book.add_to(app)

Known = Annotated[
    str | None,
    typer.Option("--known", metavar="YYYY-MM-DD", help="Ask what could be known of the rules on that day."),
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
    all_rules: Annotated[
        bool, typer.Option("--all-rules", help="Of one act, explain the rules on other acts too.")
    ] = False,
    brief: Annotated[
        bool, typer.Option("--brief", help="Of many, only outcome, contested and tracks: a million in about a minute.")
    ] = False,
    lang: Lang = "id",
    force: Annotated[bool, typer.Option("--force", help="Replace an existing --out.")] = False,
    json: AsJson = False,
) -> None:
    """Say what the rules say of the facts as given: never a verdict."""
    known_on = None if known is None else read_day(known, "--known")
    if is_batch(facts):
        if all_rules:
            raise BadInput("--all-rules explains one act; name a .yaml or .json file", where=str(facts))
        check_many(facts, out_file, known_on, brief=brief, force=force, json=json)
        return
    if brief:
        raise BadInput("--brief answers many acts; name a .jsonl, .csv or .parquet file", where=str(facts))
    if out_file is not None:
        raise BadInput(
            "--out holds the answers to many acts; leave it out, or name a .jsonl, .csv or .parquet file",
            where=str(facts),
        )
    determination = _determined(facts, known_on, every=all_rules)
    if json:
        print_json(determination.as_json())
    else:
        show_determination(determination, lang)


def _determined(facts: Path, known_on: date | None, *, every: bool) -> law.Determination:
    try:
        return law.determine(read_facts(facts), known_on=known_on, every=every)
    except SeveralProblems:
        raise
    except BadInput as problem:
        if problem.field == "known_on":
            raise BadInput(problem.words, field="--known") from None
        # Of a date without a calendar the law knows neither file nor line.
        line = problem.line or (line_of_fact(facts, problem.field) if problem.where is None and problem.field else None)
        raise BadInput(problem.words, where=problem.where or str(facts), line=line, field=problem.field) from None


@app.command(epilog="Example: telusur rules show SKB-2022/E4")
def show(
    rule: Annotated[str, typer.Argument(help="Name of the rule, for instance SKB-2022/E4.")],
    *,
    lang: Lang = "id",
    json: AsJson = False,
) -> None:
    """Show one rule: what it prohibits, since when, on what authority, and how sure that is."""
    held = law.catalogue()
    found = held.rule(rule)
    checked = law.confirmations(rule)
    forms = [one for one in held.rules.values() if one.derived_from == rule]
    before = [(one, over) for one in held.rules.values() for over in one.overrides if over.rule == rule]
    if json:
        history = {"confirmations": [one.as_json() for one in checked]} if checked else {}
        print_json(
            {
                "schema": "telusur.rule/1",
                "made_by": {"telusur": telusur.__version__, "catalogue": held.hash, "models": None},
                **found.as_json(),
                "allows_sanction": found.allows_sanction,
                "instrument_in_force": found.citation.instrument.in_force.as_json(),
                "derived_forms": [one.id for one in forms],
                "yields_to": [{"rule": one.id, **over.as_json()} for one, over in before],
                **history,
            }
        )
        return
    for line in rule_lines(found, lang):
        say(line)
    for line in history_lines(found, forms, before, lang):
        say(line)
    for line in confirmation_lines(found, checked, lang):
        say(line)
