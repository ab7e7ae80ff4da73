"""One way in: the same refusals for a screen, an import and a worker."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from process_case import (
    OFFICER,
    RESPONDENT,
    SUPERIOR,
    Case,
    before_deciding,
    heard_and_traced,
    ready_to_summon,
    sha,
)
from telusur import process

pytestmark = pytest.mark.usefixtures("confirmed")


def test_a_file_is_its_steps_and_its_version_their_number():
    case = heard_and_traced()
    assert case.file.version == len(case.file.steps)
    assert process.File.empty().version == 0
    assert process.read(case.file.steps) == process.replay(case.file.steps) == case.file


def test_an_import_names_the_step_that_is_refused():
    steps = list(heard_and_traced().file.steps)
    del steps[1]
    with pytest.raises(process.Refused) as caught:
        process.replay(steps)
    assert caught.value.reasons[0].en.startswith("Step ")


def test_what_was_kept_is_read_even_where_a_rule_was_withdrawn_since(unconfirmed, monkeypatch):
    monkeypatch.setenv("TELUSUR_HOME", "nowhere")
    case = before_deciding().drafted().approved().written()
    decided = case.step(process.Moved, "ppk-1", move="decide_heavy", role="ppk", expected_version=case.file.version)
    assert process.refusals(case.file, decided)
    assert process.read([*case.file.steps, decided]).stage == "decided"


def test_moves_say_for_a_person_what_is_allowed_and_what_stands_in_the_way():
    case = ready_to_summon()
    superior = process.Person(SUPERIOR, frozenset({"direct_superior"}))
    options = {one.move.id: one for one in process.moves(case.file, superior)}
    assert set(options) == {move.id for move in process.procedure("discipline-pp94").out_of("received")}
    assert options["summon"].allowed
    assert options["pass_up"].allowed
    assert not options["clear"].allowed
    assert any("taken by" in one.en for one in options["clear"].reasons)
    assert any("Draft the decision" in one.en for one in options["clear"].reasons)


def test_moves_are_asked_for_a_day():
    case = ready_to_summon().asked_of_ties().informed().served(days=3).moved("summon", "direct_superior")
    case.wait(4).served("summons", days=3).moved("summon_again", "direct_superior")
    superior = process.Person(SUPERIOR, frozenset({"direct_superior"}))

    def absent(today=None):
        return next(one for one in process.moves(case.file, superior, today) if one.move.id == "twice_absent").allowed

    assert not absent()
    assert absent(case.at.date() + timedelta(days=4))
    # A time does too; in UTC it is still the day before that of the office.
    late = datetime.combine(case.at.date() + timedelta(days=3), time(20), UTC)
    assert absent(late)
    assert [one.open for one in process.gates(case.file, late)][2]
    assert process.terms(case.file, late) == process.terms(case.file, case.at.date() + timedelta(days=4))


def test_a_file_that_is_not_opened_has_no_moves_and_an_ended_one_none_either():
    nobody = process.Person("x", frozenset())
    assert process.moves(process.File.empty(), nobody) == ()
    case = before_deciding().drafted(result="stopped").approved().moved("stop", "ppk", "ppk-1", grounds="x")
    assert process.moves(case.file, nobody) == ()
    assert "come to an end" in case.refused(process.Traced, act="A1", report=sha(1), excludes_owner=False).reasons[0].en


def test_parties_and_the_recused_have_no_allowed_move():
    case = ready_to_summon().take(process.Recused, person=SUPERIOR, why="x")
    for who in (SUPERIOR, RESPONDENT, "p-1", process.SYSTEM):
        person = process.Person(who, frozenset({"direct_superior"}))
        assert not any(one.allowed for one in process.moves(case.file, person))


# -- carried to another body --


def receiver(sender, **told):
    case = Case(at=sender.at)
    told = {"carried": process.carried(sender.file), "sender": "bkn-sbt", "bundle": sha(3), **told}
    return case, {
        "procedure": "discipline-pp94",
        "how": "handed_over",
        "respondent": RESPONDENT,
        "received_on": date(2024, 1, 22),
        **told,
    }


def test_what_holds_beyond_a_body_is_carried_and_nothing_else():
    sender = before_deciding().drafted().approved().written().moved("decide_heavy", "ppk", "ppk-1").served("decision")
    kinds = {type(step) for step in process.carried(sender.file)}
    assert process.ControlDecided in kinds
    assert kinds.isdisjoint({process.Moved, process.Drafted, process.Approved, process.Overridden, process.LetterMade})
    case, told = receiver(sender, reporter="p-1")
    case.take(process.Opened, **told)
    assert case.gate("tracing").open
    assert case.gate("heard").open
    assert case.file.version == 1
    again = Case(at=case.at)
    _, more = receiver(case)
    again.take(process.Opened, **more)
    assert again.file.acts == case.file.acts


def test_a_carried_move_or_draft_is_refused():
    sender = before_deciding()
    case, told = receiver(sender, carried=sender.file.steps[1:])
    assert "holds only at the body" in case.refused(process.Opened, **told).reasons[0].en


def test_carried_steps_are_checked_like_any_other():
    sender = heard_and_traced()
    forged = sender.step(process.ControlDecided, process.SYSTEM, act="A1", value="owner", grounds="x")
    case, told = receiver(sender, carried=(*process.carried(sender.file), forged))
    refused = case.refused(process.Opened, **told)
    assert refused.reasons[0].en.startswith("Carried step")
    later = sender.wait(5).step(process.Noted, text="x")
    case, told = receiver(sender, carried=(later,))
    case.wait(-5)
    assert "Carried step 1" in case.refused(process.Opened, **told).reasons[0].en


def test_only_the_reporters_words_are_used_outside():
    case = Case()
    assert process.seen(case.file, "reporter").en.startswith("Your report came in")
    assert process.seen(case.file, "respondent").en == "There is no file."
    for name in process.procedures():
        opened = Case().opened(name)
        stage = opened.file.place
        assert process.seen(opened.file, "reporter") == stage.reporter_sees
        assert process.seen(opened.file, "respondent") == stage.respondent_sees
    assert OFFICER not in str(process.seen(opened.file, "reporter"))


def test_a_file_tells_its_trail_and_who_was_told():
    case = ready_to_summon().moved("summon", "direct_superior")
    assert [(one.stage, one.move) for one in case.file.trail] == [("received", None), ("summoned", "summon")]
    assert case.file.trail[-1].entered == case.file.steps[-1].at
    case.take(process.PreservationAsked, to="X", what="log masuk").take(process.Told, whom="bkn", what="x")
    case.take(process.Told, whom="respondent", what="x")
    assert case.file.told_bodies == ("X", "bkn")
    assert case.file.incident is None
    assert not case.file.is_sealed("E9")
    assert case.file.supplied_by_respondent("E9") is None
    assert {gate.title.en for gate in process.gates(case.file, case.at)} >= {"Heard", "Tracing"}
