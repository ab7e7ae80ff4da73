"""What is said of the measures that hold on this machine."""

from __future__ import annotations

import pytest

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.evidence.measures import Isolation, Measure, isolation


@pytest.fixture
def fresh():
    isolation.cache_clear()
    yield
    isolation.cache_clear()


def test_each_attempt_to_escape_is_refused_here():
    found = {measure.name: measure.holds for measure in isolation().measures}
    for measure in ("processor", "memory", "no_writing", "open_files", "no_new_privileges"):
        assert found[measure], measure
    if found["seccomp"]:
        for attempt in ("network", "program", "process", "writing", "watching"):
            assert found[attempt], attempt
    assert found["other_files"] == found["own_root"]


def test_what_does_not_hold_is_named_in_both_languages():
    lacking = Isolation((Measure("seccomp", False, Text("daftar", "a list")), Measure("memory", True, Text("m", "m"))))
    assert not lacking.complete
    assert lacking.words.id.endswith("tidak berlaku pada mesin ini: daftar.")
    assert lacking.words.en.endswith("not in force on this machine: a list.")
    assert lacking.as_json()[0] == {"measure": "seccomp", "holds": False, "words": {"id": "daftar", "en": "a list"}}


def test_when_all_holds_one_sentence_says_so():
    full = Isolation((Measure("memory", True, Text("m", "m")),))
    assert full.complete
    assert "every protective measure" in full.words.en


def test_a_worker_that_dies_at_the_attempts_proves_nothing(fresh, monkeypatch):
    def dies(*_):
        yield {"held": {"memory": True}}
        yield {"attempt": "network", "refused": True}
        raise BadInput("made its reader crash")

    monkeypatch.setattr("telusur.evidence.measures.open_limited", dies)
    found = {measure.name: measure.holds for measure in isolation().measures}
    assert found["memory"]
    assert found["network"]
    assert not found["seccomp"]
    assert not found["writing"]
