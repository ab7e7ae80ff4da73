"""What ``telusur validate tracing`` promises."""

import csv
import json
from dataclasses import replace

import polars as pl
import pytest

from telusur.cli.main import run
from telusur.validation import Source, validating
from telusur.validation.protocol import Setting
from tracing.invented import small_parameters
from validation.tables import model_file, rows, shuffled


@pytest.fixture(autouse=True)
def _few(monkeypatch):
    monkeypatch.setattr(validating, "SETTINGS", (Setting(5, "random"),))


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return model_file(tmp_path_factory.mktemp("model"))


def written(path, every):
    if path.suffix == ".csv":
        with path.open("w", newline="", encoding="utf-8") as file:
            table = csv.DictWriter(file, ("account", "time", "text"))
            table.writeheader()
            table.writerows(every)
    elif path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in every), "utf-8")
    else:
        pl.DataFrame(every).with_columns(pl.col("time").str.to_datetime(time_zone="UTC")).write_parquet(path)
    return path


def validated(data, out, model, *more):
    return run(
        ["validate", "tracing", "--data", str(data), "--out", str(out), "--model", str(model), "--jobs", "1", *more]
    )


def test_every_form_of_a_table_gives_the_same_figures(tmp_path, model, capsys):
    every = rows(11, 140)
    told = []
    for name in ("p.parquet", "p.csv", "p.jsonl"):
        data = written(tmp_path / name, shuffled(every))
        assert validated(data, tmp_path / f"v-{name}", model, "--json") == 0
        told.append(json.loads(capsys.readouterr().out))
    assert told[0]["settings"] == told[1]["settings"] == told[2]["settings"]
    assert told[0]["settings"][0]["verdict"] == "measured"
    scores = [(tmp_path / f"v-{name}" / "scores.csv").read_bytes() for name in ("p.parquet", "p.csv", "p.jsonl")]
    assert scores[0] == scores[1] == scores[2]


@pytest.mark.parametrize(
    ("every", "says"),
    [
        ([], "p.csv: there are no rows in it"),
        (rows(1, 140), "p.csv: only one account has 131 posts or more"),
        (rows(3, 100), "p.csv: no account has enough posts: the longest of 3 has 100"),
        (
            [{**row, "time": row["time"][:19]} for row in rows(2, 140)],
            "p.csv: no row can be used; line 2: time: the time",
        ),
        ([{**row, "time": ""} for row in rows(2, 140)], "p.csv: time: the table has no column 'time'"),
    ],
)
def test_a_table_that_does_not_suffice_is_told_and_nothing_is_written(tmp_path, model, capsys, every, says):
    data = written(tmp_path / "p.csv", every)
    assert validated(data, tmp_path / "v", model) == 2
    assert says in capsys.readouterr().err
    assert not (tmp_path / "v").exists()


def test_a_missing_file_or_model_is_told(tmp_path, model, capsys):
    assert validated(tmp_path / "tiada.csv", tmp_path / "v", model) == 2
    assert "there is no such file" in capsys.readouterr().err
    data = written(tmp_path / "p.csv", rows(2, 140))
    assert validated(data, tmp_path / "v", tmp_path / "tiada.npz") == 2
    assert "name a parameter file" in capsys.readouterr().err


def test_the_data_themselves_are_no_other_corpus(tmp_path, model, capsys):
    data = written(tmp_path / "p.csv", rows(11, 140))
    copy = tmp_path / "lain.csv"
    copy.write_bytes(data.read_bytes())
    assert validated(data, tmp_path / "v", model, "--other", str(copy)) == 2
    told = " ".join(capsys.readouterr().err.split())
    assert "lain.csv: --other: this is the same file as --data (p.csv)" in told
    assert not (tmp_path / "v").exists()


def test_what_the_model_was_fitted_on_is_no_other_corpus_unless_it_is_fitted_anew(tmp_path, model, capsys):
    data = written(tmp_path / "p.csv", rows(2, 140))
    other = written(tmp_path / "lain.csv", rows(3, 140))
    parameters = replace(small_parameters(), card={"data_sha256": Source.of(other).sha256})
    knowing = tmp_path / "tahu.npz"
    knowing.write_bytes(parameters.as_bytes())
    assert validated(data, tmp_path / "v", knowing, "--other", str(other)) == 2
    assert "was fitted on this very file" in " ".join(capsys.readouterr().err.split())
    assert validated(data, tmp_path / "v", knowing, "--other", str(other), "--refit") == 2
    assert "a fit on one half of the accounts is not possible" in " ".join(capsys.readouterr().err.split())


def test_a_missing_other_corpus_is_told(tmp_path, model, capsys):
    data = written(tmp_path / "p.csv", rows(2, 140))
    assert validated(data, tmp_path / "v", model, "--other", str(tmp_path / "tiada.csv")) == 2
    assert "there is no such file" in capsys.readouterr().err


def test_a_place_that_holds_a_report_is_refused_before_any_work(tmp_path, model, capsys):
    out = tmp_path / "v"
    out.mkdir()
    (out / "report.json").write_text("{}", "utf-8")
    assert validated(tmp_path / "tiada.csv", out, model) == 2
    assert "add --force" in capsys.readouterr().err
