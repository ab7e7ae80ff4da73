"""What a new case begins with."""

import re

import pytest

from telusur.domain.errors import BadInput, SeveralProblems
from telusur.domain.evidence import SourceKind
from telusur.domain.vocabulary import FIELDS
from telusur.dossier.reading import read_case
from telusur.dossier.template import template, write_template

MARK = "# ISI / FILL IN: "


def filled(text):
    return text.replace(MARK, "")


def test_a_new_case_has_its_folders(tmp_path):
    path = write_template(tmp_path / "cases" / "K-001")
    assert path.read_text("utf-8") == template()
    assert sorted(entry.name for entry in path.parent.iterdir()) == ["case.yaml", "evidence", "known"]


def test_as_written_it_asks_for_the_places_to_fill_and_nothing_else(tmp_path):
    path = write_template(tmp_path)
    with pytest.raises(SeveralProblems) as caught:
        read_case(tmp_path)
    lines = path.read_text("utf-8").splitlines()
    problems = caught.value.problems
    assert {problem.field for problem in problems} == {"id", "reported_on", "respondent.status", "account.platform"}
    for problem in problems:
        assert problem.message.startswith("fill this in: ")
        assert MARK in lines[problem.line - 1]


def test_filled_with_its_own_examples_it_is_a_case(tmp_path):
    path = write_template(tmp_path)
    path.write_text(filled(template()), "utf-8")
    (tmp_path / "evidence" / "tangkapan-layar.png").touch()
    case = read_case(tmp_path)
    assert case.notes == ()
    assert case.acts[0].account == case.accounts[0]
    assert case.acts[0].evidence == ("evidence/tangkapan-layar.png",)
    # What nobody filled in stays unknown; an exception that nobody stated stays presumed absent.
    assert case.acts[0].facts.value("act.public") is None
    assert case.acts[0].facts.is_presumed("act.accidental")


def test_what_is_commented_out_is_valid_too(tmp_path):
    path = write_template(tmp_path)
    of_case = re.sub(r"(?m)^# (incident:|  id:|  order:)", r"\1", filled(template()))
    text, parts = re.subn(r"(?m)^(  +)# ((?: *|- )[a-z_]+:(?: .*)?)$", r"\1\2", of_case)
    assert parts == 18
    path.write_text(text, "utf-8")
    for name in ("evidence/tangkapan-layar.png", "evidence/x-archive.zip", "evidence/surat-operator.txt"):
        (tmp_path / name).touch()
    (tmp_path / "known" / "posts.jsonl").write_text(re.search(r'{"at".*', template())[0])
    case = read_case(tmp_path)
    assert case.incident == "PERISTIWA-01"
    assert case.acts[0].facts.value("attribution.account_control") == "owner"
    assert case.acts[0].facts.value("contest.region") == "32.04"
    assert [source.kind for source in case.sources] == [
        *("screenshot", "platform_export", "operator_letter", "known_writing")
    ]
    assert case.sources[1].taken_before_officer
    assert case.sources[2].facts[0].read_by == "Pemeriksa 1"
    assert len(case.known) == 1
    assert case.notes == ()


def test_it_names_every_choice_that_it_asks_for():
    text = template()
    for name in ("act.kind", "actor.status", "contest.kind", "act.leaning", "act.attribute", "target.kind"):
        assert all(re.search(rf"\b{value}\b", text) for value in FIELDS[name].values), name
    assert all(kind in text for kind in SourceKind.__args__)


def test_files_that_lie_there_already_are_kept(tmp_path):
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "letter.txt").write_text("kept")
    write_template(tmp_path)
    assert (tmp_path / "evidence" / "letter.txt").read_text() == "kept"


def test_a_case_is_never_overwritten(tmp_path):
    (tmp_path / "case.yaml").write_text("mine")
    with pytest.raises(BadInput, match="never overwritten"):
        write_template(tmp_path)
    assert (tmp_path / "case.yaml").read_text() == "mine"
    (tmp_path / "case.yaml").unlink()
    (tmp_path / "case.yaml").symlink_to(tmp_path / "nowhere")
    with pytest.raises(BadInput, match="never overwritten"):
        write_template(tmp_path)


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(BadInput, match="is a file where a folder is needed"):
        write_template(tmp_path / "file")
    with pytest.raises(BadInput, match="cannot be made"):
        write_template(tmp_path / "file" / "below")
