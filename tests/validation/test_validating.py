"""A whole validation: the model that is tried, the figures that are given and those that are not, the report."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace

import numpy as np
import pytest

from telusur.domain.errors import BadInput
from telusur.validation import numbers, report, validating
from telusur.validation.protocol import OTHER_SETTINGS, Setting
from telusur.validation.validating import FITTED, Source, validate
from tracing.invented import small_parameters
from validation.tables import invented, model_file

SETTINGS = (
    Setting(5, "random"),
    Setting(5, "alike"),
    Setting(5, "alike", stripped=True),
    Setting(5, "random", days=60),
)
DATA = Source("unggahan.csv", "ab" * 32)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return model_file(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="module")
def few():
    """Fewer settings, so that a test takes seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(validating, "SETTINGS", SETTINGS)
        patch.setattr(validating, "OTHER_SETTINGS", OTHER_SETTINGS[:1])
        yield


def tried(path, table, **more):
    return validate(table, DATA, model=path, seed=3, jobs=1, rounds=40, **more)


@pytest.fixture(scope="module")
def found(few, path):
    return tried(path, invented(12, 190), other=invented(4, 140, first=90))


def test_settings_with_enough_data_are_measured_with_intervals(found):
    by_key = {one.setting.key: one for one in found.outcomes}
    easy = by_key["random-5"]
    assert easy.enough
    told = easy.systems["telusur"]
    assert told.lower.auc <= told.value.auc <= told.upper.auc
    assert told.value.auc > 0.8
    assert set(easy.systems) == {"telusur", "uncapped", "plain"}


def test_against_look_alikes_the_calibration_on_random_impostors_is_shown_beside(found):
    by_key = {one.setting.key: one for one in found.outcomes}
    assert {"random_calibrated", "alike_calibrated"} <= set(by_key["alike-5"].systems)


def test_too_little_data_give_a_count_and_no_number(found):
    late = next(one for one in found.outcomes if one.setting.days == 60)
    other = next(one for one in found.outcomes if one.setting.other)
    assert (late.n_same, late.n_different, late.enough, late.curves) == (0, 0, False, None)
    assert (other.accounts, other.enough) == (4, False)
    told = numbers.as_json(late)
    assert (told["verdict"], told["systems"], told["curves"], told["abstained_same"]) == (
        "too_little_data",
        {},
        None,
        None,
    )
    assert all(one.found is None for one in found.takeovers)


@pytest.mark.parametrize("text", ["🙂🙂🙂", "привет как дела у вас сегодня вечером"])
def test_where_the_model_never_speaks_there_is_no_figure(few, path, text):
    # Posts that are alike in time and text would be one row, so each is told apart by its hour.
    silent = tried(path, invented(11, 185, text=text))
    assert not any(one.enough for one in silent.outcomes)
    # Hours are no writing: they may speak where no text does.
    assert all(one.abstained_same in {None, 1.0} for one in silent.outcomes if one.setting.tried != "hours")
    assert all(one.found is None and one.abstained == 22 for one in silent.takeovers)


def test_curves_are_those_of_the_measures(found):
    one = next(one for one in found.outcomes if one.setting.key == "random-5")
    even = int(np.flatnonzero(numbers.PRIORS == 0)[0])
    assert one.curves.ece[even] == pytest.approx(one.systems["telusur"].value.cllr)
    assert one.curves.ece_least[even] == pytest.approx(one.systems["telusur"].value.cllr_min, abs=1e-6)
    ban = int(np.flatnonzero(numbers.PLACES == 1)[0])
    assert one.curves.different[ban] >= one.systems["telusur"].value.implicated
    assert (np.diff(one.curves.observed) >= 0).all()


def test_a_model_that_knows_the_file_is_fitted_anew_on_one_half(few, path, monkeypatch):
    fitted_on, times = [], []

    def fit(frame, seed, *, progress, card):
        fitted_on.extend(frame["text"].to_list())
        times.extend(frame["time"].dt.epoch("us").to_list())
        return small_parameters()

    monkeypatch.setattr(validating, "fit", fit)
    monkeypatch.setattr(
        validating,
        "load",
        lambda place, load=validating.load: _knowing(load(place)) if place == path else load(place),
    )
    table = invented(12, 140)
    again = tried(path, table)
    assert (again.model.refit, again.model.fitted_on, again.table.n_accounts) == ("same_data", 6, 6)
    assert set(fitted_on).isdisjoint(again.table.texts)
    assert sorted([*fitted_on, *again.table.texts]) == sorted(table.texts)
    # As times, or the hours of an account are not learned.
    assert sorted([*times, *again.table.times.tolist()]) == sorted(table.times.tolist())
    assert again.model.content == small_parameters().as_bytes()
    assert tried(path, table, refit=True).model.refit == "asked"


