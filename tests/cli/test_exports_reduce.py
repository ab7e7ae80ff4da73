"""What ``telusur exports reduce`` promises to an owner on a computer of his or her own."""

import json
import socket

import pytest

import full_exports
import x_archive
from telusur.cli.main import run
from telusur.exports.reduced import commitments


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(commitments, "_N", 2)


@pytest.fixture
def place(tmp_path):
    full_exports.x(tmp_path)
    (tmp_path / "case.yaml").write_text(full_exports.case_yaml("x"))
    return tmp_path


def reduce(place, *more, code=0, case="case.yaml"):
    command = ["exports", "reduce", str(place / "arsip.zip"), "--case", str(place / case), *map(str, more)]
    assert run(command) == code


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("id", ["Disertakan", "Tidak disertakan", "pesan, kontak, iklan", "serahkan berkas itu saja"]),
        ("en", ["Kept:", "Left out:", "messages, contacts,", "hand in that file alone"]),
    ],
)
def test_it_says_what_was_kept_left_out_and_what_to_do(place, capsys, language, said):
    reduce(place, "--out", place / "r.json", "--lang", language)
    told = " ".join(capsys.readouterr().out.split())
    assert all(words in told for words in said)
    assert full_exports.CANARY not in told + (place / "r.json").read_text()
    assert run(["exports", "show", str(place / "r.json"), "--lang", language]) == 0
    assert ("reduced export" if language == "en" else "ekspor ringkas") in capsys.readouterr().out


def test_it_answers_as_a_document_and_uses_no_network(place, capsys, monkeypatch):
    monkeypatch.setattr(socket, "socket", None)
    reduce(place, "--out", place / "r.json", "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["schema"] == "telusur.reduction/1"
    assert told["kept"]["post"] == 60
    assert told["sha256"] == json.loads((place / "r.json").read_text())["sha256"]
    assert run(["exports", "show", str(place / "r.json"), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["reduced"] is True
    assert {log["retention"]["status"] for log in shown["logs"]} == {"reported", "unknown"}


def test_it_can_be_checked_against_the_full_export(place, capsys):
    reduce(place, "--out", place / "r.json")
    capsys.readouterr()
    reduce(place, "--check", place / "r.json")
    assert "Cocok" in capsys.readouterr().out
    reduce(place, "--check", place / "r.json", "--json")
    assert json.loads(capsys.readouterr().out)["holds"] is True
    document = json.loads((place / "r.json").read_text())
    document["events"].pop()
    (place / "r.json").write_text(json.dumps(document))
    reduce(place, "--check", place / "r.json", "--lang", "en", code=1)
    assert "the records that were kept, its own hash differ" in capsys.readouterr().out


def test_an_export_of_another_account_is_pointed_out(place, capsys):
    (place / "lain.yaml").write_text("accounts: [{platform: x, handle: lain}]\nacts: [{date: 2023-06-02}]")
    reduce(place, "--out", place / "r.json", case="lain.yaml")
    assert f"@{x_archive.HANDLE}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ([], "either --out FILE"),
        (["--out", "a.json", "--check", "r.json"], "either --out FILE"),
        (["--out", "arsip.zip", "--force"], "the export itself"),
        (["--out", "case.yaml"], "add --force"),
        (["--check", "none.json"], "no such file"),
        (["--check", "case.yaml"], "no reduced export"),
        (["--check", "windowless.json"], "no window"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(place, capsys, monkeypatch, more, said):
    monkeypatch.chdir(place)
    (place / "windowless.json").write_text('{"schema": "telusur.reduced_export/1"}')
    before = (place / "arsip.zip").read_bytes()
    reduce(place, *more, code=2)
    told = capsys.readouterr()
    assert said in told.err
    assert len(told.err.splitlines()) == 1
    assert told.out == ""
    assert (place / "arsip.zip").read_bytes() == before


def test_nothing_is_written_into_the_export(tmp_path, capsys):
    folder = x_archive.write_folder(tmp_path / "ekspor", x_archive.files())
    (tmp_path / "case.yaml").write_text(full_exports.case_yaml("x"))
    command = ["exports", "reduce", str(folder), "--case", str(tmp_path / "case.yaml"), "--out"]
    assert run([*command, str(folder / "r.json")]) == 2
    assert "within the export" in capsys.readouterr().err
    assert run([*command, str(tmp_path / "r.json")]) == 0
    assert run([*command, str(tmp_path / "r.json")]) == 2
    assert run([*command, str(tmp_path / "r.json"), "--force"]) == 0
