"""What a batch promises: order, a line for every row, and nothing half-written."""

import csv
import json
import tracemalloc

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.progress import Progress

from telusur.cli.batch import Counts, is_batch, read_batch, run_batch
from telusur.domain.errors import BadInput, SeveralProblems


def rows_of(tmp_path, name, content, **options):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_batch(path, **options))


def sound(rows):
    return [(n, row) for n, row in rows if not isinstance(row, BadInput)]


def faults(rows):
    return [(n, str(row)) for n, row in rows if isinstance(row, BadInput)]


def answers(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_the_name_tells_a_batch(tmp_path):
    assert all(is_batch(tmp_path / name) for name in ("a.jsonl", "a.NDJSON", "a.csv", "a.parquet"))
    assert not is_batch(tmp_path / "a.yaml")


@pytest.mark.parametrize(
    ("name", "words"),
    [("a.yaml", "no batch by its name"), ("a.jsonl", "no such file"), ("b.csv", "no plain file")],
)
def test_what_is_no_batch_is_refused(tmp_path, name, words):
    (tmp_path / "a.yaml").touch()
    (tmp_path / "b.csv").mkdir()
    with pytest.raises(BadInput, match=words):
        list(read_batch(tmp_path / name))


def test_a_file_that_cannot_be_opened_is_told(tmp_path, monkeypatch):
    path = tmp_path / "a.jsonl"
    path.touch()

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "open", refuse)
    with pytest.raises(BadInput, match=r"cannot be read \(Permission denied\)"):
        list(read_batch(path))


def test_lines_of_json_keep_their_order_and_numbers(tmp_path):
    rows = rows_of(
        tmp_path, "a.jsonl", '\ufeff{"id": 1, "act": {"kind": null}}\n\n{"id": "é"}\r\n{"id": "\\ud83d\\ude00"}'
    )
    assert rows == [(1, {"id": 1, "act": {"kind": None}}), (3, {"id": "é"}), (4, {"id": "😀"})]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"{", "no JSON"),
        (b"[1]", "expected an object"),
        (b'{"a": 1, "a": 2}', "stands twice"),
        (b'{"a": NaN}', "NaN is no JSON"),
        (b'{"a": "\xff"}', "not UTF-8"),
        (b'{"a": "\\ud83d"}', "not UTF-8"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"a": ' + b"9" * 5000 + b"}", "no JSON"),
    ],
)
def test_a_bad_line_of_json_spoils_itself_only(tmp_path, line, words):
    rows = rows_of(tmp_path, "a.jsonl", b'{"id": 1}\n' + line + b'\n{"id": 3}\n')
    assert sound(rows) == [(1, {"id": 1}), (3, {"id": 3})]
    [(number, message)] = faults(rows)
    assert number == 2
    assert words in message


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_a_line_without_end_is_skipped_without_being_held(tmp_path, monkeypatch, name):
    monkeypatch.setattr("telusur.cli.batch._LONGEST_LINE", 64)
    lines = ['{"a": "1"}'] if name == "a.jsonl" else ["a", "1"]
    rows = rows_of(tmp_path, name, "\n".join([*lines, "x" * 1000, *lines[-1:]]))
    after = len(lines)
    assert sound(rows) == [(after, {"a": "1"}), (after + 2, {"a": "1"})]
    [(number, message)] = faults(rows)
    assert number == after + 1
    assert "longer than 64 bytes" in message


def test_cells_of_a_table_are_typed_back(tmp_path):
    text = "id,act.public,act.appeal,act.symbol,text\nA1,true,false,,true\nA2,null,,,\n"
    assert rows_of(tmp_path, "a.csv", text, words={"text"}) == [
        (2, {"id": "A1", "act.public": True, "act.appeal": False, "text": "true"}),
        (3, {"id": "A2", "act.public": None}),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_may_be_parted_as_offices_part_it(tmp_path, delimiter):
    text = f'\ufeffid{delimiter}text\r\n\r\n1{delimiter}"a\nb"\r\n2{delimiter}c\r\n'
    rows = rows_of(tmp_path, "a.csv", text)
    assert rows == [(3, {"id": "1", "text": "a\nb"}), (5, {"id": "2", "text": "c"})]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"1", "has 1 cells, but there are 2 columns"),
        (b"1,2,3", "has 3 cells"),
        (b"1,\xff", "not UTF-8"),
        (b'1,"a"b', "no row of CSV"),
    ],
)
def test_a_bad_row_of_a_table_spoils_itself_only(tmp_path, line, words):
    rows = rows_of(tmp_path, "a.csv", b"id,text\n1,a\n" + line + b"\n3,c\n")
    assert sound(rows) == [(2, {"id": "1", "text": "a"}), (4, {"id": "3", "text": "c"})]
    [(number, message)] = faults(rows)
    assert number == 3
    assert words in message


def test_a_quote_that_never_ends_is_told(tmp_path):
    assert faults(rows_of(tmp_path, "a.csv", 'id\n"1\n2\n'))[0][0] == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "names no columns"),
        (b"\n1\n", "names no columns"),
        (b"a,a\n1,2\n", "'a' stands twice"),
        (b"\xff\n", "UTF-8"),
        ("a,b\r\n1,2\r\n".encode("utf-16"), "UTF-8"),
    ],
)
def test_a_table_without_sound_columns_is_refused(tmp_path, content, words):
    with pytest.raises(BadInput, match=words) as caught:
        rows_of(tmp_path, "a.csv", content)
    assert caught.value.line == 1


