"""A catalogue is read whole, or its faults are told with file and line."""

from __future__ import annotations

import os
import shutil
import time
from importlib import resources
from pathlib import Path

import pytest

from law.drawn import SMALL, write
from telusur import law
from telusur.domain.errors import BadInput, SeveralProblems
from telusur.law.load import load

SHIPPED = Path(str(resources.files("telusur.law").joinpath("catalogue")))


def faults(folder):
    with pytest.raises(SeveralProblems) as caught:
        load(folder)
    return [str(problem) for problem in caught.value.problems]


def test_the_small_catalogue_is_sound(tmp_path):
    assert set(load(write(tmp_path)).rules) == {"LAW/1", "LAW/2"}


def test_the_shipped_catalogue_reads_the_same_with_the_slow_reader():
    assert load(SHIPPED, lines=True) == law.catalogue()


def test_the_shipped_catalogue_is_read_in_a_moment():
    begun = time.process_time()
    load(SHIPPED, lines=False)
    # Some 60 ms on a plain desk; the bound leaves room for a busy machine.
    assert time.process_time() - begun < 0.5


def test_the_hash_changes_with_any_byte_and_with_any_name(tmp_path):
    first = load(write(tmp_path / "a")).hash
    assert first == load(write(tmp_path / "b")).hash
    assert first != load(write(tmp_path / "c", **{"rules/law.yaml": ("{id: satu,", "{id: satu ,")})).hash
    moved = write(tmp_path / "d")
    shutil.move(moved / "rules/law.yaml", moved / "rules/other.yaml")
    assert first != load(moved).hash


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "said"),
    [
        ("rules/law.yaml", "  track: ethics", "  trakc: ethics", 15, "did you mean 'track'?"),
        ("rules/law.yaml", "  track: ethics\n", "", 8, "this field is missing"),
        ("rules/law.yaml", "track: ethics", "track: sport", 15, "should be 'ethics'"),
        ("rules/law.yaml", "level: moral", "levle: moral", 16, "did you mean 'level'?"),
        ("rules/law.yaml", "sources: [S1]", "sources: [S2]", 10, "there is no source 'S2'; known are S1"),
        ("rules/law.yaml", "sources: [S1]", "sources: []", 10, "a source is missing"),
        (
            "rules/law.yaml",
            "unless: [duty]",
            "unless: [duyt]",
            13,
            "there is no exception 'duyt'; did you mean 'duty'?",
        ),
        ("rules/law.yaml", "readings: [doubt]", "readings: [dobut]", 17, "there is no issue 'dobut'"),
        ("rules/law.yaml", "instrument: LAW}]", "instrument: LWA}]", 16, "there is no instrument 'LWA'"),
        ("rules/law.yaml", "instrument: LAW\n", "instrument: LWA\n", 10, "there is no instrument 'LWA'"),
        ("rules/law.yaml", "term: side", "term: sied", 12, "there is no term 'sied'; did you mean 'side'?"),
        ("rules/law.yaml", "act.kind: [install_prop]", "act.knid: [install_prop]", 12, "did you mean 'act.kind'?"),
        ("rules/law.yaml", "[install_prop]", "[instal_prop]", 12, "did you mean 'install_prop'?"),
        ("rules/law.yaml", "act.kind: [install_prop], term", "act.public: true, term", 12, "name the kinds of act"),
        ("rules/law.yaml", "applies_to: [pns]", "applies_to: [psn]", 8, "did you mean 'pns'?"),
        ("rules/law.yaml", "[pns]", "[private_citizen]", 8, "not covered"),
        ("rules/law.yaml", "2020-01-01}\nrules", "2020-01-01}\n  readings: [dobut]\nrules", 7, "did you mean 'doubt'?"),
        ("rules/law.yaml", "  applies_to: [pns]\n", "", 7, "`applies_to` is missing"),
        ("rules/law.yaml", "{from: 2020-01-01}", "{to: 2020-01-01}", 8, "the day it came into force"),
        ("rules/law.yaml", "from: 2020-01-01", "from: 2020-13-01", 5, "valid date"),
        ("rules/law.yaml", "{rule: LAW/1,", "{rule: LAW/3,", 24, "there is no rule 'LAW/3'"),
        ("rules/law.yaml", "{rule: LAW/1,", "{rule: LAW/2,", 24, "override each other"),
        (
            "rules/law.yaml",
            "overrides: []",
            "overrides: [{rule: LAW/2, reason: {id: a, en: a}, declared_by: b}]",
            14,
            "LAW/1 and LAW/2 override each other",
        ),
        ("rules/law.yaml", "id: LAW/2", "id: LAW/1", 18, "'LAW/1' stands twice"),
        ("rules/law.yaml", "id: LAW/2", "id: LAW 2", 18, "pattern"),
        ("rules/law.yaml", "track: ethics", "track: ethics\n  track: ethics", 16, "stands twice"),
        (
            "rules/law.yaml",
            "same_forms: []",
            (
                "same_forms:\n- forms_of: LWA\n"
                "  citation: {status: reported, confidence: memory, sources: []}\n"
                "  track: contract\n  sanction: {level: light}"
            ),
            28,
            "there is no instrument 'LWA'",
        ),
        ("exceptions.yaml", "instrument: LAW, ", "", 5, "the instrument is missing"),
        ("exceptions.yaml", "act.official_duty: true", "act.official_duty: maybe", 6, "known are false, true"),
        ("issues.yaml", "  - {says: {id: ya, en: 'yes'}, by: one, source: S1}\n", "", 7, "at least 2"),
        ("issues.yaml", "source: S1}", "source: S9}", 8, "there is no source 'S9'"),
        ("instruments.yaml", "sources: [S1]", "sources: []", 3, "a source is missing"),
        ("coverage.yaml", "status: pns,", "status: pnss,", 3, "did you mean 'pns'?"),
        ("terms.yaml", "target.kind: [contestant]", "term: side", 5, "no terms are defined here"),
        ("calendars/one.yaml", "[regent]", "[regnet]", 4, "did you mean 'regent'?"),
        ("calendars/one.yaml", "- {what: vote,", "- {what: voting,", 11, "'vote'"),
        ("calendars/one.yaml", "from: 2024-07-01, to: 2024-07-03", "from: 2024-07-02, to: 2024-07-03", 7, "no phase"),
        ("calendars/one.yaml", "from: 2024-05-01", "from: 2024-06-01", 7, "'campaign' begins on 2024-06-01, before"),
        ("calendars/one.yaml", "to: 2024-06-30", "to: 2024-05-30", 9, "before it begins"),
        (
            "calendars/one.yaml",
            "- {what: vote, from: 2024-07-04, known: {from: 2024-01-01}, confidence: single, sources: [S1]}\n",
            "",
            7,
            "the step 'vote' is missing",
        ),
        (
            "calendars/one.yaml",
            "what: vote, from: 2024-07-04,",
            "what: vote, from: 2024-07-04, region: '31', ",
            7,
            "the step 'vote' is missing",
        ),
    ],
)
def test_a_fault_is_told_with_file_and_line(tmp_path, file, old, new, line, said):
    told = faults(write(tmp_path, **{file: (old, new)}))
    assert any(words.startswith(f"{file}:{line}: ") and said in words for words in told), told


