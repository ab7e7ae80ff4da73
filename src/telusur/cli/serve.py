"""``telusur serve``: an office on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from telusur.cli.console import note
from telusur.office import Home, Place, prepare, serve


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("serve", epilog="Example: telusur serve --demo")(run)


def run(
    *,
    demo: Annotated[bool, typer.Option("--demo", help="Invented people and cases, on this machine only.")] = False,
    host: Annotated[str, typer.Option("--host", help="Address to serve at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to serve at.")] = 8000,
    cert: Annotated[Path | None, typer.Option("--cert", help="Certificate (PEM), to serve with TLS.")] = None,
    key: Annotated[Path | None, typer.Option("--key", help="Its key (PEM).")] = None,
) -> None:
    """Serve an office: everything on one machine, data in TELUSUR_HOME (default ./telusur-office), stops on SIGTERM."""
    home = Home(Home.here().path, demo=demo)
    place = Place(host, port, cert, key)
    prepare(home, place)
    raise typer.Exit(serve(place, ready=lambda: _welcome(home, place)))


def _welcome(home: Home, place: Place) -> None:
    note(f"Telusur: {place.url} (data in {home.path}); Ctrl-C to stop")
