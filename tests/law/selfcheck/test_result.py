"""What a person reads at the end."""

from datetime import date

import pytest
from hypothesis import given

from law.drawn import write
from law.selfcheck.asking import CAMPAIGN, acts, ask, interview
from telusur import law
from telusur.domain.text import Text
from telusur.law.selfcheck import Interview, State, answer, as_json, question
from telusur.law.selfcheck import result as module
from telusur.law.selfcheck.forms import Alternative, alternatives
from telusur.law.selfcheck.result import answer as answer_over
from telusur.law.selfcheck.table import key

PHOTO = {
    "act.kind": "photo_post",
    "contest.kind": "president",
    "target.kind": "contestant",
    "act.public": True,
    "act.leaning": "neutral_information",
    "act.symbol": False,
    "act.appeal": False,
    "act.attribute": "none",
}
LIKE = {
    "act.kind": "like",
    "contest.kind": "president",
    "target.kind": "contestant",
    "act.leaning": "supports",
    "actor.status": "pns",
    "act.official_duty": False,
}


def result(facts, day=CAMPAIGN, *, agency=False):
    state = State(day, agency=agency)
    for name, value in facts.items():
        state = state.with_fact(name, value)
    assert question(state) is None
    return answer(state)


def test_with_the_hand_sign_it_would_meet_row_7():
    found = result({**PHOTO, "actor.status": "pns"})
    assert found.advice == "safe_if"
    changes = {change.when.en: [rule.id for rule in change.rules] for change in found.nearest}
    assert changes["there is a partisan hand sign or symbol"] == ["SKB-2022/D7"]


def test_what_was_never_asked_is_named_where_a_change_would_turn_on_it():
    found = result(PHOTO)
    assert found.nearest
    assert all("taking: Civil servant (PNS)" in change.when.en for change in found.nearest)


def test_where_no_single_change_would_meet_a_rule_two_are_named():
    found = result({"act.kind": "like", "act.leaning": "neutral_information", "target.kind": "organiser"})
    assert len(found.nearest) == 1
    assert found.nearest[0].facts["act.leaning"] == "supports"
    assert found.nearest[0].facts["target.kind"] == "contestant"


def test_a_like_in_the_campaign_is_answered_with_its_citation():
    found = result(LIKE)
    assert found.advice == "do_not"
    assert found.sentence.id.startswith("Jangan lakukan")
    assert "SKB-2022/D6" in found.sentence.en
    assert "campaign" in found.sentence.en
    assert [one.rule.id for one in found.rules] == ["SKB-2022/D6"]
    assert [change.when.en for change in found.safe_if] == ["it is neutral information"]
    assert "KPU" in found.alternative.id


def test_an_alternative_that_would_meet_a_rule_is_passed_over():
    facts = {"act.kind": "approach_party", "contest.kind": "president", "actor.status": "pns"}
    found = result({**facts, "actor.unpaid_leave": False})
    assert found.advice == "do_not"
    assert "cuti di luar tanggungan negara" in found.alternative.id
    (first,) = [one for one in alternatives() if one.id == "leave-first"]
    assert found.alternative == first.do


def test_an_alternative_that_is_not_safe_itself_is_not_offered(monkeypatch):
    worse = Alternative("worse", (), Text("lebih buruk", "worse"), {"act.kind": "share"})
    monkeypatch.setattr(module, "alternatives", lambda: (worse, *alternatives()))
    assert result(LIKE).alternative not in (None, worse.do)


def test_readings_stand_side_by_side_and_none_is_chosen():
    found = result({**LIKE, "act.kind": "follow", "act.leaning": "neutral_information"})
    assert found.advice == "readings_differ"
    assert found.sentence.en.startswith("The authorities read it differently. Safe if")
    assert [issue.id for issue in found.readings] == ["follow-to-learn"]
    assert len(found.readings[0].readings) == 2


def test_what_is_unknown_stays_so_and_is_told_apart():
    found = result({**LIKE, "target.kind": None})
    assert found.advice == "unknown"
    (unknown,) = found.unknown
    assert unknown.fact == "target.kind"
    assert "it concerns the election organiser" in [words.en for words in unknown.safe_if]
    assert "it concerns a contestant" in [words.en for words in unknown.not_safe_if]


def test_of_an_unknown_contest_each_one_is_told_apart():
    found = result({**LIKE, "contest.kind": None})
    (unknown,) = found.unknown
    assert unknown.fact == "contest.kind"
    assert "governor" in [words.en for words in unknown.not_safe_if]
    assert "no contest" in [words.en for words in unknown.safe_if]


