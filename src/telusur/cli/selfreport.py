"""``telusur selfreport``: a dated self-report of an account that was taken over, as PDF, sent nowhere."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from telusur import evidence
from telusur.cli.assess import AsJson, Lang
from telusur.cli.console import note, print_json
from telusur.dossier import selfreport as reports


def add_to(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command(
        name="selfreport",
        epilog="Example: telusur selfreport --from laporan.yaml surel.eml arsip.zip --out laporan-diri.pdf",
    )(selfreport)


def selfreport(
    out: Annotated[Path, typer.Option("--out", help="Where the PDF goes.")],
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE]...", help="Files that you keep: only name, size and SHA-256 are listed."),
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option("--from", help="YAML with the fields below (telusur.self_report/1); options win over it."),
    ] = None,
    platform: Annotated[
        str | None, typer.Option("--platform", help="x, facebook, instagram, tiktok, youtube, whatsapp or other.")
    ] = None,
    handle: Annotated[str | None, typer.Option("--handle", help="The account's name, or its number.")] = None,
    noticed: Annotated[
        str | None, typer.Option("--noticed", help="When you noticed, with zone: 2024-01-20T09:35+07:00.")
    ] = None,
    last_access: Annotated[
        str | None, typer.Option("--last-access", help="When you last used it yourself, with zone.")
    ] = None,
    access: Annotated[str | None, typer.Option("--access", help="locked_out, shared or recovered.")] = None,
    happened: Annotated[str | None, typer.Option("--happened", help="What happened, in your own words.")] = None,
    done: Annotated[str | None, typer.Option("--done", help="What you have done about it.")] = None,
    name: Annotated[str | None, typer.Option("--name", help="Your name; left out: written by hand.")] = None,
    day: Annotated[
        str | None, typer.Option("--day", help="Day of the report, YYYY-MM-DD.", show_default="today")
    ] = None,
    *,
    lang: Lang = "id",
    force: Annotated[bool, typer.Option("--force", help="Replace an existing --out.")] = False,
    json: AsJson = False,
) -> None:
    """Write a dated self-report that your account was taken over; nothing is sent and nothing else is kept."""
    options = {
        "platform": platform,
        "handle": handle,
        "noticed": noticed,
        "last_access": last_access,
        "access": access,
        "happened": happened,
        "done": done,
        "name": name,
        "day": day,
    }
    stated = {field: value for field, value in options.items() if value is not None}
    report = reports.read_self_report(_today(), source, stated)
    report = replace(report, attached=tuple(reports.attach(path) for path in files or ()))
    paper = reports.self_report_pdf(report, lang)
    evidence.write_bytes(out, paper, force=force)
    note(f"→ {out}")
    if json:
        print_json({**reports.as_json(report), "out": {"path": str(out), "sha256": hashlib.sha256(paper).hexdigest()}})


def _today() -> date:
    return datetime.now(UTC).astimezone().date()
