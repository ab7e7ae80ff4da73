"""What ``telusur exports show`` promises."""

import json
from pathlib import Path

from telusur.cli.main import run

ARCHIVE = Path(__file__).parents[2] / "examples/diambil-alih/evidence/arsip-x.zip"


def test_an_export_is_shown_log_by_log_with_what_was_promised(capsys):
    assert run(["exports", "show", str(ARCHIVE)]) == 0
    said = capsys.readouterr().out
    assert "@contoh_pegawai" in said
    assert "promised" in said


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
    assert run(["exports", "show", str(tmp_path / "arsip")]) == 0
    said = capsys.readouterr().out
    assert "not in this export" in said
    assert "data/tweets.js" in said


def test_what_is_no_export_is_one_line(tmp_path, capsys):
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 nothing")
    assert run(["exports", "show", str(tmp_path / "x.zip")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
