"""Which questions are asked, and when they end."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.drawn import write
from law.selfcheck.asking import CAMPAIGN, DAYS, acts, ask, interview
from telusur import law
from telusur.domain.errors import BadInput
from telusur.domain.facts import Facts
from telusur.law.conditions import values_of
from telusur.law.selfcheck import Interview, State
from telusur.law.selfcheck.state import GIVEN
from telusur.law.selfcheck.table import key

TOPICS = ("status", "contest", "target", "leaning", "public", "marks", "means", "capacity")
# These few leave few enough combinations to go through them all with the evaluator itself.
FEW = {"date": CAMPAIGN, **GIVEN, "act.kind": "like", "contest.kind": "president"}


def known(day, truth):
    return key(law.determine(Facts.read({"date": day, **GIVEN, **truth})))


@given(acts())
def test_the_answer_is_that_to_the_whole_truth_although_little_of_it_was_asked(act):
    day, office, truth = act
    state, asked = ask(day, office, truth)
    assert key(interview(day, office).determination(state)) == known(day, truth)
    assert len(asked) <= 9


@given(acts())
def test_the_answer_is_what_the_rules_say_of_the_facts_stated(act):
    state, _ = ask(*act)
    answer = law.selfcheck.answer(state)
    assert answer.determination.as_json() == law.determine(state.facts).as_json()


@given(acts(), st.lists(st.sampled_from(TOPICS), unique=True))
def test_answers_in_any_order_give_the_same_answer(act, first):
    day, office, truth = act
    held = interview(day, office)
    names = [fact for topic in first for fact in held.forms.topic(topic).facts if truth.get(fact) is not None]
    state, _ = ask(day, office, truth, given=[name for name in names if name != "contest.round"])
    assert key(held.determination(state)) == known(day, truth)


@given(acts())
def test_no_topic_is_asked_twice(act):
    _, asked = ask(*act)
    topics = [question.topic for question in asked]
    assert len(topics) == len(set(topics))


@given(acts(), st.sets(st.sampled_from(TOPICS), min_size=1), st.data())
def test_not_knowing_never_ends_in_no_rule_unless_all_that_may_be_so_agrees(act, unknown, data):
    day, office, truth = act
    state, _ = ask(day, office, truth, unknown=unknown)
    found = interview(day, office).determination(state)
    if found.outcome != "meets_no_rule":
        return
    for _ in range(5):
        drawn = {
            fact: data.draw(st.sampled_from(values_of(fact)))
            for topic in interview(day, office).forms.topics
            if topic.id != "act"
            for fact in topic.facts
            if fact not in ("contest.kind", "contest.round", "contest.region") and state.stated.get(fact) is None
        }
        places = [place.facts for place in interview(day, office).places if place.held]
        contest = {} if state.stated.get("contest.kind") is not None else data.draw(st.sampled_from(places))
        assert law.determine(state.facts.updated(drawn | dict(contest))).outcome == "meets_no_rule"


def leaves(held, state):
    question = held.question(state)
    if question is None:
        yield state
        return
    for _, facts in held.chances(question, state):
        yield from leaves(held, state.with_answer(facts))


@pytest.mark.parametrize("agency", [False, True], ids=["person", "office"])
def test_where_it_ends_the_evaluator_sees_the_answer_too(agency):
    held = interview(CAMPAIGN, agency)
    start = State(CAMPAIGN, agency=agency).with_fact("contest.kind", "president")
    for option in held.forms.topic("act").options:
        for state in leaves(held, start.with_answer(option.facts)):
            view = held._view(state.stated)
            assert {view.table.keys[i] for i in view.answers.flat} == {key(held.determination(state))}


def everything():
    """Put every combination of the facts on which a like can turn to the evaluator."""
    facts = ("actor.status", "target.kind", "act.leaning", "act.official_duty")
    marks = ("act.active_support", "act.symbol", "act.appeal")
    # One status of each kind that the rules tell apart.
    statuses = ("pns", "ppnpn", "regional_head", "private_citizen")
    for values in product(statuses, *(values_of(fact) for fact in facts[1:]), *([(True, False)] * 3)):
        stated = dict(zip((*facts, *marks), values, strict=True))
        yield stated, key(law.determine(Facts.read(FEW | stated)))


def test_nothing_is_asked_whose_every_answer_leaves_the_answer_as_it_is():
    held = interview(CAMPAIGN)
    all_of_them = list(everything())

    def check(state):
        question = held.question(state)
        possible = [
            (facts, found)
            for facts, found in all_of_them
            if all(facts.get(name, value) == value for name, value in state.stated.items())
        ]
        if question is None:
            assert len({found for _, found in possible}) == 1
            return
        for fact in question.facts:
            alike = {}
            for facts, found in possible:
                alike.setdefault(tuple(v for f, v in facts.items() if f != fact), set()).add(found)
            assert max(map(len, alike.values())) > 1, (fact, state.stated)
        for _, facts in held.chances(question, state):
            check(state.with_answer(facts))

    start = State(CAMPAIGN).with_fact("act.kind", "like").with_fact("contest.kind", "president")
    check(start)


@pytest.mark.parametrize("agency", [False, True], ids=["person", "office"])
def test_the_kind_of_act_excludes_more_rules_than_anything_else(agency):
    held = interview(CAMPAIGN, agency)
    start = State(CAMPAIGN, agency=agency)

    def still_open(topic):
        if topic.form == "contest":
            options = [(held.forms.prior.of("contest", None).get(p.kind, 0), p.facts) for p in held.places]
        else:
            prior = held.forms.prior.acts if topic.id == "act" else held.forms.prior.of(topic.id, None)
            options = [(prior[option.id], option.facts) for option in topic.options]
        whole = sum(chance for chance, _ in options)
        return sum(chance * len(held.open_rules(start.with_answer(facts).facts)) for chance, facts in options) / whole

    scores = {topic.id: still_open(topic) for topic in held.forms.topics if topic.form in ("one", "contest")}
    assert min(scores, key=scores.get) == "act"
    assert held.question(start).topic == "act"


def test_a_question_names_the_rules_that_are_open_and_turn_on_it():
    start = State(CAMPAIGN).with_fact("act.kind", "photo_post").with_fact("contest.kind", "president")
    question = interview(CAMPAIGN).question(start)
    assert "SKB-2022/D7" in question.rules
    assert "SKB-2022/E5" not in question.rules, "before the determination"
    assert "SKB-2022/D6" not in question.rules, "another act"


def test_open_is_what_the_facts_stated_do_not_exclude():
    held = interview(CAMPAIGN)
    start = State(CAMPAIGN).with_fact("act.kind", "like").with_fact("contest.kind", "president")
    before = {rule.id for rule in held.open_rules(start.facts)}
    after = {rule.id for rule in held.open_rules(start.with_fact("act.leaning", "equal_to_all").facts)}
    assert "SKB-2022/D6" in before
    assert after == set()


def test_no_exception_is_presumed_of_what_is_still_open():
    held = interview(DAYS[0])
    state = State(DAYS[0]).with_fact("act.kind", "attend_event").with_fact("contest.kind", "president")
    assert "SKB-2022/E7" in {rule.id for rule in held.open_rules(state.facts)}, "the asker may be a spouse"
    state = state.with_fact("actor.spouse_of_contestant", False)
    assert "SKB-2022/E7" not in {rule.id for rule in held.open_rules(state.facts)}


def test_a_contest_is_asked_for_only_where_it_matters():
    neutral = {"act.kind": "like", "act.leaning": "neutral_information", "target.kind": "contestant"}
    state = State(CAMPAIGN)
    for name, value in neutral.items():
        state = state.with_fact(name, value)
    assert interview(CAMPAIGN).question(state) is None
    state = (
        state.with_fact("act.leaning", "supports")
        .with_fact("actor.status", "pns")
        .with_fact("act.official_duty", False)
    )
    question = interview(CAMPAIGN).question(state)
    assert question.topic == "contest"
    assert [option.id for option in question.options][-1] == "none"


def test_on_a_day_without_calendars_a_contest_that_is_not_held_here_stays_unknown():
    held = interview(DAYS[-1])
    facts = {"act.kind": "like", "act.leaning": "supports", "target.kind": "contestant", "actor.status": "pns"}
    state = State(DAYS[-1])
    for name, value in {**facts, "act.official_duty": False}.items():
        state = state.with_fact(name, value)
    question = held.question(state)
    assert [option.id for option in question.options] == ["none", "other"]
    answered = state.with_answer(question.take(["other"]))
    assert held.question(answered) is None
    assert held.determination(answered).missing == ("contest.kind",)


def test_a_contest_without_a_calendar_that_day_is_refused_with_those_that_exist():
    state = State(date(2026, 11, 22)).with_fact("act.kind", "like").with_fact("contest.kind", "president")
    with pytest.raises(BadInput, match="calendars exist for"):
        interview(date(2026, 11, 22)).question(state)


@pytest.fixture
def regions(tmp_path):
    """Give a small catalogue in which one region is determined later, and only then holds a rule."""
    rules = """\
