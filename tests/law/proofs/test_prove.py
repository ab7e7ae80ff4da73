"""What is proved of a catalogue, and that each proof can fail."""

from __future__ import annotations

import pytest

from law.drawn import SMALL, write
from telusur import law
from telusur.domain.errors import SeveralProblems
from telusur.domain.vocabulary import FIELDS
from telusur.law.proofs import CHECKS, prove

KINDS = [kind for kind in FIELDS["contest.kind"].values if kind not in ("regent", "none")]

BASE = "schema: telusur.declared/1\n"
#: The issue of the small catalogue turns on the symbol, so that showing one leaves to readings what was met without.
OVER = "  overrides:\n  - {rule: LAW/1, reason: {id: khusus, en: special}, declared_by: somebody}\n"
LOWERS = "lowers: [{fact: act.symbol, act: [install_prop], reason: {id: ragu, en: doubt}}]\n"
SILENT = "silent: [{reason: {id: kecil, en: small}}]\n"


def small(tmp_path, **changes):
    """Prove the small catalogue; findings that every so small catalogue has are left out."""
    declared = changes.pop("declared.yaml", BASE + SILENT + LOWERS)
    folder = write(tmp_path, **changes)
    (folder / "declared.yaml").write_text(declared, "utf-8")
    report = prove(folder)
    return [one for one in report.findings if one.check != "unused" and one.subject not in KINDS]


def rules(old, new):
    assert old in SMALL["rules/law.yaml"], old
    return SMALL["rules/law.yaml"].replace(old, new, 1)


def test_all_proofs_hold_of_the_shipped_catalogue():
    report = prove()
    assert [f"{one.check} {one.subject}: {one.says}" for one in report.findings] == []
    assert report.holds
    assert report.rules == len(law.catalogue().rules)
    # Every fact that rules ask takes part: far more states than anybody could list, folded into what can be walked.
    assert report.states > 10**9 > report.folded
    assert all(needed for _, _, needed in report.declared)


def test_of_the_small_catalogue_nothing_is_wrong_once_its_silence_is_declared(tmp_path):
    assert small(tmp_path) == []


def test_an_act_of_which_no_rule_speaks_is_found_unless_it_is_declared(tmp_path):
    found = small(tmp_path, **{"declared.yaml": BASE + LOWERS})
    assert {one.check for one in found} == {"silence"}
    assert {one.subject for one in found} == set(FIELDS["act.kind"].values)
    # Where a rule does speak, there is no silence.
    props = {(one.witness.value("actor.status"), one.witness.value("contest.kind")) for one in found}
    assert ("private_citizen", "regent") in props
    spoken = {"act.kind": "install_prop", "actor.status": "pns", "contest.kind": "regent"}
    assert not any(spoken.items() <= one.witness.stated.items() for one in found)


def test_a_declaration_that_nothing_needs_is_found_with_its_line(tmp_path):
    held = BASE + SILENT + LOWERS + "together:\n- {track: contract, reason: {id: b, en: b}}\n"
    [one] = small(tmp_path, **{"declared.yaml": held})
    assert (one.check, one.subject, one.file, one.line) == ("declared", "together", "declared.yaml", 5)


def test_rules_on_two_tracks_that_one_act_meets_are_found_with_a_witness(tmp_path):
    text = rules(OVER, "")
    [one] = small(tmp_path, **{"rules/law.yaml": text})
    assert (one.check, one.subject, one.file) == ("tracks", "LAW/1", "rules/law.yaml")
    assert one.line == 1 + text.splitlines().index("- id: LAW/1")
    folder = tmp_path
    answer = law.determine(one.witness, catalogue=law.load(folder))
    assert {result.rule.id for result in answer.met} == {"LAW/1", "LAW/2"}


def test_tracks_that_stand_together_by_declaration_are_no_finding(tmp_path):
    text = rules(OVER, "")
    both = BASE + SILENT + LOWERS + "together: [{rules: [LAW/1, LAW/2], reason: {id: b, en: b}}]\n"
    assert small(tmp_path, **{"rules/law.yaml": text, "declared.yaml": both}) == []


