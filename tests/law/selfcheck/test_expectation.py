"""How many questions it takes, exactly, over the stated prior."""

import time

import pytest

from law.selfcheck.asking import CAMPAIGN, DAYS
from telusur.law.selfcheck import Interview, State, expected

PILKADA = DAYS[2]


@pytest.mark.parametrize("agency", [False, True], ids=["person", "office"])
@pytest.mark.parametrize(
    ("day", "contest"),
    [(CAMPAIGN, "president"), pytest.param(PILKADA, "regent", marks=pytest.mark.long)],
    ids=["national", "regional"],
)
def test_in_the_campaign_few_questions_suffice(day, contest, agency):
    found = expected(Interview(day, agency=agency), {"contest.kind": contest})
    assert found.mean <= 4.5
    assert found.most <= 9


@pytest.mark.parametrize("agency", [pytest.param(False, marks=pytest.mark.long), True], ids=["person", "office"])
def test_even_with_the_contest_asked(agency):
    found = expected(Interview(CAMPAIGN, agency=agency), {})
    assert found.mean <= 4.5
    assert found.most <= 9


def test_the_mean_is_that_of_the_acts():
    interview = Interview(CAMPAIGN, agency=True)
    found = expected(interview, {"contest.kind": "president"})
    chances = interview.forms.prior.acts
    assert found.mean == pytest.approx(sum(chances[act] * mean for act, mean in found.by_act.items()))
    assert found.nodes > found.most


def test_the_chances_of_the_answers_to_a_question_add_up():
    interview = Interview(CAMPAIGN)
    state = State(CAMPAIGN)
    for _ in range(4):
        question = interview.question(state)
        chances = list(interview.chances(question, state))
        assert sum(chance for chance, _ in chances) == pytest.approx(1)
        state = state.with_answer(chances[0][1])


def test_the_first_question_is_there_at_once():
    interview = Interview(CAMPAIGN)
    began = time.process_time()
    assert interview.question(State(CAMPAIGN)) is not None
    assert time.process_time() - began < 0.5
