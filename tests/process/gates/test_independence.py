"""Independence: nobody judges who drafted, reported, is recused, or whose tie is not on the table."""

from process_case import APPROVER, DRAFTER, OFFICER, REPORTER, RESPONDENT, Case, before_deciding, heard_and_traced
from telusur import process
from telusur.process.fold import added


def shut(file, case):
    return [one.en for one in process.gates(file, case.at.date())[6].reasons]


def test_a_drafter_and_another_approver_open_it(confirmed):
    assert before_deciding().drafted().approved().gate("independence").open


def test_a_draft_approved_by_its_drafter_closes_it(confirmed):
    case = before_deciding().drafted()
    forged = added(case.file, case.step(process.Approved, DRAFTER, draft="D1", role="ppk"))
    assert "second person" in shut(forged, case)[0]


def test_a_judge_who_is_recused_closes_it_until_another_one_has_judged(confirmed):
    case = before_deciding().drafted().approved()
    case.take(process.Recused, person=APPROVER, why="Ipar pelapor.")
    assert "approved the draft" in case.gate("independence").reasons[0].en
    case.take(process.Recused, person=OFFICER, why="Satu kantor.", by="other")
    assert any("decided who controlled" in one.en for one in case.gate("independence").reasons)


def test_the_reporter_judges_nothing_even_by_a_forged_step():
    case = heard_and_traced()
    forged = added(case.file, case.step(process.ControlDecided, REPORTER, act="A1", value="owner", grounds="-"))
    assert "the reporter or the respondent" in shut(forged, case)[0]
    forged = added(
        case.file, case.step(process.AuthenticityDecided, RESPONDENT, act="A1", value="refuted", grounds="-")
    )
    assert "the reporter or the respondent" in shut(forged, case)[0]


def test_the_reporter_is_asked_for_ties_to_a_rival_campaign():
    case = heard_and_traced()
    forged = process.read(step for step in case.file.steps if not isinstance(step, process.TieDeclared))
    assert "rival campaign" in shut(forged, case)[0]


def test_a_report_without_a_reporter_has_nobody_to_ask():
    assert Case().opened(reporter=None).gate("independence").open


def test_a_tie_that_comes_to_light_after_the_draft_is_weighed_in_a_new_one(confirmed):
    case = before_deciding().drafted()
    case.take(process.TieDeclared, who=REPORTER, what="Anggota tim lawan.", with_whom="tim lawan")
    assert "draft it again" in case.gate("independence").reasons[0].en
    assert case.drafted("D2").gate("independence").open
