"""How many questions the self-check takes: exact over the stated prior, by walking the whole tree of questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from telusur.domain.facts import Value
from telusur.law.selfcheck.interview import Interview
from telusur.law.selfcheck.state import State


@dataclass(frozen=True, slots=True)
class Expectation:
    """Numbers of questions, without the contest if that was stated.

    Parameters
    ----------
    mean
        Expected number over the prior.
    most
        The most that any branch takes which the prior gives any chance; every question answered.
    nodes
        Questions in the tree.
    by_act
        Expected number of each kind of act, by the option's name.
    """

    mean: float
    most: int
    nodes: int
    by_act: Mapping[str, float]


def expected(interview: Interview, stated: Mapping[str, Value]) -> Expectation:
    """Walk the tree of questions.

    Parameters
    ----------
    interview
        Day, asker and rules.
    stated
        What is known beforehand, for instance ``{"contest.kind": "president"}``.
    """
    start = State(interview.day, agency=interview.agency)
    for name, value in stated.items():
        start = start.with_fact(name, value)
    prior, by_act = interview.forms.prior.acts, {}
    most = nodes = 0
    for option in interview.forms.topic("act").options:
        mean, deepest, below = _walk(interview, start.with_answer(option.facts))
        by_act[option.id] = 1 + mean
        most, nodes = max(most, 1 + deepest), nodes + below
    mean = sum(prior.get(act, 0.0) * questions for act, questions in by_act.items())
    return Expectation(mean, most, nodes + 1, by_act)


def _walk(interview: Interview, state: State) -> tuple[float, int, int]:
    question = interview.question(state)
    if question is None:
        return 0.0, 0, 0
    mean, most, nodes = 1.0, 1, 1
    for chance, facts in interview.chances(question, state):
        further, deepest, below = _walk(interview, state.with_answer(facts))
        mean, most, nodes = mean + chance * further, max(most, 1 + deepest), nodes + below
    return mean, most, nodes
