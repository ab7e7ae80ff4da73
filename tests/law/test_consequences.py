"""What may follow a decision: kinds of sanction, who may impose them, who supervises."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from law.drawn import write
from telusur import law
from telusur.domain.errors import BadInput, SeveralProblems
from telusur.law.consequences import supervisor_on
from telusur.law.load import load
from telusur.law.model import LEVELS

RANKS = law.catalogue().powers.ranks


def test_every_level_but_the_unsettled_has_its_kinds_with_a_citation():
    assert set(law.catalogue().sanctions) == set(LEVELS) - {"unsettled"}
    for level in set(LEVELS) - {"unsettled"}:
        for held in law.sanctions(level).sets:
            assert held.kinds
            assert held.citation.status == "reported"
    with pytest.raises(BadInput, match="no kinds of sanction are known for the level 'unsettled'"):
        law.sanctions("unsettled")


def test_two_readings_of_medium_stand_side_by_side_and_the_choice_is_open():
    medium = law.sanctions("medium")
    assert [held.citation.instrument.id for held in medium.sets] == ["PP-94-2021", "PP-53-2010"]
    assert medium.open is not None
    shown = medium.as_json()
    assert shown["which_applies_here"] is None
    assert "gives reasons" in shown["open"]["en"]
    assert [kind["kind"] for kind in shown["sets"][0]["kinds"]] == [
        "allowance-25-6",
        "allowance-25-9",
        "allowance-25-12",
    ]
    assert len(shown["sets"][1]["applied"]) == 3
    assert law.sanctions("heavy").open is None


def test_only_an_official_rule_allows_a_sanction():
    assert not any(rule.allows_sanction for rule in law.catalogue().rules.values())


@pytest.mark.parametrize(
    ("rank", "level", "officials"),
    [
        ("jpt_utama", "heavy", {"president"}),
        ("jpt_madya_ppk", "light", {"president"}),
        ("jpt_madya", "light", {"ppk_central_or_province"}),
        ("jpt_madya", "heavy", {"president", "ppk_central_or_province"}),
        ("jpt_pratama", "light", {"ppk_regency_or_city", "official_jpt_madya"}),
        ("jpt_pratama", "medium", {"ppk_central_or_province", "ppk_regency_or_city"}),
        ("administrator", "light", {"official_jpt_pratama"}),
        ("administrator", "medium", {"ppk_regency_or_city", "official_jpt_madya"}),
        ("pengawas", "medium", {"ppk_regency_or_city", "official_jpt_pratama"}),
        ("pelaksana", "light", {"official_pengawas"}),
        ("pelaksana", "medium", {"ppk_regency_or_city", "official_administrator"}),
        ("pelaksana", "heavy", {"ppk_central_or_province", "ppk_regency_or_city"}),
        ("ahli_utama", "medium", {"ppk_central_or_province", "ppk_regency_or_city"}),
        ("fungsional", "medium", {"official_jpt_pratama", "official_administrator"}),
        ("fungsional", "heavy", {"ppk_central_or_province", "ppk_regency_or_city"}),
    ],
)
def test_who_may_punish_whom(rank, level, officials):
    assert {one.official.id for one in law.who_may_punish(rank, level)} == officials


def test_the_heavy_level_can_be_shared_between_officials():
    found = {one.official.id: one for one in law.who_may_punish("jpt_madya", "heavy")}
    assert [kind.id for kind in found["president"].kinds] == ["honourable-dismissal"]
    assert found["ppk_central_or_province"].as_json()["kinds"] == ["demotion", "release"]
    assert not found["president"].whole
    assert all(one.whole for one in law.who_may_punish("jpt_utama", "heavy"))


@pytest.mark.parametrize("level", ["light", "medium", "heavy"])
@pytest.mark.parametrize("rank", RANKS)
def test_somebody_may_impose_each_level_on_each_rank(rank, level):
    assert law.who_may_punish(rank, level)


def test_an_unknown_rank_or_level_names_the_nearest():
    with pytest.raises(BadInput, match="did you mean 'pengawas'"):
        law.who_may_punish("pengawass", "light")
    with pytest.raises(BadInput, match="no powers are stated for the level 'moral'"):
        law.who_may_punish("pengawas", "moral")


@pytest.mark.parametrize(
    ("day", "body"),
    [
        (date(2014, 12, 1), "KASN"),
        (date(2024, 8, 23), "KASN"),
        (date(2024, 8, 24), "BKN"),
        (date(2027, 10, 16), "BKN"),
        (date(2027, 10, 17), "independent-body"),
        (date(2040, 1, 1), "independent-body"),
    ],
)
def test_the_supervisor_goes_by_the_day(day, body):
    found = law.supervisor_on(day)
    assert found.id == body
    assert found.expected is (body == "independent-body")
    assert found.as_json()["sources"]


def test_before_the_first_supervisor_nobody_is_named():
    with pytest.raises(BadInput, match=r"no supervising body is known for 2014-11-30; known are KASN from 2014-12-01"):
        law.supervisor_on(date(2014, 12, 1) - timedelta(1))
    with pytest.raises(BadInput, match="known are none"):
        supervisor_on(date(2024, 1, 1), ())


def test_general_provisions_are_cited():
    held = law.catalogue().provisions
    assert set(held) == {"concurrence", "superior-fails", "authority-fails"}
    assert held["concurrence"].as_json()["citation"]["article"] == "35?"


def test_coverage_says_what_it_rests_on():
    held = law.catalogue().coverage
    assert held["pppk"].instruments == ("SKB-2022", "SE-PANRB-18-2023", "UU-20-2023")
    assert all(one.sources and one.instruments and one.confidence != "memory" for one in held.values())


SANCTIONS = """\
schema: telusur.sanctions/1
sanctions:
- level: light
  sets:
  - citation: {instrument: LAW, status: reported, confidence: single, sources: [S1]}
    kinds: [{id: word, title: {id: a, en: a}}]
