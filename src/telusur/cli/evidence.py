"""``telusur evidence``: custody that anyone can verify. Each part of it lies in a module of its own."""

from __future__ import annotations

import typer

app = typer.Typer(
    name="evidence",
    help="Keep evidence so that anyone can verify that nothing was altered.",
    epilog="Example: telusur evidence init berkas-kantor",
    no_args_is_help=True,
    rich_markup_mode=None,
)
