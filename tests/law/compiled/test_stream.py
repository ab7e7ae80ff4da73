"""Acts taken one by one, answered in blocks, are answered as `determine` does."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.drawn import facts, write
from telusur import law
from telusur.domain.errors import BadInput
from telusur.domain.facts import Facts
from telusur.law.compiled import Brief, Tables, stream
from telusur.law.compiled.stream import Stream, documents

TABLES = Tables(law.catalogue())


def answered(asked, drawn):
    """Give what a stream answers, a fact set that no calendar covers as its error."""
    coded, errors = [], {}
    for i, one in enumerate(drawn):
        try:
            coded.append(asked.coded(one))
        except BadInput as error:
            errors[i] = str(error)
    lines = documents(asked.brief(coded))
    return [errors[i] if i in errors else next(lines) for i in range(len(drawn))]


def determined(drawn, known_on=None, catalogue=None):
    for one in drawn:
        try:
            found = law.determine(one, known_on=known_on, catalogue=catalogue)
        except BadInput as error:
            yield str(error)
        else:
            yield {"outcome": found.outcome, "contested": found.contested, "tracks": list(found.tracks)}


def with_tables(catalogue, tables, known_on=None):
    asked = Stream(catalogue, known_on)
    asked._tables = tables
    return asked


@given(st.lists(facts(), max_size=40))
def test_each_act_is_answered_as_by_itself_with_tables_or_without(drawn):
    expected = list(determined(drawn))
    assert answered(Stream(law.catalogue()), drawn) == expected
    assert answered(with_tables(law.catalogue(), TABLES), drawn) == expected


#: Before anything was known, between the sources, and after all of them.
KNOWN = sorted({rule.known_from for rule in law.catalogue().rules.values()})
asked_on = st.sampled_from([date(2000, 1, 1), *KNOWN, date(2023, 6, 1), date(2024, 8, 1), date(2030, 1, 1)])


@given(st.lists(facts(), max_size=40), asked_on)
def test_what_was_knowable_on_a_day_is_answered_as_by_itself(drawn, known_on):
    assert answered(Stream(law.catalogue(), known_on), drawn) == list(determined(drawn, known_on))


@pytest.mark.parametrize("known_on", [date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1), date(2000, 1, 1)])
def test_a_rule_that_was_not_known_yet_clears_nobody(known_on, tmp_path):
    first = "- id: LAW/1\n"
    later = "  known: {from: 2024-02-01}\n"
    catalogue = law.load(write(tmp_path, **{"rules/law.yaml": (first, first + later)}))
    drawn = [
        Facts.read(
            {
                "date": "2024-06-10",
                "contest.kind": contest,
                "act.kind": "install_prop",
                "actor.status": status,
                "target.kind": target,
                "act.public": public,
            }
        )
        for contest in ("none", "regent", None)
        for status in ("pns", "private_citizen", None)
        for target in ("contestant", "none", None)
        for public in (True, False, None)
    ]
    expected = list(determined(drawn, known_on, catalogue))
    assert answered(Stream(catalogue, known_on), drawn) == expected
    known = Tables(stream._known_by(catalogue, known_on))
    assert answered(with_tables(catalogue, known, known_on), drawn) == expected
    outcomes = {line["outcome"] for line in expected if isinstance(line, dict)}
    assert ("out_of_scope" in outcomes) or known_on.year == 2000


def test_tables_are_worked_out_once_many_were_asked(monkeypatch):
    monkeypatch.setattr(stream, "_TABLES_PAY", 5)
    made = []
    monkeypatch.setattr(stream, "Tables", lambda catalogue: made.append(catalogue) or TABLES)
    asked, drawn = Stream(law.catalogue()), [example.facts for example in law.examples().values()][:3]
    expected = list(determined(drawn))
    for blocks in (0, 1, 1):
        assert answered(asked, drawn) == expected
        assert len(made) == blocks


def test_tables_too_know_only_what_was_known(monkeypatch):
    monkeypatch.setattr(stream, "_TABLES_PAY", 0)
    drawn = [example.facts for example in law.examples().values()]
    for known_on in (date(2000, 1, 1), KNOWN[len(KNOWN) // 2], date(2030, 1, 1)):
        assert answered(Stream(law.catalogue(), known_on), drawn) == list(determined(drawn, known_on))


def test_tracks_stand_gravest_first():
    [line] = documents(Brief(np.array([255], np.uint8)))
    assert line == {
        "outcome": "meets_rule",
        "contested": True,
        "tracks": ["dismissal", "discipline", "contract", "ethics", "criminal_referral"],
    }


def test_no_more_days_are_held_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(stream, "_HELD", 2)
    asked = Stream(law.catalogue())
    drawn = [Facts.read({"date": f"2024-02-{n:02}", "contest.kind": "dpr", "act.kind": "like"}) for n in range(1, 20)]
    assert answered(asked, drawn) == list(determined(drawn))
    assert len(asked._phases) <= 2


def test_a_block_may_be_empty():
    assert list(documents(Stream(law.catalogue()).brief([]))) == []
    assert list(documents(with_tables(law.catalogue(), TABLES).brief([]))) == []
    assert list(documents(Stream(law.catalogue(), date(2023, 1, 1)).brief([]))) == []


def test_a_round_left_out_is_the_first_and_one_said_to_be_unknown_is_not():
    base = {
        "date": "2023-11-05",
        "contest.kind": "president",
        "actor.status": "pns",
        "act.kind": "like",
        "act.public": True,
        "act.leaning": "supports",
        "target.kind": "would_be_contestant",
        "attribution.account_control": "owner",
        "attribution.authenticity": "established",
    }
    for extras in ([{}, {"contest.round": None}], [{"contest.round": None}, {}], [{"contest.round": 1}, {}]):
        drawn = [Facts.read(base | extra) for extra in extras]
        expected = list(determined(drawn))
        assert (expected[0] == expected[1]) is (extras[0] == {"contest.round": 1})
        assert answered(Stream(law.catalogue()), drawn) == expected
