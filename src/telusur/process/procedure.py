"""The procedures of each body, read from its file and checked: a faulty one is told with file and line."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from telusur.domain.errors import BadInput, SeveralProblems, nearest
from telusur.law.citing import Document, SourcesFile, bench, take_sources, walk
from telusur.process.make_procedure import made_of
from telusur.process.procedure_model import (
    CLEARING,
    GATES,
    UNBENDING,
    End,
    GateName,
    How,
    LetterKind,
    Move,
    Need,
    Opening,
    Procedure,
    Role,
    Stage,
    StageTerm,
    Words,
)

__all__ = [
    "CLEARING",
    "GATES",
    "UNBENDING",
    "End",
    "GateName",
    "How",
    "LetterKind",
    "Move",
    "Need",
    "Opening",
    "Procedure",
    "Role",
    "Stage",
    "StageTerm",
    "Words",
    "load",
    "procedure",
    "procedures",
]

_SOURCES = "sources.yaml"


@cache
def procedures() -> Mapping[str, Procedure]:
    """Give the procedures that are shipped with the program, by id; read once."""
    return load(resources.files(__package__).joinpath("procedures"), lines=False)


def procedure(procedure_id: str) -> Procedure:
    """Give a shipped procedure by its id.

    Raises
    ------
    BadInput
        Naming the nearest known id.
    """
    found = procedures().get(procedure_id)
    if found is None:
        raise BadInput(f"there is no procedure {procedure_id!r}; {nearest(procedure_id, procedures())}")
    return found


def load(folder: Traversable, *, lines: bool = True) -> Mapping[str, Procedure]:
    """Read the procedures of a folder.

    Parameters
    ----------
    folder
        Holds one YAML file a procedure, named as its id, and ``sources.yaml``; a `pathlib.Path` does. Sources and
        instruments of the rules, and those that the terms cite, may be named too.
    lines
        Read with the slower reader, which refuses keys that stand twice too. The shipped files are read so in the
        tests, and fast where the program runs.

    Returns
    -------
    Mapping
        By id.

    Raises
    ------
    SeveralProblems
        Every fault with file and line.
    """
    documents: dict[str, Document] = {}
    hashes: dict[str, str] = {}
    shop = bench(lines=lines)
    for name, entry in walk(folder):
        held = entry.read_bytes()
        try:
            documents[name] = Document(name, held.decode("utf-8"))
            hashes[name] = hashlib.sha256(held).hexdigest()
        except UnicodeDecodeError:
            shop.problems.append(BadInput("this file is not UTF-8; save it as UTF-8", where=name))
    if own := documents.pop(_SOURCES, None):
        read = shop.read(own, SourcesFile)
        if read:
            take_sources(shop, own, read)
    made: dict[str, Procedure] = {}
    for name, document in documents.items():
        one = made_of(shop, document, hashes[name])
        if one:
            made[one.id] = one
    if shop.problems:
        raise SeveralProblems(shop.problems)
    return made
