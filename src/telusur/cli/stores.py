"""What the commands on a store of evidence share: opening it, asking for its passphrase, and how they answer."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final

import typer

import telusur
from telusur.cli.console import print_json
from telusur.cli.inputs import read_text
from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence.store import Store

#: Where a passphrase may stand for programs.
VARIABLE: Final = "TELUSUR_PASSPHRASE"

StoreArgument = Annotated[Path, typer.Argument(metavar="STORE", help="Folder of the store.")]
PassphraseFile = Annotated[
    Path | None,
    typer.Option("--passphrase-file", help=f"File whose first line is the key's passphrase; or set {VARIABLE}."),
]
Actor = Annotated[
    str | None, typer.Option("--actor", help="Who does this, for the ledger.", show_default="your login name")
]
By = Annotated[str, typer.Option("--by", help="Who answers for this, for the ledger.")]
CaseOption = Annotated[str, typer.Option("--case", help="The case.")]

#: What ends a line somewhere.
_BREAKS: Final = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
_ASK: Final = Text("Frasa sandi kunci", "Passphrase of the key")
_AGAIN: Final = Text("Sekali lagi", "Once more")


def open_store(folder: Path, passphrase_file: Path | None = None) -> Store:
    """Open a store; its passphrase is read only when the key is needed.

    Parameters
    ----------
    folder
        Where it lies.
    passphrase_file
        As the user named it.
    """
    return Store.open(folder, lambda: passphrase(passphrase_file))


def passphrase(file: Path | None, *, new: bool = False) -> str | None:
    """Give the passphrase: from a file, from the environment, or asked for on a terminal.

    Parameters
    ----------
    file
        Whose first line it is.
    new
        Whether it is being chosen: then it is asked for twice, and an empty one is none.

    Returns
    -------
    str | None
        ``None`` if there is none and nobody to ask.

    Raises
    ------
    BadInput
        If the file is empty, or the two do not agree.
    """
    if file is not None:
        first = read_text(file, field="--passphrase-file").split("\n", 1)[0].rstrip("\r")
        if not first:
            raise BadInput("its first line is empty; write the passphrase there", where=str(file))
        return first
    given = os.environ.get(VARIABLE)
    if given:
        return given
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    # Both languages, since no option has been heard when programs ask.
    found = _asked(f"{_ASK.id} / {_ASK.en}: ")
    if new and found and found != _asked(f"{_AGAIN.id} / {_AGAIN.en}: "):
        raise BadInput("the two passphrases are not the same; give the command again")
    return found or None


def _asked(prompt: str) -> str:
    return getpass.getpass(prompt, stream=sys.stderr)


def actor_of(given: str | None) -> str:
    """Give who acts: as told, or the login name."""
    if given is not None:
        if not given.strip() or not given.isprintable():
            raise BadInput("is empty or cannot be printed; name who does this", field="--actor")
        return given.strip()
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid-{os.getuid()}"


def answer(name: str, content: Mapping[str, Any]) -> None:
    """Print a document that no catalogue and no model took part in.

    Parameters
    ----------
    name
        Of its schema.
    content
        What it says.
    """
    made_by = {"telusur": telusur.__version__, "catalogue": None, "models": None}
    print_json({"schema": f"telusur.{name}/1", "made_by": made_by, **content})


def head_of(store: Store) -> dict[str, Any]:
    """Give what names the present state of a store."""
    size = store.ledger.size()
    return {"tree_size": size, "root": store.ledger.root(size).hex(), "key_fingerprint": store.fingerprint}


def in_one_line(line: str) -> str:
    """Give a line of a list with its line breaks written out: a file's name may hold one, and forge a line by it."""
    return "".join(f"‹U+{ord(sign):04X}›" if sign in _BREAKS else sign for sign in line)


def grouped(fingerprint: str) -> list[str]:
    """Give a fingerprint in two lines of four blocks, as people compare it."""
    blocks = [fingerprint[at : at + 8] for at in range(0, len(fingerprint), 8)]
    return ["  ".join(blocks[at : at + 4]) for at in range(0, len(blocks), 4)]
