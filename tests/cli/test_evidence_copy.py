"""``evidence copy`` and ``evidence web``: what lies where, what is said, and how they end."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from evidence.copies import originals
from evidence.web_archive import lab
from telusur.cli.main import app
from telusur.cli.main import run as telusur

pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")


@pytest.fixture
def run():
    return lambda *words: CliRunner().invoke(app, ["evidence", *map(str, words)])


def test_a_copy_is_pictures_a_list_of_them_and_no_metadata_unless_asked(run, tmp_path):
    file = tmp_path / "surat.pdf"
    file.write_bytes(originals.PDF({"/Author": "PELAPOR"}, pages=2))
    made = run("copy", file, "--out", tmp_path / "a", "--json")
    assert made.exit_code == 0, made.output
    document = json.loads(made.stdout)
    assert document["schema"] == "telusur.working_copy/1"
    assert [page["file"] for page in document["pages"]] == ["page-00001.png", "page-00002.png"]
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == ["copy.json", "page-00001.png", "page-00002.png"]
    assert not any(b"PELAPOR" in path.read_bytes() for path in (tmp_path / "a").iterdir())
    told = run("copy", file, "--out", tmp_path / "b", "--metadata")
    assert json.loads((tmp_path / "b" / "metadata.json").read_text())["PDF/Author"] == "PELAPOR"
    assert "hanya untuk yang berwenang" in told.stderr


def test_words_go_to_a_text_file(run, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("isi \u202e balik")
    assert run("copy", file, "--out", tmp_path / "a").exit_code == 0
    assert (tmp_path / "a" / "text.txt").read_text() == "isi ‹U+202E› balik"


def test_no_copy_is_no_failure_and_says_why(run, tmp_path):
    file = tmp_path / "a.mp4"
    file.write_bytes(b"\0\0\0\x18ftypmp42" + bytes(50))
    made = run("copy", file, "--out", tmp_path / "a", "--metadata", "--lang", "en")
    assert made.exit_code == 0
    assert "No working copy: this type (video/mp4) is not shown here" in made.stdout
    assert json.loads((tmp_path / "a" / "copy.json").read_text())["kind"] == "none"


def test_an_output_that_is_there_is_never_touched(capsys, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("isi")
    (tmp_path / "a").mkdir()
    for out in (tmp_path / "a", tmp_path / "x" / "y"):
        assert telusur(["evidence", "copy", str(file), "--out", str(out)]) == 2
        assert str(out) in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "a.txt"]


def test_a_missing_original_leaves_nothing(capsys, tmp_path):
    assert telusur(["evidence", "copy", str(tmp_path / "x"), "--out", str(tmp_path / "a")]) == 2
    assert "no such file" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_bad_input_and_no_file_without_a_copy(capsys, tmp_path):
    assert telusur(["evidence", "copy", str(tmp_path), "--out", str(tmp_path / "a")]) == 2
    assert "is a folder" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_sound_web_archive_ends_with_0_and_a_broken_one_with_1(run, tmp_path):
    file = tmp_path / "a.wacz"
    file.write_bytes(lab.wacz())
    made = run("web", file, "--lang", "en")
    assert made.exit_code == 0
    assert "HOLDS by its own digests" in made.stdout
    assert lab.ADDRESS in made.stdout
    assert "not that what it holds is true" in made.stdout
    assert run("web", file, "--signed").exit_code == 1
    file.write_bytes(lab.wacz() + b"x")
    made = run("web", file, "--json")
    assert made.exit_code == 1
    document = json.loads(made.stdout)
    assert document["holds"] is False
    assert document["problems"]


def test_what_is_no_web_archive_is_told_as_such(run, tmp_path):
    file = tmp_path / "a.warc"
    file.write_text("apa saja")
    made = run("web", file)
    assert made.exit_code == 1
    assert "tidak memuat catatan WARC" in made.stderr
