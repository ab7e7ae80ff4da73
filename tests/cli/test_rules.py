"""What ``telusur rules`` promises."""

import json
import re
from pathlib import Path

import polars as pl
import pytest

from telusur import law
from telusur.cli.determination_words import determination_lines
from telusur.cli.main import run
from telusur.domain.vocabulary import FIELDS
from telusur.dossier import read_facts

EXAMPLE = Path(__file__).parents[2] / "examples/facts.yaml"

FACTS = """\
schema: telusur.facts/1
date: 2023-11-05
contest: {kind: %s}
actor: {status: pns}
act: {kind: like, public: true, leaning: supports}
target: {kind: %s}
attribution: {account_control: owner, authenticity: established}
"""


@pytest.fixture
def facts(tmp_path):
    def write(contest="president", target="would_be_contestant", name="fakta.yaml"):
        path = tmp_path / name
        path.write_text(FACTS % (contest, target), "utf-8")
        return path

    return write


def answer(path, capsys, *options):
    assert run(["rules", "check", str(path), "--json", *options]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_same_like_is_ethics_in_one_contest_and_discipline_in_another(facts, capsys):
    president = answer(facts(), capsys)
    legislative = answer(facts("dpr", "contestant"), capsys)
    assert {r["track"] for r in president["rule_results"] if r["status"] == "met"} == {"ethics"}
    assert {r["track"] for r in legislative["rule_results"] if r["status"] == "met"} == {"discipline"}


def test_the_answer_has_the_fields_of_the_contract_in_their_order(facts, capsys):
    assert list(answer(facts(), capsys)) == [
        "schema",
        "made_by",
        "outcome",
        "contested",
        "phase",
        "rule_results",
        "missing",
        "presumed",
        "next_question",
    ]


def test_json_facts_are_as_good_as_yaml(facts, tmp_path, capsys):
    from_yaml = answer(facts(), capsys)
    path = tmp_path / "fakta.json"
    document = {
        "schema": "telusur.facts/1",
        "date": "2023-11-05",
        "contest.kind": "president",
        "actor": {"status": "pns"},
        "act": {"kind": "like", "public": True, "leaning": "supports"},
        "target": {"kind": "would_be_contestant"},
        "attribution": {"account_control": "owner", "authenticity": "established"},
    }
    path.write_text(json.dumps(document), "utf-8")
    assert answer(path, capsys) == from_yaml


def test_what_was_knowable_is_asked_for_by_a_date(facts, capsys):
    assert answer(facts(), capsys, "--known", "2023-11-10")["outcome"] == "meets_rule"
    assert run(["rules", "check", str(facts()), "--known", "2022-01-01"]) == 2
    assert "were not known on 2022-01-01" in capsys.readouterr().err


def test_people_read_a_sentence_and_every_rule_on_the_act(facts, capsys):
    assert run(["rules", "check", str(facts())]) == 0
    said = capsys.readouterr().out
    assert "SKB-2022/E4" in said
    assert run(["rules", "check", str(facts()), "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "not met: phase of the contest: before the determination (asked for: after the determination" in said


def test_of_every_example_people_read_what_was_found_and_what_was_asked_for():
    for example in law.examples().values():
        found = law.determine(example.facts)
        for language in ("id", "en"):
            lines = list(determination_lines(found, language))
            assert sum("(diminta: " in line or "(asked for: " in line for line in lines) == sum(
                bool(one.unmet) for one in found.rule_results
            )
            assert not [line for line in lines if "None" in line or "_" in line.partition(" (")[0]]


def test_of_a_day_without_a_calendar_the_file_is_named(facts, capsys):
    path = facts()
    path.write_text(path.read_text("utf-8").replace("2023-11-05", "2016-11-05"), "utf-8")
    assert run(["rules", "check", str(path)]) == 2
    assert f"{path}:2: date: no calendar covers 2016-11-05" in capsys.readouterr().err


def test_the_example_of_facts_leaves_the_answer_to_those_who_decide(capsys):
    assert answer(EXAMPLE, capsys)["missing"] == ["attribution.account_control", "attribution.authenticity"]


def test_the_example_of_facts_holds_every_field_and_every_value(tmp_path):
    whole = re.sub(r"^( *)# ((?:[a-z_]+): )", r"\1\2", EXAMPLE.read_text("utf-8"), flags=re.MULTILINE)
    written = tmp_path / "fakta.yaml"
    written.write_text(whole, "utf-8")
    given = read_facts(written)
    named = set(re.findall(r"[a-z0-9_]+", whole))
    for field in FIELDS.values():
        assert field.name.rpartition(".")[2] in named
        assert set(field.values) <= named
    assert given.value("act.accidental") is True


def test_an_unknown_fact_is_asked_for(facts, capsys):
    path = facts()
    path.write_text(path.read_text("utf-8").replace("account_control: owner, ", ""), "utf-8")
    assert run(["rules", "check", str(path)]) == 0
    assert "attribution.account_control" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("kind: like", "kind: liek", "did you mean 'like'"),
        ("leaning:", "leanin:", "act.leaning"),
        ("2023-11-05", "2016-11-05", "calendar"),
        ("2023-11-05", "5/11/2023", "2024-01-20"),
    ],
)
def test_bad_facts_are_one_line_that_names_what_was_meant(old, new, hint, facts, capsys):
    path = facts()
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    assert run(["rules", "check", str(path)]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert hint in line


def rows():
    return [
        {"date": "2023-11-05", "contest.kind": "president", "actor.status": "pns", "act.kind": "like"},
        {"date": "2023-11-05", "contest.kind": "presiden", "actor.status": "pns", "act.kind": "like"},
        {"date": "2023-12-05", "contest.kind": "none", "actor.status": "pns", "act.kind": "party_member"},
    ]


@pytest.mark.parametrize("kind", ["jsonl", "csv", "parquet"])
def test_many_facts_give_as_many_answers_in_order_the_bad_ones_in_their_place(kind, tmp_path, capsys):
    path, out = tmp_path / f"fakta.{kind}", tmp_path / "jawaban.jsonl"
    if kind == "jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in rows()), "utf-8")
    elif kind == "csv":
        pl.DataFrame(rows()).write_csv(path)
    else:
        pl.DataFrame(rows()).write_parquet(path)
    assert run(["rules", "check", str(path), "--out", str(out)]) == 0
    assert "2 answered, 1 bad" in capsys.readouterr().err
    answers = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert answers[0]["schema"] == "telusur.determination/1"
    assert "did you mean 'president'" in answers[1]["error"]
    assert answers[1]["line"] in {2, 3}
    assert answers[2]["rule_results"]


def test_many_facts_need_a_place_for_the_answers(tmp_path, capsys):
    path = tmp_path / "fakta.jsonl"
    path.write_text("{}\n")
    assert run(["rules", "check", str(path)]) == 2
    assert "--out" in capsys.readouterr().err


def test_a_rule_is_shown_with_citation_status_and_readings(capsys):
    assert run(["rules", "show", "SKB-2022/E4"]) == 0
    said = capsys.readouterr().out
    assert "menurut pemberitaan" in said
    assert "Bawaslu Kabupaten Blitar" in said
    assert run(["rules", "show", "SKB-2022/E4", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["citation"]["status"] == "reported"


def test_every_rule_can_be_shown_in_both_languages(capsys):
    for rule in law.catalogue().rules:
        for language in ("id", "en"):
            assert run(["rules", "show", rule, "--lang", language]) == 0
    assert capsys.readouterr().err == ""


def test_a_mistaken_rule_names_the_nearest(capsys):
    assert run(["rules", "show", "SKB-2022/E44"]) == 2
    assert "SKB-2022/E4" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("contest: {kind: dpr}\n\ndate: 2016-01-01\n", 3),
        ("contest:\n  kind: president\n  round: 2\ndate: 2024-01-01\n", 4),
        ('{"contest": {"kind": "dpr"},\n "date": "2016-01-01"}', 2),
    ],
)
def test_a_day_without_a_calendar_is_told_with_its_line(written, line, tmp_path, capsys):
    path = tmp_path / "fakta.yaml"
    path.write_text(written, "utf-8")
    assert run(["rules", "check", str(path)]) == 2
    [said] = capsys.readouterr().err.splitlines()
    assert f"{path}:{line}: date: no calendar covers" in said
    assert "legislative-2024" in said


@pytest.mark.parametrize("known", ["2023-02-29", "kemarin", "20240101", "2024-1-2", ""])
def test_a_day_of_knowledge_that_is_none_names_its_option(known, facts, capsys):
    assert run(["rules", "check", str(facts()), "--known", known]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("telusur: --known: ")
    assert "write it as 2024-04-01" in line


def test_what_was_not_yet_known_is_said_of_the_option_not_of_the_file(facts, capsys):
    assert run(["rules", "check", str(facts()), "--known", "2021-01-01"]) == 2
    assert capsys.readouterr().err.startswith("telusur: --known: the dates of president-2024 were not known")


def test_one_answer_is_not_written_to_a_file_of_many(facts, tmp_path, capsys):
    assert run(["rules", "check", str(facts()), "--out", str(tmp_path / "jawaban.jsonl")]) == 2
    assert "--out holds the answers to many acts" in capsys.readouterr().err
    assert not (tmp_path / "jawaban.jsonl").exists()


def test_a_list_without_rows_is_named(tmp_path, capsys):
    path = tmp_path / "fakta.jsonl"
    path.write_text("")
    assert run(["rules", "check", str(path), "--out", str(tmp_path / "jawaban.jsonl")]) == 2
    assert f"{path}: there are no rows in it" in capsys.readouterr().err


def test_a_rule_is_shown_with_its_history(capsys):
    assert run(["rules", "show", "SKB-2022/E4", "--lang", "en"]) == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    history = lines[lines.index("history:") + 1 :]
    assert history[:3] == [
        "22 September 2022: SKB-2022 came into force",
        "22 September 2022: this rule came into force",
        "6 November 2023: known here",
    ]
    assert history[3].startswith("its form is taken over by SE-PANRB-1-2023/E4: contract staff")
    assert run(["rules", "show", "SE-PANRB-1-2023/E4", "--lang", "en"]) == 0
    assert "takes over the form of SKB-2022/E4" in capsys.readouterr().out


def test_the_history_of_a_rule_is_in_its_json(capsys):
    assert run(["rules", "show", "SKB-2022/E4", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "telusur.rule/1"
    assert set(document["made_by"]) == {"telusur", "catalogue", "models"}
    assert document["derived_forms"] == ["SE-PANRB-1-2023/E4"]
    assert document["instrument_in_force"]["from"] == "2022-09-22"


def test_a_rule_that_yields_says_to_which_and_one_that_lasts_says_so(capsys):
    held = law.catalogue()
    name = next(over.rule for one in held.rules.values() for over in one.overrides)
    assert run(["rules", "show", name, "--lang", "en"]) == 0
    assert "    yields to " in capsys.readouterr().out
    lasting = next(one.id for one in held.rules.values() if one.continuing)
    assert run(["rules", "show", lasting, "--lang", "en"]) == 0
    assert "conduct that lasts" in capsys.readouterr().out
