"""What ``telusur selfreport`` promises."""

import hashlib
import io
import json

import pypdf
import pytest

from telusur.cli.main import run

SAID = (
    "--platform x --handle contoh --noticed 2024-01-20T09:35+08:00 --last-access 2024-01-19T21:00+08:00 "
    "--access locked_out --day 2024-01-20"
).split()
WORDS = ["--happened", "Muncul tiga unggahan."]
YAML = """\
schema: telusur.self_report/1
day: 2024-01-20
platform: whatsapp
handle: "0812"
noticed: 2024-01-20T09:35+09:00
access: recovered
happened: Kartu SIM diganti orang lain.
done: Nomor diblokir.
name: Nama Contoh
"""


@pytest.fixture
def report(tmp_path, capsys):
    def go(*options, code=0, out="laporan.pdf"):
        assert run(["selfreport", *map(str, options), "--out", str(tmp_path / out)]) == code
        return capsys.readouterr()

    return go


def words(path):
    pages = pypdf.PdfReader(io.BytesIO(path.read_bytes())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_paper_holds_what_was_said_and_the_hash_of_each_file(report, tmp_path):
    letter = tmp_path / "surel.eml"
    letter.write_bytes(b"From: platform")
    report(letter, *SAID, *WORDS)
    said = words(tmp_path / "laporan.pdf")
    assert "Laporan diri: akun diambil alih" in said
    assert "20 Januari 2024 pukul 09.35 WITA" in said
    assert hashlib.sha256(b"From: platform").hexdigest() in said.replace(" ", "")
    assert str(tmp_path) not in said


def test_json_is_the_report_and_nothing_else(report, tmp_path):
    letter = tmp_path / "surel.eml"
    letter.write_bytes(b"x")
    said = json.loads(report(letter, *SAID, *WORDS, "--json").out)
    assert said["schema"] == "telusur.self_report/1"
    assert said["files"] == [{"name": "surel.eml", "bytes": 1, "sha256": hashlib.sha256(b"x").hexdigest()}]
    assert said["out"]["sha256"] == hashlib.sha256((tmp_path / "laporan.pdf").read_bytes()).hexdigest()


def test_the_same_words_on_the_same_day_give_the_same_bytes(report, tmp_path):
    report(*SAID, *WORDS)
    report(*SAID, *WORDS, out="lagi.pdf")
    assert (tmp_path / "laporan.pdf").read_bytes() == (tmp_path / "lagi.pdf").read_bytes()


def test_a_file_of_answers_is_taken_and_options_win(report, tmp_path):
    source = tmp_path / "laporan.yaml"
    source.write_text(YAML, "utf-8")
    said = json.loads(report("--from", source, "--access", "shared", "--lang", "en", "--json").out)
    assert (said["access"], said["platform"], said["day"]) == ("shared", "whatsapp", "2024-01-20")
    assert "Self-report: account taken over" in words(tmp_path / "laporan.pdf")


def test_nothing_is_overwritten_unless_it_is_said(report, tmp_path):
    report(*SAID, *WORDS)
    held = (tmp_path / "laporan.pdf").read_bytes()
    assert "--force" in report(*SAID, "--happened", "Lain.", code=2).err
    assert (tmp_path / "laporan.pdf").read_bytes() == held
    report(*SAID, "--happened", "Lain.", "--force")
    assert "Lain." in words(tmp_path / "laporan.pdf")


def test_every_fault_is_told_at_once_each_where_it_was_made(report, tmp_path):
    source = tmp_path / "laporan.yaml"
    source.write_text(YAML.replace("whatsapp", "friendster").replace("access:", "acces:"), "utf-8")
    said = report("--from", source, "--noticed", "kemarin", code=2).err
    assert f"{source}:3: platform" in said
    assert "did you mean 'access'?" in said
    assert "--noticed" in said
    assert "Traceback" not in said
    assert not (tmp_path / "laporan.pdf").exists()


@pytest.mark.parametrize(
    ("options", "words_"),
    [
        (["--noticed", "2024-01-20T09:35"], "has no zone"),
        (["--noticed", "2024-01-21T09:35+08:00"], "after the day of this report"),
        (["--last-access", "2024-01-20T10:00+08:00"], "after the takeover was noticed"),
        (["--happened", "  "], "in your own words"),
        (["--platform", "insta"], "did you mean 'instagram'?"),
        (["--day", "kemarin"], "--day"),
    ],
)
def test_what_cannot_be_is_refused(report, tmp_path, options, words_):
    assert words_ in report(*SAID, *WORDS, *options, code=2).err
    assert not (tmp_path / "laporan.pdf").exists()


def test_what_is_missing_is_named(report):
    said = report("--platform", "x", code=2).err
    for field in ("handle", "noticed", "access", "happened"):
        assert f"{field}: fill this in" in said


@pytest.mark.parametrize("name", ["tiada.eml", "."])
def test_a_file_that_cannot_be_read_is_named(report, tmp_path, name):
    assert str(tmp_path / name) in report(tmp_path / name, *SAID, *WORDS, code=2).err
    assert not (tmp_path / "laporan.pdf").exists()
