"""``telusur rules confirm``: what a lawyer checked against the gazette."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from telusur import law
from telusur.cli.assess import AsJson
from telusur.cli.console import note, print_json


def confirm(
    rule: Annotated[str, typer.Argument(help="Name of the rule, for instance SKB-2022/E4.")],
    text: Annotated[Path, typer.Option("--text", help="The official text it was checked against; a copy is kept.")],
    by: Annotated[str, typer.Option("--by", help="Name of the lawyer who checked it.")],
    on: Annotated[datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="Day of the check.")],
    *,
    json: AsJson = False,
) -> None:
    """Record that a named lawyer checked a rule against the gazette: official from then on, in this office only.

    The office is the folder named by TELUSUR_HOME, else ./telusur-office.
    """
    done = law.confirm(rule, text, by=by, on=on.date())
    if json:
        print_json({"schema": "telusur.confirmation/1", **done.as_json()})
    else:
        note(
            f"{done.rule} is official here: {done.confirmation.by}, {done.confirmation.on}, "
            f"text {done.confirmation.text_sha256}"
        )


def add_to(app: typer.Typer) -> None:
    """Put the commands into ``telusur rules``."""
    app.command(
        epilog="Example: telusur rules confirm SKB-2022/E4 --text lampiran.pdf --by 'Nama Ahli Hukum' --on 2026-11-20"
    )(confirm)
