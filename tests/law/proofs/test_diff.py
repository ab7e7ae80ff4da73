"""What a change of the catalogue is said to change."""

from __future__ import annotations

import math
from datetime import date
from itertools import product

import pytest

from law.drawn import SMALL, write
from telusur import law
from telusur.domain.errors import SeveralProblems
from telusur.domain.facts import Facts
from telusur.domain.vocabulary import FIELDS
from telusur.law.proofs import diff

BANNER = Facts.read(
    {
        "date": date(2024, 6, 10),
        "contest.kind": "regent",
        "actor.status": "pns",
        "act.kind": "install_prop",
        "target.kind": "contestant",
        "act.public": False,
        "act.symbol": False,
    }
)


def changed(tmp_path, name, old, new):
    return write(tmp_path / "old"), write(tmp_path / "new", **{name: (old, new)})


def test_a_catalogue_does_not_differ_from_itself(tmp_path):
    folder = write(tmp_path)
    found = diff(folder, folder, [(1, BANNER)])
    assert (found.added, found.removed, found.changed, found.changed_states, found.uncovered) == ((), (), (), (), 0)
    assert found.facts == ()
    assert found.states > 0


def test_rules_that_were_added_removed_or_changed_are_named_with_what_changed(tmp_path):
    old, new = changed(tmp_path, "rules/law.yaml", "track: ethics", "track: contract")
    text = (new / "rules/law.yaml").read_text()
    (new / "rules/law.yaml").write_text(text.replace("- id: LAW/2", "- id: LAW/3"))
    found = diff(old, new)
    assert (found.added, found.removed) == (("LAW/3",), ("LAW/2",))
    assert found.changed == (("LAW/1", ("track",)),)
    assert found.facts is None


#: Values that stand for several, with their number: other people, who acted, what the record is worth.
MANY = {
    "actor.status": {"pns": 1, "private_citizen": 9},
    "attribution.account_control": {"owner": 3, "shared_unknown": 1, "other_proven": 4},
    "attribution.authenticity": {"established": 2, "doubtful": 1, "refuted": 1},
}
#: The day before the rules, a day without a contest, a day of one; with the number of days.
DAYS = (
    ({"date": date(2019, 12, 31), "contest.kind": "none"}, 1),
    ({"date": date(2024, 6, 10), "contest.kind": "none"}, (date(2025, 1, 1) - date(2020, 1, 1)).days + 1),
    ({"date": date(2024, 6, 10), "contest.kind": "regent"}, 366),
)
FLAGS = ("act.public", "act.appeal", "act.symbol", "act.official_duty")


def told(facts, catalogue):
    answer = law.determine(facts, catalogue=catalogue)
    levels = {
        (one.rule.track, one.rule.level, one.status)
        for one in answer.rule_results
        if one.status in ("met", "undecided")
    }
    return answer.outcome, answer.contested, levels


def test_the_states_that_change_are_counted_as_if_each_were_asked(tmp_path):
    old, new = changed(tmp_path, "rules/law.yaml", "act.public: true}", "act.public: true, act.appeal: true}")
    found = diff(old, new)
    held = [law.load(folder) for folder in (old, new)]
    counted = 0
    for (when, days), target, *rest in product(
        DAYS, FIELDS["target.kind"].values, *(values.items() for values in MANY.values()), *[(True, False)] * len(FLAGS)
    ):
        stated = dict(zip(MANY, (value for value, _ in rest[: len(MANY)]), strict=True))
        flags = dict(zip(FLAGS, rest[len(MANY) :], strict=True))
        facts = BANNER.updated({**when, "target.kind": target, **stated, **flags})
        one, other = (told(facts, catalogue) for catalogue in held)
        counted += (one != other) * days * math.prod(number for _, number in rest[: len(MANY)])
    assert sum(one.states for one in found.changed_states) == counted
    for one in found.changed_states:
        assert [told(one.witness, catalogue)[0] for catalogue in held] == [one.old, one.new]


def test_past_facts_that_get_another_answer_are_named_by_line(tmp_path):
    old, new = changed(tmp_path, "rules/law.yaml", "applies_to: [pns]", "applies_to: [cpns]")
    found = diff(old, new, [(1, BANNER), (2, BANNER.updated({"act.kind": "like"}))])
    assert found.asked == 2
    [one] = found.facts
    assert (one.line, one.old.outcome, one.new.outcome) == (1, "meets_rule", "out_of_scope")
    assert one.old.rules == (("LAW/1", "met"),)


def test_days_that_one_calendar_covers_and_the_other_does_not_are_counted_apart(tmp_path):
    old, new = changed(tmp_path, "calendars/one.yaml", "to: 2024-12-31}", "to: 2024-12-21}")
    found = diff(old, new, [(7, BANNER.updated({"date": date(2024, 12, 25)}))])
    assert found.uncovered == 10
    assert found.changed_states == ()
    [one] = found.facts
    assert one.old.outcome == "meets_rule"
    assert "no calendar covers" in one.new.problem


def test_a_phase_that_moves_changes_the_states_of_its_days(tmp_path):
    text = SMALL["rules/law.yaml"].replace("phase: always", "phase: before_determination")
    old = write(tmp_path / "old", **{"rules/law.yaml": text})
    new = write(
        tmp_path / "new",
        **{
            "rules/law.yaml": text,
            "calendars/one.yaml": ("determination, from: 2024-05-01", "determination, from: 2024-05-03"),
        },
    )
    found = diff(old, new)
    assert {(one.old, one.new) for one in found.changed_states} >= {("meets_no_rule", "meets_rule")}
    assert {one.witness.value("date") for one in found.changed_states} <= {date(2024, 5, 1), date(2024, 5, 2)}


def test_a_catalogue_that_cannot_be_read_is_told(tmp_path):
    with pytest.raises(SeveralProblems, match=r"sources\.yaml"):
        diff(write(tmp_path / "old"), tmp_path)
