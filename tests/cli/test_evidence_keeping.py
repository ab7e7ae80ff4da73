"""Holding, erasing and backing up from the command line."""

import json
import sys

import pytest

from telusur.cli import stores
from telusur.cli.main import run
from telusur.evidence.signing import pkcs8


@pytest.fixture(autouse=True)
def _nobody_asks(monkeypatch):
    monkeypatch.delenv(stores.VARIABLE, raising=False)
    monkeypatch.setattr(pkcs8, "_ROUNDS", 2)
    monkeypatch.setattr(pkcs8, "_LANES", 1)


@pytest.fixture
def office(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("TANDA-RAHASIA")
    assert run(["evidence", "init", str(tmp_path / "kantor"), "--actor", "kepala"]) == 0
    for case in ("K-1", "K-2"):
        assert run(["evidence", "add", str(tmp_path / "kantor"), "--case", case, str(tmp_path / "a.txt")]) == 0
    capsys.readouterr()
    return tmp_path / "kantor"


def answered(arguments, capsys, code=0):
    assert run([*map(str, arguments), "--json"]) == code
    return json.loads(capsys.readouterr().out)


def evidence(command, office, *options, case="K-1"):
    return ["evidence", command, str(office), "--case", case, *options]


SAID = ("--grounds", "JRA 7", "--by", "kepala")


def test_a_hold_keeps_a_case_from_being_erased_until_it_is_released(office, capsys, tmp_path):
    assert answered(evidence("hold", office, *SAID), capsys)["seq"] == 3
    erase = evidence("erase", office, *SAID, "--out", str(tmp_path / "bukti"))
    assert run(erase) == 2
    assert "hold stands" in capsys.readouterr().err
    assert not (tmp_path / "bukti").exists()
    assert run(evidence("release", office, *SAID)) == 0
    assert run(erase) == 0


def test_erasing_gives_a_proof_that_verifies_without_the_store(office, capsys, tmp_path):
    place = tmp_path / "bukti"
    found = answered(evidence("erase", office, *SAID, "--out", str(place)), capsys)
    assert (found["schema"], found["objects"], found["grounds"]) == ("telusur.destruction/1", 1, "JRA 7")
    assert sorted(path.name for path in place.iterdir()) == ["pemusnahan.html", "pemusnahan.json"]
    assert json.loads((place / "pemusnahan.json").read_text())["schema"] == "telusur.destruction/1"
    check = ["evidence", "proof", str(place / "pemusnahan.json"), "--key", found["key_fingerprint"]]
    assert run(check) == 0
    capsys.readouterr()
    assert answered(check, capsys)["holds"]
    assert not answered([*check[:-1], "0" * 64], capsys, code=1)["holds"]
    altered = (place / "pemusnahan.json").read_text().replace('"K-1"', '"K-7"')
    (place / "lain.json").write_text(altered)
    assert run(["evidence", "proof", str(place / "lain.json"), "--key", found["key_fingerprint"]]) == 1
    for content, code in (("{", 2), ("[]", 2), ("{}", 1)):
        (place / "lain.json").write_text(content)
        assert run(["evidence", "proof", str(place / "lain.json"), "--key", "0" * 64]) == code
    capsys.readouterr()
    assert answered(["evidence", "ledger", office, "--verify"], capsys)["holds"]
    # The other case holds the same bytes, and keeps them.
    assert run(["evidence", "erase", str(office), "--case", "K-2", *SAID, "--out", str(tmp_path / "b2")]) == 0
    assert b"TANDA-RAHASIA" not in b"".join(path.read_bytes() for path in office.rglob("*") if path.is_file())


def test_the_proof_can_be_had_again_by_whoever_knows_the_case(office, capsys, tmp_path):
    first = answered(evidence("erase", office, *SAID, "--out", str(tmp_path / "b")), capsys)
    again = answered(evidence("erase", office, "--again", "--out", str(tmp_path / "c")), capsys)
    assert again["entry"] == first["entry"]
    assert run(evidence("erase", office, "--again", "--out", str(tmp_path / "d"), case="K-9")) == 2
    assert "destroyed here" in capsys.readouterr().err
    assert run(evidence("add", office, str(tmp_path / "a.txt"))) == 0
    assert "pernah dimusnahkan" in capsys.readouterr().err


def test_a_dry_run_says_what_would_go_and_nothing_does(office, capsys):
    found = answered(evidence("erase", office, "--dry-run"), capsys)
    assert (found["objects"], found["bytes"], found["whole"]) == (1, 13, True)
    assert [file["name"] for file in found["files"]] == ["a.txt"]
    assert run(evidence("erase", office, "--dry-run")) == 0
    assert "a.txt" in capsys.readouterr().out
    assert answered(["evidence", "ledger", office], capsys)["tree_size"] == 3


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([*SAID], "--out"),
        (["--out", "b"], "--grounds"),
        ([*SAID, "--out", "."], "another folder"),
        ([*SAID, "--due", "--out", "b"], "due"),
    ],
)
def test_erasing_wants_to_know_why_who_and_where(office, capsys, options, said, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert run(evidence("erase", office, *options)) == 2
    assert said in capsys.readouterr().err
    assert answered(["evidence", "ledger", office], capsys)["tree_size"] == 3


def test_on_a_terminal_the_name_of_the_case_is_typed(office, capsys, monkeypatch, tmp_path):
    for stream in (sys.stdin, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(stores, "_asked", lambda _: "")
    typed = iter(["K-7", "K-1"])
    monkeypatch.setattr("typer.prompt", lambda *_, **__: next(typed))
    erase = evidence("erase", office, *SAID, "--out", str(tmp_path / "b"))
    assert run(erase) == 2
    assert "nothing was destroyed" in capsys.readouterr().err
    assert run(erase) == 0


def test_what_is_due_is_listed_with_its_source_and_status(office, capsys):
    closed = evidence("close", office, "--as", "cleared", "--on", "2024-01-01", "--by", "kepala")
    assert run(closed) == 0
    assert "2024-06-29" in capsys.readouterr().out
    found = answered(["evidence", "due", office, "--on", "2024-06-29"], capsys)
    first, second = found["cases"]
    assert first["stage"] == "cleared"
    assert first["files"][0]["due"] is True
    assert first["files"][0]["status"] == "assumed"
    assert second["files"][0]["erase_on"] is None
    assert run(["evidence", "due", str(office), "--lang", "en"]) == 0
    said = capsys.readouterr()
    assert "2024-06-29  a.txt" in said.out
    assert "no official schedule" in said.err
    assert run(evidence("hold", office, *SAID)) == 0
    capsys.readouterr()
    assert answered(["evidence", "due", office], capsys)["cases"][0]["files"][0]["due"] is False


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("close", "--as", "selesai", "--on", "2024-01-01", "--by", "x"), "no stage"),
        (("close", "--as", "cleared", "--on", "1/1/2024", "--by", "x"), "--on"),
        (("release", *SAID), "nothing holds"),
        (("hold", "--grounds", " ", "--by", "x"), "--grounds"),
    ],
)
def test_what_cannot_be_recorded_is_told(office, capsys, options, said):
    assert run(evidence(options[0], office, *options[1:])) == 2
    assert said in capsys.readouterr().err


