"""What ``telusur balance`` promises (contracts.md, section 6)."""

import csv
import json

import pytest

from telusur.balance import default_plan, template
from telusur.cli.main import run
from telusur.validation.balance.worlds import Setting, draw, rows

TABLE = """\
schema: telusur.table/1
title: {id: Contoh, en: Example}
body: Bawaslu
date: "2024-12-02"
cells:
- {id: cases, label: {id: kasus, en: cases}, value: 433, sum_of: [violations, others]}
- {id: violations, label: {id: pelanggaran, en: violations}, value: 314}
- {id: others, label: {id: bukan, en: not}, value: 99}
"""


def written(path, setting, seed=1):
    held = list(rows(draw(setting, seed)))
    for row in held:
        # Six regions and no other columns of words: fewer cells to protect, and nothing else differs.
        row["region"] = f"3{int(row['region']) % 6}"
        for column in ("source", "rank", "body"):
            del row[column]
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, held[0])
        table.writeheader()
        table.writerows(held)
    return path


@pytest.fixture(scope="module")
def cases(tmp_path_factory):
    return written(tmp_path_factory.mktemp("cases") / "cases.csv", Setting("plain", 900, "accepted"))


@pytest.fixture(scope="module")
def first(tmp_path_factory, cases):
    """One audit, with its key beside it."""
    folder = tmp_path_factory.mktemp("first")
    assert audited(cases, folder / "out", "--key", folder / "series.key") == 0
    return folder


def audited(cases, out, *more):
    return run(["balance", "audit", str(cases), "--out", str(out), *map(str, more)])


