"""`make` is the one door, and says what is behind it."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)[1].split()


def run(*command, cwd, **environment):
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        command, cwd=cwd, env=clean | environment, capture_output=True, text=True, check=False, timeout=60
    )


def test_make_alone_lists_every_target():
    done = run("make", cwd=ROOT)
    assert done.returncode == 0
    assert [line.split()[0] for line in done.stdout.splitlines()] == TARGETS
    assert all(len(line.split()) > 3 for line in done.stdout.splitlines())


def test_the_readme_opens_with_commands_that_exist():
    readme = (ROOT / "README.md").read_text("utf-8")
    assert set(re.findall(r"\bmake ([a-z-]+)", readme)) <= set(TARGETS)
    assert {"make demo", "make test"} <= set(re.findall(r"^make \w+", readme, re.MULTILINE))


def test_what_runs_on_every_change_is_the_readmes_command():
    lines = (ROOT / ".ci/run").read_text("utf-8").rstrip().splitlines()
    assert lines[-1] == "exec make test"
    assert os.access(ROOT / ".ci/run", os.X_OK)


def bare(tmp_path):
    """Copy the door without what is behind it."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "scripts").mkdir()
    setup = tmp_path / "scripts/setup.sh"
    setup.write_text("#!/bin/sh\n", "utf-8")
    setup.chmod(0o755)
    return tmp_path


def test_accept_says_loudly_that_it_could_not_check(tmp_path):
    place = bare(tmp_path) / "project"
    place.mkdir()
    shutil.move(tmp_path / "Makefile", place)
    shutil.move(tmp_path / "scripts", place)
    done = run("make", "accept", cwd=place)
    assert done.returncode != 0
    assert "NOT CHECKED" in done.stderr


@pytest.fixture
def machine(tmp_path):
    """Give a copy of the project's set-up on a machine that has no Python to speak of."""
    place = tmp_path / "project"
    (place / "scripts").mkdir(parents=True)
    shutil.copy(ROOT / "scripts/setup.sh", place / "scripts")
    shutil.copytree(ROOT / "requirements", place / "requirements")
    shutil.copy(ROOT / "pyproject.toml", place)
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in ("bash", "dirname", "cat", "sha256sum", "cut", "rm", "env"):
        (tools / tool).symlink_to(shutil.which(tool))
    return place, tools


def give(tools, name, script):
    (tools / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    (tools / name).chmod(0o755)


def test_an_ordinary_user_without_python_is_told_the_one_line_to_run(machine):
    place, tools = machine
    give(tools, "id", "echo 1000")
    give(tools, "apt-get", "echo never >&2; exit 9")
    done = run("scripts/setup.sh", cwd=place, PATH=str(tools))
    assert done.returncode == 1
    assert "sudo apt-get install python3 python3-venv" in done.stderr
    assert "never" not in done.stderr


def test_root_without_python_gets_it_installed_and_is_told(machine):
    place, tools = machine
    give(tools, "id", "echo 0")
    give(tools, "apt-get", 'echo "apt-get $*" >&2')
    done = run("scripts/setup.sh", cwd=place, PATH=str(tools))
    assert "Installing Debian's python3 python3-venv" in done.stderr
    assert "apt-get install -y -qq --no-install-recommends python3 python3-venv" in done.stderr
    assert done.returncode == 1
    assert "older than 3.11" in done.stderr


def test_a_machine_without_apt_is_told_what_is_needed(machine):
    place, tools = machine
    done = run("scripts/setup.sh", cwd=place, PATH=str(tools))
    assert done.returncode == 1
    assert "Python 3.11 or newer" in done.stderr


def pretend(place):
    """Put in an environment whose Python works and whose installer only says what it was asked."""
    (place / ".venv/bin").mkdir(parents=True)
    give(place / ".venv/bin", "python", 'case "$*" in *pip*) echo "pip $*" >&2;; esac')


def test_setting_up_again_does_nothing_until_a_lock_changes(machine):
    place, tools = machine
    pretend(place)
    first = run("scripts/setup.sh", cwd=place, PATH=str(tools))
    assert first.returncode == 0
    assert "--require-hashes -r requirements/dev.txt" in first.stderr
    again = run("scripts/setup.sh", cwd=place, PATH=str(tools))
    assert (again.returncode, again.stderr) == (0, "")
    with (place / "requirements/dev.txt").open("a") as lock:
        lock.write("# moved\n")
    assert "requirements/dev.txt" in run("scripts/setup.sh", cwd=place, PATH=str(tools)).stderr


def test_a_group_is_installed_only_when_it_is_named(machine):
    place, tools = machine
    pretend(place)
    assert "oracle" not in run("scripts/setup.sh", cwd=place, PATH=str(tools)).stderr
    assert "-r requirements/oracle.txt" in run("scripts/setup.sh", "oracle", cwd=place, PATH=str(tools)).stderr
    assert run("scripts/setup.sh", "oracle", cwd=place, PATH=str(tools)).stderr == ""