def test_parquet_gives_the_same_rows_as_a_table(tmp_path):
    frame = pl.DataFrame(
        {
            "id": ["A1", "A2"],
            "act.public": [True, None],
            "act.kind": ["post", ""],
            "flag": ["true", None],
            "attribution": [{"authenticity": "doubtful", "x": None}, None],
            "known": [["a", "b"], []],
            "time": pl.Series(["2024-01-20T09:35:00", None]).str.to_datetime(time_zone="UTC"),
        }
    )
    frame.write_parquet(tmp_path / "a.parquet")
    assert list(read_batch(tmp_path / "a.parquet")) == [
        (
            1,
            {
                "id": "A1",
                "act.public": True,
                "act.kind": "post",
                "flag": True,
                "attribution": {"authenticity": "doubtful"},
                "known": ["a", "b"],
                "time": "2024-01-20T09:35:00+00:00",
            },
        ),
        (2, {"id": "A2", "known": []}),
    ]


def test_a_broken_parquet_file_is_told_in_one_line(tmp_path):
    frame = pl.DataFrame({"id": [str(n) for n in range(500)]})
    frame.write_parquet(tmp_path / "a.parquet")
    whole = (tmp_path / "a.parquet").read_bytes()
    for content in (b"", b"PAR1", whole[: len(whole) // 2], whole[:10] + b"\0" * 50 + whole[60:]):
        (tmp_path / "a.parquet").write_bytes(content)
        with pytest.raises(BadInput, match="no Parquet") as caught:
            list(read_batch(tmp_path / "a.parquet"))
        assert "\n" not in str(caught.value)


def echo(row):
    if row.get("id") == "bad":
        raise SeveralProblems([BadInput("is wrong", field="id"), BadInput("is worse")])
    return {"id": row["id"]}


def test_a_bad_row_stands_in_its_place_and_is_counted(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "é"}\n{\n{"id": "bad"}\n{"id": "d"}\n')
    out = tmp_path / "out.jsonl"
    assert run_batch(read_batch(path), echo, out, bar=None) == Counts(done=2, bad=2)
    lines = answers(out)
    assert lines[0] == {"id": "é"}
    assert lines[1]["line"] == 2
    assert lines[2] == {"line": 3, "error": "id: is wrong; is worse"}
    assert lines[3] == {"id": "d"}
    assert "é" in out.read_text("utf-8")


@pytest.mark.parametrize(
    ("content", "words"), [("", "no rows"), ("{\n", "line 1: is no JSON"), ('{"id":"bad"}', "wrong")]
)
def test_a_batch_of_which_nothing_could_be_answered_leaves_nothing(tmp_path, content, words):
    path = tmp_path / "a.jsonl"
    path.write_text(content)
    with pytest.raises(BadInput, match=words):
        run_batch(read_batch(path), echo, tmp_path / "out.jsonl", bar=None)
    assert list(tmp_path.iterdir()) == [path]


def test_an_existing_answer_needs_force(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "1"}')
    out = tmp_path / "out.jsonl"
    out.write_text("mine")
    with pytest.raises(BadInput, match="--force"):
        run_batch(read_batch(path), echo, out, bar=None)
    assert out.read_text() == "mine"
    run_batch(read_batch(path), echo, out, force=True, bar=None)
    assert answers(out) == [{"id": "1"}]


def test_answers_are_not_written_as_something_they_are_not(tmp_path):
    with pytest.raises(BadInput, match=r"ends in \.jsonl"):
        run_batch(iter([]), echo, tmp_path / "out.parquet", bar=None)


def test_an_error_of_the_program_leaves_nothing_half_written(tmp_path):
    with pytest.raises(KeyError):
        run_batch(iter([(1, {"id": "1"}), (2, {})]), echo, tmp_path / "out.jsonl", bar=None)
    assert list(tmp_path.iterdir()) == []


def test_the_bar_moves_and_memory_does_not(tmp_path):
    def rows():
        for n in range(20_000):
            yield n, {"id": "x" * 1000}

    bar = Progress(disable=True)
    bar.add_task("rows", total=None)
    tracemalloc.start()
    counts = run_batch(rows(), echo, tmp_path / "out.jsonl", bar=bar)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert counts == Counts(20_000, 0)
    assert bar.tasks[0].completed == 20_000
    assert peak < 2_000_000


@settings(max_examples=60)
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["id", "act.kind", "text"]),
            st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(
                lambda cell: cell not in {"true", "false", "null"}
            ),
            min_size=1,
        ),
        min_size=1,
    )
)
def test_every_form_of_a_batch_gives_the_same_rows(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("batch")
    columns = ["id", "act.kind", "text"]
    (folder / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    with (folder / "a.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String)).write_parquet(folder / "a.parquet")
    for form in ("a.jsonl", "a.csv", "a.parquet"):
        assert [row for _, row in read_batch(folder / form)] == rows


@settings(max_examples=60)
@given(st.binary(max_size=400), st.sampled_from(["a.jsonl", "a.csv"]))
def test_any_bytes_give_rows_or_a_clear_error(tmp_path_factory, content, name):
    try:
        rows = rows_of(tmp_path_factory.mktemp("batch"), name, content)
    except BadInput:
        return
    assert all(isinstance(row, dict | BadInput) for _, row in rows)
    assert [n for n, _ in rows] == sorted(n for n, _ in rows)