def test_a_rule_that_no_facts_meet_is_dead(tmp_path):
    text = rules("act.public: true}", "act.public: true, all: [{act.public: false}]}")
    found = {one.subject for one in small(tmp_path, **{"rules/law.yaml": text}) if one.check == "dead"}
    assert found == {"LAW/2"}


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        # The exception needs what the rule excludes.
        ("term: side}", "term: side, act.official_duty: false}", "exception duty"),
        ("term: side}", "term: side, act.symbol: false}", "issue doubt"),
        ("act.public: true}", "act.public: true, target.kind: [party]}", "override LAW/1"),
    ],
)
def test_a_part_that_never_has_an_effect_is_found(old, new, part, tmp_path):
    found = [one for one in small(tmp_path, **{"rules/law.yaml": rules(old, new)}) if one.check == "dead"]
    assert [one for one in found if part in one.says]


def test_more_that_lowers_the_outcome_is_found_with_a_witness(tmp_path):
    text = rules("act.public: true}", "act.public: true, act.state_facility: false}")
    one, _ = small(tmp_path, **{"rules/law.yaml": text})
    assert one.check == "monotone"
    assert "act.state_facility = true" in one.says
    held = law.load(tmp_path)
    less = law.determine(one.witness, catalogue=held)
    more = law.determine(one.witness.updated({"act.state_facility": True}), catalogue=held)
    assert len(more.met) < len(less.met)


def test_a_rule_that_holds_of_support_and_not_of_opposition_is_found(tmp_path):
    text = rules("act.public: true}", "act.public: true, act.leaning: [supports]}")
    found = [one for one in small(tmp_path, **{"rules/law.yaml": text}) if one.check == "symmetry"]
    assert [one.subject for one in found] == ["LAW/2"]


def test_a_contest_without_a_calendar_is_found(tmp_path):
    report = prove(write(tmp_path))
    assert {one.subject for one in report.findings if one.check == "phases"} == set(KINDS)


def test_facts_and_values_that_no_rule_asks_are_found_and_so_is_a_term_nobody_uses(tmp_path):
    terms = SMALL["terms.yaml"] + "- {id: idle, title: {id: a, en: a}, when: {act.public: true}}\n"
    found = {
        one.subject: one for one in prove(write(tmp_path, **{"terms.yaml": terms})).findings if one.check == "unused"
    }
    assert "no rule asks" in found["actor.superior"].says
    assert "apart" in found["target.kind"].says
    assert found["idle"].file == "terms.yaml"
    assert "side" not in found


def test_a_mistaken_word_in_a_declaration_is_told_with_its_line(tmp_path):
    folder = write(tmp_path)
    (folder / "declared.yaml").write_text(
        "schema: telusur.declared/1\nsilent:\n- {act: [likes], reason: {id: a, en: a}}\n", "utf-8"
    )
    with pytest.raises(SeveralProblems, match=r"declared.yaml:3.*did you mean 'like'"):
        prove(folder)


def test_every_finding_is_of_a_check_that_is_named():
    assert len(set(CHECKS)) == len(CHECKS)


EXAMPLE = """\
schema: telusur.examples/1
examples:
- id: props
  title: {id: alat, en: props}
  facts: {date: 2024-01-20, act.kind: install_prop, act.public: true, actor.status: pns, contest.kind: regent}
  expect: {outcome: OUTCOME}
  why: {id: ya, en: 'yes'}
"""


def test_an_example_that_a_rule_names_and_nobody_wrote_is_found(tmp_path):
    (one,) = small(tmp_path, **{"rules/law.yaml": rules("  phase: always\n", "  phase: always\n  examples: [gone]\n")})
    assert (one.check, one.subject, one.file) == ("examples", "LAW/1", "rules/law.yaml")
    assert "gone" in one.says


@pytest.mark.parametrize(("outcome", "wrong"), [("meets_no_rule", True), ("meets_rule", False)])
def test_an_example_that_does_not_hold_is_found_with_its_line(tmp_path, outcome, wrong):
    found = small(tmp_path, **{"examples/some.yaml": EXAMPLE.replace("OUTCOME", outcome)})
    assert [(one.check, one.subject, one.file, one.line) for one in found] == (
        [("examples", "props", "examples/some.yaml", 3)] if wrong else []
    )
