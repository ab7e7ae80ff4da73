"""What decisions promise: who set what, when and why, or every fault of the document."""

import json
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from case_folders import make
from telusur.domain.errors import BadInput, SeveralProblems
from telusur.dossier.case import Decision
from telusur.dossier.decisions import apply_decisions, read_decisions
from telusur.dossier.reading import read_case

ONE = {
    "act": "A1",
    "field": "account_control",
    "value": "other_after_takeover",
    "by": "Ketua tim",
    "on": "2024-02-01",
    "grounds": "Surat operator dan catatan masuk.",
}
DECIDED = Decision(
    "A1", "account_control", "other_after_takeover", "Ketua tim", date(2024, 2, 1), "Surat operator dan catatan masuk."
)


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    return read_case(make(tmp_path_factory.mktemp("case")))


def written(folder, document, name="decisions.yaml"):
    path = folder / name
    path.write_text(document if isinstance(document, str) else yaml.safe_dump(document), "utf-8")
    return path


def told(path, case):
    with pytest.raises(SeveralProblems) as caught:
        read_decisions(path, case)
    return [(problem.field, problem.message) for problem in caught.value.problems]


def many(*decisions):
    return {"schema": "telusur.decision/1", "decisions": list(decisions)}


def test_a_decision_says_who_when_and_why(tmp_path, case):
    assert read_decisions(written(tmp_path, many(ONE)), case) == (DECIDED,)


def test_a_single_decision_needs_no_list(tmp_path, case):
    document = {"schema": "telusur.decision/1", **ONE, "field": "attribution.account_control"}
    assert read_decisions(written(tmp_path, document), case) == (DECIDED,)


@pytest.mark.parametrize("indent", [None, 2, "\t"])
def test_json_is_read_as_well_however_it_is_indented(tmp_path, case, indent):
    document = json.dumps(many({**ONE, "grounds": "Jelas 😀\tsekali"}), indent=indent)
    [decision] = read_decisions(written(tmp_path, document, "decisions.JSON"), case)
    assert decision.grounds == "Jelas 😀\tsekali"


def test_order_is_kept_and_a_repeated_decision_counts_once(tmp_path, case):
    other = {**ONE, "field": "authenticity", "value": "established", "act": "A2"}
    decisions = read_decisions(written(tmp_path, many(other, ONE, dict(other))), case)
    assert [(decision.act, decision.field) for decision in decisions] == [
        ("A2", "authenticity"),
        ("A1", "account_control"),
    ]


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"act": "A9"}, "act", "the case has no act 'A9'; known are A1, A2"),
        ({"act": None}, "act", "fill this in"),
        ({"field": "account_contrl"}, "field", "did you mean 'account_control'?"),
        ({"field": "leaning"}, "field", "is not set by a decision; known are"),
        ({"field": "target.kind"}, "field", "is not set by a decision"),
        ({"value": "ownr"}, "value", "did you mean 'owner'?"),
        ({"value": None}, "value", "fill this in"),
        ({"value": True}, "value", "expected text"),
        ({"by": ""}, "by", "one line"),
        ({"by": None}, "by", "fill this in"),
        ({"on": "1 Feb"}, "on", "expected a date"),
        ({"on": "1024-02-01"}, "on", "cannot be meant"),
        ({"on": None}, "on", "fill this in"),
        ({"grounds": "  "}, "grounds", "why it was decided so"),
        ({"grounds": None}, "grounds", "why it was decided so"),
        ({"ground": "x"}, "ground", "did you mean 'grounds'?"),
    ],
)
def test_a_fault_is_told_with_its_field(tmp_path, case, change, field, words):
    [(told_field, message)] = told(written(tmp_path, many(ONE, {**ONE, "value": "owner", "act": "A2", **change})), case)
    assert told_field == f"decisions[1].{field}"
    assert words in message
    alone = {"schema": "telusur.decision/1", **ONE, **change}
    assert [field for field, _ in told(written(tmp_path, alone), case)] == [field]


def test_all_faults_are_told_at_once(tmp_path, case):
    faults = told(written(tmp_path, many({}, {**ONE, "act": "A7", "by": 7})), case)
    assert [field for field, _ in faults] == [
        *(f"decisions[0].{name}" for name in ("act", "field", "value", "by", "on", "grounds")),
        "decisions[1].act",
        "decisions[1].by",
    ]


def test_decisions_that_contradict_each_other_are_refused(tmp_path, case):
    [(field, message)] = told(written(tmp_path, many(ONE, {**ONE, "value": "owner"})), case)
    assert field == "decisions[1].value"
    assert "contradicts 'other_after_takeover'" in message


@pytest.mark.parametrize(
    ("document", "field", "words"),
    [
        ("", None, "holds no decisions"),
        ("[]", None, "holds no decisions"),
        ("schema: telusur.decision/1\ndecisions:\n", "decisions", "holds no decision;"),
        ("schema: telusur.decision/1\ndecisions: x\n", "decisions", "expected a list"),
        ("schema: telusur.decision/1\ndecisions: [x]\n", "decisions[0]", "expected the fields"),
        ("schema: telusur.decision/1\ndecisions: [null]\n", "decisions[0]", "fill this in"),
        ("schema: telusur.decision/1\ndecisios: []\n", "decisios", "did you mean 'decisions'?"),
    ],
)
def test_a_document_without_decisions_is_one_fault(tmp_path, case, document, field, words):
    faults = told(written(tmp_path, document), case)
    assert faults[0][0] == field
    assert words in faults[0][1]
    assert len(faults) == 1


def test_another_document_is_told_as_such(tmp_path, case):
    [(field, message)] = told(written(tmp_path, {**many(ONE), "schema": "telusur.case/1"}), case)
    assert field == "schema"
    assert "is this the right file?" in message


def test_a_file_that_cannot_be_read_is_one_clear_line(tmp_path, case):
    with pytest.raises(BadInput, match="no such file"):
        read_decisions(tmp_path / "none.yaml", case)
    with pytest.raises(BadInput, match="is a folder"):
        read_decisions(tmp_path, case)


def test_a_decision_changes_its_act_and_no_other(case):
    decided = apply_decisions(case, [DECIDED])
    one, two = decided.acts
    assert one.facts.value("attribution.account_control") == "other_after_takeover"
    assert one.facts.value("act.kind") == "post"
    assert two == case.acts[1]
    assert case.acts[0].facts.value("attribution.account_control") is None


def test_no_decision_changes_nothing(case):
    assert apply_decisions(case, ()) == case


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from([*ONE, *ONE.values()]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*ONE, "schema", "x"]), inner),
    max_leaves=12,
)


@given(json_values)
def test_any_document_gives_decisions_or_its_faults(tmp_path_factory, case, value):
    path = written(tmp_path_factory.mktemp("decisions"), json.dumps(many(value)), "d.json")
    try:
        decisions = read_decisions(path, case)
    except BadInput:
        return
    assert all(decision.by and decision.grounds for decision in decisions)
