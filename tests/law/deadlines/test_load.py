"""Terms and calendars are read whole, or their faults are told with file and line."""

from __future__ import annotations

import shutil
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from telusur.domain.errors import BadInput, SeveralProblems
from telusur.law import deadlines
from telusur.law.deadlines import due, load, one_agency, read_agencies

SHIPPED = Path(str(resources.files("telusur.law.deadlines").joinpath("data")))

AGENCIES = """\
schema: telusur.agencies/1
agencies:
- id: dinas-a
  title: {id: Dinas A, en: Office A}
  ground: {id: keputusan kepala daerah, en: decision of the regional head}
  confidence: memory
  sources: []
  days:
  - day: 2024-01-09
    working: false
    title: {id: hari jadi daerah, en: the region's founding day}
    ground: {id: SE 1/2024, en: circular 1/2024}
    known: {from: 2023-12-01}
"""

#: The same day as below it.
TWICE = """\
  days:
  - {day: 2024-01-09, working: true, title: {id: a, en: a}, ground: {id: a, en: a}, known: {from: 2024-01-01}}
"""


@pytest.fixture
def copy(tmp_path):
    return Path(shutil.copytree(SHIPPED, tmp_path / "data"))


def change(folder, name, old, new):
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def faults(folder):
    with pytest.raises(SeveralProblems) as caught:
        load(folder)
    return [str(problem) for problem in caught.value.problems]


def test_the_shipped_data_reads_the_same_with_the_slow_reader():
    assert load(SHIPPED) == deadlines.register()


def test_the_terms_asked_for_are_there():
    terms = deadlines.register().terms
    assert {name.partition("-")[0] for name in terms} == {"pemilu", "pilkada", "sbt", "pp94", "bpasn", "keberatan"}
    assert all(term.citation.status == "reported" for term in terms.values())
    assert all(term.unverified for term in terms.values() if term.citation.confidence == "memory")
    assert terms["keberatan"].unverified
    assert not terms["bpasn-banding"].unverified


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("terms.yaml", "unit: hari_kerja", "unit: pekan", "terms.yaml:9: terms[0].unit:"),
        ("terms.yaml", "  n: 7", "  n: 0", "terms.yaml:8: terms[0].n:"),
        ("terms.yaml", "  n: 7", "  n: '7'", "terms.yaml:8: terms[0].n:"),
        ("terms.yaml", "  n: 7\n", "", "this field is missing"),
        ("terms.yaml", "  starts: day_after", "  start: day_after", "did you mean 'starts'?"),
        ("terms.yaml", "calendar: national", "calendar: nasional", "there is no calendar 'nasional'; did you mean"),
        ("terms.yaml", "instrument: UU-7-2017", "instrument: UU-7-2071", "did you mean 'UU-7-2017'?"),
        ("terms.yaml", "sources: [D01]", "sources: [D0l]", "there is no source 'D0l'"),
        ("terms.yaml", "- id: pemilu-temuan", "- id: pemilu-laporan", "'pemilu-laporan' stands twice"),
        ("terms.yaml", "    unit: hari\n    if_end_on_holiday: stay\n", "", "counts as the term itself does"),
        (
            "terms.yaml",
            "  from_event: {id: hari pelanggaran diketahui,",
            "  end_open: true\n  from_event: {id: hari,",
            "working days never end on a day off",
        ),
        ("days/2022.yaml", "calendar: national", "calendar: regional", "days/2022.yaml:2: calendar: there is no"),
        ("days/2022.yaml", "2022-12-25: christmas", "2023-12-25: christmas", "2023-12-25 is no day of 2022"),
        (
            "days/2022.yaml",
            "2022-12-25: christmas",
            "2022-12-25: chrismas",
            "there is no day 'chrismas'; did you mean 'christmas'",
        ),
        ("days/2022.yaml", "2022-12-25: christmas", "2022-02-30: christmas", "days/2022.yaml:27: decrees[0].national"),
        ("days/2022.yaml", "remove: [2022-07-09]", "remove: [2022-07-11]", "2022-07-11 is no day off"),
        ("days/2022.yaml", "2022-04-29: eid_al_fitr", "2022-05-02: eid_al_fitr", "2022-05-02 is a day off already"),
        ("days/2022.yaml", "{from: 2022-07-07}", "{from: 2022-01-07}", "became known before the decree above it"),
        ("days/2022.yaml", "year: 2022", "year: 2023", "is no day of 2023"),
        ("days/2022.yaml", "sources: [D20]", "sources: []", "a source is missing"),
        ("national.yaml", '"01-01": new_year', '"13-01": new_year', "national.yaml"),
        ("national.yaml", '"01-01": new_year', '"01-01": newyear', "did you mean 'new_year'"),
        ("national.yaml", "week: [mon,", "week: [senin,", "national.yaml:5: week"),
        ("agencies.yaml", "week: [mon,", "weak: [mon,", "did you mean 'week'?"),
        ("sources.yaml", "id: D02", "id: D01", "'D01' stands twice"),
        ("instruments.yaml", "sources: [D02]", "sources: [D99]", "there is no source 'D99'"),
    ],
)
def test_a_fault_names_file_and_line(copy, name, old, new, said):
    change(copy, name, old, new)
    told = faults(copy)
    assert any(said in one for one in told), told
    assert all(
        one.startswith(
            ("terms.yaml:", "days/", "national.yaml:", "agencies.yaml:", "sources.yaml:", "instruments.yaml:")
        )
        for one in told
    )


