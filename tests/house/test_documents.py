"""The documents are true, and nothing in the project tells more than it should."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_NOT_OURS = {".venv", ".git", "out", "build", "dist"}
_BINARY = {".png", ".zip", ".ttf", ".otf", ".woff2", ".pdf", ".npz", ".gz", ".parquet", ".pyc"}


def is_ours(path):
    parts = path.relative_to(ROOT).parts
    made = any(part in _NOT_OURS or part.endswith("cache") for part in parts)
    return path.is_file() and not made and not parts[0].startswith((".coverage", ".hypothesis"))


def ours():
    return [path for path in sorted(ROOT.rglob("*")) if is_ours(path) and path.suffix not in _BINARY]


TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8", "replace") for path in ours()}
#: The locks are long and hold hashes only; this file names what it looks for.
SEARCHED = {
    name: text
    for name, text in TEXTS.items()
    if not name.startswith("requirements/") and name != "tests/house/test_documents.py"
}


def found(pattern):
    return [(name, hit[0]) for name, text in SEARCHED.items() for hit in re.finditer(pattern, text)]


def test_help_texts_and_links_in_the_documents_are_sound():
    done = subprocess.run(
        [sys.executable, ROOT / "scripts/docs.py", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_path_of_anybodys_machine_is_written_down():
    assert not found(r"(?<![\w.])/(root|work|home/\w+|Users/\w+|opt/pypi)/")


def test_no_host_of_a_package_registry_is_written_down():
    assert not found(r"pypi\.org|pythonhosted|registry\.npmjs|deb\.debian\.org")


def test_every_mail_address_is_one_that_nobody_has():
    addresses = found(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b")
    reserved = re.compile(r"(.*[@.])?example\.(org|net|com)$|.*\.(example|invalid|test)$")
    # The sender of a platform's own notices, which the guide to a taken-over account tells people to look for.
    platform = {"security@mail.instagram.com"}
    assert not [(name, words) for name, words in addresses if not reserved.match(words) and words not in platform]


def test_no_number_of_an_official_or_a_telephone_is_written_down():
    birth, since = r"(19[4-9]\d|20[01]\d)(0[1-9]|1[0-2])([0-2]\d|3[01])", r"(19[6-9]\d|20[0-3]\d)(0[1-9]|1[0-2])"
    assert not found(rf"(?<!\d){birth} ?{since} ?[12] ?\d{{3}}(?!\d)")
    telephones = found(r"(?<![\d.])(\+62|08[1-9]\d)[ -]?\d{3,4}[ -]?\d{3,5}(?!\d)")
    assert not [(name, number) for name, number in telephones if "0000" not in number]


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "LICENSE"])
def test_what_every_visitor_looks_for_is_there(name):
    assert len(TEXTS[name]) > 400


def test_every_decision_is_listed_and_says_why():
    folder = ROOT / "docs/decisions"
    listed = (folder / "README.md").read_text("utf-8")
    for path in sorted(folder.glob("[0-9]*.md")):
        assert f"({path.name})" in listed, f"{path.name} is missing in docs/decisions/README.md"
        text = path.read_text("utf-8")
        assert text.startswith("# "), path.name
        for part in ("Status", "Context", "Decision", "Consequences"):
            assert part in text, (path.name, part)


def test_no_two_decisions_have_one_number():
    numbers = [path.name[:4] for path in (ROOT / "docs/decisions").glob("[0-9]*.md")]
    assert len(set(numbers)) == len(numbers)
