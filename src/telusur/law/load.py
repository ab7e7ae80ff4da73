"""From the files of a catalogue to the values that the evaluator asks; every fault is told with file and line."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel

from telusur.domain.errors import BadInput, SeveralProblems
from telusur.domain.vocabulary import FIELDS
from telusur.law import border, border_consequences, confirmed, make_consequences, make_parts
from telusur.law.calendars import Calendars
from telusur.law.document import Document, walk
from telusur.law.make_calendars import calendar
from telusur.law.make_rules import check_overrides, rules, same_forms
from telusur.law.model import Catalogue
from telusur.law.workshop import Model, Workshop


@cache
def shipped() -> Catalogue:
    """Give the catalogue as it is shipped with the program; read once."""
    return load(resources.files(__package__).joinpath("catalogue"), lines=False)


def catalogue() -> Catalogue:
    """Give the catalogue as it holds in this installation: what was confirmed here is official (`confirmed`).

    Raises
    ------
    BadInput
        If the office's confirmations cannot be read.
    """
    # Asked for every single decision, so that it must cost next to nothing.
    file = confirmed.file_here()
    try:
        seen = os.stat(file)  # noqa: PTH116 - several times faster than by way of a `Path`
    except (FileNotFoundError, NotADirectoryError):
        return shipped()
    return _installed(Path(file).absolute(), seen.st_mtime_ns, seen.st_size, seen.st_ino)


@lru_cache(maxsize=4)
def _installed(file: Path, *_seen: int) -> Catalogue:
    """Read the confirmations again only when their file is another one than was seen."""
    return confirmed.applied(shipped(), confirmed.recorded(shipped(), file.parent))


def load(folder: Traversable, *, lines: bool = True) -> Catalogue:
    """Read a catalogue.

    Parameters
    ----------
    folder
        Holds ``sources.yaml``, ``instruments.yaml``, ``terms.yaml``, ``exceptions.yaml``, ``issues.yaml``,
        ``coverage.yaml``, ``rules/`` and ``calendars/``; a `pathlib.Path` does.
    lines
        Read with the slower reader, which refuses keys that stand twice too. The shipped files are read so in the
        tests, and fast where the program runs.

    Raises
    ------
    SeveralProblems
        Every fault with file and line.
    """
    shop = Workshop(lines)
    digest = hashlib.sha256()
    documents: dict[str, Document] = {}
    for name, entry in walk(folder):
        held = entry.read_bytes()
        digest.update(f"{name}\0{len(held)}\0".encode() + held)
        try:
            documents[name] = Document(name, held.decode("utf-8"))
        except UnicodeDecodeError:
            shop.problems.append(BadInput("this file is not UTF-8; save it as UTF-8", where=name))
    made = _put_together(shop, documents, digest.hexdigest())
    if shop.problems or made is None:
        raise SeveralProblems(shop.problems)
    return made


# What may follow a decision is asked of the whole catalogue only; a part of one can do without.
_CONSEQUENCES: Final[tuple[tuple[str, type[BaseModel], Callable[[Workshop, Document, Any], None]], ...]] = (
    ("sanctions.yaml", border_consequences.SanctionsFile, make_consequences.sanctions),
    ("authority.yaml", border_consequences.AuthorityFile, make_consequences.authority),
    ("supervisors.yaml", border_consequences.SupervisorsFile, make_consequences.supervisors),
    ("provisions.yaml", border_consequences.ProvisionsFile, make_consequences.provisions),
)


# In order of dependency: what comes first is named by what comes later.
def _put_together(shop: Workshop, documents: Mapping[str, Document], digest: str) -> Catalogue | None:
    _one(shop, documents, "sources.yaml", border.SourcesFile, make_parts.sources)
    _one(shop, documents, "instruments.yaml", border.InstrumentsFile, make_parts.instruments)
    _one(shop, documents, "coverage.yaml", border.CoverageFile, make_parts.coverage)
    _one(shop, documents, "terms.yaml", border.TermsFile, make_parts.terms)
    _one(shop, documents, "exceptions.yaml", border.ExceptionsFile, make_parts.exceptions)
    _one(shop, documents, "issues.yaml", border.IssuesFile, make_parts.issues)
    if shop.problems:
        # What follows names what is broken here; its errors would only repeat these.
        return None
    for name, model, take in _CONSEQUENCES:
        if name in documents:
            _one(shop, documents, name, model, take)
    _rules(shop, documents)
    _calendars(shop, documents)
    return Catalogue(
        digest,
        shop.sources,
        shop.instruments,
        shop.terms,
        shop.exceptions,
        shop.issues,
        shop.rules,
        Calendars(tuple(shop.calendars.values())),
        shop.coverage,
        {
            kind: tuple(rule for rule in shop.rules.values() if kind in rule.act_kinds)
            for kind in FIELDS["act.kind"].values
        },
        shop.sanctions,
        shop.powers,
        tuple(shop.supervisors.values()),
        shop.provisions,
    )


def _rules(shop: Workshop, documents: Mapping[str, Document]) -> None:
    files = [
        (document, shop.read(document, border.RulesFile))
        for name, document in documents.items()
        if name.startswith("rules/")
    ]
    for document, held in files:
        if held:
            rules(shop, document, held)
    for document, held in files:
        if held:
            same_forms(shop, document, held)
            check_overrides(shop, document, held)


def _calendars(shop: Workshop, documents: Mapping[str, Document]) -> None:
    for name, document in documents.items():
        if name.startswith("calendars/"):
            dates = shop.read(document, border.CalendarFile)
            if dates:
                calendar(shop, document, dates)


def _one(
    shop: Workshop,
    documents: Mapping[str, Document],
    name: str,
    model: type[Model],
    take: Callable[[Workshop, Document, Model], None],
) -> None:
    if name not in documents:
        shop.problems.append(BadInput("the catalogue needs this file; there is none", where=name))
        return
    held = shop.read(documents[name], model)
    if held:
        try:
            take(shop, documents[name], held)
        except BadInput as problem:
            shop.problems.append(problem)