"""
AUTHORITY = """\
schema: telusur.authority/1
citation: {instrument: LAW, status: reported, confidence: single, sources: [S1]}
ranks:
- {id: high, title: {id: a, en: a}}
- {id: low, title: {id: a, en: a}}
- {id: beside, on_ladder: false, title: {id: a, en: a}}
officials:
- id: chief
  title: {id: a, en: a}
  rank: high
  powers:
  - {levels_below: 1, kinds: [light]}
"""
SUPERVISORS = """\
schema: telusur.supervisors/1
supervisors:
- id: one
  title: {id: a, en: a}
  action: {id: a, en: a}
  days: {from: 2020-01-01, to: 2020-12-31}
  confidence: single
  sources: [S1]
- id: two
  title: {id: a, en: a}
  action: {id: a, en: a}
  days: {from: 2021-01-01}
  confidence: single
  sources: [S1]
"""
FILES = {"sanctions.yaml": SANCTIONS, "authority.yaml": AUTHORITY, "supervisors.yaml": SUPERVISORS}


def test_a_small_catalogue_with_consequences_is_sound(tmp_path):
    held = load(write(tmp_path, **FILES))
    assert held.powers.over("low", "light", held.sanctions)[0].official.id == "chief"
    assert held.powers.over("beside", "light", held.sanctions) == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "said"),
    [
        ("sanctions.yaml", "level: light", "level: lite", 3, "should be"),
        ("sanctions.yaml", "  sets:", "  open: {id: a, en: a}\n  sets:", 3, "`open` go together"),
        ("sanctions.yaml", "instrument: LAW", "instrument: LWA", 5, "there is no instrument"),
        ("authority.yaml", "kinds: [light]", "kinds: [lite]", 12, "there is no 'lite'; did you mean 'light'?"),
        ("authority.yaml", "{levels_below: 1, ", "{", 12, "one of the two"),
        ("authority.yaml", "{levels_below: 1, ", "{levels_below: 1, over: [low], ", 12, "one of the two"),
        ("authority.yaml", "levels_below: 1", "levels_below: 2", 12, "the ladder has no rank there"),
        ("authority.yaml", "levels_below: 1", "over: [lwo]", 12, "there is no rank 'lwo'"),
        ("authority.yaml", "rank: high", "rank: beside", 12, "a rank on the ladder only"),
        ("authority.yaml", "id: low", "id: high", 5, "stands twice"),
        ("supervisors.yaml", "from: 2021-01-01", "from: 2021-02-01", 12, "must begin on the day after one ends"),
        ("supervisors.yaml", "sources: [S1]", "sources: []", 8, "a source is missing"),
    ],
)
def test_a_fault_in_them_is_told_with_file_and_line(tmp_path, file, old, new, line, said):
    assert old in FILES[file]
    files = FILES | {file: FILES[file].replace(old, new, 1)}
    with pytest.raises(SeveralProblems) as caught:
        load(write(tmp_path, **files))
    told = [str(problem) for problem in caught.value.problems]
    assert any(words.startswith(f"{file}:{line}: ") and said in words for words in told), told
