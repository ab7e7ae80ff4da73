"""``telusur doctor``: what this machine lacks."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from telusur import evidence, law, tracing
from telusur.cli.console import out, print_json
from telusur.domain.errors import TelusurError
from telusur.dossier import check_pdf

#: Dossiers are small; with less than this free, a large archive will not fit. Bytes.
_ROOM = 1 << 30


@dataclass(frozen=True, slots=True)
class _Check:
    what: str
    fine: bool
    found: str
    advice: str


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: telusur doctor")(doctor)


def doctor(*, json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False) -> None:
    """Say what this machine lacks for the work, and what to do about it."""
    checks = [_python(), _disk(), *_isolation(), _catalogue(), _models(), _pdf()]
    if json:
        print_json(
            {
                "schema": "telusur.doctor/1",
                "checks": [{"what": c.what, "fine": c.fine, "found": c.found, "advice": c.advice} for c in checks],
            }
        )
        return
    for check in checks:
        out.print(f"{'✓' if check.fine else '✗'} {check.what}: {check.found}", markup=False)
        if not check.fine:
            out.print(f"    {check.advice}", markup=False)


def _python() -> _Check:
    version = ".".join(map(str, sys.version_info[:3]))
    return _Check("Python", sys.version_info >= (3, 11), version, "Python 3.11 or newer is needed: apt install python3")


def _disk() -> _Check:
    free = shutil.disk_usage(Path.cwd()).free
    return _Check(
        "Disk", free >= _ROOM, f"{free / 2**30:.1f} GiB free here", "Free some space, or write the dossier elsewhere."
    )


def _isolation() -> list[_Check]:
    return [
        _Check(
            f"Opening files: {measure.name}",
            measure.holds,
            measure.words.en,
            "Files are still opened within the other limits; the dossier says which.",
        )
        for measure in evidence.isolation().measures
    ]


def _catalogue() -> _Check:
    try:
        catalogue = law.catalogue()
    except TelusurError as error:
        return _Check("Catalogue of rules", False, str(error), "Install Telusur again.")
    return _Check("Catalogue of rules", True, f"{len(catalogue.rules)} rules, {catalogue.hash[:12]}", "")


def _models() -> _Check:
    try:
        models = tracing.models()
    except (TelusurError, OSError, ValueError) as error:
        return _Check("Tracing models", False, str(error), "Install Telusur again.")
    return _Check("Tracing models", True, ", ".join(f"{k} {v[:12]}" for k, v in models.items()), "")


def _pdf() -> _Check:
    try:
        check_pdf()
    except Exception as error:  # noqa: BLE001 - whatever is wrong, the person should read it
        return _Check("PDF (Typst and fonts)", False, str(error), "Install Telusur again.")
    return _Check("PDF (Typst and fonts)", True, "a page was set", "")