def test_a_region_whose_own_dates_leave_a_gap_is_named(tmp_path):
    late = "- {what: vote, from: 2024-07-09, region: '31', known: {from: 2024-01-01}, confidence: memory, sources: []}"
    told = faults(write(tmp_path, **{"calendars/one.yaml": SMALL["calendars/one.yaml"] + late}))
    assert any("in region 31, between 'quiet' and 'vote'" in words for words in told)


def test_two_calendars_may_not_cover_one_day_of_a_contest(tmp_path):
    write(tmp_path)
    (tmp_path / "calendars/two.yaml").write_text(SMALL["calendars/one.yaml"].replace("id: one", "id: two", 1))
    assert "calendars/two.yaml:6: covers: one and two" in faults(tmp_path)[0].replace("two and one", "one and two")
    later = SMALL["calendars/one.yaml"].replace("id: one", "id: two", 1).replace("contests", "round: '2'\ncontests")
    (tmp_path / "calendars/two.yaml").write_text(later)
    assert len(load(tmp_path).calendars.all) == 2


def test_all_faults_of_a_stage_are_told_at_once(tmp_path):
    told = faults(
        write(
            tmp_path,
            **{"sources.yaml": None, "terms.yaml": ("target.kind", "target.knid"), "issues.yaml": "schema: [\n"},
        )
    )
    assert [words.partition(":")[0] for words in told if "instruments" not in words and "exceptions" not in words] == [
        "sources.yaml",
        "terms.yaml",
        "issues.yaml",
    ]


