"""The schemas for editors are those of the models, and say of the shipped files what the loader says."""

from __future__ import annotations

import re
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from telusur.domain import marked_yaml
from telusur.domain.vocabulary import FIELDS
from telusur.law import editors

CATALOGUE = Path(str(resources.files("telusur.law").joinpath("catalogue")))
FILES = sorted(CATALOGUE.rglob("*.yaml"))
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


def read(text):
    return marked_yaml.parse(text, "test.yaml").value


def test_the_schemas_that_lie_there_are_those_of_the_models():
    lying = {path.name: path.read_text("utf-8") for path in (CATALOGUE / "schema").iterdir()}
    assert lying == editors.texts(), "run `python scripts/schemas.py`"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(CATALOGUE)))
def test_every_file_names_its_schema_and_fits_it(path):
    text = path.read_text("utf-8")
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", text.splitlines()[0])
    schema = (path.parent / named[1]).resolve()
    assert schema.parent == CATALOGUE / "schema"
    kind = re.search(r"^schema: telusur\.(\w+)/1$", text, re.MULTILINE)[1]
    assert schema.stem == kind
    made = editors.schema_of(kind)
    assert list(faults(read(text), made, made)) == []


def test_every_kind_of_file_is_in_use():
    kinds = {re.search(r"^schema: telusur\.(\w+)/1$", path.read_text("utf-8"), re.MULTILINE)[1] for path in FILES}
    assert kinds == set(editors.FILES)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("act.kind: [install_prop]", "act.knid: [install_prop]", "act.knid: no such field"),
        ("act.kind: [install_prop]", "act.kind: [instal_prop]", "act.kind: none of the forms"),
        ("act.kind: [install_prop]", "act.kind: [install_prop, install_prop]", "act.kind: none of the forms"),
        ("  track: ethics\n", "", "track is missing"),
        ("  track: ethics\n", "  track: sport\n", "not one of"),
        ("  phase: before_determination", "  phase: sometimes", "not one of"),
        ("status: reported", "status: rumoured", "not one of"),
        ("schema: telusur.rules/1", "schema: telusur.rules/2", "not telusur.rules/1"),
    ],
)
def test_an_editor_would_mark_what_the_loader_refuses(old, new, said):
    text = (CATALOGUE / "rules/skb-2022-ethics.yaml").read_text("utf-8")
    assert old in text
    made = editors.schema_of("rules")
    assert any(said in fault for fault in faults(read(text.replace(old, new, 1)), made, made))


def test_conditions_and_facts_are_offered_with_the_values_of_the_vocabulary():
    condition = editors.schema_of("rules")["$defs"]["Condition"]["properties"]
    facts = editors.schema_of("examples")["$defs"]["Facts"]["properties"]
    assert set(facts) == set(FIELDS)
    assert set(condition) == {"any", "all", "not", "term"} | {
        name for name, field in FIELDS.items() if field.kind in ("choice", "flag")
    }
    assert condition["act.kind"]["anyOf"][0]["enum"] == list(FIELDS["act.kind"].values)
    assert facts["act.public"]["enum"] == [True, False, None]
    assert "Facts" not in editors.schema_of("rules")["$defs"]
