"""Facts of one act as a document of their own (contracts.md, section 1: ``telusur.facts/1``)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from telusur.domain.errors import BadInput
from telusur.domain.facts import Facts
from telusur.domain.vocabulary import FIELDS, GROUPS
from telusur.dossier.document import YEARS, Place, read_document

SCHEMA: Final = "telusur.facts/1"

_NAMES: Final = tuple(dict.fromkeys(("date", *GROUPS, *FIELDS)))


def read_facts(path: Path) -> Facts:
    """Read the facts of one act.

    Parameters
    ----------
    path
        A YAML or JSON document: the fields of contracts.md, section 1, nested or with dotted names. Its ``schema``
        may be left out, since nothing else is asked for by hand in this form.

    Raises
    ------
    SeveralProblems
        Holding every fault, each with file, line and field.
    BadInput
        If the document cannot be read.
    """
    top = Place.top(read_document(path, str(path)))
    facts = Facts({})
    if isinstance(top.value, list):
        top.fault("is a list; this form holds one act. Write several into a .jsonl, one act a line")
    elif top.is_given("the facts of an act, for instance `date: 2024-01-20`") and top.has_fields(("schema", *_NAMES)):
        top.schema(SCHEMA, required=False)
    if isinstance(top.value, Mapping):
        facts = top.facts(_NAMES)
        day = facts.value("date")
        if not isinstance(day, str | bool | None) and day.year not in YEARS:
            top["date"].fault(f"the year of {day} cannot be meant; correct it")
    top.settle()
    return facts


def line_of_fact(path: Path, name: str) -> int | None:
    """Give the line on which a file of facts states a fact.

    Parameters
    ----------
    path
        A document that `read_facts` could read.
    name
        The fact, for instance ``contest.kind``.

    Returns
    -------
    int or None
        The line, from 1; ``None`` where the fact is left out.
    """
    lines = read_document(path, str(path)).lines
    return lines.get((name,)) or lines.get(tuple(name.split(".")))


def facts_of(row: Mapping[str, object]) -> Facts:
    """Take the facts of one row of a batch.

    Parameters
    ----------
    row
        Facts nested or with dotted names, perhaps with a ``schema``.

    Raises
    ------
    BadInput
        If the schema is another; as `SeveralProblems`, naming every unknown field and value.
    """
    schema = row.get("schema")
    if schema not in (None, SCHEMA):
        raise BadInput(f"expected {SCHEMA}, found {schema!r}", field="schema")
    return Facts.read({name: value for name, value in row.items() if name != "schema"})
