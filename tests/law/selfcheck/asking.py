"""Acts drawn from what can be answered, and somebody who answers by them."""

from __future__ import annotations

from datetime import date
from functools import cache

from hypothesis import strategies as st

from telusur.law.selfcheck import Interview, State
from telusur.law.selfcheck.contests import OTHER
from telusur.law.selfcheck.forms import forms

CAMPAIGN = date(2024, 1, 15)
#: In turn: the contests differ, a campaign, all is over, no calendar.
DAYS = (date(2023, 11, 5), CAMPAIGN, date(2024, 10, 15), date(2026, 11, 22))


@cache
def interview(day, agency=None):
    return Interview(day, agency=bool(agency))


@st.composite
def acts(draw, agency=None):
    """Draw day, asker and every fact of an act, as somebody who knows everything would answer."""
    office = draw(st.booleans()) if agency is None else agency
    day = draw(st.sampled_from(DAYS))
    truth = {}
    topics = forms(agency=office).topics
    for topic in sorted(topics, key=lambda topic: topic.id == "act"):
        if topic.form == "one":
            truth |= draw(st.sampled_from(topic.options)).facts
        elif topic.form == "several":
            truth |= topic.unticked
            for option in topic.options:
                if draw(st.booleans()):
                    truth |= option.facts
    held = [place for place in interview(day, office).places if place.kind != OTHER]
    truth |= draw(st.sampled_from(held)).facts
    return day, office, truth


def told(question, truth, unknown=()):
    """Give what somebody who knows the truth answers; of topics in `unknown`, that they do not know."""
    if question.topic in unknown:
        return question.unknown
    if question.topic == "act":
        best = max(
            (option for option in question.options if all(truth[f] == v for f, v in option.facts.items())),
            key=lambda option: len(option.facts),
        )
        return question.take([best.id])
    chosen = [o.id for o in question.options if all(truth.get(fact) == value for fact, value in o.facts.items())]
    if not question.several:
        chosen = chosen[:1]
    return question.take(chosen)


def ask(day, office, truth, *, unknown=(), given=(), over=None):
    """Go through a self-check; give the last state and the questions asked."""
    held = over or interview(day, office)
    state = State(day, agency=office)
    for name in given:
        state = state.with_fact(name, truth[name])
    asked = []
    while (question := held.question(state)) is not None:
        asked.append(question)
        assert len(asked) <= 12
        state = state.with_answer(told(question, truth, unknown))
    return state, asked
