"""JSON Schemas of the catalogue's files, for editors that complete and check while a lawyer types.

They are made from the models that the loader reads with, and lie beside the catalogue (``catalogue/schema``);
``python scripts/schemas.py`` writes them again. The loader still has the last word: it knows what names what.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel

from telusur.domain.vocabulary import FIELDS, Field
from telusur.law import border, border_consequences
from telusur.law.proofs.declared import DeclaredFile

#: Model of each kind of file, by the name of its schema.
FILES: Final[Mapping[str, type[BaseModel]]] = {
    "authority": border_consequences.AuthorityFile,
    "calendar": border.CalendarFile,
    "coverage": border.CoverageFile,
    "declared": DeclaredFile,
    "examples": border.ExamplesFile,
    "exceptions": border.ExceptionsFile,
    "instruments": border.InstrumentsFile,
    "issues": border.IssuesFile,
    "provisions": border_consequences.ProvisionsFile,
    "rules": border.RulesFile,
    "sanctions": border_consequences.SanctionsFile,
    "sources": border.SourcesFile,
    "supervisors": border_consequences.SupervisorsFile,
    "terms": border.TermsFile,
}

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
#: Where a model takes any mapping, and which closed vocabulary it is checked against afterwards.
_VOCABULARY: Final = {"when": "Condition", "unless": "Condition", "facts": "Facts"}


def schema_of(name: str) -> dict[str, Any]:
    """Give the schema of one kind of file.

    Parameters
    ----------
    name
        One of `FILES`.
    """
    made = FILES[name].model_json_schema(by_alias=True)
    definitions: dict[str, Any] = made["$defs"]
    used: set[str] = set()
    for model in list(definitions.values()):
        for field, stated in model.get("properties", {}).items():
            if field in _VOCABULARY and _close(stated, _VOCABULARY[field]):
                used.add(_VOCABULARY[field])
    definitions |= {kind: made for kind, made in (("Condition", _condition()), ("Facts", _facts())) if kind in used}
    return {"$schema": _DIALECT, **made}


def texts() -> dict[str, str]:
    """Give every schema as its file holds it, by the file's name."""
    return {
        f"{name}.json": json.dumps(schema_of(name), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        for name in FILES
    }


def _close(stated: dict[str, Any], kind: str) -> bool:
    """Put the closed vocabulary where any mapping stood; say whether it did."""
    choices = stated.get("anyOf", [stated])
    found = [choice for choice in choices if choice.get("additionalProperties") is True]
    for choice in found:
        title = choice.get("title")
        choice.clear()
        choice["$ref"] = f"#/$defs/{kind}"
        if title:
            choice["title"] = title
    return bool(found)


def _values(field: Field) -> list[str | bool]:
    return [True, False] if field.kind == "flag" else list(field.values)


def _condition() -> dict[str, Any]:
    """Give the shape of a condition: facts with some of their values, joined by any, all, not and term."""
    here = {"$ref": "#/$defs/Condition"}
    joined = {"type": "array", "items": here, "minItems": 1}
    facts = {
        name: {
            "anyOf": [
                {"enum": _values(field)},
                {"type": "array", "items": {"enum": _values(field)}, "minItems": 1, "uniqueItems": True},
            ]
        }
        for name, field in FIELDS.items()
        if field.kind in ("choice", "flag")
    }
    return {
        "type": "object",
        "description": "Facts and the values they may have; every line must hold.",
        "minProperties": 1,
        "additionalProperties": False,
        "properties": {"any": joined, "all": joined, "not": here, "term": {"type": "string"}, **facts},
    }


def _facts() -> dict[str, Any]:
    """Give the shape of the facts of an example; null says that a fact is unknown."""
    kinds: dict[str, Any] = {
        "words": {"type": ["string", "null"]},
        "date": {"type": ["string", "null"], "format": "date"},
    }
    return {
        "type": "object",
        "description": "Facts of one act by their dotted names; null is unknown.",
        "additionalProperties": False,
        "properties": {
            name: kinds.get(field.kind) or {"enum": [*_values(field), None]} for name, field in FIELDS.items()
        },
    }
