"""``telusur exports``: what an export holds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from telusur import exports
from telusur.cli.console import out, print_json, progress
from telusur.domain.record import AccountRecord
from telusur.domain.when import utc_words

app = typer.Typer(help="What a platform's export holds.", no_args_is_help=True)


@app.callback()
def _exports() -> None:
    """Keep ``show`` a command of its own while it is the only one."""


@app.command(epilog="Example: telusur exports show x-archive.zip")
def show(
    path: Annotated[Path, typer.Argument(help="The export: zip or folder.")],
    *,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Show what was found, what is missing against the manifest, and the span of each log."""
    with progress(path.name):
        record = exports.read(path, name=path.name)
    if json:
        print_json(_document(record))
        return
    account = record.account
    out.print(f"{account.platform} · @{account.handle or '?'} · {account.account_id or '?'}", markup=False)
    table = Table(box=None, pad_edge=False)
    for column in ("log", "file", "found", "expected", "first", "last"):
        table.add_column(column)
    for log in record.logs:
        table.add_row(
            log.name,
            log.file or "—",
            str(log.found),
            "—" if log.expected is None else str(log.expected),
            utc_words(log.first) if log.first else "—",
            utc_words(log.last) if log.last else "—",
        )
    out.print(table)
    for problem in record.problems:
        place = problem.file if problem.offset is None else f"{problem.file} (byte {problem.offset})"
        out.print(f"! {place}: {problem.message}", markup=False)
    if record.left_out:
        out.print(f"not opened: {', '.join(record.left_out)}", markup=False)


def _document(record: AccountRecord) -> dict[str, object]:
    return {
        "schema": "telusur.export/1",
        "platform": record.account.platform,
        "account": {"handle": record.account.handle, "account_id": record.account.account_id},
        "generated_at": utc_words(record.generated_at) if record.generated_at else None,
        "partial": record.partial,
        "logs": [
            {
                "log": log.name,
                "file": log.file,
                "found": log.found,
                "expected": log.expected,
                "first": utc_words(log.first) if log.first else None,
                "last": utc_words(log.last) if log.last else None,
            }
            for log in record.logs
        ],
        "problems": [{"file": p.file, "offset": p.offset, "message": p.message} for p in record.problems],
        "left_out": list(record.left_out),
    }
