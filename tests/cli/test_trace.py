"""What ``telusur trace`` promises."""

import json
import random
import shutil
from itertools import zip_longest
from pathlib import Path

import pytest

from telusur import exports, tracing
from telusur.cli.main import run

EXAMPLES = Path(__file__).parents[2] / "examples"


def lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_an_act_is_weighed_as_one_document(capsys):
    assert run(["trace", "act", str(EXAMPLES / "diambil-alih")]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "telusur.tracing/1"
    assert document["combined"]["leading"] == "taken_over"


def test_priors_of_one_s_own_give_a_curve_and_a_page_and_otherwise_there_is_none(tmp_path, capsys):
    case, page = str(EXAMPLES / "diambil-alih"), tmp_path / "kurva.html"
    assert run(["trace", "act", case]) == 0
    plain = json.loads(capsys.readouterr().out)
    asked = ["--prior", "owner=0.5,taken_over=0.4,linked_app=0.1", "--prior-page", str(page), "--lang", "en"]
    assert run(["trace", "act", case, *asked]) == 0
    document = json.loads(capsys.readouterr().out)
    curve = document.pop("over_priors")
    assert set(document) == set(plain)
    assert not any("posterior" in key for key in plain)
    assert len(curve["curve"]) > 10
    assert "no finding" in curve["note"]
    written = page.read_text("utf-8")
    assert "belong to whoever entered them" in written
    assert "<svg" in written
    assert "0.50" in written


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--prior", "owner=x,taken_over=0.5"], "expected a number"),
        (["--prior", "owner=0.5,taken_over=0.2"], "they must make 1"),
        (["--prior", "nowhere.yaml"], "no file that can be read"),
        (["--prior-page", "kurva.html"], "add --prior"),
    ],
)
def test_priors_that_cannot_be_used_are_told_in_a_line(asked, said, capsys):
    assert run(["trace", "act", str(EXAMPLES / "diambil-alih"), *asked]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "Traceback" not in told


@pytest.mark.parametrize(("text", "code"), [("owner: 0.6\ntaken_over: 0.4\n", 0), ("- 0.5\n", 2)])
def test_priors_may_stand_in_a_file(text, code, tmp_path, capsys):
    (tmp_path / "prior.yaml").write_text(text, "utf-8")
    assert run(["trace", "act", str(EXAMPLES / "diambil-alih"), "--prior", str(tmp_path / "prior.yaml")]) == code
    assert ("over_priors" in capsys.readouterr().out) == (code == 0)


@pytest.fixture
def two_acts(tmp_path):
    case = Path(shutil.copytree(EXAMPLES / "diambil-alih", tmp_path / "kasus"))
    path = case / "case.yaml"
    second = "  - id: A2\n    date: 2024-01-20\n    act: {kind: attend_event}\n    target: {kind: contestant}\n"
    text = path.read_text("utf-8")
    path.write_text(text.replace("statement:", second + "statement:", 1), "utf-8")
    return case


def test_of_several_acts_one_must_be_named_and_must_exist(two_acts, capsys):
    assert run(["trace", "act", str(two_acts)]) == 2
    assert "add --act" in capsys.readouterr().err
    assert run(["trace", "act", str(two_acts), "--act", "A11"]) == 2
    assert "did you mean" in capsys.readouterr().err
    assert run(["trace", "act", str(two_acts), "--act", "A1"]) == 0


def test_an_act_without_an_account_has_nothing_to_trace(two_acts, capsys):
    assert run(["trace", "act", str(two_acts), "--act", "A2"]) == 2
    assert "no account to trace" in capsys.readouterr().err


def writer(seed, words, n, signs=(".", "!!", " wkwk", "…")):
    rng = random.Random(seed)
    return [" ".join(rng.choices(words, k=9)) + rng.choice(signs) for _ in range(n)]


PLAIN = "saya hari ini berangkat ke kantor lalu rapat bersama teman sambil minum kopi hangat sekali".split()
SLANG = "gw td otw bgt sm tmn2 trs ngopi dlu yg pnting hepi dah gpp lg mager".split()


def test_pairs_are_weighed_line_by_line_and_short_ones_abstain(tmp_path, capsys):
    known = writer(1, PLAIN, 60)
    rows = [
        {"id": "same", "known": known, "questioned": writer(2, PLAIN, 8)},
        {"id": "other", "known": known, "questioned": writer(3, SLANG, 8, signs=("", "~", " :("))},
        {"id": "short", "known": known[:5], "questioned": writer(2, PLAIN, 8)},
        {"id": "broken"},
        {"id": "pair", "pair": [" ".join(writer(4, PLAIN, 40)), " ".join(writer(5, PLAIN, 40))]},
    ]
    path, out = tmp_path / "pasangan.jsonl", tmp_path / "bobot.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert run(["trace", "verify", str(path), "--out", str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"out": str(out), "weighed": 4, "bad": 1}
    same, other, short, broken, pair = lines(out)
    assert same["log10_lr"] > other["log10_lr"]
    assert other["log10_lr"] < 0
    assert other["value"] < 0.5
    assert short == {"id": "short", "log10_lr": 0.0, "value": 0.5, "abstained": True}
    assert broken["line"] == 4
    assert set(pair) == {"id", "log10_lr", "value", "abstained"}
    alone = tmp_path / "satu.jsonl"
    alone.write_text(json.dumps(rows[1]) + "\n", "utf-8")
    assert run(["trace", "verify", str(alone), "--out", str(tmp_path / "b.jsonl")]) == 0
    assert lines(tmp_path / "b.jsonl") == [other]


def timeline(account, example):
    """Give the posts of an example's archive as rows."""
    record = exports.read(EXAMPLES / example / "evidence/arsip-x.zip", name="x")
    return [{"account": account, "time": e.at.isoformat(), "text": e.text} for e in record.of("post")]


def test_timelines_give_a_line_an_account_in_the_order_of_the_contract(tmp_path, capsys):
    changed, steady = timeline("b", "diambil-alih"), timeline("a", "pemilik-sendiri")
    first_by_another = next(i for i, row in enumerate(changed) if row["time"] > "2024-01-18T15")
    rows = [row for pair in zip_longest(changed, steady) for row in pair if row]
    path, out = tmp_path / "linimasa.jsonl", tmp_path / "perubahan.jsonl"
    bad = {"account": "c", "time": "2023-10-01T10:00", "text": "tanpa zona"}
    path.write_text("".join(json.dumps(row) + "\n" for row in [*rows, bad]), "utf-8")
    assert run(["trace", "takeover", str(path), "--out", str(out)]) == 0
    assert "2 accounts, 1 bad" in capsys.readouterr().err
    error, *found = lines(out)
    assert "zone" in error["error"]
    assert [line["account"] for line in found] == ["b", "a"]
    assert list(found[0]) == ["account", "log10_bf", "change_index", "change_at", "interval_index", "return_index"]
    assert found[0]["log10_bf"] > 1
    assert abs(found[0]["change_index"] - first_by_another) <= 3
    assert found[0]["interval_index"][0] <= found[0]["change_index"] <= found[0]["interval_index"][1]
    assert found[1]["log10_bf"] < 1
    assert found[1]["change_index"] is None


@pytest.mark.parametrize(
    ("row", "hint"),
    [
        ({"account": "a", "text": "x"}, "time"),
        ({"time": "2023-10-01T10:00Z", "text": "x"}, "account"),
        ({"account": "a", "time": "2023-10-01T10:00Z", "tekst": "x"}, "did you mean 'text'"),
        ({"account": "a", "time": "2023-10-01T10:00Z", "text": ["x"]}, "expected text"),
    ],
)
def test_a_timeline_that_lacks_a_column_says_which(row, hint, tmp_path, capsys):
    path = tmp_path / "linimasa.jsonl"
    path.write_text(json.dumps(row) + "\n", "utf-8")
    assert run(["trace", "takeover", str(path), "--out", str(tmp_path / "o.jsonl")]) == 2
    assert hint in capsys.readouterr().err
    assert not (tmp_path / "o.jsonl").exists()


def test_fitting_needs_a_readable_table_and_never_replaces_a_file_unasked(tmp_path, capsys):
    (tmp_path / "data.csv").write_text("account,text\n")
    assert run(["trace", "fit", str(tmp_path / "data.csv"), "--out", str(tmp_path / "m.npz")]) == 2
    assert "Traceback" not in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["data.csv"]
    (tmp_path / "m.npz").write_bytes(b"x")
    assert run(["trace", "fit", str(tmp_path / "data.csv"), "--out", str(tmp_path / "m.npz")]) == 2
    assert "--force" in capsys.readouterr().err


def test_what_was_fitted_is_written_whole(tmp_path, monkeypatch, capsys):
    fitted = tracing.style.Parameters({}, {}, {}, {"accounts": 20})
    monkeypatch.setattr(tracing.style, "fit_file", lambda *_args, **_named: fitted)
    assert run(["trace", "fit", "data.csv", "--out", str(tmp_path / "m.npz"), "--json"]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["m.npz"]
    assert (tmp_path / "m.npz").read_bytes() == fitted.as_bytes()
    assert json.loads(capsys.readouterr().out)["accounts"] == 20
