"""What the project tells of itself to machines is true."""

import re
import tomllib
from datetime import date
from pathlib import Path

import yaml

import telusur

ROOT = Path(__file__).parents[2]
PUBLIC = yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_the_catalogue_entry_has_what_its_standard_asks_for():
    wanted = {
        "publiccodeYmlVersion",
        "name",
        "url",
        "platforms",
        "categories",
        "developmentStatus",
        "softwareType",
        "description",
        "legal",
        "maintenance",
        "localisation",
    }
    assert wanted <= set(PUBLIC)
    assert isinstance(PUBLIC["publiccodeYmlVersion"], str)
    assert isinstance(PUBLIC["releaseDate"], date)
    assert PUBLIC["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert PUBLIC["maintenance"]["type"] == "community"
    assert all(contact["name"] for contact in PUBLIC["maintenance"]["contacts"])


def test_the_catalogue_entry_describes_it_in_both_languages_at_the_asked_length():
    assert set(PUBLIC["description"]) == {"id", "en"} == set(PUBLIC["localisation"]["availableLanguages"])
    for words in PUBLIC["description"].values():
        assert len(words["shortDescription"]) <= 150
        assert 150 <= len(words["longDescription"]) <= 10_000
        assert words["features"]


def test_version_and_licence_are_told_alike_everywhere():
    assert PUBLIC["softwareVersion"] == telusur.__version__
    assert PUBLIC["legal"]["license"] == PROJECT["project"]["license"] == "Apache-2.0 AND OFL-1.1"
    assert "Apache License" in (ROOT / "LICENSE").read_text("utf-8")
    assert re.search(r"^## \[(Unreleased|\d+\.\d+\.\d+)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)


def test_checks_before_a_commit_are_the_projects_own_and_fetch_nothing():
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    assert [repository["repo"] for repository in hooks] == ["local"]
    for hook in hooks[0]["hooks"]:
        assert hook["language"] == "system"
        assert re.fullmatch(r"make (--silent )?(lint|types|test)", hook["entry"])


def test_every_exception_from_the_linter_says_why():
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    settings = text[text.index("[tool.ruff.lint]") : text.index("[tool.ruff.lint.pydocstyle]")]
    exceptions = re.findall(r'^\s+"[A-Z]+\d*",.*$', settings, re.MULTILINE)
    assert len(exceptions) > 20
    assert all(re.search(r"#\s+\S", line) for line in exceptions)
