"""A rule is official where a named lawyer checked it, as long as it is the rule that was checked."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import replace
from datetime import date

import pytest

from law.drawn import write
from telusur import law
from telusur.domain.errors import BadInput
from telusur.law import confirmed
from telusur.law.load import load, shipped

DAY = date(2026, 11, 20)
LIKE = law.examples()["like-before-determination"].facts


@pytest.fixture
def office(tmp_path, monkeypatch):
    folder = tmp_path / "kantor"
    monkeypatch.setenv("TELUSUR_HOME", str(folder))
    return folder


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "lampiran.txt"
    path.write_text("Lampiran II, baris 4.\n", "utf-8")
    return path


def e4(answer):
    return next(one for one in answer.as_json()["rule_results"] if one["rule"] == "SKB-2022/E4")


def test_without_an_office_nothing_is_official_and_nothing_is_made(office):
    assert law.catalogue() is shipped()
    assert law.confirmations() == ()
    assert not office.exists()


def test_a_confirmed_rule_is_official_here_and_says_who_checked_it(office, text):
    before = law.determine(LIKE)
    law.confirm("SKB-2022/E4", text, by="Ahli  Hukum", on=DAY)
    after = law.determine(LIKE)
    assert e4(before)["citation"]["status"] == "reported"
    assert "confirmed" not in e4(before)["citation"]
    assert e4(after)["citation"]["status"] == "official"
    assert e4(after)["citation"]["confirmed"] == {
        "by": "Ahli Hukum",
        "on": "2026-11-20",
        "text_sha256": hashlib.sha256(text.read_bytes()).hexdigest(),
    }
    assert law.rule("SKB-2022/E4").allows_sanction
    assert [rule.id for rule in law.catalogue().rules.values() if rule.allows_sanction] == ["SKB-2022/E4"]
    assert law.catalogue().by_act["like"] == tuple(law.catalogue().rules[rule.id] for rule in shipped().by_act["like"])
    assert (before.outcome, before.tracks, before.missing) == (after.outcome, after.tracks, after.missing)


def test_the_catalogues_hash_covers_the_confirmations_and_the_same_make_the_same_bytes(office, text, monkeypatch):
    plain = law.catalogue().hash
    law.confirm("SKB-2022/E4", text, by="Ahli Hukum", on=DAY)
    first = json.dumps(law.determine(LIKE).as_json())
    assert law.catalogue().hash != plain
    other = office.parent / "lain"
    monkeypatch.setenv("TELUSUR_HOME", str(other))
    law.confirm("SKB-2022/E4", text, by="Ahli Hukum", on=DAY)
    assert json.dumps(law.determine(LIKE).as_json()) == first
    law.confirm("SKB-2022/E5", text, by="Ahli Hukum", on=DAY)
    assert json.dumps(law.determine(LIKE).as_json()) != first
    monkeypatch.setenv("TELUSUR_HOME", str(office.parent / "tiada"))
    assert law.catalogue().hash == plain


def test_the_text_is_kept_and_records_are_only_added(office, text):
    law.confirm("SKB-2022/E4", text, by="A", on=DAY)
    first = (office / "confirmations.json").read_text("utf-8")
    law.confirm("SKB-2022/E4", text, by="A", on=DAY)
    assert (office / "confirmations.json").read_text("utf-8") == first
    law.confirm("SKB-2022/E4", text, by="B", on=DAY)
    digest = hashlib.sha256(text.read_bytes()).hexdigest()
    assert (office / "texts" / digest).read_bytes() == text.read_bytes()
    held = json.loads((office / "confirmations.json").read_text("utf-8"))
    assert held["schema"] == "telusur.confirmations/1"
    assert [one["by"] for one in held["confirmations"]] == ["A", "B"]
    assert law.rule("SKB-2022/E4").citation.confirmed.by == "B"
    assert not list(office.rglob("*.part"))


@pytest.mark.parametrize(
    "change", [("level: moral", "level: light"), ("act.official_duty: true", "act.official_duty: false")]
)
def test_a_rule_that_changes_loses_its_confirmation_and_says_so(tmp_path, text, change):
    old, new = change
    before = load(write(tmp_path / "a"))
    confirmed.confirm(before.rule("LAW/1"), text, "A", DAY, tmp_path / "kantor")
    confirmed.confirm(before.rule("LAW/2"), text, "A", DAY, tmp_path / "kantor")
    name = "rules/law.yaml" if "level" in old else "exceptions.yaml"
    after = load(write(tmp_path / "b", **{name: (old, new)}))
    found = confirmed.recorded(after, tmp_path / "kantor")
    assert [(one.rule, one.standing) for one in found] == [("LAW/1", "rule_changed"), ("LAW/2", "holds")]
    held = confirmed.applied(after, found)
    assert [rule.id for rule in held.rules.values() if rule.allows_sanction] == ["LAW/2"]
    # Put back as it was, it is the rule that was checked.
    again = confirmed.recorded(before, tmp_path / "kantor")
    assert [one.standing for one in again] == ["holds", "holds"]


def test_examples_are_no_part_of_what_a_rule_says():
    rule = law.rule("SKB-2022/E4")
    assert confirmed.rule_hash(replace(rule, examples=())) == confirmed.rule_hash(rule)
    assert confirmed.rule_hash(replace(rule, level="light")) != confirmed.rule_hash(rule)


def test_a_rule_that_is_gone_confirms_nothing(tmp_path, text):
    held = load(write(tmp_path / "a"))
    confirmed.confirm(replace(held.rule("LAW/1"), id="LAW/9"), text, "A", DAY, tmp_path / "kantor")
    found = confirmed.recorded(held, tmp_path / "kantor")
    assert [one.standing for one in found] == ["rule_changed"]
    assert confirmed.applied(held, found) is held


def test_a_kept_text_that_is_gone_or_altered_confirms_nothing_until_it_is_put_back(office, text):
    law.confirm("SKB-2022/E4", text, by="A", on=DAY)
    (kept,) = (office / "texts").iterdir()
    kept.write_text("lain")
    assert [one.standing for one in law.confirmations("SKB-2022/E4")] == ["text_changed"]
    kept.unlink()
    assert [one.standing for one in law.confirmations("SKB-2022/E4")] == ["text_missing"]
    assert law.confirmations("SKB-2022/E5") == ()
    law.confirm("SKB-2022/E4", text, by="A", on=DAY)
    assert [one.standing for one in law.confirmations()] == ["holds"]


def test_what_cannot_be_confirmed_is_said(office, text, tmp_path):
    with pytest.raises(BadInput, match="did you mean 'SKB-2022/E4'"):
        law.confirm("SKB-2022/E44", text, by="A", on=DAY)
    with pytest.raises(BadInput, match="name the lawyer"):
        law.confirm("SKB-2022/E4", text, by="  ", on=DAY)
    with pytest.raises(BadInput, match="there is no such file"):
        law.confirm("SKB-2022/E4", tmp_path / "tiada.pdf", by="A", on=DAY)
    text.write_text(" \n")
    with pytest.raises(BadInput, match="the text is empty"):
        law.confirm("SKB-2022/E4", text, by="A", on=DAY)
    os.truncate(text, confirmed.MOST_BYTES + 1)
    with pytest.raises(BadInput, match="more than 200 MiB"):
        law.confirm("SKB-2022/E4", text, by="A", on=DAY)
    assert not office.exists()


@pytest.mark.parametrize("held", ["{", '{"schema": "telusur.confirmations/1", "confirmations": [{}]}', "[]"])
def test_a_file_that_is_no_list_of_confirmations_is_named(office, held):
    office.mkdir()
    (office / "confirmations.json").write_text(held)
    with pytest.raises(BadInput, match="this is no list of confirmations") as caught:
        law.catalogue()
    assert caught.value.where == str(office / "confirmations.json")


def test_nothing_is_half_written(office, text, monkeypatch):
    law.confirm("SKB-2022/E4", text, by="A", on=DAY)
    before = (office / "confirmations.json").read_bytes()

    def fail(_handle):
        raise OSError

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError):  # noqa: PT011 - the very error that was made
        law.confirm("SKB-2022/E5", text, by="A", on=DAY)
    assert (office / "confirmations.json").read_bytes() == before
    assert not list(office.rglob("*.part"))
