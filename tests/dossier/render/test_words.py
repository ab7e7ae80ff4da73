"""What the words of the dossier promise: both languages, none dead, none missing, none that judges."""

import re
from pathlib import Path
from typing import get_args

import pytest

from telusur.domain import marked_yaml
from telusur.domain.account import PLATFORMS
from telusur.domain.document import Authenticity, FactName
from telusur.domain.errors import BadInput
from telusur.domain.evidence import SourceKind, Supplier
from telusur.domain.record import LogName
from telusur.dossier import render
from telusur.dossier.case import Claim
from telusur.dossier.render import speech
from telusur.dossier.render.lanes import CHANGES, LaneKind
from telusur.law.model import Bearing
from telusur.tracing.item import Group

FOLDER = Path(render.__file__).parent
SOURCE = "\n".join(p.read_text("utf-8") for p in sorted([*FOLDER.rglob("*.py"), *FOLDER.rglob("*.j2")]))
KINDS = get_args(LaneKind)
#: Keys that are put together from a stem and a value of a closed list.
FAMILIES = {
    "limit": ("grade", "validation", "elicitation", "table"),
    "platform": PLATFORMS,
    "claim": get_args(Claim),
    "kind": get_args(SourceKind),
    "supplier": get_args(Supplier),
    "fact": get_args(FactName),
    "evidence": get_args(Authenticity),
    "log": get_args(LogName),
    "group": get_args(Group),
    "action": CHANGES,
    "month": [str(month) for month in range(1, 13)],
    "law_part": ["ethics", "discipline"],
    "guide": ["ban", "sign", "interval", "cap", "basis", "adding"],
    "law": [f"bears_on_{bearing}" for bearing in get_args(Bearing)],
    "timeline": [
        *KINDS,
        "changes",
        "facts",
        "code_devices",
        "code_networks",
        *(f"one_{kind}" for kind in KINDS),
        *(f"one_{kind}_all" for kind in KINDS),
        *(f"others_{kind}" for kind in KINDS),
        *(f"unnamed_{kind}" for kind in KINDS),
    ],
}
FROM_FAMILIES = {f"{stem}.{value}" for stem, values in FAMILIES.items() for value in values}


def test_every_text_stands_in_both_languages():
    for key, text in speech.words().items():
        assert text.id.strip(), key
        assert text.en.strip(), key


def test_every_text_is_used():
    spoken = set(re.findall(r"""["']([a-z_]+\.[a-z_]+|unknown)["']""", SOURCE))
    assert set(speech.words()) <= spoken | FROM_FAMILIES


def test_no_text_is_missing():
    spoken = set(re.findall(r"""say(?:\.name)?\(\s*["']([a-z_]+\.[a-z_]+)["']""", SOURCE))
    assert spoken | FROM_FAMILIES <= set(speech.words())


def test_both_languages_fill_the_same_places():
    for key, text in speech.words().items():
        assert set(re.findall(r"\{(\w+)\}", text.id)) == set(re.findall(r"\{(\w+)\}", text.en)), key


def test_no_text_judges():
    for key, text in speech.words().items():
        assert not re.search(
            r"bersalah|pelanggar\b|guilty|violator|offender|culprit", f"{text.id} {text.en}".lower()
        ), key


def test_a_text_that_does_not_exist_is_an_error_that_names_it():
    with pytest.raises(BadInput, match=r"no\.such"):
        speech.Speech("id")("no.such")


def test_a_text_in_one_language_only_is_refused(tmp_path, monkeypatch):
    (tmp_path / "words.yaml").write_text("part:\n  one: {id: satu}\n", "utf-8")
    monkeypatch.setattr(marked_yaml.resources, "files", lambda _: tmp_path)
    speech.words.cache_clear()
    with pytest.raises(BadInput, match=r"words.yaml:2: part.one: a text needs both"):
        speech.words()
    (tmp_path / "words.yaml").write_text("part: 3\n", "utf-8")
    with pytest.raises(BadInput, match="expected"):
        speech.words()
    monkeypatch.undo()
    speech.words.cache_clear()
