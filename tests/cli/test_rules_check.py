"""What ``telusur rules check`` promises of many acts: a line each, in order, whatever stands beside it."""

from __future__ import annotations

import csv
import json
import random
from datetime import date, timedelta
from itertools import islice

import polars as pl
import pytest

from telusur.cli import rules_check
from telusur.cli.main import run
from telusur.domain.vocabulary import FIELDS

TRACKS = ("dismissal", "discipline", "contract", "ethics", "criminal_referral")
CHOSEN = tuple(field for field in FIELDS.values() if field.kind in ("choice", "flag"))

BROKEN = (
    "{",
    "[1]",
    '{"date": NaN}',
    '{"act": {"kind": "like"}, "act.kind": "like"}',
    '{"act": {"kind": "liek"}}',
    '{"act": {"public": 1}}',
    '{"act": {"kind": ["like"]}}',
    '{"date": "2016-01-01", "contest": {"kind": "dpr"}}',
    '{"date": "5/11/2023"}',
    '{"schema": "telusur.case/1"}',
)


def drawn(number, seed=7, *, rounds=True):
    """Draw rows with dotted names: facts absent, unknown and known; some `rounds` have no calendar on their day."""
    chance = random.Random(seed)
    for _ in range(number):
        row = {"date": (date(2023, 9, 1) + timedelta(chance.randrange(400))).isoformat()}
        for field in CHOSEN:
            drawn = chance.random()
            if drawn < 0.1 or (field.name == "contest.round" and not (rounds and drawn > 0.9)):
                continue
            values = (True, False) if field.kind == "flag" else field.values
            row[field.name] = None if drawn < 0.15 else chance.choice(values)
        if chance.random() < 0.1:
            row["attribution.intent_claimed"] = f"tidak sengaja, {chance.random()}"
            row["contest.region"] = chance.choice(("32", "35.05", None))
        yield row


def nested(row):
    whole = {}
    for name, value in row.items():
        group, _, leaf = name.rpartition(".")
        (whole.setdefault(group, {}) if group else whole)[leaf] = value
    return whole


def as_lines(path, rows):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


