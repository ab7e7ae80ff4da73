"""The way through a self-check, replayed from what the browser brings along; the server remembers none of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.law.selfcheck import Option, Question, State, question

#: More answers than there are questions are not taken.
_MOST: Final = 60
_LONGEST: Final = 2000


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as the browser brings it along.

    Parameters
    ----------
    topic, facts
        The question it was given to; asked for other facts, it is another question.
    chosen
        Names of the options; ``None`` if the person does not know.
    """

    topic: str
    facts: tuple[str, ...]
    chosen: tuple[str, ...] | None

    @classmethod
    def to(cls, asked: Question, chosen: Sequence[str] | None) -> Self:
        """Give the answer to a question."""
        return cls(asked.topic, asked.facts, None if chosen is None else tuple(chosen))

    @property
    def written(self) -> str:
        """As a hidden field carries it."""
        return json.dumps([self.topic, self.facts, self.chosen], ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def read(cls, written: str) -> Self | None:
        """Read a hidden field; ``None`` if it is none of ours."""
        if len(written) > _LONGEST:
            return None
        try:
            topic, facts, chosen = json.loads(written)
        except (ValueError, TypeError, RecursionError):
            return None
        if not (isinstance(topic, str) and _are_names(facts) and (chosen is None or _are_names(chosen))):
            return None
        return cls(topic, tuple(facts), None if chosen is None else tuple(chosen))

    def fits(self, asked: Question) -> bool:
        """Whether it was given to this question."""
        return (self.topic, self.facts) == (asked.topic, asked.facts)


@dataclass(frozen=True, slots=True)
class Given:
    """A question with the answer given to it."""

    question: Question
    answer: Answer

    @property
    def words(self) -> tuple[Text, ...]:
        """What was answered, in words; empty if nothing of it holds, or it is not known."""
        return tuple(one.words for one in self.options)

    @property
    def options(self) -> tuple[Option, ...]:
        """The options chosen."""
        return tuple(one for one in self.question.options if one.id in (self.answer.chosen or ()))


@dataclass(frozen=True, slots=True)
class Walk:
    """How far somebody has come.

    Parameters
    ----------
    state
        What the answers state.
    given
        The answers, each with its question, in the order of asking.
    asked
        The next question; ``None`` once nothing that is left would change the answer.
    """

    state: State
    given: tuple[Given, ...]
    asked: Question | None

    @classmethod
    def replayed(cls, day: date, answers: Iterable[Answer], *, agency: bool) -> Self:
        """Ask again from the beginning, and take what was answered wherever the same is asked.

        An answer to what is no longer asked, since another one was changed, is left out.
        """
        state, given, left = State(day, agency), [], list(answers)[:_MOST]
        while (asked := question(state)) is not None:
            answer = next((one for one in left if one.fits(asked)), None)
            if answer is None:
                break
            left.remove(answer)
            try:
                facts = asked.unknown if answer.chosen is None else asked.take(answer.chosen)
            except BadInput:
                continue  # an option that this question does not have: it is asked anew
            state = state.with_answer(facts)
            given.append(Given(asked, answer))
        return cls(state, tuple(given), asked)

    def before(self, number: int) -> Walk:
        """Give the way as it was when the question of a number (from 0) was asked."""
        return Walk.replayed(self.state.day, [one.answer for one in self.given[:number]], agency=self.state.agency)


def _are_names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)
