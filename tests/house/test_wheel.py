"""What users install holds all that the project needs to run."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as built:
        yield built


def test_rules_models_words_and_fonts_travel_with_the_code(wheel):
    kept = {
        path.relative_to(SOURCE).as_posix()
        for path in (SOURCE / "telusur").rglob("*")
        if path.is_file() and path.suffix not in {".pyc", ".so"} and not path.name.startswith(".")
    }
    assert kept <= set(wheel.namelist())


def test_nothing_but_the_package_is_installed(wheel):
    assert {name.split("/")[0].split("-")[0] for name in wheel.namelist()} == {"telusur"}


def test_the_licences_travel_with_it(wheel):
    kept = {name.rpartition("/")[2] for name in wheel.namelist() if "/licenses/" in name}
    assert kept == {"LICENSE", "NOTICE", "OFL.txt"}


def test_users_get_the_runtime_and_nothing_of_the_desk(wheel):
    about = next(wheel.read(name).decode() for name in wheel.namelist() if name.endswith("METADATA"))
    asked = [line for line in about.splitlines() if line.startswith("Requires-Dist: ")]
    assert asked
    assert not any(name in line for line in asked for name in ("pytest", "ruff", "lir", "hatchling", "extra =="))