def broken(number, lines):
    """Put the broken lines among the sound ones; give the numbers of the lines they became."""
    places = [(i + 1) * number // (len(BROKEN) + 1) for i in range(len(BROKEN))]
    whole = list(lines)
    for place, line in zip(places, BROKEN, strict=True):
        whole[place] = line
    return whole, [place + 1 for place in places]


def answered(path, *options):
    out = path.with_name(f"jawaban{len(options)}.jsonl")
    assert run(["rules", "check", str(path), "--out", str(out), "--force", *options]) == 0
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def shortened(answer):
    """Take from a full answer what a brief one says."""
    if "error" in answer:
        return answer
    met = {result["track"] for result in answer["rule_results"] if result["status"] == "met"}
    tracks = [track for track in TRACKS if track in met]
    return {"outcome": answer["outcome"], "contested": answer["contested"], "tracks": tracks}


def test_a_thousand_lines_ten_of_them_broken_give_a_thousand_answers_in_order(tmp_path, capsys):
    path = tmp_path / "fakta.jsonl"
    lines, places = broken(1000, [json.dumps(nested(row)) for row in drawn(1000, rounds=False)])
    path.write_text("\n".join(lines), "utf-8")
    full = answered(path)
    assert "10 bad lines" in capsys.readouterr().err
    brief = answered(path, "--brief")
    assert "990 answered, 10 bad lines" in capsys.readouterr().err
    assert len(full) == len(brief) == 1000
    assert [i + 1 for i, line in enumerate(brief) if "error" in line] == places
    assert [line["line"] for line in brief if "error" in line] == places
    assert brief == [shortened(line) for line in full]
    assert {line["outcome"] for line in brief if "outcome" in line} == {
        "meets_rule",
        "meets_no_rule",
        "insufficient_facts",
        "out_of_scope",
    }
    hints = " ".join(line["error"] for line in brief if "error" in line)
    assert "did you mean 'like'" in hints
    assert "calendars exist for" in hints


@pytest.mark.parametrize("kind", ["csv", "parquet", "jsonl"])
def test_brief_answers_are_the_full_ones_shortened_in_every_form_of_batch(kind, tmp_path):
    rows = [*drawn(200, seed=11), {"date": "2016-01-01", "contest.kind": "dpr"}, {"act.kind": "liek"}, {"x": "1"}]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    path = tmp_path / f"fakta.{kind}"
    if kind == "jsonl":
        as_lines(path, rows)
    elif kind == "csv":
        words = {True: "true", False: "false", None: "null"}
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows([words.get(row[c], row[c]) if c in row else "" for c in columns] for row in rows)
    else:
        schema = {c: pl.Boolean if FIELDS.get(c) and FIELDS[c].kind == "flag" else pl.String for c in columns}
        frame = pl.DataFrame([{c: row.get(c) for c in columns} for row in rows], schema=schema)
        frame.with_columns(pl.col("date").str.to_date()).write_parquet(path)
    full = answered(path)
    assert [line for line in full if "error" in line]
    assert answered(path, "--brief") == [shortened(line) for line in full]
    if kind != "parquet":  # which has no unknown beside the absent
        as_lines(tmp_path / "sama.jsonl", rows)
        same = answered(tmp_path / "sama.jsonl", "--brief")
        assert [line for line in same if "error" not in line] == [
            shortened(line) for line in full if "error" not in line
        ]


@pytest.mark.parametrize("known", ["2022-01-01", "2023-11-10", "2024-06-01", "2026-01-01"])
def test_brief_answers_say_what_was_knowable_too(known, tmp_path):
    path = tmp_path / "fakta.jsonl"
    as_lines(path, [*drawn(200, seed=5), {"contest.kind": "none", "act.kind": "party_member", "actor.status": "pns"}])
    full = answered(path, "--known", known)
    assert answered(path, "--known", known, "--brief") == [shortened(line) for line in full]
    assert [line for line in full if "error" not in line]


def test_blocks_follow_one_another(tmp_path, monkeypatch):
    path = tmp_path / "fakta.jsonl"
    lines, _ = broken(100, [json.dumps(row) for row in drawn(100)])
    path.write_text("\n".join(lines), "utf-8")
    whole = answered(path, "--brief")
    for rows in (1, 7, 100):
        monkeypatch.setattr(rules_check, "_BLOCK", rows)
        assert answered(path, "--brief") == whole


def test_the_same_facts_again_get_the_same_line_again(tmp_path):
    path = tmp_path / "fakta.jsonl"
    rows = list(drawn(3))
    as_lines(path, [rows[0], rows[1], rows[0], rows[2], rows[0]])
    full = answered(path)
    assert full[0] == full[2] == full[4]
    assert full[0] != full[1]


def test_brief_answers_without_one_sound_line_leave_nothing(tmp_path, capsys):
    path = tmp_path / "fakta.jsonl"
    path.write_text('{"act.kind": "liek"}\n')
    assert run(["rules", "check", str(path), "--brief", "--out", str(tmp_path / "jawaban.jsonl")]) == 2
    assert "no row could be answered; line 1: act.kind: 'liek'" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [path]


def test_one_act_is_not_answered_briefly(tmp_path, capsys):
    path = tmp_path / "fakta.yaml"
    path.write_text("act: {kind: like}\n")
    assert run(["rules", "check", str(path), "--brief"]) == 2
    assert "--brief answers many acts" in capsys.readouterr().err


def test_brief_answers_tell_their_count_as_json(tmp_path, capsys):
    path, out = tmp_path / "fakta.jsonl", tmp_path / "jawaban.jsonl"
    path.write_text('{"act.kind": "like"}\n{\n')
    assert run(["rules", "check", str(path), "--brief", "--out", str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"out": str(out), "answered": 1, "bad": 1}


@pytest.mark.long
def test_a_million_facts_ten_of_them_broken_give_a_million_lines(tmp_path):
    number, path, out = 1_000_000, tmp_path / "fakta.jsonl", tmp_path / "jawaban.jsonl"
    sound = [json.dumps(nested(row)) + "\n" for row in drawn(5_000, rounds=False)]
    few = tmp_path / "sedikit.jsonl"
    few.write_text("".join(sound), "utf-8")
    expected = [shortened(line) for line in answered(few)]
    places = {(i + 1) * number // (len(BROKEN) + 1): line for i, line in enumerate(BROKEN)}
    with path.open("w", encoding="utf-8") as file:
        for i in range(number):
            file.write(places[i] + "\n" if i in places else sound[i % len(sound)])
    assert run(["rules", "check", str(path), "--brief", "--out", str(out)]) == 0
    with out.open(encoding="utf-8") as file:
        found = map(json.loads, file)
        for i, line in enumerate(islice(found, number)):
            if i in places:
                assert line["line"] == i + 1
                assert "error" in line
            else:
                assert line == expected[i % len(sound)]
        assert i == number - 1
        assert next(found, None) is None


def test_explaining_every_rule_is_refused_for_many_acts(tmp_path, capsys):
    path = tmp_path / "acts.jsonl"
    path.write_text('{"act": {"kind": "like"}}\n', encoding="utf-8")
    assert run(["rules", "check", str(path), "--all-rules"]) == 2
    assert "--all-rules explains one act" in capsys.readouterr().err


def test_every_rule_is_explained_of_one_act(tmp_path, capsys):
    path = tmp_path / "act.yaml"
    path.write_text("date: 2023-11-05\nact: {kind: like}\ncontest: {kind: president}\n", encoding="utf-8")
    assert run(["rules", "check", str(path), "--json"]) == 0
    few = json.loads(capsys.readouterr().out)["rule_results"]
    assert run(["rules", "check", str(path), "--json", "--all-rules"]) == 0
    every = json.loads(capsys.readouterr().out)["rule_results"]
    assert len(every) > len(few)
    assert "SKB-2022/D9a" in {one["rule"] for one in every}
