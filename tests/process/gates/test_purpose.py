"""Purpose: what people hand over to clear themselves is not turned against them."""

from process_case import ready_to_summon, sha
from telusur import process
from telusur.process.fold import added


def handed_in():
    return ready_to_summon().captured("R", 77, supplied_by="respondent", by="r-1")


def closed(case, **told):
    step = case.step(
        process.ActStated, **{**{name: getattr(case.file.acts["A1"].stated, name) for name in FIELDS}, **told}
    )
    after = added(case.file, step)
    return not next(one for one in process.gates(after, case.at.date()) if one.name == "purpose").open, step


FIELDS = ("act", "facts", "on_account", "when", "platform", "handle", "url", "evidence", "rule", "catalogue")


def test_a_new_act_on_what_the_respondent_supplied_is_refused():
    case = handed_in()
    shut, step = closed(case, act="A2", evidence=("R",))
    assert shut
    assert process.refusals(case.file, step)[0].en.startswith("Act A2 rests on what the respondent handed over")


def test_the_same_bytes_brought_in_again_by_an_officer_are_still_the_respondents():
    case = handed_in().take(
        process.EvidenceAdded,
        evidence="E2",
        sha256=sha(77),
        name="again",
        grade=process.steps.Grade.B,
        supplied_by="authority",
        sealed=True,
    )
    assert closed(case, act="A2", evidence=("E1", "E2"))[0]


def test_the_act_that_was_stated_before_may_rest_on_it():
    assert not closed(handed_in(), evidence=("E1", "R"))[0]


def test_a_correction_that_makes_it_another_act_may_not():
    assert closed(handed_in(), url="https://x.com/someone/status/other", evidence=("E1", "R"))[0]


def test_a_new_act_on_other_evidence_may_stand():
    assert not closed(handed_in(), act="A2", evidence=("E1",))[0]
