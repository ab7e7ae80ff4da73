"""JSON Schemas of the procedures' files, for editors that complete and check while a practitioner types.

They are made from the models that the loader reads with, and lie beside the procedures (``procedures/schema``);
``python scripts/schemas.py`` writes them again. The loader still has the last word: it goes through the whole way.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel

from telusur.law import deadlines
from telusur.law.citing import SourcesFile
from telusur.process.procedure_border import ProcedureFile

#: Model of each kind of file, by the name of its schema.
FILES: Final[Mapping[str, type[BaseModel]]] = {"procedure": ProcedureFile, "sources": SourcesFile}

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
#: Where the id of a term stands, by the name of the model.
_TERMS: Final = (("StageTermIn", "term"), ("OpeningIn", "term"), ("MoveIn", "after"))


def schema_of(name: str) -> dict[str, Any]:
    """Give the schema of one kind of file.

    Parameters
    ----------
    name
        One of `FILES`.
    """
    made = FILES[name].model_json_schema(by_alias=True)
    known = sorted(deadlines.register().terms)
    for model, field in _TERMS:
        if model in made["$defs"]:
            stated: dict[str, Any] = made["$defs"][model]["properties"][field]
            for choice in stated.get("anyOf", [stated]):
                if choice.get("type") == "string":
                    del choice["type"]
                    choice["enum"] = known
    return {"$schema": _DIALECT, **made}


def texts() -> dict[str, str]:
    """Give every schema as its file holds it, by the file's name."""
    return {
        f"{name}.json": json.dumps(schema_of(name), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        for name in FILES
    }
