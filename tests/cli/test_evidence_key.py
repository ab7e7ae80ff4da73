"""``telusur evidence key``: shown, printed, put back from paper, replaced."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from telusur.cli.main import run
from telusur.evidence.signing import SigningKey


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.delenv("TELUSUR_PASSPHRASE", raising=False)
    (tmp_path / "phrase").write_text("kuda benar baterai\n")
    assert _evidence("init", tmp_path / "store", "--actor", "petugas", "--passphrase-file", tmp_path / "phrase") == 0
    capsys.readouterr()
    return tmp_path / "store"


def _evidence(*words: object) -> int:
    return run(["evidence", *map(str, words)])


def _keys(store: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    assert _evidence("key", store, "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "telusur.store_keys/1"
    found: list[dict[str, object]] = document["keys"]
    return found


def test_a_key_comes_back_from_its_sheet_and_signs_on(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    phrase, sheet = store.parent / "phrase", store.parent / "sheet.txt"
    assert _evidence("key", store, "--sheet", sheet, "--passphrase-file", phrase) == 0
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600
    assert "PERINGATAN" not in sheet.read_text()
    (store / "keys/log.key").unlink()

    assert _evidence("key", store, "--from-sheet", sheet, "--passphrase-file", phrase) == 0

    capsys.readouterr()
    assert SigningKey.load(store / "keys/log.key", "kuda benar baterai").fingerprint in {
        key["key_fingerprint"] for key in _keys(store, capsys)
    }
    assert _evidence("add", store, "--case", "K-1", "--actor", "a", "--passphrase-file", phrase, sheet) == 0


def test_a_mistyped_sheet_names_the_line_and_puts_nothing_back(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    phrase, sheet = store.parent / "phrase", store.parent / "sheet.txt"
    assert _evidence("key", store, "--sheet", sheet, "--passphrase-file", phrase) == 0
    text = sheet.read_text()
    at = text.index(" 3. ") + 5
    sheet.write_text(f"{text[:at]}{'7' if text[at] != '7' else '8'}{text[at + 1 :]}")
    (store / "keys/log.key").unlink()
    capsys.readouterr()

    assert _evidence("key", store, "--from-sheet", sheet, "--passphrase-file", phrase) == 2
    assert "line 3 of the code is mistyped" in capsys.readouterr().err
    assert not (store / "keys/log.key").exists()


def test_the_sheet_of_another_log_is_not_put_back(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = store.parent / "sheet.txt"
    sheet.write_text(SigningKey.make().sheet("id", None))
    (store / "keys/log.key").unlink()

    assert _evidence("key", store, "--from-sheet", sheet) == 2
    assert "this sheet is of the key" in capsys.readouterr().err


def test_a_rotated_key_is_under_the_same_passphrase_and_the_old_fingerprint_still_verifies(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    phrase = store.parent / "phrase"
    (old,) = _keys(store, capsys)

    assert _evidence("key", store, "--rotate", "--actor", "petugas", "--passphrase-file", phrase) == 0

    capsys.readouterr()
    first, second = _keys(store, capsys)
    assert first == old
    assert second["from_size"] == 2
    assert SigningKey.load(store / "keys/log.key", "kuda benar baterai").fingerprint == second["key_fingerprint"]
    assert [path.name for path in sorted((store / "keys").iterdir())] == ["log.key", "root.key"]
    for fingerprint in (first["key_fingerprint"], second["key_fingerprint"]):
        assert _evidence("ledger", store, "--verify", "--key", fingerprint) == 0


def test_a_rotation_that_was_stopped_before_its_last_step_is_finished(
    store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    phrase = store.parent / "phrase"

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", _only(stopped, "log.key.next"))
        assert _evidence("key", store, "--rotate", "--actor", "a", "--passphrase-file", phrase) != 0
    capsys.readouterr()
    assert (store / "keys/log.key.next").exists()

    second = _keys(store, capsys)[-1]
    assert SigningKey.load(store / "keys/log.key", "kuda benar baterai").fingerprint == second["key_fingerprint"]
    assert not (store / "keys/log.key.next").exists()


def _only(wrong: object, name: str) -> object:
    true = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if self.name == name:
            wrong()  # type: ignore[operator]
        return true(self, target)

    return replace


def test_a_wrong_passphrase_changes_nothing(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = store.parent / "wrong"
    wrong.write_text("lain\n")
    before = (store / "keys/log.key").read_bytes()

    for words in (("--rotate",), ("--sheet", store.parent / "sheet.txt")):
        assert _evidence("key", store, *words, "--passphrase-file", wrong) == 2
        assert "does not open the key" in capsys.readouterr().err
    assert (store / "keys/log.key").read_bytes() == before
    assert not (store.parent / "sheet.txt").exists()
    assert len(_keys(store, capsys)) == 1


def test_only_one_thing_is_done_at_a_time(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _evidence("key", store, "--rotate", "--lost") == 2
    assert "one at a time" in capsys.readouterr().err


def test_what_lies_there_is_told_without_an_option_that_there_is_not(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    phrase, sheet = store.parent / "phrase", store.parent / "sheet.txt"
    print_sheet = ("key", store, "--sheet", sheet, "--passphrase-file", phrase)
    assert _evidence(*print_sheet) == 0
    before = (store / "keys/log.key").read_bytes()
    capsys.readouterr()

    assert _evidence(*print_sheet) == 2
    assert "name another" in capsys.readouterr().err
    assert _evidence("key", store, "--from-sheet", sheet, "--passphrase-file", phrase) == 2
    said = capsys.readouterr().err
    assert "move it away first" in said
    assert "--force" not in said
    assert (store / "keys/log.key").read_bytes() == before


def test_a_key_that_opens_is_not_given_up_as_lost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _evidence("init", tmp_path / "s") == 0
    before = (tmp_path / "s/keys/log.key").read_bytes()
    capsys.readouterr()
    assert _evidence("key", tmp_path / "s", "--lost") == 2
    assert "--rotate" in capsys.readouterr().err
    assert (tmp_path / "s/keys/log.key").read_bytes() == before
    (tmp_path / "s/keys/log.key").write_text("damaged")
    assert _evidence("key", tmp_path / "s", "--lost") == 0
