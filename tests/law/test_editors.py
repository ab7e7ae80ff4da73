"""The schemas for editors are those of the models, and say of the shipped files what the loader says."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest

from editor_schemas import faults
from telusur.domain import marked_yaml
from telusur.domain.vocabulary import FIELDS
from telusur.law import editors

CATALOGUE = Path(str(resources.files("telusur.law").joinpath("catalogue")))
FILES = sorted(CATALOGUE.rglob("*.yaml"))


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
