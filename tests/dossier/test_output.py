"""What the place of a dossier promises; its content is tested with the command."""

from __future__ import annotations

import pytest

from telusur.domain.errors import BadInput
from telusur.dossier.output import _made_beside, _put, check_place


@pytest.fixture
def new(tmp_path):
    folder = tmp_path / ".baru"
    folder.mkdir()
    (folder / "assessment.json").write_text("baru")
    return folder


def earlier(place):
    place.mkdir()
    (place / "assessment.json").write_text("lama")
    return place


def test_a_dossier_takes_a_free_place_or_an_empty_folder(new, tmp_path):
    (tmp_path / "berkas").mkdir()
    _put(new, tmp_path / "berkas", force=False)
    assert [path.name for path in tmp_path.iterdir()] == ["berkas"]
    assert (tmp_path / "berkas" / "assessment.json").read_text() == "baru"


def test_a_dossier_that_came_meanwhile_is_not_replaced(new, tmp_path):
    place = earlier(tmp_path / "berkas")
    with pytest.raises(BadInput, match="came to lie here meanwhile"):
        _put(new, place, force=False)
    assert (place / "assessment.json").read_text() == "lama"


def test_force_replaces_it_as_a_whole_and_leaves_nothing_beside(new, tmp_path):
    place = earlier(tmp_path / "berkas")
    (place / "sisa.txt").touch()
    _put(new, place, force=True)
    assert [path.name for path in place.iterdir()] == ["assessment.json"]
    assert [path.name for path in tmp_path.iterdir()] == ["berkas"]


def test_what_stands_there_and_is_no_folder_stays(new, tmp_path):
    (tmp_path / "berkas").write_text("lama")
    with pytest.raises(OSError, match="Not a directory"):
        _put(new, tmp_path / "berkas", force=True)
    assert (tmp_path / "berkas").read_text() == "lama"


def test_a_place_that_cannot_be_made_is_told_by_its_own_name(tmp_path):
    (tmp_path / "berkas").touch()
    with pytest.raises(BadInput, match=r"berkas/dalam: cannot be made \(File exists\)"):
        _made_beside(tmp_path / "berkas" / "dalam")


def test_the_folder_that_the_program_runs_in_is_no_place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadInput, match=r"^\.: is the folder that this runs in"):
        check_place(tmp_path.__class__(), tmp_path / "perkara", force=False)