def test_an_act_without_rules_is_safe_if_it_is_that_alone():
    found = result({"act.kind": "vote"})
    assert found.sentence.en.startswith("Safe if it is that and nothing more")


def test_out_of_scope_is_not_called_safe():
    found = result({**LIKE, "actor.status": "private_citizen"})
    assert found.advice == "out_of_scope"
    assert "safe" not in found.sentence.en.lower()


def test_a_day_before_all_rules_is_out_of_scope():
    found = result({"act.kind": "like", "target.kind": "contestant", "contest.kind": "none"}, date(2015, 1, 1))
    assert found.advice in ("out_of_scope", "safe_if")


def test_differing_readings_are_told_beside_a_rule_that_is_met():
    facts = {
        "act.kind": "attend_event",
        "contest.kind": "president",
        "target.kind": "contestant",
        "actor.status": "pns",
    }
    marks = dict.fromkeys(
        ("act.active_support", "act.symbol", "act.appeal", "act.state_facility", "act.mobilised_subordinates"), False
    )
    spouse = {"actor.spouse_of_contestant": True, "actor.unpaid_leave": False, "act.official_duty": False}
    found = result({**facts, **marks, **spouse, "act.attribute": "none", "act.leaning": "neutral_information"})
    assert found.determination.contested
    assert found.sentence.en.endswith("The authorities' readings of it differ as well.") == (found.advice == "do_not")
    assert found.readings


@given(acts())
def test_nothing_is_called_allowed_while_rules_are_reported(act):
    state, _ = ask(*act)
    found = answer(state)
    assert found.advice != "nothing_bars"
    said = f" {found.sentence.id} {found.sentence.en} ".lower()
    for word in (" boleh", "diperbolehkan", "allowed", "permitted", " may "):
        assert word not in said


@given(acts())
def test_safe_is_said_only_of_what_meets_no_rule(act):
    state, _ = ask(*act)
    found = answer(state)
    assert (found.advice in ("safe_if", "nothing_bars")) == (found.determination.outcome == "meets_no_rule")
    for change in found.safe_if:
        then = law.determine(state.facts.updated(change.facts))
        assert (then.outcome, then.contested) == ("meets_no_rule", False)
    for change in found.nearest:
        then = law.determine(state.facts.updated(change.facts))
        assert {rule.id for rule in change.rules} <= {one.rule.id for one in then.met}
        assert not {rule.id for rule in change.rules} & {one.rule.id for one in found.determination.met}
        assert key(then)[2] != key(found.determination)[2]
    if found.alternative:
        (one,) = [one for one in alternatives() if one.do == found.alternative]
        then = law.determine(state.facts.updated(one.facts))
        assert (then.outcome, then.contested) == ("meets_no_rule", False)


@pytest.fixture
def small(tmp_path):
    def make(status, readings):
        folder = write(tmp_path)
        path = folder / "rules/law.yaml"
        text = path.read_text("utf-8").replace("status: reported", f"status: {status}")
        path.write_text(text.replace("readings: [doubt]", f"readings: [{readings}]"), "utf-8")
        return law.load(folder)

    return make


@pytest.mark.parametrize(
    ("status", "readings", "advice"),
    [("official", "", "nothing_bars"), ("official", "doubt", "safe_if"), ("reported", "", "safe_if")],
)
def test_only_checked_rules_without_differing_readings_bar_nothing(small, status, readings, advice):
    day = date(2024, 6, 10)
    held = Interview(day, catalogue=small(status, readings))
    state = State(day)
    for name, value in {"act.kind": "install_prop", "target.kind": "party", "act.public": False}.items():
        state = state.with_fact(name, value)
    assert held.question(state) is None
    assert answer_over(held, state).advice == advice


def test_the_document_holds_the_next_question_or_the_result():
    before = as_json(State(CAMPAIGN))
    assert before["result"] is None
    assert before["question"]["topic"] == "act"
    assert before["question"]["asked_because"]["open_rules"] == len(before["question"]["asked_because"]["rules"])
    state = State(CAMPAIGN)
    for name, value in LIKE.items():
        state = state.with_fact(name, value)
    after = as_json(state)
    assert after["question"] is None
    assert after["result"]["determination"] == law.determine(state.facts).as_json()
    assert after["facts"]["act"]["kind"] == "like"


def test_an_office_is_asked_the_same_rules_in_other_words():
    person, office = State(CAMPAIGN), State(CAMPAIGN, agency=True)
    assert question(person).ask != question(office).ask
    assert question(office).rules == question(person).rules
    assert interview(CAMPAIGN, True).agency
