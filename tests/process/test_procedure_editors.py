"""The schemas for editors of procedures are those of the models, and say of the shipped files what the loader says."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest

from editor_schemas import faults
from telusur.domain import marked_yaml
from telusur.process import editors

PROCEDURES = Path(str(resources.files("telusur.process").joinpath("procedures")))
FILES = sorted(PROCEDURES.glob("*.yaml"))


def read(text):
    return marked_yaml.parse(text, "test.yaml").value


def test_the_schemas_that_lie_there_are_those_of_the_models():
    lying = {path.name: path.read_text("utf-8") for path in (PROCEDURES / "schema").iterdir()}
    assert lying == editors.texts(), "run `python scripts/schemas.py`"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_names_its_schema_and_fits_it(path):
    text = path.read_text("utf-8")
    named = re.fullmatch(r"# yaml-language-server: \$schema=schema/(\w+)\.json", text.splitlines()[0])[1]
    assert read(text)["schema"] == f"telusur.{named}/1"
    made = editors.schema_of(named)
    assert list(faults(read(text), made, made)) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("may_approve: true", "may_aprove: true", "may_aprove: no such field"),
        ("gates: [particulars, purpose]", "gates: [particular, purpose]", "not one of"),
        ("term: pp94-panggilan,", "term: pp94-pangilan,", "not one of"),
        ("after: pp94-berlaku", "after: pp94-berlak", "after: none of the forms"),
        ("from: entered}", "from: sometime}", "does not fit the pattern"),
        ("en: First summons}", 'en: " "}', "does not fit the pattern"),
        ("end: sanctioned", "end: punished", "end: none of the forms"),
    ],
)
def test_an_editor_would_mark_what_the_loader_refuses(old, new, said):
    text = (PROCEDURES / "discipline-pp94.yaml").read_text("utf-8")
    assert old in text
    made = editors.schema_of("procedure")
    assert any(said in fault for fault in faults(read(text.replace(old, new, 1)), made, made))
