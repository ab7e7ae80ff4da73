"""The ``telusur`` command: its parts, and how errors reach the user."""

from __future__ import annotations

import io
import os
import signal
import sys
from typing import Annotated

import typer
from typer.exceptions import TyperException

import telusur
from telusur.cli import (
    assess,
    balance,
    deadline,
    doctor,
    evidence,
    exports,
    rules,
    rules_proofs,
    selfcheck,
    selfreport,
    serve,
    trace,
    validate,
)
from telusur.cli.console import complain
from telusur.domain.errors import SeveralProblems, TelusurError

#: Bad input or usage.
BAD_INPUT = 2
#: Stopped by its user or its machine.
STOPPED = 130

_STDOUT = 1

app = typer.Typer(
    name="telusur",
    help="From a report to a fair, documented decision on civil-servant neutrality.",
    epilog="Example: telusur assess examples/diambil-alih --out out/diambil-alih",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)
assess.add_to(app)
doctor.add_to(app)
selfcheck.add_to(app)
selfreport.add_to(app)
deadline.add_to(app)
serve.add_to(app)
rules_proofs.add_to(rules.app)
app.add_typer(rules.app, name="rules")
app.add_typer(exports.app, name="exports")
app.add_typer(trace.app, name="trace")
app.add_typer(validate.app, name="validate")
app.add_typer(evidence.app, name="evidence")
app.add_typer(balance.app, name="balance")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"telusur {telusur.__version__}")
        raise typer.Exit


@app.callback()
def _telusur(
    *,
    version: Annotated[bool, typer.Option("--version", help="Print the version.", callback=_version)] = False,
) -> None:
    del version  # handled before any command


def main() -> None:
    """Run the command line; end with the exit codes of contracts.md, section 0."""
    _prepare_streams()
    for stop in (signal.SIGTERM, signal.SIGHUP):
        # As from the keyboard: what was begun beside its place is taken away.
        signal.signal(stop, signal.default_int_handler)
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # Python would try once more at its end, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), _STDOUT)
    sys.exit(code)


def _prepare_streams() -> None:
    """Make the standard streams fit: what the caller closed (``>&-``) would be a file of the case, opened next."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - open to the end
    for stream in (sys.stdout, sys.stderr):
        # JSON is UTF-8 whatever the locale says, and a name that is no text is still to be told.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def run(arguments: list[str]) -> int:
    """Run one command line and give its exit code.

    Parameters
    ----------
    arguments
        Without the program's name.

    Returns
    -------
    int
        0 done, 1 what was to be verified does not hold, 2 bad input or usage.
    """
    try:
        result = typer.main.get_command(app).main(args=arguments, prog_name="telusur", standalone_mode=False)
    except SeveralProblems as several:
        for problem in several.problems:
            complain(str(problem))
        return BAD_INPUT
    except TelusurError as error:
        complain(str(error))
        return BAD_INPUT
    except TyperException as error:
        message = str(error)
        # A group without a command answers with its help, which is no error to be put into one line.
        if message.startswith("Usage:"):
            typer.echo(message, err=True)
        else:
            complain(f"{error.format_message().replace('Value error, ', '').rstrip('.')}; see --help")
        return BAD_INPUT
    except (typer.Abort, KeyboardInterrupt):
        complain("stopped; nothing half-written was left")
        return STOPPED
    except (BrokenPipeError, SystemExit):
        # The reader went away (`| head`), for which Typer ends at once: nobody is left to tell.
        return 0
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        complain(f"{place}{error.strerror or error}; check the path, its permissions and the space left")
        return BAD_INPUT
    if result == STOPPED:
        # Typer keeps the interruption to itself.
        complain("stopped; nothing half-written was left")
    return result if isinstance(result, int) else 0