def test_several_faults_are_told_at_once(copy):
    change(copy, "terms.yaml", "instrument: UU-7-2017", "instrument: X")
    change(copy, "terms.yaml", "instrument: PP-79-2021", "instrument: Y")
    assert len(faults(copy)) == 2


def test_a_year_stands_in_one_file(copy):
    shutil.copy(copy / "days/2022.yaml", copy / "days/2022b.yaml")
    assert faults(copy) == ["days/2022b.yaml:3: year: the year 2022 stands in two files; keep one"]


@pytest.mark.parametrize("name", ["sources.yaml", "instruments.yaml", "national.yaml", "agencies.yaml", "terms.yaml"])
def test_a_missing_file_is_told(copy, name):
    (copy / name).unlink()
    assert f"{name}: this file is needed; there is none" in faults(copy)


def test_a_file_that_is_not_utf_8_is_told(copy):
    (copy / "terms.yaml").write_bytes(b"\xff")
    with pytest.raises(BadInput, match=r"terms\.yaml: this file is not UTF-8"):
        load(copy)


def test_an_office_adds_its_own_days(tmp_path):
    file = tmp_path / "kantor.yaml"
    file.write_text(AGENCIES, "utf-8")
    known = read_agencies(file)
    own = one_agency("dinas-a", known)
    assert "enam-hari-kerja" in known
    assert due("sbt-kajian", date(2024, 1, 8)).due == date(2024, 1, 11)
    found = due("sbt-kajian", date(2024, 1, 8), agency=own)
    assert found.due == date(2024, 1, 12)
    assert found.version.agency == "dinas-a"
    assert due("sbt-kajian", date(2024, 1, 8), known_on=date(2023, 11, 30), agency=own).due == date(2024, 1, 11)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: dinas-a", "id: enam-hari-kerja", "stands twice"),
        ("working: false", "working: tidak", "agencies[0].days[0].working"),
        (
            "  days:\n",
            TWICE,
            "2024-01-09 stands twice",
        ),
        ("schema: telusur.agencies/1", "schema: telusur.agency/1", "kantor.yaml:1: schema"),
    ],
)
def test_a_fault_in_an_offices_file_is_told(tmp_path, old, new, said):
    file = tmp_path / "kantor.yaml"
    assert old in AGENCIES
    file.write_text(AGENCIES.replace(old, new, 1), "utf-8")
    with pytest.raises(SeveralProblems) as caught:
        read_agencies(file)
    assert said in str(caught.value)
    assert "kantor.yaml:" in str(caught.value)


def test_a_day_taken_back_may_be_given_again_in_another_way(copy):
    change(copy, "days/2022.yaml", "2022-07-10: eid_al_adha", "2022-07-09: eid_al_adha")
    assert date(2022, 7, 9) in deadlines.as_known(load(copy).calendars["national"]).off
