"""Keeping evidence from the command line: making a store, adding, the ledger, a bundle beside a dossier."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from telusur.cli import stores
from telusur.cli.main import run
from telusur.evidence import bundle
from telusur.evidence.signing import pkcs8

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples/tangkapan-layar"


@pytest.fixture(autouse=True)
def _nobody_asks(monkeypatch):
    monkeypatch.delenv(stores.VARIABLE, raising=False)
    monkeypatch.setattr(pkcs8, "_ROUNDS", 2)
    monkeypatch.setattr(pkcs8, "_LANES", 1)


@pytest.fixture
def office(tmp_path, capsys):
    assert run(["evidence", "init", str(tmp_path / "kantor"), "--actor", "kepala"]) == 0
    capsys.readouterr()
    return tmp_path / "kantor"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "tangkapan.txt"
    path.write_text("isi tangkapan")
    return path


def answered(arguments, capsys, code=0):
    assert run([*map(str, arguments), "--json"]) == code
    return json.loads(capsys.readouterr().out)


def test_a_new_store_says_its_fingerprint_large_and_what_to_do_with_it(tmp_path, capsys):
    assert run(["evidence", "init", str(tmp_path / "s"), "--lang", "en", "--name", "Kantor"]) == 0
    said = capsys.readouterr()
    found = answered(["evidence", "ledger", tmp_path / "s", "--verify"], capsys)
    fingerprint = found["key_fingerprint"]
    assert fingerprint in said.out
    assert fingerprint[:8] + "  " + fingerprint[8:16] in said.out
    assert "every official record" in said.out
    assert "another way than the bundle" in said.out
    assert "WITHOUT a passphrase" in said.err
    assert "no timestamp" in said.err


def test_a_passphrase_is_taken_from_a_file_or_the_environment(tmp_path, capsys, monkeypatch, file):
    (tmp_path / "frasa").write_text("frasa sandi\n")
    assert run(["evidence", "init", str(tmp_path / "s"), "--passphrase-file", str(tmp_path / "frasa")]) == 0
    assert "TANPA frasa" not in capsys.readouterr().err
    assert b"ENCRYPTED" in (tmp_path / "s/keys/log.key").read_bytes()
    add = ["evidence", "add", str(tmp_path / "s"), "--case", "K-1", str(file)]
    assert run(add) == 2
    assert "passphrase" in capsys.readouterr().err
    monkeypatch.setenv(stores.VARIABLE, "salah")
    assert run(add) == 2
    assert "does not open" in capsys.readouterr().err
    monkeypatch.setenv(stores.VARIABLE, "frasa sandi")
    assert run(add) == 0
    (tmp_path / "frasa").write_text("\n")
    assert run([*add, "--passphrase-file", str(tmp_path / "frasa")]) == 2
    assert "first line is empty" in capsys.readouterr().err


def test_on_a_terminal_a_new_passphrase_is_asked_for_twice(tmp_path, capsys, monkeypatch):
    typed = iter(["satu", "dua", "sama", "sama", ""])
    monkeypatch.setattr(stores, "_asked", lambda _: next(typed))
    for stream in (sys.stdin, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    assert stores.VARIABLE not in os.environ
    with pytest.raises(stores.BadInput, match="not the same"):
        stores.passphrase(None, new=True)
    assert stores.passphrase(None, new=True) == "sama"
    assert stores.passphrase(None, new=True) is None


def test_the_sheet_is_written_for_its_owner_and_never_over_another_file(tmp_path, capsys):
    sheet = tmp_path / "lembar.txt"
    assert run(["evidence", "init", str(tmp_path / "s"), "--sheet", str(sheet)]) == 0
    assert sheet.stat().st_mode & 0o777 == 0o600
    assert "CADANGAN KUNCI" in sheet.read_text()
    assert run(["evidence", "init", str(tmp_path / "t"), "--sheet", str(sheet)]) == 2
    assert not (tmp_path / "t").exists()


def test_a_store_is_never_written_over(office, capsys):
    assert run(["evidence", "init", str(office)]) == 2
    assert "never written over" in capsys.readouterr().err


@pytest.mark.parametrize("options", [["--authority", "http://a"], ["--root", "a.pem"]])
def test_each_authority_comes_with_its_root(tmp_path, capsys, options):
    assert run(["evidence", "init", str(tmp_path / "s"), *options]) == 2
    assert "one root for each" in capsys.readouterr().err
    assert not (tmp_path / "s").exists()


def test_files_are_added_with_all_that_is_told_of_them(office, file, capsys):
    told = ["--kind", "platform_export", "--supplied-by", "respondent", "--taken-before-officer"]
    told += ["--claimed-at", "2024-01-20", "--captured-at", "2024-02-01T09:00+07:00", "--actor", "petugas"]
    found = answered(["evidence", "add", office, "--case", "K-1", file, *told], capsys)
    assert found["schema"] == "telusur.added/1"
    assert set(found["made_by"]) == {"telusur", "catalogue", "models"}
    [item] = found["items"]
    assert item["grade"] == "B"
    assert (item["claimed_at"], item["captured_at"]) == ("2024-01-20", "2024-02-01T09:00+07:00")
    assert (item["seq"], found["tree_size"]) == (1, 2)
    again = answered(["evidence", "add", office, "--case", "K-1", file, "--grade", "D"], capsys)
    assert again["items"][0]["grade"] == "D"
    listed = answered(["evidence", "ledger", office, "--case", "K-1"], capsys)["entries"]
    assert (listed[0]["type"], listed[0]["actor"]) == ("seal", "petugas")
    assert len({line["object"] for line in listed}) == 1
    assert len(list(office.glob("objects/??/*"))) == 1


def test_people_are_told_that_integrity_shows_neither_truth_nor_who_acted(office, file, capsys):
    assert run(["evidence", "add", str(office), "--case", "K-1", str(file), "--lang", "en"]) == 0
    said = capsys.readouterr()
    assert "neither that what it says is true nor who acted" in said.err
    assert "1 files" in said.out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--case", "K-1", "tiada.txt"], "tiada.txt"),
        (["--case", "", "tangkapan.txt"], "--case"),
        (["--case", "K-1", "tangkapan.txt", "--kind", "foto"], "'--kind'"),
        (["--case", "K-1", "tangkapan.txt", "--grade", "F"], "'--grade'"),
        (["--case", "K-1", "tangkapan.txt", "--claimed-at", "kemarin"], "--claimed-at"),
        (["--case", "K-1", "tangkapan.txt", "--captured-at", "2024-02-01T09:00"], "zone"),
        (["--case", "K-1", "tangkapan.txt", "--actor", " "], "--actor"),
        (["--case", "K-1"], "FILE"),
    ],
)
def test_what_cannot_be_added_is_told_in_one_line_and_nothing_is(office, file, capsys, monkeypatch, options, said):
    monkeypatch.chdir(file.parent)
    assert run(["evidence", "add", str(office), *options]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert len(told.strip().splitlines()) == 1
    assert answered(["evidence", "ledger", office], capsys)["tree_size"] == 1


def test_a_checkpoint_is_written_for_keeping_elsewhere(office, file, capsys, tmp_path):
    note = tmp_path / "hari-ini.note"
    assert run(["evidence", "checkpoint", str(office), "--out", str(note)]) == 0
    assert run(["evidence", "checkpoint", str(office), "--out", str(note)]) == 2
    found = answered(["evidence", "checkpoint", office], capsys)
    assert found["note"] == note.read_text() == (office / "head.note").read_text()
    run(["evidence", "add", str(office), "--case", "K-1", str(file)])
    capsys.readouterr()
    assert answered(["evidence", "ledger", office, "--against", note], capsys)["holds"]


def test_the_ledger_holds_or_says_each_thing_that_does_not(office, file, capsys):
    run(["evidence", "add", str(office), "--case", "K-1", str(file)])
    capsys.readouterr()
    found = answered(["evidence", "ledger", office, "--verify"], capsys)
    assert (found["holds"], found["files"], found["problems"]) == (True, 1, [])
    key = found["key_fingerprint"]
    assert answered(["evidence", "ledger", office, "--key", key], capsys)["notices"] == []
    assert not answered(["evidence", "ledger", office, "--key", "0" * 64], capsys, code=1)["holds"]
    [kept] = office.glob("objects/??/*")
    kept.unlink()
    assert run(["evidence", "ledger", str(office), "--verify", "--lang", "en"]) == 1
    said = capsys.readouterr()
    assert "DOES NOT HOLD" in said.out
    assert "gone from the folder objects" in said.err


@pytest.mark.parametrize("options", [["--key", "ABC"], ["--against", "tiada.note"]])
def test_a_wrong_option_is_bad_input_and_not_a_broken_ledger(office, capsys, options):
    assert run(["evidence", "ledger", str(office), *options]) == 2


def test_a_folder_that_is_no_store_is_told(tmp_path, capsys):
    for command in (["ledger"], ["checkpoint"], ["due"], ["sweep"]):
        assert run(["evidence", *command, str(tmp_path)]) == 2
        assert "telusur evidence init" in capsys.readouterr().err


def test_a_full_disk_has_its_own_sentence_and_nothing_half_written_stays(office, tmp_path, capsys):
    large = tmp_path / "besar.bin"
    large.write_bytes(os.urandom(3 << 20))

    def small():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))

    code = "import sys; from telusur.cli.main import main; sys.argv = ['telusur', *sys.argv[1:]]; main()"
    program = [sys.executable, "-c", code]
    add = ["evidence", "add", str(office), "--case", "K-1", str(large)]
    ended = subprocess.run([*program, *add], preexec_fn=small, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "nothing was kept" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert list(office.rglob("*.part")) == []
    assert answered(["evidence", "ledger", office, "--verify"], capsys)["tree_size"] == 1


def test_an_assessed_case_is_kept_and_its_bundle_lies_in_the_dossier(office, tmp_path, capsys):
    out = tmp_path / "out"
    assess = ["assess", str(EXAMPLE), "--out", str(out), "--store", str(office)]
    assert run(assess) == 0
    capsys.readouterr()
    ledger = answered(["evidence", "ledger", office], capsys)
    assert bundle.verify(out / "bundle", ledger["key_fingerprint"]).holds
    sealed = [line for line in ledger["entries"] if line["type"] == "seal"]
    document = json.loads((out / "assessment.json").read_text("utf-8"))
    assert {(line["detail"]["name"], line["object"], line["detail"]["grade"]) for line in sealed} == {
        (item["path"], item["sha256"], item["grade"]) for item in document["evidence"]
    }
    assert run([*assess, "--force"]) == 0
    capsys.readouterr()
    again = answered(["evidence", "ledger", office], capsys)["entries"]
    assert [line["type"] for line in again[len(ledger["entries"]) :]] == ["export"]


def test_without_a_store_no_bundle_is_written(tmp_path, capsys):
    assert run(["assess", str(EXAMPLE), "--out", str(tmp_path / "out")]) == 0
    assert not (tmp_path / "out/bundle").exists()


def test_a_store_is_not_made_where_its_sheet_could_not_be_written(tmp_path, capsys):
    init = ["evidence", "init", str(tmp_path / "s"), "--sheet", str(tmp_path / "no/lembar.txt")]
    assert run(init) == 2
    assert "lembar.txt: no file can be written here" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("part", ["", "keys", "keys/root.key"])
def test_the_store_itself_is_never_added_to_a_case(office, capsys, part):
    assert run(["evidence", "add", str(office), "--case", "K-1", str(office / part)]) == 2
    assert "lies in the store itself" in capsys.readouterr().err
    assert answered(["evidence", "ledger", office], capsys)["tree_size"] == 1


def test_a_checkpoint_never_goes_over_a_file_of_the_store(office, capsys):
    before = (office / "store.db").read_bytes()
    assert run(["evidence", "checkpoint", str(office), "--out", str(office / "store.db"), "--force"]) == 2
    assert "kept elsewhere" in capsys.readouterr().err
    assert (office / "store.db").read_bytes() == before


def test_a_name_forges_no_line_of_a_list(office, tmp_path, capsys):
    (tmp_path / "a\n9  palsu").touch()
    assert run(["evidence", "add", str(office), "--case", "K-1", str(tmp_path / "a\n9  palsu")]) == 0
    added = capsys.readouterr()
    assert run(["evidence", "ledger", str(office)]) == 0
    for said in (added.out, added.err, capsys.readouterr().out):
        assert "a‹U+000A›9  palsu" in said
        assert not any(line.startswith("9  palsu") for line in said.splitlines())
