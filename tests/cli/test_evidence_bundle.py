"""``telusur evidence bundle`` and ``verify``, from a store to the hands of whoever verifies."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from evidence.tsa_lab import make_authority
from telusur.cli.main import run
from telusur.domain.errors import BadInput
from telusur.evidence import stamps
from telusur.evidence import store as stores
from telusur.evidence.store import Store


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TELUSUR_PASSPHRASE", raising=False)
    Path("tangkapan.png").write_bytes(b"\x89PNG invented")
    Path("surat tugas.txt").write_bytes(b"invented letter")
    assert _run("init", "kantor") == 0
    assert _run("add", "kantor", "--case", "K-001", "tangkapan.png", "surat tugas.txt") == 0
    capsys.readouterr()
    return tmp_path / "kantor"


def _run(*words: str) -> int:
    return run(["evidence", *words])


def _made(capsys: pytest.CaptureFixture[str], *words: str) -> dict:
    assert _run("bundle", "kantor", "--case", "K-001", "--json", *words) == 0
    return json.loads(capsys.readouterr().out)


def _script(fingerprint: str, *words: str) -> int:
    command = ["sh", "verify.sh", fingerprint, *words]
    return subprocess.run(command, cwd="bundel", capture_output=True, check=False).returncode


def test_a_bundle_is_made_and_verified(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = _made(capsys, "--out", "bundel")
    assert {"schema", "bundle", "key_fingerprint", "tree_size", "root"} <= made.keys()
    assert made["schema"] == "telusur.bundle/1"
    assert made["bundle"] == "bundel"
    assert (made["files"], made["withheld"], made["timestamps"]) == (2, 0, 0)
    assert _run("verify", "bundel", "--key", made["key_fingerprint"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("UTUH: 2 berkas")
    assert "Waktu TIDAK diperiksa" in said
    assert "tidak menunjukkan siapa yang berbuat" in said
    assert _script(made["key_fingerprint"]) == 0


def test_what_was_altered_ends_with_1(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = _made(capsys, "--out", "bundel")["key_fingerprint"]
    Path("bundel/data/tangkapan.png").write_bytes(b"altered")
    assert _run("verify", "bundel", "--key", key, "--json") == 1
    said = json.loads(capsys.readouterr().out)
    assert said["holds"] is False
    assert "manifest-sha256.txt" in said["problem"]["id"]
    assert _run("verify", "bundel", "--key", key, "--lang", "en") == 1
    assert capsys.readouterr().out.startswith("DOES NOT HOLD: ")
    assert _script(key) == 1


def test_another_key_ends_with_1_and_no_fingerprint_with_2(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _made(capsys, "--out", "bundel")
    assert _run("verify", "bundel", "--key", "0" * 64) == 1
    assert _script("0" * 64) == 1
    assert _run("verify", "bundel", "--key", "abc") == 2
    assert _script("abc") == 2
    assert _run("verify", "bundel") == 2
    assert _run("verify", "none", "--key", "0" * 64) == 2


def test_files_are_withheld_by_name(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = _made(capsys, "--out", "bundel", "--redact", "surat tugas.txt")
    assert (made["files"], made["withheld"]) == (1, 1)
    assert [path.name for path in Path("bundel/data").iterdir()] == ["tangkapan.png"]
    assert _script(made["key_fingerprint"]) == 0
    only = _made(capsys, "--out", "lain", "--only", "surat tugas.txt")
    assert (only["files"], only["withheld"]) == (1, 1)
    assert b"tangkapan.png" not in Path("lain/BACA-SAYA.txt").read_bytes()
    assert _run("bundle", "kantor", "--case", "K-001", "--out", "x", "--only", "a", "--redact", "b") == 2
    assert _run("bundle", "kantor", "--case", "K-001", "--out", "x", "--only", "tangkapan.jpg") == 2
    assert "did you mean 'tangkapan.png'" in capsys.readouterr().err


def test_making_a_bundle_is_an_act_in_the_ledger(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _made(capsys, "--out", "bundel", "--redact", "surat tugas.txt", "--actor", "petugas-7")
    with Store.open(store) as opened:
        last = opened.ledger.size() - 1
        openings = opened.ledger.openings(last)
        assert opened.ledger.entry(last).read()["type"] == "export"
        assert openings["actor"].value == "petugas-7"
        assert "surat tugas.txt" in (openings["detail"].value or "")
    # The name of what was withheld once is not told by a bundle that withholds it again.
    made = _made(capsys, "--out", "lagi", "--redact", "surat tugas.txt")
    assert not any(b"surat tugas" in path.read_bytes() for path in Path("lagi").rglob("*") if path.is_file())
    assert _run("verify", "lagi", "--key", made["key_fingerprint"]) == 0


def test_a_folder_that_is_there_is_not_written_over(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("bundel").mkdir()
    assert _run("bundle", "kantor", "--case", "K-001", "--out", "bundel") == 2
    assert "something lies here already" in capsys.readouterr().err
    assert _run("bundle", "kantor", "--case", "K-009", "--out", "b") == 2
    assert not Path("b").exists()


def test_time_is_checked_against_the_root_that_the_user_brings(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    authority = make_authority(tmp_path / "tsa")
    with Store.open(store) as opened:
        named = stamps.Authority("satu", "https://satu.example.org/tsa", authority.roots)
        note = opened.log.last()
        assert note is not None
        with opened.db.transaction():
            stamps.queue(opened.db, note, [named], opened.now())
        stamps.work(opened.db, [named], lambda _, request: authority.reply(request), opened.now)
    made = _made(capsys, "--out", "bundel")
    assert made["timestamps"] == 1
    root = str(authority.root_file)
    assert _run("verify", "bundel", "--key", made["key_fingerprint"], "--tsa-root", root) == 0
    assert "Stempel waktu: 20" in capsys.readouterr().out
    assert _script(made["key_fingerprint"], root) == 0
    evil = str(make_authority(tmp_path / "evil").root_file)
    assert _run("verify", "bundel", "--key", made["key_fingerprint"], "--tsa-root", evil) == 1
    assert _script(made["key_fingerprint"], evil) == 1
    shutil.copy("tangkapan.png", "no.pem")
    assert _run("verify", "bundel", "--key", made["key_fingerprint"], "--tsa-root", "no.pem") == 2
    assert _script(made["key_fingerprint"], "../no.pem") == 2


def test_a_bundle_that_cannot_be_recorded_leaves_nothing(
    store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(*_: object, **__: object) -> None:
        raise BadInput("the store can only be read", where=str(store))

    monkeypatch.setattr(stores, "exported", read_only)
    before = sorted(Path().iterdir())
    assert _run("bundle", "kantor", "--case", "K-001", "--out", "bundel") == 2
    assert "can only be read" in capsys.readouterr().err
    assert sorted(Path().iterdir()) == before
