"""Every kind of step has words, in both languages."""

from __future__ import annotations

import pytest

from office.letters import example
from process_case import before_deciding
from telusur.domain import marked_yaml
from telusur.office.desk import telling
from telusur.process.border import kind_of
from telusur.process.steps import KINDS


def test_every_kind_of_step_has_words_and_no_others():
    held = marked_yaml.packaged("telusur.office.desk", "telling.yaml").value
    kinds = {kind_of(object.__new__(kind)) for kind in KINDS}
    assert set(held["steps"]) == kinds


@pytest.mark.parametrize(
    "make", [lambda: before_deciding().file, lambda: example.cleared().file, lambda: example.drafted().file]
)
def test_a_file_is_told_without_an_id_or_an_empty_place(make):
    file = make()
    for number, step in enumerate(file.steps, 1):
        told = telling.told(number, step, file, {})
        for words in (told.what.id, told.what.en, told.who.id, told.who.en):
            assert words
            assert "{" not in words
            assert "None" not in words
            assert "r-1" not in words


def test_a_person_is_called_by_name_and_a_party_by_its_part():
    file = before_deciding().file
    assert telling.who("u7", file, {"u7": "Petugas 7"}).id == "Petugas 7"
    assert telling.who("r-1", file, {}).en == "Civil servant under examination"
    assert telling.who("siapa", file, {}).en == "official"


def test_a_move_without_a_vote_names_none():
    file = before_deciding().file
    moved = [telling.said(step, file, {}) for step in file.steps if kind_of(step) == "moved"]
    assert moved
    assert not any("vote" in words.en or "suara" in words.id for words in moved)
