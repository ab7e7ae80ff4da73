"""The locks hold what the project asks for, and nothing that it may not."""

import importlib.metadata
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = {path.stem: path for path in (ROOT / "requirements").glob("*.txt")}
ASKED = {"runtime": PROJECT["project"]["dependencies"], **PROJECT["dependency-groups"]}

_PINNED = re.compile(r"^([a-z0-9._-]+)==(\S+)", re.MULTILINE)


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lock):
    """Give the versions of each package of a lock; there are several where Pythons differ."""
    found = {}
    for name, version in _PINNED.findall(LOCKS[lock].read_text("utf-8")):
        found.setdefault(normal(name), set()).add(version)
    return found


def test_there_is_one_lock_a_group_and_none_is_empty():
    assert set(LOCKS) == set(ASKED)
    assert all(pins(lock) for lock in LOCKS)


@pytest.mark.parametrize("group", sorted(ASKED))
def test_whatever_is_asked_for_directly_is_locked(group):
    wanted = {normal(re.match(r"[A-Za-z0-9._-]+", line)[0]) for line in ASKED[group]}
    assert wanted <= set(pins(group))


@pytest.mark.parametrize("lock", sorted(LOCKS))
def test_every_package_is_pinned_and_checked_by_its_hash(lock):
    text = re.sub(r"^\s*#.*\n?", "", LOCKS[lock].read_text("utf-8"), flags=re.MULTILINE)
    entries = re.split(r"\n(?=[A-Za-z0-9])", text)
    assert entries
    for entry in entries:
        assert _PINNED.match(entry), entry
        assert "--hash=sha256:" in entry, entry


@pytest.mark.parametrize("lock", sorted(LOCKS))
def test_a_lock_names_no_index_and_no_address(lock):
    text = LOCKS[lock].read_text("utf-8")
    assert not re.search(r"://|^\s*-(-index|-extra|-find|i |f )|@ ", text, re.MULTILINE)


def test_tests_run_on_what_users_get():
    dev = pins("dev")
    assert all(dev.get(name) == versions for name, versions in pins("runtime").items())


def test_the_oracles_move_nothing_that_tests_run_on():
    dev = pins("dev")
    assert all(versions == dev[name] for name, versions in pins("oracle").items() if name in dev)


def test_the_peers_of_the_benchmarks_move_nothing_that_tests_run_on():
    dev = pins("dev")
    assert all(versions == dev[name] for name, versions in pins("bench").items() if name in dev)


def test_the_rule_engine_under_the_agpl_stands_in_the_group_of_the_benchmarks_only():
    assert [lock for lock in sorted(LOCKS) if "openfisca-core" in pins(lock)] == ["bench"]
    sources = (path.read_text("utf-8").lower() for path in (ROOT / "src").rglob("*.py"))
    assert not any("openfisca" in text for text in sources)


def licences(name):
    """Give what a package says of its licence: its expression, else its classifiers, else its first words."""
    about = importlib.metadata.metadata(name)
    said = [about.get("License-Expression") or ""]
    said += [words for words in about.get_all("Classifier", []) if words.startswith("License")]
    return [words for words in said if words] or [(about.get("License") or "").splitlines()[0]]


def installed(lock):
    for name in sorted(pins(lock)):
        try:
            importlib.metadata.metadata(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # for another system
        yield name


def test_nothing_that_users_get_binds_them_to_a_copyleft_licence():
    for name in installed("runtime"):
        said = licences(name)
        assert said, name
        # The compiler's own run-time library may be linked by anybody.
        free = [re.sub(r"[AL]?GPL\S* WITH GCC-exception\S*", "", words, flags=re.IGNORECASE) for words in said]
        assert not any(re.search(r"GPL|Affero|GNU", words) for words in free), (name, said)


def test_what_is_installed_is_what_is_locked():
    dev = pins("dev")
    for name in installed("dev"):
        assert importlib.metadata.version(name) in dev[name], name
