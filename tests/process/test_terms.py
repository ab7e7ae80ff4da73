"""The terms that run, each with how it was counted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from process_case import Case, before_deciding, ready_to_summon, sha
from telusur import process
from telusur.law import deadlines
from telusur.process.fold import added
from telusur.process.procedure import StageTerm
from telusur.process.terms import begun, over

pytestmark = pytest.mark.usefixtures("confirmed")


def running(case, today=None):
    return {one.id: one for one in process.terms(case.file, today or case.at.date())}


def test_a_file_that_is_not_opened_has_no_terms():
    assert process.terms(process.File.empty(), date(2024, 1, 1)) == ()


def test_a_stage_has_its_terms_from_the_day_of_receipt():
    case = Case().opened("bawaslu-general", received_on=date(2024, 1, 19))
    term = running(case)["pemilu-kajian-awal"]
    assert (term.start, term.due) == (date(2024, 1, 19), date(2024, 1, 21))
    assert term.safe <= term.due
    assert term.late
    assert not running(case, date(2024, 1, 21))["pemilu-kajian-awal"].late
    assert "the last day is Sunday, 21 January 2024" in term.how.en
    assert [one.number for one in term.counted] == [1, 2]


def test_a_term_from_an_earlier_stage_runs_on():
    case = Case().opened("bawaslu-general").established().captured().stated().moved("register", "reviewer")
    registered = running(case)["pemilu-tindak-lanjut"].due
    case.wait(2).moved("invite", "reviewer")
    assert running(case)["pemilu-tindak-lanjut"].due == registered


def test_a_term_counts_from_what_was_served_made_handed_over_or_answered():
    case = ready_to_summon().asked_of_ties().informed().served()
    case.moved("summon", "direct_superior")
    assert set(running(case)) >= {"reply"}
    found = {
        term.starts.partition(":")[0]
        for one in process.procedures().values()
        for stage in one.stages.values()
        for term in stage.terms
    }
    assert found <= {"entered", "received", "handed_over", "receiver_answered", "remedy", "letter", "served", "term"}


def test_an_extension_of_a_term_is_told():
    case = Case().opened("bawaslu-general")
    until = date(2024, 2, 2)
    case.take(process.Extended, term="pemilu-kajian-awal", until=until, grounds="Menunggu keterangan.")
    term = running(case)["pemilu-kajian-awal"]
    assert (term.due, term.safe) == (until, until)
    assert "Extended until Friday, 2 February 2024" in term.how.en


def test_the_time_to_answer_and_each_record_that_expires_have_their_clock():
    case = ready_to_summon().informed().served(days=5)
    case.take(process.PreservationAsked, to="X", what="log masuk", expires=date(2024, 2, 19))
    case.take(process.PreservationAsked, to="operator", what="kartu SIM")
    found = running(case)
    assert found["reply"].due == case.file.reply_until
    assert found["record:1"].due == date(2024, 2, 19)
    assert "record:2" not in found
    assert running(case, date(2024, 2, 20))["record:1"].late
    assert [one.due for one in process.terms(case.file, case.at.date())] == sorted(one.due for one in found.values())


def test_an_ended_file_awaits_no_answer():
    case = ready_to_summon().asked_of_ties().informed().served().drafted(result="stopped").approved()
    assert "reply" not in running(case.moved("stop", "ppk", "ppk-1", grounds="x"))


def test_a_term_beyond_the_calendar_says_so():
    case = Case().opened("bawaslu-general").established().captured().stated().wait(365 * 20)
    case.moved("register", "reviewer")
    term = running(case)["pemilu-keterangan-tambahan"]
    assert term.due is None
    assert not term.late
    assert term.counted == ()
    assert term.how.en


def test_a_term_is_over_only_in_every_reading():
    case = before_deciding().drafted().approved().written().moved("decide_heavy", "ppk", "ppk-1")
    effect = deadlines.register().term("pp94-berlaku")
    assert over(case.file, effect, case.at.date()) is None
    case.served("decision").moved("deliver", "personnel")
    last = max(one.due for one in deadlines.due(effect, case.at.date()).readings)
    assert over(case.file, effect, last) is False
    assert over(case.file, effect, last + timedelta(days=1)) is True
    assert over(case.file, deadlines.register().term("sbt-ppk"), last) is None


def test_a_term_that_cannot_be_counted_is_never_over():
    case = before_deciding().drafted().approved().written().moved("decide_heavy", "ppk", "ppk-1").wait(365 * 20)
    case.served("decision").moved("deliver", "personnel")
    assert over(case.file, deadlines.register().term("pp94-berlaku"), case.at.date() + timedelta(days=400)) is None


def test_a_hand_over_its_answer_and_a_remedy_start_their_terms():
    case = Case().opened("bkn-sbt").established().captured().stated().asked_of_ties()
    stage = case.file.place
    for name in ("handed_over", "receiver_answered", "remedy", "letter:summons", "served:decision", "entered:nowhere"):
        assert begun(case.file, StageTerm(stage.terms[0].term, name)) is None
    day = case.wait(3).at.date()
    forged = case.file
    for kind, told in (
        (process.HandedOver, {"to": "ppk", "bundle": sha(4)}),
        (process.ReceiverAnswered, {"bundle": sha(4), "accepted": True, "text": ""}),
        (process.Remedy, {"remedy": "appeal", "on": day}),
        (process.LetterMade, {"letter": "summons", "sha256": sha(5)}),
        (process.Served, {"what": "decision", "how": "x"}),
    ):
        forged = added(forged, case.step(kind, **told))
    for name in ("handed_over", "receiver_answered", "remedy", "letter:summons", "served:decision"):
        assert begun(forged, StageTerm(stage.terms[0].term, name)) == day


def test_a_term_may_start_where_another_of_its_stage_ends():
    chained = [
        (made, stage, term)
        for made in process.procedures().values()
        for stage in made.stages.values()
        for term in stage.terms
        if term.starts.startswith("term:")
    ]
    assert chained
    for made, stage, term in chained:
        file = replace(Case().opened(made.id).file, stage=stage.id)
        first = next(one for one in stage.terms if f"term:{one.term.id}" == term.starts)
        start = begun(file, first)
        expected = deadlines.due(first.term, start).due if start else None
        assert begun(file, term) == expected
        far = Case().opened(made.id).wait(365 * 20)
        later = replace(far.file, stage=stage.id, trail=(*far.file.trail, *far.file.trail))
        assert begun(later, term) is None or begun(later, first) is not None