schema: telusur.rules/1
instrument: LAW
rules:
- id: LAW/1
  title: {id: satu, en: one}
  citation: {status: official, confidence: primary, sources: [S1]}
  applies_to: [pns]
  in_force: {from: 2020-01-01}
  known: {from: 2020-01-01}
  phase: from_determination
  when: {act.kind: [install_prop], target.kind: [contestant]}
  unless: []
  track: ethics
  sanction: {level: moral, basis: [{instrument: LAW}]}
"""
    folder = write(tmp_path, **{"rules/law.yaml": rules})
    calendar = folder / "calendars/one.yaml"
    late = (
        "- {what: determination, region: '11.01', from: 2024-05-20, known: {from: 2024-01-01}, "
        "confidence: single, sources: [S1]}\n"
    )
    calendar.write_text(calendar.read_text("utf-8") + late, "utf-8")
    return law.load(folder)


def stated(day, catalogue, **facts):
    held = Interview(day, catalogue=catalogue)
    state = State(day)
    for name, value in facts.items():
        state = state.with_fact(name.replace("__", "."), value)
    return held, state


HERE = {"act__kind": "install_prop", "contest__kind": "regent", "target__kind": "contestant", "actor__status": "pns"}


def test_the_region_is_asked_for_where_the_calendars_differ(regions):
    held, state = stated(date(2024, 5, 10), regions, **HERE)
    question = held.question(state)
    assert question.topic == "region"
    assert [option.id for option in question.options] == ["11.01", "lain"]
    answers = {o.id: held.determination(state.with_answer(question.take([o.id]))).outcome for o in question.options}
    assert answers == {"11.01": "meets_no_rule", "lain": "meets_rule"}


def test_a_region_that_nobody_knows_leaves_the_phase_unknown(regions):
    held, state = stated(date(2024, 5, 10), regions, **HERE)
    state = state.with_answer(held.question(state).unknown)
    assert held.question(state) is None
    assert held.determination(state).outcome == "insufficient_facts"


def test_the_region_is_not_asked_for_where_they_agree(regions):
    held, state = stated(date(2024, 5, 25), regions, **HERE)
    assert held.question(state) is None


def test_a_region_stated_by_name_has_its_row_or_the_national_one(regions):
    for region, outcome in (("11.01", "meets_no_rule"), ("99.99", "meets_rule")):
        held, state = stated(date(2024, 5, 10), regions, **HERE, contest__region=region)
        assert held.question(state) is None
        assert held.determination(state).outcome == outcome


def test_what_was_stated_by_name_is_not_offered_again():
    state = State(CAMPAIGN)
    facts = {"act.kind": "photo_post", "contest.kind": "president", "target.kind": "contestant", "act.public": True}
    for name, value in {**facts, "act.leaning": "supports", "actor.status": "pns", "act.official_duty": False}.items():
        state = state.with_fact(name, value)
    question = interview(CAMPAIGN).question(state)
    assert question.topic == "capacity"
    assert "act.official_duty" not in question.facts
    assert "assigned" not in [option.id for option in question.options]


def test_facts_that_fit_no_option_are_asked_for_one_by_one():
    state = State(CAMPAIGN)
    facts = {"act.kind": "photo_post", "contest.kind": "president", "target.kind": "contestant", "act.public": True}
    odd = {"act.leaning": "supports", "actor.status": "pns", "act.official_duty": True, "actor.unpaid_leave": True}
    marks = {"act.appeal": True, "act.symbol": False, "act.active_support": False, "act.attribute": "none"}
    for name, value in {**facts, **odd, **marks}.items():
        state = state.with_fact(name, value)
    _, asked = CAMPAIGN, []
    held = interview(CAMPAIGN)
    while (question := held.question(state)) is not None:
        asked.append(question)
        state = state.with_answer(question.take([question.options[0].id]))
    assert key(held.determination(state))[0] == "meets_rule"


def test_without_the_kind_of_act_there_is_nothing_more_to_ask():
    held = interview(CAMPAIGN)
    state = State(CAMPAIGN).with_answer(held.question(State(CAMPAIGN)).unknown)
    assert held.question(state) is None
    assert held.determination(state).outcome == "insufficient_facts"


def test_the_next_question_settles_most_over_the_prior():
    """Against a chooser of the author's order, which is what a form would be."""
    held = interview(CAMPAIGN)
    start = State(CAMPAIGN).with_fact("act.kind", "attend_event").with_fact("contest.kind", "president")

    def length(state, choose):
        question = choose(state)
        if question is None:
            return 0.0
        return 1 + sum(chance * length(state.with_answer(f), choose) for chance, f in held.chances(question, state))

    def in_order(state):
        view = held._view(state.stated)
        number = {axis.fact: i for i, axis in enumerate(view.table.axes)}
        for topic in held.forms.topics:
            facts = tuple(f for f in topic.facts if f in number and f not in state.stated and view.varies(number[f]))
            if facts:
                return held._asking(topic, facts, state)
        return None

    assert length(start, held.question) < length(start, in_order)
