"""What goes to the terminal: answers on stdout, everything else on stderr."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from telusur.dossier import visible


class _Console(Console):
    """A terminal that foreign words cannot steer, and whose reader may go away."""

    def render_str(self, text: str, **options: Any) -> Text:  # noqa: ANN401 - whatever Rich hands on
        return super().render_str(visible(text), **options)

    def on_broken_pipe(self) -> None:
        # Rich would end with 1, which here says that something does not hold.
        raise BrokenPipeError


_NARROWEST = 40

#: Answers for people.
out = _Console(highlight=False, soft_wrap=True)
_notes = _Console(stderr=True, highlight=False, soft_wrap=True)


def complain(sentence: str) -> None:
    """Say on stderr, in one line, what is wrong."""
    typer.echo(f"telusur: {visible(' '.join(sentence.split()))}", err=True)


def say(line: str) -> None:
    """Print a line of an answer; on a terminal, longer ones go on further in, and no word is broken."""
    out.print(_folded(line, out), markup=False)


def terminal_width() -> int | None:
    """Give the columns of the terminal that answers go to; ``None`` where no terminal reads them."""
    return out.width if out.is_terminal else None


def show(part: str | Table) -> None:
    """Print a line, or a table that folds its cells to the width of the terminal."""
    if isinstance(part, str):
        say(part)
    else:
        out.print(part, soft_wrap=False)


def note(sentence: str) -> None:
    """Say on stderr what a person may want to know."""
    _notes.print(_folded(sentence, _notes), markup=False)


def _folded(line: str, console: Console) -> str:
    if not console.is_terminal or len(line) <= console.width:
        return line
    begun = line[: len(line) - len(line.lstrip())]
    width = max(console.width, 2 * len(begun), _NARROWEST)
    folded = textwrap.wrap(
        line.strip(),
        width,
        initial_indent=begun,
        subsequent_indent=f"{begun}    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(folded)


def print_json(document: Mapping[str, object]) -> None:
    """Print one JSON document and nothing else."""
    typer.echo(as_json(document), nl=False)


def as_json(document: Mapping[str, object]) -> str:
    """Write a document as JSON: readable, in its own order, the same text for the same document."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


@contextmanager
def progress(label: str, total: int | None = None) -> Iterator[Progress | None]:
    """Show a bar on a terminal; nothing elsewhere.

    Parameters
    ----------
    label
        What is being done.
    total
        Steps; ``None`` if nobody knows.
    """
    if not sys.stderr.isatty():
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=_notes, transient=True) as bar:
        bar.add_task(label, total=total)
        yield bar
