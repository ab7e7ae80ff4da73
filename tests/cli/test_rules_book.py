"""What ``telusur rules book`` and ``telusur rules confirm`` promise."""

import json
from datetime import date

import pytest

from telusur import law
from telusur.cli import rules_book
from telusur.cli.main import run

RULE = "SKB-2022/E4"


@pytest.fixture(autouse=True)
def _office(tmp_path, monkeypatch):
    monkeypatch.setenv("TELUSUR_HOME", str(tmp_path / "kantor"))
    monkeypatch.setattr(rules_book, "_tomorrow", lambda: date(2026, 11, 23))


@pytest.fixture
def confirm(tmp_path):
    text = tmp_path / "lampiran.txt"
    text.write_text("Lampiran II\n", "utf-8")

    def go(*options, rule=RULE, on="2026-11-20"):
        return run(["rules", "confirm", rule, "--text", str(text), "--by", "Ahli Hukum", "--on", on, *options])

    return go


def test_a_confirmed_rule_is_shown_as_official_and_allows_a_sanction(confirm, capsys):
    assert run(["rules", "show", RULE]) == 0
    assert "hanya memberi saran" in capsys.readouterr().out
    assert run(["rules", "show", RULE, "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["allows_sanction"] is False
    assert "confirmations" not in shown
    assert confirm() == 0
    assert "official here" in capsys.readouterr().err
    assert run(["rules", "show", RULE]) == 0
    said = capsys.readouterr().out
    assert "diperiksa terhadap naskah resmi oleh Ahli Hukum pada 2026-11-20" in said
    assert "hanya memberi saran" not in said
    assert run(["rules", "show", RULE, "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["citation"]["status"] == "official"
    assert shown["allows_sanction"] is True
    assert [one["standing"] for one in shown["confirmations"]] == ["holds"]


def test_a_check_says_what_was_confirmed(confirm, tmp_path, capsys):
    facts = tmp_path / "fakta.yaml"
    facts.write_text(
        "schema: telusur.facts/1\ndate: 2023-11-05\ncontest: {kind: president}\nactor: {status: pns}\n"
        "act: {kind: like, public: true, leaning: supports}\ntarget: {kind: contestant}\n"
        "attribution: {account_control: owner, authenticity: established}\n",
        "utf-8",
    )
    assert run(["rules", "check", str(facts), "--lang", "en"]) == 0
    assert "· as reported ·" in capsys.readouterr().out
    assert run(["rules", "check", str(facts), "--json"]) == 0
    before = json.loads(capsys.readouterr().out)
    assert confirm("--json") == 0
    assert json.loads(capsys.readouterr().out)["standing"] == "holds"
    assert run(["rules", "check", str(facts), "--lang", "en"]) == 0
    assert "· checked against the official text ·" in capsys.readouterr().out
    assert run(["rules", "check", str(facts), "--json"]) == 0
    after = json.loads(capsys.readouterr().out)
    assert before["made_by"]["catalogue"] != after["made_by"]["catalogue"]
    assert after["outcome"] == before["outcome"]


def test_a_kept_text_that_is_gone_is_told(confirm, tmp_path, capsys):
    assert confirm() == 0
    (kept,) = (tmp_path / "kantor" / "texts").iterdir()
    kept.unlink()
    assert run(["rules", "show", RULE, "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "does not hold: the kept text is gone" in said


def test_the_note_of_a_citation_is_shown(capsys):
    assert run(["rules", "show", "UU-7-2017/547"]) == 0
    assert "The text was not seen." in capsys.readouterr().out


def test_bad_input_is_one_line(confirm, capsys):
    assert confirm(rule="SKB-2022/E44") == 2
    assert confirm(on="20-11-2026") == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert "did you mean" in lines[0]


def test_the_book_is_one_page_and_says_what_it_was_made_of(tmp_path, capsys):
    out = tmp_path / "katalog"
    assert run(["rules", "book", "--out", str(out), "--lang", "en", "--json"]) == 0
    said = capsys.readouterr()
    told = json.loads(said.out)
    assert told["rules"] == len(law.catalogue().rules)
    assert told["made_by"]["catalogue"] in (out / "book.html").read_text("utf-8")
    assert "rules →" in said.err
    assert run(["rules", "book", "--out", str(out)]) == 2
    assert "add --force" in capsys.readouterr().err
    assert run(["rules", "book", "--out", str(out), "--force"]) == 0


@pytest.mark.parametrize("on", ["2999-01-01", "x", "2023-02-29"])
def test_a_check_on_a_day_that_cannot_be_is_refused(confirm, on, capsys):
    assert confirm(on=on) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("telusur: --on: ")


@pytest.mark.parametrize("name", ["a\x1b[3m", "x" * 201, "  "])
def test_a_name_that_is_none_confirms_nothing(name, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("TELUSUR_HOME", str(tmp_path / "kantor"))
    text = tmp_path / "lampiran"
    text.write_text("x")
    assert run(["rules", "confirm", RULE, "--text", str(text), "--by", name, "--on", "2024-01-01"]) == 2
    assert capsys.readouterr().err.startswith("telusur: --by: name the lawyer")
    assert run(["rules", "confirm", RULE, "--text", str(tmp_path), "--by", "A", "--on", "2024-01-01"]) == 2
    assert "no plain file" in capsys.readouterr().err
    assert not (tmp_path / "kantor").exists()