def _knowing(model):
    return replace(
        model, parameters=replace(model.parameters, card={**model.parameters.card, "data_sha256": DATA.sha256})
    )


def test_too_few_accounts_for_a_fit_are_told(few, path):
    with pytest.raises(BadInput, match="a fit on one half of the accounts is not possible: only 6 accounts"):
        tried(path, invented(12, 140), refit=True)


@pytest.fixture(scope="module")
def folder(found, tmp_path_factory):
    out = tmp_path_factory.mktemp("laporan") / "validasi"
    report.write(found, DATA, Source("lain.csv", "cd" * 32), out, model="kecil.npz")
    return out


def test_a_report_is_a_page_in_both_languages_a_document_and_every_comparison(folder, found):
    assert {path.name for path in folder.iterdir()} == set(report.FILES) - {FITTED}
    told = json.loads((folder / "report.json").read_text("utf-8"))
    assert told["schema"] == "telusur.validation/1"
    assert told["made_by"]["models"]["style"] == found.model.source.sha256
    assert told["repeat"]["command"] == (
        "telusur validate tracing --data unggahan.csv --other lain.csv --model kecil.npz --seed 3 --out DIR"
    )
    assert len(told["repeat"]["code_sha256"]) == 64
    with (folder / "scores.csv").open(encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    assert len(lines) == sum(one.claimed.size for one in found.compared)
    assert all((line["kind"] == "same") == (line["history_of"] == line["written_by"]) for line in lines)
    with (folder / "takeovers.csv").open(encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == 36


def test_no_account_and_no_text_of_theirs_stands_in_any_file(folder, found):
    for path in folder.iterdir():
        held = path.read_text("utf-8")
        assert "rahasia" not in held
        assert not any(text in held for text in found.table.texts[::50])


def test_the_measures_of_evaluation_campaigns_are_given_by_setting(folder, found):
    told = {one["setting"]: one["pan"] for one in json.loads((folder / "report.json").read_text("utf-8"))["settings"]}
    assert told["random-5-days-60"] is None
    easy = next(one for one in found.outcomes if one.setting.key == "random-5")
    assert told["random-5"]["auc"] == pytest.approx(easy.systems["telusur"].value.auc, abs=1e-6)
    assert set(told["random-5"]) == {"auc", "c_at_1", "f05u", "f1", "brier", "overall"}
    assert 0.5 < told["random-5"]["c_at_1"] <= 1
    assert "F0,5u" in (folder / "report.html").read_text("utf-8")
    assert "c@1" in (folder / "report.en.html").read_text("utf-8")


def test_the_page_stands_alone_and_says_both_errors_apart(folder):
    page = (folder / "report.html").read_text("utf-8")
    assert '<html lang="id">' in page
    assert "Pemilik keliru diberatkan" in page
    assert "Pemilik keliru dibebaskan" in page
    assert not re.search(r'(src|href)="(?!#)', page)
    assert "<script" not in page
    assert 'lang="en"' in (folder / "report.en.html").read_text("utf-8")
    assert "data terlalu sedikit (0)" in page


def test_every_picture_has_a_title_a_description_and_its_table(folder):
    page = (folder / "report.html").read_text("utf-8")
    pictures = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(pictures) >= 8
    for picture in pictures:
        assert "<title" in picture
        assert "<desc" in picture
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert page.count("<figure>") <= page.count("<table")


def test_the_same_data_and_seed_give_the_same_bytes(few, path, found, folder, tmp_path):
    again = tried(path, invented(12, 190), other=invented(4, 140, first=90))
    report.write(again, DATA, Source("lain.csv", "cd" * 32), tmp_path / "v", model="kecil.npz")
    for one in folder.iterdir():
        assert (tmp_path / "v" / one.name).read_bytes() == one.read_bytes()


def test_a_report_takes_no_other_things_place(found, tmp_path):
    full = tmp_path / "penuh"
    full.mkdir()
    (full / "catatan.txt").write_text("milik orang", "utf-8")
    with pytest.raises(BadInput, match="holds something that is no part of a validation"):
        report.check_place(full, force=True)
    with pytest.raises(BadInput, match="is no folder"):
        report.check_place(full / "catatan.txt", force=True)
    with pytest.raises(BadInput, match="its folder does not exist"):
        report.check_place(tmp_path / "a" / "b", force=False)


def test_an_older_report_is_replaced_only_on_request(found, tmp_path):
    out = tmp_path / "v"
    report.write(found, DATA, None, out)
    (out / FITTED).write_bytes(b"of an older fit")
    with pytest.raises(BadInput, match="add --force"):
        report.write(found, DATA, None, out)
    report.write(found, DATA, None, out, force=True)
    assert not (out / FITTED).exists()
