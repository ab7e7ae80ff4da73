"""What a document of facts promises."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.domain.errors import BadInput, SeveralProblems
from telusur.domain.facts import Facts
from telusur.domain.vocabulary import FIELDS
from telusur.dossier.facts_file import facts_of, read_facts

TEXT = """\
schema: telusur.facts/1
date: 2024-01-20
contest: {kind: president, round: 1}
act:
  kind: post
  accidental: null
actor.status: pns
"""


def written(folder, text, name="facts.yaml"):
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_facts_are_read_nested_or_dotted(tmp_path):
    facts = read_facts(written(tmp_path, TEXT))
    assert facts.as_json() == {
        "date": "2024-01-20",
        "contest": {"kind": "president", "round": "1"},
        "actor": {"status": "pns"},
        "act": {"kind": "post", "accidental": None},
    }
    assert not facts.is_presumed("act.accidental")


def test_the_schema_may_be_left_out_but_not_be_another(tmp_path):
    assert read_facts(written(tmp_path, "date: 2024-01-20")) == Facts.read({"date": "2024-01-20"})
    with pytest.raises(SeveralProblems, match=r":1: schema: expected telusur.facts/1"):
        read_facts(written(tmp_path, "schema: telusur.case/1"))


def test_every_fault_is_told_with_its_line(tmp_path):
    text = TEXT.replace("kind: post", "kind: posst").replace("actor.status", "actor.stats").replace("president", "raja")
    text = text.replace("2024-01-20", "0024-01-20")
    with pytest.raises(SeveralProblems) as caught:
        read_facts(written(tmp_path, text))
    assert [(problem.line, problem.field) for problem in caught.value.problems] == [
        (2, "date"),
        (3, "contest.kind"),
        (5, "act.kind"),
        (7, "actor.stats"),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "fill this in"),
        ("post", "expected the fields"),
        ("- date: 2024-01-20", "one act a line"),
        ("act: [", "YAML"),
    ],
)
def test_a_document_without_facts_is_one_fault(tmp_path, text, words):
    with pytest.raises(BadInput, match=words):
        read_facts(written(tmp_path, text))


def test_a_row_of_a_batch_gives_the_same_facts():
    row = {"schema": "telusur.facts/1", "act.kind": "post", "act.public": True}
    assert facts_of(row) == Facts.read({"act": {"kind": "post", "public": True}})
    with pytest.raises(BadInput, match=r"schema: expected telusur\.facts/1"):
        facts_of({"schema": "telusur.case/1"})
    with pytest.raises(SeveralProblems, match="did you mean"):
        facts_of({"act.knd": "post"})


stated = st.fixed_dictionaries(
    {},
    optional={
        name: st.none() | (st.booleans() if field.kind == "flag" else st.sampled_from(field.values))
        for name, field in FIELDS.items()
        if field.kind in {"flag", "choice"}
    },
)


@given(stated, st.sampled_from(["facts.json", "facts.yaml"]))
def test_facts_come_back_as_they_were_written(tmp_path_factory, values, name):
    facts = Facts.read(values)
    assert read_facts(written(tmp_path_factory.mktemp("facts"), json.dumps(facts.as_json()), name)) == facts
