"""How the command line meets its users."""

import json
import os
import subprocess
import sys

import pytest
import typer

from telusur.cli import main as cli
from telusur.cli.main import app, run


def commands(command=None, path=()):
    command = command or typer.main.get_command(app)
    if hasattr(command, "commands"):
        for name, child in command.commands.items():
            yield from commands(child, (*path, name))
    else:
        yield path


ALL = sorted(commands())


def test_the_commands_are_those_of_the_rooms_that_stand():
    assert ALL == [
        ("assess",),
        ("balance", "attack"),
        ("balance", "audit"),
        ("balance", "check-table"),
        ("balance", "plan"),
        ("balance", "thresholds"),
        ("deadline",),
        ("doctor",),
        ("evidence", "add"),
        ("evidence", "authority"),
        ("evidence", "backup"),
        ("evidence", "bundle"),
        ("evidence", "checkpoint"),
        ("evidence", "close"),
        ("evidence", "copy"),
        ("evidence", "cosign"),
        ("evidence", "due"),
        ("evidence", "erase"),
        ("evidence", "hold"),
        ("evidence", "init"),
        ("evidence", "key"),
        ("evidence", "ledger"),
        ("evidence", "proof"),
        ("evidence", "release"),
        ("evidence", "restore"),
        ("evidence", "stamp"),
        ("evidence", "sweep"),
        ("evidence", "verify"),
        ("evidence", "web"),
        ("evidence", "witness-init"),
        ("evidence", "witness-request"),
        ("evidence", "witness-take"),
        ("evidence", "witness-trust"),
        ("exports", "reduce"),
        ("exports", "show"),
        ("new",),
        ("rules", "book"),
        ("rules", "check"),
        ("rules", "confirm"),
        ("rules", "diff"),
        ("rules", "mutate"),
        ("rules", "prove"),
        ("rules", "show"),
        ("selfcheck",),
        ("selfreport",),
        ("serve",),
        ("trace", "act"),
        ("trace", "fit"),
        ("trace", "takeover"),
        ("trace", "verify"),
        ("validate", "tracing"),
    ]


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_shows_an_example(path, capsys):
    assert run([*path, "--help"]) == 0
    said = capsys.readouterr().out
    assert f"Example: telusur {' '.join(path)}" in said


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_can_answer_in_json(path, capsys):
    run([*path, "--help"])
    assert "--json" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [["menilai"], ["assess"], ["assess", "--kemana"], ["rules"], ["rules", "check", "tiada.yaml"]]
)
def test_wrong_usage_is_exit_2_without_a_traceback(arguments, capsys):
    assert run(arguments) == 2
    said = capsys.readouterr()
    assert "Traceback" not in said.err


def test_a_wrong_value_is_told_with_its_option(capsys):
    assert run(["rules", "show", "SKB-2022/D6", "--lang", "xx"]) == 2
    assert "'--lang': 'xx' is not one of 'id', 'en'" in capsys.readouterr().err


def test_the_version_is_told(capsys):
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("telusur ")


def raising(error):
    def command(*_, **__):
        raise error

    return command


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (PermissionError(13, "Permission denied", "/x"), 2, "/x: Permission denied; check the path"),
        (OSError(28, "No space left on device"), 2, "No space left"),
        (KeyboardInterrupt(), 130, "stopped"),
    ],
)
def test_what_the_machine_refuses_is_said_in_a_sentence(error, code, words, monkeypatch, capsys):
    monkeypatch.setattr(cli.typer.main, "get_command", lambda _: type("C", (), {"main": staticmethod(raising(error))}))
    assert run([]) == code
    assert words in capsys.readouterr().err


def shell(command, **environment):
    program = "from telusur.cli.main import main; main()"
    return subprocess.run(
        f'{sys.executable} -c "{program}" {command}',
        shell=True,
        executable="/bin/bash",
        env=os.environ | environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("command", ["--help", "rules show SKB-2022/E4", "doctor --json"])
def test_a_reader_that_goes_away_is_no_error(command):
    done = shell(f"{command} | true; exit ${{PIPESTATUS[0]}}")
    assert (done.returncode, done.stderr) == (0, "")


def test_streams_that_the_caller_closed_are_no_files_of_a_case():
    shown = "exports show examples/diambil-alih/evidence/arsip-x.zip"
    assert shell(f"{shown} <&- 2>&-").stdout == shell(shown).stdout
    assert shell(f"{shown} >&-").returncode == 0


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_what_is_said_is_utf8_whatever_the_machine_expects(encoding):
    done = shell("rules show SKB-2022/E4", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stdout) == (0, shell("rules show SKB-2022/E4").stdout)
    assert not done.stdout.isascii()


def test_a_name_that_is_no_text_is_told(tmp_path):
    shown = json.loads(shell(f"new --json {tmp_path}/$'a\\xff'").stdout)
    assert shown["case"].endswith("a\udcff/case.yaml")


def test_being_told_to_end_is_like_being_stopped():
    program = "from telusur.cli.main import main; main()"
    arguments = ["exports", "show", "examples/diambil-alih/evidence/arsip-x.zip"]
    waiting = "import os, telusur.cli.exports as e; e.exports.read = lambda *_, **__: os.kill(os.getpid(), 15)"
    done = subprocess.run(
        [sys.executable, "-c", f"{waiting}; {program}", *arguments], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (130, "telusur: stopped; nothing half-written was left\n")
