"""The rooms stand on their floors."""

import ast
import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/telusur"
ROOMS = sorted(path.parent for path in SOURCE.glob("*/__init__.py"))


def contracts(root):
    """Run the import contracts; they read the configuration of the folder they run in."""
    program = "import sys; from importlinter.cli import lint_imports_command as c; c()"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache"],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_room_uses_lower_floors_only():
    done = contracts(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def hollow(tmp_path):
    """Give a house with the same rooms and nothing in them."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for room in ROOMS:
        (tmp_path / "src/telusur" / room.name).mkdir(parents=True)
        (tmp_path / "src/telusur" / room.name / "__init__.py").touch()
    (tmp_path / "src/telusur/__init__.py").touch()
    return tmp_path


def test_a_hollow_house_keeps_the_contracts(hollow):
    assert contracts(hollow).returncode == 0


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("domain", "import telusur.law"),
        ("law", "import telusur.dossier"),
        ("tracing", "import telusur.exports"),
        ("law", "from telusur import evidence"),
        ("domain", "import pathlib"),
        ("domain", "import pydantic"),
    ],
)
def test_an_import_that_climbs_is_noticed(hollow, room, line):
    (hollow / "src/telusur" / room / "__init__.py").write_text(f"{line}\n", "utf-8")
    done = contracts(hollow)
    assert done.returncode != 0
    assert "BROKEN" in done.stdout


def test_a_room_without_a_floor_is_noticed(hollow):
    (hollow / "src/telusur/attic").mkdir()
    (hollow / "src/telusur/attic/__init__.py").touch()
    done = contracts(hollow)
    assert done.returncode != 0
    assert "attic" in done.stdout


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_room_says_what_it_is_for(room):
    words = ast.get_docstring(ast.parse((room / "__init__.py").read_text("utf-8")))
    assert words, f"{room.name}/__init__.py states the purpose and the door of its room"
    assert len(words.split()) >= 8


def test_no_folder_of_the_house_is_left_without_a_door():
    folders = {path.parent for path in SOURCE.rglob("*.py")}
    assert not sorted(str(folder) for folder in folders if not (folder / "__init__.py").exists())


def _foreign(path):
    """Give what a module takes from other rooms: the module that is named, and the names."""
    own = path.relative_to(SOURCE).parts[0]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("telusur."):
            room = node.module.split(".")[1]
            if room not in {own, "domain"}:
                yield node.module, {alias.name for alias in node.names}


def _door(module):
    """Give the names at the door of a folder: those that it exports, and folders in it that have a door themselves."""
    folder = SOURCE.parent.joinpath(*module.split("."))
    inner = {path.parent.name for path in folder.glob("*/__init__.py") if "__all__" in path.read_text("utf-8")}
    return inner | set(importlib.import_module(module).__all__) if folder.is_dir() else set()


# The domain's modules are its door. Validation measures what is inside, so that it has to go in.
@pytest.mark.parametrize(
    "room", [room for room in ROOMS if room.name not in {"domain", "validation"}], ids=lambda room: room.name
)
def test_a_room_is_entered_by_its_door(room):
    for path in room.rglob("*.py"):
        for module, names in _foreign(path):
            assert names <= _door(module), f"{path.relative_to(SOURCE)} reaches into {module}"


def test_every_module_says_what_it_is():
    silent = [path for path in SOURCE.rglob("*.py") if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert not silent


def test_the_floors_below_the_office_know_no_web_framework():
    for path in SOURCE.rglob("*.py"):
        if path.relative_to(SOURCE).parts[0] == "office":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not any(name.split(".")[0] in {"django", "requests", "httpx", "urllib3"} for name in names), path


def test_the_test_tree_mirrors_the_source_tree():
    strangers = [
        path.name
        for path in (ROOT / "tests").iterdir()
        if path.is_dir() and path.name not in {"house", "accept", "__pycache__"} and not (SOURCE / path.name).is_dir()
    ]
    assert not strangers
