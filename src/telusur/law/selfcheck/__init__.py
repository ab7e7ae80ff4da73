"""The self-check: may I, may we, do this? Asked before it is done, question by question, and kept nowhere.

Values in, values out: a `State` holds the answers so far; `question` gives what to ask next, and why, or ``None`` once
the answer cannot change; `answer` gives the result. Nothing is stored, logged or sent.

The door
--------
State, question, answer
    The way through. An office asks with ``State(day, agency=True)``.
Interview
    The same over another catalogue.
expected
    How many questions it takes, exactly, over the stated prior.
"""

from __future__ import annotations

from telusur import __version__
from telusur.law.selfcheck.expectation import Expectation, expected
from telusur.law.selfcheck.forms import Option
from telusur.law.selfcheck.interview import Interview, here
from telusur.law.selfcheck.result import Change, Result, Unknown
from telusur.law.selfcheck.result import answer as _answer
from telusur.law.selfcheck.state import Question, State

__all__ = [
    "Change",
    "Expectation",
    "Interview",
    "Option",
    "Question",
    "Result",
    "State",
    "Unknown",
    "answer",
    "as_json",
    "expected",
    "question",
]

SCHEMA = "telusur.selfcheck/1"


def question(state: State) -> Question | None:
    """Give the next question; ``None`` once the answer cannot change, or nothing that is left can be asked.

    Raises
    ------
    BadInput
        If a contest was stated that no calendar covers that day; it says which calendars exist.
    """
    return here(state.day, agency=state.agency).question(state)


def answer(state: State) -> Result:
    """Say what the facts stated come to; what was not asked yet counts as unknown."""
    return _answer(here(state.day, agency=state.agency), state)


def as_json(state: State) -> dict[str, object]:
    """Give the document ``telusur.selfcheck/1``: the facts, and the next question or, if there is none, the result."""
    interview = here(state.day, agency=state.agency)
    asked = interview.question(state)
    return {
        "schema": SCHEMA,
        "made_by": {"telusur": __version__, "catalogue": interview.catalogue.hash, "models": None},
        "agency": state.agency,
        "facts": state.facts.as_json(),
        "question": asked.as_json() if asked else None,
        "result": None if asked else _answer(interview, state).as_json(),
    }
