"""A folder holds one report and nothing else."""

import pytest

from telusur.domain.errors import BadInput
from telusur.evidence import check_report_folder, write_report_folder

NAMES = ("report.json", "public/*.csv")


def check(out, *, force=False):
    check_report_folder(out, NAMES, what="an audit", force=force)


def test_a_new_folder_is_made_and_filled(tmp_path):
    out = tmp_path / "out"
    check(out)
    write_report_folder(out, {"public/a.csv": b"1", "report.json": b"{}"})
    assert (out / "public/a.csv").read_bytes() == b"1"
    assert (out / "report.json").read_bytes() == b"{}"


def test_an_older_report_is_replaced_whole_and_only_when_told(tmp_path):
    write_report_folder(tmp_path, {"public/old.csv": b"1", "report.json": b"{}"})
    with pytest.raises(BadInput, match="an audit lies here already; add --force"):
        check(tmp_path)
    check(tmp_path, force=True)
    write_report_folder(tmp_path, {"report.json": b"2"})
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["report.json"]


@pytest.mark.parametrize("name", ["notes.txt", "public/notes.txt", "other/report.json"])
def test_a_folder_that_holds_something_else_is_refused_even_when_forced(tmp_path, name):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("mine")
    with pytest.raises(BadInput, match="something that is no part of an audit"):
        check(tmp_path, force=True)


def test_a_file_or_a_folder_that_nobody_made_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(BadInput, match="is no folder"):
        check(tmp_path / "file")
    with pytest.raises(BadInput, match="its folder does not exist"):
        check(tmp_path / "no" / "out")