def test_a_store_is_backed_up_lost_and_put_back(office, capsys, tmp_path, monkeypatch):
    copy, new = str(tmp_path / "c.tar"), str(tmp_path / "baru")
    assert run(["evidence", "backup", str(office), "--out", copy, "--with-keys"]) == 2
    assert "passphrase" in capsys.readouterr().err
    monkeypatch.setenv(stores.VARIABLE, "frasa")
    found = answered(["evidence", "backup", office, "--out", copy, "--with-keys"], capsys)
    assert (found["tree_size"], found["objects"], found["keys"]) == (4, 2, True)
    assert run(["evidence", "add", str(office), "--case", "K-3", str(tmp_path / "a.txt")]) == 0
    capsys.readouterr()
    head = str(office / "head.note")
    assert not answered(["evidence", "restore", copy, "--out", new, "--against", head], capsys, code=1)["holds"]
    assert answered(["evidence", "restore", copy, "--out", new], capsys)["files"] == 2
    assert answered(["evidence", "ledger", new, "--verify"], capsys)["holds"]
    assert run(["evidence", "restore", copy, "--out", new]) == 2


def test_a_backup_without_keys_says_so(office, capsys, tmp_path):
    assert run(["evidence", "backup", str(office), "--out", str(tmp_path / "c.tar"), "--lang", "en"]) == 0
    assert "keys are not in it" in capsys.readouterr().err
    assert run(["evidence", "restore", str(tmp_path / "c.tar"), "--out", str(tmp_path / "b"), "--lang", "en"]) == 0
    assert "holds no keys" in capsys.readouterr().err


def test_what_a_crash_left_is_swept_away(office, capsys):
    stray = office / "objects" / "ab"
    stray.mkdir(exist_ok=True)
    (stray / ("ab" + "0" * 62)).write_bytes(b"sisa")
    assert answered(["evidence", "sweep", office], capsys)["orphans"] == 1
    assert run(["evidence", "sweep", str(office)]) == 0
