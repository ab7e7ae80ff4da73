"""No message, contact, interest or search of an export reaches what is made of a case, from full or reduced exports."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader

import full_exports
from telusur.cli import stores
from telusur.cli.main import run
from telusur.evidence.signing import pkcs8
from telusur.exports.reduced import commitments

CANARY = full_exports.CANARY.lower()


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.delenv(stores.VARIABLE, raising=False)
    monkeypatch.setattr(pkcs8, "_ROUNDS", 2)
    monkeypatch.setattr(pkcs8, "_LANES", 1)
    monkeypatch.setattr(commitments, "_N", 2)


def holds_canary(content: bytes) -> bool:
    """Whether a canary stands in some bytes: as they are, in another encoding, in a zip, or on a page."""
    plain = content.lower()
    if any(CANARY.encode(coding) in plain for coding in ("utf-8", "utf-16-le", "utf-16-be")):
        return True
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return any(holds_canary(archive.read(name)) for name in archive.namelist())
    if content.startswith(b"%PDF"):
        words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        return CANARY in words.lower().replace("\n", "")
    return False


def assessed(tmp_path: Path, kind: str, *, reduced: bool) -> tuple[str, Path]:
    """Assess a case with an export, and give the hash of the export and where everything lies that was made of it."""
    case, made = tmp_path / "perkara", tmp_path / "dibuat"
    (case / "evidence").mkdir(parents=True)
    made.mkdir()
    full = full_exports.FULL[kind](tmp_path)
    export = case / "evidence" / ("ringkas.json" if reduced else full.name)
    (case / "case.yaml").write_text(full_exports.case_yaml(kind, f"evidence/{export.name}"))
    if reduced:
        assert run(["exports", "reduce", str(full), "--case", str(case / "case.yaml"), "--out", str(export)]) == 0
    else:
        full.rename(export)
    assert run(["evidence", "init", str(made / "kantor"), "--actor", "kepala"]) == 0
    command = ["assess", str(case), "--out", str(made / "dossier"), "--store", str(made / "kantor")]
    assert run(command) == 0
    assert run(["exports", "show", str(export), "--json"]) == 0
    assert run(["trace", "act", str(case)]) == 0
    return hashlib.sha256(export.read_bytes()).hexdigest(), made


def look(tmp_path, capfd, caplog, kind, *, reduced):
    caplog.set_level(0)
    original, made = assessed(tmp_path, kind, reduced=reduced)
    told = capfd.readouterr()
    assert CANARY not in (told.out + told.err + caplog.text).lower()
    looked = 0
    for path in made.rglob("*"):
        assert CANARY not in path.name.lower()
        if not path.is_file():
            continue
        content = path.read_bytes()
        # The file as received is kept as received; of a reduced one, that too holds nothing.
        if not reduced and hashlib.sha256(content).hexdigest() == original:
            continue
        looked += 1
        assert not holds_canary(content), path.relative_to(made)
    assert looked > 10


def test_a_canary_would_be_found(tmp_path):
    assert all(holds_canary(write(tmp_path).read_bytes()) for write in full_exports.FULL.values())


def test_nothing_private_reaches_dossier_store_index_or_log(tmp_path, capfd, caplog):
    look(tmp_path, capfd, caplog, "facebook-id", reduced=False)


@pytest.mark.long
@pytest.mark.parametrize("reduced", [False, True])
@pytest.mark.parametrize("kind", full_exports.FULL)
def test_nothing_private_of_any_platform_reaches_anything(tmp_path, capfd, caplog, kind, reduced):
    look(tmp_path, capfd, caplog, kind, reduced=reduced)
