"""Where a value does not fit a JSON Schema; as much of the standard as our schemas use."""

from __future__ import annotations

import re
from datetime import date

TYPES = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None)}
KNOWN = {
    *("$defs", "$ref", "$schema", "additionalProperties", "anyOf", "const", "default", "description", "enum"),
    *("format", "items", "minItems", "minLength", "minProperties", "pattern", "properties", "required", "title"),
    *("type", "uniqueItems"),
}


def faults(value, schema, root, path=""):  # noqa: C901, PLR0912 - one branch a keyword
    """Say where a value does not fit a schema; every keyword in use is known, and any other one fails the test."""
    assert set(schema) <= KNOWN, set(schema) - KNOWN
    if "$ref" in schema:
        yield from faults(value, root["$defs"][schema["$ref"].rpartition("/")[2]], root, path)
        return
    if "anyOf" in schema and all(list(faults(value, one, root, path)) for one in schema["anyOf"]):
        yield f"{path}: none of the forms fits"
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(type(value) is TYPES[kind] for kind in kinds):
        yield f"{path}: not {kinds}"
        return
    if "const" in schema and value != schema["const"]:
        yield f"{path}: not {schema['const']}"
    if "enum" in schema and not any(value == one and type(value) is type(one) for one in schema["enum"]):
        yield f"{path}: not one of {schema['enum']}"
    if isinstance(value, dict):
        known = schema.get("properties", {})
        yield from (f"{path}: {name} is missing" for name in schema.get("required", []) if name not in value)
        if len(value) < schema.get("minProperties", 0):
            yield f"{path}: empty"
        for name, inner in value.items():
            if name in known:
                yield from faults(inner, known[name], root, f"{path}.{name}")
            elif schema.get("additionalProperties") is False:
                yield f"{path}.{name}: no such field"
            elif isinstance(schema.get("additionalProperties"), dict):
                yield from faults(inner, schema["additionalProperties"], root, f"{path}.{name}")
    if isinstance(value, list):
        if len(value) < schema.get("minItems", 0):
            yield f"{path}: too few"
        if schema.get("uniqueItems") and len({str(one) for one in value}) < len(value):
            yield f"{path}: one stands twice"
        for number, inner in enumerate(value):
            yield from faults(inner, schema.get("items", {}), root, f"{path}[{number}]")
    if isinstance(value, str):
        if len(value) < schema.get("minLength", 0) or not re.search(schema.get("pattern", ""), value):
            yield f"{path}: does not fit the pattern"
        if schema.get("format") == "date":
            date.fromisoformat(value)
