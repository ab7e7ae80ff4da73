"""``telusur rules book`` and ``confirm``: the catalogue to read, and what a lawyer checked against the gazette."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

import telusur
from telusur import law
from telusur.cli.assess import AsJson, Lang
from telusur.cli.console import note, print_json
from telusur.cli.inputs import read_day
from telusur.domain.errors import BadInput
from telusur.dossier import write_book


def confirm(
    rule: Annotated[str, typer.Argument(help="Name of the rule, for instance SKB-2022/E4.")],
    text: Annotated[Path, typer.Option("--text", help="The official text it was checked against; a copy is kept.")],
    by: Annotated[str, typer.Option("--by", help="Name of the lawyer who checked it.")],
    on: Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD", help="Day of the check.")],
    *,
    json: AsJson = False,
) -> None:
    """Record that a named lawyer checked a rule against the gazette: official from then on, in this office only.

    The office is the folder named by TELUSUR_HOME, else ./telusur-office.
    """
    day = read_day(on, "--on")
    if day > _tomorrow():
        raise BadInput(f"{day} is still to come; give the day on which it was checked", field="--on")
    done = law.confirm(rule, text, by=by, on=day)
    if json:
        print_json({"schema": "telusur.confirmation/1", **done.as_json()})
    else:
        note(
            f"{done.rule} is official here: {done.confirmation.by}, {done.confirmation.on}, "
            f"text {done.confirmation.text_sha256}"
        )


def book(
    out: Annotated[Path, typer.Option("--out", help="Folder for book.html.")],
    *,
    lang: Lang = "id",
    force: Annotated[bool, typer.Option("--force", help="Replace an older book.")] = False,
    json: AsJson = False,
) -> None:
    """Write the catalogue as one page to read and print: every rule with its source, readings and examples."""
    made = write_book(out, lang, force=force)
    held = law.catalogue()
    note(f"{len(held.rules)} rules → {made}")
    if json:
        print_json(
            {
                "schema": "telusur.book/1",
                "made_by": {"telusur": telusur.__version__, "catalogue": held.hash, "models": None},
                "out": str(made),
                "rules": len(held.rules),
            }
        )


def _tomorrow() -> date:
    # Today may be tomorrow already where the lawyer sits.
    return datetime.now(UTC).date() + timedelta(days=1)


def add_to(app: typer.Typer) -> None:
    """Put the commands into ``telusur rules``."""
    app.command(
        epilog="Example: telusur rules confirm SKB-2022/E4 --text lampiran.pdf --by 'Nama Ahli Hukum' --on 2026-11-20"
    )(confirm)
    app.command(epilog="Example: telusur rules book --out katalog --lang en")(book)
