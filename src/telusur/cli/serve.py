"""``telusur serve``: an office on this machine."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from telusur.cli.console import note, out, print_json, say
from telusur.office import Home, Place, Welcome, opened, prepare, serve


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
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document, once the office answers.")] = False,
) -> None:
    """Serve an office: everything on one machine, data in TELUSUR_HOME (default ./telusur-office); SIGTERM stops it."""
    home = Home(Home.here().path, demo=demo)
    place = Place(host, port, cert, key)
    with opened(home, place) as listener:
        note(f"making the office ready in {home.path}")
        welcome = prepare(home, place)
        ended = serve(listener, place, ready=lambda: _tell(welcome, home, json=json))
    if ended:
        note("the web server ended by itself; what it said stands above")
    raise typer.Exit(ended)


def _tell(welcome: Welcome, home: Home, *, json: bool) -> None:
    if json:
        told = {
            "url": welcome.url,
            "home": str(home.path),
            "setup": welcome.setup,
            "logins": [asdict(one) for one in welcome.logins],
            "codes": [{"what": one.what.en, "address": one.address, "code": one.code} for one in welcome.codes],
        }
        print_json({"schema": "telusur.serve/1", **told})
    else:
        _say(welcome)
    sys.stdout.flush()
    note(f"data in {home.path}; Ctrl-C stops the office")


def _say(welcome: Welcome) -> None:
    say(f"Telusur: {welcome.url}")
    if welcome.setup:
        say("Set the office up, here on this machine; the address works until that is done:")
        say(f"  {welcome.setup}")
    if welcome.logins:
        say("Everybody here is invented. Log in as:")
        wide = max(len(one.username) for one in welcome.logins)
        for one in welcome.logins:
            say(f"  {one.username:{wide}}  {one.title}")
        say(f"  password of all of them: {welcome.logins[0].password}")
    for code in welcome.codes:
        say(f"{code.what.en}: {code.address} with the code {code.code}")
    out.file.flush()
