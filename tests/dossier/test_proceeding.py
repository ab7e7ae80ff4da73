"""What a case folder shows of the procedure, and what it cannot show."""

from dataclasses import replace
from datetime import date

import pytest

from dossier.render import example
from telusur.domain.facts import Facts
from telusur.dossier import proceeding
from telusur.dossier.case import Decision, Source, Statement
from telusur.process import terms


def shown(made=None, **more):
    made = made or example.assessment(**more)
    file = proceeding.file_of(made.case, made.evidence, made.acts)
    return {one.name: one for one in proceeding.gates_of(file, proceeding.day_of(made.case, made.acts))}


def with_acts(made, **more):
    acts = tuple(replace(act, **more) for act in made.acts)
    return replace(made, acts=acts)


def with_act(made, **more):
    return with_acts(made, act=replace(made.acts[0].act, **more))


def control(value="owner"):
    return Decision("A1", "account_control", value, "pemeriksa 2", date(2024, 1, 5), "Log sesi.")


def test_all_eight_gates_are_told_in_their_order():
    names = "particulars notice heard tracing purpose consistency independence letter"
    assert " ".join(shown()) == names


def test_what_a_folder_cannot_say_is_closed_with_its_reason():
    for name in ("notice", "consistency", "independence", "letter"):
        gate = shown()[name]
        assert not gate.open
        assert all(reason.id and reason.en for reason in gate.reasons)


def test_a_named_decision_on_a_traced_act_opens_tracing_and_a_value_without_a_name_does_not():
    made = example.assessment()
    assert not shown(made)["tracing"].open
    facts = made.acts[0].act.facts.updated({"attribution.account_control": "owner"})
    assert not shown(with_act(made, facts=facts))["tracing"].open
    assert shown(with_acts(made, decisions=(control(),)))["tracing"].open


@pytest.mark.parametrize("tracing", [None, example.tracing(())])
def test_a_decision_on_what_was_not_weighed_does_not(tracing):
    made = with_acts(example.assessment(), decisions=(control(),), tracing=tracing)
    assert not shown(made)["tracing"].open


def test_only_a_statement_signed_after_the_particulars_was_an_answer_to_them():
    assert shown()["heard"].open
    for after in (False, None):
        assert not shown(statement=Statement(True, ("not_mine",), "Bukan saya.", after))["heard"].open
    assert not shown(statement=Statement(None, (), None, True))["heard"].open


def test_an_act_that_only_the_respondents_own_records_show_is_closed():
    assert not shown()["purpose"].open
    both = ("evidence/screenshot.png", "evidence/x-archive.zip")
    assert shown(with_act(example.assessment(), evidence=both))["purpose"].open


def test_an_act_without_a_time_asks_for_it():
    gate = shown(with_act(example.assessment(), at=None))["particulars"]
    assert "its time with the zone" in gate.reasons[0].en


def test_a_file_that_no_source_lists_counts_as_the_reporters():
    made = with_act(example.assessment(), evidence=("evidence/catatan.txt",))
    assert shown(made)["purpose"].open
    listed = Source("evidence/catatan.txt", "document", None)
    made = with_act(example.assessment(sources=(listed,)), evidence=("evidence/catatan.txt",))
    assert shown(made)["purpose"].open


@pytest.mark.parametrize(
    ("contest", "procedure"),
    [("president", "bawaslu-general"), ("mayor", "bawaslu-regional"), ("none", "bkn-sbt"), (None, "bkn-sbt")],
)
def test_the_contest_says_who_takes_the_report_up_first(contest, procedure):
    made = example.assessment()
    facts = Facts({**made.acts[0].act.facts.stated, "contest.kind": contest})
    made = with_act(made, facts=facts)
    file = proceeding.file_of(made.case, made.evidence, made.acts)
    assert file.procedure == procedure
    assert terms(file, made.case.reported_on)


def test_the_gates_are_asked_on_the_last_day_that_the_folder_speaks_of():
    made = example.assessment()
    assert proceeding.day_of(made.case, made.acts) == date(2024, 1, 5)
    assert proceeding.day_of(made.case, ()) == made.case.reported_on


def test_a_term_beyond_the_calendar_has_no_day_rather_than_a_guess():
    made = example.assessment(reported_on=date(2044, 1, 1))
    facts = Facts({**made.acts[0].act.facts.stated, "contest.kind": "governor"})
    made = with_act(made, facts=facts)
    file = proceeding.file_of(made.case, made.evidence, made.acts)
    found = replace(made, terms=terms(file, date(2044, 1, 1))).as_json("id")["deadlines"]
    assert found
    assert all(one["due"] is None for one in found)
