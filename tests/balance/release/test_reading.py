"""A release reads back as it was published, and any file that was altered is named."""

import csv
import hashlib
import io
import json
from functools import cache

import pytest

from releases_of_cases import KEY, cases, tables
from telusur.balance.release import attack, documents, protect, read
from telusur.balance.release.rounding import commitment
from telusur.domain.errors import BadInput


@cache
def release():
    return protect(tables(cases(300, 1, regions=3)), key=KEY, as_of="2024-12-01")


@pytest.fixture
def folder(tmp_path):
    for name, content in release().files().items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def changed(folder, **fields):
    path = folder / "release.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | fields))


def said(folder):
    with pytest.raises(BadInput) as caught:
        read(folder)
    return str(caught.value)


def test_a_release_reads_back_and_gives_the_same_files(folder):
    found = read(folder)
    assert found.files() == release().files()
    assert found.as_of == "2024-12-01"
    assert attack([found]).recovered == ()


def test_no_file_says_why_a_cell_is_withheld_nor_what_the_key_is():
    for content in release().files().values():
        assert KEY not in content
        assert b"complement" not in content
        assert b'"small"' not in content
    manifest = json.loads(release().files()["release.json"])
    assert manifest["key_commitment"] == commitment(KEY)
    assert len(manifest["withheld"]) == release().suppressed
    assert all(isinstance(value, str) for cell in manifest["withheld"] for value in cell.values())


def test_each_csv_holds_every_cell_and_every_sum():
    for table in release().tables:
        rows = list(csv.reader(io.StringIO(release().files()[f"{table.id}.csv"].decode())))
        assert rows[0] == [*table.dims, "cases", "status"]
        sizes = [len(release().units[dim]) + 1 for dim in table.dims]
        assert len(rows) - 1 == sizes[0] * sizes[1]


def test_the_tables_for_machines_are_those_of_the_files():
    first = documents(release())[0]
    assert first["id"] == "group_state"
    assert {cell["status"] for cell in first["cells"]} <= {"published", "kept", "withheld"}
    assert all((cell["cases"] is None) == (cell["status"] == "withheld") for cell in first["cells"])


def test_an_altered_table_is_named(folder):
    path = folder / "group_state.csv"
    path.write_bytes(path.read_bytes().replace(b"published", b"kept", 1))
    assert "group_state.csv: is not as it was published" in said(folder)


@pytest.mark.parametrize("name", ["group_state.csv", "release.json"])
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    assert f"{name}: is missing" in said(folder)


def test_a_folder_in_the_place_of_a_file_is_said(folder):
    (folder / "group_state.csv").unlink()
    (folder / "group_state.csv").mkdir()
    assert "cannot be read" in said(folder)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"schema": "telusur.balance_release/2"}, "schema"),
        ({"number": 0}, "number"),
        ({"key_commitment": "00"}, "key_commitment"),
        ({"tables": []}, "tables"),
        ({"columns": {}}, "are not those explained"),
        ({"columns": {dim: {"units": ["A"], "parents": {}} for dim in ("group", "region", "state")}}, "units of"),
    ],
)
def test_a_manifest_of_another_kind_is_refused(folder, fields, words):
    changed(folder, **fields)
    assert words in said(folder)


@pytest.mark.parametrize("text", ["", "[", "[]", "1", "[" * 100_000])
def test_what_is_no_manifest_is_refused(folder, text):
    (folder / "release.json").write_text(text)
    assert "release.json" in said(folder)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b"cases,status", b"cases", "first line"),
        (b"A,open", b"Z,open", "this row is none of the table's"),
        (b"A,open", b"B,open", "this row is none of the table's, or stands twice"),
        (b",withheld", b"7,withheld", "is no figure"),
        (b"published", b"guessed", "is no figure"),
        (b"semua,semua,300", b"semua,semua,305", "otherwise than another table"),
        (b"A,open", b"\xff,open", "no CSV in UTF-8"),
    ],
)
def test_a_table_that_contradicts_is_refused_even_with_the_right_hash(folder, old, new, words):
    path = folder / "group_state.csv"
    content = path.read_bytes()
    assert old in content
    # Of the sums the last table read is the one that contradicts the first.
    path.write_bytes(content.replace(old, new, 1))
    manifest = json.loads((folder / "release.json").read_text())
    for table in manifest["tables"]:
        table["sha256"] = hashlib.sha256((folder / f"{table['id']}.csv").read_bytes()).hexdigest()
    changed(folder, tables=manifest["tables"])
    assert words in said(folder)


def test_a_row_left_out_is_named(folder):
    path = folder / "group_state.csv"
    path.write_bytes(b"\n".join(path.read_bytes().split(b"\n")[:-2]) + b"\n")
    manifest = json.loads((folder / "release.json").read_text())
    manifest["tables"][0]["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    changed(folder, tables=manifest["tables"])
    assert "the row semua,semua is missing" in said(folder)