def test_a_file_in_another_encoding_is_named(tmp_path):
    write(tmp_path)
    (tmp_path / "rules/latin.yaml").write_bytes("title: é".encode("latin-1"))
    assert "rules/latin.yaml: this file is not UTF-8; save it as UTF-8" in faults(tmp_path)


def test_what_is_not_yaml_is_no_part_of_the_catalogue(tmp_path):
    write(tmp_path)
    (tmp_path / "notes.txt").write_text("mine")
    assert load(tmp_path).rules


def test_a_catalogue_cites_no_place_that_it_does_not_hold_and_reports_all():
    held = law.catalogue()
    assert {rule.citation.status for rule in held.rules.values()} == {"reported"}
    used = {source.id for rule in held.rules.values() for source in rule.citation.sources}
    used |= {source.id for item in held.instruments.values() for source in item.sources}
    used |= {source.id for item in held.coverage.values() for source in item.sources}
    used |= {source.id for item in held.exceptions.values() for source in item.citation.sources}
    used |= {reading.source.id for issue in held.issues.values() for reading in issue.readings}
    used |= {name for calendar in held.calendars.all for step in calendar.steps for name in step.sources}
    used |= {source.id for one in held.supervisors for source in one.sources}
    citations = [held.powers.citation, *(one.citation for one in held.provisions.values())]
    citations += [kinds.citation for one in held.sanctions.values() for kinds in one.sets]
    used |= {source.id for citation in citations for source in citation.sources}
    used |= {said.source.id for one in held.sanctions.values() for kinds in one.sets for said in kinds.applied}
    assert used == set(held.sources)


def test_every_exception_and_issue_and_instrument_of_the_catalogue_is_used():
    held = law.catalogue()
    rules = held.rules.values()
    assert {one.id for rule in rules for one in rule.unless} == set(held.exceptions)
    assert {one.id for rule in rules for one in rule.issues} == set(held.issues)
    cited = {rule.citation.instrument.id for rule in rules} | {
        one.instrument.id for rule in rules for one in rule.basis
    }
    cited |= {one.citation.instrument.id for one in held.exceptions.values()}
    cited |= {kinds.citation.instrument.id for one in held.sanctions.values() for kinds in one.sets}
    assert cited == set(held.instruments)


def test_an_unknown_rule_names_the_nearest_one():
    assert law.rule("SKB-2022/E4").level == "moral"
    with pytest.raises(BadInput, match="did you mean 'SKB-2022/E4'"):
        law.rule("SKB2022/E4")


def test_a_rule_shows_all_that_stands_in_the_catalogue():
    shown = law.rule("SKB-2022/spouse").as_json()
    assert shown["overrides"][0]["rule"] == "PP-94-2021/5n1"
    assert shown["when"]["all"][0] == {"fact": "act.kind", "expected": ["attend_event", "introduce_contestant"]}
    assert [reading["issue"] for reading in shown["readings"]] == ["spouse-track"] * 2 + ["under-order"] * 3
    assert shown["unless"][0]["unless"]["any"]
    taken_over = law.rule("SE-PANRB-1-2023/spouse").as_json()
    assert taken_over["form_of"] == "SKB-2022/spouse"
    assert taken_over["overrides"] == []


def test_a_span_that_ends_before_it_begins_is_told_with_its_line(tmp_path):
    folder = write(tmp_path, **{"calendars/one.yaml": ("covers: {from: 2", "covers: {from: 9")})
    with pytest.raises(SeveralProblems, match="before it begins") as caught:
        load(folder)
    [problem] = caught.value.problems
    assert (problem.where, problem.field) == ("calendars/one.yaml", "covers")


def test_a_file_of_another_shape_is_told_in_words_that_people_use(tmp_path):
    folder = write(tmp_path)
    (folder / "rules/law.yaml").write_text("- 1\n")
    with pytest.raises(SeveralProblems, match="expected fields, each as `name: value`"):
        load(folder)


def test_a_folder_that_holds_itself_and_a_pipe_are_refused(tmp_path):
    folder = write(tmp_path)
    os.mkfifo(folder / "rules/pipa.yaml")
    with pytest.raises(BadInput, match=r"rules/pipa.yaml: is no plain file"):
        load(folder)
    (folder / "rules/pipa.yaml").unlink()
    (folder / "rules/lagi").symlink_to(".")
    with pytest.raises(BadInput, match="nested too deep"):
        load(folder)
