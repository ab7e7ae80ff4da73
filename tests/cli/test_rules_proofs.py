"""What ``telusur rules prove`` promises."""

import json

import pytest

from law.drawn import write
from telusur.cli.main import run


def test_the_shipped_catalogue_is_proved(capsys):
    assert run(["rules", "prove"]) == 0
    said = capsys.readouterr()
    assert "states of facts" in said.out
    assert "all proofs hold" in said.err


def test_the_report_is_one_document_and_the_same_twice(capsys):
    assert run(["rules", "prove", "--json"]) == 0
    first = capsys.readouterr().out
    document = json.loads(first)
    assert list(document) == [
        "schema",
        "made_by",
        "holds",
        "rules",
        "states",
        "folded_states",
        "counts",
        "declared",
        "findings",
    ]
    assert document["schema"] == "telusur.proofs/1"
    assert document["holds"] is True
    assert run(["rules", "prove", "--json"]) == 0
    assert capsys.readouterr().out == first


def test_a_proof_that_fails_is_exit_1_and_names_rule_file_line_and_a_witness(tmp_path, capsys):
    over = "  overrides:\n  - {rule: LAW/1, reason: {id: khusus, en: special}, declared_by: somebody}\n"
    folder = write(tmp_path, **{"rules/law.yaml": (over, "")})
    assert run(["rules", "prove", "--catalogue", str(folder)]) == 1
    said = capsys.readouterr()
    [line] = [line for line in said.out.splitlines() if ": tracks: " in line]
    assert line.startswith("rules/law.yaml:8: tracks: LAW/1: ")
    assert "for instance: date=" in said.out
    assert "findings" in said.err


def test_what_is_no_catalogue_is_told(tmp_path, capsys):
    assert run(["rules", "prove", "--catalogue", str(tmp_path / "tiada")]) == 2
    assert "no folder" in capsys.readouterr().err
    assert run(["rules", "prove", "--catalogue", str(tmp_path)]) == 2
    assert "sources.yaml" in capsys.readouterr().err


OTHERS = """\
- id: V1
  facts: {date: '2024-01-20', contest: {kind: president}, actor: {status: pns}, act: {kind: party_member}}
  expect: {outcome: meets_rule, contested: false, tracks: [dismissal]}
"""


def test_scores_of_own_and_of_other_examples_are_shown_apart_with_what_survives(tmp_path, capsys):
    (tmp_path / "v.yaml").write_text(OTHERS, "utf-8")
    folder = write(tmp_path / "katalog")
    (folder / "examples").mkdir()
    (folder / "examples/a.yaml").write_text("schema: telusur.examples/1\nexamples: []\n", "utf-8")
    arguments = ["rules", "mutate", "--catalogue", str(folder), "--examples", str(tmp_path / "v.yaml")]
    # Without an example nothing is noticed, which is below the bound.
    assert run(arguments) == 1
    said = capsys.readouterr().out
    assert "own: 0 examples notice 0 of" in said
    assert "v.yaml: 1 examples notice" in said
    assert "not noticed: rules/law.yaml:8: LAW/1: drop term side" in said
    assert run([*arguments, "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "telusur.mutation/1"
    assert [one["examples"] for one in document["scores"]] == ["own", "v.yaml"]
    assert document["scores"][0]["survivors"][0]["file"] == "rules/law.yaml"


FACTS = {"date": "2024-06-10", "contest.kind": "regent", "actor.status": "pns", "act.kind": "install_prop"}


def test_a_change_is_told_by_rules_states_and_past_facts(tmp_path, capsys):
    old = write(tmp_path / "old")
    new = write(tmp_path / "new", **{"rules/law.yaml": ("applies_to: [pns]", "applies_to: [cpns]")})
    past = tmp_path / "lama.jsonl"
    past.write_text(json.dumps(FACTS) + "\n" + json.dumps({**FACTS, "act.kind": "like"}) + "\n", "utf-8")
    assert run(["rules", "diff", str(old), str(new), "--facts", str(past)]) == 0
    said = capsys.readouterr().out
    assert "changed: LAW/1: applies_to" in said
    assert "meets_rule → out_of_scope" in said
    assert "line 1: insufficient_facts" in said
    assert "1 of 2 past facts get another answer" in said
    assert run(["rules", "diff", str(old), str(new), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "telusur.rules_diff/1"
    assert document["facts"] is None
    assert document["states_changed"] == sum(one["states"] for one in document["changes"])


def test_past_facts_that_cannot_be_read_are_told_with_their_line(tmp_path, capsys):
    old = write(tmp_path / "old")
    past = tmp_path / "lama.jsonl"
    past.write_text(json.dumps(FACTS) + "\n" + json.dumps({"act.kind": "liek"}) + "\n", "utf-8")
    assert run(["rules", "diff", str(old), str(old), "--facts", str(past)]) == 2
    assert "lama.jsonl:2: " in capsys.readouterr().err
    assert run(["rules", "diff", str(old), str(old), "--facts", str(tmp_path / "a.yaml")]) == 2
    assert "a list" in capsys.readouterr().err


@pytest.mark.parametrize("which", ["OLD", "NEW"])
def test_a_fault_says_in_which_of_the_two_catalogues_it_stands(which, tmp_path, capsys):
    folders = {"OLD": write(tmp_path / "a"), "NEW": write(tmp_path / "b")}
    folders[which] = write(tmp_path / "c", **{"rules/law.yaml": ("applies_to: [pns]", "applies_to: [psn]")})
    assert run(["rules", "diff", str(folders["OLD"]), str(folders["NEW"])]) == 2
    for line in capsys.readouterr().err.splitlines():
        assert line.startswith(f"telusur: {which} {tmp_path}/c/rules/law.yaml:")
    folders[which] = tmp_path / "tiada"
    assert run(["rules", "diff", str(folders["OLD"]), str(folders["NEW"])]) == 2
    assert f"tiada: {which}: this is no folder" in capsys.readouterr().err


@pytest.mark.parametrize(("held", "says"), [(b"\xff", "not UTF-8"), (b"", "expected a list"), (None, "is a folder")])
def test_further_examples_that_cannot_be_read_are_one_line(held, says, tmp_path, capsys):
    path = tmp_path / "v.yaml"
    if held is None:
        path.mkdir()
    else:
        path.write_bytes(held)
    assert run(["rules", "mutate", "--examples", str(path)]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert says in line
    assert str(path) in line
