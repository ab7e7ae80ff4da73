"""``telusur exports``: what an export holds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from telusur import exports
from telusur.cli.assess import AsJson
from telusur.cli.console import out, print_json, progress
from telusur.domain.record import AccountRecord, Log
from telusur.domain.when import utc_words

app = typer.Typer(help="What a platform's export holds.", no_args_is_help=True)


@app.callback()
def _exports() -> None:
    """Keep ``show`` a command of its own while it is the only one."""


@app.command(epilog="Example: telusur exports show x-archive.zip")
def show(
    path: Annotated[Path, typer.Argument(help="The export: zip or folder.")],
    *,
    json: AsJson = False,
) -> None:
    """Show what was found, what is missing against the manifest, and the span of each log."""
    with progress(path.name):
        record = exports.read(path, name=path.name)
    if json:
        print_json(_document(record))
        return
    account = record.account
    out.print(f"{account.platform} · @{account.handle or '?'} · {account.account_id or '?'}", markup=False)
    for log in record.logs:
        out.print(_log_line(log), markup=False)
    for problem in record.problems:
        place = problem.file if problem.offset is None else f"{problem.file} (byte {problem.offset})"
        out.print(f"! {place}: {problem.message}", markup=False)
    if record.left_out:
        out.print(f"not opened: {', '.join(record.left_out)}", markup=False)


def _log_line(log: Log) -> str:
    if log.file is None:
        return f"  {log.name:<14} not in this export"
    promised = "" if log.expected is None else f" of {log.expected} promised"
    lacking = "  ← INCOMPLETE" if log.complete is False else ""
    span = f", {utc_words(log.first)} to {utc_words(log.last)}" if log.first and log.last else ""
    return f"  {log.name:<14} {log.found}{promised}{span}  ({log.file}){lacking}"


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
