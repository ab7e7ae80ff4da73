"""What is promised of the texts: every fault is told with its line, and no procedure lacks a letter."""

import shutil
from importlib import resources
from pathlib import Path

import pytest

from telusur import process
from telusur.domain.errors import BadInput, SeveralProblems
from telusur.office import letters
from telusur.office.letters.texts import load
from telusur.process.procedure_model import CLEARING

SHIPPED = Path(str(resources.files("telusur.office.letters").joinpath("texts")))


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(SHIPPED, tmp_path / "texts")
    return tmp_path / "texts"


def problems(folder):
    with pytest.raises(SeveralProblems) as found:
        load(folder)
    return "\n".join(str(one) for one in found.value.problems)


def changed(folder, name, old, new):
    path = folder / name
    held = path.read_text("utf-8")
    assert old in held
    path.write_text(held.replace(old, new, 1), "utf-8")
    line = held[: held.index(old)].count("\n") + 1
    return problems(folder), f"{name}:{line}"


def test_the_shipped_texts_are_read_the_same_by_the_slow_reader(folder):
    assert load(folder) == letters.texts()


def test_every_letter_that_a_procedure_sends_has_a_text():
    for procedure in process.procedures().values():
        for move in procedure.moves.values():
            if move.letter:
                found = letters.forms(procedure, move.letter, move.end if move.end in CLEARING else None)
                assert found, (procedure.id, move.id)


def test_every_body_has_every_kind_of_letter_though_bkn_summons_nobody():
    kinds = {one.kind for one in letters.texts().values()}
    for procedure in process.procedures().values():
        lacking = {"summons"} if procedure.body == "bkn" else set()
        assert {one.kind for one in letters.forms(procedure)} == kinds - lacking


def test_each_of_the_three_ends_has_a_letter_of_its_own():
    ends = [one for one in letters.texts().values() if one.end]
    assert sorted(one.end for one in ends) == sorted(CLEARING)
    assert len({one.subject for one in ends}) == len({one.body[0].text for one in ends}) == 3


def test_an_unknown_text_is_told_with_the_nearest():
    with pytest.raises(BadInput, match="did you mean 'summons'"):
        letters.text("summon")


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("summons.yaml", 'en: "Time: {hearing_at}"', 'en: "Time: {hearing_on}"', "do not name the same places"),
        ("notice.yaml", "{received_on}). Surat", "{recieved_on}). Surat", "do not name the same places"),
        ("notice.yaml", "when: [account]", "when: [acount]", "did you mean 'account'"),
        ("notice.yaml", '"typed:measure"', '"typed:mesure"', "did you mean 'measure'"),
        ("minutes-hearing.yaml", "typed:signed=signs", "typed:signed=signed", "none of its choices"),
        ("notice.yaml", "show: clears", "show: clear", "did you mean 'clears'"),
        ("notice.yaml", "- quote: measure", "- quote: measures", "'measures' is not asked"),
        ("notice.yaml", "must: [particulars]", "must: [evidence]", "never shows it without a condition"),
        ("notice.yaml", "must: [particulars]", "must: [particular]", "did you mean 'particulars'"),
        (
            "decision.yaml",
            "must: [respondent, particulars, answer,",
            "must: [respondent, particulars,",
            "must give answer",
        ),
        ("notice.yaml", "nip: masked", "nip: full", "the whole NIP stands"),
        ("forwarding.yaml", "nip: masked", "nip: full", "the whole NIP stands"),
        ("notice.yaml", "kind: notice", "kind: notise", "input should be"),
        ("notice.yaml", "id: notice", "id: notices", "named as its id"),
        ("notice.yaml", "dugaan, bukan putusan", "siapa pelanggar", "judges"),
        ("notice.yaml", "nothing is decided", "you have breached", "judges"),
        ("preserve-request.yaml", "show: records", "show: respondent", "is not told whom it concerns"),
        ("preserve-request.yaml", "kind: preserve", "kind: summons\ntitles: x", "no such field"),
    ],
)
def test_a_fault_is_told(folder, name, old, new, told):
    found, _ = changed(folder, name, old, new)
    assert told in found, found
    assert name in found


def test_a_fault_is_told_with_its_line(folder):
    found, place = changed(folder, "notice.yaml", "show: clears", "show: clear")
    assert place in found


def test_a_name_for_the_person_is_refused_in_a_letter_to_a_holder_of_records(folder):
    path = folder / "preserve-request.yaml"
    held = path.read_text("utf-8")
    path.write_text(
        held.replace("perkara administratif", "perkara {respondent}").replace("an administrative case", "{respondent}")
    )
    assert "remove {respondent}" in problems(folder)


def test_an_ask_that_stands_nowhere_is_refused(folder):
    told, _ = changed(
        folder, "notice.yaml", "asks:\n", "asks:\n- {id: colour, kind: line, label: {id: Warna, en: Colour}}\n"
    )
    assert "'colour' is asked and stands nowhere" in told


def test_an_ask_may_not_hide_what_is_known(folder):
    ask = "asks:\n- {id: case, kind: line, label: {id: Perkara, en: Case}}\n"
    assert "known without asking" in changed(folder, "notice.yaml", "asks:\n", ask)[0]


def test_an_ask_stands_once_and_only_a_choice_has_choices(folder):
    twice = "asks:\n- {id: measure, kind: choice, label: {id: Tindakan, en: Measure}}\n"
    told, _ = changed(folder, "notice.yaml", "asks:\n", twice)
    assert "asked twice" in told
    assert "a choice needs its choices" in told


def test_a_letter_to_a_body_asks_whom_it_goes_to(folder):
    assert "asks whom it goes to" in changed(folder, "forwarding.yaml", "- {id: to, kind", "- {id: too, kind")[0]


def test_a_second_signature_needs_its_name(folder):
    found, _ = changed(folder, "minutes-hearing.yaml", "- {id: second,", "- {id: third,")
    assert "add the ask `second`" in found


def test_a_remedy_needs_to_be_asked(folder):
    found, _ = changed(folder, "decision.yaml", "- id: remedy\n", "- id: remedies\n")
    assert "needs the ask `remedy`" in found


def test_a_record_stands_under_a_heading(folder):
    found, _ = changed(folder, "tracing-report.yaml", "heading: {id: Laporan penelusuran, en: Tracing report}\n", "")
    assert "add heading" in found


def test_a_piece_is_of_one_kind_and_a_clause_holds_items(folder):
    assert (
        "a piece is one of"
        in changed(folder, "notice.yaml", "- show: particulars", "- show: particulars\n  quote: measure")[0]
    )
    shutil.copy(SHIPPED / "notice.yaml", folder)
    clause = "- clause: {id: Menimbang, en: Considering}\n- show: particulars"
    assert "says nothing" in changed(folder, "notice.yaml", "- show: particulars", clause)[0]


def test_a_file_that_is_no_text_is_told(folder):
    (folder / "notice.yaml").write_bytes(b"\xff\xfe")
    assert "not UTF-8" in problems(folder)


def test_other_files_are_left_alone(folder):
    (folder / "README.md").write_text("Texts.")
    assert load(folder) == letters.texts()
