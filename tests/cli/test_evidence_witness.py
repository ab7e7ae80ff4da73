"""``telusur evidence witness-*`` and ``cosign``: what a second institution does, from end to end."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from telusur.cli.main import run


class Desk:
    """Commands in one folder, and what they said."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys

    def run(self, *words: object) -> tuple[int, str, str]:
        code = run(["evidence", *map(str, words)])
        said = self.capsys.readouterr()
        return code, said.out, said.err

    def json(self, *words: object) -> dict[str, Any]:
        code, out, err = self.run(*words, "--json")
        assert code == 0, err
        found: dict[str, Any] = json.loads(out)
        return found

    def act(self) -> None:
        file = self.folder / f"file{len(list(self.folder.iterdir()))}.txt"
        file.write_text(file.name)
        self.json("add", self.folder / "store", "--case", "K-1", "--actor", "petugas", file)

    def ask(self, name: str, *words: object) -> Path:
        self.json("witness-request", self.folder / "store", "--out", self.folder / name, *words)
        return self.folder / name


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.delenv("TELUSUR_PASSPHRASE", raising=False)
    made = Desk(tmp_path, capsys)
    made.json("init", tmp_path / "store", "--actor", "petugas")
    return made


@pytest.fixture
def watched(desk: Desk) -> Desk:
    store = desk.json("key", desk.folder / "store")
    desk.json("witness-init", desk.folder / "witness", "--name", "pengawas/saksi")
    request = desk.ask("first")
    desk.json("witness-trust", desk.folder / "witness", request / "log.vkey", "--key", store["key_fingerprint"])
    return desk


def test_a_witness_cosigns_and_the_store_takes_it_in(watched: Desk) -> None:
    store, witness, folder = watched.folder / "store", watched.folder / "witness", watched.folder
    vkey = witness / "witness.vkey"
    fingerprint = watched.json("witness-init", folder / "other", "--name", "lain/saksi")["key_fingerprint"]

    cosigned = watched.json("cosign", witness, folder / "first", "--out", folder / "answer.note")
    assert cosigned["schema"] == "telusur.cosigned/1"
    assert cosigned["cosigned"] is True
    assert cosigned["tree_size"] == 1
    code, _, err = watched.run("witness-take", store, folder / "answer.note", "--witness", vkey, "--key", fingerprint)
    assert code == 2
    assert "has the fingerprint" in err
    own = json.loads((witness / "telusur-witness.json").read_text())["vkey"]
    assert vkey.read_text() == f"{own}\n"
    mine = err.split("has the fingerprint ")[1].split(",")[0]
    taken = watched.json("witness-take", store, folder / "answer.note", "--witness", vkey, "--key", mine)
    assert taken["witness"] == "pengawas/saksi"

    watched.act()
    second = watched.ask("second", "--witness", vkey)
    assert (second / "request.txt").read_text().startswith("old 1\n")
    code, out, _ = watched.run("cosign", witness, second, "--out", folder / "second.note", "--lang", "en")
    assert code == 0
    assert "Cosigned: telusur/" in out


def test_a_log_that_forked_is_told_with_exit_1_and_no_answer(watched: Desk) -> None:
    folder, witness = watched.folder, watched.folder / "witness"
    shutil.copytree(folder / "store", folder / "earlier")
    watched.act()
    watched.json("cosign", witness, watched.ask("grown"), "--out", folder / "answer.note")
    shutil.rmtree(folder / "store")
    shutil.move(folder / "earlier", folder / "store")
    watched.act()
    watched.act()
    request = watched.ask("forked", "--from", 2)

    code, out, err = watched.run("cosign", witness, request, "--out", folder / "none.note", "--json")

    assert code == 1
    assert json.loads(out)["cosigned"] is False
    assert "NOT cosigned" in err or "TIDAK disahkan" in err
    assert not (folder / "none.note").exists()
    assert len(list((witness / "refused").iterdir())) == 1
    smaller = watched.run("cosign", witness, folder / "first", "--out", folder / "none.note", "--lang", "en")
    assert smaller[0] == 1
    assert "the log shrank" in smaller[2]


def test_a_new_key_is_learned_from_the_request_folder(watched: Desk) -> None:
    folder, witness = watched.folder, watched.folder / "witness"
    watched.json("cosign", witness, folder / "first", "--out", folder / "answer.note")
    watched.json("key", folder / "store", "--rotate", "--actor", "petugas")
    watched.act()
    request = watched.ask("rotated", "--from", 1)

    alone = watched.run("cosign", witness, request / "request.txt", "--out", folder / "none.note")
    assert alone[0] == 2
    assert "no key that is known" in alone[2]
    assert watched.json("cosign", witness, request, "--out", folder / "new.note")["tree_size"] == 3


def test_a_lost_key_is_trusted_again_by_its_fingerprint(watched: Desk) -> None:
    folder, witness = watched.folder, watched.folder / "witness"
    (folder / "store/keys/log.key").unlink()
    lost = watched.json("key", folder / "store", "--lost", "--actor", "petugas")
    request = watched.ask("after")
    note = request / "keys/0001.note"

    assert watched.run("cosign", witness, request, "--out", folder / "none.note")[0] == 2
    assert watched.run("witness-trust", witness, note, "--key", "0" * 64)[0] == 2
    trusted = watched.json("witness-trust", witness, note, "--key", lost["key_fingerprint"])
    assert trusted["key_fingerprint"] == lost["key_fingerprint"]
    assert watched.json("cosign", witness, request / "request.txt", "--out", folder / "a.note")["tree_size"] == 2


def test_what_cannot_be_used_is_one_line_with_exit_2(watched: Desk) -> None:
    folder, witness = watched.folder, watched.folder / "witness"
    (folder / "rubbish").write_bytes(b"\xff\0" * 100)
    (folder / "answer.note").write_text("there")
    for words in (
        ("cosign", witness, folder / "rubbish", "--out", folder / "x"),
        ("cosign", witness, folder / "missing", "--out", folder / "x"),
        ("cosign", witness, folder, "--out", folder / "x"),
        ("cosign", folder, folder / "first", "--out", folder / "x"),
        ("cosign", witness, folder / "first", "--out", folder / "answer.note"),
        ("witness-init", witness, "--name", "a/b"),
        ("witness-init", folder / "new", "--name", "a b"),
        ("witness-trust", witness, folder / "rubbish", "--key", "0" * 64),
        ("witness-request", folder / "store", "--out", folder / "first"),
        ("witness-request", folder / "store", "--out", folder / "x", "--from", 99),
        (
            "witness-take",
            folder / "store",
            folder / "rubbish",
            "--witness",
            witness / "witness.vkey",
            "--key",
            "0" * 64,
        ),
        ("witness-take", folder / "store", folder / "first", "--witness", folder / "rubbish", "--key", "0" * 64),
    ):
        code, out, err = watched.run(*words)
        assert (code, out) == (2, ""), words
        errors = [line for line in err.splitlines() if line.startswith("telusur: ")]
        assert len(errors) == 1, (words, err)
        assert "Traceback" not in err
    assert not (folder / "x").exists()
    assert not list(folder.glob(".*.part"))


def test_the_instructions_are_in_both_languages_and_hold_no_fingerprint(watched: Desk) -> None:
    words = (watched.folder / "first/BACA-SAYA.txt").read_text()
    fingerprint = watched.json("key", watched.folder / "store")["key_fingerprint"]

    assert "PERMINTAAN PENGESAHAN" in words
    assert "REQUEST TO COSIGN" in words
    assert fingerprint not in words
