"""What ``telusur exports show`` promises."""

import json
from pathlib import Path
from typing import get_args

from telusur.cli.exports import _LOGS, _WIDTH, _log_line
from telusur.cli.main import run
from telusur.domain.record import Log, LogName
from telusur.dossier.render import speech

ARCHIVE = Path(__file__).parents[2] / "examples/diambil-alih/evidence/arsip-x.zip"


def test_an_export_is_shown_log_by_log_with_what_was_promised(capsys):
    assert run(["exports", "show", str(ARCHIVE)]) == 0
    said = capsys.readouterr().out
    assert "@contoh_pegawai" in said
    assert "yang dijanjikan" in said
    assert "perubahan nama akun" in said


def test_an_export_is_shown_in_english_where_that_is_asked(capsys):
    assert run(["exports", "show", str(ARCHIVE), "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "promised" in said
    assert "changes of handle" in said


def test_an_export_is_shown_as_a_document(capsys):
    assert run(["exports", "show", str(ARCHIVE), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "telusur.export/1"
    posts = next(log for log in document["logs"] if log["log"] == "posts")
    assert posts["found"] == posts["expected"] > 100


def test_what_is_missing_and_wrong_is_said(tmp_path, capsys):
    folder = tmp_path / "arsip/data"
    folder.mkdir(parents=True)
    (folder / "account.js").write_text(
        'window.YTD.account.part0 = [{"account": {"accountId": "1", "username": "contoh"}}]'
    )
    (folder / "tweets.js").write_text('window.YTD.tweets.part0 = [{"tweet": {"id": "1"}}]')
    for language, absent, wrong in (
        ("id", "tidak ada dalam ekspor ini", "data/tweets.js (bita ke-27): catatan yang menyalahi bentuknya; dilewati"),
        ("en", "not in this export", "data/tweets.js (byte 27): a record that breaks its schema; it was skipped"),
    ):
        command = ["exports", "show", str(tmp_path / "arsip"), "--lang", language]
        assert run(command) == 0
        said = capsys.readouterr().out
        assert absent in said
        assert wrong in said
        assert run([*command, "--json"]) == 0
        problems = json.loads(capsys.readouterr().out)["problems"]
        assert any(problem["message"].startswith(wrong.partition(": ")[2]) for problem in problems)


def test_a_log_that_lacks_records_says_so_in_both_languages():
    log = Log("likes", "data/like.js", 1, 2)
    assert _log_line(log, "id").endswith("1 dari 2 yang dijanjikan  (data/like.js)  ← TIDAK LENGKAP")
    assert _log_line(log, "en").endswith("1 of 2 promised  (data/like.js)  ← INCOMPLETE")


def test_every_log_is_called_here_as_in_the_dossier():
    assert {name: speech.words()[f"log.{name}"] for name in get_args(LogName)} == _LOGS
    assert max(len(name.in_language(lang)) for name in _LOGS.values() for lang in ("id", "en")) == _WIDTH


def test_what_is_no_export_is_one_line(tmp_path, capsys):
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 nothing")
    assert run(["exports", "show", str(tmp_path / "x.zip")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