def test_an_audit_is_the_contracts_document_a_report_and_a_release(tmp_path, cases, capsys):
    assert audited(cases, tmp_path / "out", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert document == json.loads((tmp_path / "out/audit.json").read_text("utf-8"))
    assert document["schema"] == "telusur.balance/1"
    assert [step["step"] for step in document["steps"]] == ["accepted", "examined", "proven", "sanctioned"]
    step = document["steps"][0]
    assert {"name", "p", "q", "effect", "lower", "upper", "detectable"} <= step["test"].keys()
    assert [set(group) for group in step["groups"]] == [{"group", "n", "rate", "lower", "upper"}] * 3
    assert step["verdict"] in {"even", "uneven", "too_little_data"}
    assert document["suppressed"] > 0
    public = {path.name for path in (tmp_path / "out/public").iterdir()}
    assert {"report.html", "report.en.html", "release.json", "group_state.csv"} <= public


def test_what_is_public_holds_no_small_or_exact_count(first):
    for path in (first / "out/public").glob("*.csv"):
        for row in csv.DictReader(path.read_text("utf-8").splitlines()):
            assert row["cases"] == "" or (int(row["cases"]) % 5 == 0 and int(row["cases"]) > 0), path.name
    assert "000001" not in (first / "out/public/report.html").read_text("utf-8")


def test_the_same_cases_plan_and_key_give_the_same_bytes(tmp_path, cases, first):
    assert audited(cases, tmp_path / "out", "--key", first / "series.key") == 0
    again, before = (
        {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}
        for out in (tmp_path / "out", first / "out")
    )
    assert again == before
    assert (first / "series.key").stat().st_mode & 0o077 == 0


def test_fifty_cases_are_too_little_and_no_ratio_is_printed(tmp_path, capsys):
    few = written(tmp_path / "few.csv", Setting("plain", 50))
    assert audited(few, tmp_path / "out", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert {step["verdict"] for step in document["steps"]} == {"too_little_data"}
    assert all(step["test"] is None or step["test"]["effect"] is None for step in document["steps"])


def test_a_plan_that_is_written_answers_in_json_too(tmp_path, capsys):
    assert run(["balance", "plan", str(tmp_path / "plan.yaml"), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["schema"] == "telusur.balance_plan_record/1"
    assert answer["made_by"].keys() == {"telusur", "catalogue", "models"}
    assert (answer["sha256"], answer["recorded_at"]) == (default_plan().sha256, None)


def test_a_plan_recorded_before_the_data_leaves_no_stamp_and_a_later_one_does(tmp_path, cases, capsys):
    store, plan = tmp_path / "store", tmp_path / "plan.yaml"
    assert run(["evidence", "init", str(store)]) == 0
    assert run(["balance", "plan", str(plan)]) == 0
    assert plan.read_text("utf-8") == template()
    assert run(["balance", "plan", str(plan), "--store", str(store)]) == 0
    assert run(["balance", "plan", str(plan), "--store", str(store)]) == 0
    assert "was recorded before" in capsys.readouterr().err
    assert audited(cases, tmp_path / "first", "--plan", plan, "--store", store) == 0
    assert "post hoc" not in (tmp_path / "first/public/report.html").read_text("utf-8")
    other = tmp_path / "other.yaml"
    other.write_text(
        template().replace("strata: [region]", "strata: [region, source]").replace("phase, source", "phase")
    )
    assert run(["balance", "plan", str(other), "--store", str(store)]) == 0
    assert audited(cases, tmp_path / "second", "--plan", other, "--store", store) == 0
    assert "post hoc" in (tmp_path / "second/public/report.html").read_text("utf-8")
    assert json.loads((tmp_path / "second/audit.json").read_text())["plan"]["post_hoc"]["en"].startswith(
        "This plan was"
    )
    assert run(["evidence", "ledger", str(store), "--verify"]) == 0


def test_a_series_of_releases_gives_nothing_away(tmp_path, cases, first, capsys):
    key, before = ("--key", first / "series.key"), first / "out/public"
    lines = cases.read_text("utf-8").splitlines(keepends=True)
    more = tmp_path / "more.csv"
    more.write_text("".join(lines) + lines[1].replace("000000", "999999"), "utf-8")
    assert audited(more, tmp_path / "second", *key, "--earlier", before) == 0
    capsys.readouterr()
    assert run(["balance", "attack", str(before), str(tmp_path / "second/public"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["recovered"] == []


def test_a_later_release_needs_the_key_of_its_series(tmp_path, cases, first, capsys):
    assert audited(cases, tmp_path / "second", "--earlier", first / "out/public") == 2
    assert "name the key of its series" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("case,beneficiary\nk1,A\n", "no row has the column 'region'"),
        ("", "the first line names no columns"),
        ("case,beneficiary,region,reported,outcome\nk1,A,31,2024-09-01,guilty\n", "is none of dropped, not_proven"),
    ],
)
def test_cases_that_cannot_be_used_end_with_2_and_one_line(tmp_path, capsys, text, said):
    path = tmp_path / "cases.csv"
    path.write_text(text, "utf-8")
    assert audited(path, tmp_path / "out") == 2
    error = capsys.readouterr().err
    assert said in error
    assert str(path) in error
    assert error.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_rows_that_are_left_out_are_counted(tmp_path, cases, capsys):
    lines = cases.read_text("utf-8").splitlines(keepends=True)
    path = tmp_path / "cases.csv"
    path.write_text(
        "".join([*lines, lines[1], lines[2].replace("2024-", "1924-", 1).replace("000001", "888888")]), "utf-8"
    )
    assert audited(path, tmp_path / "out") == 0
    told = capsys.readouterr()
    assert "1 doubled" in told.err
    assert "Nothing shows when this plan was made" in told.out


def test_an_older_audit_needs_force_and_a_foreign_folder_is_refused(tmp_path, cases, capsys):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/notes.txt").write_text("mine")
    assert audited(cases, tmp_path / "out", "--force") == 2
    assert "no part of an audit" in capsys.readouterr().err


def test_a_table_that_does_not_add_up_ends_with_1_and_the_arithmetic(tmp_path, capsys):
    path = tmp_path / "table.yaml"
    path.write_text(TABLE, "utf-8")
    assert run(["balance", "check-table", str(path)]) == 1
    assert "314 + 99 = 413" in capsys.readouterr().out
    path.write_text(TABLE.replace("433", "413"), "utf-8")
    assert run(["balance", "check-table", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["adds_up"] is True


def test_the_shipped_figures_are_checked_and_seven_do_not_add_up(capsys):
    assert run(["balance", "check-table", "--shipped", "--json"]) == 1
    tables = json.loads(capsys.readouterr().out)["tables"]
    assert sum(not table["adds_up"] for table in tables) == 7


def test_check_table_wants_one_thing(capsys):
    assert run(["balance", "check-table"]) == 2
    assert "name one FILE" in capsys.readouterr().err


def test_thresholds_of_too_little_data_say_so(tmp_path, capsys):
    path = tmp_path / "stops.csv"
    path.write_text(
        "location_variable,driver_race,num_stops,num_searches,num_hits\nA,x,100,10,2\nA,y,100,10,3\n", "utf-8"
    )
    assert run(["balance", "thresholds", str(path), "--out", str(tmp_path / "out"), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "telusur.thresholds/1"
    assert document["tables"][0]["verdict"] == "too_little_data"


def test_thresholds_of_impossible_counts_are_refused(tmp_path, capsys):
    path = tmp_path / "stops.csv"
    path.write_text("location_variable,driver_race,num_stops,num_searches,num_hits\nA,x,10,20,2\n", "utf-8")
    assert run(["balance", "thresholds", str(path), "--out", str(tmp_path / "out")]) == 2
    assert f"{path}:2: num_searches" in capsys.readouterr().err
